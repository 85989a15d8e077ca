"""Whose money it is: contracts, splits, funds, entries, position and the statement as data. Pure."""

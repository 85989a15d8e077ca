"""What pages are made of: the frame, tables, tags, typed amounts, problems, and long work."""

"""Rows that are set aside before any of their cells is read: what could do harm, what stands outside the table, totals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from basics.errors import Problem

_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_JOIN = "\ufdd0"  # stands in no text: it keeps the cells of a row apart
_HARMFUL = re.compile(f"(?:^|{_JOIN})\\s*[=+@-]|[{_CONTROL}]")
_UNSEEN = re.compile(f"[{_CONTROL}]")
_SIGNED_NUMBER = re.compile(r"[+-]\s?£?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_TOTAL = re.compile(r"(?:grand |sub[- ]?)?totals?\b", re.IGNORECASE)


def place(name: str, row_number: int, column: str = "") -> str:
    """“visits.csv, row 12, start”."""
    return f"{name}, row {row_number}" + (f", {column}" if column else "")


def needs_a_look(raw: Sequence[str], first: str) -> bool:
    """Whether anything in a row may be wrong with it: one quick search, for a file may have a million. `first` is its first cell."""
    return _HARMFUL.search(_JOIN.join(raw)) is not None or _TOTAL.match(first) is not None


def row_problem(name: str, number: int, raw: Sequence[str], heading: Sequence[str]) -> Problem | None:
    """What is wrong with a row before any of it is read, or None."""
    cells = [cell.strip() for cell in raw]
    for n, (cell, text) in enumerate(zip(raw, cells, strict=True)):
        column = heading[n].strip() if n < len(heading) else ""
        if text and not column:
            return Problem(place(name, number), f"“{text[:60]}” stands in a column without a heading ({n + 1} from the left).",
                           "Move it under its heading, or remove it.")
        if found := _cell_problem(cell, text):
            return Problem(place(name, number, column), *found)
    if _TOTAL.match(next(filter(None, cells), "")):
        return Problem(place(name, number), "looks like a total of the other rows, and was set aside.",
                       "Remove it, or give the row its own reference.")
    return None


def _cell_problem(cell: str, text: str) -> tuple[str, str] | None:
    if _UNSEEN.search(cell):
        return ("has a line break, a tab or another character that cannot be seen in it.",
                "Type the cell again. If rows seem to be missing, look for a quotation mark that is not closed.")
    if text.startswith(("=", "+", "@", "-")) and not _SIGNED_NUMBER.fullmatch(text):
        return (f"“{text[:60]}” begins with “{text[0]}”, which a spreadsheet would run as a formula.",
                "Write plain words, beginning with a letter or a figure; leave the cell blank where there is nothing to say.")
    return None

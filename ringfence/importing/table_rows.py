"""Rows that are set aside before any of their cells is read: what could do harm, what stands outside the table, totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from basics.errors import Problem

_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(f"[{_CONTROL}]")
_FORMULA = ("=", "+", "@", "-")
_SIGNED_NUMBER = re.compile(r"[+-]\s?£?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_CERTAIN = re.compile(r"[A-FH-RU-Za-fh-ru-z0-9](?:[ -~]*[!-~])?")
"""Most texts are so: ASCII, no space around them, and in front neither a sign nor the letter with which a total, grand total or subtotal begins."""
_TOTAL = re.compile(r"(?:grand |sub[- ]?)?totals?\b", re.IGNORECASE)


def place(name: str, row_number: int, column: str = "") -> str:
    """“visits.csv, row 12, start”."""
    return f"{name}, row {row_number}" + (f", {column}" if column else "")


class Cells(dict[str, str]):
    """What each text of a table is without the spaces around it, looked at once: a file may have a million rows and few different texts."""

    def __init__(self) -> None:
        super().__init__()
        self._doubtful = set[str]()

    def __missing__(self, raw: str) -> str:
        text = self[raw] = raw.strip()
        if text != raw or not raw.isprintable() or text.startswith(_FORMULA) or _TOTAL.match(text):
            self._doubtful.add(raw)
        return text

    def some_doubtful(self, raw: Sequence[str]) -> bool:
        """Whether a row has a text for which `row_problem` may find something, all of them having been looked at."""
        return not self._doubtful.isdisjoint(raw)

    def are_as_written(self, rows: Sequence[Sequence[str]], width: int) -> bool:
        """Whether all of these rows can be taken as they stand: as many cells as headings, none blank altogether, no text with space around it,
        and none that `row_problem` would look at."""
        if not all(map(any, rows)) or any(len(row) != width for row in rows):
            return False
        texts = set(chain.from_iterable(rows))
        new = [raw for raw in texts if raw not in self]
        certain = list(filter(_CERTAIN.fullmatch, new))
        self.update(zip(certain, certain, strict=True))
        if len(certain) < len(new):
            for raw in new:
                self[raw]
        return self._doubtful.isdisjoint(texts)


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
    if text.startswith(_FORMULA) and not _SIGNED_NUMBER.fullmatch(text):
        return (f"“{text[:60]}” begins with “{text[0]}”, which a spreadsheet would run as a formula.",
                "Write plain words, beginning with a letter or a figure; leave the cell blank where there is nothing to say.")
    return None

"""A CSV file as rows of text: its encoding and its delimiter found from what it holds."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO

from basics.errors import InputError

DELIMITERS = (",", ";", "\t")

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def decoded(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, and a notice where it is the last. Raises `InputError` for anything else."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, _about_encoding(encoding, name)
    raise InputError("This is not a text file, nor an Excel workbook (.xlsx).", "Save the sheet as “CSV UTF-8” or as .xlsx.", name)


def _about_encoding(encoding: str, name: str) -> tuple[str, ...]:
    if encoding != "cp1252":
        return ()
    return (f"{name} is not in UTF-8, so it was read as Windows-1252, as Excel saves “CSV”. Look at the names that have accents.",)


def csv_rows(text: str, delimiter: str, name: str) -> Iterator[Sequence[str]]:
    """The rows of a CSV text, one for each that a spreadsheet would show. Raises `InputError` at a quotation mark left open."""
    return _rows(StringIO(text, newline=""), delimiter, name)


def _rows(lines: Iterable[str], delimiter: str, name: str) -> Iterator[Sequence[str]]:
    taken = 0
    try:
        for cells in csv.reader(lines, delimiter=delimiter, strict=True):
            taken += 1
            yield cells
    except csv.Error:
        raise InputError("A quotation mark is opened here and not closed, so it is not sure where the rows after it begin.",
                         'Close it, or write a mark inside a cell twice (""), and import the whole file again.',
                         f"{name}, row {taken + 1}") from None


def best_delimiter(text: str, score: Callable[[Iterator[Sequence[str]]], int]) -> str:
    """The delimiter under which the rows score highest. Only as many lines are read as are scored."""
    def scored(delimiter: str) -> int:
        try:
            return score(_rows((line[0] for line in _LINE.finditer(text)), delimiter, ""))
        except InputError:
            return 0
    return max(DELIMITERS, key=scored)

"""Files of rows that other programs read: what stands in a cell, in which encoding, and what is counted of each file.

A spreadsheet runs what begins with `= + - @`, or with a tab or a return before it, as a formula: words are put in one line and get an
apostrophe in front. A number stays as it is.
"""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from basics.errors import Problem
from basics.money import Money

RUN_AS_A_FORMULA = ("=", "+", "-", "@")
WINDOWS = "cp1252"


@dataclass(frozen=True)
class OutFile:
    """One file that goes out. `documents` and `pence` are what it holds, for the control file."""

    name: str
    content: bytes
    rows: int
    documents: int
    pence: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def said(text: str, longest: int = 0) -> str:
    """Words as a cell holds them: in one line, cut to what the program takes, and nothing that a spreadsheet would run."""
    words = " ".join(text.split())
    safe = f"'{words}" if words.startswith(RUN_AS_A_FORMULA) else words
    return safe[:longest] if longest else safe


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, documents: int, pence: int, encoding: str = "utf-8") -> OutFile:
    """The rows under their headings. Every cell is finished: words through `said`, amounts with two decimals."""
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(headings)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return OutFile(name, written.getvalue().encode(encoding), count, documents, pence)


def control_file(name: str, files: Sequence[OutFile]) -> OutFile:
    """What was sent, to compare with what the other program says that it took: a row for each file and the total."""
    rows = [(each.name, str(each.rows), str(each.documents), Money(each.pence).plain, each.sha256) for each in files]
    total = ("Total", str(sum(each.rows for each in files)), str(sum(each.documents for each in files)),
             Money(sum(each.pence for each in files)).plain, "")
    return csv_file(name, ("File", "Rows", "Documents", "Sum", "SHA-256"), [*rows, total], documents=0, pence=0)


def in_windows(text: str, place: str) -> tuple[str, list[Problem]]:
    """The text with what Windows-1252 has no letter for written without its accent, or as “?”, each such letter named."""
    found = dict.fromkeys(letter for letter in text if not _fits(letter))
    problems = [Problem(place, f"“{letter}” cannot be written in Windows-1252, which Sage reads: “{_nearest(letter)}” stands for it.",
                        "Correct it in Sage, if it matters.") for letter in found]
    return "".join(letter if _fits(letter) else _nearest(letter) for letter in text), problems


def _fits(letter: str) -> bool:
    try:
        letter.encode(WINDOWS)
    except UnicodeEncodeError:
        return False
    return True


def _nearest(letter: str) -> str:
    """The letter without its accent; never one that would begin a formula, as a wide “＝” would."""
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if _fits(base) and base not in RUN_AS_A_FORMULA else "?"

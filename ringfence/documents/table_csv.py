"""A table as CSV that a spreadsheet opens: text that it would run as a formula has a mark before it that stops that."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from ringfence.documents.csv_out import RUN_AS_A_FORMULA

_AMOUNT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table in UTF-8 with the mark by which Excel knows it."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(RUN_AS_A_FORMULA) and not _AMOUNT.fullmatch(cell) else cell

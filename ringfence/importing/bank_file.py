"""A bank file, whichever it is: what kind shows in its content, never in its name. The formats are in docs/formats/bank.md."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from basics.errors import InputError
from ringfence.importing.bank_camt import read_camt
from ringfence.importing.bank_columns import BANKS, Columns, fitting
from ringfence.importing.bank_csv import read_bank_table
from ringfence.importing.bank_lines import BankFile, Found, bank_file
from ringfence.importing.bank_mt940 import read_mt940
from ringfence.importing.bank_ofx import read_ofx
from ringfence.importing.csv_text import best_delimiter, csv_rows, decoded
from ringfence.importing.table_headings import HEADING_WITHIN_ROWS, plain
from ringfence.importing.workbook import read_first_sheet
from ringfence.importing.yaml_text import cannot_be_read

LARGEST_BYTES = 20_000_000
MOST_ROWS = 100_000
_ZIP, _OLD_EXCEL, _PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF"
_MT940 = re.compile(r"(?m)^:(?:20|25|61):")


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises `InputError` where it cannot be read, or is too large to be one."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise _too_large(path.name)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise cannot_be_read(path, error) from None


def bank_file_of(content: bytes, name: str, account: str, kept: Iterable[Columns] = (), chosen: str = "") -> BankFile:
    """The lines of a file; `name` is what messages call it, `account` whose it is: the people's or the provider's.

    Raises `InputError` where the file as a whole cannot be taken.
    """
    if len(content) > LARGEST_BYTES:
        raise _too_large(name)
    if content.startswith((_OLD_EXCEL, _PDF)):
        raise InputError("This is a PDF, or an Excel file of the old kind (.xls).", "Save the statement as OFX, CSV or .xlsx at the bank.", name)
    notices = list[str]()
    how, found = _read(content, name, list(kept), chosen, notices)
    if found.rows > MOST_ROWS:
        raise InputError(f"The file has {found.rows:,} rows, and at most {MOST_ROWS:,} are read.", "Divide it by month.", name)
    file = bank_file(name, hashlib.sha256(content).hexdigest(), how, found, account)
    return replace(file, notices=(*notices, *file.notices))


def _read(content: bytes, name: str, kept: Sequence[Columns], chosen: str, notices: list[str]) -> tuple[str, Found]:
    if content.startswith(_ZIP):
        records = [list(row) for row in read_first_sheet(content, name, notices)]
    else:
        text, said = decoded(content, name)
        start = text.lstrip()[:2_000]
        if "OFXHEADER" in start.upper() or "<OFX>" in text[:20_000].upper():
            return "OFX", read_ofx(text, name)
        if start.startswith("<"):
            return "CAMT.053", read_camt(content, name)
        if _MT940.search(text[:20_000]):
            return "MT940", read_mt940(text, name)
        notices.extend(said)
        records = [list(row) for row in csv_rows(text, best_delimiter(text, _score(kept)), name)]
    columns, found = read_bank_table(records, name, kept, chosen)
    return columns.name, found


def _score(kept: Sequence[Columns]) -> Callable[[Iterator[Sequence[str]]], int]:
    def score(rows: Iterator[Sequence[str]]) -> int:
        """Headings that are known count most; without any, the delimiter that makes the most cells."""
        head = list(islice(rows, HEADING_WITHIN_ROWS))
        known = max((count for count, *_ in fitting(head, (*kept, *BANKS))), default=0)
        return 1_000 * known or max((len([cell for cell in cells if plain(cell)]) for cells in head), default=0)
    return score


def _too_large(name: str) -> InputError:
    return InputError(f"The file is larger than {LARGEST_BYTES // 1_000_000} MB.", "Divide it by month.", name)

"""A payer's remittance advice, CSV or Excel: which invoices one payment is for, and what is taken off it. The format is in docs/formats/bank.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from basics.errors import InputError, Problem, Refused
from basics.money import Money
from ringfence.importing.bank_file import content_of
from ringfence.importing.bank_money import read_amount
from ringfence.importing.csv_text import best_delimiter, csv_rows, decoded
from ringfence.importing.row_check import RowCheck
from ringfence.importing.table_headings import HEADING_WITHIN_ROWS, plain
from ringfence.importing.table_rows import place
from ringfence.importing.workbook import read_first_sheet

INVOICE = ("invoice_number", "invoice_no", "invoice_no.", "invoice", "inv_no", "inv_no.", "inv_number", "your_invoice", "supplier_invoice",
           "invoice_reference", "invoice_ref", "your_reference", "your_ref", "our_reference", "document_number", "reference")
AMOUNT = ("amount_paid", "paid", "payment_amount", "net_amount", "amount", "amount_gbp", "amount_(£)", "amount_£", "value", "total", "gross_amount",
          "gross")
"""The headings under which payers write them, the likeliest first."""

_NUMBER = re.compile(r"(?:INV(?:OICE)?)?[\s:#.-]*([0-9]{1,12})", re.IGNORECASE)
_CREDIT = re.compile(r"(?:C/?N|CR|CRN|CREDIT(?:[\s-]*NOTE)?)[\s:#.-]*(?:NO\.?\s*)?([0-9]{1,12})", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:grand |sub)?-?total\b|\bpayment\b", re.IGNORECASE)


@dataclass(frozen=True)
class Advised:
    """What an advice says: pence by the number of the invoice, in the order of the file, what is taken off apart and below nil; and by the number
    of a credit note what is taken off for that. They come to what is paid."""

    name: str
    pays: tuple[tuple[int, int], ...]
    notices: tuple[str, ...] = ()
    credits: tuple[tuple[int, int], ...] = ()

    @property
    def total(self) -> Money:
        return Money(sum(pence for _, pence in (*self.pays, *self.credits)))

    @property
    def in_words(self) -> str:
        """“£25.00 for 2 invoices, after £5.00 that is taken off”."""
        paid = sum(pence > 0 for _, pence in self.pays)
        off = -sum(pence for _, pence in (*self.pays, *self.credits) if pence < 0)
        return f"{self.total} for {paid} {'invoice' if paid == 1 else 'invoices'}{f', after {Money(off)} that is taken off' if off else ''}"


def read_remittance(path: Path) -> Advised:
    """The advice in a file. Raises `Refused` with every row that is not certain: an advice is taken whole or not at all."""
    return remittance_of(content_of(path), path.name)


def remittance_of(content: bytes, name: str) -> Advised:
    """The same for a file that is not on this disk."""
    notices = list[str]()
    records = _records(content, name, notices)
    problems, sums = list[Problem](), dict[tuple[bool, int, bool], int]()
    for check, number, is_credit, pence in _rows(records, name):
        problems += check.problems
        if number is not None and pence:
            key = is_credit, number, pence > 0
            sums[key] = sums.get(key, 0) + pence
    pays, credits = (tuple((number, pence) for (kind, number, _), pence in sums.items() if kind is is_credit) for is_credit in (False, True))
    advised = Advised(name, pays, tuple(notices), credits)
    if not problems and pays and advised.total.pence <= 0:
        problems = [Problem(name, f"comes to {advised.total}.", "Only what is paid can be placed: ask the payer about it.")]
    if problems or not pays:
        raise Refused(f"{name} was not taken:", problems or [Problem(name, "lists no invoice.", "Check that it is the right file.")])
    return advised


def _rows(records: Sequence[Sequence[str]], name: str) -> Iterator[tuple[RowCheck, int | None, bool, int | None]]:
    """Each row that is no total: what is wrong with it, the number, whether that is of a credit note, and the pence."""
    at, columns = _heading(records, name)
    for number, cells in enumerate(records[at + 1:], start=at + 2):
        invoice, amount = (cells[n].strip() if n < len(cells) else "" for n in columns)
        if not any(cell.strip() for cell in cells) or _is_total(invoice, cells):
            continue
        check = RowCheck(place(name, number))
        credit = _CREDIT.fullmatch(_plain(invoice))
        found = int(credit[1]) if credit else check.read("invoice", _invoice, invoice)
        yield check, found, credit is not None, check.read("amount", _taken_off if credit else _pence, amount)


def _records(content: bytes, name: str, notices: list[str]) -> list[Sequence[str]]:
    if content.startswith(b"PK"):
        return list(read_first_sheet(content, name, notices))
    if content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise InputError("This is a PDF, or an Excel file of the old kind (.xls).", "Ask for CSV or .xlsx, or copy its table into one.", name)
    text, said = decoded(content, name)
    notices.extend(said)
    return list(csv_rows(text, best_delimiter(text, lambda rows: sum(len(_found(cells)) for cells in islice(rows, HEADING_WITHIN_ROWS))), name))


def _heading(records: Sequence[Sequence[str]], name: str) -> tuple[int, tuple[int, int]]:
    for at, cells in enumerate(records[:HEADING_WITHIN_ROWS]):
        if len(found := tuple(_found(cells))) == 2:
            return at, (found[0], found[1])
    raise InputError("No row has headings for the invoice’s number and the amount.", "Call the two columns “invoice” and “amount”.", name)


def _found(cells: Sequence[str]) -> list[int]:
    """Where the number of the invoice and the amount stand, as far as they do."""
    given = [plain(cell) for cell in cells]
    return list(_first(given, INVOICE)) + list(_first(given, AMOUNT))


def _first(given: Sequence[str], names: Sequence[str]) -> Iterator[int]:
    yield from islice((given.index(name) for name in names if name in given), 1)


def _is_total(invoice: str, cells: Sequence[str]) -> bool:
    """Whether a row sums up others. Where something stands for the number of an invoice, the words beside it do not count."""
    return not _NUMBER.fullmatch(invoice) and not _CREDIT.fullmatch(_plain(invoice)) and _TOTAL.search(invoice or " ".join(cells)) is not None


def _invoice(text: str) -> int:
    found = _NUMBER.fullmatch(_plain(text))
    if not found:
        raise InputError(f"“{text[:60]}” is not the number of an invoice.", "Write the figures of the number.")
    return int(found[1])


def _plain(text: str) -> str:
    return text.lstrip("'’").strip()


def _pence(text: str) -> int:
    return read_amount(text).signed


def _taken_off(text: str) -> int:
    """What is taken off for a credit note. One without a minus may as well be a payment of it: nobody guesses which."""
    pence = _pence(text)
    if pence >= 0:
        raise InputError(f"“{text[:60]}” for a credit note is not below nil.", "A credit note is taken off: write it with a minus, or ask the payer.")
    return pence

"""A bank's table, CSV or Excel: each row is a line of the account, or is set aside with its number and the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from basics.errors import InputError, Problem, RingfenceError
from ringfence.importing.bank_columns import HSBC, HSBC_HEADINGS, Columns, ColumnsNotKnown, columns_of
from ringfence.importing.bank_lines import Found, Seen, account_number, plain_words
from ringfence.importing.bank_money import read_amount
from ringfence.importing.row_check import RowCheck
from ringfence.importing.table_headings import HEADING_WITHIN_ROWS, plain
from ringfence.importing.table_rows import place
from ringfence.importing.uk_times import looks_month_first, read_day

Record = tuple[int, tuple[str, ...]]

_NAMED_MONTH = re.compile(r"([0-9]{1,2})[ -/.]([A-Za-z]{3,9})[ -/.,]+([0-9]{4})")
_CHECK_IT = "Look at the bank’s page, and put the row right in a copy of the file."


@dataclass(frozen=True)
class _Table:
    """How the rows are read: where each column stands, what casts doubt on days, whether a minus is how this file marks money out."""

    columns: Columns
    at: dict[str, int]
    width: int
    month_first: str | None
    minus_is_out: bool

    def cell(self, cells: Sequence[str], heading: str) -> str:
        n = self.at.get(plain(heading), self.width)
        return cells[n].strip().lstrip("'’").strip() if n < len(cells) else ""


def read_bank_table(records: Sequence[Sequence[str]], name: str, kept: Iterable[Columns], chosen: str = "") -> tuple[Columns, Found]:
    """The lines under the headings, and whose columns they are. Raises `ColumnsNotKnown` where nobody has said which column is which."""
    numbered: list[Record] = [(n, tuple(record)) for n, record in enumerate(records, start=1)]
    head = [cells for _, cells in numbered[:HEADING_WITHIN_ROWS]]
    at, columns, headings = -1, HSBC, HSBC_HEADINGS
    found = columns_of(head, kept, chosen, name)
    if found is None:
        if chosen or not any(map(_is_headless_line, head)):
            raise _not_known(head, name)
    else:
        at, columns = found
        headings = numbered[at][1]
    rows = [(n, cells) for n, cells in numbered[at + 1:] if any(cell.strip() for cell in cells)]
    return columns, _lines(_table(columns, headings, [cells for _, cells in rows]), rows, name)


def read_bank_day(text: str, month_first: str | None = None) -> date:
    """As days are read everywhere, and “25 Aug 2026” too. Raises `InputError`."""
    if found := _NAMED_MONTH.fullmatch(text.strip()):
        for form in ("%d %b %Y", "%d %B %Y"):
            try:
                return datetime.strptime(" ".join(found.groups()), form).date()  # noqa: DTZ007, a day has no zone
            except ValueError:
                continue
    return read_day(text.strip(), month_first)


def _table(columns: Columns, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> _Table:
    at = dict[str, int]()
    for n, heading in enumerate(headings):
        at.setdefault(plain(heading), n)
    bare = _Table(columns, at, len(headings), None, minus_is_out=False)
    days = [bare.cell(cells, columns.date) for cells in rows]
    signs = {_sign(bare.cell(cells, columns.paid_out)) for cells in rows} - {None} if columns.paid_out else set()
    return _Table(columns, at, len(headings), looks_month_first(days), minus_is_out=signs == {-1})


def _sign(cell: str) -> int | None:
    """Which way the sign of an amount says that it went; None where the cell holds none, or says it in letters, which are never doubtful."""
    try:
        written = read_amount(cell)
    except InputError:
        return None
    return written.sign if written.pence and not written.in_letters else None


def _lines(table: _Table, rows: Sequence[Record], name: str) -> Found:
    seen, problems = list[Seen](), list[Problem]()
    for number, cells in rows:
        check = RowCheck(place(name, number))
        found = _line(table, check, number, cells)
        if found is not None:
            seen.append(found)
        else:
            problems.append(check.problems[0])
    return Found(seen, problems, len(rows))


def _line(table: _Table, check: RowCheck, number: int, cells: Sequence[str]) -> Seen | None:
    """One line; None, and what is wrong with it, where anything in the row is not certain."""
    columns, of = table.columns, partial(table.cell, cells)
    if any(cell.strip() for cell in cells[table.width:]):
        check.problems.append(Problem(check.where, "has more cells than there are headings: a comma may stand within one of them.", _CHECK_IT))
    on = check.read(columns.date, lambda text: read_bank_day(text, table.month_first), of(columns.date))
    if columns.pounds:
        pence = check.read(columns.pounds, _moved, of(columns.pounds))
    else:
        pence = check.read(f"{columns.paid_in} and {columns.paid_out}",
                           lambda _: _of_two(of(columns.paid_in), of(columns.paid_out), minus_is_out=table.minus_is_out), "")
    balance = check.read(columns.balance, _balance, of(columns.balance)) if of(columns.balance) else None
    if check.problems or on is None or pence is None:
        return None
    words = plain_words(*map(of, columns.words))
    return Seen(number, account_number(*map(of, columns.account)), on, pence, words, balance_pence=balance)


def _moved(text: str) -> int:
    written = read_amount(text)
    if not written.pence:
        raise InputError("is nil: no money moved.", "There is nothing to do.")
    return written.signed


def _of_two(paid_in: str, paid_out: str, *, minus_is_out: bool) -> int:
    """What one of two columns says. A sign that its column does not bear is not certain, unless the file marks all money out with a minus."""
    came, went = (read_amount(text) if text else None for text in (paid_in, paid_out))
    moved = [(each, way) for each, way in ((came, 1), (went, -1)) if each is not None and each.pence]
    if len(moved) != 1:
        raise InputError("both have an amount." if moved else "have no amount.", _CHECK_IT)
    written, way = moved[0]
    if written.sign == -way or (way < 0 and written.sign < 0 and not (minus_is_out or written.in_letters)):
        raise InputError(f"do not agree: “{paid_in or paid_out}” has a sign of its own.", _CHECK_IT)
    return way * written.pence


def _balance(text: str) -> int:
    return read_amount(text).signed


def _is_headless_line(cells: Sequence[str]) -> bool:
    """Whether a row is a date, words and an amount, as HSBC gives them without any headings."""
    given = [cell.strip() for cell in cells]
    if len(given) != len(HSBC_HEADINGS) or not all(given):
        return False
    return _is_read(read_bank_day, given[0]) and _is_read(read_amount, given[2])


def _is_read(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except RingfenceError:
        return False
    return True


def _not_known(head: Sequence[Sequence[str]], name: str) -> InputError:
    """The row with the most filled cells is the likeliest row of headings."""
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in head]
    if not any(filled):
        return InputError("The file is empty.", "Save it at the bank again.", name)
    at = filled.index(max(filled))
    width = max(n for n, cell in enumerate(head[at], start=1) if cell.strip())
    return ColumnsNotKnown([cell.strip() for cell in head[at][:width]], head[at + 1:at + 6], name)

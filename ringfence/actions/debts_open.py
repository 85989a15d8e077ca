"""What is open on a day of everything that was invoiced, read once: what was asked, what was paid, what was said to be for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from invoicing.aged_debt import AgedDebt, aged_debt
from invoicing.still_open import Asked, AskedAs, Pair
from ringfence.actions.receipts_open import PAID_AS, cover, invoice_name, said_for
from ringfence.store import bank_lines, debts


@dataclass(frozen=True)
class Amounts:
    """One invoice in pence on a day: what it asked for, and what became of that. What is open is the rest."""

    number: int
    payer: str
    funds: tuple[str, ...]
    issued_on: date
    due_on: date
    asked: int
    credited: int
    written_off: int
    open: int

    @property
    def paid(self) -> int:
        return self.asked - self.credited - self.written_off - self.open


@dataclass(frozen=True)
class DebtsOpen:
    """The debts of a day, and every invoice that was issued by then with what became of it, by number."""

    aged: AgedDebt
    invoices: Mapping[int, Amounts]


def debts_open(connection: Connection, on: date) -> DebtsOpen:
    """Read it as of a day: invoices and credit notes by the day of issue, receipts by the day of the bank."""
    asked, said = list[Asked](), dict[int, list[tuple[Pair, int, int]]]()
    days: dict[int, tuple[date, date]] = {}
    for row in debts.asked(connection, on):
        said.setdefault(row.number, []).append(((row.fund, row.funder), int(row.pence), int(row.credited)))
        days[row.number] = date.fromisoformat(row.issued_on), date.fromisoformat(row.due_on)
    for number, parts in said.items():
        left = tuple((pair, pence - credited) for pair, pence, credited in parts if pence > credited)
        asked.append(Asked(AskedAs.INVOICE, invoice_name(number), number, parts[0][0][1], days[number][1], left))
    placed = [each for each in bank_lines.placed(connection) if each.on <= on]
    paid, covered = defaultdict[Pair, int](int), debts.covered(connection, on)
    for each in placed:
        if each.what_for.partition(" ")[0] in PAID_AS:
            paid[each.fund, each.funder] += each.pence
    named = said_for(connection, placed)
    cover(covered, paid, named)
    aged = aged_debt(on, asked, paid, named, debts.due(connection, on))
    return DebtsOpen(aged, _amounts(aged, said, days, covered))


def _amounts(aged: AgedDebt, said: Mapping[int, Sequence[tuple[Pair, int, int]]], days: Mapping[int, tuple[date, date]],
             covered: Sequence[debts.Covered]) -> dict[int, Amounts]:
    still = {each.number: each.pence for each in aged.open}
    off = defaultdict[int, int](int)
    for each in covered:
        if each.number is not None:
            off[each.number] += each.pence
    return {number: Amounts(number, parts[0][0][1], tuple(pair[0] for pair, *_ in parts), *days[number], sum(each[1] for each in parts),
                            sum(each[2] for each in parts), off[number], still.get(number, 0)) for number, parts in said.items()}

"""What is open on a day of everything that was invoiced, read once: what was asked, what was paid, what was said to be for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from invoicing.aged_debt import AgedDebt, aged_debt
from invoicing.paid_late import Receipt
from invoicing.still_open import Asked, AskedAs, Pair
from ringfence.actions.brought_over import invoices_brought_over
from ringfence.actions.receipts_open import PAID_AS, cover, invoice_name, said_by_line
from ringfence.store import bank_lines, debts


@dataclass(frozen=True)
class Amounts:
    """One invoice in pence on a day: what it asked for, and what became of that. What is open is the rest.

    One that was brought over has its number of the books before these instead of one of ours, and its day of issue is not known here; what it
    asked for is what was open of it when the books began.
    """

    number: int
    payer: str
    funds: tuple[str, ...]
    issued_on: date | None
    due_on: date
    asked: int
    credited: int
    written_off: int
    open: int
    number_before: str = ""

    @property
    def called(self) -> str:
        """Its number, as it is printed."""
        return self.number_before or f"{self.number:06d}"

    @property
    def paid(self) -> int:
        return self.asked - self.credited - self.written_off - self.open


@dataclass(frozen=True)
class DebtsOpen:
    """The debts of a day, and every invoice that was issued by then with what became of it, by number; and those that were brought over."""

    aged: AgedDebt
    invoices: Mapping[int, Amounts]
    brought_over: Sequence[Amounts] = ()
    asked: Sequence[Asked] = ()
    """All that was asked by then, without what is credited of it."""
    receipts: Sequence[Receipt] = ()
    """All that was paid by then, each part with its day."""


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
    by_line, named = list(said_by_line(connection, placed)), defaultdict[tuple[str, Pair], int](int)
    for _, name, pair, pence in by_line:
        named[name, pair] += pence
    cover(covered, paid, named)
    before = invoices_brought_over(connection, on)
    aged = aged_debt(on, [*asked, *before], paid, named, debts.due(connection, on))
    return DebtsOpen(aged, _amounts(aged, said, days, covered), _amounts_before(aged, before), (*asked, *before), _receipts(placed, by_line))


def _receipts(placed: Iterable[bank_lines.Placed], by_line: Iterable[tuple[str, str, Pair, int]]) -> tuple[Receipt, ...]:
    """Each part of a line with its day: what was said to be for one thing, and the rest."""
    days, rest = dict[str, date](), defaultdict[tuple[str, Pair], int](int)
    for each in placed:
        if each.what_for.partition(" ")[0] in PAID_AS:
            days[each.line] = each.on
            rest[each.line, (each.fund, each.funder)] += each.pence
    found = []
    for line, name, pair, pence in by_line:
        rest[line, pair] -= pence
        found.append(Receipt(name, pair, days[line], pence))
    return (*found, *(Receipt("", pair, days[line], pence) for (line, pair), pence in rest.items() if pence > 0))


def _amounts_before(aged: AgedDebt, before: Iterable[Asked]) -> tuple[Amounts, ...]:
    """Of what was brought over, what was paid and what the provider took on are told together."""
    still = {each.name: each.pence for each in aged.open}
    return tuple(Amounts(0, each.payer, tuple(pair[0] for pair, _ in each.parts), None, each.due_on, each.pence, 0, 0, still.get(each.name, 0),
                         each.number_before) for each in before)


def _amounts(aged: AgedDebt, said: Mapping[int, Sequence[tuple[Pair, int, int]]], days: Mapping[int, tuple[date, date]],
             covered: Sequence[debts.Covered]) -> dict[int, Amounts]:
    still = {each.number: each.pence for each in aged.open if each.number is not None}
    off = defaultdict[int, int](int)
    for each in covered:
        if each.number is not None:
            off[each.number] += each.pence
    return {number: Amounts(number, parts[0][0][1], tuple(pair[0] for pair, *_ in parts), *days[number], sum(each[1] for each in parts),
                            sum(each[2] for each in parts), off[number], still.get(number, 0)) for number, parts in said.items()}

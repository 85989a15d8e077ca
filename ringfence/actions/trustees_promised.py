"""What contracts promised by a schedule and is overdue: instalments whose day to be paid is over, invoiced and not paid, or on no invoice yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from invoicing.aged_debt import AgedDebt
from invoicing.still_open import Pair
from ringfence.store.figures import Instalment, instalments


def promised_overdue(connection: Connection, aged: AgedDebt) -> Mapping[str, int]:
    """The pence that are overdue on the day of `aged`, by fund. No name is read."""
    parts = instalments(connection, aged.on)
    found = defaultdict[str, int](int)
    for pair, pence in (*_asked(parts, aged), *_not_asked(parts, aged)):
        found[pair[0]] += pence
    return {fund: pence for fund, pence in found.items() if pence}


def _asked(parts: Iterable[Instalment], aged: AgedDebt) -> Iterable[tuple[Pair, int]]:
    """What is open of the invoices that asked for them: an invoice that was late leaves the promise as it was."""
    late = defaultdict[tuple[int, Pair], int](int)
    for each in parts:
        if each.invoice is not None and _is_over(each.due_on, aged.on):
            late[each.invoice, each.pair] += each.pence
    return [(pair, min(pence, late[asked.number, pair])) for asked in aged.open for pair, pence in asked.parts
            if asked.number is not None and (asked.number, pair) in late]


def _not_asked(parts: Iterable[Instalment], aged: AgedDebt) -> Iterable[tuple[Pair, int]]:
    """What is on no invoice: no more than the ledger says is due, after what is still to come."""
    late, later = defaultdict[Pair, int](int), defaultdict[Pair, int](int)
    for each in parts:
        if each.invoice is None:
            (late if _is_over(each.due_on, aged.on) else later)[each.pair] += each.pence
    due = {each.pair: each.not_invoiced for each in aged.debts}
    return [(pair, min(pence, max(0, due.get(pair, 0) - later[pair]))) for pair, pence in late.items()]


def _is_over(due_on: date, on: date) -> bool:
    """The day itself is not late."""
    return due_on < on

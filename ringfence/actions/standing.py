"""What was charged to each fund, whether it is stored or about to be, added up as a statement needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row

from basics.periods import Month
from invoicing.delivery import BY_DELIVERY, Charge
from isf.accounts import INSIDE_MONEY_HELD, Unit
from isf.entries import drawn_on
from isf.given import Charged
from isf.money_held import EventKind, Moved
from isf.position import Delivered
from ringfence.actions.month_entries import MonthEntries
from ringfence.store import billing
from ringfence.store.ledger import Flow

OWED = "owed_provider"
Given = tuple[date, int | None, int, int, int]
"""What was given on a day (or in the month that begins with it) on the line that stands now: minutes, times, pence."""


@dataclass(frozen=True)
class FundCharges:
    """One fund's: the charges of the month by line and price, what was given so far, and what planned charges will post."""

    charged: list[Charged] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    moves: list[Moved] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)


class ChargesStanding:
    """The charges of every fund from `first` to the end of the month, those of `planned` among them; looked at fund by fund.

    `lines` gives the version of a line that stands now for each that a charge may name. Only one fund is read where it is named.
    """

    def __init__(self, connection: Connection, month: Month, first: date, lines: Mapping[int, int], per_of_rate: Mapping[str, str],
                 planned: MonthEntries | None, fund_key: str = "") -> None:
        self._connection, self._month, self._first, self._lines, self._per_of_rate = connection, month, first, lines, per_of_rate
        self._planned, self._places = planned, _places(planned.charges if planned else ())
        self._by_month = _by_fund(billing.charged_by_month(connection, first, month.last, fund_key))
        self._by_price = _by_fund(billing.charged_by_price(connection, month.first, month.last, fund_key))

    @property
    def planned_funds(self) -> set[str]:
        """The funds for which something is about to be posted."""
        return set(self._places)

    def of(self, fund: str) -> FundCharges:
        found = FundCharges()
        found.given.extend(self._given(self._by_month.get(fund, ())))
        self._add_stored(found, self._by_price.get(fund, ()))
        if self._planned and fund in self._places:
            place = self._places[fund]
            self._add_planned(found, fund, self._planned.charges[place], self._planned.within_pence[place])
        return found

    def delivered(self, fund: str, given: Iterable[Given], first: date) -> dict[int, Delivered]:
        """What was given on each line from `first` on; where that is not the first of a month, the rest of the month is read anew."""
        rest: list[Given] = []
        if first.day > 1 and any(row.month == str(Month.of(first)) for row in self._by_month.get(fund, ())):
            rows = billing.charged_by_month(self._connection, max(first, self._first), min(Month.of(first).last, self._month.last), fund)
            rest = [(first, *each[1:]) for each in self._given(rows)]
        sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        for on, line, minutes, times, pence in chain(given, rest):
            if line and on >= first:
                total = sums[line]
                total[0] += minutes
                total[1] += times
                total[2] += pence
        return {line: Delivered(*totals) for line, totals in sums.items()}

    def _given(self, rows: Iterable[Row[Any]]) -> Iterable[Given]:
        return ((Month.parse(row.month).first, self._lines.get(row.plan_line_id), int(row.minutes), int(row.times), int(row.pence))
                for row in rows)

    def _add_stored(self, found: FundCharges, rows: Sequence[Row[Any]]) -> None:
        seen: set[tuple[int, int | None]] = set()
        for row in rows:
            once = not row.times or (row.delivery_id, row.plan_line_id) not in seen
            seen |= {(row.delivery_id, row.plan_line_id)} if row.times else set()
            found.charged.append(self._charged(row.plan_line_id, int(row.minutes), int(row.times) if once else 0, int(row.pence),
                                               Decimal(row.pounds), row.rate_code))

    def _add_planned(self, found: FundCharges, fund: str, charges: Sequence[Charge], within_pence: Sequence[int]) -> None:
        """One pass over a fund's planned charges. A night or a session with several payers has a charge for each, and counts once."""
        month_first = self._month.first
        seen: set[tuple[int, int | None]] = set()
        by_price: dict[tuple[int | None, str, Decimal], list[int]] = {}
        flows: dict[tuple[str, date], int] = {}
        for one, within in zip(charges, within_pence, strict=True):
            on, pence = one.support_on, one.pence
            minutes, times = (0, 0) if one.cancelled else (one.minutes, one.times)
            if times:
                times = int((one.delivery_id, one.plan_line_id) not in seen)
                seen.add((one.delivery_id, one.plan_line_id))
            found.given.append((on, self._lines.get(one.plan_line_id or 0), minutes, times, pence))
            if on >= month_first:
                if one.times:
                    found.charged.append(self._charged(one.plan_line_id, minutes, times, pence, one.pounds, one.rate_code))
                else:
                    at = by_price.setdefault((one.plan_line_id, one.rate_code, one.pounds), [0, 0])
                    at[0] += minutes
                    at[1] += pence
            for role, part in (("due", pence),) if one.how == BY_DELIVERY else drawn_on(pence, within):
                flows[role, on] = flows.get((role, on), 0) + part
        for (role, on), part in flows.items():
            effect = part * ((role in INSIDE_MONEY_HELD) - 1)
            found.moves.append(Moved(EventKind.VISIT, "", on, effect, False, None, role, OWED, part, Unit.PENCE))
            found.flows.append(Flow(fund, (role, OWED), on, part))
        found.charged.extend(self._charged(line, minutes, 0, pence, pounds, code)
                             for (line, code, pounds), (minutes, pence) in by_price.items())

    def _charged(self, line: int | None, minutes: int, times: int, pence: int, pounds: Decimal, code: str) -> Charged:
        return Charged(plan_line_id=self._lines.get(line or 0), support_on=self._month.first, minutes=minutes, times=times, pence=pence,
                       pounds=pounds, per=self._per_of_rate.get(code, "hour"))


def _places(charges: Iterable[Charge]) -> dict[str, slice]:
    """Where each fund's charges stand; they come fund by fund."""
    found, start = {}, 0
    for fund, theirs in groupby(charges, key=attrgetter("fund")):
        stop = start + sum(1 for _ in theirs)
        found[fund] = slice(start, stop)
        start = stop
    return found


def _by_fund(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.fund, []).append(row)
    return found

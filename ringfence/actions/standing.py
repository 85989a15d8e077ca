"""What was charged to each fund, whether it is stored or about to be, added up as a statement needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row

from basics.periods import Month
from invoicing.delivery import BY_DELIVERY, Charge
from isf.accounts import INSIDE_MONEY_HELD, Unit
from isf.entries import drawn_on
from isf.given import Charged
from isf.money_held import Moved
from isf.position import Delivered
from ringfence.actions.month_entries import MonthEntries, event_kind
from ringfence.store import billing, ledger

OWED = "owed_provider"
Given = tuple[str, int | None, int, int, int]
"""What was given on a day (or in a month) on the line that stands now: its date in ISO, the line, minutes, times, pence."""


@dataclass(frozen=True)
class FundCharges:
    """One fund's: the charges of the month by line and price, what was given so far, and what planned charges will post."""

    charged: list[Charged]
    given: list[Given]
    moves: list[Moved]
    flows: list[ledger.Flow]


class ChargesStanding:
    """The charges of every fund from `first` to the end of the month, those of `planned` among them; looked at fund by fund."""

    def __init__(self, connection: Connection, month: Month, first: date, lines: Mapping[int, int], per_of_rate: Mapping[str, str],
                 planned: MonthEntries | None) -> None:
        self._connection, self._month, self._first, self._lines, self._per_of_rate = connection, month, first, lines, per_of_rate
        self._planned, self._places = planned, _places(planned.charges if planned else ())
        self._by_month = _by_fund(billing.charged_by_month(connection, first, month.last))
        self._by_price = _by_fund(billing.charged_by_price(connection, month.first, month.last))

    def of(self, fund: str) -> FundCharges:
        found = FundCharges([], [], [], [])
        self._add_stored(fund, found)
        if self._planned and fund in self._places:
            places = self._places[fund]
            charges = self._planned.charges[places.start:places.stop]
            self._add_planned(zip(charges, islice(self._planned.within_pence, places.start, places.stop), strict=True), fund, found)
        return found

    def delivered(self, fund: str, given: Iterable[Given], first: date) -> dict[int, Delivered]:
        """What was given on each line from `first` on. A month that it falls into is read again, day by day."""
        sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        broken = str(Month.of(first)) if first.day > 1 and self._by_month.get(fund) else ""
        for when, line, *more in [*given, *(self._rest_of(fund, first) if broken else ())]:
            if line and when != broken and when >= (first.isoformat() if len(when) > len(broken or str(self._month)) else str(Month.of(first))):
                sums[line] = [total + each for total, each in zip(sums[line], more, strict=True)]
        return {line: Delivered(*totals) for line, totals in sums.items()}

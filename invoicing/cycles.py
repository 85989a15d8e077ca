"""Payers that are invoiced every 4 weeks, beside those that are invoiced by calendar months.

All support is charged with the month in which it was given. A month end invoices such a payer for each 4 weeks that end in it, on an invoice of
their own; what lies in 4 weeks that are not over waits, charged and not invoiced. There are 13 in a year, so one month has two.
"""

from __future__ import annotations

from datetime import date, timedelta

from basics.errors import RingfenceError
from basics.periods import Month, Period
from invoicing.delivery import Agreements, Charge
from invoicing.in_force import InForce

EVERY_MONTH, EVERY_4_WEEKS = "month", "4 weeks"
"""What the term `invoiced_every` may say; `invoiced_from` is the first day of any one of the 4 weeks."""
DAYS = 28


def cycle_on(day: date, first: date) -> Period:
    """The 4 weeks that a day lies in, where some 4 weeks begin on `first`."""
    start = first + timedelta(days=(day - first).days // DAYS * DAYS)
    return Period(start, start + timedelta(days=DAYS - 1))


class Cycles:
    """For each charge of a month end: the 4 weeks that it is invoiced with."""

    def __init__(self, agreements: Agreements, month: Month) -> None:
        self._month, self._in_force = month, InForce(agreements)
        self._any = any(each.invoiced_every == EVERY_4_WEEKS for each in agreements.terms)
        self._first: dict[tuple[str, str, date], date | None] = {}

    def of(self, charge: Charge) -> Period | None:
        """None where the payer is invoiced by months. What came late is invoiced with the first 4 weeks that end in the month."""
        first = self._first_day(charge) if self._any else None
        if first is None:
            return None
        found = cycle_on(charge.support_on, first)
        return found if found.last >= self._month.first else cycle_on(self._month.first, first)

    def waits(self, charge: Charge) -> bool:
        """Whether its 4 weeks are not over at the end of the month."""
        cycle = self.of(charge)
        return cycle is not None and cycle.last > self._month.last

    def _first_day(self, charge: Charge) -> date | None:
        key = (charge.fund, charge.funder or "", charge.support_on)
        if key not in self._first:
            self._first[key] = self._find(*key)
        return self._first[key]

    def _find(self, fund: str, funder: str, day: date) -> date | None:
        try:
            terms = self._in_force.terms(self._in_force.funding(fund, funder, day, day).terms, day)
        except RingfenceError:
            return None
        return terms.invoiced_from if terms.invoiced_every == EVERY_4_WEEKS else None

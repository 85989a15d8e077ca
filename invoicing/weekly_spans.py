"""For which days a fixed sum a week is taken at a time: a calendar month, or the 4 weeks by which its payer is invoiced.

The 4 weeks may begin in one month and end in the next. Their sum is taken off the support of all of them, the earlier support first, so that an
invoice for 4 weeks asks for 4 weeks, to the penny.
"""

from __future__ import annotations

from datetime import date

from basics.errors import RingfenceError
from basics.periods import Month, Period
from invoicing.cycles import EVERY_4_WEEKS, cycle_on
from invoicing.delivery import Funding
from invoicing.in_force import InForce


def span_on(in_force: InForce, funding: Funding, day: date) -> Period:
    """The days with which a day of support has its sum. Of 4 weeks by which the payer was not invoiced from their first day, only the rest counts."""
    month = Month.of(day).period
    try:
        terms = in_force.terms(funding.terms, day)
    except RingfenceError:
        return month
    if terms.invoiced_every != EVERY_4_WEEKS or terms.invoiced_from is None:
        return month
    cycle = cycle_on(day, terms.invoiced_from)
    return Period(max(cycle.first, terms.from_on), cycle.last)

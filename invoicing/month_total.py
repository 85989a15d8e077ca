"""What funders pay together in a month, divided on its total: also where some of the month stands charged already.

A visit that comes late, or is put right and charged anew, is not a total of its own. What stands of its month and what is new are one sum: each
funder's share of it, less what stands charged to that funder, is its part of what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from basics.errors import RingfenceError
from basics.periods import Month
from basics.share import Key, share
from invoicing.delivery import BY_DELIVERY, Charge, Funding
from invoicing.in_force import InForce
from invoicing.terms import ON_THE_TOTAL


class Stood(NamedTuple):
    """A charge that stands: of which delivery, the day it began, the day of the support, who is asked; `of_all` where its line names no funder."""

    delivery_id: int
    began_on: date
    support_on: date
    funder: str | None
    pence: int
    of_all: bool


Stands = Callable[[str, Month], Sequence[Stood]]
"""What stands charged in a fund for support of a month."""


def nothing_stands(_fund: str, _month: Month) -> Sequence[Stood]:
    """Where nothing is charged yet."""
    return ()


def visit_of(charge: Charge) -> tuple[str, date]:
    """Which visit, of whom, on which day; the same for each of its payers."""
    return charge.key.rsplit("|", 2)[0], charge.support_on


class MonthTotals:
    """The months of one run, as far as they stand charged."""

    def __init__(self, stands: Stands, in_force: InForce) -> None:
        self._ask, self._in_force = stands, in_force
        self._known: dict[tuple[str, Month], Sequence[Stood]] = {}
        self._days: dict[tuple[str, Month], set[tuple[int, date]]] = {}

    def stands(self, charge: Charge) -> bool:
        """Whether that day of that delivery is charged: a night that reaches into this month is rated again for its second day."""
        month = Month.of(charge.support_on)
        if (charge.fund, month) not in self._days:
            self._days[charge.fund, month] = {(each.delivery_id, each.support_on) for each in self._of(charge.fund, month)}
        return (charge.delivery_id, charge.support_on) in self._days[charge.fund, month]

    def stood(self, fund: str, month: Month, payers: Sequence[Funding]) -> dict[str, int]:
        """What stands charged to each of those who share, by these payers and on the total, in pence. A sum that comes off one payer's part counts
        as that part. Nothing where it was shared in another way than is agreed now: what was asked for stays as it was agreed then."""
        rows = [each for each in self._of(fund, month) if each.of_all and self._alike(fund, each.began_on, payers)]
        weights, whose = weights_of_shares(payers), {payer.funder: payer.bears_on or payer.funder for payer in payers}
        if len(weights) < 2 or not {each.funder for each in rows} <= set(whose):
            return {}
        found = dict.fromkeys(weights, 0)
        for each in rows:
            if each.funder and (who := whose[each.funder]) in found:
                found[who] += each.pence
        visits = len({(each.delivery_id, each.support_on) for each in rows})
        return found if _is_rounding(found, weights, at_most=visits * len(weights)) else {}

    def _of(self, fund: str, month: Month) -> Sequence[Stood]:
        if (fund, month) not in self._known:
            self._known[fund, month] = self._ask(fund, month)
        return self._known[fund, month]

    def _alike(self, fund: str, day: date, payers: Sequence[Funding]) -> bool:
        theirs = [one for one in self._in_force.fundings(fund, day) if one.how == BY_DELIVERY]
        with suppress(RingfenceError):
            return theirs == list(payers) and self._in_force.terms(payers[0].terms, day).funder_share == ON_THE_TOTAL
        return False


def _is_rounding(stood: Mapping[str, int], weights: Mapping[str, Decimal], *, at_most: int) -> bool:
    """Whether each has its share but for what pennies of so many visits come to."""
    total, whole = sum(stood.values()), Fraction(sum(weights.values()))
    return all(abs(pence - total * Fraction(weights[funder]) / whole) <= at_most for funder, pence in stood.items())


def weights_of_shares(payers: Sequence[Funding]) -> dict[str, Decimal]:
    """Who pays a share, and which."""
    return {payer.funder: payer.share for payer in payers if payer.share}


def parts_of_total(pence: int, weights: Mapping[str, Decimal], stood: Mapping[str, int]) -> dict[str, int]:
    """What each is asked for of a new sum: its share of that and of what stands, less what it is charged already. Nobody is asked for less than
    nothing: where the new sum is too small to even everything out, the next one does."""
    if not stood:
        return share(pence, weights)
    due = share(pence + sum(stood.values()), weights)
    return share(pence, {funder: max(0, due[funder] - stood.get(funder, 0)) for funder in due})


def over_visits(parts: Mapping[str, int], costs: Mapping[Key, int]) -> dict[Key, dict[str, int]]:
    """Each payer's part over the visits by what they cost, so that the parts of a visit add to its cost, and those of a payer to its part."""
    left, found = dict(costs), {visit: dict[str, int]() for visit in costs}
    for funder, pence in parts.items():
        for visit, part in share(pence, left).items():
            found[visit][funder] = part
            left[visit] -= part
    return found

"""Funders who pay a fixed sum a week: what of a month's charges is theirs. The others share what is left.

The month's sum, or all of the charges where they come to less, is divided over the visits by what they cost; each visit's rest is divided
among the others by their shares. So the parts of a visit always add to it. Where the payer is invoiced every 4 weeks, the sum of those days is
divided over the visits of those days. A sum that bears on one payer's part, like a contribution on the council's, is taken off that part alone
once everything is shared: the others pay what they would pay without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from basics.periods import Period
from basics.share import Key, share
from invoicing.delivery import Charge, Funding
from invoicing.month_total import over_visits, visit_of, weights_of_shares

Left = Callable[[Funding, Period], int]
"""What of a funder's sum for a month, or for 4 weeks, is not charged yet, in pence."""
OfTotal = Callable[[int], dict[str, int]]
"""Each one's part of a sum that is shared on the total of the month."""
SpanOn = Callable[[Funding, date], Period]
"""The days with which a day of support has its sum of a funder."""


def nothing_left(_funding: Funding, _days: Period) -> int:
    """Where nobody pays a weekly sum."""
    return 0


class WeeklySums:
    """The sums of one run: what one group of a month's charges has taken is not there for the next, where payers or terms change within it."""

    def __init__(self, left: Left, span_on: SpanOn) -> None:
        self._left_at_first, self._span_on = left, span_on
        self._left: dict[tuple[Funding, Period], int] = {}

    def parts(self, funding: Funding, of: Mapping[Key, tuple[date, int]]) -> dict[Key, int]:
        """What there is of a sum, divided by what each cost on its day, in pence; only what has a part."""
        spans: dict[Period, dict[Key, int]] = {}
        for key, (day, pence) in of.items():
            spans.setdefault(self._span_on(funding, day), {})[key] = pence
        found: dict[Key, int] = {}
        for span, theirs in spans.items():
            if due := self._take(funding, span, sum(theirs.values())):
                found |= share(due, theirs)
        return found

    def _take(self, funding: Funding, days: Period, at_most: int) -> int:
        key = (funding, days)
        if key not in self._left:
            self._left[key] = self._left_at_first(funding, days)
        taken = max(0, min(self._left[key], at_most))
        self._left[key] -= taken
        return taken


def weekly_first(charges: Sequence[Charge], payers: Sequence[Funding], sums: WeeklySums, of_total: OfTotal | None = None) -> list[Charge]:
    """The charges of one fund and month with the weekly sums taken off: first those that come off everybody’s part, then each that comes off
    one payer’s, which lowers nobody else’s. As they are where nobody pays one. `of_total` where the rest is shared on the total."""
    everybodys = [payer for payer in payers if payer.weekly and not payer.bears_on]
    weights = weights_of_shares(payers)
    found = list(charges)
    if everybodys and weights:  # else nobody pays so, or a line names the one who does
        found = _off_everybody(found, everybodys, weights, sums, of_total)
    for payer in (one for one in payers if one.bears_on):
        found = _off_one(found, payer, sums)
    return found


Visit = tuple[str, date]


def _off_everybody(charges: Sequence[Charge], payers: Sequence[Funding], weights: Mapping[str, Decimal], sums: WeeklySums,
                   of_total: OfTotal | None) -> list[Charge]:
    visits: dict[Visit, list[Charge]] = {}
    for charge in charges:
        visits.setdefault(visit_of(charge), []).append(charge)
    rest = {visit: sum(one.pence for one in theirs) for visit, theirs in visits.items()}
    taken: dict[Visit, dict[str, int]] = {visit: {} for visit in visits}
    for payer in payers:
        for visit, pence in sums.parts(payer, {visit: (visit[1], pence) for visit, pence in rest.items()}).items():
            rest[visit] -= pence
            taken[visit][payer.funder] = pence
    others = over_visits(of_total(sum(rest.values())), rest) if of_total else {visit: share(rest[visit], weights) for visit in visits}
    return [charge for visit, theirs in visits.items() for charge in _of_a_visit(theirs, taken[visit] | others[visit])]


def _off_one(charges: Sequence[Charge], payer: Funding, sums: WeeklySums) -> list[Charge]:
    """The payer’s sum off the part of the one on whom it bears, and never more than that part."""
    parts = sums.parts(payer, {charge.key: (charge.support_on, charge.pence) for charge in charges if charge.funder == payer.bears_on})
    return [part for charge in charges for part in _divided(charge, payer.funder, parts.get(charge.key, 0))]


def _divided(charge: Charge, funder: str, pence: int) -> Iterable[Charge]:
    """A charge, so much of it asked of somebody else; its time is divided as its pence are."""
    if not pence:
        yield charge
        return
    minutes_of = share(charge.minutes, {str(charge.funder): charge.pence - pence, funder: pence})
    if charge.pence > pence:
        yield charge._replace(pence=charge.pence - pence, minutes=minutes_of[str(charge.funder)])
    yield charge._replace(key=f"{charge.key.rsplit('|', 2)[0]}|{funder}|{charge.support_on}", funder=funder, pence=pence,
                          minutes=minutes_of[funder])


def _of_a_visit(charges: Sequence[Charge], pence_of: dict[str, int]) -> Iterable[Charge]:
    """One visit's cost and time by payer; where it cost nothing, the time stays whose it was."""
    first, minutes = charges[0], sum(one.minutes for one in charges)
    if not any(pence_of.values()):
        yield from charges
        return
    minutes_of, base = share(minutes, pence_of), first.key.rsplit("|", 2)[0]
    for funder, pence in pence_of.items():
        if pence:
            yield first._replace(key=f"{base}|{funder}|{first.support_on}", funder=funder, pence=pence, minutes=minutes_of[funder])

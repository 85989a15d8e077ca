"""Charges whose pence are not each visit's own: all visits of a month at one rate are one line, or funders share the month's total.

The sum is rounded once, and its pence are shared back over its charges: whatever a term says, the charges add to what was asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import NamedTuple, TypeVar

from basics.periods import Month
from basics.rounding import MINUTES_PER_HOUR, hourly_line
from basics.share import share
from invoicing.delivery import Charge
from invoicing.finding import Finding
from invoicing.in_force import Agreed, InForce
from invoicing.month_total import MonthTotals, Stands, nothing_stands, over_visits, parts_of_total, visit_of, weights_of_shares
from invoicing.terms import BY_RATE, BY_VISIT, ON_THE_TOTAL, missing_term
from invoicing.weekly_parts import Left, WeeklySums, weekly_first
from invoicing.weekly_spans import span_on

Of = TypeVar("Of", bound=Hashable)


class Regrouped(NamedTuple):
    """A charge with what is agreed for it; `plain` is time at the rate and nothing else: not shared, not counted, not by length, not a part."""

    charge: Charge
    agreed: Agreed
    plain: bool


def needs_regrouping(agreed: Agreed) -> bool:
    """Whether the pence of one visit depend on the others of its month."""
    return agreed.terms.line != BY_VISIT or (len(agreed.payers) > 1 and (
        agreed.terms.funder_share == ON_THE_TOTAL or any(payer.weekly for payer in agreed.payers)))


def regrouped(found: Sequence[Regrouped], findings: list[Finding], left: Left, in_force: InForce,
              stands: Stands = nothing_stands) -> list[Charge]:
    """The charges with the pence that the terms give them; those that depend on a term nobody gave are left out and told. What is charged already
    has no part in what is new, but where funders share the total of a month, it counts in that total."""
    totals = MonthTotals(stands, in_force)
    found = [one for one in found if not totals.stands(one.charge)]
    charges = [one for group in _by(found, _rate_of_a_month).values() for one in _one_rate(group, findings)]
    sums, groups = WeeklySums(left, partial(span_on, in_force)), sorted(_by(charges, _total_of_a_month).values(), key=_first_of)
    return [charge for group in groups for charge in _of_a_month(group, sums, totals)]


def _first_of(group: Sequence[Regrouped]) -> tuple[date, str]:
    """The earlier support has what there is of a weekly sum, whatever the order of the rows."""
    return min((one.charge.support_on, one.charge.key) for one in group)


def _one_rate(group: Sequence[Regrouped], findings: list[Finding]) -> Iterable[Regrouped]:
    """All timed support of a month at one rate. Where nobody says what a line is, it only matters where the two sums differ."""
    first, agreed, plain = group[0]
    if agreed.terms.line == BY_VISIT or not plain:
        return group
    by_visit = sum(one.charge.pence for one in group)
    by_rate = hourly_line(first.pounds, sum(one.charge.minutes for one in group)).pence
    if by_visit == by_rate:
        return group
    if agreed.terms.line == BY_RATE:
        return _spread(group, by_rate)
    cause = missing_term(agreed.terms, "line", first.support_on)
    visits = len({one.charge.delivery_id for one in group})
    findings.append(Finding(cause, first.visit, f"{visits} visits from visit {first.visit}, fund {first.fund}",
                            readings=((BY_VISIT, by_visit), (BY_RATE, by_rate))))
    return ()


def _of_a_month(group: Sequence[Regrouped], sums: WeeklySums, totals: MonthTotals) -> list[Charge]:
    """The charges of a fund and month that the same payers share in the same way."""
    (first, agreed, _), charges = group[0], [one.charge for one in group]
    payers, weights = agreed.payers, weights_of_shares(agreed.payers)
    if len(payers) < 2 or not weights or agreed.terms.funder_share != ON_THE_TOTAL:
        return weekly_first(charges, payers, sums)
    of_total = partial(parts_of_total, weights=weights, stood=totals.stood(first.fund, Month.of(first.support_on), payers))
    costs = {visit: sum(one.charge.pence for one in theirs) for visit, theirs in _by(group, _visit).items()}
    given = over_visits(of_total(sum(costs.values())), costs)
    return weekly_first([one._replace(pence=given[visit_of(one)][str(one.funder)]) for one in charges], payers, sums, of_total)


def _spread(group: Sequence[Regrouped], pence: int) -> Iterable[Regrouped]:
    """The sum over the visits by what they came to alone, and divided among the funders: the parts of each visit add to what it has of the sum."""
    payers, visits = group[0].agreed.payers, _by(group, _visit)
    parts = share(pence, {payer.funder: payer.share if len(payers) > 1 else 1 for payer in payers})  # who pays alone pays all, whatever its share
    weights = {visit: sum(map(_weight, theirs)) for visit, theirs in visits.items()}
    given = over_visits(parts, share(pence, weights if any(weights.values()) else dict.fromkeys(weights, 1)))
    for visit, theirs in visits.items():
        yield from (one._replace(charge=one.charge._replace(pence=given[visit][str(one.charge.funder)])) for one in theirs)


def _weight(one: Regrouped) -> Fraction | int:
    """What a charge came to alone, in pence: exactly, where it is time at the rate and nothing else."""
    charge = one.charge
    return Fraction(charge.pounds) * charge.minutes * 100 / MINUTES_PER_HOUR if one.plain and charge.minutes else charge.pence


def _visit(one: Regrouped) -> tuple[str, date]:
    return visit_of(one.charge)


def _rate_of_a_month(one: Regrouped) -> Hashable:
    charge = one.charge
    return charge.fund, charge.plan_line_id, Month.of(charge.support_on), charge.rate_code, charge.pounds, one.plain, id(one.agreed)


def _total_of_a_month(one: Regrouped) -> Hashable:
    return one.charge.fund, Month.of(one.charge.support_on), one.agreed.payers, one.agreed.terms.funder_share


def _by(found: Iterable[Regrouped], key: Callable[[Regrouped], Of]) -> dict[Of, list[Regrouped]]:
    groups: defaultdict[Of, list[Regrouped]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return groups

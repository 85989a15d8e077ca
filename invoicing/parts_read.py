"""What each payer would be asked for by each reading of a term that says nothing of what support costs, only of who pays which part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from basics.errors import Problem
from invoicing.bearing import BEARS_ON, may_bear, needs_saying
from invoicing.delivery import BY_DELIVERY, Agreements, Charge, Funding
from invoicing.finding import Finding
from invoicing.pricing import FUNDER_SHARE
from invoicing.terms import CHARGING_TERMS, with_term

PART_TERMS = (FUNDER_SHARE, BEARS_ON)
Rate = Callable[[Agreements], tuple[Sequence[Charge], Sequence[Problem]]]
"""The visits that such a term stops, rated again by other agreements."""


def with_parts(findings: Sequence[Finding], charged: Collection[str], agreements: Agreements, rate: Rate) -> list[Finding]:
    """The findings, those of such a term with what each payer would be asked for; `charged` are the keys of what is charged without it. The
    parts depend on a month’s visits together, so the first finding of a cause has them all."""
    found = list(findings)
    for term in PART_TERMS:
        read = {reading: rate(by)[0] for reading, by in _readings(term, agreements)} if any(one.cause.term == term for one in found) else {}
        for what in {one.cause.what for one in found if one.cause.term == term}:
            places = [n for n, one in enumerate(found) if one.cause.what == what]
            visits = {found[n].name for n in places}
            sums = {reading: _sums(charges, visits, charged) for reading, charges in read.items()
                    if visits <= {charge.visit for charge in charges if charge.key not in charged}}
            labelled = tuple((_label(term, reading, payer), pence) for reading, of in sums.items() for payer, pence in sorted(of.items()))
            for n in places:
                found[n] = replace(found[n], readings=labelled)
                labelled = tuple((label, 0) for label, _ in labelled)
    return found


def _readings(term: str, agreements: Agreements) -> Iterable[tuple[str, Agreements]]:
    if term == FUNDER_SHARE:
        allowed = CHARGING_TERMS[FUNDER_SHARE]
        for reading in allowed:
            yield reading, replace(agreements, terms=tuple(
                one if one.funder_share in allowed else with_term(one, FUNDER_SHARE, reading) for one in agreements.terms))
        return
    unsaid = [one for one in agreements.fundings if one.weekly and needs_saying(one, _sharing(agreements, one))]
    for reading in sorted({each.funder for one in unsaid for each in may_bear(_sharing(agreements, one))}):
        yield reading, replace(agreements, fundings=tuple(
            replace(one, weekly=one.weekly._replace(bears_on=reading)) if one in unsaid and one.weekly else one for one in agreements.fundings))


def _sharing(agreements: Agreements, funding: Funding) -> list[Funding]:
    return [each for each in agreements.fundings if each.fund == funding.fund and each.how == BY_DELIVERY and not each.weekly
            and each.period.overlap(funding.period)]


def _sums(charges: Iterable[Charge], visits: Collection[str], charged: Collection[str]) -> Counter[str]:
    found = Counter[str]()
    for charge in charges:
        if charge.visit in visits and charge.key not in charged:
            found[charge.funder or "nobody"] += charge.pence
    return found


def _label(term: str, reading: str, payer: str) -> str:
    return f"{payer} {reading}" if term == FUNDER_SHARE else f"{payer}, where it comes off the part of {reading},"

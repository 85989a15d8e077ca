"""What was planned and given in a month, line by line, with the price in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from typing import NamedTuple

from basics.money import Money
from basics.periods import ONE_DAY, Month, Period
from basics.rounding import line as priced
from basics.vocabulary import say
from isf.plan import PER_HOUR, Measure, PlanLine, RatePeriod, planned
from isf.statement import GivenLine


class Charged(NamedTuple):
    """One charge for support that happened in the month and stands, or all timed ones of a line at one price added up. Where one visit
    has several charges, each has its own part of the minutes or times, so that they add to the visit. `pounds` is the price of one
    `per` (hour, night, visit …)."""

    plan_line_id: int | None
    support_on: date
    minutes: int
    times: int
    pence: int
    pounds: Decimal
    per: str

    def of(self, measure: Measure) -> int:
        return self.minutes if measure is Measure.MINUTES else self.times

    @property
    def measure(self) -> Measure:
        return Measure.MINUTES if self.per == PER_HOUR else Measure.TIMES


def given_lines(month: Month, lines: Sequence[PlanLine], rates: Mapping[int, Sequence[RatePeriod]],
                charges: Sequence[Charged]) -> tuple[GivenLine, ...]:
    """One row for each line of the plan (all versions of it together), then what was given outside the plan.

    A line with nothing planned and nothing given is left out; the pence of the rows add to the charges.
    """
    by_line: dict[tuple[str, Measure], list[PlanLine]] = {}
    for one in lines:
        by_line.setdefault((one.reference, one.measure), []).append(one)
    rows = [_row(month, versions, rates, charges) for versions in by_line.values()]
    known = {one.id for one in lines}
    outside = [charge for charge in charges if charge.plan_line_id not in known]
    rows += [_outside_row(month, measure, [charge for charge in outside if charge.measure is measure]) for measure in Measure]
    return tuple(row for row in rows if row.planned or row.given or row.pence)


def price_words(rates: Iterable[RatePeriod], shared: bool = False) -> str:
    """“£24.40 an hour”; where it changed “£24.40 an hour to 14 October, then £25.10”; two at once “£9.00 or £11.50 each time”.

    `shared` says that the price is divided among several people.
    """
    steps = _steps(rates)
    if not steps:
        return say("price.not-known")
    at_once = any(one.period.overlap(following.period) for one, following in pairwise(steps))
    price = _one_or_another(steps) if at_once else _one_then_another(steps)
    return say("price.shared", price=price) if shared else price


def _one_or_another(steps: Sequence[RatePeriod]) -> str:
    if len({step.per for step in steps}) > 1:
        return _either(dict.fromkeys(_price(step.pounds, step.per) for step in steps))
    prices = sorted({step.pounds for step in steps})
    return say("price.of", pounds=_either(map(_pounds, prices)), per=_per(steps[0].per))


def _one_then_another(steps: Sequence[RatePeriod]) -> str:
    words = []
    for before, step in zip([None, *steps], steps, strict=False):
        price, last = _pounds(step.pounds) if before and before.per == step.per else _price(step.pounds, step.per), step.period.last
        if step is not steps[-1]:
            price = say("price.until", price=price, day=say("day", day=last.day, month=f"{last:%B}"))
        words.append(say("price.then", price=price) if before and step is steps[-1] else price)
    return say("comma").join(words)


def _row(month: Month, versions: Sequence[PlanLine], rates: Mapping[int, Sequence[RatePeriod]], charges: Sequence[Charged]) -> GivenLine:
    ids, latest = {one.id for one in versions}, max(versions, key=lambda one: one.period.first)
    mine = [charge for charge in charges if charge.plan_line_id in ids]
    in_month = [RatePeriod(days, rate.per, rate.pounds) for one in versions for rate in rates.get(one.id, ())
                if (lasted := one.period.overlap(month.period)) and (days := lasted.overlap(rate.period))]
    agreed = {(rate.per, rate.pounds) for rate in in_month}
    others = [_charged_at(charge, month) for charge in mine if (charge.per, charge.pounds) not in agreed]
    return GivenLine(
        words=latest.words,
        price_words=price_words([*in_month, *others], _is_shared(mine)),
        measure=_counted_in(latest.measure, [*in_month, *others]),
        planned=sum(planned(one, month.period) for one in versions),
        given=sum(charge.of(latest.measure) for charge in mine),
        pence=sum(charge.pence for charge in mine),
    )


def _counted_in(measure: Measure, rates: Sequence[RatePeriod]) -> str:
    """“nights” where each is priced by the night, and so for visits and days; “times” for anything else that is counted."""
    kinds = {rate.per for rate in rates}
    return f"{kinds.pop()}s" if measure is Measure.TIMES and len(kinds) == 1 and kinds <= {"night", "visit", "day"} else measure


def _outside_row(month: Month, measure: Measure, charges: Sequence[Charged]) -> GivenLine:
    prices = price_words((_charged_at(charge, month) for charge in charges), _is_shared(charges))
    return GivenLine(say("given.outside"), prices, measure, None,
                     sum(charge.of(measure) for charge in charges), sum(charge.pence for charge in charges))


def _charged_at(charge: Charged, month: Month) -> RatePeriod:
    """A price that was charged beside the agreed one, like a public holiday’s: it holds beside it, not after it."""
    return RatePeriod(month.period, charge.per, charge.pounds)


def _is_shared(charges: Sequence[Charged]) -> bool:
    """Nights and trips that cost less than their price are the person's part of something that several people share."""
    counted = [charge for charge in charges if charge.measure is Measure.TIMES]
    return sum(charge.pence for charge in counted) < sum(priced(charge.pounds, charge.times).pence for charge in counted)


def _steps(rates: Iterable[RatePeriod]) -> list[RatePeriod]:
    """The prices in the order of their days; the same price on following days is one."""
    steps: list[RatePeriod] = []
    for rate in sorted(rates, key=lambda rate: (rate.period, rate.pounds)):
        last = steps[-1] if steps else None
        if last and (last.per, last.pounds) == (rate.per, rate.pounds) and rate.period.first <= last.period.last + ONE_DAY:
            steps[-1] = last._replace(period=Period(last.period.first, max(last.period.last, rate.period.last)))
        else:
            steps.append(rate)
    return steps


def _pounds(pounds: Decimal) -> str:
    pence = pounds * 100
    return str(Money(int(pence))) if pence == int(pence) else f"£{pounds:f}"


def _per(per: str) -> str:
    return say(f"per.{per}")


def _price(pounds: Decimal, per: str) -> str:
    return say("price.of", pounds=_pounds(pounds), per=_per(per))


def _either(parts: Iterable[str]) -> str:
    """“£9.00 or £11.50”."""
    return reduce(lambda first, last: say("or", first=first, last=last), parts)

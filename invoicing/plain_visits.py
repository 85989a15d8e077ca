"""The many visits that are like each other, charged as a set: each distinct case is priced once by the rule, and all else is integers.

A visit is plain where it was given, to one person, by a carer whose one row it is, within one day, and its pence depend on no other visit.
What it costs each payer then depends on what is agreed, the day, the minutes and the carers: these become numbers, and the answers are looked
up by number. No rule stands here: `InForce` says what is agreed, `Pricing` prices a case, `by_payer` divides it. Whatever has no answer is
handed back, for the loop over visits to charge it or to say why not. Nothing is divided or rounded here, so every number is a whole one.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from basics.errors import RingfenceError
from invoicing.charged_time import crosses_midnight
from invoicing.delivery import GIVEN, Charge, Delivery
from invoicing.in_force import Agreed
from invoicing.pricing import Pricing
from invoicing.visit_charge import by_payer, charge_key, weights_of
from invoicing.whole_lines import needs_regrouping

Ints = NDArray[np.int64]
Visit = Sequence[Delivery]

AFTER_EVERY_DAY = 10_000_000
"""More than the number of any day, so that somebody's support and a day are one number together."""


class _Part(NamedTuple):
    """What one payer has of every visit of a case; `payer` is its place among the payers."""

    payer: int
    day: date
    day_in_figures: str
    minutes: int
    times: int
    rate_code: str
    pounds: Decimal
    pence: int


def charge_plain(visits: Sequence[Visit], pricing: Pricing) -> tuple[list[Charge], list[Visit]]:
    """The charges of the plain ones among these carers' visits, and the others in their order."""
    places, rows = _plain(visits, pricing)
    if not rows:
        return [], list(visits)
    step, agreed = _agreed(rows, pricing)
    case, parts = _cases(rows, step, agreed, pricing)
    known = np.array([theirs is not None for theirs in parts])[case]
    other = np.ones(len(visits), bool)
    other[np.array(places)[known]] = False
    return _charges(rows, step, agreed, case, parts), [visits[n] for n in np.flatnonzero(other).tolist()]


def _plain(visits: Sequence[Visit], pricing: Pricing) -> tuple[list[int], list[Delivery]]:
    """The visits that may be plain, and where they stand."""
    house = pricing.in_force.house
    alone = [(n, visit[0]) for n, visit in enumerate(visits)
             if len(visit) == 1 and visit[0].outcome == GIVEN and house(visit[0].subject) is None]
    span, first = _numbered([(row.starts_at, row.ends_at, row.actual_minutes) for _, row in alone])
    within_a_day = [_within_a_day(alone[n][1]) for n in first]
    plain = [one for one, its in zip(alone, span.tolist(), strict=True) if within_a_day[its]]
    return [n for n, _ in plain], [row for _, row in plain]


def _within_a_day(row: Delivery) -> bool:
    """Whether the visit is on one UK day; one that ends before it starts is left for the loop to tell."""
    try:
        return not crosses_midnight(row)
    except RingfenceError:
        return False


def _agreed(rows: Sequence[Delivery], pricing: Pricing) -> tuple[Ints, list[Agreed | None]]:
    """What is agreed for each row, by number: found once for somebody's support between two changes. None where the row is not plain."""
    support, first = _numbered([(row.subject, row.support_type) for row in rows])
    changes = [n * AFTER_EVERY_DAY + day for n, at in enumerate(first)
               for day in (0, *map(date.toordinal, pricing.in_force.changes(rows[at].subject, rows[at].support_type)))]
    days = np.fromiter((row.happened_on.toordinal() for row in rows), np.int64, len(rows))
    _, firsts, step = np.unique(np.searchsorted(changes, support * AFTER_EVERY_DAY + days, side="right"), return_index=True, return_inverse=True)
    return step, [_agreed_for(rows[n], pricing) for n in firsts.tolist()]


def _agreed_for(row: Delivery, pricing: Pricing) -> Agreed | None:
    try:
        agreed = pricing.in_force.support(row.subject, row.support_type, row.happened_on)
    except RingfenceError:
        return None
    return None if needs_regrouping(agreed) else agreed


def _cases(rows: Sequence[Delivery], step: Ints, agreed: Sequence[Agreed | None],
           pricing: Pricing) -> tuple[Ints, list[list[_Part] | None]]:
    """The case of each row, by number, and what each payer has of it; None where it must be charged alone."""
    like, _ = _numbered([(one.terms.name, one.terms.from_on, one.line.rate_code, weights_of(one.payers) if len(one.payers) > 1 else ())
                         if one else () for one in agreed])
    case, first = _numbered([
        (its, row.happened_on, row.planned_minutes, row.actual_minutes, row.planned_carers, pricing.came_of(row))
        for its, row in zip(like[step].tolist(), rows, strict=True)])
    return case, [_parts(rows[n], pricing) if agreed[step[n]] else None for n in first]


def _parts(row: Delivery, pricing: Pricing) -> list[_Part] | None:
    try:
        agreed, lines = pricing.price(row.subject, row)
    except RingfenceError:
        return None
    return [_Part(agreed.payers.index(payer), line.time.day, line.time.day.isoformat(), minutes, line.time.times, line.rate.code,
                  line.rate.pounds, pence)
            for line in lines for payer, pence, minutes in by_payer(agreed.payers, line.pence, line.time.minutes)
            if payer and (pence or minutes or line.time.times)]


def _charges(rows: Sequence[Delivery], step: Ints, agreed: Sequence[Agreed | None], case: Ints,
             parts: Sequence[Sequence[_Part] | None]) -> list[Charge]:
    """A charge for each part of each row, made column by column."""
    counts = np.array([len(theirs or ()) for theirs in parts])
    if not counts.any():
        return []
    row, part = _each(counts[case], (np.cumsum(counts) - counts)[case])
    payers = [one.payers if one else () for one in agreed]
    count_of_payers = np.array([len(theirs) for theirs in payers])
    payer_of, days, day_words, minutes, times, codes, pounds, pence = zip(*chain.from_iterable(theirs or () for theirs in parts), strict=True)
    payer = (np.cumsum(count_of_payers) - count_of_payers)[step[row]] + np.array(payer_of)[part]
    promises = list(chain.from_iterable(payers))
    ids, keys, visits, _, people, _, _, _, starts, *_ = zip(*rows, strict=True)
    funders = _picked([one.funder for one in promises], payer)
    columns = zip(
        map(charge_key, _picked(keys, row), _picked(people, row), funders, _picked(day_words, part)), _picked(ids, row),
        _picked([one.line.fund if one else "" for one in agreed], step[row]), funders, _picked([one.how for one in promises], payer),
        _picked([one.line.id if one else None for one in agreed], step[row]), _picked(days, part), _picked(starts, row), _picked(visits, row),
        _picked(minutes, part), _picked(times, part), _picked(codes, part), _picked(pounds, part), _picked(pence, part), repeat(""), repeat(False))
    return list(map(Charge._make, columns))


def _each(counts: Ints, starts: Ints) -> tuple[Ints, Ints]:
    """For each of so many things, so many numbers from its start on: the place of the thing, and the number."""
    place = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts)
    return place, starts[place] + within


def _numbered(values: Sequence[Hashable]) -> tuple[Ints, list[int]]:
    """A number for each distinct value, by place; and a place where each number stands."""
    first = dict(zip(reversed(values), range(len(values) - 1, -1, -1), strict=True))
    number = dict(zip(first, range(len(first)), strict=True))
    return np.fromiter(map(number.__getitem__, values), np.int64, len(values)), list(first.values())


def _picked(values: Sequence[Any], places: Ints) -> list[Any]:
    found = np.empty(len(values), object)
    found[:] = values
    return found[places].tolist()  # type: ignore[no-any-return]

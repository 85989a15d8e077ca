"""Which visits another price of a rate changes: those charged by their length too, whose charge names the band and not the rate of the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row

from basics.errors import Problem, RingfenceError
from basics.periods import day_in_words
from invoicing.delivery import Agreements, Delivery, Rate
from invoicing.finding import Finding, causes_of, told_together
from invoicing.pricing import Pricing, carers_who_came
from invoicing.shared_visit import place_of
from ringfence.store import closings, credits, deliveries, terms_kept
from ringfence.store.prices_then import PricesThen

Visit = tuple[str, str]
"""The reference of a visit, and of its carer."""


class Banded(NamedTuple):
    """A visit charged by its length on a day, the rest of whose time costs something else now; `pence` is what stands charged."""

    visit: Visit
    on: date
    pence: int


def banded_otherwise(connection: Connection, agreements: Agreements, code: str, first: date = date.min, last: date = date.max,
                     but: int = 0) -> list[Banded]:
    """What stands charged by bands beside this rate on those days, and would cost something else at its price in force now. Rates of the
    batch `but` are new."""
    bands = terms_kept.bands_beside(connection, code)
    if not bands:
        return []
    then, now = PricesThen(connection, but), [each for each in agreements.rates if each.code == code]
    days = {(day, batch) for day, batch in credits.charged_days(connection, bands, first.isoformat(), last.isoformat())
            if _pounds(now, day) != _pounds(then.rates(code, batch), day)}
    rows = credits.charged_on(connection, bands, sorted({day for day, _ in days}))
    return _differing(connection, agreements, code, [row for row in rows if (row.support_on, row.batch_id) in days], then)


def not_priced(connection: Connection, agreements: Agreements, visits: Iterable[Visit]) -> dict[Visit, Problem]:
    """Of these visits, those that cannot be charged anew as things are agreed now, each with why and what to do."""
    wanted, closed = set(visits), closings.closed_funds(connection)
    by_visit, pricing = _rows(connection, agreements, wanted)
    found: dict[Visit, Problem] = {}
    for row in (row for rows in by_visit.values() for row in rows if (row.visit, row.carer) in wanted):
        if problem := _why_not(pricing, row, closed):
            found.setdefault((row.visit, row.carer), problem)
    return found


def _differing(connection: Connection, agreements: Agreements, code: str, charged: Sequence[Row[Any]],
               then: PricesThen) -> list[Banded]:
    by_visit, now = _rows(connection, agreements, [(row.visit, row.carer) for row in charged])
    of_id = {row.id: row for rows in by_visit.values() for row in rows}
    others = tuple(each for each in agreements.rates if each.code != code)
    came, before, found = carers_who_came(list(by_visit.values())), dict[int, Pricing](), []
    for each in charged:
        if each.batch_id not in before:
            rates: tuple[Rate, ...] = (*others, *then.rates(code, each.batch_id))
            before[each.batch_id] = Pricing(replace(agreements, rates=rates), date.max, came)
        row, day = of_id[each.delivery_id], date.fromisoformat(each.support_on)
        costs = _cost(now, row, day)
        if costs is None or costs != _cost(before[each.batch_id], row, day):
            found.append(Banded((each.visit, each.carer), day, int(each.pence)))
    return found


def _rows(connection: Connection, agreements: Agreements, visits: Iterable[Visit]) -> tuple[Mapping[str, list[Delivery]], Pricing]:
    """Everybody’s rows of these visits, by visit, and what prices them as things are agreed now."""
    by_visit = defaultdict[str, list[Delivery]](list)
    for row in deliveries.of_visits(connection, sorted({visit for visit, _ in visits})):
        by_visit[row.visit].append(row)
    return by_visit, Pricing(agreements, date.max, carers_who_came(list(by_visit.values())))


def _people(pricing: Pricing, row: Delivery) -> list[str]:
    """Whose prices the row is charged at: of a shared house everybody who holds a place."""
    house = pricing.in_force.house(row.subject)
    return [row.subject] if house is None else [who for who in pricing.in_force.holders(house, row.happened_on) if who]


def _cost(pricing: Pricing, row: Delivery, day: date) -> tuple[int, ...] | None:
    """What the row costs on a day at the prices of each of its people; None where that is not known."""
    try:
        return tuple(line.pence for who in _people(pricing, row) for line in pricing.price(who, row)[1] if line.time.day == day)
    except RingfenceError:
        return None


def _why_not(pricing: Pricing, row: Delivery, closed: Mapping[str, date]) -> Problem | None:
    try:
        funds = [pricing.price(who, row)[0].line.fund for who in _people(pricing, row)]
    except RingfenceError as error:
        causes = causes_of(error, row.happened_on)
        return told_together([Finding(cause, row.visit, place_of(row, row.subject)) for cause in causes], "visits")[0]
    gone = next((fund for fund in funds if fund in closed), None)
    return None if gone is None else Problem("", f"{gone} is closed since {day_in_words(closed[gone])}.",
                                             "Open the fund again with an apply file.")


def _pounds(rates: Iterable[Rate], day: str) -> Decimal | None:
    """The price of a day; None where there is not exactly one."""
    found = [each.pounds for each in rates if date.fromisoformat(day) in each.period]
    return found[0] if len(found) == 1 else None

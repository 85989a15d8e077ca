"""Support that stands charged at another price than the one in force now: a price that was agreed late is never missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from basics.errors import Problem
from basics.money import Money
from basics.periods import Month, Period
from invoicing.delivery import Agreements, Rate
from invoicing.finding import Stopped
from invoicing.in_force import InForce
from ringfence.actions.drafting import price_words
from ringfence.actions.priced_anew import Banded, banded_otherwise
from ringfence.store import credits, registry

PUT_RIGHT = "Have it charged anew with an apply file (“visits_repriced”), or leave it as it was asked for."


def old_prices(connection: Connection, agreements: Agreements) -> list[Problem]:
    """One for each rate and month: how much is charged at which price that is not the one in force. Only rates that were changed after they
    were first given are looked at."""
    found: defaultdict[tuple[str, Month, str, str], list[tuple[date, int]]] = defaultdict(list)
    in_force, changed, per = InForce(agreements), registry.changed_rates(connection), {each.code: each.per for each in agreements.rates}
    for row in credits.charged_prices(connection, changed) if changed else ():
        day, was = date.fromisoformat(row.support_on), Decimal(row.pounds)
        now = _price(in_force, row.rate_code, day)
        if now is None or now.pounds != was:
            new = price_words(now.pounds, now.per) if now else ""
            found[row.rate_code, Month.of(day), price_words(was, per[row.rate_code]), new].append((day, int(row.pence)))
    told = [_problem(*key, rows) for key, rows in sorted(found.items(), key=lambda item: (item[0][0], item[0][1], item[0][2:]))]
    return told + [problem for code in sorted(changed) for problem in _by_bands(connection, agreements, code)]


def _by_bands(connection: Connection, agreements: Agreements, code: str) -> list[Problem]:
    """Visits charged by their length, of which the rest of the time stands at an old price: their charge names the band alone."""
    found: defaultdict[Month, list[Banded]] = defaultdict(list)
    for each in banded_otherwise(connection, agreements, code):
        found[Month.of(each.on)].append(each)
    return [Problem(f"rate {code}, {month.in_words}",
                    f"{Money(sum(each.pence for each in rows))} of support is charged by the length of a visit, and the price of the rest of its "
                    f"time has changed ({_days(each.on for each in rows)}).", PUT_RIGHT)
            for month, rows in sorted(found.items())]


def _price(in_force: InForce, code: str, day: date) -> Rate | None:
    """The price in force; None where there is not exactly one."""
    try:
        return in_force.rate(code, day)
    except Stopped:
        return None


def _problem(code: str, month: Month, old: str, new: str, rows: list[tuple[date, int]]) -> Problem:
    period = _days(day for day, _ in rows)
    place, charged = f"rate {code}, {month.in_words}", f"{Money(sum(pence for _, pence in rows))} of support is charged at {old}"
    if not new:
        return Problem(place, f"{charged}, and these days do not have one price now ({period}).", "Give the rate for them in an apply file.")
    return Problem(place, f"{charged}, and the price is {new} now ({period}).",
                   PUT_RIGHT)


def _days(found: Iterable[date]) -> Period:
    days = sorted(found)
    return Period(days[0], days[-1])

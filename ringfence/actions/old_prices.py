"""Support that stands charged at another price than the one in force now: a price that was agreed late is never missed."""

from __future__ import annotations

from collections import defaultdict
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
from ringfence.store import credits, registry


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
    return [_problem(*key, rows) for key, rows in sorted(found.items(), key=lambda item: (item[0][0], item[0][1], item[0][2:]))]


def _price(in_force: InForce, code: str, day: date) -> Rate | None:
    """The price in force; None where there is not exactly one."""
    try:
        return in_force.rate(code, day)
    except Stopped:
        return None


def _problem(code: str, month: Month, old: str, new: str, rows: list[tuple[date, int]]) -> Problem:
    days = [day for day, _ in rows]
    period = Period(min(days), max(days))
    place, charged = f"rate {code}, {month.in_words}", f"{Money(sum(pence for _, pence in rows))} of support is charged at {old}"
    if not new:
        return Problem(place, f"{charged}, and these days do not have one price now ({period}).", "Give it under “rates” of an apply file.")
    return Problem(place, f"{charged}, and the price is {new} now ({period}).",
                   "Have it charged anew under “visits_repriced” of an apply file, or leave it as it was asked for.")

"""Support that stands charged at another price than the one in force now: a price that was agreed late is never missed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from basics.errors import InputError, Problem
from basics.money import Money
from basics.periods import Month, Period
from invoicing.delivery import Agreements
from invoicing.in_force import InForce
from ringfence.actions.drafting import price_words
from ringfence.store import credits, registry


def old_prices(connection: Connection, agreements: Agreements) -> list[Problem]:
    """One for each rate and month: how much is charged at which old price. Only rates that were changed after they were first given are
    looked at."""
    found: defaultdict[tuple[str, Month, str, str], list[tuple[date, int]]] = defaultdict(list)
    in_force, changed = InForce(agreements), registry.changed_rates(connection)
    for row in credits.charged_prices(connection, changed) if changed else ():
        day = date.fromisoformat(row.support_on)
        try:
            now = in_force.rate(row.rate_code, day)
        except InputError:
            continue
        if now.pounds != Decimal(row.pounds):
            old, new = price_words(Decimal(row.pounds), now.per), price_words(now.pounds, now.per)
            found[row.rate_code, Month.of(day), old, new].append((day, int(row.pence)))
    return [_problem(*key, rows) for key, rows in sorted(found.items(), key=lambda item: (item[0][0], item[0][1], item[0][2:]))]


def _problem(code: str, month: Month, old: str, new: str, rows: list[tuple[date, int]]) -> Problem:
    days = [day for day, _ in rows]
    period = Period(min(days), max(days))
    return Problem(f"rate {code}, {month.in_words}", f"{Money(sum(pence for _, pence in rows))} of support is charged at {old}, and the price is "
                   f"{new} now ({period}).", "Have it charged anew under “visits_repriced” of an apply file, or leave it as it was asked for.")

"""What each payer is asked for a visit: what stands charged, and for days of which nothing does, what a draft of their month would charge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from basics.periods import ONE_DAY, Month, day_of
from invoicing.delivery import Agreements, Delivery
from invoicing.rating import rate
from invoicing.why import Asked, Part
from ringfence.actions.weekly_left import weekly_left, what_stands
from ringfence.store import deliveries, visits_found


def asked_for(connection: Connection, agreements: Agreements, visit: str, rows: Sequence[Delivery]) -> Asked:
    """The parts of the rows of a visit, payer by payer. A draft is worked out from the support of the same people in the same months, since a
    visit's pence may depend on all of it."""
    charged = visits_found.charges_of_visit(connection, visit)
    stands = [Part(each.delivery_id, each.fund, each.funder or "", each.pence) for each in charged]
    known, days = {(each.delivery_id, each.support_on) for each in charged}, {day for row in rows for day in _days(row)}
    if all((row.id, day.isoformat()) in known for row in rows for day in _days(row)):
        return Asked(tuple(stands))
    month, ids = Month.of(max(days)), {row.id for row in rows}
    of_people = deliveries.to_rate_of(connection, _people(rows, agreements), month.last, Month.of(min(days)).first - ONE_DAY)
    rated = rate(of_people, agreements, through=month.last, left=weekly_left(connection), stands=what_stands(connection))
    drafted = [Part(each.delivery_id, each.fund, each.funder or "", each.pence) for each in rated.charges
               if each.delivery_id in ids and (each.delivery_id, each.support_on.isoformat()) not in known]
    return Asked((*stands, *drafted), tuple(rated.problems))


def _days(row: Delivery) -> set[date]:
    """The UK days on which a visit begins and ends."""
    return {row.happened_on, *([day_of(row.ends_at)] if row.ends_at else [])}


def _people(rows: Sequence[Delivery], agreements: Agreements) -> set[str]:
    """Whom the rows are for; of a house, whoever holds a place on the day."""
    homes = {each.reference: each for each in agreements.houses}
    found = {row.subject for row in rows if row.subject not in homes}
    for row in (one for one in rows if one.subject in homes):
        home = homes[row.subject]
        found |= {who for place in range(1, home.places + 1) if (who := home.holder(place, row.happened_on))}
    return found

"""What is more than may stay in each fund at the end of a month, as its statement tells it: with the support that this month end charges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from basics.people import Funder, FunderKind, Person
from basics.periods import Month
from invoicing.delivery import BY_DELIVERY
from isf.entries import drawn_on
from isf.statement import OverCap, PartOf
from ringfence.actions.fund_cash import FundCash
from ringfence.actions.fund_terms_known import terms_in_force
from ringfence.actions.month_entries import MonthEntries
from ringfence.actions.surpluses import Reading, Surplus, funds_with_cash, limits_surplus, surpluses
from ringfence.store import registry
from ringfence.store.watched import Flow

OWED = "owed_provider"


def over_the_cap(connection: Connection, month: Month, planned: MonthEntries) -> dict[str, list[OverCap]]:
    """By fund, what the watch list tells of the last day of the month once the month is charged; nothing for a fund with nothing over."""
    known = [each for each in terms_in_force(connection, month.last) if limits_surplus(each.terms)]
    if not known:
        return {}
    people, payers = registry.people(connection), registry.funders(connection)
    funds, coming = funds_with_cash(connection, month.last), _charged(connection, planned, {each.fund for each in known})
    _add(funds, coming)
    found = defaultdict[str, list[OverCap]](list)
    charged = {fund: [(row[1], row[2], row[3]) for row in rows] for fund, rows in coming.items()}
    for each in surpluses(connection, month.last, month, known, funds, charged):
        found[each.known.fund] += _told(each, payers, people[each.known.person])
    return found


_Coming = tuple[tuple[str, str], str, str | None, int]
"""The roles between which it moves, the month of the support, the payer whom the plan names, the pence."""


def _charged(connection: Connection, planned: MonthEntries, funds: set[str]) -> dict[str, list[_Coming]]:
    """What is about to be charged to these funds."""
    payer_of = {line.id: line.funder for line in registry.plan_lines(connection)}
    found = defaultdict[str, list[_Coming]](list)
    for one, within in zip(planned.charges, planned.within_pence, strict=True):
        if one.fund in funds:
            month, payer = str(Month.of(one.support_on)), payer_of.get(one.plan_line_id or 0)
            drawn = (("due", one.pence),) if one.how == BY_DELIVERY else drawn_on(one.pence, within)
            found[one.fund] += [((role, OWED), month, payer, part) for role, part in drawn]
    return found


def _add(funds: Mapping[str, FundCash], coming: Mapping[str, list[_Coming]]) -> None:
    for fund, rows in coming.items():
        if fund in funds:
            funds[fund].flows += [Flow(fund, "", roles, None, pence) for roles, _, _, pence in rows]


def _told(found: Surplus, payers: Mapping[str, Funder], person: Person) -> Iterator[OverCap]:
    """Each reading that stands by itself; of several that the terms leave open, the one in which the most is over."""
    open_ones = [each for each in found.readings if not _is_certain(found, each)]
    for each in found.readings:
        if each not in open_ones:
            yield _over(found, each, payers, person, is_certain=True)
    if open_ones:
        yield _over(found, max(open_ones, key=lambda each: each.over), payers, person, is_certain=False)


def _is_certain(found: Surplus, reading: Reading) -> bool:
    return reading.if_spent is None and not reading.is_at_most and not (found.is_open and reading.base is not None)


def _over(found: Surplus, reading: Reading, payers: Mapping[str, Funder], person: Person, *, is_certain: bool) -> OverCap:
    whose = tuple(PartOf(_called(payers[payer], person), pence) for payer, pence in reading.whose.items() if pence) if is_certain else ()
    return OverCap(found.known.payer, reading.over, None if reading.base is None else reading.cap, whose,
                   tuple(day.isoformat() for day in reading.by), is_certain, found.going_back)


def _called(payer: Funder, person: Person) -> str:
    return person.known_as if payer.kind is FunderKind.PERSON else payer.name

"""What each service left over at actual cost, kept for the trustees: only totals by service, never the payroll, a worker or a person.

A service with fewer than five people is merged with the other small ones before anything is kept, so that nobody can read it by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from basics.errors import InputError, Problem, Refused
from basics.money import Money
from basics.periods import Period, day_in_words
from costing.laid_pay import ServiceCost
from isf.fees import LONGEST_SERVICE
from isf.service_surplus import OTHERS, ServiceSurplus, ServiceTotal, SurplusKept, without_few
from ringfence.actions.acting import Acting
from ringfence.actions.actual_cost import ActualBeside
from ringfence.actions.rights import Right
from ringfence.actions.without_names import faults
from ringfence.importing.actual_file import Accounts as Accounts
from ringfence.store import told_trustees
from ringfence.store.told_trustees import BY_SERVICE


def surplus_for_trustees(connection: Connection, on: date) -> SurplusKept | None:
    """What was kept last of the last time that had ended by a day; None where nothing was. No name is read."""
    ended = [each for each in _kept(connection).values() if each.period.last <= on]
    return max(ended, key=lambda each: (each.period.last, each.period.first), default=None)


def totals_kept(acting: Acting, period: Period) -> SurplusKept | None:
    """What is kept of a time; None where nothing is."""
    with acting.reading(Right.FIGURES) as connection:
        return _kept(connection).get(period)


def what_would_be_kept(beside: ActualBeside, accounts: Mapping[str, Accounts]) -> Sequence[ServiceSurplus]:
    """The totals as trustees would read them. Raises `Refused` with everything that is not said, or not there."""
    if problems := list(_not_said(beside, accounts)):
        raise Refused("The totals for the trustees were not kept:", problems)
    return without_few(_total(each, accounts[each.service.name]) for each in beside.found.services)


def keep_for_trustees(acting: Acting, beside: ActualBeside, accounts: Mapping[str, Accounts]) -> SurplusKept:
    """Keep the totals by service of a time, in the place of what was kept of the same time. Saying the same again changes nothing.

    `accounts` say by service what it was charged, and what else it cost than support staff. Raises `Refused` with everything that is wrong.
    """
    with acting.writing(Right.PREPARE) as connection:
        if problems := [*_of_names(connection, beside), *_not_said(beside, accounts), *_still_to_come(acting, beside.period)]:
            raise Refused("The totals for the trustees were not kept:", problems)
        services = what_would_be_kept(beside, accounts)
        known = _kept(connection).get(beside.period)
        if known is not None and known.services == tuple(services):
            return known
        _keep(connection, acting, beside.period, services)
        return _kept(connection)[beside.period]


def take_totals_away(acting: Acting, period: Period) -> None:
    """Take away what was kept of a time by mistake. Raises `InputError` where nothing is."""
    with acting.writing(Right.PREPARE) as connection:
        if period not in _kept(connection):
            raise InputError(f"Nothing is kept of {period}.", "Name a time of which totals are kept.")
        _keep(connection, acting, period, ())


def _keep(connection: Connection, acting: Acting, period: Period, services: Sequence[ServiceSurplus]) -> None:
    body = {"first": period.first.isoformat(), "last": period.last.isoformat(), "services": [_body(each) for each in services],
            "by": acting.user, "on": acting.today.isoformat()}
    told_trustees.keep(connection, BY_SERVICE, body, by=acting.user, recorded_at=acting.recorded_at, about=str(period))


def _kept(connection: Connection) -> Mapping[Period, SurplusKept]:
    """What stands, by its time: the last that was kept of each."""
    found = dict[Period, SurplusKept]()
    for body in told_trustees.kept(connection, BY_SERVICE):
        period = Period(date.fromisoformat(body["first"]), date.fromisoformat(body["last"]))
        found[period] = SurplusKept(period, tuple(map(_service, body["services"])), body["by"], date.fromisoformat(body["on"]))
    return {period: each for period, each in found.items() if each.services}


def _total(each: ServiceCost, said: Accounts) -> ServiceTotal:
    assert said.charged is not None
    assert said.other_costs is not None
    return ServiceTotal(each.service.name, each.cost.minutes, said.charged, each.cost.actual + said.other_costs,
                        frozenset(person.name for person in each.people))


def _not_said(beside: ActualBeside, accounts: Mapping[str, Accounts]) -> Iterator[Problem]:
    for each in beside.found.services:
        name = each.service.name
        said = accounts.get(name, Accounts())
        if name == OTHERS:
            yield Problem(name, "Services of few people are told together under this name.", "Give the service another.")
        if said.charged is None:
            yield Problem(name, "Nobody said what it was charged in this time.", "Give it: as “charged” in the file of services, or on the page.")
        if said.other_costs is None:
            yield Problem(name, "Nobody said what it cost beside support staff: co-ordination, its part of company costs, mileage, what was bought.",
                          "Give it, 0 where it is nothing: as “other_costs” in the file of services, or on the page.")


def _of_names(connection: Connection, beside: ActualBeside) -> Iterator[Problem]:
    for each in beside.found.services:
        yield from faults(connection, each.service.name[:LONGEST_SERVICE], each.service.name, LONGEST_SERVICE)


def _still_to_come(acting: Acting, period: Period) -> Iterator[Problem]:
    if period.last > acting.today:
        yield Problem("last", f"{day_in_words(period.last)} is still to come.", "Keep the totals of a time that is over.")


def _body(each: ServiceSurplus) -> dict[str, Any]:
    if each.minutes is None or each.charged is None or each.cost is None:
        return {"service": each.service}
    return {"service": each.service, "minutes": each.minutes, "charged": each.charged.pence, "cost": each.cost.pence}


def _service(body: dict[str, Any]) -> ServiceSurplus:
    if "minutes" not in body:
        return ServiceSurplus(body["service"], None, None, None)
    return ServiceSurplus(body["service"], body["minutes"], Money(body["charged"]), Money(body["cost"]))

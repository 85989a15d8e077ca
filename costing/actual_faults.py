"""Everything that keeps a payroll and a rota from a cost of an hour that can be believed, all of it at once."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from basics.errors import Problem
from costing.paid_time import Delivered, PaidTime, Service, Where, delivered_minutes, whom

Known = Mapping[str, Service]
Given = Mapping[str, Mapping[Where, int]]


def faults(services: Sequence[Service], payroll: Sequence[PaidTime], rota: Sequence[Delivered]) -> list[Problem]:
    """What a person must put right before the cost of an hour is worked out. Where a service is not known, nothing else is looked at."""
    known = {each.name: each for each in services}
    strange = list(_strange(known, [*payroll, *rota]))
    if strange:
        return strange
    delivered = delivered_minutes(rota)
    return [*_own_and_agency(payroll), *_without_hours(known, rota), *_unpriced(known, payroll, delivered), *_unpaid(payroll, rota, delivered)]


def _strange(known: Known, rows: Sequence[PaidTime | Delivered]) -> Iterator[Problem]:
    for row in rows:
        if row.service and row.service not in known:
            near = difflib.get_close_matches(row.service, known, 1)
            yield Problem(f"{row.place}, service", f"“{row.service[:60]}” is not one of the services.",
                          f"Did you mean “{near[0]}”?" if near else f"The services are {', '.join(known)}. Leave it blank for pay of none of them."
                          if isinstance(row, PaidTime) else f"The services are {', '.join(known)}.")


def _own_and_agency(payroll: Sequence[PaidTime]) -> Iterator[Problem]:
    first: dict[str, PaidTime] = {}
    for row in payroll:
        known = first.setdefault(row.worker, row)
        if known.is_agency is not row.is_agency:
            yield Problem(f"{row.place}, staff", f"{row.worker} is own staff and from an agency: {known.place} says otherwise.",
                          "Give the agency worker a reference of their own, here and in the rota.")


def _without_hours(known: Known, rota: Sequence[Delivered]) -> Iterator[Problem]:
    delivered = {row.service for row in rota}
    for name in known:
        if name not in delivered:
            yield Problem(name, "The rota has nothing of this service, so there is no cost of an hour.", "Add its rows, or take the service out.")


def _unpriced(known: Known, payroll: Sequence[PaidTime], delivered: Given) -> Iterator[Problem]:
    """Grades of own staff that a service does not price: each told once for a service."""
    told = set()
    for row in payroll:
        for service in _reached(row, delivered):
            fault = _of_grade(known[service], row)
            if fault and (service, row.grade, fault) not in told:
                told.add((service, row.grade, fault))
                yield Problem(f"{row.place}, grade", *fault)


def _reached(row: PaidTime, delivered: Given) -> list[str]:
    """The services that bear a row of own staff."""
    if row.is_agency:
        return []
    return sorted({service for service, _ in whom(row, delivered)}) or ([row.service] if row.service else [])


def _of_grade(service: Service, row: PaidTime) -> tuple[str, str] | None:
    called = f"“{row.grade}”" if row.grade else "A blank grade"
    if row.grade not in service.grades:
        return (f"{called} is not a grade that {service.name} is priced with.",
                "Say under grades of the service which priced grade it is: paid_as, priced_as.")
    if row.kind.is_by_the_hour and row.minutes and not service.priced.own[service.grades[row.grade]].minutes:
        return f"{called} is paid by the hour, and {service.name} prices that grade by the night or the call alone.", "Name another priced grade."
    return None


def _unpaid(payroll: Sequence[PaidTime], rota: Sequence[Delivered], delivered: Given) -> Iterator[Problem]:
    """Support that nobody was paid for would make an hour look cheaper than it is."""
    paid: dict[str, set[str]] = defaultdict(set)
    for row in payroll:
        if row.kind.is_by_the_hour and row.minutes:
            paid[row.worker] |= {service for service, _ in whom(row, delivered)}
    told = set()
    for given in rota:
        if given.service not in paid[given.worker] and (given.worker, given.service) not in told:
            told.add((given.worker, given.service))
            yield Problem(given.place, f"{given.worker} supported people in {given.service}, and the payroll has no hours of theirs for it: an hour "
                          "would look cheaper than it is.", "Add what they were paid, or leave the visits of volunteers out of the rota.")

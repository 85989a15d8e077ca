"""The payroll laid on the people of the rota, a penny and a minute at a time: what goes in comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from basics.money import Money
from basics.share import share
from costing.paid_time import PaidTime, Service, TimeKind, Where, whom
from costing.variances import Explained, Paid, Staffing, as_priced, explained


@dataclass(frozen=True)
class Cost:
    """What was delivered and paid for a service, or a person in it, beside the price. Priced, actual and variances are of all its hours.

    `start` is what its hours were priced to cost: those of the people are shares of the service’s, and add to it to the penny.
    """

    name: str
    minutes: int
    staffing: Staffing
    priced: Staffing
    start: Money

    @property
    def actual(self) -> Money:
        """All that was paid."""
        return Money(int(self.staffing.pence))

    @cached_property
    def explained(self) -> Explained:
        """Why it differs from the price: worked out where somebody asks, for there may be ten thousand people."""
        return explained(self.priced, self.staffing, self.start)


@dataclass(frozen=True)
class ServiceCost:
    """A service and the people in it. What no person explains of its pay is in the service’s cost, and in nobody’s."""

    service: Service
    cost: Cost
    people: tuple[Cost, ...]


@dataclass(frozen=True)
class Unexplained:
    """Paid time that no person explains: of a worker whom the rota does not have, in the service that the payroll names or in none."""

    worker: str
    service: str
    kind: TimeKind
    minutes: int
    pence: int


def together(payroll: Iterable[PaidTime]) -> list[PaidTime]:
    """Rows that differ in nothing but their amounts, as one: so the order of rows, and how a month is cut into them, change nothing."""
    found: dict[tuple[str, str, str, str], PaidTime] = {}
    for row in payroll:
        key = (row.worker, row.grade, row.kind, row.service)
        known = found.get(key)
        found[key] = row if known is None else replace(known, minutes=known.minutes + row.minutes, pence=known.pence + row.pence)
    return [found[key] for key in sorted(found)]


@dataclass
class _Purse:
    """What was paid for somebody, so far."""

    own: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    nights_pence: int = 0
    agency_pence: int = 0

    def add(self, row: PaidTime, grade: str, minutes: int, pence: int) -> None:
        """A part of a row; `grade` is the priced one."""
        if row.is_agency:
            self.agency_pence += pence
        elif not row.kind.is_by_the_hour:
            self.nights_pence += pence
        else:
            self.own[grade][0] += minutes
            self.own[grade][1] += pence


@dataclass
class Laid:
    """The payroll laid on people, or else on services."""

    services: Mapping[str, Service]
    delivered: Mapping[str, Mapping[Where, int]]
    people: dict[Where, _Purse] = field(default_factory=lambda: defaultdict(_Purse))
    alone: dict[str, _Purse] = field(default_factory=lambda: defaultdict(_Purse))
    unexplained: list[Unexplained] = field(default_factory=list)
    agencies: set[str] = field(default_factory=set)

    def lay(self, row: PaidTime) -> None:
        """Lay a row on whom the worker supported; where that is nobody, on the service that it names, and on the list of the unexplained."""
        if row.is_agency:
            self.agencies.add(row.worker)
        weights = whom(row, self.delivered)
        if not weights:
            self._leave(row)
            return
        times, amounts = share(row.minutes, weights), share(row.pence, weights)
        for where in weights:
            self.people[where].add(row, self._grade(where[0], row), times[where], amounts[where])

    def _leave(self, row: PaidTime) -> None:
        self.unexplained.append(Unexplained(row.worker, row.service, row.kind, row.minutes, row.pence))
        if row.service:
            self.alone[row.service].add(row, self._grade(row.service, row), row.minutes, row.pence)

    def _grade(self, service: str, row: PaidTime) -> str:
        return "" if row.is_agency else self.services[service].grades[row.grade]

    def service(self, service: Service) -> ServiceCost:
        """A service with its people, once everything is laid."""
        minutes = self._minutes(service.name)
        given = {person: minutes[of, person] for of, person in sorted(minutes) if of == service.name}
        start = as_priced(service.priced, sum(map(sum, given.values())))
        starts = share(start.pence, {person: sum(times) for person, times in given.items()})
        people = tuple(self._cost(service, person, [self.people[service.name, person]], [times], Money(starts[person]))
                       for person, times in given.items())
        purses = [*(self.people[service.name, person] for person in given), self.alone[service.name]]
        return ServiceCost(service, self._cost(service, service.name, purses, given.values(), start), people)

    def _minutes(self, service: str) -> dict[Where, tuple[int, int]]:
        """By whom they were delivered: own staff, and agencies."""
        found: dict[Where, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for worker, given in self.delivered.items():
            for where, minutes in given.items():
                if where[0] == service and minutes:
                    own, agency = found[where]
                    found[where] = (own, agency + minutes) if worker in self.agencies else (own + minutes, agency)
        return found

    def _cost(self, service: Service, name: str, purses: Sequence[_Purse], minutes: Iterable[tuple[int, int]], start: Money) -> Cost:
        own: dict[str, Paid] = {}
        for purse in purses:
            for grade, (time, pence) in purse.own.items():
                known = own.get(grade, Paid(Fraction(0), Fraction(0)))
                own[grade] = Paid(known.minutes + time, known.pence + pence)
        by_own, by_agency = (sum(parts) for parts in zip((0, 0), *minutes, strict=True))
        staffing = Staffing(own, Fraction(by_own), Fraction(sum(purse.agency_pence for purse in purses)), Fraction(by_agency),
                            Fraction(sum(purse.nights_pence for purse in purses)))
        return Cost(name, by_own + by_agency, staffing, service.priced, start)

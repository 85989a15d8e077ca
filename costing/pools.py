"""Overheads: what the accounts cost beyond the support itself, in pools, and what divides each pool among the services.

A cost of the accounts is direct to a service, or goes to a pool. A pool is divided by its driver: floor area for offices, headcount
for a payroll section. It may also give to pools that stand after it (“step-down”): offices to the payroll section that sits in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from basics.periods import Period
from costing.figure import Figure, Unit, fixed, share, total
from costing.package import Section

WHOLE_PERCENT = 100


class Driver(StrEnum):
    """What a pool is divided by, in the word that a file uses."""

    SUPPORT_HOURS = "support_hours"
    DIRECT_SPEND = "direct_spend"
    STAFF_TIME = "staff_time"
    FTE = "fte"
    HEADCOUNT = "headcount"
    FLOOR_AREA = "floor_area"
    USERS = "users"

    @property
    def in_words(self) -> str:
        """“floor area”, “full-time equivalents”."""
        return "full-time equivalents" if self is Driver.FTE else self.value.replace("_", " ")

    @property
    def unit(self) -> Unit:
        """What it is counted in. Staff time may be hours, days or points: only its proportions matter."""
        return {Driver.SUPPORT_HOURS: Unit.HOURS_PER_YEAR, Driver.DIRECT_SPEND: Unit.POUNDS_PER_YEAR}.get(self, Unit.NUMBER)


Measures = Mapping[Driver, Figure]


@dataclass(frozen=True)
class Service:
    """A service that people are supported by, and how much of each driver it has. `place` says where it was typed."""

    name: str
    measures: Measures
    place: str


@dataclass(frozen=True)
class Pool:
    """Costs that services share, by which driver, and which later pools share them too. Nobody may have named a driver: that is a fault.

    `measures` is what this pool itself has of the drivers of earlier pools.
    """

    name: str
    section: Section
    driver: Driver | None
    gives_to: tuple[str, ...]
    measures: Measures
    place: str


@dataclass(frozen=True)
class Cost:
    """A line of the accounts, in pounds a year: so many per cent of it direct to services, the rest to a pool."""

    line: str
    pounds: Figure
    pool: str | None
    direct: tuple[tuple[str, Figure], ...]
    place: str

    @property
    def is_all_direct(self) -> bool:
        return sum(percent.exact for _, percent in self.direct) == WHOLE_PERCENT

    def direct_to(self, service: str) -> Figure:
        """What of it is direct to a service."""
        found = [share(percent, self.pounds) for name, percent in self.direct if name == service]
        return total(found).called(f"{self.line}, direct to {service}", Unit.POUNDS_PER_YEAR)

    @property
    def pooled(self) -> Figure:
        """What of it goes to its pool."""
        if not self.direct:
            return self.pounds
        direct = total(percent for _, percent in self.direct)
        rest = fixed(WHOLE_PERCENT, "", Unit.PERCENT) - direct
        return share(rest, self.pounds).called(f"{self.line}, the part that is not direct", Unit.POUNDS_PER_YEAR)


@dataclass(frozen=True)
class Overheads:
    """The accounts of a year, or a budget, as costs, pools and services. The pools stand in the order in which they are divided."""

    name: str
    period: Period
    accounts_total: Figure
    services: tuple[Service, ...]
    pools: tuple[Pool, ...]
    costs: tuple[Cost, ...]
    place: str

    def listed_direct(self, service: str) -> tuple[Figure, ...]:
        """What the cost list has that is direct to a service, line by line."""
        return tuple(cost.direct_to(service) for cost in self.costs if any(name == service for name, _ in cost.direct))

    @cached_property
    def direct_spend(self) -> Mapping[str, Figure | None]:
        """The direct spend of each service in a year: what the cost list has, or as typed; None where neither says."""
        found = {}
        for service in self.services:
            listed = self.listed_direct(service.name)
            found[service.name] = total(listed).called(f"{service.name}, direct spend", Unit.POUNDS_PER_YEAR) if listed else service.measures.get(
                Driver.DIRECT_SPEND)
        return found

    def measures_of(self, pool: Pool) -> dict[str, Figure | None]:
        """How much each who shares a pool has of its driver: later pools first, then the services; None where nobody said."""
        assert pool.driver is not None
        pools = {each.name: each for each in self.pools}
        found = {name: pools[name].measures.get(pool.driver) for name in pool.gives_to}
        for service in self.services:
            by_spend = pool.driver is Driver.DIRECT_SPEND
            found[service.name] = self.direct_spend[service.name] if by_spend else service.measures.get(pool.driver)
        return found

    def pool_costs(self, pool: Pool) -> tuple[Cost, ...]:
        """The lines of the accounts that go to a pool, in part or in whole."""
        return tuple(cost for cost in self.costs if cost.pool == pool.name)

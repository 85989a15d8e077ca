"""Overheads divided: pool by pool, to the penny, and what each service bears of them in a year and in an hour of support."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from basics.errors import NotKnown, Refused
from basics.money import Money
from basics.share import share as divide
from costing.figure import Figure, Unit, total
from costing.package import Section
from costing.pool_faults import faults
from costing.pools import Cost, Driver, Overheads, Pool, Service

OVERHEAD_SECTIONS = (Section.COORDINATION, Section.COMPANY)


@dataclass(frozen=True)
class PoolPart:
    """What a service, or a later pool, has of a pool: whole pence, which add to the pool, and the exact figure that prices use."""

    pool: Pool
    to: str
    money: Money
    figure: Figure


@dataclass(frozen=True)
class DividedPool:
    """A pool with what the accounts put into it, what earlier pools gave it, and its parts, which add to both to the penny."""

    pool: Pool
    own: Money
    received: Money
    parts: tuple[PoolPart, ...]

    @property
    def whole(self) -> Money:
        return self.own + self.received


@dataclass(frozen=True)
class ServiceCost:
    """What a service costs in a year. `per_hour` and `percent_of_direct` are of its overheads; None where the hours, or the direct spend,
    are not known or nil."""

    service: Service
    direct: Money
    parts: tuple[PoolPart, ...]
    per_hour: Figure | None
    percent_of_direct: Fraction | None

    def of(self, section: Section) -> Money:
        """What it bears of the pools of a section."""
        return Money.total(part.money for part in self.parts if part.pool.section is section)

    @property
    def overheads(self) -> Money:
        return Money.total(part.money for part in self.parts)

    @property
    def full_cost(self) -> Money:
        return self.direct + self.overheads


@dataclass(frozen=True)
class Divided:
    """Overheads after every pool is divided. The full costs of the services add to the accounts, and to any direct spend that is typed
    beside them, to the penny."""

    overheads: Overheads
    pools: tuple[DividedPool, ...]
    services: tuple[ServiceCost, ...]

    def per_hour(self, service: str, section: Section) -> Figure:
        """What an hour of support of a service bears of the pools of a section, in pounds; it opens down to the accounts.
        Raises `NotKnown` for a service that is not there, or whose hours are not."""
        found = next((each for each in self.services if each.service.name == service), None)
        if found is None:
            raise NotKnown(f"{self.overheads.place} has no service “{service}”.",
                           f"Its services are {', '.join(each.service.name for each in self.services)}.")
        parts = [part.figure for part in found.parts if part.pool.section is section]
        whole = total(parts).called(f"{section.value} of {service}, {self.overheads.period}", Unit.POUNDS_PER_YEAR)
        hours = found.service.measures.get(Driver.SUPPORT_HOURS)
        if hours is None or not hours.exact:
            raise NotKnown(f"Nobody said how many hours of support “{service}” gives in a year.", "Add support_hours to it.", found.service.place)
        return (whole / hours).called(f"{section.value} of {service}, an hour of support", Unit.POUNDS_PER_HOUR)


def divided(overheads: Overheads) -> Divided:
    """Divide every pool in its order. Raises `Refused` with everything that keeps it from being divided.

    Pence are divided so that the parts of a pool add to it; prices use the exact parts, so that nothing is rounded before a price is.
    """
    found = faults(overheads)
    if found:
        raise Refused(f"{overheads.name} was not taken:", found)
    lines = _Pence(overheads)
    pools: list[DividedPool] = []
    for pool in overheads.pools:
        pools.append(_divided_pool(overheads, pool, lines, [part for each in pools for part in each.parts if part.to == pool.name]))
    return Divided(overheads, tuple(pools), tuple(_service_cost(overheads, service, lines, pools) for service in overheads.services))


@dataclass
class _Pence:
    """Each line of the accounts in whole pence: what is direct to each service, and what goes to its pool. They add to the line."""

    overheads: Overheads
    by_line: dict[int, dict[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_line = {id(cost): _line_pence(cost) for cost in self.overheads.costs}

    def direct(self, service: Service) -> int:
        listed = sum(self.by_line[id(cost)].get(service.name, 0) for cost in self.overheads.costs)
        typed = service.measures.get(Driver.DIRECT_SPEND)
        return listed if typed is None else int(typed.exact * 100)

    def pooled(self, pool: Pool) -> int:
        return sum(self.by_line[id(cost)][pool.name] for cost in self.overheads.pool_costs(pool))


def _line_pence(cost: Cost) -> dict[str, int]:
    weights = {name: percent.exact for name, percent in cost.direct}
    if cost.pool is not None:
        weights[cost.pool] = 100 - sum(weights.values(), Fraction(0))
    return divide(int(cost.pounds.exact * 100), weights)


def _divided_pool(overheads: Overheads, pool: Pool, lines: _Pence, given: list[PoolPart]) -> DividedPool:
    assert pool.driver is not None  # the faults have refused a pool without one
    measures = {name: measure for name, measure in overheads.measures_of(pool).items() if measure is not None}
    own = [cost.pooled for cost in overheads.pool_costs(pool)]
    whole = total([*own, *(part.figure for part in given)]).called(f"{pool.name}, the whole pool", Unit.POUNDS_PER_YEAR)
    together = total(measures.values()).called(f"{pool.name}, {pool.driver.in_words} of all who share it", pool.driver.unit)
    own_pence, given_pence = lines.pooled(pool), sum(part.money.pence for part in given)
    pence = divide(own_pence + given_pence, {name: measure.exact for name, measure in measures.items()})
    parts = tuple(
        PoolPart(pool, name, Money(pence[name]), (whole * (measure / together)).called(f"{pool.name}, for {name}", Unit.POUNDS_PER_YEAR))
        for name, measure in measures.items())
    return DividedPool(pool, Money(own_pence), Money(given_pence), parts)


def _service_cost(overheads: Overheads, service: Service, lines: _Pence, pools: list[DividedPool]) -> ServiceCost:
    parts = tuple(part for each in pools for part in each.parts if part.to == service.name)
    borne = total(part.figure for part in parts).called(f"Overheads of {service.name}", Unit.POUNDS_PER_YEAR)
    hours, direct = service.measures.get(Driver.SUPPORT_HOURS), overheads.direct_spend[service.name]
    per_hour = None
    if hours is not None and hours.exact:
        per_hour = (borne / hours).called(f"Overheads of {service.name}, an hour of support", Unit.POUNDS_PER_HOUR)
    percent = borne.exact * 100 / direct.exact if direct is not None and direct.exact else None
    return ServiceCost(service, Money(lines.direct(service)), parts, per_hour, percent)

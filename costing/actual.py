"""What support really cost: what the payroll paid, laid on the people whom the rota says each worker supported. Nothing is lost.

A worker’s pay is divided by the minutes of the rota, so the cost of people, and the pay that no person explains, add to the payroll to the
penny. Only here does it show which service lives on another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from basics.money import Money
from costing.laid_pay import Laid, ServiceCost, Unexplained, together
from costing.paid_time import Delivered, Gap, PaidTime, Service, delivered_minutes, gaps


@dataclass(frozen=True)
class ActualCost:
    """Every service beside its price, and the pay that no person explains."""

    services: tuple[ServiceCost, ...]
    unexplained: tuple[Unexplained, ...]
    gaps: tuple[Gap, ...]
    payroll: Money

    @property
    def in_no_service(self) -> Money:
        return Money(sum(each.pence for each in self.unexplained if not each.service))

    @property
    def dearer(self) -> tuple[ServiceCost, ...]:
        """The services that cost more than they were priced to, the dearest first."""
        return tuple(sorted((each for each in self.services if each.cost.explained.difference.pence > 0), key=_by_difference, reverse=True))

    @property
    def cheaper(self) -> tuple[ServiceCost, ...]:
        """The services that cost less, the cheapest first."""
        return tuple(sorted((each for each in self.services if each.cost.explained.difference.pence < 0), key=_by_difference))


def actual_cost(services: Iterable[Service], payroll: Iterable[PaidTime], rota: Iterable[Delivered]) -> ActualCost:
    """Lay the payroll on the rota and hold each service beside its price.

    The rows are as `costing.actual_faults` passes them. Raises `InputError` for a service in which nothing was delivered.
    """
    known, paid = {each.name: each for each in services}, tuple(payroll)
    laid = Laid(known, delivered_minutes(rota))
    for row in together(paid):
        laid.lay(row)
    return ActualCost(tuple(laid.service(each) for each in known.values()), tuple(laid.unexplained), tuple(gaps(paid, laid.delivered)),
                      Money(sum(row.pence for row in paid)))


def _by_difference(each: ServiceCost) -> int:
    return each.cost.explained.difference.pence

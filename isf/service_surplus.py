"""What each service was charged and what it cost, for readers who may learn nothing of any one person: a service of few people stands by
itself nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from basics.money import Money
from basics.periods import Period
from isf.few import FEWEST_SHOWN

OTHERS = "Other services"


@dataclass(frozen=True)
class ServiceTotal:
    """A service in some time: what was delivered to whom (their references), what it was charged, and all that it cost."""

    service: str
    minutes: int
    charged: Money
    cost: Money
    people: frozenset[str]


@dataclass(frozen=True)
class ServiceSurplus:
    """A service as it may be shown. The figures are None where they are of so few people that somebody might be known by them."""

    service: str
    minutes: int | None
    charged: Money | None
    cost: Money | None

    @property
    def surplus(self) -> Money | None:
        """What is left over; below nil it is a loss."""
        return None if self.charged is None or self.cost is None else self.charged - self.cost


@dataclass(frozen=True)
class SurplusKept:
    """The totals of a time that somebody kept for the trustees, and when."""

    period: Period
    services: tuple[ServiceSurplus, ...]
    by: str
    on: date


def without_few(totals: Iterable[ServiceTotal]) -> Sequence[ServiceSurplus]:
    """The services with five people and more, the greatest loss first. Those with fewer are told together as other services; where all of them
    together have fewer than five people, without figures."""
    every = list(totals)
    shown = [ServiceSurplus(each.service, each.minutes, each.charged, each.cost) for each in every if len(each.people) >= FEWEST_SHOWN]
    small = [each for each in every if len(each.people) < FEWEST_SHOWN]
    shown.sort(key=lambda each: (each.surplus or Money(0), each.service))
    return [*shown, _together(small)] if small else shown


def _together(small: Sequence[ServiceTotal]) -> ServiceSurplus:
    people = frozenset[str]().union(*(each.people for each in small))
    if len(people) < FEWEST_SHOWN:
        return ServiceSurplus(OTHERS, None, None, None)
    return ServiceSurplus(OTHERS, sum(each.minutes for each in small), Money.total(each.charged for each in small),
                          Money.total(each.cost for each in small))

"""What prices earn of the overheads of each service in a year, and what no price earns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from basics.errors import Problem, Refused
from basics.money import NIL, Money
from basics.rounding import line
from costing.overheads import Divided
from costing.pools import Driver


@dataclass(frozen=True)
class Recovered:
    """What the price of an hour of a service has in it for overheads, and what that earns over its hours of support of the year."""

    service: str
    overheads: Money
    charged_per_hour: Money
    recovered: Money

    @property
    def not_recovered(self) -> Money:
        """What other money has to pay; nil where the prices earn it all."""
        return max(self.overheads - self.recovered, NIL)

    @property
    def beyond(self) -> Money:
        """What the prices earn beyond the overheads of this service. It is not set against what another does not earn."""
        return max(self.recovered - self.overheads, NIL)


def recovered(found: Divided, charged: Mapping[str, Money]) -> tuple[Recovered, ...]:
    """Of each service that is named, in the order of the overheads. Raises `Refused` for one that is not there, one without hours of support,
    and pounds below nil."""
    problems = list(_faults(found, charged))
    if problems:
        raise Refused("What is charged for overheads was not taken:", problems)
    return tuple(
        Recovered(name, each.overheads, charged[name], line(charged[name].pounds, Fraction(each.service.measures[Driver.SUPPORT_HOURS].exact)))
        for each in found.services if (name := each.service.name) in charged)


def _faults(found: Divided, charged: Mapping[str, Money]) -> Iterator[Problem]:
    known = {each.service.name: each.service for each in found.services}
    for name, pounds in charged.items():
        if name not in known:
            yield Problem(name, f"There is no service “{name}” in these overheads.", f"The services are {', '.join(known)}.")
        elif Driver.SUPPORT_HOURS not in known[name].measures:
            yield Problem(name, f"Nobody said how many hours of support “{name}” gives in a year.", "Add support_hours to it in the file.")
        elif pounds < NIL:
            yield Problem(name, f"{pounds} an hour is less than nothing.", "Give what the price of an hour has in it for overheads.")

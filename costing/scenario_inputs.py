"""Which inputs a change is about: a driver by name, a published figure by its key, or an input by what it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from basics.errors import InputError
from costing.figure import Dated, Figure, Fixed, Unit, given
from costing.package import Amount, AutoEnrolment, Hours, NationalInsurance, Package, PaidTime, Percentage, PercentOfPay, Staff, Travel
from costing.provided import Provided, leaves_of
from costing.replay import Target


class Kind(StrEnum):
    """How a change says what it is about."""

    DRIVER = "driver"
    PARAMETER = "parameter"
    INPUT = "input"


@dataclass(frozen=True)
class Inputs:
    """What a change is about, in all packages or in those of one service, funder or package alone."""

    kind: Kind
    name: str
    service: str | None = None
    funder: str | None = None
    package: str | None = None

    @property
    def in_words(self) -> str:
        """“wage, in Outreach”."""
        limits = (self.service, self.funder, self.package)
        return ", ".join([f"“{self.name}”" if self.kind is Kind.INPUT else self.name, *(f"in {limit}" for limit in limits if limit)])

    def covers(self, provided: Provided) -> bool:
        """Whether a package is one of those that the change is about."""
        asked = ((self.service, provided.service), (self.funder, provided.funder), (self.package, provided.package.name))
        return all(wanted in (None, is_) for wanted, is_ in asked)


def target(inputs: Inputs, plan: Sequence[Provided]) -> Target:
    """The inputs of a plan that a change is about. Raises `InputError` where there is none, and says what there is."""
    covered = [provided for provided in plan if inputs.covers(provided)]
    if not covered:
        raise InputError(f"No package is {inputs.in_words.partition(', ')[2]}.", "Check the names against those under provided.")
    leaves = frozenset(leaf for provided in covered for leaf in _found(inputs, provided))
    if not leaves:
        raise _none(inputs, covered)
    return Target(inputs.in_words, leaves)


def in_unit(target: Target, value: Decimal) -> Figure:
    """A value in the unit of the inputs that it is for; without one where they are of several."""
    units = {leaf.unit for leaf in target.leaves}
    return given(value, "", units.pop() if len(units) == 1 else Unit.NUMBER, Fixed())


def published_inputs(plan: Iterable[Provided]) -> Mapping[str, frozenset[Figure]]:
    """The published figures that a plan is made of, each by its key."""
    found: dict[str, frozenset[Figure]] = {}
    for leaf in (leaf for provided in plan for leaf in provided.leaves):
        if isinstance(leaf.source, Dated):
            found[leaf.source.parameter] = found.get(leaf.source.parameter, frozenset()) | {leaf}
    return found


def _found(inputs: Inputs, provided: Provided) -> Iterator[Figure]:
    reached = set(provided.leaves)
    if inputs.kind is Kind.DRIVER:
        yield from (leaf for leaf in leaves_of(*DRIVERS[inputs.name](provided)) if leaf in reached and not isinstance(leaf.source, Fixed))
    elif inputs.kind is Kind.PARAMETER:
        yield from published_inputs([provided]).get(inputs.name, ())
    else:
        yield from (leaf for leaf in reached if leaf.label == inputs.name and not isinstance(leaf.source, Fixed))


def _none(inputs: Inputs, covered: Sequence[Provided]) -> InputError:
    if inputs.kind is Kind.PARAMETER:
        return InputError(f"No package is priced with the published figure {inputs.in_words}.", f"They use {_listed(published_inputs(covered))}.")
    if inputs.kind is Kind.INPUT:
        names = {leaf.label for provided in covered for leaf in provided.leaves if leaf.label and not isinstance(leaf.source, Fixed)}
        return InputError(f"No package has an input called {inputs.in_words}.", f"They have {_listed(names)}.")
    return InputError(f"No package holds anything that the driver {inputs.in_words} stands for.",
                      "Take the change out, or name another driver (docs/formats/scenarios.md).")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names, key=str.casefold)) or "none"


def _staff(provided: Provided) -> Iterator[Staff]:
    for package in provided.package.through:
        yield from package.all_staff


def _wage(provided: Provided) -> Iterator[Figure]:
    """The basic pay of each grade: what any addition comes on top of."""
    yield from (next(leaves_of(staff.pay_per_hour)) for staff in _staff(provided))


def _national_insurance(provided: Provided) -> Iterator[Figure]:
    for terms in (staff.national_insurance for staff in _staff(provided)):
        if isinstance(terms, NationalInsurance):
            yield terms.rate
        elif isinstance(terms, PercentOfPay):
            yield terms.percent


def _pension(provided: Provided) -> Iterator[Figure]:
    for terms in (staff.pension for staff in _staff(provided)):
        if isinstance(terms, AutoEnrolment):
            yield terms.rate
        elif isinstance(terms, PercentOfPay):
            yield terms.percent


def _travels(provided: Provided) -> Iterator[Travel]:
    parts = (part.travel for package in provided.package.through for part in package.parts if isinstance(part, Hours))
    yield from (travel for travel in (*(staff.travel for staff in _staff(provided)), *parts) if travel is not None)


def _paid_time(provided: Provided) -> Iterator[Figure]:
    """Every time that is paid and is not support, by its own name: training, supervision, sickness."""
    for time in (time for staff in _staff(provided) for time in staff.paid_time):
        yield time.percent if isinstance(time, PaidTime) else time.hours_per_year


def _sickness(provided: Provided) -> Iterator[Figure]:
    """Days sick in a year, or paid time with “sick” in its name."""
    for staff in _staff(provided):
        sick = [time for time in staff.paid_time if "sick" in time.label.casefold()]
        yield from (time.percent if isinstance(time, PaidTime) else time.hours_per_year for time in sick)
        if staff.sickness is not None:
            yield staff.sickness.days_per_year


def _of_lines(provided: Provided, of: Callable[[Package], Iterable[Amount | Percentage]]) -> Iterator[Figure]:
    """The pounds and percentages of some lines; of one that is from an overheads file, the pounds of the accounts and none of its drivers."""
    for package in provided.package.through:
        for line in of(package):
            yield from (leaf for leaf in leaves_of(line.pounds) if leaf.unit.is_money) if isinstance(line, Amount) else (line.percent,)


DRIVERS: Mapping[str, Callable[[Provided], Iterable[Figure | None]]] = {
    "wage": _wage,
    "national_insurance": _national_insurance,
    "pension": _pension,
    "mileage": lambda provided: (travel.pay_per_mile for travel in _travels(provided)),
    "travel_time": lambda provided: (travel.minutes for travel in _travels(provided)),
    "sickness": _sickness,
    "paid_time": _paid_time,
    "cover": lambda provided: (cover.percent_of_hours for staff in _staff(provided) for cover in staff.cover),
    "voids": lambda provided: (provided.package.empty_percent,),
    "utilisation": lambda provided: (provided.delivered,),
    "hours": lambda provided: (leaf for leaf in leaves_of(provided.package.support.hours_per_week) if leaf in provided.volume),
    "people": lambda provided: (provided.people,),
    "price": lambda provided: (provided.in_force,),
    "other_costs": lambda provided: _of_lines(provided, lambda package: package.other_direct),
    "co_ordination": lambda provided: _of_lines(provided, lambda package: package.coordination),
    "company_costs": lambda provided: _of_lines(provided, lambda package: package.company),
}
"""The inputs that stand behind each driver, by the name that a file of scenarios gives it."""

"""What did the support really cost? A payroll and a rota, beside what each service was priced with. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from basics.money import Money
from basics.periods import Period, minutes_in_words
from basics.rounding import half_away_from_nil
from costing.actual import ActualCost, actual_cost
from costing.laid_pay import ServiceCost
from costing.variances import Staffing
from ringfence.actions.parameters import published
from ringfence.importing.actual_file import Accounts, ActualRead, actual_of, read_actual
from ringfence.importing.templates import TEMPLATES, template


@dataclass(frozen=True)
class ActualBeside:
    """The actual cost of a time under its name; notices are of the files, and ask for nothing. `accounts` is what the file says of each service
    beside its staff."""

    name: str
    period: Period
    found: ActualCost
    notices: tuple[str, ...]
    accounts: Mapping[str, Accounts]


def actual_of_file(path: Path) -> ActualBeside:
    """The actual cost that a file of services asks for, with the files beside it (docs/formats/actual.md).

    Raises `Refused` with every problem of all the files, or `InputError`.
    """
    return _beside(read_actual(path, published))


def actual_of_content(content: bytes, name: str, sent: Mapping[str, bytes]) -> ActualBeside:
    """The same for files that are not on this disk: `sent` holds those that the file of services names, by name."""
    return _beside(actual_of(content, name, sent, published))


def example_files() -> Mapping[str, bytes]:
    """The documented example: the file of services, the payroll and the rota, and the cost files that it names, by name."""
    return {TEMPLATES[kind]: template(kind).encode() for kind in ("actual", "payroll", "rota", "cost", "shared-house")}


def _beside(read: ActualRead) -> ActualBeside:
    return ActualBeside(read.name, read.period, actual_cost(read.services, read.payroll, read.rota), read.notices, read.accounts)


def who_carries_whom(found: ActualCost) -> Iterator[str]:
    """Which services cost more than they were priced to, and which less: both sums, and never one in place of the two."""
    yield (f"These cost more than they were priced to: {_listed(found.dearer)}." if found.dearer
           else "No service cost more than it was priced to.")
    yield (f"These cost less: {_listed(found.cheaper)}." if found.cheaper else "No service cost less.")
    if found.dearer:
        left_over = "what the others left over, by " if found.cheaper else ""
        yield f"What is too little in a price is paid all the same: by {left_over}contingency and surplus, or by reserves."


_STEPS = ("With the paid time that an hour in fact took", "And the grades that were in fact paid", "And what their paid hour in fact cost",
          "And what sleep-ins and calls in fact cost", "And what agencies in fact gave and cost")


def steps_in_words(each: ServiceCost) -> Iterator[tuple[str, Money, Money | None]]:
    """How the priced cost of a service becomes the actual one: each step in words, what the hours cost by then, and its variance."""
    cost = each.cost
    yield f"{minutes_in_words(cost.minutes)} delivered, at {each.service.priced.per_hour} an hour as priced", cost.explained.priced, None
    for name, step in zip(_STEPS, cost.explained.steps, strict=True):
        yield name, step.cost, step.variance


def staffing_in_words(each: ServiceCost) -> tuple[str, str]:
    """Who was to be paid for what in a week of the price, and who was."""
    return f"As priced, in a week: {_staffing(each.service.priced)}.", f"As it was: {_staffing(each.cost.staffing)}."


def _staffing(staffing: Staffing) -> str:
    """“own staff deliver 20 h, 1.424 paid hours for each; staff 28 h 29 m paid at £15.02 an hour”."""
    took = staffing.paid_for_an_hour
    told = [f"own staff deliver {_hours(staffing.own_delivered)}" + (f", {_thousandths(took)} paid hours for each" if took else "")]
    told += [f"{grade or 'staff'} {_hours(paid.minutes)} paid at {_pounds(paid.per_hour)} an hour"
             for grade, paid in sorted(staffing.own.items()) if paid.per_hour is not None]
    told += [f"sleep-ins and calls {_pounds(staffing.nights_pence)}"] if staffing.nights_pence else []
    if staffing.agency_delivered or staffing.agency_pence:
        told.append(f"agencies deliver {_hours(staffing.agency_delivered)} for {_pounds(staffing.agency_pence)}")
    return "; ".join(told)


def _hours(minutes: Fraction) -> str:
    return minutes_in_words(half_away_from_nil(minutes))


def _pounds(pence: Fraction) -> str:
    return str(Money(half_away_from_nil(pence)))


def _thousandths(value: Fraction) -> Decimal:
    return Decimal(half_away_from_nil(value * 1000)).scaleb(-3)


def _listed(services: Sequence[ServiceCost]) -> str:
    beyond = [(each.service.name, Money(abs(each.cost.explained.difference.pence))) for each in services]
    together = f", together {Money.total(money for _, money in beyond)}" if len(beyond) > 1 else ""
    return ", ".join(f"{name} {money}" for name, money in beyond) + together

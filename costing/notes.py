"""What a reader of a price must be told beside the figures, so that nothing in it is silent."""

from __future__ import annotations

from collections.abc import Iterator

from basics.periods import day_in_words
from costing.amounts import amount_per_week
from costing.explain import in_words
from costing.figure import Dated, Figure, leaves_first
from costing.package import HolidayMethod, Nights, Package, Per


def notes(package: Package, price: Figure) -> tuple[str, ...]:
    """Plain sentences: figures from memory, the method for holiday, what the price does not hold, what cannot be said."""
    return (*_over_a_change(package), *_from_memory(price), *_of_staff(package), *_of_the_pay_bill(package), *_not_charged(package),
            *package.remarks, *_left_out(package))


def _over_a_change(package: Package) -> Iterator[str]:
    if package.later:
        first, *later = (days for days, _ in package.stretches)
        changes = " and ".join(day_in_words(days.first) for days in later)
        yield (f"One price for all days from {day_in_words(first.first)} to {day_in_words(later[-1].last)}: its rates change on {changes}, "
               "and each stretch of days counts at its own.")


def _from_memory(price: Figure) -> Iterator[str]:
    for figure in leaves_first(price):
        if isinstance(figure.source, Dated) and figure.source.from_memory:
            yield f"{figure.label} of {in_words(figure)} was written from memory: check it before you rely on this price."


def _of_staff(package: Package) -> Iterator[str]:
    if any(staff.holiday and staff.holiday.method is HolidayMethod.OF_ALL_PAID for staff in package.all_staff):
        yield ("Holiday is a part of all 52 paid weeks: right only if the hours priced include the weeks of leave. "
               "If they are hours worked, choose of_worked_pay.")
    nights = any(isinstance(part, Nights) for part in package.parts) or (not package.parts and any(staff.sleep_ins for staff in package.all_staff))
    if nights and package.quoted_per is Per.HOUR:
        yield "The price of an hour carries the cost of the sleep-ins."


def _of_the_pay_bill(package: Package) -> Iterator[str]:
    if package.organisation is not None and package.organisation.reason:
        claimed = "is" if package.organisation.employment_allowance is not None else "is not"
        yield f"The Employment Allowance {claimed} claimed: {package.organisation.reason}."


def _not_charged(package: Package) -> Iterator[str]:
    for amount in package.other_direct:
        if not amount.charged:
            yield f"{amount.label} is worth {in_words(amount_per_week(amount, package.support))}, and is charged at nil."


def _left_out(package: Package) -> Iterator[str]:
    if package.contingency is None:
        yield "This price holds no contingency."
    if package.surplus is None:
        yield "This price holds no surplus."
    if package.support.weeks_per_year is None:
        yield "There is no price for a year: the file does not say how many weeks it has (support.weeks_per_year)."

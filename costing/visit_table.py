"""What one visit costs by its length: travel is paid for each visit, so a short one costs more for each of its hours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from basics.money import Money
from costing.changing import build
from costing.figure import Figure, Unit, fixed
from costing.package import Hours, Package, Part, Per, Staff, Travel
from costing.price import money, to_the_penny
from costing.work import implied_parts

LENGTHS_MINUTES = (15, 30, 45, 60)
MINUTES_IN_AN_HOUR = 60


@dataclass(frozen=True)
class VisitPrice:
    """The price of one visit of so many minutes, with everything that the price of the package holds; and of an hour in such visits."""

    minutes: int
    per_visit: Figure
    per_hour: Figure

    @property
    def shown(self) -> Money:
        return money(self.per_visit)

    @property
    def hour_shown(self) -> Money:
        return money(self.per_hour)


@dataclass(frozen=True)
class VisitTable:
    """The prices of visits of the same staff with the same travel. `name` is the parts of the support that are such visits."""

    name: str
    prices: tuple[VisitPrice, ...]


def visit_tables(package: Package) -> tuple[VisitTable, ...]:
    """A table for each kind of visit with travel in a package; none where it has none.

    Each price is that of the package if all its hours were visits of that length, divided by their number: travel, and what is given for
    a visit, is that of one visit, and what is given for a week (sleep-ins, what is bought) is spread by the hour. It is rounded to the
    penny, once.
    """
    parts = _parts(package)
    alike: dict[tuple[object, ...], list[int]] = {}
    for n, part in enumerate(parts):
        if isinstance(part, Hours) and part.visits_per_week is not None and (travel := _travel(package, part)) is not None:
            alike.setdefault((part.grade, *_exactly(part.staff_at_once, travel.minutes, travel.miles, travel.pay_per_mile)), []).append(n)
    return tuple(VisitTable(", ".join(parts[n].label for n in same) if package.parts else "",
                            tuple(_price(package, same[0], minutes) for minutes in LENGTHS_MINUTES)) for same in alike.values())


def _parts(package: Package) -> tuple[Part, ...]:
    return package.parts or implied_parts(package)


def _travel(package: Package, part: Hours) -> Travel | None:
    """The travel that is paid for each of these visits."""
    staff = dict(package.grades).get(part.grade) if part.grade else package.staff
    travel = part.travel or (staff.travel if staff else None)
    return travel if travel is not None and travel.per is Per.VISIT else None


def _exactly(*figures: Figure | None) -> tuple[object, ...]:
    return tuple(None if figure is None else figure.exact for figure in figures)


def _price(package: Package, n: int, minutes: int) -> VisitPrice:
    """The price of one visit like the n-th part of the support."""
    first, *later = (_of_visits(each, n, minutes) for each in package.through)
    assert first.support.visits_per_week is not None
    week = build(replace(first, later=tuple(later))).price
    return VisitPrice(
        minutes,
        to_the_penny(week / first.support.visits_per_week).called(f"Price of a visit of {minutes} minutes", Unit.POUNDS_PER_VISIT),
        to_the_penny(week / first.support.hours_per_week).called(f"Price of an hour in visits of {minutes} minutes", Unit.POUNDS_PER_HOUR))


def _of_visits(package: Package, n: int, minutes: int) -> Package:
    """The package with all its hours in visits like the n-th part. Two at once make one visit, and two of its hours."""
    parts = _parts(package)
    part, hours = parts[n], package.support.hours_per_week
    assert isinstance(part, Hours)
    of_visits = hours if part.staff_at_once is None else hours / part.staff_at_once
    length = fixed(minutes, f"Length of a visit of {minutes} minutes", Unit.MINUTES_PER_VISIT)
    visits = (of_visits * MINUTES_IN_AN_HOUR / length).called(f"Visits, if each were of {minutes} minutes", Unit.VISITS_PER_WEEK)
    others = (each for each in parts if not isinstance(each, Hours))
    return replace(
        package, parts=(replace(part, per_week=of_visits, visits_per_week=visits), *others), payers=(), cap=None,
        support=replace(package.support, visits_per_week=visits), staff=package.staff and _paid_for(part, package.staff),
        grades=tuple((name, _paid_for(part, staff)) for name, staff in package.grades))


def _paid_for(part: Hours, staff: Staff) -> Staff:
    """An addition to pay for parts of the support is paid for a visit only if it names the visits."""
    held = (replace(each, parts=(part.label,)) if part.label in each.parts else each for each in staff.unsocial)
    return replace(staff, unsocial=tuple(each for each in held if each.parts in ((), (part.label,))))

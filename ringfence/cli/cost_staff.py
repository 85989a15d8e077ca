"""The part of `ringfence cost --staff`: what an hour of staff costs, paid and productive, by grade and contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from costing.explain import explain as steps_of
from costing.figure import Figure
from costing.staff_hour import StaffHour
from ringfence.cli.columns import aligned

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
THE_STAFF = "Staff"


def staff_as_text(hours: Sequence[StaffHour], explain: bool) -> Iterator[str]:
    """A row for each grade and contract: the cost of an hour, then where the hours of a year go."""
    yield ""
    yield "What an hour of staff costs"
    yield from aligned(list(_rows(hours)))
    for each in hours if explain else ():
        yield ""
        yield f"How it is made: {_who(each)}, {each.contract.hours_per_week.value.normalize():f} hours a week"
        yield from (f"{n}. {step}" for n, step in enumerate(steps_of(*each.told), start=1))


def staff_as_data(hours: Sequence[StaffHour], explain: bool) -> list[dict[str, object]]:
    """The same for another program: amounts are text with two decimals, hours and percentages with one."""
    return [_data(each) | ({"explanation": [str(step) for step in steps_of(*each.told)]} if explain else {}) for each in hours]


def _rows(hours: Sequence[StaffHour]) -> Iterator[Sequence[str]]:
    yield ("", "hours a week", "workers", "NI %", "pension %", "£ paid hour", "£ productive", "paid", "leave", "sick", "other", "travel", "support")
    for each in hours:
        year = each.year
        yield (_who(each), f"{each.contract.hours_per_week.value.normalize():f}", f"{each.contract.workers.value.normalize():f}",
               _places(each.ni_percent, TENTH), _places(each.pension_percent, TENTH),
               _places(each.per_paid_hour, HUNDREDTH), _places(each.per_productive_hour, HUNDREDTH),
               *(_places(figure, TENTH) for figure in (year.paid, year.leave, year.sick, year.other, each.travel, each.productive)))


def _data(each: StaffHour) -> dict[str, object]:
    year = each.year
    return {
        "grade": each.grade,
        "hours_per_week": f"{each.contract.hours_per_week.value.normalize():f}",
        "workers": f"{each.contract.workers.value.normalize():f}",
        "national_insurance_percent": _places(each.ni_percent, TENTH) if each.ni_percent is not None else None,
        "pension_percent": _places(each.pension_percent, TENTH) if each.pension_percent is not None else None,
        "cost_of_a_paid_hour": _places(each.per_paid_hour, HUNDREDTH),
        "cost_of_a_productive_hour": _places(each.per_productive_hour, HUNDREDTH),
        "hours_of_a_year": {name: _places(figure, TENTH) for name, figure in (
            ("paid", year.paid), ("leave", year.leave), ("sick", year.sick), ("other_paid_time", year.other), ("travel", each.travel),
            ("support", each.productive))},
    }


def _who(each: StaffHour) -> str:
    return each.grade or THE_STAFF


def _places(figure: Figure | None, places: Decimal) -> str:
    return "" if figure is None else f"{figure.value.quantize(places, ROUND_HALF_UP):f}"

"""What each line of direct support is, found by how it is made and never by its name alone: pay for work, an agency’s hours, travel, paid time,
what follows from pay, or something bought. Every reader of a price sorts its lines by this, so that direct care is one figure for all of them.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from costing.direct import EMPTY_PLACES, NATIONAL_INSURANCE, PENSION
from costing.figure import Figure, Operation, leaves_first
from costing.package import Per
from costing.price import Price, PriceLine

_PAID_TIME_WORDS = re.compile(r"\b(train(ing)?|induction|learning|supervisions?|meetings?|handovers?|sick(ness)?|leave)\b", re.IGNORECASE)


class Kind(Enum):
    """What a line of direct support pays for. An agency’s hours are work, for they are support that somebody gives."""

    WORK = auto()
    TRAVEL_TIME = auto()
    MILEAGE = auto()
    PAID_TIME = auto()
    HOLIDAY = auto()
    NATIONAL_INSURANCE = auto()
    PENSION = auto()
    OTHER_EMPLOYMENT = auto()
    EMPTY_PLACES = auto()
    BOUGHT = auto()


_ON_COSTS = {"Holiday pay": Kind.HOLIDAY, NATIONAL_INSURANCE: Kind.NATIONAL_INSURANCE, PENSION: Kind.PENSION}


class DirectLines:
    """The lines of direct support of one price, over all grades and stretches of days."""

    def __init__(self, price: Price) -> None:
        sums = [figure for figure in leaves_first(*price.told) if figure.operation is Operation.SUM]
        works = [figure for figure in sums if _is_of(figure.label, "Pay for work")]
        alls = [figure for figure in sums if _is_of(figure.label, "All pay")]
        self._work = {line for figure in works for line in figure.parts}
        self._all_pay = {line for figure in alls for line in figure.parts} - set(works)

    def kind(self, week: Figure) -> Kind:
        """What a line is, from its figure in pounds a week."""
        made_of = leaves_first(week)
        itself = {week, *(figure for figure in made_of if _is_of(figure.label, week.label))}
        if week.label == EMPTY_PLACES:
            return Kind.EMPTY_PLACES
        if any(figure.label.startswith(f"{week.label}, for each ") for figure in made_of):
            return Kind.BOUGHT
        on_cost = next((kind for label, kind in _ON_COSTS.items() if _is_of(week.label, label)), None)
        if itself & self._all_pay:
            return on_cost or Kind.PAID_TIME
        if not itself & self._work and _holds(made_of, "Pay for work", "All pay"):
            return on_cost or self._following(week)
        if _holds(made_of, "Hours that the team works"):  # paid time by hours of the year, and nothing is taken of all pay
            return Kind.PAID_TIME
        if _holds(made_of, "Paid miles"):
            return Kind.MILEAGE
        return Kind.TRAVEL_TIME if _holds(made_of, "Paid travel time") else Kind.WORK

    def _following(self, week: Figure) -> Kind:
        """A percentage of pay. Where nothing is taken of all pay, paid time is made just as a cost of employment is, and its words tell it."""
        is_paid_time = not self._all_pay and _PAID_TIME_WORDS.search(week.label)
        return Kind.PAID_TIME if is_paid_time else Kind.OTHER_EMPLOYMENT


def week_of(line: PriceLine, price: Price) -> Figure:
    """A line as it was in pounds a week, exactly, before it became a part of what is quoted."""
    shown = line.figure.parts[0]
    return shown if price.quoted_per is Per.WEEK else shown.parts[0]


def _holds(made_of: tuple[Figure, ...], *labels: str) -> bool:
    return any(_is_of(figure.label, label) for figure in made_of for label in labels)


def _is_of(label: str, of: str) -> bool:
    """“All pay”, or of a named grade, “All pay, Senior”."""
    return label == of or label.startswith(f"{of}, ")

"""The terms that a figure depends on. One that is needed and not given stops the figure: it is asked for, never assumed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from basics.rounding import TimeRule
from invoicing.delivery import Terms
from invoicing.finding import Cause, Stopped
from invoicing.not_given import LONGER, SHORTER
from invoicing.public_holidays import ACTUAL, BOTH, NATIONS, NO_DAY, SUBSTITUTE

SPLIT, START_DAY = "split", "start day"
ELAPSED, AS_PLANNED = "elapsed", "as planned"
NOT_CHARGED, BY_NOTICE = "not charged", "by notice"
BY_LINE, ON_THE_TOTAL = "by line", "on the total"
BY_VISIT, BY_RATE = "visit", "rate"
EACH_HAS_A_ROW, COUNT_MULTIPLIES = "each has a row", "count multiplies"
AS_CANCELLED, RETAINER = "as cancelled", "retainer"

CHARGING_TERMS: dict[str, tuple[str, ...]] = {
    "charged_time": tuple(rule.value for rule in TimeRule),
    "across_midnight": (SPLIT, START_DAY),
    "nights": (ELAPSED, AS_PLANNED),
    "cancelled_visits": (NOT_CHARGED, AS_PLANNED, BY_NOTICE),
    "funder_share": (BY_LINE, ON_THE_TOTAL),
    "line": (BY_VISIT, BY_RATE),
    "carers": (EACH_HAS_A_ROW, COUNT_MULTIPLIES),
    "notice_edge": (SHORTER, LONGER),
    "absences": (AS_CANCELLED, NOT_CHARGED, RETAINER),
    "public_holiday_days": (ACTUAL, SUBSTITUTE, BOTH, NO_DAY),
    "nation": tuple(NATIONS),
}
"""The terms that decide what a visit is charged at, each with what it may say."""

_ASKS = {
    "charged_time": "how the time of a visit becomes the time charged",
    "across_midnight": "what happens to a visit that crosses midnight",
    "nights": "how long a visit across midnight counts",
    "cancelled_visits": "whether a cancelled visit is charged",
    "funder_share": "how several funders share a charge",
    "line": "whether a line is a visit or all visits of one rate",
    "carers": "whether each carer has a row or the count of carers multiplies",
    "absences": "what is charged for a visit cancelled while somebody is away",
}

LISTS = ("prices", "notice", "retainers")
"""The terms that are lists. They, too, must be the same for all who share a line."""


def require(terms: Terms, names: Iterable[str], day: date) -> None:
    """Raise `Stopped`, with a cause for each of these terms that does not say one of the things it may say."""
    missing = tuple(missing_term(terms, name, day) for name in names if getattr(terms, name) not in CHARGING_TERMS[name])
    if missing:
        raise Stopped(*missing)


def missing_term(terms: Terms, name: str, day: date) -> Cause:
    """What is said where the terms do not give one of them."""
    given = getattr(terms, name)
    says = "do not say" if given is None else f"say “{given}” for"
    return Cause(f"The terms “{terms.name}” {says} {_ASKS[name]} ({name}).",
                 f"Ask the funder, and give {name} in an apply file: {' or '.join(f'“{value}”' for value in CHARGING_TERMS[name])}.", day, name)


def with_term(terms: Terms, name: str, value: str) -> Terms:
    """The terms as if one of them said this."""
    said: dict[str, Any] = {name: TimeRule(value) if name == "charged_time" else value}
    return replace(terms, **said)

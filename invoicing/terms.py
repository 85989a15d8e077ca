"""The terms that a figure depends on. One that is needed and not given stops the figure: it is asked for, never assumed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from basics.rounding import TimeRule
from invoicing.delivery import Terms
from invoicing.finding import Cause, Stopped

SPLIT, START_DAY = "split", "start day"
ELAPSED, AS_PLANNED = "elapsed", "as planned"
NOT_CHARGED = "not charged"
BY_LINE = "by line"

CHARGING_TERMS: dict[str, tuple[str, ...]] = {
    "charged_time": tuple(rule.value for rule in TimeRule),
    "across_midnight": (SPLIT, START_DAY),
    "nights": (ELAPSED, AS_PLANNED),
    "cancelled_visits": (NOT_CHARGED, AS_PLANNED),
    "funder_share": (BY_LINE,),
}
"""The terms that decide what a visit is charged at, each with what it may say."""

_ASKS = {
    "charged_time": "how the time of a visit becomes the time charged",
    "across_midnight": "what happens to a visit that crosses midnight",
    "nights": "how long a visit across midnight counts",
    "cancelled_visits": "whether a cancelled visit is charged",
    "funder_share": "how several funders share a charge",
}


def require(terms: Terms, names: Iterable[str], day: date) -> None:
    """Raise `Stopped`, with a cause for each of these terms that does not say one of the things it may say."""
    missing = tuple(_cause(terms, name, day) for name in names if getattr(terms, name) not in CHARGING_TERMS[name])
    if missing:
        raise Stopped(*missing)


def _cause(terms: Terms, name: str, day: date) -> Cause:
    given = getattr(terms, name)
    says = "do not say" if given is None else f"say “{given}” for"
    return Cause(f"The terms “{terms.name}” {says} {_ASKS[name]} ({name}).",
                 f"Ask the funder, and give {name} in an apply file: {' or '.join(f'“{value}”' for value in CHARGING_TERMS[name])}.", day)

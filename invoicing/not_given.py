"""What is charged for a visit that was planned and not given: by the notice of its cancellation, or as a retainer while somebody is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from basics.periods import elapsed_minutes, minutes_in_words
from invoicing.finding import Cause, Stopped

ALL, NOTHING = Decimal(100), Decimal(0)
SHORTER, LONGER = "shorter", "longer"


@dataclass(frozen=True)
class NoticeStep:
    """From so many hours of notice to so many, this part of the price is charged; None is without end."""

    percent: Decimal
    from_hours: int | None = None
    to_hours: int | None = None


@dataclass(frozen=True)
class Retainer:
    """From the n-th day of an absence (the first is 1) to another, this part of the price is charged; None is without end."""

    because: str
    percent: Decimal
    from_day: int = 1
    to_day: int | None = None


@dataclass(frozen=True)
class Absence:
    """Somebody is away, in hospital or elsewhere; `last` is None until they are back."""

    person: str
    because: str
    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def percent_for_notice(ladder: tuple[NoticeStep, ...], edge: str | None, starts_at: datetime | None, cancelled_at: datetime | None,
                       terms: str, day: date) -> Decimal:
    """The part of the price that is charged for a cancellation with that much notice; after the start there was none.

    Raises `Stopped` where the notice is not recorded, falls into a gap of the ladder, or onto an edge that is not said to belong anywhere.
    """
    if starts_at is None or cancelled_at is None:
        what = "when it was to start" if starts_at is None else "when it was cancelled"
        raise Stopped(Cause(f"A cancelled visit is charged by its notice, and the visit does not say {what}.",
                            "Give it in the file of visits, in the column start or cancelled_at.", day))
    notice = elapsed_minutes(cancelled_at, starts_at) if cancelled_at < starts_at else 0
    steps = [step for step in ladder if (step.from_hours or 0) * 60 <= notice and (step.to_hours is None or notice <= step.to_hours * 60)]
    if not steps:
        raise Stopped(Cause(f"The terms “{terms}” have a gap: they do not say what is charged with {minutes_in_words(notice)} of notice.",
                            "Ask the funder, and close the gap under “notice” of the terms in an apply file.", day))
    if len(steps) == 1 or len({step.percent for step in steps}) == 1:
        return steps[0].percent
    if edge is None:
        raise Stopped(Cause(f"The terms “{terms}” do not say whether exactly {minutes_in_words(notice)} is the shorter or the longer notice "
                            "(notice_edge).", "Ask the funder, and give notice_edge in an apply file: “shorter” or “longer”.", day, "notice_edge"))
    in_order = sorted(steps, key=lambda step: step.from_hours or 0)
    return in_order[0 if edge == SHORTER else -1].percent


def percent_while_away(retainers: tuple[Retainer, ...], absence: Absence, terms: str, day: date) -> Decimal:
    """The part of the price that is kept up on a day of an absence. Raises `Stopped` where the terms do not say, or say it twice."""
    nth = (day - absence.first).days + 1
    found = [one for one in retainers if one.because == absence.because and one.from_day <= nth and (one.to_day is None or nth <= one.to_day)]
    if len(found) != 1:
        says = "do not say what is charged" if not found else "say twice what is charged"
        raise Stopped(Cause(f"The terms “{terms}” {says} on day {nth} away because of {absence.because}.",
                            "Ask the funder, and put “retainers” of the terms right in an apply file.", day))
    return found[0].percent

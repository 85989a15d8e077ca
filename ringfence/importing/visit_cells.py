"""What the cells of a row of visits may hold, and how its times, minutes and outcome must fit together."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from basics.errors import InputError
from basics.people import reference
from basics.periods import minutes_in_words
from ringfence.importing.uk_times import Clock, Times, visit_times

MOST_CARERS = 4
MOST_MINUTES = 25 * 60  # a whole day, the one on which the clocks go back included
MOST_MINUTES_OVER_PLAN = 12 * 60
LONGEST_REASON = 500


class Outcome(StrEnum):
    """Whether the support was given."""

    GIVEN = "given"
    CANCELLED = "cancelled"


def read_reference(text: str) -> str:
    """The reference of a visit, carer, person, house or kind of support."""
    if not text:
        raise InputError("is blank.", "Give its reference.")
    return reference(text)


def read_planned_minutes(text: str) -> int:
    """Whole minutes; none for something that is counted."""
    if not text:
        raise InputError("is blank.", "Write whole minutes; 0 for something that is counted, like a session.")
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise InputError(f"“{text[:60]}” is not a number of whole minutes.", "Write 45 for 45 minutes, 90 for an hour and a half.")
    if int(text) > MOST_MINUTES:
        raise InputError(f"{text} minutes is longer than a day.", "Check the minutes, or divide the visit by day.")
    return int(text)


def read_planned_carers(text: str) -> int:
    """How many carers were planned together."""
    if text not in {str(number) for number in range(1, MOST_CARERS + 1)}:
        raise InputError(f"“{text[:60]}” is not a number of carers." if text else "is blank.",
                         f"Write how many carers were planned together, 1 to {MOST_CARERS}.")
    return int(text)


def read_outcome(text: str) -> Outcome:
    """Given, unless the cell says cancelled."""
    try:
        return Outcome(text.casefold() or "given")
    except ValueError:
        raise InputError(f"“{text[:60]}” is not an outcome.", "Write given or cancelled; blank is given.") from None


def check_reason(text: str, outcome: Outcome) -> None:
    """What was cancelled says why."""
    if outcome is Outcome.CANCELLED and not text:
        raise InputError("is blank, and the visit was cancelled.", "Say why it was cancelled.")
    if len(text) > LONGEST_REASON:
        raise InputError(f"is {len(text)} characters long.", f"Shorten it to {LONGEST_REASON}.")


def check_cancelled(cancelled_at: datetime | None, outcome: Outcome) -> None:
    """Only what was cancelled says when."""
    if cancelled_at is not None and outcome is not Outcome.CANCELLED:
        raise InputError("says when the visit was cancelled, and it was given.", "Leave it blank, or write cancelled as the outcome.")


def read_times(day: date, start: Clock | None, end: Clock | None) -> Times | None:
    """The instants of a visit, or None where neither time is given."""
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise InputError(f"There is {'no start' if start is None else 'a start and no end'}.", "Give both, or neither.")
    return visit_times(day, start, end)


def check_times(times: Times | None, planned_minutes: int, outcome: Outcome) -> None:
    """A visit that was given has its times, unless it is something counted; and no slip of the keyboard makes it a day long."""
    if times is None:
        if planned_minutes and outcome is Outcome.GIVEN:
            raise InputError("The start and the end are blank, and minutes were planned.",
                             "Give both times. For something counted, like a session, write 0 planned minutes.")
    elif times.next_day and times.minutes > planned_minutes + MOST_MINUTES_OVER_PLAN:
        raise InputError(f"The end is not after the start, so the visit would end on the next day and last "
                         f"{minutes_in_words(times.minutes)}; {minutes_in_words(planned_minutes)} were planned.",
                         "Check the two times. If they are right, divide the visit in two at midnight.")

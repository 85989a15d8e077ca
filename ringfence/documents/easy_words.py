"""Every word that an Easy Read statement adds to its record: short sentences, one idea in each, time in full."""

from __future__ import annotations

from basics.money import Money
from ringfence.documents.words import counted, day_for_reading, stop

ENOUGH = "Is there enough money?"
MISTAKE_SORRY = "We are sorry. We have put it right."
WHAT_A_BUDGET_IS = "The budget is all the money that there is for support."
NOTHING_GIVEN = "There was no support in this month."
PICTURES = "The pictures are from OpenMoji, openmoji.org. Their licence is CC BY-SA 4.0."

STATUS_PICTURES = {"on target": "fine", "over": "look", "under": "less", "not known": "not-known"}
MEASURE_PICTURES = {"minutes": "support", "nights": "night", "days": "calendar", "visits": "support", "times": "calendar"}


def given_heading(known_as: str) -> str:
    return f"The support that {known_as} had"


def came_in(words: str, pence: int) -> tuple[str, str]:
    """What happened, and “£24.40 came in.” or “£24.40 went out.”"""
    return words, f"{Money(abs(pence))} {'went out' if pence < 0 else 'came in'}."


def it_cost(pence: int) -> str:
    return f"It cost {Money(pence)}."


def all_cost(pence: int) -> str:
    return f"It all cost {Money(pence)}."


def in_full(count: int, measure: str) -> str:
    """“26 hours and 30 minutes”, “31 nights”, “1 time”."""
    if measure != "minutes":
        return counted(count, measure)
    hours, rest = divmod(count, 60)
    return " and ".join([*([counted(hours, "hours")] if hours else []), *([counted(rest, "minutes")] if rest or not hours else [])])


def planned_and_given(planned: int | None, given: int, measure: str) -> list[str]:
    first = "We did not plan this." if planned is None else f"The plan was {in_full(planned, measure)}."
    much = in_full(given, measure)
    return [first, f"There {'was' if much.startswith('1 ') else 'were'} {much}."]


def did_not_come(day: str, words: str, minutes: int, reason: str) -> tuple[str, list[str]]:
    """The day and what it was, and then how much did not come, and why."""
    much = [f"{in_full(minutes, 'minutes')} did not come."] if minutes else ["Some of it did not come as planned."]
    return f"{day_for_reading(day)}: {words}", [*much, because(reason)]


def because(reason: str) -> str:
    return f"Why: {stop(reason)}"


def before_and_now(before_pence: int, after_pence: int) -> list[str]:
    return [f"Before, it cost {Money(before_pence)}.", f"Now, it costs {Money(after_pence)}."]


def budget_is(pence: int | None) -> str:
    return "We do not know the budget." if pence is None else f"The budget is {Money(pence)}."


def used(pence: int | None) -> str:
    return "We do not know how much is used." if pence is None else f"{Money(pence)} is used."


def left(pence: int | None) -> str:
    if pence is None:
        return "We do not know how much is left."
    return f"{Money(-pence)} more is used than there was." if pence < 0 else f"{Money(pence)} is left."

"""What an Easy Read statement adds to its record: short sentences of the vocabulary, one idea in each, time in full."""

from __future__ import annotations

from basics.money import Money
from basics.vocabulary import both, counted, say
from ringfence.documents.words import day_for_reading, stop

STATUS_PICTURES = {"on target": "fine", "over": "look", "under": "less", "not known": "not-known"}
MEASURE_PICTURES = {"minutes": "support", "nights": "night", "days": "calendar", "visits": "support", "times": "calendar"}


def given_heading(known_as: str) -> str:
    return say("easy.given-heading", known_as=known_as)


def came_in(words: str, pence: int) -> tuple[str, str]:
    """What happened, and “£24.40 came in.” or “£24.40 went out.”"""
    return words, say("easy.went-out" if pence < 0 else "easy.came-in", money=Money(abs(pence)))


def it_cost(pence: int) -> str:
    return say("easy.cost", money=Money(pence))


def all_cost(pence: int) -> str:
    return say("easy.all-cost", money=Money(pence))


def in_full(count: int, measure: str) -> str:
    """“26 hours and 30 minutes”, “31 nights”, “1 time”."""
    if measure != "minutes":
        return counted(count, measure)
    hours, rest = divmod(count, 60)
    return both([*([counted(hours, "hours")] if hours else []), *([counted(rest, "minutes")] if rest or not hours else [])])


def planned_and_given(planned: int | None, given: int, measure: str) -> list[str]:
    first = say("easy.not-planned") if planned is None else say("easy.planned", much=in_full(planned, measure))
    much = in_full(given, measure)
    return [first, say("easy.given.one" if much.startswith("1 ") else "easy.given", much=much)]


def did_not_come(day: str, words: str, minutes: int, reason: str) -> tuple[str, list[str]]:
    """The day and what it was, and then how much did not come, and why."""
    much = say("easy.did-not-come", much=in_full(minutes, "minutes")) if minutes else say("easy.some-did-not-come")
    return say("easy.on-a-day", day=day_for_reading(day), what=words), [much, because(reason)]


def because(reason: str) -> str:
    return say("given.why", reason=stop(reason))


def before_and_now(before_pence: int, after_pence: int) -> list[str]:
    return [say("easy.before", money=Money(before_pence)), say("easy.now", money=Money(after_pence))]


def budget_is(pence: int | None) -> str:
    return say("easy.budget-not-known") if pence is None else say("easy.budget-is", money=Money(pence))


def used(pence: int | None) -> str:
    return say("easy.used-not-known") if pence is None else say("easy.used", money=Money(pence))


def left(pence: int | None) -> str:
    if pence is None:
        return say("easy.left-not-known")
    return say("easy.over", money=Money(-pence)) if pence < 0 else say("easy.left", money=Money(pence))

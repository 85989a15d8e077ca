"""What stops a charge, told once for each cause, however many visits it stops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from basics.errors import Problem, RingfenceError
from basics.money import Money
from basics.periods import day_in_words

NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Cause:
    """What is wrong and what to do about it. Two causes with the same words are one, whatever their days.

    In the words, `{days}` stands for the day or days concerned, `{from}` for the first of them, and `{total}` for the amounts of
    the findings added up.
    """

    what: str
    to_do: str
    day: date
    term: str = ""
    """The term that is missing, where it is one: what each of its readings would come to can then be shown."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A cause met at one place: `name` is what the place is known by in a list, `amount` what it comes to where that is counted."""

    cause: Cause
    name: str
    place: str
    amount: int = 0
    readings: tuple[tuple[str, int], ...] = ()
    """What the place would come to, in pence, by each thing that the missing term may say."""


class Stopped(RingfenceError):
    """Something without which a charge cannot be made; it may have several causes at once."""

    def __init__(self, *causes: Cause) -> None:
        self.causes = causes
        super().__init__(causes[0].what, causes[0].to_do)


def causes_of(error: RingfenceError, day: date) -> tuple[Cause, ...]:
    """The causes that an error carries, on the day of the visit where it names none of its own."""
    if isinstance(error, Stopped):
        return error.causes
    return tuple(Cause(problem.what, problem.to_do, day) for problem in error.problems)


def told_together(findings: Iterable[Finding], noun: str) -> list[Problem]:
    """One problem for each cause, with its count and the first few places; `noun` is what is counted ("visits")."""
    by_cause: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_cause.setdefault((finding.cause.what, finding.cause.to_do), []).append(finding)
    return sorted(_told(what, to_do, found, noun) for (what, to_do), found in by_cause.items())


def _told(what: str, to_do: str, found: list[Finding], noun: str) -> Problem:
    found = sorted(found, key=lambda finding: (finding.cause.day, finding.name, finding.place))
    days = sorted({finding.cause.day for finding in found})
    words = {"{days}": _in_words(days), "{from}": day_in_words(days[0]), "{total}": f"{sum(finding.amount for finding in found):,}"}
    for mark, value in words.items():
        what, to_do = what.replace(mark, value), to_do.replace(mark, value)
    return Problem(_place(found, noun), what + _readings(found), to_do)


def _readings(found: list[Finding]) -> str:
    """“ It would be: by the minute £23.18, nearest 15 £24.40.” Nothing where not all of the findings can be read so."""
    if len({tuple(reading for reading, _ in finding.readings) for finding in found}) > 1 or not found[0].readings:
        return ""
    sums: dict[str, int] = {}
    for finding in found:
        for reading, pence in finding.readings:
            sums[reading] = sums.get(reading, 0) + pence
    return f" It would be: {', '.join(f'{reading} {Money(pence)}' for reading, pence in sums.items())}."


def _in_words(days: list[date]) -> str:
    if len(days) == 1:
        return day_in_words(days[0])
    return f"{len(days):,} days from {day_in_words(days[0])} to {day_in_words(days[-1])}"


def _place(found: list[Finding], noun: str) -> str:
    names = list(dict.fromkeys(finding.name for finding in found))
    if len(names) == 1:
        places = list(dict.fromkeys(finding.place for finding in found))
        return _first_few(places, "; ")
    return f"{len(names):,} {noun}: {_first_few(names, ', ')}"


def _first_few(names: list[str], between: str) -> str:
    more = len(names) - NAMED_AT_MOST
    return between.join(names[:NAMED_AT_MOST]) + (f" and {more:,} more" if more > 0 else "")

"""How each way of forecasting would have done: the sample’s books, run on to the end of the year, and each line forecast at mid-year."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from basics.money import Money
from basics.periods import ONE_DAY, Month, Period
from basics.rounding import nearest, tenth
from isf.forecast import Pace, forecast
from isf.plan import Measure
from isf.position import LinePosition
from isf.statement_of import fund_position
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.importing import take_visits
from ringfence.actions.month_end import approve_month, prepare_month
from ringfence.actions.stating import statement_facts
from ringfence.store import billing, registry
from sample_data.build import APPROVES, OPEN_MONTH, PREPARES, build_sample
from sample_data.people import cast
from sample_data.visits import Diary

PEOPLE, SEED = 60, 1
MID_YEAR, YEAR_END = Month(2026, 9), Month(2027, 3)
NEAR_PERCENT = 5
REST = Period(MID_YEAR.last + ONE_DAY, YEAR_END.last)
Key = tuple[str, str, Measure]


class Course(NamedTuple):
    """How a line went by mid-year, all its versions together, in pence, and the days on which it runs."""

    given: int
    planned_so_far: int
    planned_rest: int
    given_last_month: int
    days_so_far: int
    days_last_month: int
    days_rest: int


def as_forecast(course: Course) -> int:
    """What Ringfence does."""
    return forecast(course.given, course.planned_rest, Pace(course.given, course.planned_so_far))


def straight_line(course: Course) -> int:
    """As much a day as so far."""
    return course.given + _a_day(course.given, course.days_so_far, course.days_rest)


def last_month_goes_on(course: Course) -> int:
    """As much a day as in the last month."""
    return course.given + _a_day(course.given_last_month, course.days_last_month, course.days_rest)


def _a_day(given: int, days: int, rest: int) -> int:
    return nearest(given * rest, days) if days else 0


METHODS: Mapping[str, Callable[[Course], int]] = {
    "the rest of the plan, at the pace so far": as_forecast, "a straight line": straight_line, "last month goes on": last_month_goes_on,
}


class Held(NamedTuple):
    """One way held against what came, in pence: the sum of what each line was out by, how many were near, and how far the whole was out."""

    method: str
    out: int
    near: int
    whole: int


def table(*, people: int = PEOPLE, seed: int = SEED) -> Iterator[str]:
    """What each way was out by, as a table for docs/funds.md. The same seed gives the same."""
    with tempfile.TemporaryDirectory() as folder:
        at_mid_year, came = _lived(str(Path(folder) / "books.db"), people, seed)
    actual = sum(came[key] for key in at_mid_year)
    yield "| at 30 September 2026 | out by, all lines | of what came | lines within 5% | the whole out by |"
    yield "|---|---|---|---|---|"
    for held in _held(at_mid_year, came):
        yield (f"| {held.method} | {Money(held.out)} | {tenth(Fraction(100 * held.out, actual))}% | {held.near} of {len(at_mid_year)} "
               f"| {Money(held.whole)} |")
    yield ""
    yield f"{len(at_mid_year)} lines, which came to {Money(actual)} by {YEAR_END.last.day} {YEAR_END.in_words}."


def _held(at_mid_year: dict[Key, Course], came: dict[Key, int]) -> Iterator[Held]:
    for name, method in METHODS.items():
        out = {key: method(course) - came[key] for key, course in at_mid_year.items()}
        near = sum(abs(each) * 100 <= NEAR_PERCENT * came[key] for key, each in out.items())
        yield Held(name, sum(map(abs, out.values())), near, sum(out.values()))


def _lived(url: str, people: int, seed: int) -> tuple[dict[Key, Course], dict[Key, int]]:
    """Each line of every plan as it went by mid-year, and what it came to, in pence."""
    build_sample(url, people=people, seed=seed)
    store, diary, month = open_books(url, key=None), Diary(cast(people, seed), seed), OPEN_MONTH
    try:
        mid_year = _courses(Acting(store, PREPARES, _at(date(2026, 10, 5))))
        while month <= YEAR_END:
            prepares, approves = (Acting(store, user, _at(month.next.first.replace(day=4))) for user in (PREPARES, APPROVES))
            if month != OPEN_MONTH:
                take_visits(prepares, diary.month(month))
            approve_month(approves, month, prepare_month(prepares, month, None).digest, None)
            month = month.next
        return mid_year, _came(Acting(store, PREPARES, _at(date(2027, 4, 5))))
    finally:
        store.close()


def _courses(caller: Acting) -> dict[Key, Course]:
    found = {}
    with caller.reading() as connection:
        standing, last_month = registry.standing_line(connection), dict[int, int]()
        for row in billing.charged_by_month(connection, MID_YEAR.first, MID_YEAR.last):
            last_month[standing[row.plan_line_id]] = last_month.get(standing[row.plan_line_id], 0) + int(row.pence)
        for facts in statement_facts(connection, registry.agreements(connection), MID_YEAR):
            for key, versions in _by_line(facts.fund_key, fund_position(facts).lines).items():
                course = _course(versions, last_month)
                if course.days_rest:
                    found[key] = course
    return found


def _course(versions: Sequence[LinePosition], last_month: Mapping[int, int]) -> Course:
    so_far, rest = (sum(pence or 0 for pence in of) for of in (
        [each.planned_to_date_pence for each in versions], [(each.planned_pence or 0) - (each.planned_to_date_pence or 0) for each in versions]))
    days = [sum(both.days for each in versions if (both := each.line.period.overlap(period))) for period in (MID_YEAR.period, REST)]
    return Course(sum(each.delivered_pence for each in versions), so_far, rest, sum(last_month.get(each.line.id, 0) for each in versions),
                  sum(each.days_to_date for each in versions), *days)


def _came(caller: Acting) -> dict[Key, int]:
    with caller.reading() as connection:
        return {key: sum(each.delivered_pence for each in versions)
                for facts in statement_facts(connection, registry.agreements(connection), YEAR_END)
                for key, versions in _by_line(facts.fund_key, fund_position(facts).lines).items()}


def _by_line(fund: str, lines: tuple[LinePosition, ...]) -> dict[Key, list[LinePosition]]:
    found: dict[Key, list[LinePosition]] = {}
    for each in lines:
        found.setdefault((fund, each.line.reference, each.line.measure), []).append(each)
    return found


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)


if __name__ == "__main__":
    sys.stdout.write("\n".join([*table(), ""]))

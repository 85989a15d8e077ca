"""Visits delivered or cancelled, from CSV or Excel. The format is in docs/formats/visits.md.

A row is one carer's support of one person (or one house) in one visit, so its key is visit + carer + person: two carers, or two people
who share a visit, are two rows and no duplicate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

from basics.errors import InputError, Problem
from basics.people import reference
from basics.periods import minutes_in_words
from ringfence.importing.tables import Column, Row, Table, Taken, place, read_table
from ringfence.importing.uk_times import Clock, Times, looks_month_first, read_clock, read_day, visit_times

COLUMNS = (
    Column("visit", needed=True), Column("carer", needed=True), Column("person", needed=True), Column("support", needed=True),
    Column("date", needed=True), Column("start"), Column("end"), Column("planned_minutes", needed=True),
    Column("planned_carers", needed=True), Column("outcome"), Column("reason"),
)
MOST_CARERS = 4
MOST_MINUTES = 25 * 60  # a whole day, the one on which the clocks go back included
MOST_MINUTES_OVER_PLAN = 12 * 60
LONGEST_REASON = 500
_DATE, _REASON = 4, 10

Value = TypeVar("Value")


class Outcome(StrEnum):
    """Whether the support was given."""

    GIVEN = "given"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One carer's support of one person in one visit.

    `subject` is the reference of a person or of a house. `happened_on` is the day in the United Kingdom on which it starts. The times
    are in UTC: what was worked where the visit was given, what was planned (if known) where it was cancelled, none for something
    counted, like a swimming session. A cancelled visit has no actual minutes.
    """

    row_number: int
    visit: str
    carer: str
    subject: str
    support_type: str
    happened_on: date
    starts_at: datetime | None
    ends_at: datetime | None
    planned_minutes: int
    actual_minutes: int
    planned_carers: int
    outcome: Outcome
    reason: str

    @property
    def key(self) -> str:
        return f"{self.visit}|{self.carer}|{self.subject}"

    @property
    def content(self) -> str:
        """Everything but the row number in one line, to tell a row that came again from one that was changed."""
        times = (_instant_text(self.starts_at), _instant_text(self.ends_at))
        return "|".join((self.key, self.support_type, self.happened_on.isoformat(), *times, str(self.planned_minutes),
                         str(self.actual_minutes), str(self.planned_carers), self.outcome, self.reason))


def read_visits(path: Path) -> Taken[VisitRow]:
    """The visits in a file: the good rows, and every problem of each row that was not taken.

    The same row twice counts once. A key that comes again with other content is a problem of the later row: the first stands until
    a person decides. Raises `InputError` or `Refused` where the file as a whole cannot be taken.
    """
    table = read_table(path, known=COLUMNS)
    reader = _Reader(looks_month_first({cells[_DATE] for _, cells in table.rows}))
    problems, notices = list(table.problems), list(table.notices)
    kept: dict[str, VisitRow] = {}
    for row in table.rows:
        try:
            visit = reader.visit(row)
        except InputError:
            problems += reader.problems(table.name, row)
            continue
        known = kept.setdefault(visit.key, visit)
        if known is not visit:
            _say_what_came_again(table, known, visit, problems, notices)
    return Taken(table.name, table.digest, tuple(kept.values()), tuple(problems), tuple(notices))


def _say_what_came_again(table: Table, known: VisitRow, again: VisitRow, problems: list[Problem], notices: list[str]) -> None:
    where = place(table.name, again.row_number)
    if known.content == again.content:
        notices.append(f"{where}: is the same as row {known.row_number}, and counts once.")
    else:
        problems.append(Problem(where, f"has the visit, carer and person of row {known.row_number}, with different details.",
                                "Keep the right one. Two visits need two references."))


class _Memo(dict[str, Value], Generic[Value]):
    """What each text of a column means, worked out once: a file of 600,000 rows has few different days, people and minutes."""

    def __init__(self, read: Callable[[str], Value]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> Value:
        value = self[text] = self.read(text)
        return value


class _Reader:
    """Reads rows one after the other, remembering what each text meant."""

    def __init__(self, month_first: str | None) -> None:
        self.references = _Memo(_reference)
        self.days = _Memo(lambda text: read_day(text, month_first))
        self.clocks = _Memo(lambda text: read_clock(text) if text else None)
        self.minutes = _Memo(_planned_minutes)
        self.carers = _Memo(_planned_carers)
        self.outcomes = _Memo(_outcome)
        self.times: dict[tuple[date, str, str], Times | None] = {}

    def visit(self, row: Row) -> VisitRow:
        """The visit in a row. Raises `InputError` for the first thing that is wrong; `problems` has them all."""
        number, (visit, carer, subject, support, day, start, end, planned, carers, result, reason) = row
        happened_on, outcome, minutes = self.days[day], self.outcomes[result], self.minutes[planned]
        times = self._times(happened_on, start, end)
        _check_times(times, minutes, outcome)
        _check_reason(reason, outcome)
        references = self.references
        return VisitRow(
            number, _reference(visit), references[carer], references[subject], references[support], happened_on,
            times.starts_at if times else None, times.ends_at if times else None, minutes,
            times.minutes if times and outcome is Outcome.GIVEN else 0, self.carers[carers], outcome, reason)

    def _times(self, day: date, start: str, end: str) -> Times | None:
        known = (day, start, end)
        if known not in self.times:
            self.times[known] = _times(day, self.clocks[start], self.clocks[end])
        return self.times[known]

    def problems(self, name: str, row: Row) -> list[Problem]:
        """Everything that is wrong with a row. What depends on something wrong is not looked at."""
        number, (visit, carer, subject, support, day, start, end, planned, carers, result, reason) = row
        row_check = _RowCheck(place(name, number))
        for column, cell in (("visit", visit), ("carer", carer), ("person", subject), ("support", support)):
            row_check.read(column, _reference, cell)
        happened_on = row_check.read("date", self.days.read, day)
        starts, ends = row_check.read("start", self.clocks.read, start), row_check.read("end", self.clocks.read, end)
        minutes = row_check.read("planned_minutes", _planned_minutes, planned)
        row_check.read("planned_carers", _planned_carers, carers)
        outcome = row_check.read("outcome", _outcome, result)
        if outcome is not None:
            row_check.read("reason", lambda text: _check_reason(text, outcome), reason)
        if happened_on and outcome and minutes is not None and not row_check.wrong & {"start", "end"}:
            row_check.read("end", lambda _: _check_times(_times(happened_on, starts, ends), minutes, outcome), end)
        return row_check.problems


class _RowCheck:
    """Gathers what is wrong with one row."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []
        self.wrong: set[str] = set()

    def read(self, column: str, reader: Callable[[str], Value], cell: str) -> Value | None:
        try:
            return reader(cell)
        except InputError as error:
            self.problems.append(Problem(f"{self.where}, {column}", error.problem.what, error.problem.to_do))
            self.wrong.add(column)
            return None


def _reference(text: str) -> str:
    if not text:
        raise InputError("is blank.", "Give its reference.")
    return reference(text)


def _planned_minutes(text: str) -> int:
    if not text:
        raise InputError("is blank.", "Write whole minutes; 0 for something that is counted, like a session.")
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise InputError(f"“{text[:60]}” is not a number of whole minutes.", "Write 45 for 45 minutes, 90 for an hour and a half.")
    if int(text) > MOST_MINUTES:
        raise InputError(f"{text} minutes is longer than a day.", "Check the minutes, or divide the visit by day.")
    return int(text)


def _planned_carers(text: str) -> int:
    if text not in {str(number) for number in range(1, MOST_CARERS + 1)}:
        raise InputError(f"“{text[:60]}” is not a number of carers." if text else "is blank.",
                         f"Write how many carers were planned together, 1 to {MOST_CARERS}.")
    return int(text)


def _outcome(text: str) -> Outcome:
    try:
        return Outcome(text.casefold() or "given")
    except ValueError:
        raise InputError(f"“{text[:60]}” is not an outcome.", "Write given or cancelled; blank is given.") from None


def _check_reason(text: str, outcome: Outcome) -> None:
    if outcome is Outcome.CANCELLED and not text:
        raise InputError("is blank, and the visit was cancelled.", "Say why it was cancelled.")
    if len(text) > LONGEST_REASON:
        raise InputError(f"is {len(text)} characters long.", f"Shorten it to {LONGEST_REASON}.")


def _times(day: date, start: Clock | None, end: Clock | None) -> Times | None:
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise InputError(f"There is {'no start' if start is None else 'a start and no end'}.", "Give both, or neither.")
    return visit_times(day, start, end)


def _check_times(times: Times | None, planned_minutes: int, outcome: Outcome) -> None:
    """A visit that was given has its times, unless it is something counted; and no slip of the keyboard makes it a day long."""
    if times is None:
        if planned_minutes and outcome is Outcome.GIVEN:
            raise InputError("The start and the end are blank, and minutes were planned.",
                             "Give both times. For something counted, like a session, write 0 planned minutes.")
    elif times.next_day and times.minutes > planned_minutes + MOST_MINUTES_OVER_PLAN:
        raise InputError(f"The end is not after the start, so the visit would end on the next day and last "
                         f"{minutes_in_words(times.minutes)}; {minutes_in_words(planned_minutes)} were planned.",
                         "Check the two times. If they are right, divide the visit in two at midnight.")


def _instant_text(instant: datetime | None) -> str:
    return "" if instant is None else instant.isoformat()

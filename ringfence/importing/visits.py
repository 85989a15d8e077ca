"""Visits delivered or cancelled, from CSV or Excel. The format is in docs/formats/visits.md.

A row is one carer's support of one person (or one house) in one visit, so its key is visit + carer + person: two carers, or two people
who share a visit, are two rows and no duplicate.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from basics.collecting import not_collecting
from basics.errors import InputError, Problem
from basics.people import reference
from invoicing.delivery import CANCELLED_AT
from ringfence.importing.row_check import RowCheck
from ringfence.importing.table_headings import Column
from ringfence.importing.table_rows import place
from ringfence.importing.tables import Table, Taken, read_table
from ringfence.importing.uk_times import Clock, looks_month_first, read_clock, read_day, read_moment
from ringfence.importing.visit_cells import (
    Outcome,
    check_cancelled,
    check_reason,
    check_times,
    read_outcome,
    read_planned_carers,
    read_planned_minutes,
    read_reference,
    read_times,
)

COLUMNS = (
    Column("visit", needed=True), Column("carer", needed=True), Column("person", needed=True), Column("support", needed=True),
    Column("date", needed=True), Column("start"), Column("end"), Column("planned_minutes", needed=True),
    Column("planned_carers", needed=True), Column("outcome"), Column("reason"), Column("cancelled_at"),
)
_DATE = 4

Text = TypeVar("Text")
Value = TypeVar("Value")


class VisitRow(NamedTuple):
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
    cancelled_at: datetime | None = None

    @property
    def key(self) -> str:
        return f"{self.visit}|{self.carer}|{self.subject}"

    @property
    def content(self) -> str:
        """Everything but the row number in one line, to tell a row that came again from one that was changed. When a visit was cancelled
        stands in front, where it is known (`CANCELLED_AT`): no key begins so."""
        told = f"{CANCELLED_AT}{self.cancelled_at.isoformat()}|" if self.cancelled_at else ""
        times = (_instant_text(self.starts_at), _instant_text(self.ends_at))
        return told + "|".join((self.key, self.support_type, self.happened_on.isoformat(), *times, str(self.planned_minutes),
                         str(self.actual_minutes), str(self.planned_carers), self.outcome, self.reason))


def read_visits(path: Path) -> Taken[VisitRow]:
    """The visits in a file: the good rows, and every problem of each row that was not taken.

    The same row twice counts once. A key that comes again with other content is a problem of the later row: the first stands until
    a person decides. Raises `InputError` or `Refused` where the file as a whole cannot be taken.
    """
    return visits_in(read_table(path, known=COLUMNS))


@not_collecting()
def visits_in(table: Table) -> Taken[VisitRow]:
    """The same for a table that is read already: one of `COLUMNS`."""
    reader = _Reader(looks_month_first({cells[_DATE] for _, cells in table.rows}))
    problems, notices = list(table.problems), list(table.notices)
    kept: dict[tuple[str, ...], VisitRow] = {}
    references, told = reader.references, reader.told
    for number, cells in table.rows:
        visit, carer, subject, support = cells[:_DATE]
        try:
            row = VisitRow(number, reference(visit), references[carer], references[subject], references[support], *told[cells[_DATE:]])
        except InputError:
            problems += reader.problems(table.name, number, cells)
            continue
        known = kept.setdefault((visit, carer, subject), row)
        if known is not row:
            _say_what_came_again(table, known, row, problems, notices)
    return Taken(table.name, table.digest, tuple(kept.values()), tuple(problems), tuple(notices))


def _say_what_came_again(table: Table, known: VisitRow, again: VisitRow, problems: list[Problem], notices: list[str]) -> None:
    where = place(table.name, again.row_number)
    if known.content == again.content:
        notices.append(f"{where}: is the same as row {known.row_number}, and counts once.")
    else:
        problems.append(Problem(where, f"has the visit, carer and person of row {known.row_number}, with different details.",
                                "Keep the right one. Two visits need two references."))


_Told = tuple[date, datetime | None, datetime | None, int, int, int, Outcome, str, datetime | None]
"""What a `VisitRow` says from its day on."""


class _Memo(dict[Text, Value], Generic[Text, Value]):
    """What each text of a column means, worked out once: a file of 600,000 rows has few different days, people and minutes."""

    def __init__(self, read: Callable[[Text], Value]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: Text) -> Value:
        value = self[text] = self.read(text)
        return value


class _Reader:
    """Remembers what each text meant, and what the cells from the date on mean together. Each raises `InputError` for something that is wrong;
    `problems` has it all."""

    def __init__(self, month_first: str | None) -> None:
        self.references = _Memo(reference)
        self.days = _Memo[str, date](lambda text: read_day(text, month_first))
        self.clocks = _Memo[str, Clock | None](lambda text: read_clock(text) if text else None)
        self.minutes = _Memo(read_planned_minutes)
        self.carers = _Memo(read_planned_carers)
        self.outcomes = _Memo(read_outcome)
        self.cancelled = _Memo[str, datetime | None](lambda text: read_moment(text, month_first) if text else None)
        self.told = _Memo(self._tell)

    def _tell(self, cells: tuple[str, ...]) -> _Told:
        day, start, end, planned, carers, result, reason, cancelled = cells
        happened_on, outcome, minutes = self.days[day], self.outcomes[result], self.minutes[planned]
        times = read_times(happened_on, self.clocks[start], self.clocks[end])
        check_times(times, minutes, outcome)
        check_reason(reason, outcome)
        cancelled_at = self.cancelled[cancelled]
        check_cancelled(cancelled_at, outcome)
        return (happened_on, times.starts_at if times else None, times.ends_at if times else None, minutes,
                times.minutes if times and outcome is Outcome.GIVEN else 0, self.carers[carers], outcome, reason, cancelled_at)

    def problems(self, name: str, number: int, cells: tuple[str, ...]) -> list[Problem]:
        """Everything that is wrong with a row. What depends on something wrong is not looked at."""
        visit, carer, subject, support, day, start, end, planned, carers, result, reason, cancelled = cells
        row_check = RowCheck(place(name, number))
        for column, cell in (("visit", visit), ("carer", carer), ("person", subject), ("support", support)):
            row_check.read(column, read_reference, cell)
        happened_on = row_check.read("date", self.days.read, day)
        starts, ends = row_check.read("start", self.clocks.read, start), row_check.read("end", self.clocks.read, end)
        minutes = row_check.read("planned_minutes", read_planned_minutes, planned)
        row_check.read("planned_carers", read_planned_carers, carers)
        outcome = row_check.read("outcome", read_outcome, result)
        if outcome is not None:
            row_check.read("reason", lambda text: check_reason(text, outcome), reason)
            row_check.read("cancelled_at", lambda text: check_cancelled(self.cancelled[text], outcome), cancelled)
        if happened_on and outcome and minutes is not None and not row_check.wrong & {"start", "end"}:
            row_check.read("end", lambda _: check_times(read_times(happened_on, starts, ends), minutes, outcome), end)
        return row_check.problems


def _instant_text(instant: datetime | None) -> str:
    return "" if instant is None else instant.isoformat()

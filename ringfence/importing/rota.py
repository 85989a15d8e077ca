"""What each worker delivered, to whom, from CSV or Excel. The format is in docs/formats/rota.md."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from basics.errors import InputError, Problem
from basics.periods import Period
from costing.paid_time import Delivered
from ringfence.importing.payroll import read_text
from ringfence.importing.row_check import RowCheck
from ringfence.importing.table_headings import Column
from ringfence.importing.table_rows import place
from ringfence.importing.tables import Row, Table, Taken
from ringfence.importing.uk_times import looks_month_first, read_day
from ringfence.importing.visit_cells import read_planned_minutes, read_reference

COLUMNS = (Column("visit"), Column("worker", needed=True), Column("name"), Column("service", needed=True), Column("people", needed=True),
           Column("date", needed=True), Column("minutes", needed=True))
MOST_PEOPLE = 50
_DATE = 5


def rota_in(table: Table, period: Period) -> Taken[Delivered]:
    """The rows of a table that is one of `COLUMNS`: the good ones, and every problem of each that is not. Names are passed over."""
    found, problems = list[Delivered](), list(table.problems)
    month_first = looks_month_first({cells[_DATE] for _, cells in table.rows})
    visits: dict[tuple[str, str], str] = {}
    for row in table.rows:
        check = RowCheck(place(table.name, row[0]))
        delivered = _delivered(check, row, lambda text: _read_day(text, month_first, period))
        if delivered is not None:
            _once(check, visits, (row[1][0], delivered.worker))
        problems += check.problems
        found += [delivered] if delivered and not check.problems else []
    return Taken(table.name, table.digest, tuple(found), tuple(problems), tuple(table.notices))


def _delivered(check: RowCheck, row: Row, read_date: Callable[[str], date]) -> Delivered | None:
    _, (visit, worker, _name, service, people, day, minutes) = row
    if visit:
        check.read("visit", read_reference, visit)
    by, of = check.read("worker", read_reference, worker), check.read("service", _read_service, service)
    to, given = check.read("people", _read_people, people), check.read("minutes", _read_minutes, minutes)
    check.read("date", read_date, day)
    if check.problems or by is None or of is None or to is None or given is None:
        return None
    return Delivered(check.where, by, of, to, given)


def _once(check: RowCheck, visits: dict[tuple[str, str], str], key: tuple[str, str]) -> None:
    """The same visit of the same worker is delivered once, however often it was pasted."""
    before = visits.setdefault(key, check.where) if key[0] else check.where
    if before != check.where:
        check.problems.append(Problem(f"{check.where}, visit", f"{key[1]} has this visit already: {before}.",
                                      "Keep one row. Several people in one visit stand in one row, apart by “;”."))


def _read_service(text: str) -> str:
    if not text:
        raise InputError("is blank.", "Name the service, as the file of services does.")
    return read_text(text)


def _read_people(text: str) -> tuple[str, ...]:
    people = tuple(read_reference(each.strip()) for each in text.split(";"))
    if len(set(people)) < len(people):
        raise InputError("names somebody twice.", "Name each person once.")
    if len(people) > MOST_PEOPLE:
        raise InputError(f"has {len(people)} people.", f"Give at most {MOST_PEOPLE} in one row.")
    return people


def _read_minutes(text: str) -> int:
    minutes = read_planned_minutes(text) if text else 0
    if not minutes:
        raise InputError("0 minutes are no support." if text else "is blank.", "Write whole minutes, or take the row out.")
    return minutes


def _read_day(text: str, month_first: str | None, period: Period) -> date:
    day = read_day(text, month_first)
    if day not in period:
        raise InputError(f"“{text}” is not within {period}.", "Take the row out, or correct the day; the file of services says first and last.")
    return day

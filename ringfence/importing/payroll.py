"""What the payroll paid, and agencies invoiced, from CSV or Excel. The format is in docs/formats/payroll.md."""

from __future__ import annotations

import re
from fractions import Fraction

from basics.errors import InputError, Problem
from basics.money import Money
from basics.rounding import MINUTES_PER_HOUR, half_away_from_nil
from costing.paid_time import PaidTime, TimeKind
from ringfence.importing.row_check import RowCheck
from ringfence.importing.table_headings import Column
from ringfence.importing.table_rows import place
from ringfence.importing.tables import Row, Table, Taken
from ringfence.importing.visit_cells import read_reference

COLUMNS = (Column("worker", needed=True), Column("name"), Column("grade"), Column("staff"), Column("time"), Column("service"),
           Column("hours", needed=True), Column("cost", needed=True))
LONGEST_TEXT = 100
MOST_HOURS = 10_000
_CLOCK = re.compile(r"([0-9]{1,5}):([0-5][0-9])")
_HOURS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,20})?|[0-9]{1,3},[0-9]{3}(?:\.[0-9]{1,20})?")
_STAFF = {"": False, "own": False, "agency": True}


def payroll_in(table: Table) -> Taken[PaidTime]:
    """The rows of a table that is one of `COLUMNS`: the good ones, and every problem of each that is not. Names are passed over."""
    found, problems = list[PaidTime](), list(table.problems)
    for row in table.rows:
        check = RowCheck(place(table.name, row[0]))
        paid = _paid(check, row)
        problems += check.problems
        found += [paid] if paid else []
    return Taken(table.name, table.digest, tuple(found), tuple(problems), tuple(table.notices))


def _paid(check: RowCheck, row: Row) -> PaidTime | None:
    _, (worker, _name, grade, staff, time, service, hours, cost) = row
    known_by, is_agency = check.read("worker", read_reference, worker), check.read("staff", _read_staff, staff)
    kind, minutes = check.read("time", _read_kind, time), check.read("hours", read_hours, hours)
    amount = check.read("cost", _read_cost, cost)
    graded, booked = check.read("grade", read_text, grade), check.read("service", read_text, service)
    if kind is TimeKind.OFFICE and booked:
        check.problems.append(Problem(f"{check.where}, service", "Office time is no support, so it belongs to no service.",
                                      "Leave service blank, or say what else the time was."))
    if check.problems or known_by is None or is_agency is None or kind is None or minutes is None or amount is None:
        return None
    return PaidTime(check.where, known_by, graded or "", is_agency, kind, booked or "", minutes, amount.pence)


def read_text(text: str) -> str:
    """A word or two, like a grade or a service; it may be blank."""
    if len(text) > LONGEST_TEXT:
        raise InputError(f"is {len(text)} characters long.", f"Shorten it to {LONGEST_TEXT}.")
    return text


def read_hours(text: str) -> int:
    """Minutes from hours as a payroll writes them, `151.67` or `151:40`, to the nearest whole minute."""
    if not text:
        raise InputError("is blank.", "Write the hours, like 37.5 or 37:30; 0 where there are none.")
    if clock := _CLOCK.fullmatch(text):
        minutes = int(clock[1]) * MINUTES_PER_HOUR + int(clock[2])
    elif _HOURS.fullmatch(text):
        minutes = half_away_from_nil(Fraction(text.replace(",", "")) * MINUTES_PER_HOUR)
    else:
        raise InputError(f"“{text[:60]}” is not a number of hours.", "Write 37.5 or 37:30, nil or more.")
    if minutes > MOST_HOURS * MINUTES_PER_HOUR:
        raise InputError(f"{text} hours are more than one worker has.", "Check the hours.")
    return minutes


def _read_cost(text: str) -> Money:
    if not text:
        raise InputError("is blank.", "Write all that this time cost the employer, in pounds and pence; 0 where that is nothing.")
    return Money.parse(text)


def _read_staff(text: str) -> bool:
    if text.casefold() not in _STAFF:
        raise InputError(f"“{text[:60]}” is not a kind of staff.", "Write own or agency; blank is own.")
    return _STAFF[text.casefold()]


def _read_kind(text: str) -> TimeKind:
    try:
        return TimeKind(text.casefold().replace(" ", "-") or "worked")
    except ValueError:
        raise InputError(f"“{text[:60]}” is not a kind of paid time.", f"Write {', '.join(TimeKind)}; blank is worked.") from None

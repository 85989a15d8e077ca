"""Visits in a file: the clock of the United Kingdom, the key of a delivery row, and every bad row named."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringfence.importing.tables import Taken
from ringfence.importing.templates import template
from ringfence.importing.visit_cells import Outcome
from ringfence.importing.visits import COLUMNS, VisitRow, read_visits

HEAD = "visit,carer,person,support,date,start,end,planned_minutes,planned_carers,outcome,reason\n"
GOOD = {"visit": "V1", "carer": "C1", "person": "P001", "support": "outreach", "date": "2026-10-05", "start": "09:00", "end": "10:30",
        "planned_minutes": "90", "planned_carers": "1", "outcome": "", "reason": ""}


def row(**cells: str) -> str:
    return ",".join({**GOOD, **cells}.values()) + "\n"


def taken(folder: Path, *rows: str) -> Taken[VisitRow]:
    path = folder / "visits.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return read_visits(path)


def visit(folder: Path, **cells: str) -> VisitRow:
    found = taken(folder, row(**cells))
    assert not found.problems, found.problems
    return found.rows[0]


def problems_of(folder: Path, **cells: str) -> list[str]:
    found = taken(folder, row(**cells))
    assert not found.rows
    return [str(problem) for problem in found.problems]


def test_the_example_file_is_taken_whole(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_text(template("visits"), encoding="utf-8")
    found = read_visits(path)
    assert not found.problems
    assert not found.notices
    assert sum(one.actual_minutes for one in found.rows) == 90 + 50 + 45 + 45 + 0 + 360 + 600 + 0 + 60


def test_a_visit_is_read_whole(tmp_path: Path) -> None:
    assert visit(tmp_path) == VisitRow(
        2, "V1", "C1", "P001", "outreach", date(2026, 10, 5), datetime(2026, 10, 5, 8, 0, tzinfo=UTC),
        datetime(2026, 10, 5, 9, 30, tzinfo=UTC), 90, 90, 1, Outcome.GIVEN, "")


def test_the_key_is_visit_carer_and_person_so_two_carers_are_no_duplicate(tmp_path: Path) -> None:
    found = taken(tmp_path, row(), row(carer="C2"), row(person="P002"))
    assert [one.key for one in found.rows] == ["V1|C1|P001", "V1|C2|P001", "V1|C1|P002"]
    assert not found.problems
    assert not found.notices


def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    found = taken(tmp_path, row(), row(date="05/10/2026", start="9:00", outcome="given"))
    assert len(found.rows) == 1
    assert found.notices == ("visits.csv, row 3: is the same as row 2, and counts once.",)


def test_the_first_version_stands_where_the_same_key_comes_with_other_details(tmp_path: Path) -> None:
    found = taken(tmp_path, row(), row(end="10:45"))
    assert [one.actual_minutes for one in found.rows] == [90]
    assert [str(problem) for problem in found.problems] == [
        "visits.csv, row 3: has the visit, carer and person of row 2, with different details. "
        "Keep the right one. Two visits need two references."]


@pytest.mark.parametrize("cells", [
    {"support": "care"}, {"date": "2026-10-06"}, {"start": "09:01"}, {"end": "10:29"}, {"planned_minutes": "60"},
    {"planned_carers": "2"}, {"outcome": "cancelled", "reason": "away"}, {"reason": "late"},
])
def test_everything_but_the_row_number_is_content(tmp_path: Path, cells: dict[str, str]) -> None:
    assert visit(tmp_path, **cells).content != visit(tmp_path).content
    assert taken(tmp_path, "\n", row()).rows[0].content == visit(tmp_path).content


def test_only_given_support_has_actual_minutes(tmp_path: Path) -> None:
    cancelled = visit(tmp_path, outcome="Cancelled", reason="In hospital")
    assert (cancelled.actual_minutes, cancelled.planned_minutes, cancelled.outcome) == (0, 90, Outcome.CANCELLED)
    assert visit(tmp_path, outcome="cancelled", reason="In hospital", start="", end="").starts_at is None


def test_something_counted_has_no_times_and_no_minutes(tmp_path: Path) -> None:
    swim = visit(tmp_path, support="swimming", start="", end="", planned_minutes="0")
    assert (swim.starts_at, swim.ends_at, swim.actual_minutes) == (None, None, 0)


def test_start_and_end_may_be_left_out_where_everything_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_text("visit,carer,person,support,date,planned_minutes,planned_carers\nV1,C1,P1,swimming,2026-10-05,0,1\n")
    assert read_visits(path).rows[0].actual_minutes == 0


# the clock


@pytest.mark.parametrize(("day", "start", "end", "minutes"), [
    ("2026-10-05", "22:00", "07:00", 540),  # an ordinary night
    ("2026-03-28", "22:00", "07:00", 480),  # the clocks go forward
    ("2026-10-24", "22:00", "07:00", 600),  # the clocks go back
    ("2026-03-31", "23:30", "00:30", 60),
    ("2026-10-05", "23:00", "00:00", 60),  # the midnight at the end of the day
    ("2026-10-25", "00:30", "01:15+00:00", 105),
    ("2026-10-25", "00:30", "01:15+01:00", 45),
    ("2026-10-25", "01:45+01:00", "01:15Z", 30),
    ("2026-10-24", "22:00", "01:30+01:00", 210),
    ("2026-10-25", "22:00", "01:30", 210),  # the night after: 01:30 on the 26th happens once
    ("2026-10-05", "09:00:40", "10:30:10", 89),  # whole minutes, as far as they are full
    ("2026-10-05", "09:00+01:00", "10:30", 90),
])
def test_minutes_are_those_that_passed_not_those_on_the_wall(tmp_path: Path, day: str, start: str, end: str, minutes: int) -> None:
    assert visit(tmp_path, date=day, start=start, end=end, planned_minutes="540").actual_minutes == minutes


@pytest.mark.parametrize(("cells", "problem"), [
    ({"date": "2026-10-25", "start": "00:30", "end": "01:30"},
     "visits.csv, row 2, end: 01:30 happens twice on 25 October 2026, when the clocks go back. "
     "Write 01:30+01:00 for the first time, or 01:30+00:00 for the second."),
    ({"date": "2026-10-24", "start": "22:00", "end": "01:00"},
     "visits.csv, row 2, end: 01:00 happens twice on 25 October 2026, when the clocks go back. "
     "Write 01:00+01:00 for the first time, or 01:00+00:00 for the second."),
    ({"date": "2026-10-25", "start": "01:45+01:00", "end": "01:15"},
     "visits.csv, row 2, end: 01:15 happens twice on 25 October 2026, when the clocks go back. "
     "Write 01:15+01:00 for the first time, or 01:15+00:00 for the second."),
    ({"date": "2026-03-29", "start": "01:30", "end": "03:00"},
     "visits.csv, row 2, end: 01:30 does not exist on 29 March 2026: the clocks go forward from 01:00 to 02:00. "
     "Write the time that the clock showed."),
    ({"start": "09:00+00:00"},
     "visits.csv, row 2, end: 09:00 on 5 October 2026 is not at that offset from UTC in the United Kingdom. "
     "Leave the offset out; it is needed only where the clocks go back."),
    ({"start": "22:00", "end": "24:00"},
     "visits.csv, row 2, end: “24:00” is not a time of day. Write 00:00: as an end it is the midnight at the end of the day, "
     "and a start at midnight belongs to the next day."),
    ({"start": "9am"}, "visits.csv, row 2, start: “9am” is not a time of day. Write hours and minutes of the 24-hour clock, like 09:00."),
    ({"start": "25:00"},
     "visits.csv, row 2, start: “25:00” is not a time of day. Write hours and minutes of the 24-hour clock, like 09:00."),
    ({"end": ""}, "visits.csv, row 2, end: There is a start and no end. Give both, or neither."),
    ({"start": ""}, "visits.csv, row 2, end: There is no start. Give both, or neither."),
    ({"start": "", "end": ""},
     "visits.csv, row 2, end: The start and the end are blank, and minutes were planned. "
     "Give both times. For something counted, like a session, write 0 planned minutes."),
    ({"start": "10:30", "end": "09:00"},
     "visits.csv, row 2, end: The end is not after the start, so the visit would end on the next day and last 22 h 30 m; "
     "1 h 30 m were planned. Check the two times. If they are right, divide the visit in two at midnight."),
    ({"end": "09:00"},
     "visits.csv, row 2, end: The end is not after the start, so the visit would end on the next day and last 24 h; "
     "1 h 30 m were planned. Check the two times. If they are right, divide the visit in two at midnight."),
])
def test_a_time_that_is_not_certain_is_refused(tmp_path: Path, cells: dict[str, str], problem: str) -> None:
    assert problems_of(tmp_path, **cells) == [problem]


def test_a_whole_day_is_planned_as_one(tmp_path: Path) -> None:
    assert visit(tmp_path, start="09:00", end="09:00", planned_minutes="1440").actual_minutes == 1440


# days


@pytest.mark.parametrize("day", ["2026-10-05", "05/10/2026", "5/10/2026", "05-10-2026", "5.10.2026"])
def test_a_day_is_written_year_first_or_day_first(tmp_path: Path, day: str) -> None:
    assert visit(tmp_path, date=day).happened_on == date(2026, 10, 5)


@pytest.mark.parametrize(("day", "problem"), [
    ("", "is blank. Write the day as 2026-10-05 or 05/10/2026."),
    ("10/25/2026", "“10/25/2026” seems to have the month first. Write it as 2026-10-25, if that is the day."),
    ("05/10/26", "“05/10/26” has a year of two digits. Write all four digits, like 05/10/2026."),
    ("31/09/2026", "“31/09/2026” is not a day of the calendar. Write the day as 2026-10-05 or 05/10/2026."),
    ("2026-02-29", "“2026-02-29” is not a day of the calendar. Write the day as 2026-10-05 or 05/10/2026."),
    ("46300", "“46300” is not a day. Write the day as 2026-10-05 or 05/10/2026."),
    ("Monday", "“Monday” is not a day. Write the day as 2026-10-05 or 05/10/2026."),
    ("2026-10-05 09:00:00", "“2026-10-05 09:00:00” is not a day. Write the day as 2026-10-05 or 05/10/2026."),
    ("1926-10-05", "“1926-10-05” is in the year 1926. Check the year: 2000 to 2100 are taken."),
])
def test_a_day_that_is_not_certain_is_refused(tmp_path: Path, day: str, problem: str) -> None:
    assert problems_of(tmp_path, date=day) == [f"visits.csv, row 2, date: {problem}"]


def test_one_day_with_the_month_first_casts_doubt_on_the_others_of_the_file(tmp_path: Path) -> None:
    found = taken(tmp_path, row(visit="V1", date="10/25/2026"), row(visit="V2", date="10/05/2026"),
                  row(visit="V3", date="25/10/2026", start="9:00"), row(visit="V4", date="10/10/2026"), row(visit="V5"))
    assert [one.visit for one in found.rows] == ["V3", "V4", "V5"]
    assert str(found.problems[1]) == (
        "visits.csv, row 3, date: “10/05/2026” could be either of two days, because “10/25/2026” in the same file has the month first. "
        "Write the days of this file as 2026-10-05.")


# the other columns


@pytest.mark.parametrize(("cells", "problem"), [
    ({"visit": ""}, "visit: is blank. Give its reference."),
    ({"carer": "C 1"}, "carer: “C 1” cannot be used as a reference. Use letters, digits, dots, dashes and underscores, "
                       "starting with a letter or digit, 64 at most."),
    ({"planned_minutes": ""}, "planned_minutes: is blank. Write whole minutes; 0 for something that is counted, like a session."),
    ({"planned_minutes": "1.5"}, "planned_minutes: “1.5” is not a number of whole minutes. "
                                 "Write 45 for 45 minutes, 90 for an hour and a half."),
    ({"planned_minutes": "-90"}, "planned_minutes: “-90” is not a number of whole minutes. "
                                 "Write 45 for 45 minutes, 90 for an hour and a half."),
    ({"planned_minutes": "01:30"}, "planned_minutes: “01:30” is not a number of whole minutes. "
                                 "Write 45 for 45 minutes, 90 for an hour and a half."),
    ({"planned_minutes": "٩٠"}, "planned_minutes: “٩٠” is not a number of whole minutes. "
                                 "Write 45 for 45 minutes, 90 for an hour and a half."),
    ({"planned_minutes": "1501"}, "planned_minutes: 1501 minutes is longer than a day. Check the minutes, or divide the visit by day."),
    ({"planned_carers": ""}, "planned_carers: is blank. Write how many carers were planned together, 1 to 4."),
    ({"planned_carers": "5"}, "planned_carers: “5” is not a number of carers. Write how many carers were planned together, 1 to 4."),
    ({"outcome": "done"}, "outcome: “done” is not an outcome. Write given or cancelled; blank is given."),
    ({"outcome": "cancelled"}, "reason: is blank, and the visit was cancelled. Say why it was cancelled."),
    ({"reason": "a" * 501}, "reason: is 501 characters long. Shorten it to 500."),
])
def test_a_cell_that_cannot_be_taken_says_where_and_what_to_do(tmp_path: Path, cells: dict[str, str], problem: str) -> None:
    assert problems_of(tmp_path, **cells) == [f"visits.csv, row 2, {problem}"]


def test_everything_that_is_wrong_with_a_row_is_said(tmp_path: Path) -> None:
    cells = dict.fromkeys(GOOD, "?") | {"reason": "a" * 600}
    assert [problem.split(":")[0] for problem in problems_of(tmp_path, **cells)] == [
        f"visits.csv, row 2, {column.name}" for column in COLUMNS[:10]]


def test_a_workbook_gives_the_same_visits_as_a_csv_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Visit", "Carer", "Person", "Support", "Date", "Start", "End", "Planned minutes", "Planned carers"])
    book.active.append(["V1", "C1", "P001", "outreach", date(2026, 10, 5), time(9),
                        time(10, 30), 90, 1])
    book.save(tmp_path / "visits.xlsx")
    found = read_visits(tmp_path / "visits.xlsx")
    assert found.problems == ()
    assert found.rows[0].content == visit(tmp_path).content


_CELL = st.one_of(
    st.sampled_from(["V1", "P001", "2026-10-25", "25/10/2026", "01:30", "01:30+01:00", "23:59", "24:00", "0", "90", "1", "cancelled", ""]),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters='",;\t\r\n'), max_size=12))
_NEARLY_GOOD = st.tuples(*(st.one_of(st.just(cell), _CELL) for cell in GOOD.values())).map(list)
_ROW = st.one_of(st.lists(_CELL, max_size=12), _NEARLY_GOOD)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_ROW, max_size=8))
def test_every_row_is_taken_or_is_a_problem_or_a_notice_and_none_is_lost(tmp_path: Path, rows: list[list[str]]) -> None:
    found = taken(tmp_path, *(",".join(cells) + "\n" for cells in rows))
    told = {int(number) for said in [*(problem.place for problem in found.problems), *found.notices]
            for number in re.findall(r"^visits\.csv, row ([0-9]+)", said)}
    taken_rows = {one.row_number for one in found.rows}
    assert not taken_rows & told
    assert taken_rows | told == {number for number, cells in enumerate(rows, start=2) if any(cell.strip() for cell in cells)}
    assert all(0 <= one.actual_minutes <= 25 * 60 for one in found.rows)

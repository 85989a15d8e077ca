"""A payroll and a rota: their documented columns and examples, and what is wrong in a row told with its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter

import ringfence
from basics.errors import InputError, Refused
from basics.periods import Month
from costing.paid_time import Delivered, PaidTime, TimeKind
from ringfence.importing import payroll, rota
from ringfence.importing.payroll import payroll_in, read_hours
from ringfence.importing.rota import rota_in
from ringfence.importing.tables import Taken, table_of
from ringfence.importing.templates import template

FORMATS = Path(ringfence.__file__).parents[1] / "docs" / "formats"
OCTOBER = Month(2026, 10).period
PAYROLL = "worker,name,grade,staff,time,service,hours,cost\n"
ROTA = "visit,worker,name,service,people,date,minutes\n"


def paid(text: str | bytes) -> Taken[PaidTime]:
    return payroll_in(table_of(text if isinstance(text, bytes) else text.encode(), "payroll.csv", known=payroll.COLUMNS))


def given(text: str) -> Taken[Delivered]:
    return rota_in(table_of(text.encode(), "rota.csv", known=rota.COLUMNS), OCTOBER)


@pytest.mark.parametrize(("page", "columns"), [("payroll", payroll.COLUMNS), ("rota", rota.COLUMNS)])
def test_every_column_is_documented_and_whether_it_is_needed(page: str, columns: tuple[payroll.Column, ...]) -> None:
    text = (FORMATS / f"{page}.md").read_text(encoding="utf-8")
    for column in columns:
        assert f"| {column.name} | {'yes' if column.needed else 'no'} |" in text


def test_every_kind_of_time_is_documented() -> None:
    text = (FORMATS / "payroll.md").read_text(encoding="utf-8")
    assert [kind for kind in TimeKind if f"`{kind}`" not in text] == []


@pytest.mark.parametrize("kind", ["payroll", "rota"])
def test_the_documented_rows_stand_in_the_example(kind: str) -> None:
    shown = (FORMATS / f"{kind}.md").read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    assert set(shown.splitlines()) <= set(template(kind).splitlines())


def test_the_examples_are_taken_whole() -> None:
    for taken, rows in ((paid(template("payroll")), template("payroll")), (given(template("rota")), template("rota"))):
        assert (len(taken.rows), taken.problems, taken.notices) == (len(rows.splitlines()) - 1, (), ())


def test_names_of_workers_are_passed_over() -> None:
    assert "Yusuf" not in repr((paid(f"{PAYROLL}W1,Amina Yusuf,,,,,1,9.50\n"), given(f"{ROTA},W1,Amina Yusuf,Outreach,P1,2026-10-05,60\n")))


def test_a_workbook_does_as_well(tmp_path: Path) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        sheet = workbook.add_worksheet()
        for n, cells in enumerate(csv.reader(template("payroll").splitlines())):
            sheet.write_row(n, 0, [float(cell) if cell.replace(".", "").isdigit() else cell for cell in cells])
    assert [(row.worker, row.minutes, row.pence) for row in paid(content.getvalue()).rows] == [
        (row.worker, row.minutes, row.pence) for row in paid(template("payroll")).rows]


@pytest.mark.parametrize(("text", "minutes"), [("37.5", 2250), ("37:30", 2250), ("151.67", 9100), ("0", 0), ("1,040", 62_400), ("7.33", 440)])
def test_hours_are_read_as_payrolls_write_them_to_the_nearest_minute(text: str, minutes: int) -> None:
    assert read_hours(text) == minutes


@pytest.mark.parametrize("text", ["", "7h30", "-4", "7:60", "1e3", "10001", "½", "7,5", "1.2.3", "NaN"])
def test_hours_that_could_mean_something_else_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_hours(text)


def test_pay_that_is_taken_back_is_below_nil() -> None:
    row, = paid(f"{PAYROLL}W1,,,,holiday,,0,-120.50\n").rows
    assert (row.minutes, row.pence, row.kind) == (0, -12050, TimeKind.HOLIDAY)


@pytest.mark.parametrize(("row", "says"), [
    (",,,,,,7,9", "payroll.csv, row 2, worker: is blank."),
    ("Amina Yusuf,,,,,,7,9", "row 2, worker: “Amina Yusuf” cannot be used as a reference."),
    ("W1,,,bank,,,7,9", "row 2, staff: “bank” is not a kind of staff. Write own or agency; blank is own."),
    ("W1,,,,lunch,,7,9", "row 2, time: “lunch” is not a kind of paid time. Write worked, travel, training,"),
    ("W1,,,,,,seven,9", "row 2, hours: “seven” is not a number of hours. Write 37.5 or 37:30"),
    ("W1,,,,,,7,", "row 2, cost: is blank. Write all that this time cost the employer"),
    ("W1,,,,,,7,9.005", "row 2, cost: “9.005” is not an amount of money."),
    ("W1,,,,office,Outreach,7,9", "row 2, service: Office time is no support, so it belongs to no service."),
    (f"W1,,{'x' * 101},,,,7,9", "row 2, grade: is 101 characters long."),
    ("W1,,=cmd|' /C calc'!A0,,,,7,9", "row 2, grade: “=cmd|' /C calc'!A0” begins with “=”, which a spreadsheet would run as a formula."),
    ("Total,,,,,,7,9", "row 2: looks like a total of the other rows, and was set aside."),
])
def test_what_is_wrong_in_a_payroll_says_where_and_what_to_do(row: str, says: str) -> None:
    taken = paid(PAYROLL + row + "\n")
    assert taken.rows == ()
    assert says in "\n".join(map(str, taken.problems))


@pytest.mark.parametrize(("row", "says"), [
    (",W1,,,P1,2026-10-05,60", "rota.csv, row 2, service: is blank. Name the service"),
    (",W1,,Outreach,,2026-10-05,60", "row 2, people: is blank."),
    (",W1,,Outreach,P1;P1,2026-10-05,60", "row 2, people: names somebody twice."),
    (",W1,,Outreach,P1;;P2,2026-10-05,60", "row 2, people: is blank."),
    (",W1,,Outreach,Tom Hale,2026-10-05,60", "row 2, people: “Tom Hale” cannot be used as a reference."),
    (f",W1,,Outreach,{';'.join(f'P{n}' for n in range(51))},2026-10-05,60", "row 2, people: has 51 people."),
    (",W1,,Outreach,P1,2026-11-01,60", "row 2, date: “2026-11-01” is not within 1 to 31 October 2026."),
    (",W1,,Outreach,P1,05/10/26,60", "row 2, date: “05/10/26” has a year of two digits."),
    (",W1,,Outreach,P1,2026-10-05,0", "row 2, minutes: 0 minutes are no support."),
    (",W1,,Outreach,P1,2026-10-05,1.5", "row 2, minutes: “1.5” is not a number of whole minutes."),
    (",W1,,Outreach,P1,2026-10-05,1501", "row 2, minutes: 1501 minutes is longer than a day."),
    ("a b,W1,,Outreach,P1,2026-10-05,60", "row 2, visit: “a b” cannot be used as a reference."),
])
def test_what_is_wrong_in_a_rota_says_where_and_what_to_do(row: str, says: str) -> None:
    taken = given(ROTA + row + "\n")
    assert taken.rows == ()
    assert says in "\n".join(map(str, taken.problems))


def test_a_visit_of_a_worker_counts_once_and_of_two_workers_twice() -> None:
    taken = given(f"{ROTA}V1,W1,,Outreach,P1,2026-10-05,60\nV1,W2,,Outreach,P1,2026-10-05,60\nV1,W1,,Outreach,P1,2026-10-05,60\n")
    assert [row.worker for row in taken.rows] == ["W1", "W2"]
    assert [str(problem) for problem in taken.problems] == [
        "rota.csv, row 4, visit: W1 has this visit already: rota.csv, row 2. "
        "Keep one row. Several people in one visit stand in one row, apart by “;”."]


def test_everything_that_is_wrong_in_a_row_is_told_at_once() -> None:
    assert len(paid(f"{PAYROLL},,,bank,lunch,,x,y\n").problems) == 5


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04broken", b"nothing,like\nit,1\n"])
def test_what_is_no_such_table_is_refused_in_words(content: bytes) -> None:
    with pytest.raises((InputError, Refused)):
        paid(content)

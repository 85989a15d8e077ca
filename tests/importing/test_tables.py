"""A table in CSV or Excel: what is read, what is set aside, and what is never opened."""

from __future__ import annotations

import io
import re
import time
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from basics.errors import InputError, Refused, RingfenceError
from ringfence.importing import tables, workbook_check
from ringfence.importing.table_headings import Column
from ringfence.importing.tables import Table, read_table

KNOWN = (Column("reference", needed=True), Column("name", needed=True), Column("planned_minutes"))


def written(folder: Path, content: str | bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def table_of(folder: Path, content: str | bytes) -> Table:
    return read_table(written(folder, content), known=KNOWN)


def workbook_of(rows: list[list[object]], **others: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, cells in others.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def repacked(content: bytes, part: str, change: object) -> bytes:
    """The same workbook with one part of its zip changed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            data = old.read(entry)
            new.writestr(entry, change(data) if entry == part else data)
    return kept.getvalue()


PLAIN = "reference,name\nP001,Amina Yusuf\nP002,Tom Hale\n"
BOTH = [(2, ("P001", "Amina Yusuf", "")), (3, ("P002", "Tom Hale", ""))]


@pytest.mark.parametrize("content", [
    PLAIN.encode(), PLAIN.encode("utf-8-sig"), PLAIN.replace("\n", "\r\n").encode(), PLAIN.replace("\n", "\r").encode(),
    PLAIN.replace(",", ";").encode(), PLAIN.replace(",", "\t").encode(), PLAIN.replace(",", "\t").encode("utf-16"),
    PLAIN.replace("reference,name", "REFERENCE, Name *,").encode(), PLAIN.replace("P001,", "\n,,\n P001 ,").encode(),
    workbook_of([["Reference", "Name"], ["P001", "Amina Yusuf"], ["P002", "Tom Hale"]]),
], ids=["utf-8", "bom", "crlf", "cr", "semicolon", "tab", "utf-16", "headings in any case", "blank rows", "workbook"])
def test_the_same_table_is_read_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    assert [cells for _, cells in table_of(tmp_path, content).rows] == [cells for _, cells in BOTH]


def test_a_row_keeps_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    table = table_of(tmp_path, "People of Halden\n\nreference,name\n\nP001,Amina Yusuf\n")
    assert table.rows == [(5, ("P001", "Amina Yusuf", ""))]
    assert table_of(tmp_path, workbook_of([[], ["The list"], ["reference", "name"], [], ["P001", "Amina"]])).rows[0][0] == 5


def test_the_kind_of_file_shows_in_its_content_and_not_in_its_name(tmp_path: Path) -> None:
    path = written(tmp_path, workbook_of([["reference", "name"], ["P001", "Amina Yusuf"]]), "people.csv")
    assert read_table(path, known=KNOWN).rows == [(2, ("P001", "Amina Yusuf", ""))]


def test_windows_1252_is_read_and_said_so(tmp_path: Path) -> None:
    table = table_of(tmp_path, "reference,name\nP001,Zoë Nuñez\n".encode("cp1252"))
    assert table.rows == [(2, ("P001", "Zoë Nuñez", ""))]
    assert "it was read as Windows-1252" in table.notices[0]


def test_every_column_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        table_of(tmp_path, "referense,planned minutes,Planned_Minutes,NHS number,reference\nP001,1,2,3,4\n")
    assert [str(problem) for problem in refused.value.problems] == [
        "people.csv, column “referense”: is not one that is known here. Remove it or rename it. Did you mean “reference”?",
        "people.csv, column “NHS number”: is not one that is known here. Remove it or rename it.",
        "people.csv, column planned_minutes: stands there twice. Keep one of the two.",
        "people.csv, column name: is missing. Add the column.",
    ]
    assert "The columns are: reference, name, planned_minutes." in str(refused.value)


def test_a_total_row_is_set_aside_with_its_number(tmp_path: Path) -> None:
    table = table_of(tmp_path, PLAIN + ",Grand total\nTotal,2\n")
    assert table.rows == BOTH
    assert [problem.place for problem in table.problems] == ["people.csv, row 4", "people.csv, row 5"]
    assert "looks like a total" in table.problems[0].what


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+44 1632", "-cmd", "@SUM(A1)", " =1+1", "-", "\t=1+1"])
def test_a_formula_in_a_name_is_set_aside(tmp_path: Path, name: str) -> None:
    table = table_of(tmp_path, f'reference,name\nP001,"{name}"\nP002,Tom Hale\n')
    assert [number for number, _ in table.rows] == [3]
    assert table.problems[0].place == "people.csv, row 2, name"


def test_a_number_with_a_minus_is_not_a_formula(tmp_path: Path) -> None:
    assert table_of(tmp_path, "reference,name,planned_minutes\nP001,Tom,-45.00\n").rows == [(2, ("P001", "Tom", "-45.00"))]


@pytest.mark.parametrize("name", ["Tom\x00Hale", "Tom\x07Hale", "Tom\u202eelaH", 'Tom\nHale', "Tom\x85Hale"])
def test_a_character_that_cannot_be_seen_is_set_aside(tmp_path: Path, name: str) -> None:
    table = table_of(tmp_path, f'reference,name\nP001,"{name}"\n')
    assert not table.rows
    assert "cannot be seen" in table.problems[0].what


def test_a_quotation_mark_left_open_refuses_the_file_and_names_the_row(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"people\.csv, row 3: A quotation mark is opened here and not closed"):
        table_of(tmp_path, 'reference,name\nP001,Tom\nP002,"Amina\nP003,Grace\n')


def test_a_cell_outside_the_table_is_not_passed_over(tmp_path: Path) -> None:
    table = table_of(tmp_path, "reference,name,,\nP001,Tom,,\nP002,Amina,late,\nP003,Grace,,,note\n")
    assert table.rows == [(2, ("P001", "Tom", ""))]
    assert "“late” stands in a column without a heading (3 from the left)" in table.problems[0].what
    assert "“note” stands in a column without a heading (5 from the left)" in table.problems[1].what


@pytest.mark.parametrize(("content", "message"), [
    (b"", "The file is empty."),
    (b"a,b\n1,2\n", "There is no row of headings within the first 20 rows. Give the columns these headings: reference, name"),
    (b"\n" * 30 + PLAIN.encode(), "There is no row of headings within the first 20 rows."),
    (b"\x81\x8d\x8f\x90" * 20, "This is not a text file, nor an Excel workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"an Excel file of the old kind \(.xls\), or one with a password"),
    (b"PK\x03\x04 and nothing that is a zip", "The workbook is damaged."),
])
def test_a_file_that_holds_no_table_says_why(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        table_of(tmp_path, content)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no such file"):
        read_table(tmp_path / "missing.csv", known=KNOWN)
    with pytest.raises(InputError, match="This is a folder and not a file"):
        read_table(tmp_path, known=KNOWN)


# workbooks


def test_cells_of_a_workbook_are_read_as_a_person_sees_them(tmp_path: Path) -> None:
    columns = tuple(Column(name) for name in ("day", "moment", "start", "minutes", "rate", "yes", "midnight", "long"))
    moment = datetime.combine(date(2026, 10, 5), clock(9, 30))
    content = workbook_of([[column.name for column in columns],
                           [date(2026, 10, 5), moment, clock(9, 5), 45, 24.4, True, 1, 12345678901234567]])
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.active["G2"].number_format = "hh:mm"
    book.save(tmp_path / "visits.xlsx")
    assert read_table(tmp_path / "visits.xlsx", known=columns).rows == [
        (2, ("2026-10-05", "2026-10-05 09:30:00", "09:05", "45", "24.4", "TRUE", "24:00", "1.234568e+16"))]


def test_other_sheets_with_rows_are_named_and_empty_or_hidden_first_ones_do_not_matter(tmp_path: Path) -> None:
    content = workbook_of([["old"]], People=[["reference", "name"], ["P001", "Tom"]], More=[["reference"], ["P002"]], Blank=[])
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    book.save(tmp_path / "people.xlsx")
    table = read_table(tmp_path / "people.xlsx", known=KNOWN)
    assert table.rows == [(2, ("P001", "Tom", ""))]
    assert table.notices == ["people.xlsx: only the sheet “People” was read. These hold rows too, and were not: “Sheet”, “More”."]


def test_300_mb_in_300_kb_is_refused_at_once_and_with_little_memory(tmp_path: Path) -> None:
    bomb = repacked(workbook_of([["reference"]]), "xl/worksheets/sheet1.xml",
                    lambda data: data.replace(b"</sheetData>", b"</sheetData>" + b" " * 300_000_000))
    assert len(bomb) < 350_000
    path = written(tmp_path, bomb, "people.xlsx")
    began = time.process_time()
    with pytest.raises(InputError, match="unpacks to more than 100 MB"):
        read_table(path, known=KNOWN)
    assert time.process_time() - began < 3  # about half a second where nothing else runs
    tracemalloc.start()
    with pytest.raises(InputError, match="unpacks to more than 100 MB"):
        read_table(path, known=KNOWN)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_what_a_zip_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    bomb = repacked(workbook_of([["reference"]]), "xl/worksheets/sheet1.xml", lambda data: data + b" " * 120_000_000)
    with zipfile.ZipFile(io.BytesIO(bomb)) as packed:
        true_size = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = bomb.replace(true_size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bomb
    with pytest.raises(InputError, match="unpacks to more than 100 MB"):
        read_table(written(tmp_path, lying), known=KNOWN)


@pytest.mark.parametrize("address", ["XFD1048576", "XFD200000", "ZZ999999"])
def test_a_cell_far_from_the_table_is_refused_before_room_is_made_for_it(tmp_path: Path, address: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active[address] = "reference", "stray"
    book.save(tmp_path / "people.xlsx")
    with pytest.raises(InputError, match=r"which is more than is read\. Delete what stands far from the table"):
        read_table(tmp_path / "people.xlsx", known=KNOWN)


def test_a_cell_without_its_address_is_refused(tmp_path: Path) -> None:
    content = repacked(workbook_of([["reference"]]), "xl/worksheets/sheet1.xml", lambda data: data.replace(b' r="A1"', b""))
    with pytest.raises(InputError, match="Some cells of the workbook have no address"):
        table_of(tmp_path, content)


def test_an_address_cut_in_two_by_the_stream_is_still_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_check, "_CHUNK_BYTES", 7)
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD200000"] = "reference", "stray"
    book.save(tmp_path / "people.xlsx")
    with pytest.raises(InputError, match="reach down to row 200,000 and across to column 16,384"):
        read_table(tmp_path / "people.xlsx", known=KNOWN)


def test_a_cell_in_error_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"people\.csv, sheet “Sheet”, cell B2: shows an error, such as #N/A\. Correct it, and save\."):
        table_of(tmp_path, workbook_of([["reference", "name"], ["P001", "#N/A"]]))


def with_formula(cell: bytes) -> bytes:
    """A table whose B2 is a formula, written as `cell`."""
    return repacked(workbook_of([["reference", "name"], ["P001", "=1+1"]]), "xl/worksheets/sheet1.xml",
                    lambda data: re.sub(rb'<c r="B2".*?</c>', cell, data))


@pytest.mark.parametrize("cell", [
    b'<c r="B2"><f>1+1</f><v></v></c>', b'<c r="B2"><f>1+1</f><v/></c>', b'<c r="B2"><f>1+1</f></c>', b'<c t="str" r="B2"><f>1+1</f></c>',
    b'<c r="B2" s="1"><f t="shared" si="0"/></c>',
])
@pytest.mark.parametrize("chunk_bytes", [7, 1 << 20])
def test_a_formula_whose_value_nobody_stored_is_not_an_empty_cell(
        tmp_path: Path, cell: bytes, chunk_bytes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_check, "_CHUNK_BYTES", chunk_bytes)
    with pytest.raises(Refused, match=r"sheet “Sheet”, cell B2: holds a formula whose value is not stored\. Open it in Excel or LibreOffice"):
        table_of(tmp_path, with_formula(cell))


@pytest.mark.parametrize(("cell", "read"), [
    (b'<c r="B2"><f>1+1</f><v>2</v></c>', "2"), (b'<c r="B2" t="str"><f>1+1</f><v>Tom</v></c>', "Tom"),
    (b'<c r="B2" t="str"><f>""</f><v></v></c>', ""),
])
def test_a_formula_is_read_as_what_it_last_came_to_and_that_may_be_an_empty_text(tmp_path: Path, cell: bytes, read: str) -> None:
    assert table_of(tmp_path, with_formula(cell)).rows == [(2, ("P001", read, ""))]


def test_of_many_formulas_without_a_value_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        table_of(tmp_path, workbook_of([["reference", "name"], *(["P001", "=1+1"] for _ in range(50))]))
    assert [str(each) for each in refused.value.problems][19:] == [
        "people.csv, sheet “Sheet”, cell B21: holds a formula whose value is not stored. Open it in Excel or LibreOffice, and save it.",
        "people.csv, sheet “Sheet”: And 30 more cells like these."]


def test_hidden_rows_and_columns_that_hold_something_are_read_and_named(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of([["reference", "name"], ["P001", "Tom"], ["P002", "Amina"]])))
    for n in (3, 9):
        book.active.row_dimensions[n].hidden = True
    for letter in "BD":
        book.active.column_dimensions[letter].hidden = True
    book.save(tmp_path / "people.xlsx")
    table = read_table(tmp_path / "people.xlsx", known=KNOWN)
    assert len(table.rows) == 2
    assert table.notices == ["people.xlsx, sheet “Sheet”: column B, row 3: hidden, and read like the others."]


def test_a_zip_that_is_no_workbook_says_so(tmp_path: Path) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("people.csv", PLAIN)
    with pytest.raises(InputError, match="This is a zip file and not an Excel workbook"):
        table_of(tmp_path, kept.getvalue())


def test_other_kinds_of_workbook_are_not_opened_under_the_name_of_this_one(tmp_path: Path) -> None:
    kept = io.BytesIO(workbook_of([["reference", "name"]]))
    with zipfile.ZipFile(kept, "a") as packed:
        packed.writestr("content.xml", "<table/>")
    with pytest.raises(InputError, match="not an Excel workbook"):
        table_of(tmp_path, kept.getvalue())


@pytest.mark.parametrize(("limit", "content", "message"), [
    ("LARGEST_TEXT_BYTES", PLAIN.encode(), r"The file is 0 MB, and at most 0 MB are read\. Divide it by month\."),
    ("LARGEST_WORKBOOK_BYTES", workbook_of([["reference", "name"]]), "Save the sheet as CSV, or divide it by month"),
    ("MOST_ROWS", PLAIN.encode(), r"The file has more than 1 rows\. Divide it by month\."),
])
def test_a_file_beyond_a_limit_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, content: bytes,
                                               message: str) -> None:
    monkeypatch.setattr(tables, limit, 1)
    with pytest.raises(InputError, match=message):
        table_of(tmp_path, content)


# anything at all


def read_or_refused(path: Path) -> None:
    """A table, or an error that is meant for a person; any other exception fails the test."""
    with suppress(RingfenceError):
        assert all(len(cells) == len(KNOWN) for _, cells in read_table(path, known=KNOWN).rows)


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(st.binary(max_size=400))
def test_random_bytes_are_a_table_or_an_error_for_a_person(tmp_path: Path, content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"reference,name\n"):
        read_or_refused(written(tmp_path, start + content))


@FUZZ
@given(st.text(max_size=300))
def test_any_text_is_a_table_or_an_error_for_a_person(tmp_path: Path, content: str) -> None:
    read_or_refused(written(tmp_path, ("reference;name\n" + content).encode("utf-8", "surrogatepass")))


GOOD_WORKBOOK = workbook_of([["reference", "name"], ["P001", "Amina Yusuf"], ["P002", 12.5]])


@FUZZ
@given(st.data())
def test_a_spoiled_workbook_is_a_table_or_an_error_for_a_person(tmp_path: Path, data: st.DataObject) -> None:
    spoiled = bytearray(GOOD_WORKBOOK)
    for place in data.draw(st.lists(st.integers(0, len(spoiled) - 1), max_size=6)):
        spoiled[place] = data.draw(st.integers(0, 255))
    read_or_refused(written(tmp_path, bytes(spoiled[: data.draw(st.integers(1, len(spoiled)))])))


def test_blank_cells_past_the_last_heading_do_no_harm_where_a_column_is_left_out(tmp_path: Path) -> None:
    table = table_of(tmp_path, "reference,name\nP001,Tom,\nP002,Amina,,,\nP003\n")
    assert (table.rows, table.problems) == ([(2, ("P001", "Tom", "")), (3, ("P002", "Amina", "")), (4, ("P003", "", ""))], [])


MESSY = st.lists(st.lists(st.sampled_from(["P001", "Zoë", " Tom ", "", " ", "Total", "=1+1", "-5", "a\u202eb"]), max_size=4), max_size=9)


@settings(FUZZ, max_examples=60)
@given(MESSY, st.sampled_from(["reference,name", "name,planned_minutes,reference", "reference,,name"]))
def test_how_many_rows_are_looked_at_together_changes_nothing(tmp_path: Path, rows: list[list[str]], headings: str) -> None:
    content, found = "\n".join([headings, *map(",".join, rows)]), []
    for at_once in (1, 3, 5_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tables, "AT_ONCE", at_once)
            found.append(table_of(tmp_path, content))
    assert found[0] == found[1] == found[2]

"""Files that are not as they should be: what is wrong, where, what to do; and nothing of them is stored by halves."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable

import pytest

from tests.cli.desk import EXAMPLES, Desk

Refused = Callable[..., str]
VISITS = ("import", "visits")
MEGABYTE = 1_000_000

MEASURED = """import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)"""
"""Runs a command and prints the most memory that it used. A process begins with what its parent used, so the parent is a small one."""



def test_unknown_columns_are_all_named_and_nothing_is_read(with_agreements: Desk, refused: Refused) -> None:
    with_agreements.change("visits.csv", ("planned_minutes", "minutes_planned"), (",reason", ",why"))
    refused(with_agreements, *VISITS, "visits.csv", "--as", "asha", says=(
        "visits.csv, column “minutes_planned”: is not one that is known here. Remove it or rename it.",
        "visits.csv, column “why”: is not one", "visits.csv, column planned_minutes: is missing. Add the column."))


@pytest.mark.parametrize(("old", "new", "says"), [
    ("62,000.00", "about 62k", "apply.yaml, line 32, contracts, item 1 (SG-BLOCK-2026), pounds: “about 62k” is not an amount of money."),
    ("62,000.00", "-62000", "-£62,000.00 is below nil. Write nil or more."),
    ("pounds: 350.00", "pounds: -350.00", "(EX-0001), pounds: -£350.00 is below nil."),
    ("pounds: 24.40", "pounds: -24.40", "(outreach-hour), pounds: -24.40 is out of bounds."),
    ("pounds: 62,000.00", "pounds: 62000.005", "has more than two decimals. Write whole pence."),
])
def test_text_or_less_than_nil_where_money_belongs_is_refused_at_its_line(
        with_people: Desk, refused: Refused, old: str, new: str, says: str) -> None:
    with_people.change("apply.yaml", (old, new))
    refused(with_people, "apply", "apply.yaml", "--as", "asha", says=says)


def test_every_problem_of_a_file_is_told_at_once(with_people: Desk, refused: Refused) -> None:
    with_people.change("apply.yaml", ("62,000.00", "lots"), ("pounds: 24.40", "pounds: -1"), ("share: 60", "share: 160"))
    told = refused(with_people, "apply", "apply.yaml", "--as", "asha", says="apply.yaml was not taken:")
    assert len(told.splitlines()) == 4


def test_a_file_that_refers_to_nobody_known_is_refused_after_it_was_tried(with_people: Desk, refused: Refused) -> None:
    with_people.change("apply.yaml", ("{reference: peggy, kind: person, person: P004}", "{reference: peggy, kind: person, person: P044}"))
    refused(with_people, "apply", "apply.yaml", "--as", "asha",
            says="funders, item 3 (peggy), person: “P044” is not a person here. Import the person first: ringfence import people FILE")


def test_what_a_split_allocates_is_not_brought_over_as_well(with_people: Desk, refused: Refused) -> None:
    opening = ("control: {used: 8100.00,", "control: {allocation: 100.00, used: 8100.00,")
    allocated = ("southgate, used: 5200.00", "southgate, allocation: 100.00, used: 5200.00")
    with_people.change("apply.yaml", opening, allocated)
    refused(with_people, "apply", "apply.yaml", "--as", "asha", says=(
        "funds, item 1 (P001), allocation: would count twice: a split allocates the whole of its contract to P001", "Take it out."))
    with_people.apply()
    with_people.write("more.yaml", """openings:
  - opening: again
    on: 2026-05-31
    control: {allocation: 100.00}
    funds: [{person: P001, fund: isf, funder: southgate, allocation: 100.00}]
""")
    refused(with_people, "apply", "more.yaml", "--as", "asha", says="allocation: would count twice")


@pytest.mark.parametrize("minutes", ["-60", "sixty", "60.5", "£60"])
def test_good_rows_come_in_and_a_bad_one_is_listed_with_its_row(with_agreements: Desk, minutes: str) -> None:
    desk = with_agreements
    text = (EXAMPLES / "visits.csv").read_text(encoding="utf-8").replace("11:50,60", f"11:50,{minutes}")
    told = desk.run(*VISITS, desk.write("visits.csv", text), "--as", "asha", code=1)
    assert f"visits.csv, row 3, planned_minutes: “{minutes}” is not a number of whole minutes." in told.err
    again = desk.run(*VISITS, EXAMPLES / "visits.csv", "--as", "asha", "--json").data
    assert (again["same"], again["new"]) == (8, 1)


@pytest.mark.parametrize("name", ['"=HYPERLINK(""http://x"",""y"")"', "=1+1", "+44 1", "@SUM(A1)", "-2+3"])
def test_a_name_that_a_spreadsheet_would_run_does_not_come_in(with_people: Desk, name: str) -> None:
    desk = with_people
    told = desk.run("import", "people", desk.write("people.csv", f"reference,name\nP010,{name}\nP011,Noor Adil\n"), "--as", "asha", code=1)
    assert "people.csv, row 2, name: “" in told.err
    assert "which a spreadsheet would run as a formula. Write plain words" in told.err
    again = desk.run("import", "people", desk.write("people.csv", "reference,name\nP011,Noor Adil\n"), "--as", "asha", "--json").data
    assert (again["new"], again["same"]) == (0, 1)


def test_a_visit_of_somebody_unknown_is_listed_and_the_others_come_in(with_agreements: Desk) -> None:
    told = with_agreements.import_visits("V-1 P001 outreach 2026-10-20", "V-2 P777 outreach 2026-10-20", code=1)
    assert told.data["new"] == 1
    assert told.data["problems"] == [{
        "place": "more.csv, row 3", "what": "P777 is not a person or a house here.",
        "to_do": "Import the person first, or correct the reference; then bring the file in again."}]


def test_changed_content_under_a_known_key_is_a_conflict_and_the_first_stands(with_visits: Desk) -> None:
    desk = with_visits
    digest = desk.run("month-end", "2026-10", "--preview", "--as", "asha", "--json").data["digest"]
    desk.change("visits.csv", ("09:00,10:30,90,1,given", "09:00,11:30,90,1,given"))
    assert desk.run(*VISITS, "visits.csv", "--as", "asha", "--json").data["conflicts"] == 1
    assert "V-1001" in desk.run("import", "conflicts", "--as", "ben").out
    assert desk.run("month-end", "2026-10", "--preview", "--as", "asha", "--json").data["digest"] == digest


def test_a_table_from_excel_in_utf_16_is_the_same_table(with_visits: Desk) -> None:
    content = (EXAMPLES / "visits.csv").read_text(encoding="utf-8").encode("utf-16")
    told = with_visits.run(*VISITS, with_visits.write("visits.csv", content), "--as", "asha", "--json").data
    assert (told["new"], told["same"], told["problems"]) == (0, 9, [])


@pytest.mark.parametrize(("content", "says"), [
    (b"", "file.csv: The file is empty. Give the columns these headings: visit, carer,"),
    (b"\n\n,,\n", "file.csv: There is no row of headings within the first 20 rows."),
    (bytes(range(256)) * 20, "file.csv: This is not a text file, nor an Excel workbook (.xlsx)."),
    (b"PK\x03\x04 not a zip at all", "file.csv: The workbook is damaged."),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "file.csv: This is an Excel file of the old kind (.xls), or one with a password."),
    (b'visit,carer,person,support,date,planned_minutes,planned_carers\nV-1,"C1,P001\n', "file.csv, row 2: A quotation mark is opened"),
])
def test_what_is_no_table_is_refused_whatever_its_name_says(with_agreements: Desk, refused: Refused, content: bytes, says: str) -> None:
    refused(with_agreements, *VISITS, with_agreements.write("file.csv", content), "--as", "asha", says=says)


@pytest.mark.parametrize(("content", "says"), [
    (b"", "file.yaml: The file is empty."),
    (b"- just\n- a list\n", "file.yaml: The file does not hold “key: value” lines."),
    (b"provider:\n\tname: Halden\n", "file.yaml, line 2: A tab stands here, and YAML is indented with spaces."),
    (b"rates: []\nfunders: []\nrates: []\n", "file.yaml, line 3: “rates” is given twice. Keep one of the two."),
    (b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", "file.yaml, line 2: This is not plain YAML: a shortcut (*name)"),
    (b"a: " + b"[" * 5000, "nested more than 30 deep"),
    (b"provider: !!python/object/apply:os.system [echo]\n", "is not a kind of value read here. Take the tag (!) away."),
    (b"provider: {name: Caf\xe9}\n", "file.yaml, line 1: There is a character here that is not UTF-8."),
    (bytes(range(256)), "file.yaml, line 2: There is a character here that is not UTF-8."),
    (b"rates: []\n" * 600_000, "file.yaml: The file is larger than 5 MB."),
    (b"plans: []\n", "file.yaml: “plans” is not a key that belongs here. Did you mean “plan”?"),
])
def test_what_is_no_plain_yaml_is_refused_with_its_line(with_people: Desk, refused: Refused, content: bytes, says: str) -> None:
    refused(with_people, "apply", with_people.write("file.yaml", content), "--as", "asha", says=says)


@pytest.mark.parametrize("words", [VISITS, ("import", "people"), ("apply",), ("cost",), ("split",)])
def test_a_folder_or_nothing_where_a_file_belongs_is_refused(with_people: Desk, refused: Refused, words: tuple[str, ...]) -> None:
    (with_people.folder / "folder").mkdir()
    who = () if words[0] in ("cost", "split") else ("--as", "asha")
    refused(with_people, *words, "folder", *who, says="folder: This is a folder and not a file.")
    refused(with_people, *words, "nowhere.csv", *who, says="nowhere.csv: There is no such file. Check its name and its folder.")


def _workbook(sheet: bytes, repeated: int) -> bytes:
    """A workbook with one sheet whose middle is repeated: a few hundred kilobytes that unpack to hundreds of megabytes."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as out:
            out.write(b"<worksheet><sheetData>")
            for _ in range(repeated):
                out.write(sheet)
            out.write(b"</sheetData></worksheet>")
    return found.getvalue()


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell the memory of one process")
def test_300_mb_in_a_workbook_of_300_kb_is_refused_soon_and_in_little_memory(with_agreements: Desk) -> None:
    desk = with_agreements
    content = _workbook(b'<row><c r="A1" t="inlineStr"><is><t>' + b"x" * 1_000_000 + b"</t></is></c></row>", 300)
    assert len(content) < 350_000
    before, began = desk.books, time.monotonic()
    process = subprocess.run([sys.executable, "-c", MEASURED, sys.executable, "-m", "ringfence.cli.main", *VISITS,
                              desk.write("bomb.xlsx", content), "--as", "asha"],
                             cwd=desk.folder, capture_output=True, encoding="utf-8")
    said, used = process.stderr, int(process.stdout)
    assert process.returncode == 1, said
    assert "bomb.xlsx: The workbook unpacks to more than 100 MB." in said
    assert used * (1 if sys.platform == "darwin" else 1024) < 300 * MEGABYTE
    assert time.monotonic() - began < 20  # most of it is starting up on a busy machine
    assert desk.books == before

"""Import: a file is tried, then brought in; what did not come in is told and can be given back; an import is taken back as a whole."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from basics.errors import Problem
from ringfence.actions.books import add_user, make_books
from ringfence.actions.importing import TO_DO_ABOUT_A_STRANGER, Conflict, Imported
from ringfence.actions.uploading import sent
from ringfence.screens.import_problems import as_csv, every_row, not_taken, rows_not_taken
from ringfence.screens.jobs import JOBS
from tests.screens.conftest import Open, html_of, text_of
from tests.screens.test_split_page import acting

HEADINGS = "visit,carer,person,support,date,start,end,planned_minutes,planned_carers,outcome,reason\n"
GOOD = "".join(f"V-N{n},C07,P001,outreach,2026-11-{n:02},09:00,10:30,90,1,given,\n" for n in range(1, 11))
BAD = "".join(f"V-B{n},C07,P001,outreach,2026-13-01,09:00,10:30,ninety,1,given,\n" for n in range(300))
NAME = "november.csv"


def send(page: AppTest, content: str | bytes, name: str = NAME) -> AppTest:
    """Choose a file in the box that stands there."""
    page.file_uploader[0].set_value((name, content.encode() if isinstance(content, str) else content, "text/csv"))
    return page.run()


def brought(page: AppTest) -> AppTest:
    return page.button(key="bring-in").click().run()


def counted(books_file: Path) -> int:
    with acting(books_file).reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM delivery").scalar_one())


def test_a_file_is_tried_before_anything_is_stored(open_page: Open, books_file: Path) -> None:
    before = counted(books_file)
    page = send(open_page("import"), HEADINGS + GOOD)
    assert "10 visits would come in" in text_of(page)
    assert page.button(key="bring-in").label == "Bring in 10 visits"
    assert counted(books_file) == before
    brought(page)
    assert "november.csv is brought in as import" in text_of(page)
    assert counted(books_file) == before + 10


def test_the_same_file_twice_brings_nothing_new_and_says_so_calmly(open_page: Open) -> None:
    page = send(brought(send(open_page("import"), HEADINGS + GOOD)), HEADINGS + GOOD)
    assert "All 10 visits are here already" in text_of(page)
    assert "nothing to do" in text_of(page)
    assert not [each for each in page.button if each.key == "bring-in"]


def test_three_hundred_bad_rows_are_listed_a_page_at_a_time_and_the_good_ones_come_in(open_page: Open) -> None:
    page = send(open_page("import"), HEADINGS + BAD + GOOD)
    text = text_of(page)
    assert "10 visits would come in" in text
    assert "300 rows would not come in" in text
    assert "600 problems: what does not come in, and why" in text
    assert html_of(page).count("“ninety” is not a number of whole minutes.") <= 25
    assert "300 rows did not come in" in text_of(brought(page))


def test_the_same_file_chosen_again_right_after_it_came_in_is_tried_anew(open_page: Open) -> None:
    page = brought(send(open_page("import"), HEADINGS + BAD + GOOD))
    text = text_of(send(page, HEADINGS + BAD + GOOD))
    assert "Something went wrong" not in text
    assert "is brought in as import" not in text
    assert "10 visits are here already" in text
    assert text.count("600 problems: what does not come in, and why") == 1


def test_problems_stand_in_the_order_of_the_rows_of_the_file(open_page: Open) -> None:
    rows = ("V-1,C07,P001,outreach,2026-13-01,09:00,10:30,90,1,given,\n" "V-2,C07,P998,outreach,2026-11-01,09:00,10:30,90,1,given,\n"
            "V-3,C07,P001,=cmd,2026-11-01,09:00,10:30,90,1,given,\n" "V-4,,P001,outreach,2026-11-01,09:00,10:30,90,1,given,\n")
    markup = html_of(send(open_page("import"), HEADINGS + rows))
    table = markup[markup.index("4 problems"):]
    assert re.findall(r'scope="row">(\d+)<', table)[:4] == ["2", "3", "4", "5"]
    assert '<th scope="row">3</th><td>person</td>' in table


def test_a_file_of_headings_alone_says_that_no_row_is_there(open_page: Open) -> None:
    assert "It has headings, and no row under them." in text_of(send(open_page("import"), HEADINGS))


def test_a_visit_that_came_again_with_other_content_is_shown_with_what_is_kept(open_page: Open) -> None:
    page = brought(send(open_page("import"), HEADINGS + GOOD))
    send(page, HEADINGS + GOOD.replace("V-N1,C07,P001,outreach,2026-11-01,09:00,10:30,90", "V-N1,C07,P001,outreach,2026-11-01,09:00,11:00,90", 1))
    assert "1 visit came again with other content: what is kept stands" in text_of(page)
    assert page.button(key="bring-in").label == "List 1 visit in conflict"
    text = text_of(brought(page))
    assert "Visits in conflict" in text
    assert "end 10:30, minutes 90" in text
    assert "end 11:00, minutes 120" in text
    captions = re.findall(r'aria-label="([^"]*)" tabindex', html_of(page))
    assert len(captions) == len(set(captions))


def test_an_import_that_only_listed_conflicts_is_not_said_to_be_taken_back(open_page: Open) -> None:
    page = brought(send(open_page("import"), HEADINGS + GOOD))
    brought(send(page, HEADINGS + GOOD.replace("10:30,90", "11:00,90")))
    listed = text_of(open_page("import"))
    assert "10 visits in conflict" in listed
    import_id = re.search(r"Import (\d+) Visits november.csv 10 visits in conflict", listed)
    assert import_id
    text = text_of(open_page("import", **{"import": import_id[1]}))
    assert f"Import {import_id[1]}: 10 visits in conflict" in text
    assert "brought no visit, so there is nothing to take back" in text


def test_a_hostile_name_and_content_are_shown_as_they_are(open_page: Open) -> None:
    row = "V-1,C07,<i>x</i>,outreach,2026-11-01,09:00,10:30,90,1,given,\n"
    page = send(open_page("import"), HEADINGS + row, name="..\\<img src=x onerror=y>.csv")
    markup = html_of(page)
    assert "<img" not in markup
    assert "<i>x</i>" not in markup
    assert "&lt;i&gt;x&lt;/i&gt;" in markup


@pytest.mark.parametrize(("content", "name", "said"), [
    ("", "empty.csv", "The file is empty"),
    (b"\x81\x8d\x00\xff", "visits.csv", "not a text file"),
    ("name,reference\nA,P1\n", "people.csv", "choose “People” above"),
    ("visit,carer\nV1,C1\n", "visits.csv", "because of its columns"),
    ("rates: []\n", "rates.yaml", "choose “Agreements and money” above"),
    (b"\xd0\xcf\x11\xe0", "old.xls", "Excel file of the old kind"),
    (b"PK\x03\x04", "rota.xlsx", "The workbook is damaged"),
])
def test_a_file_that_cannot_be_taken_is_refused_in_words(open_page: Open, content: str | bytes, name: str, said: str) -> None:
    page = send(open_page("import"), content, name)
    text = text_of(page)
    assert "There is a problem" in text
    assert said in text
    assert "Nothing of the file was taken." in text
    assert not [each for each in page.button if each.key == "bring-in"]


def test_books_without_anything_say_where_to_begin(open_page: Open, tmp_path: Path) -> None:
    store = make_books(str(tmp_path / "new.db"), provider="Quay", sample=True, key=None)
    add_user(store, "asha", added_by="", at=datetime(2026, 11, 1, 9, tzinfo=UTC))
    page = open_page("import", books=tmp_path / "new.db")
    assert "Nothing is here yet. Bring in the people first" in text_of(page)
    assert "P001 is not a person or a house here." in text_of(send(page, HEADINGS + GOOD))
    assert "Nothing waits for approval." in text_of(open_page("approvals", books=tmp_path / "new.db"))


def test_people_come_in_and_a_changed_name_says_so(open_page: Open) -> None:
    page = send(open_page("import", kind="People"), "reference,name\nP001,Sanjay <Renamed>\nP999,Ada Finch\n", "people.csv")
    assert page.button(key="bring-in").label == "Bring in 1 person and change 1 name"
    assert re.search(r"P001 \S+ \S+ \S+ Sanjay <Renamed> Sanjay ", text_of(page)), "the name before, and the name in the file"
    assert "1 person came in. 1 name changed; the one before is kept." in text_of(brought(page))


def test_agreements_are_prepared_here_and_approved_by_another(open_page: Open) -> None:
    rates = "rates:\n  - {rate: outreach, per: hour, pounds: 26.20, from: 2027-04-01, to: 2028-03-31}\n"
    page = send(open_page("import", kind="Agreements and money"), rates, "rates.yaml")
    assert "New: rate outreach: £26.20 for each hour" in text_of(page)
    assert page.button(key="bring-in").label == "Prepare 1 change for approval"
    text = text_of(brought(page))
    assert "rates.yaml is prepared: 1 change." in text
    assert "None of it counts until another person approves it" in text
    assert "Approve 1 change of 1 rate" in [each.label for each in open_page("approvals", user="ben").button]


def test_an_import_is_taken_back_in_two_steps_that_name_it_and_count_it(open_page: Open, books_file: Path) -> None:
    brought(send(open_page("import"), HEADINGS + GOOD))
    with acting(books_file).reading() as connection:
        import_id = connection.exec_driver_sql("SELECT max(id) FROM batch").scalar_one()
    page = open_page("import", **{"import": str(import_id)})
    assert f"Import {import_id}: 10 visits" in text_of(page)
    page.button[0].click().run()
    assert f"Take back 10 visits of import {import_id}?" in text_of(page)
    next(each for each in page.button if each.label == f"Take back import {import_id}: 10 visits").click().run()
    assert f"Import {import_id} is taken back: 10 visits withdrawn." in text_of(page)
    assert "Taken back" in text_of(open_page("import"))


def test_what_stands_on_an_invoice_says_why_it_stays(open_page: Open, books_file: Path) -> None:
    with acting(books_file).reading() as connection:
        first = connection.exec_driver_sql("SELECT min(id) FROM batch WHERE kind = 'visits'").scalar_one()
    text = text_of(open_page("import", **{"import": str(first)}))
    assert f"Import {first} cannot be undone: rows of it stand on issued invoice" in text
    assert "only put right by a credit note" in text


@pytest.mark.parametrize("asked", ["99999", "four", "4' OR 1=1", "9" * 40])
def test_an_import_that_is_not_there_is_refused_in_words(open_page: Open, asked: str) -> None:
    page = open_page("import", **{"import": asked})
    assert "Choose one of the list." in text_of(page)
    assert "<h1>There is no such import</h1>" in html_of(page)


def test_a_large_file_is_read_by_another_process_with_the_same_answer(books_file: Path) -> None:
    file = sent("visits", (HEADINGS + GOOD).encode(), NAME)
    for job in ("try file", "bring in file"):
        found = JOBS[job](acting(books_file), lambda _done, _of: None, file=file)
        assert found.new == 10


# the file to give back


def test_a_file_to_give_back_has_a_line_for_every_row_and_runs_no_formula() -> None:
    done = Imported(None, 0, 0, 0, 1, (
        Problem("a, b.csv, row 3, start", "“=cmd()” is not a time.", "=write it"),
        Problem("a, b.csv, row 4, 5", "P9 is not a person or a house here.", TO_DO_ABOUT_A_STRANGER),
    ), (), (("P9", (4, 5)),), (Conflict("V1|C1|P1", 9, "V1|C1|P1|x|2026-11-01|||0|0|1|given|", "V1|C1|P1|y|2026-11-01|||0|0|1|given|"),))
    rows = list(csv.reader(io.StringIO(as_csv(every_row("a, b.csv", done)).decode("utf-8-sig"))))
    assert [row[:2] for row in rows] == [["row", "column"], ["3", "start"], ["4", "person"], ["5", "person"], ["9", ""]]
    assert rows[1][3] == "'=write it"
    assert "support x is kept, y was offered" in rows[4][2]
    assert rows_not_taken("a, b.csv", done) == 3


def test_a_problem_of_the_whole_file_has_no_row() -> None:
    assert [(each.row, each.column) for each in not_taken("v.csv", [Problem("v.csv, column “x”", "is not known.", "Remove it.")])] == [("", "“x”")]

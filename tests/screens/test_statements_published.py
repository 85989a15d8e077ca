"""Publishing in the app: what is left to publish is said first, and what was published says by whom and in which form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from basics.periods import Month
from isf.statement_forms import Form
from ringfence.actions import desk
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.publishing import publish
from ringfence.actions.recording import record_content
from ringfence.actions.statement_list import statements_of
from ringfence.screens.components.work import works
from ringfence.screens.statements_going_out import key
from tests.screens.conftest import Open, html_of, text_of

SEPTEMBER = Month(2026, 9)


def acting(books_file: Path) -> Acting:
    return Acting(open_books(str(books_file), key=None), "asha", datetime.now(UTC))


def press(page: AppTest, name: str) -> AppTest:
    """Press a button, wait for the work that it began, and draw the page again."""
    page.button(key=name).click().run()
    work = works().of(key(SEPTEMBER))
    assert work is not None
    assert work.finished.wait(60)
    return page.run()


def needs(books_file: Path, person: str, form: str, on: str) -> None:
    record_content(acting(books_file), {"statement_forms": [{"person": person, "form": form, "on": on, "needs": "<b>Big</b> & clear"}]}, "f.yaml")


def test_what_is_left_to_publish_is_said_and_one_search_publishes_only_whom_it_finds(open_page: Open, books_file: Path) -> None:
    found = statements_of(acting(books_file), SEPTEMBER).statements
    assert f"{len(found)} of {len(found)} statements are not published" in text_of(open_page("statements"))
    page = press(open_page("statements", search=found[0].person), "publish")
    assert "1 statement of September 2026 published." in text_of(page)
    assert f"{len(found) - 1} of {len(found)} statements are not published" in text_of(open_page("statements"))


def test_a_form_that_was_changed_after_publishing_is_left_to_publish_again(open_page: Open, books_file: Path) -> None:
    one = statements_of(acting(books_file), SEPTEMBER).statements[0]
    publish(acting(books_file), SEPTEMBER, [one.fund])
    needs(books_file, one.person, "large print 18", "2026-09-01")
    page = open_page("statements", search=one.person)
    assert "Form changed" in text_of(page)
    assert f'href="/documents/{one.document_id}.large-18.pdf"' in html_of(page)


def test_the_answer_to_who_was_asked_is_recorded_on_the_page_of_the_fund_and_the_same_again_is_a_review_of_it(
        open_page: Open, books_file: Path) -> None:
    one = statements_of(acting(books_file), SEPTEMBER).statements[0]

    def answered(needs: str, on: date) -> AppTest:
        page = open_page("fund", fund=one.fund)
        page.selectbox(f"form-{one.person}").set_value(Form.LARGE_18)
        page.text_input(f"form-needs-{one.person}").set_value(needs)
        page.date_input(f"form-on-{one.person}").set_value(on)
        return next(each for each in page.button if each.label == "Record the form").click().run()

    assert f"Recorded: statements of {one.known_as} come in large print 18." in text_of(answered("<b>Big</b> letters", date(2025, 5, 6)))
    text = text_of(answered("<b>Big</b> letters", date(2026, 5, 4)))
    assert "Recorded on 6 May 2025, last asked about on 4 May 2026; ask again by 4 May 2027." in text
    assert "Recorded on 5 May 2026, last asked about on 5 May 2026" in text_of(answered("Bold letters", date(2026, 5, 5)))


def test_all_documents_are_written_to_a_folder_with_their_control_totals(open_page: Open) -> None:
    page = open_page("statements")
    folder = desk.desk().documents / "2026-09" / "to-send"
    page = press(page, "write_documents")
    assert "documents written to" in text_of(page)
    assert "Money held at the end" in text_of(page)
    assert (folder / "index.html").exists()


def test_the_page_of_a_fund_says_in_which_form_its_statements_come_and_when_that_was_last_asked(open_page: Open, books_file: Path) -> None:
    one = statements_of(acting(books_file), SEPTEMBER).statements[0]
    assert "Nobody has recorded in which form they are needed" in text_of(open_page("fund", fund=one.fund))
    needs(books_file, one.person, "easy read", "2024-05-06")
    publish(acting(books_file), SEPTEMBER, [one.fund])
    page = open_page("fund", fund=one.fund)
    assert "They come in easy read. <b>Big</b> & clear. Recorded on 6 May 2024" in text_of(page)
    assert "last asked about on 6 May 2024; ask again by 6 May 2025." in text_of(page)
    assert "A year has gone by" in text_of(page)
    assert "Version 1, easy read" in text_of(page)
    assert "<b>Big" not in html_of(page)

"""Issued is not published: a statement is seen outside once somebody says so, in the form that its person needs, and its figures never change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from basics import vocabulary
from basics.errors import InputError, NotAllowed, Refused
from isf.statement_forms import Form
from isf.watch import Matter
from ringfence.actions.acting import Acting
from ringfence.actions.documents import document
from ringfence.actions.facts_told import told
from ringfence.actions.published import PUBLISHED, Publication, standing, versions_of_fund
from ringfence.actions.publishing import publish
from ringfence.actions.recording import record_content
from ringfence.actions.statement_forms import form_of_person
from ringfence.actions.statement_list import statements_of, statements_out
from ringfence.actions.verifying import verify
from ringfence.actions.watching import watch_list
from ringfence.importing.fact_items_forms import StatementForm
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books

FUND = "isf-P001"


def needs(books: Books, person: str, form: Form, on: str = "2026-10-01", **more: str) -> None:
    record_content(books.asha, {"statement_forms": [{"person": person, "form": form.value, "on": on, **more}]}, "forms.yaml")


def published(books: Books, person: str) -> list[Publication]:
    with books.store.reading() as connection:
        return standing(connection, [person])


def frozen(books: Books) -> list[tuple[str, str]]:
    return books.rows("SELECT name, record FROM document ORDER BY name")


def test_an_issued_statement_is_seen_by_nobody_until_it_is_published(issued: Books) -> None:
    assert published(issued, "P001") == []
    done = publish(issued.asha, OCTOBER, [FUND])
    assert (done.new, done.again, done.same, done.set_aside) == (1, 0, 0, ())
    found, = published(issued, "P001")
    assert (found.fund, found.month, found.form, found.version, found.by, found.at) == (FUND, OCTOBER, Form.STANDARD, 1, "asha", issued.at)
    assert published(issued, "P002") == []
    assert verify(issued.store, referee=True) == []


def test_all_statements_of_a_month_are_published_at_once_and_the_second_time_nothing_is_new(issued: Books) -> None:
    count = len(statements_of(issued.asha, OCTOBER).statements)
    assert publish(issued.asha, OCTOBER).new == count
    before = issued.rows("SELECT count(*) FROM batch")
    again = publish(issued.asha, OCTOBER)
    assert (again.new, again.again, again.same) == (0, 0, count)
    assert issued.rows("SELECT count(*) FROM batch") == before


def test_another_form_is_a_new_version_that_replaces_the_old_one_and_no_figure_changes(issued: Books) -> None:
    before = frozen(issued)
    publish(issued.asha, OCTOBER)
    needs(issued, "P001", Form.EASY_READ)
    done = publish(issued.asha, OCTOBER)
    assert (done.new, done.again) == (0, 1)
    found, = published(issued, "P001")
    assert (found.version, found.form) == (2, Form.EASY_READ)
    assert [(each.version, each.form, each.is_replaced) for each in versions_of_fund(issued.asha, FUND)] == [
        (1, Form.STANDARD, True), (2, Form.EASY_READ, False)]
    assert frozen(issued) == before
    assert document(issued.asha, found.document_id, found.address.partition(".")[2]).name == "statement-2026-10-isf-P001.easy.pdf"


def test_a_statement_whose_words_were_put_right_is_published_anew(issued: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(issued.asha, OCTOBER, [FUND])
    monkeypatch.setitem(vocabulary.WORDS, "total", "In all")
    done = publish(issued.asha, OCTOBER, [FUND])
    assert (done.new, done.again) == (0, 1)
    first, second = versions_of_fund(issued.asha, FUND)
    assert first.is_replaced
    assert first.print != second.print


def test_the_list_says_what_is_published_and_whose_form_has_changed_since(issued: Books) -> None:
    publish(issued.asha, OCTOBER, [FUND])
    needs(issued, "P001", Form.LARGE_22)
    by_fund = {each.issued.fund: each for each in statements_out(issued.asha, OCTOBER)}
    assert by_fund[FUND].published is not None
    assert by_fund[FUND].published.form is Form.STANDARD
    assert by_fund[FUND].form is Form.LARGE_22
    assert {each.published for key, each in by_fund.items() if key != FUND} == {None}


def test_a_fund_without_a_statement_and_a_month_that_is_not_issued_are_refused(issued: Books) -> None:
    with pytest.raises(Refused, match="isf-P999: has no statement of October 2026"):
        publish(issued.asha, OCTOBER, [FUND, "isf-P999"])
    assert published(issued, "P001") == []
    with pytest.raises(InputError, match="No statement of November 2026"):
        publish(issued.asha, NOVEMBER)


def test_who_may_not_prepare_may_not_publish(issued: Books) -> None:
    with pytest.raises(NotAllowed):
        publish(Acting(issued.store, "nobody", issued.at), OCTOBER)


def test_what_was_published_stands_among_what_is_recorded_of_its_fund(issued: Books) -> None:
    needs(issued, "P001", Form.EASY_READ)
    publish(issued.asha, OCTOBER, [FUND])
    with issued.store.reading() as connection:
        recorded = told(connection, FUND, "P001", NOVEMBER.period)
    said = [each for each in recorded if each.kind in (PUBLISHED, StatementForm.kind)]
    assert [each.words for each in said] == ["Statements of P001 in easy read", "Statement 2026-10 isf-P001 published in easy read"]
    assert [each.files for each in said] == [(), ()]


class TestTheFormThatSomebodyNeeds:
    def test_is_unknown_until_somebody_asks(self, issued: Books) -> None:
        assert form_of_person(issued.asha, "P001") is None

    def test_is_kept_with_the_day_of_its_record_and_of_its_last_review(self, issued: Books) -> None:
        needs(issued, "P001", Form.LARGE_18, on="2026-01-05", needs="She reads with a glass")
        needs(issued, "P001", Form.LARGE_18, on="2026-01-05", reviewed_on="2026-07-20", needs="She reads with a glass")
        known = form_of_person(issued.asha, "P001")
        assert known is not None
        assert (known.form, known.needs) == (Form.LARGE_18, "She reads with a glass")
        assert [day.isoformat() for day in (known.recorded_on, known.reviewed_on, known.review_by)] == ["2026-01-05", "2026-07-20", "2027-07-20"]

    def test_is_asked_about_again_once_a_year_has_gone_by(self, issued: Books) -> None:
        needs(issued, "P001", Form.PLAIN_TEXT, on="2025-11-01", reviewed_on="2025-11-20")
        known = form_of_person(issued.asha, "P001")
        assert known is not None
        day_before = watch_list(issued.asha, known.review_by - timedelta(days=1))
        on_the_day = watch_list(issued.asha, known.review_by)
        assert [each for each in day_before.lines if each.matter is Matter.FORM] == []
        line, = (each for each in on_the_day.lines if each.matter is Matter.FORM)
        assert (line.fund, line.by, line.is_late) == (FUND, known.review_by, True)
        assert line.what == "Statements come in plain text, last asked about on 20 November 2025"

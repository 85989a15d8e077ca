"""What a reader sees: what was published for the people of their grants, on the days of those, and the price that was agreed. Nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from basics.errors import GuardRefused, StoreError
from basics.money import Money
from costing.quote import Word
from isf.statement_forms import Form
from ringfence.actions import desk, readers, reading
from ringfence.actions.documents import document
from ringfence.actions.publishing import publish
from ringfence.actions.quotes import answer_quote
from ringfence.actions.readers import Reader, link_stands, open_link, reader_link, reading_as
from ringfence.actions.reading import NotHere
from ringfence.actions.statement_list import statements_of
from tests.actions.conftest import Shelf
from tests.actions.provider_books import OCTOBER, Books
from tests.actions.test_quotes_in_books import ask

DAY = timedelta(days=1)
MORE_THAN_A_YEAR = timedelta(days=400)


@pytest.fixture
def books(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Books]:
    """Books with an issued October, at which this process sits; P001’s statement is published."""
    before = list(desk._chosen)
    monkeypatch.setenv("RINGFENCE_SIGN_IN", str(tmp_path / "sign-in.db"))
    with shelf.copy("issued") as place:
        desk.sit_down(place.url, key=None)
        found = Books(place.open())
        publish(found.asha, OCTOBER, ["isf-P001"])
        yield found
        found.store.close()
        desk.books().close()
    desk._chosen[:] = before
    desk._opened.cache_clear()


def come_in(books: Books, *people: str, last: date | None = None) -> Reader:
    """A reader of these people who has come in by a link."""
    number = readers.add_reader(books.asha, "Peggy Lane")
    for each in people:
        readers.grant(books.asha, number, each, "attorney", first=books.at.date(), last=last)
    found = reading_as(open_link(reader_link(books.asha, number), books.at), books.at)
    assert found is not None
    return found


def document_ids(books: Books) -> dict[str, int]:
    return {each.fund: each.document_id for each in statements_of(books.asha, OCTOBER).statements}


def test_a_reader_sees_what_was_published_for_their_people_and_nothing_of_anybody_else(books: Books) -> None:
    peggy = come_in(books, "P001")
    shown, = reading.statements_of(peggy, "P001")
    assert shown.statement == books.statement("isf-P001")
    assert [each.reference for each in reading.people_of(peggy)] == ["P001"]
    for asked in (lambda: reading.statements_of(peggy, "P002"), lambda: reading.person_of(peggy, "P002"),
                  lambda: reading.price_of(peggy, "P002", books.at),
                  lambda: reading.document_of(peggy, "P002", document_ids(books)["isf-P002"], "pdf")):
        with pytest.raises(NotHere):
            asked()


def test_issued_is_not_published(books: Books) -> None:
    peggy = come_in(books, "P001", "P002")
    assert reading.statements_of(peggy, "P002") == ()
    with pytest.raises(NotHere):
        reading.document_of(peggy, "P002", document_ids(books)["isf-P002"], "pdf")


def test_a_document_is_the_one_that_was_issued_in_any_form_and_no_other_document_comes_by_it(books: Books) -> None:
    peggy, ids = come_in(books, "P001"), document_ids(books)
    for form in ("pdf", "large-18.pdf", "txt", "html"):
        assert reading.document_of(peggy, "P001", ids["isf-P001"], form) == document(books.asha, ids["isf-P001"], form)
    for number, form in ((ids["isf-P002"], "pdf"), (ids["isf-P001"], "json"), (ids["isf-P001"], "exe"), (0, "pdf"), (2**70, "pdf")):
        with pytest.raises(NotHere):
            reading.document_of(peggy, "P001", number, form)


def test_the_form_that_was_asked_for_comes_first(books: Books) -> None:
    shown, = reading.statements_of(come_in(books, "P001"), "P001")
    assert reading.forms_of(shown.publication)[0] is Form.STANDARD
    assert len(set(reading.forms_of(shown.publication))) == len(reading.forms_of(shown.publication))


def test_a_grant_counts_on_its_days_and_the_later_one_takes_the_place_of_the_one_before(books: Books) -> None:
    number = readers.add_reader(books.asha, "Peggy Lane")
    today = books.at.date()
    session = open_link(reader_link(books.asha, number), books.at)

    def reads(first: date, last: date | None) -> list[str]:
        readers.grant(books.asha, number, "P001", "deputy", first=first, last=last)
        found = reading_as(session, books.at)
        assert found is not None
        return [each.person for each in found.grants]

    assert reads(today, None) == ["P001"]
    assert reads(today, today) == ["P001"]
    assert reads(today + DAY, None) == []
    assert reads(today - DAY, today - DAY) == []
    assert reads(today - DAY, today) == ["P001"]


def test_looking_at_a_link_does_not_use_it_and_opening_it_does(books: Books) -> None:
    token = reader_link(books.asha, readers.add_reader(books.asha, "Peggy Lane"))
    assert link_stands(token, books.at)
    assert link_stands(token, books.at)
    assert open_link(token, books.at)
    assert not link_stands(token, books.at)


def test_a_price_is_shown_once_it_is_agreed_from_the_day_on_which_it_counts(books: Books) -> None:
    peggy, first = come_in(books, "P001"), date(2026, 10, 1)
    asked = ask(books, person="P001", first=first)
    ask(books, funder="Another council", person="P002")
    assert reading.price_of(peggy, "P001", books.at) is None
    answer_quote(books.asha, asked.quote.reference, Word.ACCEPTED)
    found = reading.price_of(peggy, "P001", books.at)
    assert found is not None
    assert (found.name, found.per_week, found.per_hour) == ("Morning support", Money(25000), Money(2500))
    assert reading.price_of(peggy, "P001", books.at - MORE_THAN_A_YEAR) is None


def test_a_price_that_was_agreed_other_than_it_was_worked_out_is_asked_about(books: Books) -> None:
    peggy = come_in(books, "P001")
    asked = ask(books, person="P001", first=date(2026, 10, 1), price=Money(2450))
    answer_quote(books.asha, asked.quote.reference, Word.ACCEPTED)
    assert reading.price_of(peggy, "P001", books.at) is None


def test_what_was_opened_is_noted_by_number_and_never_by_name(books: Books, tmp_path: Path) -> None:
    peggy = come_in(books, "P001")
    readers.note_view(peggy.id, "P001: today", books.at)
    readers.note_view(peggy.id, "P001: statements", books.at + DAY)
    assert [(each.reader, each.what) for each in readers.views(books.asha)] == [("Peggy Lane", "P001: statements"), ("Peggy Lane", "P001: today")]
    assert readers.last_opened(books.asha) == {peggy.id: (books.at + DAY).replace(microsecond=0)}
    assert b"Peggy" not in b"".join(each.read_bytes() for each in tmp_path.glob("sign-in.db*"))


def test_the_same_books_by_another_name_are_the_same_at_the_door(books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that the command makes is opened by the app, which may have been told the books in another way."""
    url = desk.desk().url
    token = reader_link(books.asha, readers.add_reader(books.asha, "Peggy Lane"))
    if url.startswith("postgres"):
        here = make_url(url)
        other = here.set(username="somebody", password="else").render_as_string(hide_password=False)
        elsewhere = here.set(database="others").render_as_string(hide_password=False)
    else:
        monkeypatch.chdir(Path(url).parent)
        other, elsewhere = Path(url).name, f"{url}x"
    assert other != url
    desk.sit_down(other, key=None)
    assert link_stands(token, books.at)
    desk.sit_down(elsewhere, key=None)
    assert not link_stands(token, books.at)
    desk.sit_down(url, key=None)


def test_a_desk_that_only_reads_cannot_write(books: Books) -> None:
    url = desk.desk().url
    desk.sit_down(url, key=None, only_reads=True)
    if url.startswith("postgres"):
        with pytest.raises(StoreError):
            desk.books()
        desk.sit_down(url, key=None)
        return
    peggy = come_in(books, "P001")
    assert len(reading.statements_of(peggy, "P001")) == 1
    with pytest.raises((GuardRefused, StoreError)):
        readers.add_reader(type(books.asha)(desk.books(), "asha", books.at), "Mallory")
    desk.books().close()
    desk.sit_down(url, key=None)

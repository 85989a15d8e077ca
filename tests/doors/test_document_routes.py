"""Documents on their own address: what is sent, to whom, and what is said where there is nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from basics.periods import Month
from ringfence.actions import desk, documents
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.invoice_list import list_invoices
from ringfence.actions.signing_in import PRACTICE_COOKIE
from ringfence.actions.statement_list import statements_of
from ringfence.doors import documents as door
from tests.doors.browser import Browser

SEPTEMBER = Month(2026, 9)


def acting(books_file: Path) -> Acting:
    return Acting(open_books(str(books_file), key=None), "asha", datetime.now(UTC))


@pytest.fixture
def browser(books_file: Path) -> Iterator[Browser]:
    """A browser at which asha works."""
    before = list(desk._chosen)
    desk.sit_down(str(books_file), key=None, documents=books_file.parent / "documents")
    yield Browser(door.ROUTES, {PRACTICE_COOKIE: "asha"})
    desk._chosen[:] = before
    desk._opened.cache_clear()


@pytest.fixture
def statement_id(books_file: Path) -> int:
    return statements_of(acting(books_file), SEPTEMBER).statements[0].document_id


def test_an_issued_document_is_shown_and_kept_nowhere(browser: Browser, books_file: Path) -> None:
    one = list_invoices(acting(books_file))[0]
    answer = browser.get(f"/documents/{one.document_id}.pdf")
    assert answer.content == documents.document(acting(books_file), one.document_id, "pdf").content
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="invoice-{one.number:06d}.pdf"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_statement_as_a_page_may_fetch_nothing(browser: Browser, statement_id: int) -> None:
    answer = browser.get(f"/documents/{statement_id}.html")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_name_of_a_file_holds_no_name_of_a_person(browser: Browser, books_file: Path) -> None:
    for one in statements_of(acting(books_file), SEPTEMBER).statements[:5]:
        name = browser.get(f"/documents/{one.document_id}.pdf", "HEAD").headers["content-disposition"]
        assert one.known_as not in name
        assert one.person in name


@pytest.mark.parametrize("address", ["/documents/99999.pdf", "/documents/0.pdf", "/documents/zz.pdf", "/documents/1.exe", "/documents/-1.pdf",
                                     "/documents/99999999999999999999999999.pdf", "/documents/", "/documents/statements-2027-01.zip",
                                     "/documents/statements-x.zip", "/drafts/2026-10/invoices/draft-x.pdf", "/drafts/2026-10/..%2f/x.pdf",
                                     "/drafts/x/invoices/a.pdf", "/drafts/", "/drafts/2026-10/invoices/%00.pdf"])
def test_where_there_is_no_document_a_plain_page_says_so(browser: Browser, address: str) -> None:
    answer = browser.get(address)
    assert answer.status == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-store"
    assert "<h1>" in answer.text
    assert "Traceback" not in answer.text


def test_what_was_typed_into_an_address_is_never_markup_on_the_page(browser: Browser) -> None:
    assert "<script" not in browser.get("/documents/statements-<script>alert(1)<script>.zip").text


@pytest.mark.parametrize("user", ["", "mallory", "<b>"])
def test_nobody_unknown_is_shown_a_document(browser: Browser, statement_id: int, user: str) -> None:
    browser.cookies[PRACTICE_COOKIE] = user
    for address in (f"/documents/{statement_id}.pdf", "/documents/statements-2026-09.zip", "/drafts/2026-10/invoices/draft-1.pdf"):
        answer = browser.get(address)
        assert answer.status == 403
        assert 'href="/who"' in answer.text
        assert "%PDF" not in answer.text


def test_all_statements_of_a_month_come_in_one_zip_that_is_always_the_same(browser: Browser, books_file: Path) -> None:
    answer = browser.get("/documents/statements-2026-09.zip")
    assert answer.headers["content-disposition"] == 'attachment; filename="statements-2026-09.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        of_month = statements_of(acting(books_file), SEPTEMBER).statements
        assert sorted(archive.namelist()) == sorted(f"statement-2026-09-{one.fund}.pdf" for one in of_month)
        first = of_month[0]
        assert archive.read(f"statement-2026-09-{first.fund}.pdf") == documents.document(acting(books_file), first.document_id, "pdf").content
    assert browser.get("/documents/statements-2026-09.zip").content == answer.content


def test_books_that_cannot_be_opened_are_told_in_words(browser: Browser, tmp_path: Path) -> None:
    desk.sit_down(str(tmp_path / "none.db"), key=None, user="asha")
    answer = browser.get("/documents/1.pdf")
    assert answer.status == 503
    assert "<h1>" in answer.text


@pytest.mark.parametrize(("form", "media"), [("large-22.pdf", "application/pdf"), ("easy.pdf", "application/pdf"),
                                             ("txt", "text/plain; charset=utf-8")])
def test_a_statement_is_shown_in_every_form(browser: Browser, statement_id: int, form: str, media: str) -> None:
    answer = browser.get(f"/documents/{statement_id}.{form}")
    assert answer.status == 200
    assert answer.headers["content-type"] == media
    assert answer.headers["content-disposition"].endswith(f'.{form}"')


@pytest.mark.parametrize("form", ["large-23.pdf", "..pdf", "evil.pdf", "easy.html"])
def test_a_form_that_does_not_exist_is_refused_in_words(browser: Browser, statement_id: int, form: str) -> None:
    answer = browser.get(f"/documents/{statement_id}.{form}")
    assert answer.status == 404
    assert "has no form" in answer.content.decode()

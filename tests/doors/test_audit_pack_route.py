"""The audit pack on its own address: made for who may ask, kept nowhere, and a plain page where it cannot be made."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.doors.browser import Browser
from tests.doors.test_document_routes import browser  # noqa: F401

ADDRESS = "/documents/audit-pack/isf-P001/2026-07-01/2026-09-30.zip"


def test_the_pack_is_sent_and_kept_nowhere(browser: Browser) -> None:  # noqa: F811
    answer = browser.get(ADDRESS)
    assert answer.headers["content-disposition"] == 'attachment; filename="audit-pack-isf-P001-2026-07-01-2026-09-30.zip"'
    assert answer.headers["cache-control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist()[0] == "index.html"
        assert "statements/statement-2026-09-isf-P001.pdf" in archive.namelist()
    assert browser.get(ADDRESS).content == answer.content


@pytest.mark.parametrize("address", [
    "/documents/audit-pack/isf-P999/2026-07-01/2026-09-30.zip", "/documents/audit-pack/isf-P001/soon/2026-09-30.zip",
    "/documents/audit-pack/isf-P001/2026-09-30/2026-07-01.zip", "/documents/audit-pack/<script>/2026-07-01/2026-09-30.zip",
    "/documents/audit-pack/isf-P001/2026-07-01/2099-09-30.zip"])
def test_where_it_cannot_be_made_a_plain_page_says_why(browser: Browser, address: str) -> None:  # noqa: F811
    answer = browser.get(address)
    assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<script" not in answer.text


def test_nobody_unknown_is_sent_a_pack(browser: Browser) -> None:  # noqa: F811
    browser.cookies = dict.fromkeys(browser.cookies, "mallory")
    answer = browser.get(ADDRESS)
    assert answer.status == 403
    assert b"PK" not in answer.content[:2]

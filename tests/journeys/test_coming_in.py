"""Real books in a real browser: the first start, a wrong passphrase, and an open page that falls silent when its session ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ringfence.actions.books import add_user, make_books
from ringfence.actions.rights import Role
from ringfence.store import sqlite
from tests.journeys.looking import MOMENT_MS, drawn, faults
from tests.journeys.serving import Served, free_port, ringfence, serving

KEY, PASSPHRASE = "four words nobody would guess", "seven green bottles on a wall"


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Served]:
    """The app over encrypted books of asha and ben, which nobody has opened yet."""
    if not sqlite.ENCRYPTS:
        pytest.skip("there is no sqlcipher3 for this machine, and so no real books in a file")
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    store = make_books(str(tmp_path / "books.db"), provider="Harbour Lights", sample=False, key=KEY)
    add_user(store, "asha", added_by="", at=at)
    add_user(store, "ben", added_by="asha", at=at, roles=[Role.TRUSTEE])
    store.close()
    (tmp_path / "key.txt").write_text(KEY)
    port = free_port()
    with serving(tmp_path, *ringfence("serve", "--database", str(tmp_path / "books.db"), "--as", "asha", "--port", str(port), "--no-browser"),
                 port=port, RINGFENCE_KEY_FILE=str(tmp_path / "key.txt")) as app:
        yield app
        said = app.said()
    assert "Traceback" not in said, said
    assert PASSPHRASE not in said


def chosen(page: Page) -> None:
    page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_label("The same again").fill(PASSPHRASE)
    page.get_by_role("button").click()


def test_the_first_start_a_wrong_passphrase_and_signing_out(chromium: Browser, real: Served) -> None:
    context = chromium.new_context(base_url=real.url, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(MOMENT_MS)
    page.goto("/people")
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose the first passphrase")
    assert faults(page) == []
    chosen(page)
    expect(page.get_by_text("asha is signed in.")).to_be_visible()

    page.goto("/users")
    drawn(page)
    page.get_by_text("Let somebody choose a passphrase").click()
    page.get_by_label("Who").last.click()
    page.get_by_role("option", name="ben").click()
    page.get_by_role("button", name="Make a link").click()
    link = page.locator("code").inner_text()
    assert re.fullmatch(rf"{real.url}/choose\?token=[\w-]{{43}}", link)

    other = context.new_page()
    other.goto("/sign-out")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("You are signed out.")
    page.get_by_text("Add somebody").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.get_by_label("Passphrase").fill("something else entirely")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("The name or the passphrase is wrong.")
    assert faults(page) == []
    assert "asha" not in [each["value"] for each in context.cookies()]
    context.close()

    phone = chromium.new_context(base_url=real.url, locale="en-GB", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    plain = phone.new_page()
    plain.goto(link)
    chosen(plain)
    assert [each["name"] for each in phone.cookies() if each["httpOnly"]] == ["ringfence_session"], "signing in works without JavaScript"
    phone.close()
    trustee = chromium.new_context(base_url=real.url, locale="en-GB")
    seen = trustee.new_page()
    seen.goto("/sign-in")
    seen.get_by_label("Your name here").fill("ben")
    seen.get_by_label("Passphrase").fill(PASSPHRASE)
    seen.get_by_role("button", name="Sign in").click()
    expect(seen.get_by_text("You may open:")).to_be_visible()
    assert "People and funds" not in seen.inner_text("body")
    trustee.close()

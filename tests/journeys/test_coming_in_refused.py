"""Real books in a real browser: a passphrase that is tried out, a trustee who asks what if, and a team’s own sign-in service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user, make_books
from ringfence.actions.rights import Role
from ringfence.actions.signing_in import choose_passphrase
from ringfence.actions.users import name_identity
from ringfence.store import sqlite
from tests.documents import pdf_checks
from tests.doors.sign_in_service import CLIENT, SUBJECT, Service, answering
from tests.journeys.looking import drawn, faults, heading, press, see, visit, write
from tests.journeys.serving import Served, free_port, ringfence, serving
from tests.journeys.walking import by_keyboard, watching

KEY = "four words nobody would guess"
PASSPHRASES = {"asha": "seven green bottles on a wall", "tess": "the ferry leaves at noon today"}
TRIES = 5


@contextmanager
def real(folder: Path, **variables: str) -> Iterator[Served]:
    """The app over encrypted books of asha, who is everything, and tess, a trustee."""
    if not sqlite.ENCRYPTS:
        pytest.skip("there is no sqlcipher3 for this machine, and so no real books in a file")
    at, port = datetime(2026, 11, 2, 9, tzinfo=UTC), free_port()
    store = make_books(str(folder / "books.db"), provider="Harbour Lights", sample=False, key=KEY)
    add_user(store, "asha", added_by="", at=at)
    add_user(store, "tess", added_by="asha", at=at, roles=[Role.TRUSTEE])
    for name, passphrase in PASSPHRASES.items():
        choose_passphrase(store, name, passphrase, given_by="asha", at=at)
    if issuer := variables.get("RINGFENCE_OIDC_ISSUER"):
        name_identity(Acting(store, "asha", at), "tess", issuer, SUBJECT)
    store.close()
    (folder / "key.txt").write_text(KEY)
    with serving(folder, *ringfence("serve", "--database", str(folder / "books.db"), "--as", "asha", "--port", str(port), "--no-browser"),
                 port=port, RINGFENCE_KEY_FILE=str(folder / "key.txt"), RINGFENCE_ADDRESS=f"http://127.0.0.1:{port}", **variables) as app:
        yield app
        said = app.said()
    assert "Traceback" not in said, said
    assert not any(passphrase in said for passphrase in PASSPHRASES.values())


def signs_in(page: Page, name: str, passphrase: str) -> None:
    page.get_by_label("Your name here").fill(name)
    page.get_by_label("Passphrase").fill(passphrase)
    page.get_by_role("button", name="Sign in").click()


def test_who_tries_passphrases_out_must_wait_and_somebody_else_need_not(chromium: Browser, tmp_path: Path) -> None:
    with real(tmp_path) as app, watching(chromium, app.url, width=390, height=844) as found:
        found.go("/sign-in")
        assert faults(found.page) == []
        assert by_keyboard(found.page) == []
        assert found.too_wide() <= 0
        for _ in range(TRIES):
            signs_in(found.page, "asha", "something else entirely")
            expect(found.page.get_by_role("alert")).to_contain_text("The name or the passphrase is wrong.")
        signs_in(found.page, "asha", PASSPHRASES["asha"])
        expect(found.page.get_by_role("alert")).to_contain_text(re.compile(r"Too many tries were wrong\. Wait \d+ minutes, then try again\."))
        assert faults(found.page) == []
        assert (found.outside(), found.refused) == ([], [])
        found.page.context.clear_cookies()
        signs_in(found.page, "asha", PASSPHRASES["asha"])
        expect(found.page.get_by_role("alert")).to_contain_text("Too many tries were wrong.")

        signs_in(found.page, "tess", PASSPHRASES["tess"])
        heading(found.page, "Welcome, tess")
        _asks_what_if(found.page)
        assert (found.outside(), found.refused) == ([], [])


def _asks_what_if(page: Page) -> None:
    """A trustee, on the phone that she came in with, changes a scenario and takes the paper for the board."""
    page.get_by_role("link", name="Scenarios").last.click()
    heading(page, "Scenarios")
    see(page, page.get_by_role("heading", name="In charts, and for the board"))
    assert faults(page) == []
    choose_tab(page, "What if …")
    write(page, "What it is called", "Pay 3% up")
    write(page, "Pay goes up by, %", "3")
    press(page, page.get_by_role("button", name="Add this scenario"))
    see(page, page.get_by_role("columnheader", name="Pay 3% up").first)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download the board paper as PDF").click()
    assert "Pay 3% up" in pdf_checks.text(Path(taken.value.path()).read_bytes())
    visit(page, "/people")
    heading(page, "Welcome, tess")
    expect(page.get_by_text("This page is not for you.")).to_be_visible()


def choose_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    drawn(page)


def test_a_team_comes_in_by_its_own_sign_in_service_and_goes_on_to_where_it_wanted(chromium: Browser, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not told\n")
    with answering() as service:
        named = {"RINGFENCE_OIDC_ISSUER": service.address, "RINGFENCE_OIDC_CLIENT": CLIENT, "RINGFENCE_OIDC_SECRET_FILE": str(secret)}
        with real(tmp_path, **named) as app, watching(chromium, app.url, width=1280) as found:
            _comes_in_by(found.page, app, service)
            assert found.refused == []
            assert {url.partition("/authorize?")[0] for url in found.outside()} <= {service.address}, "only the service is asked besides the app"


def _comes_in_by(page: Page, app: Served, service: Service) -> None:
    page.goto("/trustees")
    expect(page).to_have_url(f"{app.url}/sign-in?next=/trustees")
    assert faults(page) == []
    service.turns_away = True
    page.get_by_role("link", name="Sign in with your organisation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This sign-in did not begin here, or took too long.")
    assert faults(page) == []
    assert "ringfence_session" not in [each["name"] for each in page.context.cookies(app.url)]
    service.turns_away = False
    page.goto("/sign-in?next=/trustees")
    page.get_by_role("link", name="Sign in with your organisation").click()
    expect(page).to_have_url(f"{app.url}/trustees")
    expect(page.get_by_text("tess is signed in.")).to_be_visible(timeout=30_000)
    drawn(page)
    assert [each["httpOnly"] for each in page.context.cookies(app.url) if each["name"] == "ringfence_session"] == [True]

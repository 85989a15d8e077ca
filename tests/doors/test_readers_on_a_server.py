"""The readers’ pages as a process of their own on PostgreSQL, signed in as a user of the role that only reads: they work, and nothing is written."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from sqlalchemy import insert, make_url, text

from basics.errors import GuardRefused, StoreError
from ringfence.actions import desk, readers
from ringfence.actions.acting import Acting
from ringfence.actions.publishing import publish
from ringfence.actions.statement_list import statements_of
from ringfence.store.engine import open_store
from ringfence.store.schema import metadata
from tests.actions.conftest import Shelf
from tests.actions.provider_books import OCTOBER
from tests.conftest import APP_ROLE, OWNER_ROLE, Server
from tests.journeys.serving import Served, free_port, ringfence, serving

READER_ROLE = "ringfence_test_reader"
SIGN_IN = "sign-in.db"


@dataclass
class House:
    """The process, where its books are for whoever only reads, a link for one person’s reader, and a statement of hers."""

    app: Served
    url: str
    app_url: str
    link: str
    statement: int


@pytest.fixture(scope="module")
def shelf_on_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(request, "postgresql", tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def house(shelf_on_server: Shelf, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("RINGFENCE_SIGN_IN", str(tmp_path / SIGN_IN))
    before, port = list(desk._chosen), free_port()
    with shelf_on_server.copy("issued") as place:
        database = make_url(place.url).database
        assert database is not None
        url = server.address(READER_ROLE, database)
        server.do(f"CREATE ROLE {READER_ROLE} LOGIN PASSWORD 'made-up' IN ROLE {APP_ROLE}_reading")
        server.do(f"GRANT CONNECT ON DATABASE {database} TO {APP_ROLE}_reading", role=OWNER_ROLE)  # a clone keeps no rights of a database
        desk.sit_down(place.url, key=None)
        finance = Acting(desk.books(), "asha", datetime(2026, 11, 2, 9, tzinfo=UTC))
        publish(finance, OCTOBER, ["isf-P001"])
        now = Acting(desk.books(), "asha", datetime.now(UTC))
        number = readers.add_reader(now, "Peggy Lane")
        readers.grant(now, number, "P001", "attorney", first=now.today)
        document, = (each.document_id for each in statements_of(finance, OCTOBER).statements if each.fund == "isf-P001")
        with serving(tmp_path, *ringfence("serve", "--only-readers", "--database", url, "--port", str(port)), port=port,
                     RINGFENCE_SIGN_IN=str(tmp_path / SIGN_IN)) as app:
            yield House(app, url, place.url, readers.reader_link(now, number), document)
            said = app.said()
        desk.books().close()
        desk._chosen[:] = before
        desk._opened.cache_clear()
        server.do(f"DROP OWNED BY {READER_ROLE}", f"DROP ROLE {READER_ROLE}")
    assert "Traceback" not in said, said
    assert "made-up" not in said


def test_every_page_opens_and_no_other_door(house: House) -> None:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    browser.addheaders = [("Origin", house.app.url), ("Sec-Fetch-Site", "same-origin")]
    with browser.open(f"{house.app.url}/reader/open", urlencode({"token": house.link}).encode()) as answer:
        assert answer.url == f"{house.app.url}/reader/of/P001"
    for page in ("", "/spent", "/left", "/price", "/statements", "/ask"):
        with browser.open(f"{house.app.url}/reader/of/P001{page}") as answer:
            assert answer.status == 200
            assert "Amina" in answer.read().decode()
    with browser.open(f"{house.app.url}/reader/of/P001/statements/{house.statement}.pdf") as answer:
        assert answer.read().startswith(b"%PDF")
    for address in ("/reader/of/P002", "/sign-in", "/", "/documents/1.pdf"):
        with pytest.raises(HTTPError) as refused:
            browser.open(f"{house.app.url}{address}")
        assert refused.value.code == 404
    assert len(readers.views(Acting(desk.books(), "asha", datetime.now(UTC)))) == 8, "each page that was opened is noted, beside the books"


def test_that_user_writes_nothing_and_reads_no_passphrase(house: House) -> None:
    store = open_store(house.url, only_reads=True)
    statements = [f"{verb} {name}" for name in metadata.tables for verb in ("DELETE FROM", "TRUNCATE")]
    statements += [f"UPDATE {name} SET {first} = {first}" for name, table in metadata.tables.items() for first in [next(iter(table.columns)).name]]
    statements += ["SELECT hash FROM user_passphrase", "CREATE TABLE mine (x int)", f"SET ROLE {APP_ROLE}", f"SET ROLE {OWNER_ROLE}"]
    for statement in statements:
        with pytest.raises((GuardRefused, StoreError)), store.writing() as connection:
            connection.execute(text(statement))
    for table in metadata.tables.values():
        with pytest.raises((GuardRefused, StoreError)), store.writing() as connection:
            connection.execute(insert(table).from_select(list(table.columns), table.select()))
    store.close()
    with pytest.raises(StoreError, match="may write, where only reading is wanted"):
        open_store(house.app_url, only_reads=True)

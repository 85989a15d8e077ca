"""The accounts of a month on their own address: the files of the command to the byte, for who may read the books and for nobody else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ringfence.actions import desk
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user, open_books
from ringfence.actions.month_accounts import accounts_at, write_accounts
from ringfence.actions.month_standing import closed_months
from ringfence.actions.rights import Role
from ringfence.actions.signing_in import PRACTICE_COOKIE
from ringfence.doors import documents as door
from tests.doors.browser import Browser


@pytest.fixture
def asha(books_file: Path) -> Iterator[Acting]:
    before = list(desk._chosen)
    desk.sit_down(str(books_file), key=None)
    yield Acting(open_books(str(books_file), key=None), "asha", datetime.now(UTC))
    desk._chosen[:] = before
    desk._opened.cache_clear()


def of(user: str) -> Browser:
    return Browser(door.ROUTES, {PRACTICE_COOKIE: user})


def test_the_files_are_those_that_the_command_writes(asha: Acting, tmp_path: Path) -> None:
    month = closed_months(asha)[0].month
    names = write_accounts(accounts_at(asha, month), tmp_path / "out")
    answer = of("asha").get(f"/documents/accounts-{month}.zip")
    assert answer.headers["cache-control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {name: (tmp_path / "out" / name).read_bytes() for name in names}
    assert of("asha").get(f"/documents/accounts-{month}.zip").content == answer.content


def test_a_month_that_is_not_closed_has_none(asha: Acting) -> None:
    open_month = closed_months(asha)[0].month.next
    answer = of("asha").get(f"/documents/accounts-{open_month}.zip")
    assert answer.status == 404
    assert b"is not closed" in answer.content
    assert of("asha").get("/documents/accounts-nothing.zip").status == 404


def test_trustees_co_ordinators_and_strangers_are_refused_them(asha: Acting) -> None:
    month = closed_months(asha)[0].month
    for role in (Role.TRUSTEE, Role.CO_ORDINATOR, Role.ADMINISTRATOR):
        add_user(asha.store, role.value, added_by="asha", at=datetime.now(UTC), roles=[role])
        assert of(role.value).get(f"/documents/accounts-{month}.zip").status == 403
    assert of("somebody").get(f"/documents/accounts-{month}.zip").status == 403

"""A disk that takes no more: it is said, nothing is kept by halves, and the same command works once there is room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import EXAMPLES, Desk

pytest.importorskip("resource")

ROOM, ROOM_FOR_A_PAGE, NO_ROOM = 64_000, 40_000, 20_000


def test_an_import_that_finds_no_room_is_kept_not_at_all(with_agreements: Desk) -> None:
    desk = with_agreements
    rows = [f"V-{n},C07,P001,outreach,2026-10-{n % 28 + 1:02d},09:00,10:00,60,1" for n in range(3000)]
    desk.write("visits.csv", "\n".join(["visit,carer,person,support,date,start,end,planned_minutes,planned_carers", *rows]) + "\n")
    before = desk.run("month-end", "2026-10", "--preview", "--as", "asha", "--json").data
    told = desk.run("import", "visits", "visits.csv", "--as", "asha", code=1, largest_file=ROOM)
    assert "The disk is full or does not take what is written; nothing of this was kept." in told.err
    assert desk.run("month-end", "2026-10", "--preview", "--as", "asha", "--json").data == before
    assert desk.run("verify", "--json").data == []
    assert desk.run("import", "visits", "visits.csv", "--as", "asha", "--json").data["new"] == 3000


def test_an_approval_that_finds_no_room_for_its_rows_posts_nothing(with_visits: Desk) -> None:
    desk = with_visits
    digest = desk.prepare()
    before = desk.run("month-end", "2026-10", "--preview", "--as", "asha", "--json").data
    told = desk.run("month-end", "2026-10", "--approve", digest, "--out", "out", "--as", "ben", code=1, largest_file=ROOM)
    assert "nothing of this was kept" in told.err
    assert desk.run("month-end", "2026-10", "--preview", "--as", "asha", "--json").data == before
    assert not list(desk.folder.glob("out/invoices/*"))
    assert desk.run("month-end", "2026-10", "--approve", digest, "--out", "out", "--as", "ben", "--json").data["approved"] is True
    assert desk.run("verify", "--json").data == []


def test_documents_that_find_no_room_are_written_by_the_same_command_again(with_october: Desk) -> None:
    desk, digest = with_october, (with_october.folder / "digest.txt").read_text(encoding="utf-8")
    approve = ("month-end", "2026-10", "--approve", digest, "--out", "out", "--as", "ben")
    told = desk.run(*approve, code=1, largest_file=ROOM_FOR_A_PAGE)
    assert "It could not be written: File too large." in told.err
    assert "give the same command again: what was written stays right." in told.err
    assert [path for path in desk.folder.rglob("*") if path.suffix == ".part"] == []
    assert "approved before" in desk.run(*approve).out
    assert len(list(desk.folder.glob("out/statements/*.pdf"))) == 4
    assert all(path.stat().st_size > 0 for path in Path(desk.folder, "out").rglob("*.pdf"))


def test_new_books_that_find_no_room_leave_no_file_behind(desk: Desk) -> None:
    desk.run("init", "Harbour Lights", "--practice", code=1, largest_file=ROOM)
    assert list(desk.folder.iterdir()) == []
    desk.run("init", "Harbour Lights", "--practice")


def test_agreements_that_find_no_room_are_not_half_prepared(with_people: Desk) -> None:
    told = with_people.run("apply", EXAMPLES / "apply.yaml", "--as", "asha", code=1, largest_file=NO_ROOM)
    assert "nothing of this was kept" in told.err
    with_people.apply()

"""The sample by command: made once, never over other books, and its October closed the same way however often."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.desk import Desk


@pytest.fixture(scope="module")
def small_sample(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("sample"))
    told = desk.run("sample", "--people", "15", "--database", "small.db")
    assert "ringfence month-end 2026-10 --out documents --as asha --database" in told.out
    assert told.err == "", "a bar is only for a terminal"
    assert [path.name for path in desk.folder.iterdir()] == ["small.db"]
    return desk


def test_october_of_the_sample_is_ready_to_be_run(small_sample: Desk) -> None:
    seen = small_sample.run("month-end", "2026-10", "--preview", "--as", "asha", "--database", "small.db", "--json").data
    assert (seen["problems"], seen["not_ready"]) == ([], [])
    assert "small.db stands there already." in small_sample.run("sample", "--people", "15", "--database", "small.db", code=1).err


def test_the_demo_closes_october_and_again_writes_the_same_documents(small_sample: Desk, tmp_path: Path) -> None:
    desk, folder = Desk(tmp_path), tmp_path / "ringfence-demo"
    folder.mkdir()
    shutil.copy(small_sample.folder / "small.db", folder / "books.db")
    first = desk.run("demo", "--no-serve")
    assert first.err == ""
    written = {path: path.read_bytes() for path in folder.rglob("*") if path.suffix in (".pdf", ".html")}
    assert written
    assert desk.run("demo", "--no-serve").out == first.out
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.suffix in (".pdf", ".html")} == written


def test_the_demo_takes_no_notice_of_the_books_one_works_on(with_people: Desk) -> None:
    before = with_people.books
    with_people.write("standing", "a file")
    told = with_people.with_variables(RINGFENCE_DATABASE="ringfence.db").run("demo", "--folder", "standing", code=1)
    assert "The folder standing cannot be made: File exists. Choose another with --folder FOLDER." in told.err
    assert with_people.books == before


def test_a_sample_that_finds_no_room_leaves_nothing_behind(desk: Desk) -> None:
    pytest.importorskip("resource")
    desk.run("sample", "--people", "15", "--database", "small.db", code=1, largest_file=64_000)
    assert list(desk.folder.iterdir()) == []

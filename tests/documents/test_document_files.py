"""Documents in a folder: whole or not at all, under names that every system takes, and never one in place of another's."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from basics.errors import InputError, Refused, RingfenceError
from ringfence.documents.files import check_folder, document_name, write_document
from ringfence.documents.kept_files import KeptFiles


def test_a_name_is_made_from_references() -> None:
    assert document_name("statement", "2026-10", "P-0042", form="pdf") == "statement-2026-10-P-0042.pdf"


@pytest.mark.parametrize("part", ["", "../up", "a/b", "a\\b", "Danny Okoro", "C:", "a:b", ".hidden", "a\x00", "a*"])
def test_what_is_no_reference_makes_no_name(part: str) -> None:
    with pytest.raises(InputError):
        document_name("statement", part, form="pdf")


@pytest.mark.parametrize("name", ["con", "NUL", "aux.x", "COM1", "lpt9"])
def test_names_that_windows_keeps_for_itself_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="Windows"):
        document_name(name, form="pdf")


def test_a_name_too_long_for_a_folder_inside_folders_is_refused() -> None:
    with pytest.raises(InputError, match="longer"):
        document_name("a" * 64, "b" * 64, form="pdf")


@pytest.mark.parametrize("name", ["../up.pdf", "a/b.pdf", "a\\b.pdf", "..", "", "x."])
def test_a_document_is_never_written_outside_its_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(InputError):
        write_document(folder, name, b"x")
    assert list(tmp_path.iterdir()) == [folder]


def test_a_document_is_written_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_document(tmp_path, "a.pdf", b"first")
    write_document(tmp_path, "a.pdf", b"second")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.pdf": b"second"}


def test_a_write_that_fails_leaves_what_stood_there_and_says_what_to_do(tmp_path: Path) -> None:
    stands = tmp_path / "a.pdf"
    stands.mkdir()
    (stands / "kept").write_text("kept", encoding="utf-8")
    with pytest.raises(RingfenceError, match="Check that the folder is there"):
        write_document(tmp_path, "a.pdf", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (stands / "kept").exists()


def test_a_folder_that_cannot_be_written_is_found_out_before_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(RingfenceError, match="give the same command again"):
        check_folder(tmp_path / "file" / "out")


def test_a_folder_that_is_not_there_yet_is_made_and_left_empty(tmp_path: Path) -> None:
    check_folder(tmp_path / "new" / "out")
    assert list((tmp_path / "new" / "out").iterdir()) == []


def test_what_a_killed_run_left_half_written_is_taken_away_and_what_another_is_writing_stays(tmp_path: Path) -> None:
    for name in (".old.pdf.41.part", ".ringfence-41.check", "issued.pdf", ".new.pdf.42.part"):
        (tmp_path / name).write_bytes(b"x")
        if name != ".new.pdf.42.part":
            os.utime(tmp_path / name, (time.time() - 3600, time.time() - 3600))
    check_folder(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".new.pdf.42.part", "issued.pdf"]


def test_what_a_killed_run_left_half_written_among_somebodys_papers_is_taken_away(tmp_path: Path) -> None:
    KeptFiles(tmp_path).write("people/P001/statement.pdf", "made from", b"whole")
    left = tmp_path / "people" / "P001" / ".statement.pdf.41.part"
    left.write_bytes(b"a part of it")
    os.utime(left, (time.time() - 3600, time.time() - 3600))
    again = KeptFiles(tmp_path)
    assert again.stands("people/P001/statement.pdf", "made from")
    again.close()
    assert [path.name for path in left.parent.iterdir()] == ["statement.pdf"]


def test_two_names_that_differ_by_capitals_only_are_found_out_before_one_replaces_the_other(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        check_folder(tmp_path, ["statement-p-1.pdf", "statement-P-1.pdf", "statement-P-2.pdf"])
    assert [problem.place for problem in refused.value.problems] == ["statement-P-1.pdf"]

"""The people in a file: good rows in, the others named with what to do."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from basics.errors import Refused, RingfenceError
from ringfence.importing.people import PersonRow, read_people
from ringfence.importing.tables import Taken
from ringfence.importing.templates import template


def taken(folder: Path, text: str) -> Taken[PersonRow]:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return read_people(path)


def problems_of(folder: Path, row: str) -> list[str]:
    found = taken(folder, f"reference,name,known_as\n{row}\n")
    assert not found.rows
    return [str(problem) for problem in found.problems]


def test_the_example_file_is_taken_whole(tmp_path: Path) -> None:
    found = taken(tmp_path, template("people"))
    assert not found.problems
    assert found.rows[1] == PersonRow(3, "P002", "Thomas Hale", "Tom")


def test_a_person_is_called_by_the_first_word_of_the_name_unless_the_file_says(tmp_path: Path) -> None:
    found = taken(tmp_path, "reference,name\nP001,Amina Yusuf\n")
    assert found.rows == (PersonRow(2, "P001", "Amina Yusuf", "Amina"),)


def test_good_rows_are_taken_beside_bad_ones(tmp_path: Path) -> None:
    found = taken(tmp_path, "reference,name\nP001,Amina Yusuf\nP 2,Tom Hale\nP003,Grace Lloyd\n")
    assert [row.reference for row in found.rows] == ["P001", "P003"]
    assert [problem.place for problem in found.problems] == ["people.csv, row 3, reference"]


@pytest.mark.parametrize(("row", "problem"), [
    (",Amina Yusuf,", "people.csv, row 2, reference: is blank. Give the person a reference of their own, like P001."),
    ("P001,,", "people.csv, row 2, name: is blank. Write the person’s name."),
    ("P 01,Amina,", "people.csv, row 2, reference: “P 01” cannot be used as a reference. Use letters, digits, dots, dashes and "
                    "underscores, starting with a letter or digit, 64 at most."),
    (f"P001,{'A' * 201},", "people.csv, row 2, name: is 201 characters long. Shorten it to 200."),
    (f"P001,Amina,{'A' * 61}", "people.csv, row 2, known_as: is 61 characters long. Shorten it to 60."),
    ("P001,=1+1,", "people.csv, row 2, name: “=1+1” begins with “=”, which a spreadsheet would run as a formula. Write plain words, "
                   "beginning with a letter or a figure; leave the cell blank where there is nothing to say."),
])
def test_a_row_that_cannot_be_taken_says_where_and_what_to_do(tmp_path: Path, row: str, problem: str) -> None:
    assert problems_of(tmp_path, row) == [problem]


def test_everything_that_is_wrong_with_a_row_is_said(tmp_path: Path) -> None:
    assert len(problems_of(tmp_path, f"P 1,,{'A' * 61}")) == 3


def test_the_same_person_told_twice_counts_once(tmp_path: Path) -> None:
    found = taken(tmp_path, "reference,name,known_as\nP001,Amina Yusuf,\nP001, Amina Yusuf ,Amina\n")
    assert len(found.rows) == 1
    assert not found.problems
    assert found.notices == ("people.csv, row 3: P001 is the same as in row 2, and counts once.",)


def test_one_reference_with_two_names_takes_neither(tmp_path: Path) -> None:
    found = taken(tmp_path, "reference,name\nP001,Amina Yusuf\nP002,Tom Hale\nP001,Amira Yusuf\n")
    assert [row.reference for row in found.rows] == ["P002"]
    assert [str(problem) for problem in found.problems] == [
        "people.csv, row 2, reference: P001 stands in rows 2 and 4 with different details. Keep the right one. "
        "Two people need two references.",
        "people.csv, row 4, reference: P001 stands in rows 2 and 4 with different details. Keep the right one. "
        "Two people need two references."]


def test_a_column_that_is_not_known_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="column “NHS number”: is not one that is known here"):
        taken(tmp_path, "reference,name,NHS number\nP001,Amina,943 476 5919\n")


def test_the_digest_is_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    text = template("people")
    assert taken(tmp_path, text).digest == hashlib.sha256(text.encode()).hexdigest()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_gives_rows_problems_or_an_error_for_a_person(tmp_path: Path, text: str) -> None:
    with suppress(RingfenceError):
        assert all(row.reference and row.known_as for row in taken(tmp_path, "reference,name\n" + text).rows)

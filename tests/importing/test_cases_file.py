"""The file of a published case: one form for all, and everything wrong with one told at once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from basics.errors import NotKnown, Refused
from ringfence.importing import cases_file
from ringfence.importing.cases_file import case_names, read_case

CASE = """
name: leave
case: Leave
kind: holiday
year: "2026"
source: Somebody
given: 5.6 weeks
shows: That it is counted
unit: percent
inputs: {weeks: 5.6}
figures:
  - {figure: Worked, theirs: 12.07, ours: of_worked_pay}
  - {figure: Both, theirs: 22.84, ours: [of_worked_pay, of_all_paid], unit: pounds, basis: worked out by hand}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cases_file, "FOLDER", tmp_path)
    return tmp_path


def kept(folder: Path, text: str) -> None:
    (folder / "leave.case.yaml").write_text(text, encoding="utf-8")


def test_a_case_is_read_by_its_name(folder: Path) -> None:
    kept(folder, CASE)
    assert case_names() == ("leave",)
    case = read_case("leave")
    assert case.theirs == {"Worked": Decimal("12.07"), "Both": Decimal("22.84")}
    assert [each.beside for each in case.figures] == [("of_worked_pay",), ("of_worked_pay", "of_all_paid")]


def test_a_name_that_is_not_there_is_told_with_those_that_are(folder: Path) -> None:
    kept(folder, CASE)
    for name in ("lave", "../leave", ""):
        with pytest.raises(NotKnown, match="The cases are leave"):
            read_case(name)


@pytest.mark.parametrize(("change", "says"), [
    (("12.07,", "12.07, differs: 0.01,"), "line 12, figures 1: A difference without a reason, or a reason without a difference. Give differs"),
    (("12.07,", "12.07, because: it does,"), "A difference without a reason"),
    (("kind: holiday", "kind: leave"), "line 4, kind: “leave” is not one of the choices. Choose price,"),
    (("12.07,", '"12.07",'), "line 12, figures 1.theirs: There is “12.07” where a number belongs."),
    (("source: Somebody\n", ""), "“source” is missing. Add it."),
    (("year:", "years:"), "“years” is not a key that belongs here. Did you mean “year”?"),
])
def test_what_is_wrong_with_a_case_is_told_with_its_line(folder: Path, change: tuple[str, str], says: str) -> None:
    kept(folder, CASE.replace(*change))
    with pytest.raises(Refused) as refused:
        read_case("leave")
    assert says in str(refused.value)

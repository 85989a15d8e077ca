"""`ringfence cases`: ours beside theirs, for a person and for another program, and the exit code where they disagree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import ringfence
from ringfence.actions.cases import every_case
from ringfence.cli.main import app
from ringfence.importing import cases_file


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["cases", *words])


def test_the_list_holds_every_case_with_both_figures() -> None:
    lines = run().stdout.splitlines()
    for case in every_case():
        (line,) = (line for line in lines if line.split()[:1] == [case.about.name])
        assert case.first.in_words(case.first.theirs) in line
        assert case.first.difference_in_words in line


def test_one_case_shows_its_source_what_is_given_and_why_figures_differ() -> None:
    text = " ".join(run("caretilt").stdout.split())
    for words in ("https://github.com/vierlan/caretilt", "What is given: A house of four people and one empty place", "What is inferred:",
                  "Price of an hour £32.67 £29.32 -£3.35", "They count the four hours with two staff once", "+£622.72", "What it shows:"):
        assert words in text


def test_for_another_program_figures_are_text() -> None:
    result = run("ukhca-2014", "--json")
    (case,) = json.loads(result.stdout)
    assert result.exit_code == 0
    assert case["figures"][0] == {"figure": "Price of an hour", "unit": "pounds", "basis": "printed", "theirs": "15.19", "ours": "15.19",
                                  "difference": "0.00", "because": None, "not_run": None}
    assert [each["basis"] for each in case["figures"]].count("inferred") == 5
    assert len(json.loads(run("--json").stdout)) == len(every_case())


def test_a_difference_that_the_case_does_not_state_ends_with_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (cases_file.FOLDER / "holiday.case.yaml").read_text(encoding="utf-8")
    (tmp_path / "holiday.case.yaml").write_text(text.replace("12.07,", "12.08,"), encoding="utf-8")
    monkeypatch.setattr(cases_file, "FOLDER", tmp_path)
    result = run()
    assert result.exit_code == 1
    assert "-0.01%" in result.stdout
    assert "Ours is not what the case says it is, so rely on no figure of this kind before it is known why: holiday." in result.stderr


def test_the_page_of_the_documentation_names_every_case_and_shows_what_is_printed() -> None:
    page = (Path(ringfence.__file__).parents[1] / "docs" / "cases.md").read_text(encoding="utf-8")
    assert [case.about.name for case in every_case() if f"`{case.about.name}`" not in page] == []
    printed = run().stdout.splitlines()
    assert [line for line in page.split("```")[1].strip("\n").splitlines() if line not in printed] == []

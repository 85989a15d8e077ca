"""What if: scenarios that were sent with their cost files, read as the command reads them, and nothing else of this machine."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from basics.errors import InputError, Refused
from ringfence.actions.costing import as_cost_workbook, example_content
from ringfence.actions.scenarios import Sampling, compare_scenarios
from ringfence.actions.what_if import MOST_FILES, Question, answer, base_name, example_question, figures_used, question_of
from ringfence.importing.yaml_text import yaml_text_of

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
EXAMPLE = EXAMPLES / "next_year.scenarios.yaml"
OUTREACH, LIVING = "outreach.cost.yaml", "living.cost.yaml"


def of_folder(*names: str) -> dict[str, bytes]:
    return {name: (EXAMPLES / name).read_bytes() for name in names}


def sent() -> dict[str, bytes]:
    return of_folder(EXAMPLE.name, OUTREACH, LIVING)


def said(question: Question) -> list[list[str]]:
    return [[str(outcome.surplus) for outcome in result.outcomes] for result in answer(question).all]


def test_what_was_sent_is_answered_as_the_command_answers_the_file() -> None:
    by_file = compare_scenarios(EXAMPLE, with_tornado=True, sampling=Sampling(1, 50))
    by_sending = answer(question_of(sent()), with_tornado=True, sampling=Sampling(1, 50))
    assert [result.outcomes for result in by_sending.all] == [result.outcomes for result in by_file.all]
    assert [result.scenario.told for result in by_sending.all] == [result.scenario.told for result in by_file.all]
    assert [(each.low, each.high) for each in by_sending.effects] == [(each.low, each.high) for each in by_file.effects]
    assert by_sending.ranges == by_file.ranges


def test_the_example_is_the_documented_one() -> None:
    assert said(example_question()) == said(question_of(sent()))


def test_what_is_saved_is_read_back_as_the_same(tmp_path: Path) -> None:
    question = question_of(sent())
    assert yaml_text_of(question.file, "saved").data == question.content
    for name, content in {**question.costs, "saved.yaml": question.file}.items():
        (tmp_path / name).write_bytes(content)
    assert [result.outcomes for result in compare_scenarios(tmp_path / "saved.yaml").all] == [each.outcomes for each in answer(question).all]


def test_cost_files_alone_are_a_base_of_one_person_each() -> None:
    question = question_of(of_folder(OUTREACH, LIVING))
    assert [each["people"] for each in question.content["provided"]] == [1, 1]
    provided = [{**each, "people": people} for each, people in zip(question.content["provided"], (40, 15), strict=True)]
    forty, _, fifteen = answer(example_question()).base.outcomes
    assert answer(Question({**question.content, "provided": provided}, question.costs)).base.outcomes == (forty, fifteen)


def test_a_filled_workbook_is_a_cost_file_too() -> None:
    question = question_of({"outreach.cost.xlsx": as_cost_workbook(example_content())})
    assert said(question) == said(question_of(of_folder(OUTREACH)))


def test_overheads_that_were_sent_are_read_and_others_are_not(tmp_path: Path) -> None:
    line = b"company_costs:\n  - {line: Company costs, from_overheads: overheads.yaml, service: Outreach}\n"
    cost = (EXAMPLES / OUTREACH).read_bytes()
    cost = cost[:cost.index(b"company_costs:")] + line + cost[cost.index(b"\ncontingency:"):]
    with pytest.raises(Refused, match=r"overheads\.yaml was not sent with it"):
        question_of({OUTREACH: cost})
    assert question_of({OUTREACH: cost, **of_folder("overheads.yaml")}).content["provided"][0]["cost"] == OUTREACH


@pytest.mark.parametrize("named", ["../secret.cost.yaml", "/etc/passwd", "other.cost.yaml"])
def test_a_file_that_was_not_sent_is_never_opened(named: str) -> None:
    text = EXAMPLE.read_bytes().replace(OUTREACH.encode(), named.encode())
    with pytest.raises(Refused) as refused:
        question_of({**sent(), EXAMPLE.name: text})
    assert {problem.what for problem in refused.value.problems} == {f"{named} was not sent with it."}
    assert "line 4, provided 1.cost" in refused.value.problems[0].place


def test_a_folder_of_figures_beside_a_cost_file_is_not_opened() -> None:
    cost = (EXAMPLES / OUTREACH).read_bytes() + b"\nparameters: ..\n"
    with pytest.raises(Refused, match="cannot be opened from here"):
        question_of({OUTREACH: cost})


@pytest.mark.parametrize(("given", "name"), [("a.yaml", "a.yaml"), ("x/../a.yaml", "a.yaml"), ("C:\\x\\a.yaml", "a.yaml"), ("/etc/a.yaml", "a.yaml")])
def test_a_sent_file_has_a_name_and_no_folder(given: str, name: str) -> None:
    assert base_name(given) == name


@pytest.mark.parametrize("names", [("a/out.cost.yaml", "b/out.cost.yaml"), ("A.yaml", "a.yaml"), ("..",), ("",), (".hidden.yaml",), ("a\0.yaml",)])
def test_files_that_cannot_be_told_apart_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="cannot be told from the other files"):
        question_of(dict.fromkeys(names, b"quote: {per: hour}\nname: x\n"))


def test_too_many_files_two_of_scenarios_or_none_at_all_are_refused_in_words() -> None:
    with pytest.raises(InputError, match="more than"):
        question_of({f"{n}.yaml": b"name: x\n" for n in range(MOST_FILES + 1)})
    with pytest.raises(InputError, match="are files of scenarios"):
        question_of({**sent(), "again.yaml": EXAMPLE.read_bytes()})
    with pytest.raises(InputError, match="no file of scenarios and no cost file"):
        question_of({"a.yaml": b"name: x\n"})


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"provided: 5\nname: x\n", b"provided: [5]\nname: x\n", b"provided: [{cost: [1]}]\nname: x\n",
                                     b"provided:\n  - {cost: outreach.cost.yaml, service: A, funder: B, people: -1}\nname: x\n"])
def test_a_file_that_is_not_whole_is_refused_in_words(content: bytes) -> None:
    with pytest.raises((Refused, InputError)) as refused:
        question_of({"x.yaml": content, **of_folder(OUTREACH)})
    assert refused.value.problems


def test_what_is_wrong_away_from_a_file_is_named_by_what_it_is_of() -> None:
    question = example_question()
    without = Question({**question.content, "assumed": []}, question.costs)
    with pytest.raises(Refused) as refused:
        answer(without)
    assert refused.value.problems[0].place == "Scenario “Rates of May 2027, prices held”"
    assert "line" not in json.dumps([str(problem) for problem in refused.value.problems])


def test_figures_that_a_later_day_lacks_are_told_unless_they_are_assumed() -> None:
    question = example_question()
    without = Question({**question.content, "assumed": [], "scenarios": []}, question.costs)
    assert {each.is_known for each in figures_used(without, date(2026, 10, 1))} == {True}
    assert {each.key for each in figures_used(without, date(2027, 5, 1)) if not each.is_known} == {
        each["parameter"] for each in question.content["assumed"]}
    assert [each for each in figures_used(question, date(2027, 5, 1)) if not each.is_known] == []
    wage = next(each for each in figures_used(question) if each.key == "national_living_wage")
    assert wage.figure.value == Decimal("12.71")
    assert wage.in_words == "National Living Wage, £12.71 an hour now"

"""A case, and what came of it: agreement, a difference that is stated, one that is not, and what is not run."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ringfence.actions.cases import DIFFERS, INFERRED, NOT_AS_STATED, NOT_RUN, Case, every_case, in_short, one_case
from ringfence.importing.cases_file import case_names


def with_ours(case: Case, ours: str) -> Case:
    return replace(case, figures=(replace(case.first, ours=Decimal(ours)), *case.figures[1:]))


def test_every_case_is_there_once_in_the_order_of_the_names() -> None:
    assert tuple(each.about.name for each in every_case()) == case_names()


def test_a_figure_that_agrees_says_so() -> None:
    first = one_case("ukhca-2014").first
    assert (first.in_words(first.theirs), first.difference_in_words, first.is_as_stated) == ("£15.19", "none", True)


def test_a_difference_of_a_penny_that_nobody_stated_is_found() -> None:
    case = with_ours(one_case("ukhca-2014"), "15.20")
    assert case.first.difference == Decimal("0.01")
    assert case.first.difference_in_words == "+£0.01"
    assert not case.is_as_stated
    assert case.in_short == f"{NOT_AS_STATED}."
    assert in_short([case, one_case("ias-100")]).endswith(f"{NOT_AS_STATED}: ukhca-2014.")


def test_a_stated_difference_is_as_stated_and_no_other_is() -> None:
    case = one_case("caretilt")
    assert (case.first.difference, case.first.difference_in_words, case.is_as_stated) == (Decimal("-3.35"), "-£3.35", True)
    assert not with_ours(case, "32.67").is_as_stated  # to agree, where the case says that it does not, is wrong too


def test_what_needs_whole_books_has_no_figure_of_ours_and_says_why() -> None:
    case = one_case("four-weekly-monthly")
    assert {each.ours for each in case.figures} == {None}
    assert all(each.not_run for each in case.figures)
    assert case.first.difference_in_words == "not run here"
    assert NOT_RUN in case.marks


def test_marks_say_what_a_reader_must_know() -> None:
    assert one_case("ias-100").marks == ()
    assert one_case("ukhca-2014").marks == (INFERRED,)
    assert one_case("caretilt").marks == (INFERRED, DIFFERS)


def test_figures_are_told_with_their_unit() -> None:
    firsts = [one_case(name).first for name in ("equal-83", "holiday", "three-funders-hours", "ndis-2024")]
    assert [first.in_words(first.theirs) for first in firsts] == ["25 people", "12.07%", "22.75 hours", "A$67.56"]


def test_what_others_published_stands_apart_from_what_was_worked_out_by_hand() -> None:
    assert one_case("caretilt").is_published
    assert one_case("riverside-elders").is_published
    assert not one_case("sick-pay").is_published


def test_how_many_agree_is_said_of_those_that_were_run() -> None:
    found = [one_case(name) for name in ("ias-100", "caretilt", "mid-year-go-live")]
    assert in_short(found) == "2 cases were run afresh, and 1 agrees in every figure. In 1 some figures differ, and the case says why."
    assert in_short(found[:1]) == "1 case was run afresh, and 1 agrees in every figure."

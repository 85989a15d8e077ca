"""What a fund may buy: the never list whatever is answered, the plan’s lines as far as they go, three questions for the rest (docs/spending.md)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isf.spending import NEVER, ONLY_IN_THE_PLAN, QUESTIONS, Answer, Kind, Line, Purchase, Verdict, check

ON = date(2026, 10, 5)
FOR = {"legal": True, "disrepute": False, "works": True}


def answered(**said: bool) -> tuple[tuple[str, Answer], ...]:
    return tuple((question, Answer(yes, "Mo Reid, social worker", ON)) for question, yes in said.items())


answers = st.dictionaries(st.sampled_from(sorted(QUESTIONS)), st.booleans()).map(lambda said: answered(**said))
lines = st.none() | st.builds(Line, st.just("Swimming"), st.none() | st.integers(-10_000, 10_000))
purchases = st.builds(Purchase, kind=st.sampled_from(Kind), pence=st.integers(1, 10_000), line=lines, answers=answers, by_agreement=st.booleans())


@given(purchases)
def test_nothing_in_the_never_list_is_ever_allowed_by_any_answers(purchase: Purchase) -> None:
    if purchase.kind in NEVER or (purchase.kind is Kind.RELATIVE and not purchase.by_agreement) or (
            purchase.kind in ONLY_IN_THE_PLAN and purchase.line is None):
        assert check(purchase).verdict is Verdict.NEVER


@given(purchases)
def test_what_the_plans_line_does_not_have_is_asked_about_until_all_three_are_answered_for_it(purchase: Purchase) -> None:
    checked, said = check(purchase), dict(purchase.answers)
    in_the_plan = purchase.line is not None and purchase.line.left_pence is not None and purchase.pence <= purchase.line.left_pence
    if not in_the_plan and checked.verdict is Verdict.ALLOWED:
        assert {question: answer.yes for question, answer in said.items()} == FOR
    assert (checked.verdict is Verdict.ASK) == bool(checked.to_answer)
    assert set(checked.to_answer).isdisjoint(said)


@given(purchases)
def test_every_verdict_has_its_reason_and_every_reason_its_source(purchase: Purchase) -> None:
    checked = check(purchase)
    assert checked.reasons
    assert all(each.why.endswith((".", "?")) and each.source and each.why in checked.in_words for each in checked.reasons)


def test_a_penny_more_than_the_line_has_left_is_asked_about() -> None:
    line = Line("Swimming", 6_000)
    assert check(Purchase(kind=Kind.OTHER, pence=6_000, line=line)).verdict is Verdict.ALLOWED
    more = check(Purchase(kind=Kind.OTHER, pence=6_001, line=line))
    assert (more.verdict, more.reasons[0].why, more.to_answer) == (Verdict.ASK, "It is £60.01, and £60.00 is left of “Swimming”.", tuple(QUESTIONS))
    assert check(Purchase(kind=Kind.OTHER, pence=6_001, line=line, answers=answered(**FOR))).verdict is Verdict.ALLOWED


@pytest.mark.parametrize("against", [{"legal": False}, {"disrepute": True}, {"works": False}])
def test_one_answer_against_it_is_enough(against: dict[str, bool]) -> None:
    assert check(Purchase(kind=Kind.OTHER, pence=1, answers=answered(**(FOR | against)))).verdict is Verdict.NEVER
    assert check(Purchase(kind=Kind.OTHER, pence=1, answers=answered(**against))).verdict is Verdict.NEVER


def test_the_never_list_is_that_of_the_field() -> None:
    """Illegal, gambling, alcohol, tobacco, debt; NHS care, housing costs, household bills, ordinary food, the council’s own services, long-term
    residential care; a close relative by agreement; capital goods and security by the plan."""
    assert set(NEVER) | set(ONLY_IN_THE_PLAN) | {Kind.RELATIVE} == set(Kind) - {Kind.OTHER}
    assert len(NEVER) == 11

"""What may be said to a quote: other prices until there is an answer, one answer, none after it has expired; and what then stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from basics.errors import InputError
from basics.money import Money
from costing.package import Per
from costing.quote import Answer, Followed, Quote, QuoteLine, Standing, Word
from costing.quote_answers import is_new, price_meant

MADE, UNTIL, FIRST = date(2026, 11, 2), date(2026, 11, 30), date(2027, 1, 1)
QUOTE = Quote(
    reference="Q-0001", provider="Halden Support", provider_address=("3 Mill Lane",), provider_contact="Priya Shah", practice=False,
    funder="Southgate Council", funder_address=(), person="", review="", package="Outreach", people=3, made_on=MADE.isoformat(),
    priced_on=FIRST.isoformat(), first=FIRST.isoformat(), until=UNTIL.isoformat(), per="hour", pence=2500, now_pence=2400,
    hours_per_week="10", weeks_per_year="52", full_cost_per_week="240", lines=(QuoteLine("Direct support", "Support", 2500, 2400, 1000, ()),),
    taken_off_pence=0, taken_off_before_pence=0, rounding_pence=0, rounding_before_pence=0, changes=(), steps=(), notes=(), file="a.yaml",
    content="", digest="d" * 64)
"""£25.00 an hour for ten hours a week for three people, who pay £24.00 now, which is its full cost."""
ASKED = Followed(QUOTE, "asha")


def said(word, pence=2500, on=MADE, first=FIRST, why=""):
    return Answer(word, on, first, pence, why)


def after(*answers):
    return replace(ASKED, answers=answers)


def test_a_quote_stands_until_its_last_day_and_expires_the_day_after():
    assert ASKED.standing(UNTIL) is Standing.OFFERED
    assert ASKED.standing(UNTIL + timedelta(days=1)) is Standing.EXPIRED


def test_an_answered_quote_never_expires():
    long_after = UNTIL + timedelta(days=900)
    assert after(said(Word.ACCEPTED)).standing(long_after) is Standing.ACCEPTED
    assert after(said(Word.REFUSED)).standing(long_after) is Standing.REFUSED


def test_what_was_agreed_from_another_day_than_it_was_worked_out_for_is_said():
    assert (ASKED.carried_in_words, after(said(Word.ACCEPTED)).carried_in_words) == ("", "")
    later = after(said(Word.ACCEPTED, first=date(2027, 8, 1)))
    assert later.carried_in_words.startswith("Q-0001 was worked out for 1 January 2027, and was agreed from 1 August 2027: check")
    over_a_year = replace(later, quote=replace(QUOTE, priced_until="2027-08-01"))
    assert over_a_year.carried_in_words == ""


def test_another_price_that_is_offered_is_no_answer():
    offered = after(said(Word.OFFERED, 2450))
    assert (offered.standing(MADE), offered.agreed) == (Standing.OFFERED, None)
    assert is_new(offered, said(Word.OFFERED, 2475), MADE)


def test_where_two_prices_are_on_the_table_an_answer_says_which():
    assert price_meant(ASKED) == 2500
    with pytest.raises(InputError, match=r"asks for £25\.00, and £24\.50 was offered\. Say which"):
        price_meant(after(said(Word.OFFERED, 2450)))
    assert price_meant(after(said(Word.OFFERED, 2450), said(Word.ACCEPTED, 2450))) == 2450


def test_the_same_answer_again_changes_nothing_on_whatever_day():
    for word in (Word.OFFERED, Word.ACCEPTED, Word.REFUSED):
        assert not is_new(after(said(word)), said(word, on=UNTIL), UNTIL)
    assert not is_new(after(said(Word.REFUSED, why="No money")), said(Word.REFUSED), UNTIL + timedelta(days=99))


@pytest.mark.parametrize(("before", "now", "says"), [
    ([said(Word.ACCEPTED)], said(Word.REFUSED), "has one answer only"),
    ([said(Word.REFUSED)], said(Word.ACCEPTED), "has one answer only"),
    ([said(Word.REFUSED)], said(Word.OFFERED, 2400), "has one answer only"),
    ([said(Word.ACCEPTED)], said(Word.ACCEPTED, 2450), "has one answer only"),
    ([], said(Word.ACCEPTED, on=UNTIL + timedelta(days=1)), "expired on 30 November 2026"),
    ([], said(Word.OFFERED, on=UNTIL + timedelta(days=1)), "expired on 30 November 2026"),
    ([], said(Word.ACCEPTED, on=MADE - timedelta(days=1)), "was made on 2 November 2026"),
    ([], said(Word.ACCEPTED, on=UNTIL + timedelta(days=5)), "is still to come"),
    ([], said(Word.ACCEPTED, 2501), "more than the £25.00"),
    ([], said(Word.ACCEPTED, 0), "is no price"),
    ([], said(Word.REFUSED, why="x" * 501), "longer than 500"),
])
def test_what_cannot_be_said_any_more_is_refused(before, now, says):
    with pytest.raises(InputError, match=says):
        is_new(after(*before), now, UNTIL + timedelta(days=4) if "expired" in says else UNTIL)


def test_an_answer_in_time_can_be_recorded_later():
    assert is_new(ASKED, said(Word.ACCEPTED, on=UNTIL), UNTIL + timedelta(days=30))


def test_what_a_year_brings_more_is_as_asked_then_as_agreed_and_nothing_of_what_was_refused():
    assert ASKED.more_per_year(MADE) == Money(100 * 10 * 52 * 3)
    assert after(said(Word.OFFERED, 2450)).more_per_year(MADE) == Money(100 * 10 * 52 * 3)
    assert after(said(Word.OFFERED, 2450), said(Word.ACCEPTED, 2450)).more_per_year(MADE) == Money(50 * 10 * 52 * 3)
    assert after(said(Word.REFUSED)).more_per_year(MADE) is None
    assert ASKED.more_per_year(UNTIL + timedelta(days=1)) is None
    assert replace(ASKED, quote=replace(QUOTE, now_pence=None)).more_per_year(MADE) is None


def test_what_was_agreed_below_full_cost_is_told_for_all_the_people():
    assert QUOTE.charged(Per.WEEK) == Money(25000)
    assert after(said(Word.ACCEPTED, 2400)).short_per_week == Money(0)
    assert after(said(Word.ACCEPTED, 2350)).short_per_week == Money(1500)
    assert ASKED.short_per_week == Money(0)


SAYING = st.builds(said, st.sampled_from(Word), st.integers(2300, 2500), st.dates(MADE, UNTIL))


@settings(max_examples=80, deadline=None)
@examples(st.lists(SAYING, max_size=6))
def test_whatever_is_said_in_whatever_order_there_is_one_answer_and_it_stands_last(sayings):
    followed = ASKED
    for each in sayings:
        try:
            followed = replace(followed, answers=(*followed.answers, *([each] if is_new(followed, each, UNTIL) else [])))
        except InputError:
            assert followed.answer is not None
    answers = [each for each in followed.answers if each.word is not Word.OFFERED]
    assert len(answers) <= 1
    assert answers == [] or followed.answers[-1] is answers[0]

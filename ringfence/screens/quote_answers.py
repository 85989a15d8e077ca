"""Recording what a funder said to a quote: another price, yes or no. What was typed stays until it is whole."""

from __future__ import annotations

from datetime import date

import streamlit as st

from basics.errors import Problem, RingfenceError
from basics.money import Money
from basics.periods import day_in_words
from costing.quote import Followed, Standing, Word
from ringfence.actions.quotes import Quotes, answer_quote
from ringfence.screens.components import amounts
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import part
from ringfence.screens.components.offered import is_offered
from ringfence.screens.quote_making import DONE, maybe_money

SAID = {"They accept": Word.ACCEPTED, "They offer another price": Word.OFFERED, "They refuse": Word.REFUSED}


def answer(found: Quotes) -> None:
    """A form for one of the quotes that wait; nothing where none does."""
    waiting = {f"{each.quote.reference}, {each.quote.funder}: {each.quote.package}": each for each in found.of(Standing.OFFERED)}
    if not waiting:
        return
    part("Record an answer", "One yes or no for each quote. Another price that is offered is no answer yet.")
    if not is_offered("Record an answer"):
        return
    followed = waiting[st.selectbox("Which quote", list(waiting), key="answer-quote")]
    word = SAID[st.segmented_control("What they say", list(SAID), default=next(iter(SAID)), required=True, key="answer-word")]
    on, first, why, price, problems = _typed(followed, word)
    if not isinstance(on, date) or not isinstance(first, date):
        st.html(problem_summary([Problem("The days", "One of them is empty.", "Fill it in.")]))
    elif not problems and st.button(_button(followed, word, price), key="answer-record"):
        _record(followed, word, on, first, why, price)


def _typed(followed: Followed, word: Word) -> tuple[object, object, str, Money | None, list[Problem]]:
    problems: list[Problem] = []
    key, quote = followed.quote.reference, followed.quote
    left, middle, right = st.columns(3)
    with left:
        price = None if word is Word.REFUSED else amounts.typed(f"Price for each {quote.per}, £", maybe_money, problems, key=f"answer-price-{key}",
                                                                placeholder=Money(quote.pence).plain, help="Empty: the price that was asked.")
    on = middle.date_input("They said so on", acting().today, key=f"answer-on-{key}", format="DD/MM/YYYY")
    first = quote.first_day if word is Word.REFUSED else right.date_input("It counts from", quote.first_day, key=f"answer-first-{key}",
                                                                         format="DD/MM/YYYY")
    return on, first, st.text_input("Why, in their words", key=f"answer-why-{key}", autocomplete="off"), price, problems


def _button(followed: Followed, word: Word, price: Money | None) -> str:
    reference = followed.quote.reference
    if word is Word.REFUSED:
        return f"Record that {reference} is refused"
    at = f"{price or Money(followed.quote.pence)} for each {followed.quote.per}"
    return f"Record that {at} is offered for {reference}" if word is Word.OFFERED else f"Record that {reference} is accepted at {at}"


def _record(followed: Followed, word: Word, on: date, first: date, why: str, price: Money | None) -> None:
    try:
        done = answer_quote(acting(), followed.quote.reference, word, on=on, first=first, price=price, why=why)
    except RingfenceError as error:
        show_problems(error)
        return
    said = done.answer or done.offer
    assert said is not None
    st.session_state[DONE] = f"Recorded: {done.quote.reference} was {said.word} on {day_in_words(said.on)}. {done.carried_in_words}".strip()
    st.rerun()

"""Making a quote from a cost file that is sent: its price first, then whom to ask."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem, RingfenceError
from basics.money import Money
from costing.explain import in_words
from costing.package import Per
from costing.price import money
from ringfence.actions.quote_files import priced_content
from ringfence.actions.quote_records import Asking, Priced
from ringfence.actions.quotes import make_quote
from ringfence.screens.components import amounts
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.markup import link
from ringfence.screens.components.offered import finance_button

DONE = "quote-done"
STANDS_FOR = timedelta(days=60)


def make() -> None:
    """The form of a new quote, once its cost file can be priced."""
    part("Make a quote", Markup("It is made of a cost file, which {} makes. The whole price is kept with it: nothing later changes it.").format(
        link("Cost a package", "/cost")))
    sent = st.file_uploader("A cost file", type=["yaml", "yml"], key="quote-file", max_upload_size=5)
    if sent is None:
        return
    try:
        priced = priced_content(sent.getvalue(), sent.name)
    except RingfenceError as error:
        show_problems(error)
        return
    price = priced.price
    year = f", {in_words(price.per_year)}" if price.per_year else ""
    words(f"{price.name}: {in_words(price.per_hour)}, {in_words(price.per_week)}{year}. It is the price {price.days_in_words}.")
    if price.shares:
        parts = ", ".join(f"{payer.name} {part}" for payer, part in price.shares.by_payer)
        words(f"Each of its funders is asked for their own part of the week: {parts}.")
    for note in price.notes:
        words(note, quiet=True)
    _ask(priced)


def maybe_money(text: str) -> Money | None:
    """An empty box is no mistake."""
    return amounts.money(text) if text.strip() else None


def _ask(priced: Priced) -> None:
    price, problems = priced.price, list[Problem]()
    left, right = st.columns(2)
    funder = left.text_input("Whom to ask", key="quote-funder", autocomplete="off", placeholder="The funder’s name")
    person = right.text_input("For whom", key="quote-person", autocomplete="off", placeholder="A person’s reference, if it is for one")
    days, more = st.columns(2)
    first = days.date_input("It counts from", price.on, key="quote-first", format="DD/MM/YYYY")
    until = more.date_input("They can answer until", acting().today + STANDS_FOR, key="quote-until", format="DD/MM/YYYY")
    whole = f"{money(price.quoted)} for each {price.quoted_per}"
    per, most, ask = (Per.WEEK, "their part", "Ask for their part of") if price.shares else (price.quoted_per, money(price.quoted).plain, "Ask")
    asked = amounts.typed(f"Ask for less, for each {per}, £", maybe_money, problems, key="quote-price", placeholder=most,
                          help="Empty: the price of the file. Below full cost a decision must cover it.")
    if not isinstance(first, date) or not isinstance(until, date):
        st.html(problem_summary([Problem("The days", "One of them is empty.", "Fill it in.")]))
    elif not problems and finance_button(f"Ask {asked} for each {per}" if asked else f"{ask} {whole}", type="primary", key="quote-make"):
        _make(priced, Asking(funder, until, first, person.strip(), price=asked))


def _make(priced: Priced, asking: Asking) -> None:
    try:
        made = make_quote(acting(), priced, asking)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = Markup("{} is made. It asks {} for each {}. {}").format(
        made.quote.reference, Money(made.quote.pence), made.quote.per, link("Open its letter", f"/documents/{made.document_id}.pdf", new_tab=True))
    st.rerun()

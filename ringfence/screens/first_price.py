"""A first price in ten minutes: a pasted list of overheads, a few figures, and what an hour of support then costs. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem, RingfenceError
from basics.money import Money
from costing.price import money
from ringfence.actions.first_price import FILE_NAME, FirstPrice, Overhead, first_price, overheads_typed
from ringfence.screens import cost_a_package
from ringfence.screens.components import amounts
from ringfence.screens.components.failure import problem_summary
from ringfence.screens.components.frame import heading, part, words
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import link, pounds
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text
from ringfence.screens.cost_answer import price_card
from ringfence.screens.cost_from_file import form_of

CO_ORDINATION = "Team leaders = 56,000\nSenior managers = 92,000\nStaff and service development = 18,000"
COMPANY = "Rent and offices = 52,000\nIT and payroll = 48,000\nAudit, bank and legal = 24,000\nInsurance and the regulator = 22,500"
HOURS, WEEK = "60,000", "10"


@st.fragment
def page() -> None:
    """Draw the page: two lists, three figures, and the price, which moves with them."""
    above = st.container()
    problems: list[Problem] = []
    part("1. What does it cost to run the organisation for a year?",
         "From your accounts or your budget, a line each: what it is = pounds. Paste yours over these. Leave out the pay of whoever gives support: "
         "that comes below.")
    what_is("service co-ordination", "company costs")
    left, right = st.columns(2)
    with left:
        co_ordination = _lines("Service co-ordination", CO_ORDINATION, problems, "first-co-ordination")
    with right:
        company = _lines("Company costs", COMPANY, problems, "first-company")
    part("2. How much support is that for?")
    left, middle, right = st.columns(3)
    with left:
        hours = amounts.typed("Hours of support in a year, all of it", amounts.number, problems, key="first-hours", value=HOURS)
    with middle:
        week = amounts.typed("Hours a week of the person you price", amounts.number, problems, key="first-week", value=WEEK)
    with right:
        pay = amounts.typed("Pay an hour, if not the National Living Wage", _pay, problems, key="first-pay", placeholder="£13.20")
    part("3. The price")
    found = _priced(co_ordination, company, hours, week, pay, problems) if not problems else None
    with above:
        heading("Your first price", "Ten minutes, and nothing is stored. The price below moves with what you write." if found else
                "Something is to be put right before there is a price.")
        if found is None:
            st.html(problem_summary(problems))
    if found is None:
        words("It stands here once that is put right.", quiet=True)
        return
    _answer(found)


def _lines(label: str, value: str, problems: list[Problem], key: str) -> tuple[Overhead, ...]:
    typed = st.text_area(label, value, key=key, height=170)
    try:
        return overheads_typed(typed or "", label)
    except RingfenceError as error:
        problems.extend(error.problems)
        for each in error.problems:
            amounts.beside(each)
        return ()


def _pay(said: str) -> Decimal | None:
    return amounts.money(said).pounds if said.strip() else None


def _priced(co_ordination: Sequence[Overhead], company: Sequence[Overhead], hours: Decimal | None, week: Decimal | None,
            pay: Decimal | None, problems: list[Problem]) -> FirstPrice | None:
    try:
        return first_price(co_ordination, company, hours or Decimal(), week or Decimal(), pay)
    except RingfenceError as error:
        problems.extend(error.problems)
        return None


def _answer(found: FirstPrice) -> None:
    left, right = st.columns([3, 2], gap="medium")
    with right:
        st.html(price_card(found.price, is_before=False))
    with left:
        table("Overheads of a year, and of an hour of support", [text("What it is"), figures("A year"), figures("An hour")],
              [*_rows(found, found.co_ordination), *_rows(found, found.company)],
              total=["All overheads", pounds(_sum((*found.co_ordination, *found.company))),
                     f"£{found.an_hour((*found.co_ordination, *found.company)):.4f}"])
    words(f"An hour is {money(found.price.quoted)}: pay with everything that is added to it, and its part of these overheads. Holidays, sickness, "
          "National Insurance, pension, contingency and surplus are those of the documented example: the next page lets you change each.")
    with st.container(horizontal=True):
        go_on = st.button("Fill it in on Cost a package", type="primary")
        st.download_button("Download the cost file", found.file, FILE_NAME, "application/yaml", on_click="ignore")
    if go_on:
        _go_on(found)
    words(Markup("To divide overheads among several services, each by what causes it, see {}.").format(
        link("Overheads", "/overheads")), quiet=True)


def _go_on(found: FirstPrice) -> None:
    """The same package on the page that prices any, in the place of what stands there, which can be brought back."""
    desk = st.session_state.setdefault(cost_a_package.DESK, cost_a_package.Desk(form_of(found.content)))
    desk.put(form_of(found.content), "Your first price is filled in below.")
    st.html(Markup('<div class="rf-done" role="status">It is filled in. {}</div>').format(link("Open Cost a package", "/cost")))


def _rows(found: FirstPrice, lines: Sequence[Overhead]) -> list[Row]:
    return [[each.line, pounds(each.pounds), f"£{found.an_hour([each]):.4f}"] for each in lines]


def _sum(lines: Sequence[Overhead]) -> Money:
    return Money.total(each.pounds for each in lines)


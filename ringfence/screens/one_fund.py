"""One fund: the money we hold and the budget, apart; the plan and what was given; every entry; and what was issued."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError, RingfenceError
from basics.periods import Month
from isf.accounts import FundKind
from ringfence.actions.acting import Acting
from ringfence.actions.one_fund import Fund, FundMonth, Payer, fund_month, fund_of
from ringfence.actions.people_and_funds import in_words
from ringfence.actions.rights import Right
from ringfence.actions.users import my_rights
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import back_to, heading, part, words
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import address, link, pounds
from ringfence.screens.components.paged import MONTH, month_box, month_of_the_address
from ringfence.screens.fund_blocks import blocks, how_worked_out, status_of
from ringfence.screens.fund_entries import ALL_MONTHS, entries
from ringfence.screens.fund_outcomes import outcomes_and_steps
from ringfence.screens.fund_pack import pack
from ringfence.screens.fund_plan import plan_table, year_ahead
from ringfence.screens.fund_readers import who_else_reads
from ringfence.screens.fund_spending import bills_and_purchases
from ringfence.screens.fund_statements import statements
from ringfence.screens.fund_terms_shown import terms
from ringfence.screens.funds_found import KINDS

LIST = ("People and funds", address("people"))


def page() -> None:
    back_to(LIST)
    caller, key = acting(), st.query_params.get("fund", "")
    try:
        fund = fund_of(caller, key)
    except InputError:
        _not_found(key)
        return
    if fund.person:
        _of_a_person(caller, fund)
    else:
        _nobodys(fund)


def _not_found(key: str) -> None:
    heading("This fund is not here" if key else "Which fund?", Markup("{} {}.").format(
        f"There is no fund “{key[:80]}”. The address may be cut short, or the books may be others." if key else "Choose one.",
        link("Find it among people and funds", address("people"))))


def _nobodys(fund: Fund) -> None:
    heading(fund.name, Markup(" · ").join(_facts(fund)))
    if fund.kind is FundKind.CONTRACT_RESERVE:
        words(Markup("It holds {} of the contract, kept apart from every person’s money.").format(pounds(fund.held_pence)))
    else:
        words("What empty places in shared houses cost us stands here, so that nobody else pays for them.")
    entries(fund, fund.months[-1], ALL_MONTHS)


def _of_a_person(caller: Acting, fund: Fund) -> None:
    top = st.container()
    month = _month(fund)
    seen, problem = _month_or_problem(caller, fund.key, month)
    with top:
        heading(fund.known_as, Markup(" · ").join(_facts(fund)), status_of(seen))
    what_is("money held", "personal budget", "banked", "overspend")
    if problem:
        show_problems(problem)
    elif seen:
        _month_of(fund, seen)
    else:
        st.html(Markup('<p class="rf-empty">Nothing stands in this fund in {}, and nobody pays into it then.</p>').format(month.in_words))
    outcomes_and_steps(caller, fund.person, fund.key)
    entries(fund, month)
    if Right.BOOKS in my_rights(caller):  # a co-ordinator has the plan, the hours and the position
        bills_and_purchases(caller, fund.key)
        terms(caller, fund.key)
        statements(caller, fund)
        who_else_reads(fund)
        pack(fund)


def _month_or_problem(caller: Acting, key: str, month: Month) -> tuple[FundMonth | None, RingfenceError | None]:
    """The month, or why it cannot be shown: then the entries are still drawn below."""
    try:
        with st.spinner(f"Reading {month.in_words} …"):
            return _seen(caller, key, month), None
    except RingfenceError as error:
        return None, error


@kept(64)
def _seen(caller: Acting, key: str, month: Month) -> FundMonth | None:
    return fund_month(caller, key, month)


def _month(fund: Fund) -> Month:
    """The month in the address: at first the last that was issued, or else the last there is. One that is not there is said."""
    latest = [month for month in fund.months if fund.stated and month <= fund.stated]
    first = (latest or fund.months)[-1]
    column, _ = st.columns([2, 5])
    month_box(column, "Month", fund.months[::-1], first.in_words)
    asked = month_of_the_address(fund.months)
    if asked is None and (named := st.query_params.get(MONTH, "")):
        st.html(Markup('<p class="rf-note" role="status">{} {} is shown.</p>').format(_no_such_month(fund, named), first.in_words))
    return asked or first


def _no_such_month(fund: Fund, named: str) -> str:
    try:
        month = Month.parse(named)
    except InputError:
        return f"There is no month “{named[:30]}”. Choose one above, or write it like {fund.months[-1]}."
    return f"There is nothing in this fund for {month.in_words}: its months are {fund.months[0].in_words} to {fund.months[-1].in_words}."


def _month_of(fund: Fund, seen: FundMonth) -> None:
    if not seen.issued:
        st.html(Markup('<p class="rf-note">{} is not issued yet. This is what is in the books so far: support is charged at {}.</p>').format(
            seen.month.in_words, link("month end", address("month-end"))))
    st.html(blocks(fund, seen))
    how_worked_out(seen)
    part(f"Plan and delivery, {seen.month.in_words}")
    plan_table(seen)
    year_ahead(seen)


def _facts(fund: Fund) -> Iterable[Markup | str]:
    """What kind of fund it is, who pays, for which days, and by which split."""
    yield KINDS[fund.kind]
    if fund.person:
        yield f"{fund.name}, {fund.person}"
    if fund.payers:
        yield in_words(_payer(each, alone=len(fund.payers) == 1) for each in fund.payers)
        periods = sorted({each.period for each in fund.payers})
        yield ", then ".join(map(str, periods))
    elif fund.person:
        yield "nobody pays into it yet"
    if fund.split:
        yield fund.split[:1].lower() + fund.split[1:]


def _payer(payer: Payer, *, alone: bool) -> str:
    share = f" ({payer.share})" if payer.how == "delivery" and not alone else ""
    return f"{payer.name}{share}" + (f", order {payer.order_number}" if payer.order_number else "")

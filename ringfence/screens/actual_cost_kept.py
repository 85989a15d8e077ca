"""Keeping what each service left over at actual cost for the trustees: what the accounts have beside the payroll is typed, and only totals stay."""

from __future__ import annotations

from functools import partial

import streamlit as st

from basics.errors import Problem, RingfenceError
from basics.money import Money
from basics.periods import day_in_words
from costing.laid_pay import ServiceCost
from isf.service_surplus import SurplusKept
from isf.trustees_tables import surplus_table
from ringfence.actions.actual_cost import ActualBeside
from ringfence.actions.service_totals import Accounts, keep_for_trustees, take_totals_away, totals_kept, what_would_be_kept
from ringfence.screens.components import amounts
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import part, tell_done, words
from ringfence.screens.components.offered import is_offered
from ringfence.screens.trustees_tables import trustees_table

DONE = "actual-kept-done"


def keep_totals(beside: ActualBeside) -> None:
    """What each service was charged and what else it cost, what that leaves over, and the button that keeps it."""
    part("For the trustees", "Keep the totals by service: their page then says what each left over in this time. Nothing of the payroll, a worker or "
                             "a person is kept, and services of fewer than 5 people are told together.")
    tell_done(DONE)
    if not is_offered("Keep the totals for the trustees"):
        return
    known = totals_kept(acting(), beside.period)
    if known:
        words(f"Kept by {known.by} on {day_in_words(known.on)}. What you keep now takes its place.", quiet=True)
    problems = list[Problem]()
    said = {each.service.name: _boxes(n, each, beside, problems) for n, each in enumerate(beside.found.services)}
    if problems:
        st.html(problem_summary(problems))
    elif all(each.charged is not None and each.other_costs is not None for each in said.values()):
        _shown(beside, said)
    with st.container(horizontal=True):
        st.button("Keep the totals for the trustees", type="primary", key="actual-keep", disabled=bool(problems),
                  on_click=partial(_keep, beside, said))
        if known:
            st.button("Take away what is kept", key="actual-take-away", on_click=partial(_take_away, known))
    if isinstance(refused := st.session_state.pop(f"{DONE}-refused", None), RingfenceError):
        show_problems(refused)


def _boxes(n: int, each: ServiceCost, beside: ActualBeside, problems: list[Problem]) -> Accounts:
    name, file = each.service.name, beside.accounts.get(each.service.name, Accounts())
    key = f"{n}-{beside.name}-{beside.period}"
    left, right = st.columns(2)
    with left:
        charged = amounts.typed(f"{name}: charged in this time, £", _maybe, problems, key=f"actual-charged-{key}", value=_plain(file.charged),
                                help="What was invoiced or is due for the support of this time.")
    with right:
        other = amounts.typed(f"{name}: what else it cost, £", _maybe, problems, key=f"actual-other-{key}", value=_plain(file.other_costs),
                              help="Beside support staff: co-ordination, its part of company costs, mileage, what was bought. 0 where it is nothing.")
    return Accounts(charged, other)


def _shown(beside: ActualBeside, said: dict[str, Accounts]) -> None:
    try:
        services = what_would_be_kept(beside, said)
    except RingfenceError as error:
        show_problems(error)
        return
    caller = acting()
    trustees_table(surplus_table(SurplusKept(beside.period, tuple(services), caller.user, caller.today)), "What trustees would read")


def _keep(beside: ActualBeside, said: dict[str, Accounts]) -> None:
    try:
        keep_for_trustees(acting(), beside, said)
    except RingfenceError as error:
        st.session_state[f"{DONE}-refused"] = error
        return
    st.session_state[DONE] = f"Kept: trustees read what each service left over in {beside.period}."


def _take_away(known: SurplusKept) -> None:
    try:
        take_totals_away(acting(), known.period)
    except RingfenceError as error:
        st.session_state[f"{DONE}-refused"] = error
        return
    st.session_state[DONE] = f"Taken away: trustees read nothing of {known.period} any more."


def _maybe(text: str) -> Money | None:
    """An empty box is not said yet."""
    return amounts.money(text) if text.strip() else None


def _plain(money: Money | None) -> str:
    return "" if money is None else money.plain

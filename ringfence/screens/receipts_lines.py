"""The lines to match, a page at a time: the best suggestion with its reason, the others, and a box for any other split."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.money import Money
from basics.periods import day_in_figures
from invoicing.receipts import Suggestion
from ringfence.actions.acting import Acting
from ringfence.actions.receipts import Choice, Receipts, ToMatch, mark_of, prepare_matches, receipts
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.markup import address, how_many, link, tag
from ringfence.screens.components.offered import finance_button
from ringfence.screens.components.paged import announce, paged

DONE = "receipts-done"
LINES_A_PAGE = 10
ACCOUNTS = {"people": "the people’s money", "provider": "our own account"}
HOW_TO_TYPE = "isf-P001 southgate 900.00; isf-P002 southgate 800.00, or explained: The bank’s charge"


@kept(2)
def read_receipts(caller: Acting) -> Receipts:
    """Everything to match, read once until something is written."""
    return receipts(caller)


def show_lines() -> None:
    """The lines with money in first, then those with money out."""
    part("What each line may be for", "Tick what is right. It is prepared for another person to approve; nothing is placed before that.")
    _list()


@st.fragment
def _list() -> None:
    found = read_receipts(acting())
    ordered = sorted(found.to_match, key=lambda each: each.line.pence < 0)
    waits = sum(each.waits for each in ordered)
    announce(f"{how_many(len(ordered), 'line')} to match{f', of which {waits:,} wait for approval' if waits else ''}.")
    paged(ordered, "page", lambda shown: _page(found, shown), rows=LINES_A_PAGE)


def _page(found: Receipts, shown: Sequence[ToMatch]) -> None:
    likely = [each for each in shown if each.best and each.best.is_likely and not each.waits]
    if likely and st.button(f"Tick the {how_many(len(likely), 'likely one')} on this page"):
        st.session_state.update({_key("tick", each): True for each in likely})
    choices = [choice for each in shown if (choice := _line(found, each))]
    sums = Money(sum(abs(each.line.left_pence) for each in shown if each.line.reference in {choice.line for choice in choices}))
    if not choices:
        words("Nothing is ticked yet.", quiet=True)
    elif finance_button(f"Prepare {how_many(len(choices), 'line')} of {sums} for approval", type="primary"):
        _prepare(choices)


def _line(found: Receipts, each: ToMatch) -> Choice | None:
    """One line; what was decided of it, where it is ticked."""
    line = each.line
    with st.container(border=True):
        way = "came in" if line.pence > 0 else "went out"
        waits = Markup(" ") + tag("Awaiting approval") if each.waits else Markup("")
        why = Markup('<p class="rf-quiet">{}</p>').format(each.best.why) if each.best else ""
        st.html(Markup('<p class="rf-words"><strong class="rf-figure">{}</strong> {} on {}, {}{}</p><p class="rf-words">“{}”</p>{}').format(
            Money(line.left_pence), way, day_in_figures(line.on), ACCOUNTS[line.account], waits, line.words, why))
        ticked = st.checkbox(_confirms(found, each), key=_key("tick", each))
        with st.expander("Another way" if each.best else "Say whose it is", expanded=not each.best and ticked):
            chosen = _chosen(found, each)
            typed = st.text_input("Fund, payer and pounds of each part", key=_key("typed", each), placeholder=HOW_TO_TYPE, autocomplete="off").strip()
    if not ticked or not (typed or chosen):
        return None
    return Choice(line.reference, typed=typed) if typed else Choice(line.reference, mark_of(chosen)) if chosen else None


def _confirms(found: Receipts, each: ToMatch) -> str:
    if each.best is None:
        return "Place or explain it as it is typed below"
    return f"Place {_split(found, each.best)}" if len(each.suggestions) == 1 else f"Place {_split(found, each.best)}, or as chosen below"


def _chosen(found: Receipts, each: ToMatch) -> Suggestion | None:
    if len(each.suggestions) < 2:
        return each.best
    named = {mark_of(one): one for one in each.suggestions}
    mark = st.radio("What it is for", list(named), format_func=lambda one: f"{_split(found, named[one])}. {named[one].why}", key=_key("which", each))
    return named.get(mark or "", each.best)


def _split(found: Receipts, suggestion: Suggestion) -> str:
    """“£30.00 on invoice 000503 for Grace (spot-P003)”, one after the other."""
    return "; ".join(f"{Money(each.pence)} on {each.asked} for {found.called.get(each.pair[0], each.pair[0])}" for each in suggestion.placings)


def _prepare(choices: Iterable[Choice]) -> None:
    chosen = list(choices)
    try:
        done = prepare_matches(acting(), chosen)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = Markup("<strong>{} prepared.</strong> Nothing is placed until another person approves it under {}. Its digest begins "
                                    "<code>{}</code>.").format(how_many(len(chosen), "line is", "lines are"),
                                                               link("Waiting for approval", address("approvals")), done.digest[:12])
    st.rerun()


def _key(what: str, each: ToMatch) -> str:
    return f"receipts-{what}-{each.line.reference}-{each.line.left_pence}"

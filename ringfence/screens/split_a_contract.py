"""Split a contract: the methods side by side for the same people and sum, and the way to one that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError, Problem, RingfenceError
from basics.money import Money
from basics.periods import day_in_words, day_of
from ringfence.actions.acting import Acting
from ringfence.actions.split_in_books import (
    ContractInBooks,
    SplitInBooks,
    contracts,
    known_names,
    next_period,
    next_reference,
    next_year,
    split_in_books,
)
from ringfence.actions.splitting import example_split, split_of_content
from ringfence.importing.split_file import SplitRequest
from ringfence.screens.components.amounts import money, typed
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading, part, words
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import how_many
from ringfence.screens.split_approval import make_it_count, show_done, show_waiting, to_decide, waiting
from ringfence.screens.split_case import DAYS_OF_A_FILE, METHODS, SIDE_BY_SIDE, Case
from ringfence.screens.split_explained import how_it_was_worked_out
from ringfence.screens.split_tables import by_no_method, one_method, order_box, side_by_side

BOOKS, FILE, EXAMPLE = "The books", "A split file", "The example"


def page() -> None:
    caller = acting()
    with st.spinner("Reading the contracts …"):
        known, names = _contracts(caller)
        wait = waiting()
    heading("Split a contract", _first_line(sum(not each.stale for each in wait), bool(known)))
    what_is("block contract", "split", "kept back", "instalment")
    show_done()
    show_waiting(wait)
    if wait:
        part("Look at a split")
    case = _start(caller, known, names)
    if case is not None:
        _methods(case, has_primary=bool(to_decide(wait)))


@kept(8)
def _contracts(caller: Acting) -> tuple[tuple[ContractInBooks, ...], Mapping[str, str]]:
    return contracts(caller), known_names(caller)


@kept(16)
def _found(caller: Acting, reference: str) -> SplitInBooks:
    return split_in_books(caller, reference)


def _first_line(count: int, any_contract: bool) -> str:
    if count:
        return f"{how_many(count, 'split waits', 'splits wait')} for approval. Nothing else here is stored until you prepare it."
    if any_contract:
        return "Look at the methods side by side, then prepare one for another person to approve."
    return "There is no contract in the books yet. Look at the example, or at a split file of your own."


def _start(caller: Acting, known: Sequence[ContractInBooks], names: Mapping[str, str]) -> Case | None:
    """What is split: chosen in the books, opened from a file, or the example. None where nothing is chosen, or it cannot be read."""
    starts = [BOOKS, FILE, EXAMPLE] if known else [FILE, EXAMPLE]
    start = st.segmented_control("Start from", starts, default=starts[0] if known else EXAMPLE, key="start", bind="query-params", required=True)
    if start == BOOKS:
        return _from_the_books(caller, known, names)
    asked = example_split() if start == EXAMPLE else _from_a_file()
    if asked is None:
        return None
    return Case(asked, {} if start == EXAMPLE else names, DAYS_OF_A_FILE, "Last year", why_not=_why_not(asked, known, start))


def _from_the_books(caller: Acting, known: Sequence[ContractInBooks], names: Mapping[str, str]) -> Case | None:
    left, right = st.columns(2, vertical_alignment="top")
    with left:
        reference = st.selectbox("Contract", [each.reference for each in known], key="contract", bind="query-params")
    found = _found(caller, reference)
    if found.agreed is None:
        words(_as_it_stands(found))
        return Case(found.asked, names, found.contract.period.days, "The year before")
    period = next_period(found.contract.period)
    problems: list[Problem] = []
    with right:
        sum_ = typed(f"Its sum from {day_in_words(period.first)}", _a_sum, problems, value=str(Money(found.contract.pence)), key=f"sum-{reference}",
                     bind="query-params")
    words(_as_it_stands(found))
    if sum_ is None:
        return None
    following = next_reference(found.contract)
    taken = any(each.reference == following for each in known)
    return Case(next_year(found, sum_.pence), names, period.days, "Now", follows=reference,
                why_not=f"{following} stands in the books already: choose it in the list to look at it." if taken else "")


def _a_sum(text: str) -> Money:
    found = money(text)
    if found.pence <= 0:
        raise InputError(f"The sum is {found}.", "Write a sum above nil.")
    return found


def _as_it_stands(found: SplitInBooks) -> Markup:
    contract = found.contract
    first = Markup("{}, {}: {}.").format(contract.payer, str(contract.period), Money(contract.pence))
    if found.agreed is None:
        return Markup("{} It is not split yet. Hours are those planned for each person in the days of the contract.").format(first)
    when = day_in_words(day_of(found.approved_at)) if found.approved_at else ""
    return Markup("{} Split {}: prepared by {}, approved by {} on {}. Below, the year after it: {}, the same people.").format(
        first, METHODS[found.agreed.method].lower(), found.prepared_by, found.approved_by, when, next_reference(contract))


def _from_a_file() -> SplitRequest | None:
    sent = st.file_uploader("A split file, as “ringfence template split” writes one", key="split-file", max_upload_size=5)
    if sent is None:
        words("What such a file says is in docs/formats/split.md. It is read, and not stored.", quiet=True)
        return None
    try:
        return split_of_content(sent.getvalue(), sent.name)
    except RingfenceError as error:
        show_problems(error)
        return None


def _why_not(asked: SplitRequest, known: Sequence[ContractInBooks], start: str) -> str:
    if start == EXAMPLE:
        return "This is the example, with invented people: it is not prepared here."
    contract = next((each for each in known if each.reference == asked.contract), None)
    if contract is None:
        return f"It cannot be prepared here: {asked.contract} is not a contract of the books. Bring in an apply file with the contract first."
    if contract.is_split:
        return f"It cannot be prepared here: {asked.contract} is split already, and is not split again. Choose it in the books for its next year."
    if contract.pence != asked.contract_pence:
        return (f"It cannot be prepared here: {asked.contract} is {Money(contract.pence)} in the books, and the file says "
                f"{Money(asked.contract_pence)}.")
    return ""


@st.fragment
def _methods(case: Case, *, has_primary: bool) -> None:
    """The methods, the order of the people, and, for one method, how it was worked out and the way to make it count."""
    part(f"{case.asked.contract}: {Money(case.asked.contract_pence)} for {how_many(case.people, 'person', 'people')}")
    if not case.can_be_done:
        by_no_method(case)
        return
    left, right = st.columns([3, 1.4], vertical_alignment="bottom")
    with left:
        can = {METHODS[each.method]: each for each in case.can_be_done}
        chosen = st.segmented_control("Method", [SIDE_BY_SIDE, *can], default=SIDE_BY_SIDE, key="method", bind="query-params", required=True)
    with right:
        order_box(case)
    if chosen not in can:
        side_by_side(case)
        words("Choose one method above for each person’s week, how it was worked out, and to prepare it.")
        return
    tried = can[chosen]
    one_method(case, tried)
    if case.empty_places:
        words("An empty place keeps its part. Nobody else’s sum goes up because a neighbour leaves or is in hospital: that takes another "
              "version of the split, approved anew.")
    assert tried.shown is not None
    how_it_was_worked_out(case, tried.shown)
    make_it_count(case, tried.method, primary=not has_primary)

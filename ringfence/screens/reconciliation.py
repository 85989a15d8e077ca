"""Reconciliation: is people’s money all there? What must be held, beside the ledger and the bank, at the end of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem, RingfenceError
from basics.money import Money
from basics.periods import day_in_figures, day_in_words
from isf.reconciliation import Item, Kept, Reconciled
from ringfence.actions.acting import Acting
from ringfence.actions.people_and_funds import list_funds
from ringfence.actions.reconciling import Signed, Standing, item_said, propose_reconciliation, reconcile, reconciliations
from ringfence.screens.components import amounts
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import heading, part, tell_done, words
from ringfence.screens.components.glossary import meaning
from ringfence.screens.components.markup import address, link, pounds, tag, under
from ringfence.screens.components.offered import finance_button
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text

DONE = "reconciliation-done"
BANK, THE_WAY, EXPLAINED = "What the bank’s statement says", "On its way to or from the bank", "What the rest of the difference is"
WHERE = {"In an account of its own": Kept.APART, "In our ordinary account": Kept.WITH_OURS}
HOW_TO_WRITE = "One thing a line, its words and its pounds: Cheque 12 = -45.00"
WAITS = "Awaiting approval"


def page() -> None:
    """Draw the page: whether the next is overdue, a day worked out, and those that were prepared."""
    with st.spinner("Reading the reconciliations …"):
        standing = _standing(acting())
    heading("Is people’s money all there?", _first_line(standing), tag("Overdue") if standing.is_overdue else Markup(""))
    tell_done(DONE)
    _a_day()
    _prepared(standing)


@kept(4)
def _standing(caller: Acting) -> Standing:
    return reconciliations(caller)


@kept(16)
def _worked_out(caller: Acting, on: date, bank: int, where: str, on_the_way: str, explained: str) -> Reconciled:
    """What was typed is read already, so that what is kept is told apart by it."""
    return reconcile(caller, on, Money(bank), kept=WHERE[where], on_the_way=[item_said(each) for each in _lines(on_the_way)],
                     explained=[item_said(each) for each in _lines(explained)])


@kept(4)
def _names(caller: Acting) -> Mapping[str, str]:
    return {each.fund: each.name for each in list_funds(caller).funds}


def _first_line(standing: Standing) -> str:
    last = f"Last signed off for {day_in_words(standing.last)}." if standing.last else "None is signed off yet."
    return f"{last} The next is overdue: people’s money is reconciled at least every five weeks." if standing.is_overdue else last


def _a_day() -> None:
    part("A day")
    problems: list[Problem] = []
    left, middle, right = st.columns([2, 3, 3])
    on = left.date_input("End of", acting().today, key="reconcile-on", format="DD/MM/YYYY")
    with middle:
        typed = amounts.typed(BANK, amounts.pence_or_nothing, problems, key="reconcile-bank", placeholder="£1,946.50",
                             help=meaning("reconciliation"))
    where = right.radio("Where people’s money lies", list(WHERE), key="reconcile-where", help=meaning("money held"))
    with st.expander("Explain what lies between the two"):
        on_the_way = _several(THE_WAY, f"{HOW_TO_WRITE}. Above nil where it makes the bank’s balance larger.", problems, "way")
        explained = _several(EXPLAINED, f"{HOW_TO_WRITE}, with the fund in front where it is of one: isf-P001: Cheque 12 = -45.00", problems, "said")
    if problems:
        st.html(problem_summary(problems, "What is typed cannot be read yet, and stays as it is."))
        return
    try:
        with st.spinner("Adding up every fund …"):
            found = _worked_out(acting(), on, typed or 0, where, on_the_way, explained)
    except RingfenceError as error:
        show_problems(error)
        return
    _three_ways(found, is_bank_known=typed is not None)
    if typed is not None:
        _ask(found)
    _by_fund(found, _names(acting()))


def _several(label: str, how: str, problems: list[Problem], key: str) -> str:
    """Lines of words and pounds: what cannot be read is said beside the box and stays in it."""
    said = st.text_area(label, key=f"reconcile-{key}", help=how, height=96, placeholder=HOW_TO_WRITE) or ""
    for n, line in enumerate(_lines(said), start=1):
        try:
            item_said(line)
        except RingfenceError as error:
            problems.append(Problem(f"{label}, line {n}", error.problem.what, error.problem.to_do))
            amounts.beside(problems[-1])
    return said


def _lines(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if line.strip()]


def _three_ways(found: Reconciled, *, is_bank_known: bool) -> None:
    rows: list[Row] = [["Must be held for people", pounds(found.must_be_held_pence)],
                       ["Earned by us and not yet drawn", pounds(found.earned_pence)],
                       ["Held in the ledger, together", pounds(found.held_pence)],
                       *(_item(each, "In the bank, and no fund’s") for each in found.nobodys),
                       *(_item(each, "On its way") for each in found.on_the_way)]
    total: Row = ["The bank should say", pounds(found.expected_pence)]
    if is_bank_known:
        rows += [total, ["The bank says", pounds(found.bank_pence)], ["Difference", pounds(found.difference_pence)],
                 *(_item(each, f"Explained{f', {each.fund}' if each.fund else ''}") for each in found.explained)]
        total = ["Not explained", pounds(found.unexplained_pence)]
    table(f"People’s money on {day_in_words(found.on)}", [text("What"), figures("Amount")], rows, total=total, show_caption=True)
    if found.kept is Kept.WITH_OURS:
        words("People’s money lies with our own: the account must never fall below what must be held. Only a lack of that is a difference.",
              quiet=True)
    if found.with_provider_pence:
        words(Markup("Collected into our own account and still to be paid over: {}.").format(pounds(found.with_provider_pence)))


def _item(each: Item, kind: str) -> Row:
    return [Markup('<span class="rf-in">{}{}</span>').format(each.words, under(kind)), pounds(each.pence)]


def _ask(found: Reconciled) -> None:
    """Have it signed off by another; while something is not explained, why not."""
    if found.unexplained_pence:
        more = "more than it should" if found.unexplained_pence > 0 else "less than it should"
        words(Markup("The bank says {} {}, and nothing explains it. Place the bank lines, say what is on its way, or explain it fund by fund; "
                     "then somebody else can be asked to sign it off.").format(pounds(abs(found.unexplained_pence)), more))
    elif finance_button(f"Ask another person to sign off {day_in_words(found.on)}: {Money(found.must_be_held_pence)} held", type="primary",
                   key="reconcile-ask"):
        try:
            propose_reconciliation(acting(), found)
        except RingfenceError as error:
            show_problems(error)
            return
        st.session_state[DONE] = (f"{day_in_words(found.on)} is prepared. Somebody other than {acting().user} signs it off, under "
                                  "“Waiting for approval”.")
        st.rerun()


@st.fragment
def _by_fund(found: Reconciled, names: Mapping[str, str]) -> None:
    part("Fund by fund", "Each fund’s own money. One that is overspent counts nil here, and never lowers what must be held for others.")
    if not found.funds:
        st.html('<p class="rf-empty">No fund holds any money on that day.</p>')
        return
    said = {fund: sum(each.pence for each in found.explained if each.fund == fund) for fund in {each.fund for each in found.explained}}
    columns = [text("Fund"), figures("Held"), figures("Earned, not drawn"), figures("Must be held"), figures("Difference explained")]
    total = ["All funds", pounds(found.held_pence), pounds(found.earned_pence), pounds(found.must_be_held_pence), pounds(sum(said.values()))]
    paged(found.funds, "funds_page", lambda shown: table("Fund by fund", columns, [
        [_of_fund(each.fund, names), pounds(each.held), pounds(each.earned), pounds(each.must_be_held),
         pounds(said[each.fund]) if each.fund in said else ""] for each in shown], total=total))
    part("Overspent, and carried by us")
    table("Overspent, and carried by us", [text("Fund"), figures("Carried")], [
        [_of_fund(each.fund, names), pounds(each.borne)] for each in found.overspent],
        total=["All that are overspent", pounds(found.borne_pence)] if found.overspent else None,
        empty="No fund had cost more than was left in it.",
        note="This is ours until a funder approves more. It is set against nobody else’s money." if found.overspent else "")


def _of_fund(key: str, names: Mapping[str, str]) -> Markup:
    return Markup("{}{}").format(link(names.get(key, key), address("fund", fund=key)), under(key))


def _prepared(standing: Standing) -> None:
    part("Reconciliations so far")
    columns = [text("Day"), figures("Must be held"), figures("The bank said"), figures("Difference"), text("Who"), text("Status")]
    paged(standing.all, "page", lambda shown: table("Reconciliations so far", columns, map(_signed, shown), empty=(
        "None has been prepared yet. Type what the bank’s statement says above: where it agrees, somebody else can be asked to sign it off.")))
    if any(each.approved_by is None for each in standing.all):
        words(Markup("Somebody other than the one who prepared it signs it off under {}.").format(
            link("Waiting for approval", address("approvals"))), quiet=True)


def _signed(each: Signed) -> Row:
    found = each.reconciled
    by = f"signed off by {each.approved_by}" if each.approved_by else "not signed off yet"
    return [day_in_figures(found.on), pounds(found.must_be_held_pence), pounds(found.bank_pence),
            Markup("{}{}").format(pounds(found.difference_pence), _reasons(found.explained)),
            Markup("{}{}").format(f"Prepared by {each.prepared_by}", under(by)), tag("Approved") if each.approved_by else tag(WAITS)]


def _reasons(explained: Iterable[Item]) -> Markup:
    said = "; ".join(f"{f'{each.fund}: ' if each.fund else ''}{each.words} {Money(each.pence)}" for each in explained)
    return under(said) if said else Markup("")

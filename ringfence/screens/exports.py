"""Exports: what went to the accounts, the councils and the receivers of electronic invoices, what has not gone out, and the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem, RingfenceError
from basics.periods import Period, day_in_figures, day_of
from ringfence.actions.acting import Acting
from ringfence.actions.exporting import Exported, Sent, Waiting, aside_in_words, export, exports, payers, waiting
from ringfence.actions.exports_made import Asked, Export
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import heading, part, words
from ringfence.screens.components.glossary import meaning
from ringfence.screens.components.markup import how_many, link, pounds, under
from ringfence.screens.components.offered import finance_button
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text

DONE = "exports-done"
KINDS = {
    Export.XERO: "Xero: sales invoices", Export.SAGE: "Sage 50: invoices and receipts", Export.QUICKBOOKS: "QuickBooks Online: sales invoices",
    Export.JOURNAL: "A journal of every entry", Export.DELIVERY: "Support given, for a council", Export.EINVOICE: "Electronic invoices"}
BY_ISSUE = (Export.XERO, Export.SAGE, Export.QUICKBOOKS, Export.EINVOICE)
EXPLAINED = "What was sent is not sent again. Anybody can fetch the files of an export again: they are the same to the byte."
COLUMNS = (text("Export"), text("Days"), figures("Documents"), figures("Sum"), text("Sent"), text("Files"))
LAST_DAYS = timedelta(days=60)


def page() -> None:
    """Draw the page: what has not gone out, a form for the next export, and those that were sent."""
    caller = acting()
    with st.spinner("Reading the exports …"):
        sent, waits = _sent(caller), _waiting(caller)
    used = {each.asked.kind for each in sent}
    next_ones = [each for each in waits if each.kind in used]
    heading("Send to accounts and payers", _first_line(sent, next_ones))
    if (done := st.session_state.pop(DONE, None)) is not None:
        _told(done)
    _form(caller, next_ones)
    part("What was sent")
    paged(sent, "page", _table)
    words(EXPLAINED, quiet=True)


@kept(4)
def _sent(caller: Acting) -> tuple[Sent, ...]:
    return exports(caller)


@kept(4)
def _waiting(caller: Acting) -> tuple[Waiting, ...]:
    return waiting(caller)


@kept(4)
def _payers(caller: Acting) -> dict[str, str]:
    return payers(caller)


def _first_line(sent: Sequence[Sent], next_ones: Sequence[Waiting]) -> Markup:
    if not sent:
        return Markup("Nothing was exported yet. Choose what your accounts take, and the days.")
    if not next_ones:
        return Markup("Everything that was issued has gone out.")
    return Markup("; ").join(Markup("{}: {}, {} not sent").format(KINDS[each.kind].split(":")[0], how_many(each.invoices, "document"),
                                                                  pounds(each.pence)) for each in next_ones) + "."


def _form(caller: Acting, next_ones: Sequence[Waiting]) -> None:
    """What, for which days, and with names or without."""
    part("The next one")
    first = next_ones[0] if next_ones else None
    left, middle, right = st.columns([3, 2, 2])
    kind = left.selectbox("What", list(KINDS), index=list(KINDS).index(first.kind) if first else 0, format_func=KINDS.__getitem__, key="export-kind")
    start, end = (first.issued.first, first.issued.last) if first else (caller.today - LAST_DAYS, caller.today)
    from_on = middle.date_input("From", start, format="DD/MM/YYYY", key="export-from")
    to_on = right.date_input("To", end, format="DD/MM/YYYY", key="export-to")
    funder = ""
    if kind is Export.DELIVERY:
        named = _payers(caller)
        funder = left.selectbox("For", list(named), format_func=named.__getitem__, key="export-funder", help=meaning("funder")) or ""
    names = kind is not Export.EINVOICE and st.checkbox("With names of people and payers", key="export-names",
                                                        help="References stand there otherwise. An electronic invoice never names a person.")
    words("Invoices count by the day on which they were issued." if kind in BY_ISSUE else
          "Support counts by its own day." if kind is Export.DELIVERY else "Entries count by the day of the books.", quiet=True)
    if finance_button("Send what has not been sent", type="primary", key="export-send"):
        try:
            st.session_state[DONE] = export(caller, Asked(kind, Period(from_on, to_on), funder, names))
        except RingfenceError as error:
            show_problems(error)
            return
        st.rerun()


def _told(done: Exported) -> None:
    sent = done.sent
    before = f" {done.before:,} were sent before and are not in it." if done.before else ""
    aside = f" {aside_in_words(done)}" if done.aside else ""
    st.html(Markup('<div class="rf-done" role="status">Export {} is ready: {}, {}.{}{} {}</div>').format(
        sent.n, how_many(sent.documents, "document"), pounds(sent.pence), before, aside, link("Fetch its files", _address(sent), new_tab=True)))
    if done.aside:
        st.html(problem_summary([problem for each in done.aside for problem in each.problems], title="Set aside: why, and what to do"))
    if done.notes:
        st.html(problem_summary([Problem(each.place, each.what, each.to_do) for each in done.notes], title="Look at these"))


def _table(shown: Sequence[Sent]) -> None:
    table("What was sent, the latest first", COLUMNS, map(_row, shown), empty="Nothing was exported yet.")


def _row(each: Sent) -> Row:
    about = f"for {each.asked.funder}" if each.asked.funder else "with names" if each.asked.names else ""
    return [Markup("{} {}{}").format(each.n, KINDS[each.asked.kind], under(about) if about else ""),
            f"{day_in_figures(each.asked.period.first)} to {day_in_figures(each.asked.period.last)}", f"{each.documents:,}", pounds(each.pence),
            Markup("{}{}").format(day_in_figures(day_of(each.at)), under(each.by)),
            link(Markup('Fetch<span class="rf-unseen"> the files of export {}</span>').format(each.n), _address(each), new_tab=True)]


def _address(sent: Sent) -> str:
    return f"/documents/export-{sent.n}.zip"

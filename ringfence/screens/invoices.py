"""Invoices: what was asked for, of whom, when each is due, and what became of it; and the credit notes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from basics.periods import day_in_figures
from ringfence.actions.crediting import credit_notes
from ringfence.actions.invoice_list import IssuedInvoice
from ringfence.actions.invoice_standing import Standing
from ringfence.screens import invoices_sent, one_invoice
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import heading, part
from ringfence.screens.components.markup import address, how_many, link, pounds
from ringfence.screens.components.paged import announce, in_address, month_box, paged
from ringfence.screens.components.table import Row, figures, table, table_html, words
from ringfence.screens.held import show_held
from ringfence.screens.invoice_status import status_tag
from ringfence.screens.invoices_found import ALL, NOT_DUE, OVERDUE, STILL_OPEN, TABS, Asked, Invoices, by_tab, find, read

ALWAYS = (ALL, NOT_DUE, OVERDUE)
"""Tabs that are there also where nothing is in them."""


def page() -> None:
    if number := st.query_params.get("invoice", ""):
        one_invoice.show(number)
        return
    with st.spinner("Reading the invoices …"):
        invoices = _invoices()
    heading("Invoices", _first_line(invoices))
    one_invoice.show_drafts()
    show_held(invoices.held)
    if invoices.listed:
        _list()
        _credits()
    else:
        st.html(Markup('<p class="rf-empty">No invoice has been issued yet. Invoices come with {}.</p>').format(
            link("month end", address("month-end"))))


def _invoices() -> Invoices:
    caller = acting()
    return read(caller)


def _first_line(invoices: Invoices) -> str:
    if not invoices.listed:
        return "What was asked for, of whom, and when it is due."
    late = by_tab(invoices, invoices.listed)[OVERDUE]
    if not late:
        return f"Nothing is overdue. {Money(invoices.open_pence(invoices.listed))} is open."
    count = how_many(len(late), "invoice is", "invoices are")
    pence, every = invoices.open_pence(late), invoices.open_pence(invoices.listed)
    return f"{count} overdue: {Money(pence)}, {'all' if pence == every else f'of {Money(every)}'} that is open."


@st.fragment
def _list() -> None:
    """The filters and the list below them; every total is of all that match."""
    invoices = _invoices()
    asked = _asked(invoices)
    matches = find(invoices, asked)
    counted = by_tab(invoices, matches)
    there = [tab for tab in TABS if counted[tab] or tab in ALWAYS]
    tab = st.segmented_control("Status", there, default=ALL, required=True, **in_address("status"))
    found = counted[tab or ALL]
    told = " · ".join(_counted(invoices, one, counted[one]) for one in there)
    announce(told)
    paged(found, "page", lambda shown: _table(invoices, shown, found))
    invoices_sent.may_be_noted(invoices, found)


def _counted(invoices: Invoices, tab: str, found: Sequence[IssuedInvoice]) -> str:
    """How many, and the one sum that the tab is about: what is open of those where something is, what was asked for of the others."""
    pence, of = (invoices.open_pence(found), "open") if tab in STILL_OPEN else (sum(one.pence for one in found), "asked for")
    return f"{tab}: {len(found):,}, {Money(pence)} {of}"


def _asked(invoices: Invoices) -> Asked:
    first, second, third = st.columns([4, 3, 3])
    search = first.text_input("Search", live=True, **in_address("search"), autocomplete="off",
                              placeholder="A number, a payer, a person or a contract")
    payer = second.selectbox("Payer", [ALL, *invoices.payers], **in_address("payer"))
    month = month_box(third, "Month end", invoices.months, ALL, every=ALL)
    return Asked(" ".join((search or "").casefold().split()), payer or ALL, month)


def _table(invoices: Invoices, shown: Sequence[IssuedInvoice], found: Sequence[IssuedInvoice]) -> None:
    columns = [words("Number"), words("Payer, and for whom"), words("Period"), words("Due"), figures("Asked for"), figures("Open"),
               words("Status")]
    total = [f"All {how_many(len(found), 'invoice')} found", "", "", "", pounds(sum(one.pence for one in found)),
             pounds(invoices.open_pence(found)), ""]
    st.html(Markup('<div class="rf-folds">{}</div>').format(table_html(
        "Issued invoices", columns, (_row(one, invoices.standings[one.number]) for one in shown), total=total if shown else None,
        empty="No invoice is like this. Write less in the search, or choose “All” in the filters.")))


def _row(one: IssuedInvoice, standing: Standing) -> Row:
    period = Markup('<span class="rf-wide">{}</span>').format(one.period)
    return [link(f"{one.number:06d}", address("invoices", invoice=one.number)), _payer(one), period, day_in_figures(one.due_on),
            pounds(one.pence), pounds(standing.amounts.open), status_tag(standing)]


def _payer(one: IssuedInvoice) -> Markup:
    """The payer, for whom, and on a phone, where the columns of the days have no room, when it is due."""
    return Markup('{}<span class="rf-under">{}</span><span class="rf-under rf-on-a-phone">Due {}</span>').format(
        one.payer, one.for_whom, day_in_figures(one.due_on))


def _credits() -> None:
    """The credit notes, the latest first; a part of the page only where there are any."""
    if notes := credit_notes(acting()):
        part("Credit notes")
        columns = [words("Number"), words("Off invoice"), words("Issued"), figures("Taken off"), words("Why")]
        paged(notes, "credits", lambda shown: table("Credit notes", columns, ([
            link(f"{one.number:06d}", f"/documents/{one.document_id}.pdf", new_tab=True),
            link(f"{one.invoice:06d}", address("invoices", invoice=one.invoice)), day_in_figures(one.issued_on), pounds(one.pence), one.words]
            for one in shown), total=[f"All {how_many(len(notes), 'credit note')}", "", "", pounds(sum(one.pence for one in notes)), ""]))

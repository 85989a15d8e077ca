"""Invoices: what was asked for, of whom, and when each is due. Payments are not matched to invoices yet, so none is called paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from basics.periods import day_in_figures
from ringfence.actions.invoice_list import IssuedInvoice
from ringfence.screens import one_invoice
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import heading
from ringfence.screens.components.markup import address, how_many, link, pounds, tag
from ringfence.screens.components.paged import in_address, month_box, paged
from ringfence.screens.components.table import Row, figures, table, words
from ringfence.screens.invoices_found import ALL, PAST_DUE, TABS, Asked, Invoices, find, in_tab, read

NOT_MATCHED = "Payments are not matched to invoices yet, so this list says when each is due and not whether it is paid."


def page() -> None:
    if number := st.query_params.get("invoice", ""):
        one_invoice.show(number)
        return
    with st.spinner("Reading the invoices …"):
        invoices = _invoices()
    heading("Invoices", _first_line(invoices))
    one_invoice.show_drafts()
    if invoices.listed:
        _list()
    else:
        st.html(Markup('<p class="rf-empty">No invoice has been issued yet. Invoices come with {}.</p>').format(
            link("month end", address("month-end"))))


def _invoices() -> Invoices:
    caller = acting()
    return read(caller)


def _first_line(invoices: Invoices) -> str:
    if not invoices.listed:
        return "What was asked for, of whom, and when it is due."
    past = in_tab(invoices.listed, PAST_DUE, acting().today)
    return f"{how_many(len(past), 'invoice has', 'invoices have')} a due day that has passed. {NOT_MATCHED}"


@st.fragment
def _list() -> None:
    """The filters and the list below them; every total is of all that match."""
    invoices, today = _invoices(), acting().today
    asked = _asked(invoices)
    matches = find(invoices, asked)
    counted = {tab: in_tab(matches, tab, today) for tab in TABS}
    tab = st.segmented_control("Status", TABS, default=ALL, required=True, **in_address("status"))
    found = counted[tab or ALL]
    st.html(Markup('<p class="rf-quiet" role="status">{}</p>').format(Markup(" · ").join(_counted(one, counted[one]) for one in TABS)))
    paged(found, "page", lambda shown: _table(shown, len(found), sum(one.pence for one in found), today))


def _counted(tab: str, found: Sequence[IssuedInvoice]) -> str:
    return f"{tab}: {len(found):,}, {Money(sum(one.pence for one in found))}"


def _asked(invoices: Invoices) -> Asked:
    first, second, third = st.columns([4, 3, 3])
    search = first.text_input("Search", live=True, **in_address("search"), autocomplete="off",
                              placeholder="A number, a payer, a person or a contract")
    payer = second.selectbox("Payer", [ALL, *invoices.payers], **in_address("payer"))
    month = month_box(third, "Month end", invoices.months, ALL, every=ALL)
    return Asked(" ".join((search or "").casefold().split()), payer or ALL, month)


def _table(shown: Sequence[IssuedInvoice], count: int, pence: int, today: date) -> None:
    columns = [words("Number"), words("Payer, and for whom"), words("Period"), words("Issued"), words("Due"), figures("Amount"), words("Status")]
    table("Issued invoices", columns, (_row(one, today) for one in shown),
          total=[f"All {how_many(count, 'invoice')} found", "", "", "", "", pounds(pence), ""] if shown else None,
          empty="No invoice is like this. Write less in the search, or choose “All” in the filters.")


def _row(one: IssuedInvoice, today: date) -> Row:
    period = Markup('<span class="rf-wide">{}</span>').format(one.period)
    return [link(f"{one.number:06d}", address("invoices", invoice=one.number)), _payer(one), period,
            day_in_figures(one.issued_on), day_in_figures(one.due_on), pounds(one.pence), status_tag(one, today)]


def _payer(one: IssuedInvoice) -> Markup:
    return Markup('{}<span class="rf-under">{}</span>').format(one.payer, one.for_whom)


def status_tag(one: IssuedInvoice, today: date) -> Markup:
    return tag(PAST_DUE, "orange") if one.is_past_due(today) else tag("Issued")

"""What was held and is held by nothing any more, issued from the page of invoices: whoever may prepares it, and another person approves."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.money import Money
from invoicing.invoice import Invoice, InvoiceLine
from ringfence.actions.held_invoices import HeldNow
from ringfence.actions.issuing_held import HeldPlan, prepare_held, preview_held
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import words
from ringfence.screens.components.markup import address, how_many, link, pounds, tag
from ringfence.screens.components.offered import finance_button
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as column

AT_A_TIME, MOST_LINES = 5, 100


def may_be_issued(held: Sequence[HeldNow]) -> None:
    """Draw it under the list of what is held; nothing where something still holds each."""
    plan = preview_held(acting()) if any(not one.reasons for one in held) else None
    if plan is None or not plan.drafts:
        return
    what = f"{how_many(len(plan.drafts), 'invoice')}, {Money(plan.pence)}"
    if plan.prepared_by:
        st.html(Markup('<p class="rf-note" role="status">{} {} prepared the issue of {}. It waits for another person to approve it. {}</p>').format(
            tag("Draft"), plan.prepared_by, what, link("See what waits", address("approvals"))))
    else:
        is_one = len(plan.drafts) == 1
        words(f"{len(plan.drafts):,} of {len(held):,} {'is' if is_one else 'are'} ready: nothing holds {'it' if is_one else 'them'} any more, and "
              f"{'it' if is_one else 'they'} need not wait for the next month end.")
    _asked_for(plan)
    if not plan.prepared_by and finance_button(f"Prepare to issue {what}", key="issue-held"):
        _prepare()


def _prepare() -> None:
    try:
        with st.spinner("Working out what is ready …"):
            prepare_held(acting())
    except RingfenceError as error:
        show_problems(error)
        return
    st.rerun()


def _asked_for(plan: HeldPlan) -> None:
    """Each invoice that is ready with its lines, to be read before it is prepared, and before it is approved."""
    def draw(shown: Sequence[tuple[str, Invoice]]) -> None:
        for line, record in shown:
            words(line)
            table(f"Lines of the invoice to {record.bill_to}", [column("Support"), figures("Amount")], map(_row, record.lines[:MOST_LINES]),
                  note=_below(record))

    with st.expander("What each that is ready asks for"):
        paged(list(zip(plan.lines, plan.invoices, strict=True)), "ready", draw, rows=AT_A_TIME)


def _below(record: Invoice) -> str:
    more = len(record.lines) - MOST_LINES
    return (f"{f'And {more:,} lines more. ' if more > 0 else ''}Order number: {record.order_number or 'none on the invoice as a whole'}. "
            f"VAT: {record.vat_words.rstrip('.')}.")


def _row(line: InvoiceLine) -> Row:
    how_much = ", ".join(filter(None, (line.day, line.quantity_words, line.rate_words)))
    return [Markup('{}<span class="rf-under">{}</span>').format(line.words, how_much), pounds(line.pence)]

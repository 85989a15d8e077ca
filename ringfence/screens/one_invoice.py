"""One invoice as it was issued, with its lines and its history; and the drafts that wait for an approval."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError, RingfenceError
from basics.money import Money
from basics.periods import day_in_words, day_of
from invoicing.invoice import Adjustment, InvoiceLine
from ringfence.actions.invoice_list import OpenedInvoice, open_invoice
from ringfence.actions.invoice_standing import Standing
from ringfence.actions.month_standing import first_open_month, month_standing
from ringfence.screens import invoice_acts, one_invoice_after
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import back_to, heading, part
from ringfence.screens.components.markup import address, button_link, how_many, link, pounds, tag
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import Row, figures, table, table_html, words
from ringfence.screens.invoice_status import status_tag, what_next
from ringfence.screens.invoices_found import read
from ringfence.screens.month_figures import kept_review


def show(number: str) -> None:
    """The invoice of that number."""
    back_to(("Invoices", address("invoices")))
    try:
        opened = open_invoice(acting(), _number(number))
    except RingfenceError as error:
        heading("Invoice", "")
        show_problems(error)
        return
    row, record = opened.row, opened.record
    standing = read(acting()).standings[row.number]
    heading(f"Invoice {record.number_words}", _first_line(standing, row.pence), status_tag(standing))
    st.html(Markup("<p>{}</p>").format(button_link("Open the PDF", f"/documents/{row.document_id}.pdf", primary=True, new_tab=True)))
    table("What it says", [words("What"), words("It says")], _facts(opened))
    one_invoice_after.show(standing)
    invoice_acts.may_be_done(standing)
    part("What it asks for")
    _lines(record.lines, row.pence)
    _adjusted(record.adjustments)
    part("History")
    table("History", [words("When"), words("What"), words("Who, or how")], [*_history(opened), *one_invoice_after.history(standing)])


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise InputError(f"“{text[:40]}” is not the number of an invoice.", "Open one from the list of invoices.")
    return int(text)


def _first_line(standing: Standing, pence: int) -> str:
    """What is open of it, or that it is settled, said once; and what to do next where there is anything."""
    still = standing.amounts.open
    much = f"All of {Money(pence)}" if still == pence else f"{Money(still)} of {Money(pence)}"
    is_open = f"{much} is open." if still else f"It is settled: nothing of {Money(pence)} is open."
    return " ".join(filter(None, (is_open, what_next(standing))))


def _facts(opened: OpenedInvoice) -> list[Row]:
    record, row = opened.record, opened.row
    known_to_us = "" if row.for_whom in record.person_words else f"{row.for_whom}; on the invoice "
    return [
        ["Payer", record.bill_to], ["For", f"{known_to_us}{record.person_words}"], ["Period", record.period_words],
        ["Order number", record.order_number or "None on the invoice as a whole"], ["Issued", record.issued_words], ["Due", record.due_words],
        ["VAT", record.vat_words],
        ["With the documents of", row.month.in_words] if row.was_held else
        ["Month end", link(row.month.in_words, address("month-end", month=row.month))],
    ]


@st.fragment
def _lines(lines: Sequence[InvoiceLine], pence: int) -> None:
    timed = any(line.day for line in lines)

    def draw(shown: Sequence[InvoiceLine]) -> None:
        columns = [words("Day"), words("Support"), figures("How much"), figures("Price"), figures("Amount")] if timed else [
            words("Support"), figures("Amount")]
        rows = ([line.day, _and_how_much(line), line.quantity_words, line.rate_words, pounds(line.pence)] if timed else
                [line.words, pounds(line.pence)] for line in shown)
        total = [f"All {how_many(len(lines), 'line')}", *[""] * (len(columns) - 2), pounds(pence)]
        drawn = table_html("Lines of the invoice", columns, rows, total=total)
        st.html(Markup('<div class="rf-folds">{}</div>').format(drawn) if timed else drawn)

    paged(lines, "lines", draw)


def _and_how_much(line: InvoiceLine) -> Markup:
    """What it was; on a phone, where two columns have no room, how much of it and at which price stand under it."""
    said = ", ".join(filter(None, (line.quantity_words, line.rate_words)))
    return Markup('{}<span class="rf-under rf-on-a-phone">{}</span>').format(line.words, said)


def _adjusted(adjustments: Sequence[Adjustment]) -> None:
    """What was billed before and is put right; a part of the page only where there is any."""
    if adjustments:
        part("What is put right from before")
        table("Periods that were billed before", [words("Billed before"), figures("Was"), figures("Is now"), words("Why")],
              ([one.period_words, pounds(one.before_pence), pounds(one.now_pence or 0), one.why] for one in adjustments))


def _history(opened: OpenedInvoice) -> list[Row]:
    prepared = "Prepared by itself: it had been held" if opened.row.was_held else f"Prepared with the month end of {opened.row.month.in_words}"
    return [[day_in_words(day_of(opened.prepared_at)), prepared, opened.prepared_by],
            [day_in_words(day_of(opened.approved_at)), f"Approved, numbered and issued; sealed {opened.seal}", opened.approved_by]]


def show_drafts() -> None:
    """What is prepared and not issued stands apart from what is issued: it has no number."""
    month = first_open_month(acting())
    prepared = month_standing(acting(), month).prepared
    if prepared is None:
        return
    review = kept_review(month)
    counted = f": {how_many(len(review.invoices), 'invoice')}, {Money(review.invoiced_pence)}" if (
        review and review.digest == prepared.digest) else ""
    st.html(Markup('<p class="rf-note">{} {} was prepared by {} and waits for another person to approve it{}. {}</p>').format(
        tag("Draft"), month.in_words, prepared.by, counted, link("See the drafts", address("month-end"))))

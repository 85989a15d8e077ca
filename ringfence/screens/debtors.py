"""Debtors: who owes us on a day, by how long it is overdue, and the letters that are due. One payer opens to its people and invoices."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from basics.periods import day_in_words
from invoicing.aged_debt import Bucket
from ringfence.actions.acting import Acting
from ringfence.actions.debtors import Debtor, Debtors, debtors
from ringfence.screens import debtor_late, debtors_letters, one_debtor
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.frame import heading, words
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import address, how_many, link, pounds, tag, under
from ringfence.screens.components.paged import announce, in_address, paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text
from ringfence.screens.invoice_status import BUCKETS

AS_AT, PAYER = "as-at", "payer"
ALL, OVERDUE = "All", "Overdue"
COLUMNS = (text("Payer"), figures("Open"), *BUCKETS)


def page() -> None:
    """Draw the page."""
    caller, on = acting(), _day()
    with st.spinner("Adding up what is open …"):
        found = read_debtors(caller, on)
    if payer := st.query_params.get(PAYER, ""):
        one_debtor.show(found, payer)
        return
    heading("Debtors", _first_line(found))
    what_is("funder", "contribution", "credit note")
    if found.debtors:
        _list(found.on)
        _beside(found)
        debtor_late.of_all(found)
        debtors_letters.show(on)
    else:
        words("Nobody has been asked for anything yet. Invoices come with the month end.")


@kept(4)
def read_debtors(caller: Acting, on: date) -> Debtors:
    return debtors(caller, on)


def _day() -> date:
    """The day that the address asks for, today where it asks for none that there was."""
    today = acting().today
    with suppress(ValueError):
        return min(today, date.fromisoformat(st.query_params.get(AS_AT, "")))
    return today


def _first_line(found: Debtors) -> str:
    overdue = [each for each in found.debtors if each.overdue_pence]
    if not overdue:
        return f"Nothing is overdue on {day_in_words(found.on)}. {Money(found.open_pence)} is open on invoices."
    who = how_many(len(overdue), "payer owes", "payers owe")
    return f"{who} {Money(found.overdue_pence)} that is overdue on {day_in_words(found.on)}, of {Money(found.open_pence)} that is open."


@st.fragment
def _list(on: date) -> None:
    """The filters and the list below them; every total is of all that match. Another day is one for the whole page."""
    if _day() != on:
        st.rerun()
    found = read_debtors(acting(), on)
    first, second, third = st.columns([4, 2, 2])
    typed = first.text_input("Search", live=True, **in_address("search"), autocomplete="off", placeholder="A payer or a person") or ""
    which = second.selectbox("Show", [ALL, OVERDUE], **in_address("show"))
    third.date_input("As at", on, max_value=acting().today, format="DD/MM/YYYY", key="debtors-as-at", on_change=_to_the_address)
    sought = " ".join(typed.casefold().split())
    shown = [each for each in found.debtors if each.open_pence and (which == ALL or each.overdue_pence) and (not sought or sought in _searched(each))]
    announce(f"{how_many(len(shown), 'payer')} found: {Money(sum(each.open_pence for each in shown))} open, "
             f"{Money(sum(each.overdue_pence for each in shown))} overdue.")
    paged(shown, "page", lambda rows: table(
        "Who owes us", COLUMNS, (_row(each, found.on) for each in rows), total=_total(shown) if shown else None,
        empty="No payer is like this. Write less in the search, or choose “All”."))


def _to_the_address() -> None:
    chosen = st.session_state["debtors-as-at"]
    if isinstance(chosen, date) and chosen != acting().today:
        st.query_params[AS_AT] = chosen.isoformat()
    else:
        st.query_params.pop(AS_AT, None)


def _searched(each: Debtor) -> str:
    return f"{each.name} {each.payer} {' '.join(of.called + ' ' + of.person for of in each.people)}".casefold()


def _row(each: Debtor, on: date) -> Row:
    said = [tag(f"No letters: {each.held.why}", "grey")] if each.held else []
    said += [tag(how_many(len(each.disputed), "query", "queries"), "orange")] if each.disputed else []
    asked = on.isoformat() if on != acting().today else None
    name = link(each.name, address("debtors", **{PAYER: each.payer, AS_AT: asked}))
    return [name + (under(Markup(" ").join(said)) if said else ""), pounds(each.open_pence),
            *(pounds(pence) if (pence := each.by_bucket[bucket]) else "" for bucket in Bucket)]


def _total(shown: Sequence[Debtor]) -> Row:
    return [f"All found ({len(shown):,})", pounds(sum(each.open_pence for each in shown)),
            *(pounds(sum(each.by_bucket[bucket] for each in shown)) for bucket in Bucket)]


def _beside(found: Debtors) -> None:
    pence, lines = found.unallocated
    bank = Markup("{} that came in at the bank is nobody’s yet, in {}: {}. ").format(
        Money(pence), how_many(lines, "line"), link("match it", address("receipts"))) if lines else ""
    ahead = f"{Money(found.paid_ahead)} was paid beyond all that is due. " if found.paid_ahead else ""
    more = f"{Money(found.not_invoiced)} more is due and on no invoice yet: instalments to come, and support of this month. "
    words(Markup("{}{}{}All of it together is what the ledger says is due. Days count from the day after an invoice was to be paid.").format(
        bank, more if found.not_invoiced else "", ahead), quiet=True)

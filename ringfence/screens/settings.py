"""Settings: what is set for the whole house, where each is used, and how it is changed. What documents say is changed by two people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from ringfence.actions.acting import Acting
from ringfence.actions.settings import Settings, prepare_provider, provider_content, settings_of
from ringfence.actions.split_content import as_apply_file
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading, part, tell_done, words
from ringfence.screens.components.markup import NOT_KNOWN, address, how_many, link, under
from ringfence.screens.components.offered import is_offered
from ringfence.screens.components.table import Row, table
from ringfence.screens.components.table import words as text

DONE = "settings-done"
COLUMNS = (text("What"), text("Now"), text("Where it is used, and how it is changed"))


def page() -> None:
    """Draw the page: what is set, then the form for the particulars."""
    caller = acting()
    found = _settings(caller)
    heading("Settings", "Everything that is set for the whole house." if found.is_said else
            "Nobody has said yet who we are: no invoice can be issued before that.")
    tell_done(DONE)
    part("Who we are")
    table("Who we are", COLUMNS, _particulars(found))
    with st.expander("Change who we are"):
        _form(caller, found)
    part("Numbers")
    table("Numbers", COLUMNS, _numbers(found))
    part("Where everything lies")
    table("Where everything lies", COLUMNS, _places(found))
    part("Who may come in")
    table("Who may come in", COLUMNS, [
        ["Users", how_many(found.users, "user"), Markup("What each may do stands on {}; an administrator changes it.").format(
            link("Users", address("users")))],
        ["What these books are", "Practice: every document says so" if found.is_practice else "Real books",
         "Chosen when the books were made, and never changed: make other books for the other."]])


@kept(4)
def _settings(caller: Acting) -> Settings:
    return settings_of(caller)


def _particulars(found: Settings) -> list[Row]:
    said = found.provider
    return [
        ["Name", _said(said.get("name")), "On every invoice, statement, letter and export. Two people change it, below."],
        ["Address", _said(", ".join(said.get("address", ()))), "On invoices and letters. Two people change it, below."],
        ["Whom to ask", _contact(said.get("contact")), "On invoices and statements, with the number to ring. Two people change it, below."],
        ["How to pay", _said(", ".join(said.get("pay_to", ()))), "On every invoice. Two people change it, below, as money would go elsewhere."],
        ["Ombudsman", _contact(said.get("ombudsman")), Markup("Statements point to it. It is changed by {}.").format(_apply())],
        ["VAT number", found.vat_number or "Not registered for VAT", "On electronic invoices. Two people change it, below."],
        ["Address for electronic invoices", _said(said.get("einvoice", {}).get("endpoint", {}).get("number")),
         Markup("Without it no electronic invoice is written. It is changed by {}.").format(_apply())]]


def _numbers(found: Settings) -> list[Row]:
    return [
        ["Next invoice", str(found.next_invoice),
         Markup("Given at month end, without a gap. {}").format(_first(found))],
        ["Next credit note", str(found.next_credit_note), "Given when a credit note is issued, without a gap; nobody chooses it."]]


def _first(found: Settings) -> str | Markup:
    if found.first_invoice:
        return "The first was chosen once and stays."
    return Markup("The first is chosen once, by {}; without that it is 1.").format(_apply())


def _places(found: Settings) -> list[Row]:
    return [[each.what, each.where, Markup("{}{}").format("Named when the app is started.", under(f"{each.variable} names another place"))]
            for each in found.places]


def _apply() -> Markup:
    return Markup("{} that another approves").format(link("a file of agreements", "/help?about=formats/apply"))


def _said(value: object) -> str | Markup:
    return str(value) if value else NOT_KNOWN


def _contact(said: Mapping[str, str] | None) -> str | Markup:
    return f"{said['name']}, {said['telephone']}" if said else NOT_KNOWN


def _form(caller: Acting, found: Settings) -> None:
    if not is_offered("Change who we are"):
        return
    said = found.provider
    contact = said.get("contact", {})
    with st.form("settings-provider", border=False):
        left, right = st.columns(2)
        name = left.text_input("Name", said.get("name", ""), autocomplete="organization")
        vat = right.text_input("VAT number, with GB in front", found.vat_number, autocomplete="off")
        address_ = left.text_area("Address, a line each", "\n".join(said.get("address", ())))
        pay_to = right.text_area("How to pay, a line each", "\n".join(said.get("pay_to", ())))
        who = left.text_input("Whom to ask", contact.get("name", ""), autocomplete="off")
        telephone = right.text_input("Telephone", contact.get("telephone", ""), autocomplete="off")
        asked = st.form_submit_button("Prepare the change of who we are", type="primary")
    typed: Mapping[str, Any] = {"name": name, "address": _several(address_), "pay_to": _several(pay_to), "vat_number": (vat or "").strip(),
                                "contact": {"name": who, "telephone": telephone}}
    if asked:
        _prepare(caller, typed)
    st.download_button("Download it as an apply file", as_apply_file(provider_content(found, typed)), "provider.apply.yaml", "application/yaml",
                       on_click="ignore")
    words("Another person approves it. Documents issued until then keep what they said.", quiet=True)


def _several(lines: str | None) -> list[str]:
    return [each.strip() for each in (lines or "").splitlines() if each.strip()]


def _prepare(caller: Acting, typed: Mapping[str, Any]) -> None:
    try:
        would = prepare_provider(caller, typed)
    except RingfenceError as error:
        show_problems(error)
        return
    st.session_state[DONE] = "That is what stands already: nothing is prepared."
    if would.said:
        st.session_state[DONE] = Markup("Prepared. It counts once {}.").format(link("another person approves it", address("approvals")))
    st.rerun()

"""Contracts: each with its sum, the versions of its split and what is still to be agreed; and one of them in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.money import Money
from basics.periods import day_in_figures
from ringfence.actions.acting import Acting
from ringfence.actions.contracts import ContractTold, Stage, list_contracts
from ringfence.actions.split_in_books import known_names
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import address, how_many, link, pounds, tag, under
from ringfence.screens.components.paged import announce, paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text
from ringfence.screens.contract_shown import STAGE_COLOURS, one
from ringfence.screens.split_case import METHODS

COLUMNS = (text("Contract"), text("Days"), figures("Sum"), figures("People"), figures("In their funds"), figures("Kept back"), figures("Paid in"),
           text("Split"))


def page() -> None:
    """Draw the list, or the contract that the address asks for."""
    caller = acting()
    with st.spinner("Reading the contracts …"):
        found, names = _read(caller)
    asked = st.query_params.get("contract", "")
    told = next((each for each in found if each.contract.reference == asked), None)
    if told is not None:
        one(caller, told, names)
        return
    heading("Contracts", _first_line(found))
    if asked:
        show_problems(RingfenceError(f"There is no contract {asked} in the books.", "Choose one of the list."))
    what_is("block contract", "split", "instalment", "kept back")
    _list(found)


@kept(4)
def _read(caller: Acting) -> tuple[tuple[ContractTold, ...], Mapping[str, str]]:
    return list_contracts(caller), known_names(caller)


def _first_line(found: Sequence[ContractTold]) -> str:
    waiting = [version for each in found for version in each.waiting]
    lacking = sum(bool(version.missing) for version in waiting)
    if lacking:
        return f"{how_many(lacking, 'version')} of a split {'waits' if lacking == 1 else 'wait'} for what the council has to agree."
    if waiting:
        return f"{how_many(len(waiting), 'version')} of a split {'is' if len(waiting) == 1 else 'are'} agreed and can be approved."
    unsplit = sum(not each.versions for each in found)
    if unsplit:
        return f"{how_many(unsplit, 'contract')} {'is' if unsplit == 1 else 'are'} not split yet."
    return "Nothing is waiting." if found else ""


@st.fragment
def _list(found: Sequence[ContractTold]) -> None:
    total = ["All contracts", "", pounds(sum(each.contract.pence for each in found)), "",  # one person may have a part of several contracts
             pounds(sum(each.allocated_pence for each in found)), pounds(sum(each.kept_back_pence for each in found)),
             pounds(sum(each.paid_in_pence for each in found)), ""]
    announce(f"{how_many(len(found), 'contract')}, {Money(sum(each.contract.pence for each in found))}.")
    paged(found, "page", lambda rows: table(
        "Contracts", COLUMNS, map(_row, rows), total=total if found else None,
        empty="There is no contract in the books yet. It comes in with an apply file, on the Import page."))


def _row(told: ContractTold) -> Row:
    contract = told.contract
    days = Markup("{}{}").format(day_in_figures(contract.period.first), under(f"to {day_in_figures(contract.period.last)}"))
    return [Markup("{}{}").format(link(contract.reference, address("contracts", contract=contract.reference)), under(contract.payer)), days,
            pounds(contract.pence), f"{told.people:,}", pounds(told.allocated_pence), pounds(told.kept_back_pence), pounds(told.paid_in_pence),
            _versions(told)]


def _versions(told: ContractTold) -> Markup:
    """The version in force, and each that is coming or waits."""
    shown = [each for each in told.versions if each.stage is not Stage.REPLACED]
    if not shown:
        return tag("Not split yet", "orange")
    return Markup("").join(Markup("{}{}").format(
        tag(each.stage, STAGE_COLOURS[each.stage]), under(f"version {each.number}, {METHODS[each.said.method].lower()}")) for each in shown)

"""Every page, its address and its place in the menu: the one list of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ringfence.screens import (
    actual_cost,
    approvals,
    cases,
    contracts,
    cost_a_package,
    debtors,
    exports,
    first_price,
    help,
    home,
    import_files,
    invoices,
    log,
    month_end,
    offers,
    one_fund,
    people_and_funds,
    quotes,
    rates,
    receipts,
    reconciliation,
    scenarios,
    settings,
    split_a_contract,
    statements,
    steps,
    trustees,
    users,
    visits,
    watching,
)
from ringfence.screens.components.failure import shown_in_words

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

ICON = str(Path(__file__).parent / "icon.png")
MENU_PIXELS = 248


def _page(draw: Callable[[], None], title: str, address: str, *, first: bool = False) -> Page:
    """A page, made anew for every run: Streamlit marks in it whether it may be drawn, so two visitors must never share one."""
    return st.Page(shown_in_words(draw), title=title, url_path=address, default=first)


def menu() -> dict[str, list[Page]]:
    """The pages by the part of the work that they belong to. Home stands at `/` and nowhere else."""
    return {
        "Work": [
            _page(home.page, "Home", "", first=True),
            _page(import_files.page, "Import", "import"),
            _page(visits.page, "Visits", "visits"),
            _page(month_end.page, "Month end", "month-end"),
            _page(approvals.page, "Waiting for approval", "approvals"),
        ],
        "People": [
            _page(people_and_funds.page, "People and funds", "people"),
            _page(one_fund.page, "One fund", "fund"),
            _page(watching.page, "Watch list", "watch"),
            _page(steps.page, "Where plans stand", "steps"),
            _page(statements.page, "Statements", "statements"),
            _page(reconciliation.page, "Reconciliation", "reconciliation"),
        ],
        "Prices": [
            _page(cost_a_package.page, "Cost a package", "cost"),
            _page(split_a_contract.page, "Split a contract", "split"),
            _page(contracts.page, "Contracts", "contracts"),
            _page(offers.page, "Offers and subsidies", "offers"),
            _page(quotes.page, "Quotes and reviews", "quotes"),
            _page(actual_cost.page, "Actual cost", "actual"),
            _page(rates.page, "Rates", "rates"),
            _page(cases.page, "Cases", "cases"),
            _page(scenarios.page, "Scenarios", "scenarios"),
            _page(first_price.page, "Your first price", "first-price"),
        ],
        "Money owed": [_page(invoices.page, "Invoices", "invoices"), _page(debtors.page, "Debtors", "debtors"),
                       _page(receipts.page, "Receipts to match", "receipts"),
                       _page(exports.page, "Exports", "exports")],
        "This house": [
            _page(trustees.page, "For the trustees", "trustees"),
            _page(log.page, "Log", "log"),
            _page(users.page, "Users", "users"),
            _page(settings.page, "Settings", "settings"),
            _page(help.page, "Help", "help"),
        ],
    }

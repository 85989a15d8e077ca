"""Every page, its address and its place in the menu: the one list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ringfence.screens import (
    accounts,
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
    overheads,
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


Place = tuple[Callable[[], None], str, str]
"""What draws a page, its title and its address."""

MENU: Mapping[str, Sequence[Place]] = {
    "Work": [
        (home.page, "Home", ""),
        (import_files.page, "Import", "import"),
        (visits.page, "Visits", "visits"),
        (month_end.page, "Month end", "month-end"),
        (approvals.page, "Waiting for approval", "approvals"),
    ],
    "People": [
        (people_and_funds.page, "People and funds", "people"),
        (one_fund.page, "One fund", "fund"),
        (watching.page, "Watch list", "watch"),
        (steps.page, "Where plans stand", "steps"),
        (statements.page, "Statements", "statements"),
        (reconciliation.page, "Reconciliation", "reconciliation"),
    ],
    "Prices": [
        (cost_a_package.page, "Cost a package", "cost"),
        (split_a_contract.page, "Split a contract", "split"),
        (contracts.page, "Contracts", "contracts"),
        (offers.page, "Offers and subsidies", "offers"),
        (quotes.page, "Quotes and reviews", "quotes"),
        (actual_cost.page, "Actual cost", "actual"),
        (rates.page, "Rates", "rates"),
        (overheads.page, "Overheads", "overheads"),
        (cases.page, "Cases", "cases"),
        (scenarios.page, "Scenarios", "scenarios"),
        (first_price.page, "Your first price", "first-price"),
    ],
    "Money owed": [
        (invoices.page, "Invoices", "invoices"),
        (debtors.page, "Debtors", "debtors"),
        (receipts.page, "Receipts to match", "receipts"),
        (exports.page, "Exports", "exports"),
        (accounts.page, "Accounts at month end", "accounts"),
    ],
    "This house": [
        (trustees.page, "For the trustees", "trustees"),
        (log.page, "Log", "log"),
        (users.page, "Users", "users"),
        (settings.page, "Settings", "settings"),
        (help.page, "Help", "help"),
    ],
}
"""The pages by the part of the work that they belong to. Home stands at `/` and nowhere else."""
ADDRESSES = frozenset(address for pages in MENU.values() for _, _, address in pages)


def menu() -> dict[str, list[Page]]:
    """The menu, made anew for every run: Streamlit marks in a page whether it may be drawn, so two visitors must never share one."""
    return {part: [_page(*place) for place in places] for part, places in MENU.items()}


def _page(draw: Callable[[], None], title: str, address: str) -> Page:
    return st.Page(shown_in_words(draw), title=title, url_path=address, default=not address)

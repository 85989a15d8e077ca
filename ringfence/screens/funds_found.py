"""What the list of funds keeps in memory, and how it is searched: read once for each reader and version of the books.

Plain tuples: of 10,000 funds a search takes a few milliseconds, and every sum is of whole pence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from basics.periods import Month
from isf.accounts import FundKind
from ringfence.actions.acting import Acting
from ringfence.actions.people_and_funds import ListedFund, Standing, list_funds
from ringfence.screens.components.desk import kept, seen_by
from ringfence.screens.warm import set_aside

ANY = "All"
BY_ATTENTION, BY_NAME = "What needs attention", "Name"
KINDS = {FundKind.ISF: "Individual service fund", FundKind.SPOT: "Paid for as support is given",
         FundKind.CONTRACT_RESERVE: "Reserve of a contract", FundKind.PROVIDER: "Our own"}
"""The kinds of fund in words, as the list and the page of one fund say them."""

@dataclass(frozen=True)
class Asked:
    """What the filters say; `ANY` leaves one out. `search` may have several words, all of which must be found."""

    search: str = ""
    standing: str = ANY
    payer: str = ANY
    contract: str = ANY
    kind: str = ANY
    sort: str = BY_ATTENTION


@dataclass(frozen=True, eq=False)
class Funds:
    """Every fund with the text it is searched by and what it adds to each total, two orders as positions in `listed`, and the choices
    that the filters have."""

    seen_by: str
    listed: Sequence[ListedFund]
    texts: Sequence[str]
    columns: Mapping[str, Sequence[int]]
    orders: Mapping[str, Sequence[int]]
    stated: Month | None
    counts: Mapping[Standing, int]
    payers: Sequence[str]
    contracts: Sequence[str]
    kinds: Sequence[str]

    @property
    def standings(self) -> list[str]:
        return [str(standing) for standing in Standing if standing in self.counts]


@dataclass(frozen=True, eq=False)
class Found:
    """The matches in order, as positions in `Funds.listed`, and the totals of all of them; what is below nil is summed apart."""

    order: Sequence[int]
    held_pence: int
    owed_pence: int
    budget_pence: int
    used_pence: int
    left_pence: int
    over_pence: int
    not_known: int

    @property
    def count(self) -> int:
        return len(self.order)


@kept(6)
def read(caller: Acting) -> Funds:
    """The list as this reader may see it, read again when something was written."""
    listing = list_funds(caller)
    funds = funds_of(listing.funds, listing.stated, seen_by(caller))
    set_aside()
    return funds


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs={Funds: lambda funds: funds.seen_by, Asked: repr})
def found(funds: Funds, asked: Asked) -> Found:
    """What `find` finds, kept for the same filters, reader and version of the books."""
    return find(funds, asked)


def funds_of(listed: Sequence[ListedFund], stated: Month | None, seen_by: str = "") -> Funds:
    """The funds with all that a search needs, so that it only compares. `seen_by` says who reads which books in which version."""
    texts = tuple("\n".join((fund.name, fund.known_as, fund.person, *fund.order_numbers)).casefold() for fund in listed)
    by_name = sorted(range(len(listed)), key=lambda at: _name(listed[at]))
    ranks = {standing: rank for rank, standing in enumerate(Standing)}
    by_attention = sorted(by_name, key=lambda at: (ranks[listed[at].standing], not listed[at].carried_pence))
    return Funds(
        seen_by=seen_by, listed=listed, texts=texts, columns=_columns(listed),
        orders={BY_NAME: tuple(by_name), BY_ATTENTION: tuple(by_attention)}, stated=stated,
        counts=Counter(fund.standing for fund in listed), payers=_each(payer for fund in listed for payer in fund.payers),
        contracts=_each(fund.contract for fund in listed if fund.contract), kinds=_each(KINDS[fund.kind] for fund in listed))


def find(funds: Funds, asked: Asked) -> Found:
    """The funds that every filter lets through, and the totals of all of them."""
    order = _let_through(funds, asked)
    return Found(tuple(order), **{name: sum(map(column.__getitem__, order)) for name, column in funds.columns.items()})


def _let_through(funds: Funds, asked: Asked) -> Sequence[int]:
    listed, texts, order = funds.listed, funds.texts, funds.orders[asked.sort]
    for word in asked.search.casefold().split():
        order = [at for at in order if word in texts[at]]
    if asked.standing != ANY:
        order = [at for at in order if listed[at].standing == asked.standing]
    if asked.payer != ANY:
        order = [at for at in order if asked.payer in listed[at].payers]
    if asked.contract != ANY:
        order = [at for at in order if listed[at].contract == asked.contract]
    if asked.kind != ANY:
        order = [at for at in order if KINDS[listed[at].kind] == asked.kind]
    return order


def _columns(listed: Sequence[ListedFund]) -> Mapping[str, Sequence[int]]:
    """What each fund adds to each total; what is above nil and what is below are never added together."""
    return {
        "held_pence": _above(fund.held_pence for fund in listed), "owed_pence": _below(fund.held_pence for fund in listed),
        "budget_pence": _above(fund.budget_pence for fund in listed), "used_pence": [fund.used_pence or 0 for fund in listed],
        "left_pence": _above(fund.left_pence for fund in listed), "over_pence": _below(fund.left_pence for fund in listed),
        "not_known": [int(bool(fund.person) and fund.left_pence is None) for fund in listed],
    }


def _name(fund: ListedFund) -> tuple[bool, str, str, str]:
    """People by what they are called, then funds that are nobody’s own."""
    return not fund.person, (fund.known_as or fund.name).casefold(), fund.name.casefold(), fund.fund


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names), key=str.casefold))


def _above(pence: Iterable[int | None]) -> list[int]:
    return [max(each or 0, 0) for each in pence]


def _below(pence: Iterable[int | None]) -> list[int]:
    return [min(each or 0, 0) for each in pence]

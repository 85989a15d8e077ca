"""What the list of funds keeps in memory, and how it is searched: read once for each reader and version of the books.

Plain tuples: of 10,000 funds a search takes a few milliseconds, and every sum is of whole pence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from basics.periods import Month
from isf.accounts import FundKind
from ringfence.actions.acting import Acting
from ringfence.actions.people_and_funds import ListedFund, Standing, list_funds
from ringfence.screens.components.desk import seen_by

ANY = "All"
BY_ATTENTION, BY_NAME = "What needs attention", "Name"
KINDS = {FundKind.ISF: "Individual service fund", FundKind.SPOT: "Paid for as support is given",
         FundKind.CONTRACT_RESERVE: "Reserve of a contract", FundKind.PROVIDER: "Our own"}
"""The kinds of fund in words, as the list and the page of one fund say them."""

Test = Callable[[int], bool]


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
    """Every fund with the text it is searched by, two orders as positions in `listed`, and the choices that the filters have."""

    seen_by: str
    listed: Sequence[ListedFund]
    texts: Sequence[str]
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


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs={Acting: seen_by})
def read(caller: Acting) -> Funds:
    """The list as this reader may see it, read again when something was written."""
    listing = list_funds(caller)
    return funds_of(listing.funds, listing.stated, seen_by(caller))


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs={Funds: lambda funds: funds.seen_by})
def found(funds: Funds, asked: Asked) -> Found:
    """What `find` finds, kept for the same filters, reader and version of the books."""
    return find(funds, asked)


def funds_of(listed: Sequence[ListedFund], stated: Month | None, seen_by: str = "") -> Funds:
    """The funds with all that a search needs, so that it only compares. `seen_by` says who reads which books in which version."""
    texts = tuple("\n".join((fund.name, fund.known_as, fund.person, *fund.order_numbers)).casefold() for fund in listed)
    by_name = sorted(range(len(listed)), key=lambda at: _name(listed[at]))
    ranks = {standing: rank for rank, standing in enumerate(Standing)}
    by_attention = sorted(by_name, key=lambda at: ranks[listed[at].standing])
    return Funds(
        seen_by=seen_by, listed=listed, texts=texts, orders={BY_NAME: tuple(by_name), BY_ATTENTION: tuple(by_attention)}, stated=stated,
        counts=Counter(fund.standing for fund in listed), payers=_each(payer for fund in listed for payer in fund.payers),
        contracts=_each(fund.contract for fund in listed if fund.contract), kinds=_each(KINDS[fund.kind] for fund in listed))


def find(funds: Funds, asked: Asked) -> Found:
    """The funds that every filter lets through, and the totals of all of them."""
    tests = list(_tests(funds, asked))
    order = tuple(at for at in funds.orders[asked.sort] if all(test(at) for test in tests))
    matches = [funds.listed[at] for at in order]
    return Found(
        order=order, held_pence=_above(fund.held_pence for fund in matches), owed_pence=_below(fund.held_pence for fund in matches),
        budget_pence=_above(fund.budget_pence for fund in matches), used_pence=sum(fund.used_pence or 0 for fund in matches),
        left_pence=_above(fund.left_pence for fund in matches), over_pence=_below(fund.left_pence for fund in matches),
        not_known=sum(1 for fund in matches if fund.person and fund.left_pence is None))


def _tests(funds: Funds, asked: Asked) -> Iterable[Test]:
    listed, texts = funds.listed, funds.texts
    if words := asked.search.casefold().split():
        yield lambda at: all(word in texts[at] for word in words)
    if asked.standing != ANY:
        yield lambda at: listed[at].standing == asked.standing
    if asked.payer != ANY:
        yield lambda at: asked.payer in listed[at].payers
    if asked.contract != ANY:
        yield lambda at: listed[at].contract == asked.contract
    if asked.kind != ANY:
        yield lambda at: KINDS[listed[at].kind] == asked.kind


def _name(fund: ListedFund) -> tuple[bool, str, str, str]:
    """People by what they are called, then funds that are nobody’s own."""
    return not fund.person, (fund.known_as or fund.name).casefold(), fund.name.casefold(), fund.fund


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names), key=str.casefold))


def _above(pence: Iterable[int | None]) -> int:
    return sum(each for each in pence if each is not None and each > 0)


def _below(pence: Iterable[int | None]) -> int:
    return sum(each for each in pence if each is not None and each < 0)

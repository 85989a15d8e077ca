"""What the list of funds keeps in memory, and how it is searched: one read-only frame for each reader and version of the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from basics.periods import Month
from isf.accounts import FundKind
from ringfence.actions.acting import Acting
from ringfence.actions.people_and_funds import ListedFund, Standing, list_funds

if TYPE_CHECKING:
    from pandas import DataFrame, Series

ANY = "All"
BY_ATTENTION, BY_NAME = "What needs attention", "Name"
KINDS = {FundKind.ISF: "Individual service fund", FundKind.SPOT: "Paid for as support is given",
         FundKind.CONTRACT_RESERVE: "Reserve of a contract", FundKind.PROVIDER: "Our own"}
BETWEEN = "\x1f"
"""Stands round each payer's name, so that one name is never found inside another."""


@dataclass(frozen=True)
class Asked:
    """What the filters say; `ANY` leaves one out. `search` is in small letters, its words parted by one space."""

    search: str = ""
    standing: str = ANY
    payer: str = ANY
    contract: str = ANY
    kind: str = ANY
    sort: str = BY_ATTENTION


@dataclass(frozen=True, eq=False)
class Funds:
    """Every fund, the frame that is searched, and the choices that the filters have."""

    listed: Sequence[ListedFund]
    frame: DataFrame
    stated: Month | None
    counts: Mapping[Standing, int]
    payers: Sequence[str]
    contracts: Sequence[str]
    kinds: Sequence[str]

    @property
    def standings(self) -> list[str]:
        return [standing for standing in Standing if standing in self.counts]


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


@st.cache_resource(max_entries=6, show_spinner=False)
def read(_caller: Acting, _who: str, _version: str, _day: date) -> Funds:
    """The list as this reader may see it, read once for each version of the books."""
    ...

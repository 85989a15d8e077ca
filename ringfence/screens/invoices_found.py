"""The list of invoices that is kept in memory for each reader and version of the books, and how it is searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.held_invoices import HeldNow, held_invoices
from ringfence.actions.invoice_list import IssuedInvoice, list_invoices
from ringfence.actions.invoice_standing import Standing, Status, invoice_standings
from ringfence.screens.components.desk import kept

ALL, NOT_DUE, OVERDUE = "All", "Not due yet", "Overdue"
TABS = (ALL, NOT_DUE, OVERDUE, Status.DISPUTED.value, Status.PART_PAID.value, Status.PAID.value, Status.CREDITED.value, Status.WRITTEN_OFF.value)
"""By when it is due where something is open, and by what became of it; an invoice may be in several."""
STILL_OPEN = (NOT_DUE, OVERDUE, Status.DISPUTED.value, Status.PART_PAID.value)
"""Those of which something is, or may be, to be paid still."""


@dataclass(frozen=True)
class Asked:
    """What the filters say; `ALL` leaves one out. `search` is in small letters, its words parted by one space."""

    search: str
    payer: str
    month: str


@dataclass(frozen=True, eq=False)
class Invoices:
    """Every issued invoice, the text that each is searched in, and the choices that the filters have."""

    listed: Sequence[IssuedInvoice]
    texts: Sequence[str]
    payers: Sequence[str]
    months: Sequence[Month]
    standings: Mapping[int, Standing]
    held: Sequence[HeldNow] = ()

    @cached_property
    def tabs(self) -> Mapping[int, Sequence[str]]:
        """Those that each is in, by its number."""
        return {number: [tab for tab in _told(standing) if tab in TABS] for number, standing in self.standings.items()}

    def open_pence(self, found: Iterable[IssuedInvoice]) -> int:
        return sum(self.standings[one.number].amounts.open for one in found)


@kept(4)
def read(caller: Acting) -> Invoices:
    """The list as this reader may see it, read once for each version of the books."""
    listed, standings = list_invoices(caller), invoice_standings(caller)
    return Invoices(listed, [f"{one.number:06d} {one.payer} {one.for_whom}".casefold() for one in listed],
                    sorted({one.payer for one in listed}), sorted({one.month for one in listed}, reverse=True), standings, held_invoices(caller))


def find(invoices: Invoices, asked: Asked) -> list[IssuedInvoice]:
    """The invoices that match every word of the search, the payer and the month."""
    wanted = asked.search.split()
    return [one for one, text in zip(invoices.listed, invoices.texts, strict=True)
            if asked.payer in (ALL, one.payer) and asked.month in (ALL, one.month.in_words) and all(word in text for word in wanted)]


def by_tab(invoices: Invoices, found: Iterable[IssuedInvoice]) -> dict[str, list[IssuedInvoice]]:
    """Of these, those of each status tab."""
    theirs: dict[str, list[IssuedInvoice]] = {tab: [] for tab in TABS}
    for one in found:
        for tab in invoices.tabs[one.number]:
            theirs[tab].append(one)
    return theirs


def _told(standing: Standing) -> tuple[str, ...]:
    due = () if not standing.amounts.open else (OVERDUE,) if standing.is_overdue else (NOT_DUE,)
    return (ALL, *due, standing.status.value)

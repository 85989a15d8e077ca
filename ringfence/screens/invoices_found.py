"""The list of invoices that is kept in memory for each reader and version of the books, and how it is searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.invoice_list import IssuedInvoice, list_invoices
from ringfence.screens.components.desk import kept

ALL, NOT_DUE, PAST_DUE = "All", "Not due yet", "Due day passed"
TABS = (ALL, NOT_DUE, PAST_DUE)


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


@kept(4)
def read(caller: Acting) -> Invoices:
    """The list as this reader may see it, read once for each version of the books."""
    listed = list_invoices(caller)
    return Invoices(listed, [f"{one.number:06d} {one.payer} {one.for_whom}".casefold() for one in listed],
                    sorted({one.payer for one in listed}), sorted({one.month for one in listed}, reverse=True))


def find(invoices: Invoices, asked: Asked) -> list[IssuedInvoice]:
    """The invoices that match every word of the search, the payer and the month."""
    wanted = asked.search.split()
    return [one for one, text in zip(invoices.listed, invoices.texts, strict=True)
            if asked.payer in (ALL, one.payer) and asked.month in (ALL, one.month.in_words) and all(word in text for word in wanted)]


def in_tab(found: Sequence[IssuedInvoice], tab: str, today: date) -> list[IssuedInvoice]:
    """Of these, those of one status tab."""
    return [one for one in found if tab == ALL or one.is_past_due(today) == (tab == PAST_DUE)]

"""Months that have ended and that nobody ran. Several of them become a pile of invoices, which is what the Ombudsman finds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from basics.periods import Month
from ringfence.store import billing, months, overview

LATE = 2
"""So many months that wait are late: the month after the first of them has ended too."""


def months_waiting(connection: Connection, on: date) -> tuple[Month, ...]:
    """The months that ended before a day and are not closed, from the one after the last that is; before any is, from the first with support or
    an instalment to charge."""
    closed = months.closed_through(connection)
    month, found = closed.next if closed is not None else _first_to_run(connection, on), list[Month]()
    while month is not None and month.last < on:
        found.append(month)
        month = month.next
    return tuple(found)


def _first_to_run(connection: Connection, on: date) -> Month | None:
    uncharged = overview.first_uncharged(connection, None)
    days = [date.fromisoformat(row.invoice_on) for row in billing.schedule_parts(connection, on)]
    return min(map(Month.of, [*days, *([uncharged[0]] if uncharged else [])]), default=None)


def others_in_words(waiting: Sequence[Month]) -> str:
    """What waits behind the first: “October 2026”, “the 3 months after it”."""
    return waiting[1].in_words if len(waiting) == LATE else f"the {len(waiting) - 1} months after it"

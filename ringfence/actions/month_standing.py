"""How far a month end has come, as the books say it: nothing prepared, prepared by somebody, approved and issued, locked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from basics.errors import Problem
from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.month_end import MONTH_END, reopening_of, short_seal
from ringfence.actions.month_plan import unplaced_money
from ringfence.actions.months_waiting import months_waiting
from ringfence.store import deliveries, month_figures, months, overview, seals

FORMS_OF_A_STATEMENT = 2
"""A statement is written as a PDF and as a page; an invoice as a PDF."""


@dataclass(frozen=True)
class Prepared:
    """A month end that somebody prepared, and who approved it, if anybody has."""

    digest: str
    by: str
    at: datetime
    holds_back: bool
    approved_by: str = ""
    approved_at: datetime | None = None


@dataclass(frozen=True)
class Papers:
    """What was issued: documents, and how many of the files that they are printed to were written to a folder."""

    invoices: int
    invoiced_pence: int
    statements: int
    files: int

    @property
    def files_in_all(self) -> int:
        return self.invoices + FORMS_OF_A_STATEMENT * self.statements


@dataclass(frozen=True)
class MonthStanding:
    """Where one month stands. `prepared` is the last that was prepared; for an issued month the one that was approved."""

    month: Month
    is_open: bool
    prepared: Prepared | None
    seal: str
    papers: Papers | None
    locked_by: str
    locked_at: datetime | None
    visits: int
    minutes: int
    conflicts: int
    unplaced: tuple[Problem, ...]
    before: Month | None
    """The last closed month before this one."""
    can_reopen: bool
    """Whether it may be asked that it is opened again: it is the last that is locked, and its statements are not issued."""
    reopening: Prepared | None
    """Who has asked that it is opened again; it waits for another's approval."""

    @property
    def is_issued(self) -> bool:
        return self.papers is not None


@dataclass(frozen=True)
class ClosedMonth:
    """A month that is closed, in one line."""

    month: Month
    approved_by: str
    approved_at: datetime | None
    invoices: int
    invoiced_pence: int
    is_locked: bool


def first_open_month(acting: Acting) -> Month:
    """The month to work on next."""
    with acting.reading() as connection:
        if waiting := months_waiting(connection, acting.today):
            return waiting[0]
        closed = months.closed_through(connection)
        uncharged = overview.first_uncharged(connection, closed)
        return open_month(closed, uncharged[0] if uncharged else None, acting.today)


def open_month(closed: Month | None, first_uncharged: date | None, today: date) -> Month:
    """The month to work on: the one after the last that is closed; before any is, the first with support that is not charged."""
    if closed is not None:
        return closed.next
    return Month.of(first_uncharged or today)


def month_standing(acting: Acting, month: Month) -> MonthStanding:
    """Everything that the books say about the month end of a month."""
    with acting.reading() as connection:
        closed = months.closed_through(connection)
        batch = _batch(connection, month)
        issued = batch is not None and bool(batch.approved_by)
        steps, asked = months.steps(connection, month), reopening_of(connection, month)
        lock = month_figures.lock_of(connection, str(month)) if months.LOCKED in steps else None
        visits, minutes = month_figures.visit_count(connection, month.first, month.last)
        return MonthStanding(
            month=month, is_open=closed is None or month > closed, prepared=_prepared(batch) if batch is not None else None,
            seal=short_seal(seals.seal_of(connection, batch.id)) if batch is not None and issued else "",
            papers=_papers(connection, batch.id) if batch is not None and issued else None,
            locked_by=lock.user if lock else "", locked_at=datetime.fromisoformat(lock.recorded_at) if lock else None,
            visits=visits, minutes=minutes, conflicts=len(deliveries.conflicts(connection)),
            unplaced=tuple(unplaced_money(connection, month)),
            before=None if closed is None else closed if month > closed else month.previous,
            can_reopen=closed == month and months.LOCKED in steps and months.ISSUED not in steps,
            reopening=Prepared(asked.digest, asked.prepared_by, datetime.fromisoformat(asked.prepared_at), False) if asked else None)


def closed_months(acting: Acting) -> list[ClosedMonth]:
    """Every month that was issued or locked, the latest first."""
    with acting.reading() as connection:
        issued = {Month.parse(row.key.split()[1]): row for row in month_figures.month_batches(connection, MONTH_END) if row.approved_by}
        locked = {Month.parse(row.key.split()[1]) for row in month_figures.month_batches(connection, "lock")}
        found = []
        for month in sorted(issued.keys() | {each for each in locked if months.LOCKED in months.steps(connection, each)}, reverse=True):
            asked = month_figures.asked(connection, issued[month].id) if month in issued else []
            found.append(ClosedMonth(
                month, issued[month].approved_by if month in issued else "",
                datetime.fromisoformat(issued[month].approved_at) if month in issued else None,
                sum(row.invoices for row in asked), int(sum(row.pence for row in asked)), months.LOCKED in months.steps(connection, month)))
    return found


def _batch(connection: Connection, month: Month) -> Row[Any] | None:
    """The month end that was approved, else the last that was prepared."""
    found = month_figures.month_batches(connection, MONTH_END, f"{MONTH_END} {month} ")
    return next((row for row in found if row.approved_by), found[-1] if found else None)


def _prepared(row: Row[Any]) -> Prepared:
    return Prepared(row.digest, row.prepared_by, datetime.fromisoformat(row.recorded_at), bool(json.loads(row.body).get("hold_back")),
                    row.approved_by or "", datetime.fromisoformat(row.approved_at) if row.approved_at else None)


def _papers(connection: Connection, batch_id: int) -> Papers:
    found = month_figures.papers(connection, batch_id)
    pence = int(sum(row.pence for row in month_figures.asked(connection, batch_id)))
    return Papers(found.get("invoice", (0, 0))[0], pence, found.get("statement", (0, 0))[0], sum(files for _, files in found.values()))

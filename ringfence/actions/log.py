"""The log: who did what and when, and of each thing what stood before and what stands after."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from basics.errors import InputError
from basics.periods import LONDON, ONE_DAY, Month
from ringfence.actions.acting import Acting
from ringfence.store import log
from ringfence.store.log import ABOUT_USERS, APPROVED, Row
from ringfence.store.log import Change as Change

MOST_CHANGES = 100
"""More versions of one kind than these are counted, and not shown."""
DID: Mapping[str, str] = {
    "people": "Brought in people", "visits": "Brought in visits", "bank": "Brought in a bank file", "remittance": "Brought in a remittance advice",
    "undo": "Took an import back", "apply": "Prepared a file of agreements and money", "record": "Recorded what counts at once",
    "month_end": "Prepared a month end", "issue_held": "Prepared invoices that were held", "lock": "Locked a month",
    "reopen": "Asked for a month to be opened again",
    "below_cost": "Asked to sell below full cost", "reconciliation": "Prepared a reconciliation", "quote": "Made a quote",
    "quote_answer": "Recorded the answer to a quote", "evidence": "Kept a paper", "export": "Sent an export",
    "for_trustees": "Wrote for the trustees", "fee_asked": "Recorded a fee asked, offered or agreed",
    "by_service": "Kept totals by service for the trustees"}
APPROVES: Mapping[str, str] = {
    "apply": "a file of agreements and money", "month_end": "a month end", "reopen": "opening a month again", "below_cost": "selling below full cost",
    "reconciliation": "a reconciliation", "issue_held": "invoices that were held"}
_NUMBERED = re.compile(r"[0-9]+: ")
ABOUT: Mapping[str, str] = {
    "role": "Said who may do what", "stand in": "Named a stand-in", "leave": "Recorded that somebody leaves",
    "passphrase": "Set a passphrase", "identity": "Tied a user to the sign-in service", "caseload": "Gave somebody people to support"}


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did. `number` opens it, where there is more to see; `about` is what it was about: a month, the number of an
    import, a user; it names nobody who is supported."""

    number: int | None
    at: datetime
    user: str
    did: str
    about: str


@dataclass(frozen=True)
class Opened:
    """One entry of the log with what it changed. `added` and `changed` count rows by what they are; `changes` are shown in full up to a
    hundred of each kind."""

    entry: Entry
    approved_by: str
    approved_at: datetime | None
    added: Mapping[str, int]
    changed: Mapping[str, int]
    changes: tuple[Change, ...]


def log_between(acting: Acting, first: date | None = None, last: date | None = None, user: str = "") -> tuple[Entry, ...]:
    """Everything that was done from a day to another (all, where none is named), by one user where they are named, the latest first."""
    with acting.reading() as connection:
        found = log.rows(connection, _instant(first or date(2000, 1, 1)), _instant((last or acting.today) + ONE_DAY), user)
    return tuple(map(_entry, found))


def open_entry(acting: Acting, number: int) -> Opened:
    """One entry, with what stood before and what stands after. Raises `InputError` where there is none of that number."""
    with acting.reading() as connection:
        row, approval = log.batch_row(connection, number), log.approved(connection, number)
        if row is None:
            raise InputError(f"There is no entry {number} in the log.", "Open one from the list.")
        return Opened(_entry(row), approval[0] if approval else "", datetime.fromisoformat(approval[1]) if approval else None,
                      log.added(connection, number), log.changed(connection, number), tuple(log.changes(connection, number, MOST_CHANGES)))


def _entry(row: Row) -> Entry:
    if row.kind in ABOUT_USERS:
        return Entry(None, datetime.fromisoformat(row.at), row.user, ABOUT[row.kind], f"{row.whom}{f', {row.key}' if row.key else ''}")
    kind = row.kind.removeprefix(f"{APPROVED} ")
    did = DID.get(kind, kind.replace("_", " ").capitalize())
    if kind != row.kind:
        did = f"Approved {APPROVES.get(kind, kind.replace('_', ' '))}"
    return Entry(row.batch_id, datetime.fromisoformat(row.at), row.user, did, _about(kind, row.key))


def _about(kind: str, key: str) -> str:
    """What of its key a person can use: what stands after its number, a month in words, or the first letters of a digest."""
    rest = _NUMBERED.sub("", key.removeprefix(kind).strip())
    words = rest.split()
    if words and len(words[0]) == len("2026-10") and words[0][4:5] == "-":
        return Month.parse(words[0]).in_words
    if rest.isdecimal():
        return f"no. {rest}"
    return f"{rest[:12]}…" if len(rest) > 40 and " " not in rest else rest


def _instant(day: date) -> str:
    return datetime.combine(day, time(), LONDON).astimezone(UTC).isoformat(timespec="seconds")

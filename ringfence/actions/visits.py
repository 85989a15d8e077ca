"""Visits: found, and one of them told whole, with why it costs what it does and everything that was ever said of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row

from basics.errors import InputError
from basics.periods import LONDON, Month
from invoicing.attended import Attended, attended
from invoicing.delivery import Delivery
from invoicing.why import Explained, why
from ringfence.actions.acting import Acting
from ringfence.actions.applying import Applied, apply_content
from ringfence.actions.rights import Right
from ringfence.actions.visit_asked import asked_for
from ringfence.store import deliveries, registry, terms_kept, visits_found

Wanted: TypeAlias = visits_found.Wanted
"""What is looked for among the visits."""
FIRST_OF_A_DIGEST = 10


@dataclass(frozen=True)
class VisitListed:
    """One row of a visit in one line. `pence` is None until it is charged."""

    visit: str
    carer: str
    subject: str
    known_as: str
    support: str
    on: date
    starts: str
    planned_minutes: int
    actual_minutes: int
    outcome: str
    reason: str
    pence: int | None


@dataclass(frozen=True)
class VisitsFound:
    """A page of what was looked for, and the totals of all of it."""

    rows: tuple[VisitListed, ...]
    count: int
    planned_minutes: int
    actual_minutes: int
    pence: int


@dataclass(frozen=True)
class Charged:
    """What stands charged for one row: to whom, at which price, and on which invoice."""

    delivery_id: int
    fund: str
    funder: str
    how: str
    on: date
    minutes: int
    times: int
    rate: str
    pounds: Decimal
    pence: int
    invoice: int | None


@dataclass(frozen=True)
class Version:
    """One row as it was once said: from when it stood, and until when."""

    carer: str
    subject: str
    known_as: str
    version: int
    said: Mapping[str, str]
    came_by: str
    came_at: datetime
    brought_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str


@dataclass(frozen=True)
class VisitTold:
    """One visit whole: why it costs what it does by the agreements as they stand, what stands charged, and its history."""

    visit: str
    explained: tuple[Explained, ...]
    charged: tuple[Charged, ...]
    versions: tuple[Version, ...]
    attended: Attended
    sources: Mapping[tuple[str, date], str]
    """Where it is written what the terms say, by their name and day."""


def months_of_visits(acting: Acting) -> list[Month]:
    """The months that may be looked through, the latest first."""
    with acting.reading() as connection:
        ends = visits_found.months_with_visits(connection)
    found = [ends[1]] if ends else []
    while ends and found[-1] > ends[0]:
        found.append(found[-1].previous)
    return found


def find_visits(acting: Acting, wanted: Wanted, *, most: int, after: int = 0) -> VisitsFound:
    """So many of the visits that match, after so many others, and the totals of all that do."""
    with acting.reading() as connection:
        rows, sums = visits_found.found(connection, wanted, most, after), visits_found.totals(connection, wanted)
    return VisitsFound(tuple(map(_listed, rows)), sums.rows, int(sums.planned), int(sums.actual), int(sums.pence))


def visit_told(acting: Acting, visit: str, carer: str = "") -> VisitTold:
    """One visit, or one carer's of it. Raises `InputError` where there is none."""
    with acting.reading() as connection:
        kept = visits_found.versions(connection, visit)
        if not kept or (carer and carer not in {row.carer for row in kept}):
            raise InputError(f"There is no visit {visit[:64]}{f' of carer {carer[:64]}' if carer else ''} here.", "Check the reference: it is that "
                             "of the file that brought it.")
        rows = _standing(connection, kept)
        agreed = registry.agreements(connection)
        explained = why(rows, agreed, asked_for(connection, agreed, visit, rows)) if rows else []
        told = VisitTold(visit, tuple(explained), tuple(map(_charged, visits_found.charges_of_visit(connection, visit))),
                         tuple(map(_version, kept)), attended(row for row in rows if carer in ("", row.carer)), {})
        used = {each.terms for each in told.explained if each.terms}
        told = replace(told, sources={each: terms_kept.source_of(connection, *each) for each in used})
    return _of_carer(told, kept, carer) if carer else told


def prepare_correction(acting: Acting, visit: str, carer: str, now: Mapping[str, str] | None, words: str) -> Applied:
    """Put one carer's visit right, for another person to approve: what it now says, or None for a visit that never was. The same again
    prepares nothing new."""
    acting.refuse_without(Right.PREPARE)
    said: dict[str, Any] = {"visit": visit, "carer": carer, "on": acting.today, "words": words,
                            **({"taken_back": True} if now is None else {"now": dict(now)})}
    told = hashlib.sha256(repr(sorted(said.items(), key=lambda item: item[0])).encode()).hexdigest()[:FIRST_OF_A_DIGEST]
    return apply_content(acting, {"visits_corrected": [{"correction": f"VC-{told}", **said}]}, f"visit {visit} put right")


def _standing(connection: Connection, kept: Sequence[Row[Any]]) -> list[Delivery]:
    days = [date.fromisoformat(row.happened_on) for row in kept if row.withdrawn_at is None]
    if not days:
        return []
    standing = {row.id for row in kept if row.withdrawn_at is None}
    return [row for row in deliveries.in_period(connection, min(days), max(days)) if row.id in standing]


def _of_carer(told: VisitTold, kept: Sequence[Row[Any]], carer: str) -> VisitTold:
    theirs = {row.id for row in kept if row.carer == carer}
    return replace(told, explained=tuple(each for each in told.explained if each.carer == carer),
                   charged=tuple(each for each in told.charged if each.delivery_id in theirs),
                   versions=tuple(each for each in told.versions if each.carer == carer))


def _listed(row: Row[Any]) -> VisitListed:
    return VisitListed(row.visit, row.carer, row.subject, row.known_as or "", row.support_type, date.fromisoformat(row.happened_on),
                       _clock(row.starts_at), row.planned_minutes, row.actual_minutes, row.outcome, row.reason,
                       None if row.pence is None else int(row.pence))


def _charged(row: Row[Any]) -> Charged:
    return Charged(row.delivery_id, row.fund, row.funder or "", row.how, date.fromisoformat(row.support_on), row.minutes, row.times,
                   row.rate_code, Decimal(row.pounds), row.pence, row.number)


def _version(row: Row[Any]) -> Version:
    cancelled = deliveries.cancelled_at(row.content)
    said = {"support": row.support_type, "date": row.happened_on, "start": _clock(row.starts_at), "end": _clock(row.ends_at),
            "planned_minutes": str(row.planned_minutes), "planned_carers": str(row.planned_carers), "outcome": row.outcome,
            "reason": row.reason, "cancelled_at": f"{cancelled.astimezone(LONDON):%Y-%m-%d %H:%M}" if cancelled else ""}
    return Version(row.carer, row.subject, row.known_as or "", row.version, said, row.came_by, datetime.fromisoformat(row.came_at),
                   row.brought_by, datetime.fromisoformat(row.withdrawn_at) if row.withdrawn_at else None, row.withdrawn_by or "")


def _clock(instant: str) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(LONDON):%H:%M}" if instant else ""

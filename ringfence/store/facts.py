"""What is recorded of a fund besides money: its terms, a review, an outcome, a worry. A change is a later version; the one before stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, TableClause, select

from ringfence.store.nameless import readable
from ringfence.store.registry import add_version, canonical
from ringfence.store.schema import approval, batch, fact, fund, user_account


@dataclass(frozen=True)
class Fact:
    """One version of something that is recorded. `fund` is empty where it is of no one fund; `approved_by` is None for what one person may
    record alone."""

    kind: str
    reference: str
    version: int
    fund: str
    from_on: date
    said: Mapping[str, Any]
    recorded_by: str
    approved_by: str | None
    recorded_at: str


def record(connection: Connection, kind: str, reference: str, batch_id: int, *, fund_id: int | None, from_on: date, said: Mapping[str, Any]) -> str:
    """Keep what is said under a reference: "new", "changed" (a later version) or "same" (nothing is written)."""
    return add_version(connection, fact, {"kind": kind, "reference": reference}, batch_id, fund_id=fund_id, from_on=from_on.isoformat(),
                       body=canonical(said))


def facts(connection: Connection, kind: str, fund_key: str = "") -> list[Fact]:
    """The latest version of everything of a kind (of one fund, where it is named), by its day and reference. Where no name may be read, what is
    said are the figures alone."""
    told = readable(connection, fact)
    found = {row.reference: row for row in connection.execute(_query(kind, fund_key, told).order_by(told.c.version))}
    return sorted(map(_fact, found.values()), key=lambda each: (each.from_on, each.reference))


def facts_of_person(connection: Connection, kind: str, person: str = "") -> list[Fact]:
    """The same of what names one person, whether or not it is of a fund; of everybody, where nobody is named."""
    if not person:
        return facts(connection, kind)
    named = select(fact.c.reference).where(fact.c.kind == kind, fact.c.body.contains(f'"person":{json.dumps(person)}', autoescape=True))
    found = {row.reference: row for row in connection.execute(_query(kind, "").where(fact.c.reference.in_(named)).order_by(fact.c.version))}
    told = (each for each in map(_fact, found.values()) if each.said["person"] == person)
    return sorted(told, key=lambda each: (each.from_on, each.reference))


def every_version(connection: Connection, kind: str, reference: str) -> list[Fact]:
    """Everything that was ever recorded under a reference, the first first."""
    return [_fact(row) for row in connection.execute(_query(kind, "").where(fact.c.reference == reference).order_by(fact.c.version))]


def versions(connection: Connection, kind: str, *, fund_key: str = "", beginning: str = "") -> list[Fact]:
    """Every version of a kind, of one fund or of references that begin so where that is said: by reference, the first first."""
    query = _query(kind, fund_key).where(fact.c.reference.startswith(beginning, autoescape=True))
    return [_fact(row) for row in connection.execute(query.order_by(fact.c.reference, fact.c.version))]


def history(connection: Connection, fund_key: str, person: str) -> list[Fact]:
    """Every version of everything recorded of a fund, and of its person where it is of no one fund: by kind, reference and version."""
    rows = connection.execute(_everything().where(
        (fund.c.key == fund_key) | (fact.c.fund_id.is_(None) & fact.c.body.contains(person, autoescape=True))))
    found = (each for each in map(_fact, rows) if each.fund or each.said.get("person") == person)
    return sorted(found, key=lambda each: (each.kind, each.reference, each.version))


def _query(kind: str, fund_key: str, told: TableClause = fact) -> Select[Any]:
    query = _everything(told).where(told.c.kind == kind)
    return query.where(fund.c.key == fund_key) if fund_key else query


def _everything(told: TableClause = fact) -> Select[Any]:
    recorder, approver = user_account.alias("recorder"), user_account.alias("approver")
    return (
        select(told.c.kind, told.c.reference, told.c.version, fund.c.key.label("fund"), told.c.from_on, told.c.body,
               recorder.c.name.label("recorded_by"), approver.c.name.label("approved_by"), batch.c.recorded_at)
        .outerjoin(fund, fund.c.id == told.c.fund_id).join(batch, batch.c.id == told.c.batch_id)
        .join(recorder, recorder.c.id == batch.c.prepared_by).outerjoin(approval, approval.c.batch_id == batch.c.id)
        .outerjoin(approver, approver.c.id == approval.c.approved_by)
    )


def _fact(row: Row[Any]) -> Fact:
    return Fact(row.kind, row.reference, row.version, row.fund or "", date.fromisoformat(row.from_on), json.loads(row.body), row.recorded_by,
                row.approved_by, row.recorded_at)

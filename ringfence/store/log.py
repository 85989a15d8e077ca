"""Who did what, and when: everything that was prepared, brought in, approved, or changed about who may come in; and what each changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, and_, func, literal, select, union_all

from ringfence.store.schema import (
    approval,
    batch,
    caseload,
    contract,
    fact,
    fund,
    funder,
    funder_detail,
    funding,
    house,
    house_place,
    metadata,
    person,
    person_detail,
    plan_line,
    provider_detail,
    rate,
    schedule_change,
    stand_in,
    terms,
    user_account,
    user_identity,
    user_leave,
    user_passphrase,
    user_role,
)

APPROVED = "approved"
ABOUT_USERS: dict[str, Table] = {"role": user_role, "stand in": stand_in, "leave": user_leave, "passphrase": user_passphrase,
                                 "identity": user_identity, "caseload": caseload}
VERSIONED: dict[Table, tuple[str, ...]] = {
    provider_detail: (), person_detail: ("person_id",), funder_detail: ("funder_id",), terms: ("name", "from_on"), rate: ("code", "from_on"),
    funding: ("fund_id", "funder_id", "from_on"), plan_line: ("reference", "from_on"), house_place: ("house_id", "place", "from_on"),
    schedule_change: ("schedule_row_id", "fund_id", "funder_id"), fact: ("kind", "reference")}
"""What is never overwritten but followed by a later version, with the columns that tell one thing from another."""
_NAMED = {"fund_id": (fund, "key"), "funder_id": (funder, "reference"), "person_id": (person, "reference"), "contract_id": (contract, "reference"),
          "house_id": (house, "reference")}
_LEFT_OUT = ("id", "version", "batch_id")


@dataclass(frozen=True)
class Row:
    """One thing that somebody did. `kind` is of a batch, “approved …” of its approval, or one of `ABOUT_USERS`; `batch_id` is None of the last.
    `whom` is the user whom it is about, where it is about one."""

    batch_id: int | None
    kind: str
    key: str
    at: str
    user: str
    whom: str


@dataclass(frozen=True)
class Change:
    """One version that came in, beside the one before: fields with their values as text. `before` is empty where it was new."""

    table: str
    about: str
    before: dict[str, str]
    after: dict[str, str]


def rows(connection: Connection, first: str, last: str, user: str = "") -> list[Row]:
    """Everything that was done from an instant until before another (ISO text in UTC), by one user where they are named, the latest first."""
    whom = user_account.alias("whom")
    found: list[Select[Any]] = [
        _of(select(batch.c.id, batch.c.kind, batch.c.key, batch.c.recorded_at, user_account.c.name, literal("")), batch.c.prepared_by, batch),
        _of(select(batch.c.id, literal(f"{APPROVED} ") + batch.c.kind, batch.c.key, approval.c.recorded_at, user_account.c.name, literal(""))
            .join(batch, batch.c.id == approval.c.batch_id), approval.c.approved_by, approval)]
    for kind, table in ABOUT_USERS.items():
        said = table.c.role if table is user_role else literal("")
        found.append(_of(select(literal(None, batch.c.id.type), literal(kind), said, table.c.recorded_at, user_account.c.name, whom.c.name)
                         .join(whom, whom.c.id == table.c.user_account_id), table.c.given_by, table))
    every = union_all(*found).subquery()
    columns = list(every.c)
    query = select(every).where(columns[3] >= first, columns[3] < last)
    if user:
        query = query.where(columns[4] == user)
    done = connection.execute(query.order_by(columns[3].desc(), func.coalesce(columns[0], 0).desc(), columns[1], columns[2], columns[5]))
    return [Row(*row) for row in done]


def batch_row(connection: Connection, batch_id: int) -> Row | None:
    """Who prepared one batch, and when."""
    query = _of(select(batch.c.id, batch.c.kind, batch.c.key, batch.c.recorded_at, user_account.c.name, literal("")), batch.c.prepared_by, batch)
    found = connection.execute(query.where(batch.c.id == batch_id)).one_or_none()
    return Row(*found) if found else None


def approved(connection: Connection, batch_id: int) -> tuple[str, str] | None:
    """Who approved a batch, and when; None where nobody has."""
    query = (select(user_account.c.name, approval.c.recorded_at).join(user_account, user_account.c.id == approval.c.approved_by)
             .where(approval.c.batch_id == batch_id))
    found = connection.execute(query).one_or_none()
    return (found.name, found.recorded_at) if found else None


def added(connection: Connection, batch_id: int) -> dict[str, int]:
    """How many rows of each table came in with a batch, without those that have versions."""
    return _counted(connection, batch_id, [each for each in metadata.sorted_tables
                                           if "batch_id" in each.c and each not in VERSIONED and each is not approval])


def changed(connection: Connection, batch_id: int) -> dict[str, int]:
    """How many versions came in with a batch, by table."""
    return _counted(connection, batch_id, VERSIONED)


def changes(connection: Connection, batch_id: int, most: int) -> list[Change]:
    """The versions that came in with a batch, each beside the one before; no more than `most` of each table."""
    return [each for table, key in VERSIONED.items() for each in _changes(connection, table, key, batch_id, most)]


def _of(query: Select[Any], who: Column[int], table: Table) -> Select[Any]:
    return query.select_from(table).join(user_account, user_account.c.id == who)


def _counted(connection: Connection, batch_id: int, tables: Iterable[Table]) -> dict[str, int]:
    queries = {each.name: select(func.count()).select_from(each).where(each.c.batch_id == batch_id) for each in tables}
    return {name: int(count) for name, query in queries.items() if (count := connection.execute(query).scalar_one())}


def _changes(connection: Connection, table: Table, key: tuple[str, ...], batch_id: int, most: int) -> Iterator[Change]:
    rank = [table.c[name] for name in (*key, "version")]
    for row in connection.execute(select(table).where(table.c.batch_id == batch_id).order_by(*rank).limit(most)):
        same = and_(*(table.c[name] == row._mapping[name] for name in key), table.c.version < row.version)
        before = connection.execute(select(table).where(same).order_by(table.c.version.desc()).limit(1)).one_or_none()
        told = _told(connection, dict(row._mapping))
        about = " ".join(told[name.removesuffix("_id")] for name in key if told.get(name.removesuffix("_id")))
        yield Change(table.name, about, _told(connection, dict(before._mapping)) if before else {}, told)


def _told(connection: Connection, row: dict[str, Any]) -> dict[str, str]:
    """A row as text: references in the place of ids, and what its body says field by field."""
    said: dict[str, str] = {}
    for name, value in row.items():
        if name == "body":
            said |= _fields(json.loads(value)) if value else {}
        elif name in _NAMED and value is not None:
            table, column = _NAMED[name]
            said[name.removesuffix("_id")] = str(connection.execute(select(table.c[column]).where(table.c.id == value)).scalar_one())
        elif name not in _LEFT_OUT and value is not None:
            said[name] = str(value)
    return said


def _fields(body: dict[str, Any]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for name, value in body.items() if value is not None}

"""The ledger: accounts, origins and their parts, events and entries. Reading is by query; writing is by bulk."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, text

from basics.periods import Month
from isf.accounts import OriginKind, Unit
from isf.entries import Entry, Side, posted_on
from ringfence.store.engine import bulk_insert, next_id
from ringfence.store.rows import add, one
from ringfence.store.schema import account, balance, entry, event, explanation, fund, funder, origin, part, seal


@dataclass(frozen=True)
class Origin:
    """One thing in the world that value comes from, with its parts by fund. `amount` is in the unit; parts add to no more."""

    key: str
    kind: OriginKind
    unit: Unit
    amount: int
    happened_on: date
    words: str
    parts: tuple[tuple[str, int], ...]


class Ledger:
    """Writes entries for one batch in one transaction: it knows the ids of funds, accounts and origins so that rows go in by bulk."""

    def __init__(self, connection: Connection, batch_id: int, recorded_at: str) -> None:
        self._connection, self._batch_id, self._recorded_at = connection, batch_id, recorded_at
        self._funds = keys(connection, fund, fund.c.key)
        self._funders = keys(connection, funder, funder.c.reference)
        self._accounts = keys(connection, account, account.c.key)
        self._places: dict[tuple[str, bool, Side, Side], tuple[int, str, int, int]] = {}
        self._events: dict[str, int] | None = None

    def place(self, origins: Iterable[Origin]) -> None:
        """Write origins and their parts. They count once the batch is approved, and none can be added after that."""
        part_id = next_id(self._connection, part)
        for each in origins:
            known = one(self._connection, origin, key=each.key)
            origin_id = known.id if known else add(
                self._connection, origin, key=each.key, kind=each.kind, unit=each.unit, amount=each.amount, placed=0,
                happened_on=each.happened_on.isoformat(), words=each.words, batch_id=self._batch_id)
            rows = [(part_id + n, origin_id, self.fund_id(key), str(each.unit), amount, self._batch_id)
                    for n, (key, amount) in enumerate(each.parts)]
            bulk_insert(self._connection, part, rows)
            part_id += len(rows)

    def post(self, entries: Sequence[Entry], closed: Month | None) -> None:
        """Write events and entries, each on the day of the books that its own day and the closed months give."""
        origins = keys(self._connection, origin, origin.c.key) if any(each.origin for each in entries) else {}
        behind = {each.event.key: each.event for each in entries}
        events = self.write_events((key, each.kind, each.fund, each.plan_line_id, each.words) for key, each in behind.items())
        self._open_accounts(entries)
        days = {day: (day.isoformat(), posted_on(day, closed).isoformat()) for day in {each.happened_on for each in entries}}
        first = next_id(self._connection, entry)
        bulk_insert(self._connection, entry, (
            (first + n, each.key, *self._places[_place(each)], each.amount, *days[each.happened_on], self._recorded_at,
             events[each.event.key], origins[each.origin] if each.origin else None, None, self._batch_id)
            for n, each in enumerate(entries)))

    def reverse(self, rows: Sequence[Row[Any]], closed: Month | None, why: str) -> None:
        """Put entries back: each is mirrored (accounts swapped, same fund, amount and origin), on its own day, and says why."""
        events = self.write_events((REVERSAL + row.event_key, "reversal", row.fund, row.plan_line_id, why) for row in rows)
        first = next_id(self._connection, entry)
        bulk_insert(self._connection, entry, [
            (first + n, REVERSAL + row.key, self.fund_id(row.fund), row.unit, row.credit_account_id, row.debit_account_id, row.amount,
             row.happened_on, posted_on(date.fromisoformat(row.happened_on), closed).isoformat(), self._recorded_at,
             events[REVERSAL + row.event_key], row.origin_id, row.id, self._batch_id)
            for n, row in enumerate(rows)
        ])

    def fund_id(self, key: str) -> int:
        return self._funds[key]

    def write_events(self, events: Iterable[tuple[str, str, str, int | None, str]]) -> dict[str, int]:
        """Write events (key, kind, fund, plan line, words) of this batch, each once; their ids by key."""
        if self._events is None:
            self._events = keys(self._connection, event, event.c.key, event.c.batch_id == self._batch_id)
        known = self._events
        fresh = {each[0]: each for each in events if each[0] not in known}
        first = next_id(self._connection, event)
        bulk_insert(self._connection, event, (
            (first + n, key, kind, self.fund_id(of), line, words, self._batch_id)
            for n, (key, kind, of, line, words) in enumerate(fresh.values())))
        known.update(zip(fresh, count(first)))
        return known

    def _open_accounts(self, entries: Iterable[Entry]) -> None:
        """Add the accounts that these entries need and their funds do not have yet, and know by number where each entry goes."""
        wanted = {place: each for each in entries if (place := _place(each)) not in self._places}
        sides = {(each.event.fund, each.unit, side) for each in wanted.values() for side in (each.debit, each.credit)}
        fresh = sorted((_account_key(*each), *each) for each in sides if _account_key(*each) not in self._accounts)
        ids = range(first := next_id(self._connection, account), first + len(fresh))
        bulk_insert(self._connection, account, (
            (number, key, self.fund_id(of), str(unit), role, self._funders[payer] if payer else None)
            for number, (key, of, unit, (role, payer)) in zip(ids, fresh, strict=True)))
        self._accounts.update(zip((key for key, *_ in fresh), ids, strict=True))
        for place, each in wanted.items():
            debit, credit = (self._accounts[_account_key(each.event.fund, each.unit, side)] for side in (each.debit, each.credit))
            self._places[place] = self.fund_id(each.event.fund), str(each.unit), debit, credit


def _place(each: Entry) -> tuple[str, bool, Side, Side]:
    """Where an entry goes. (Whether it is pence, not its unit: the hash of an enum's member is slow.)"""
    return each.event.fund, each.unit is Unit.PENCE, each.debit, each.credit


def _account_key(fund_key: str, unit: Unit, side: Side) -> str:
    return "|".join([fund_key, unit, side[0], side[1] or ""])


REVERSAL = "reversal of "


def keys(connection: Connection, table: Any, key: Any, *conditions: Any) -> dict[str, int]:
    """The ids of a table's rows by their key."""
    return {row[0]: row[1] for row in connection.execute(select(key, table.c.id).where(*conditions))}


def balances(connection: Connection) -> dict[tuple[str, str, str, str | None], int]:
    """Every kept balance, by (fund, unit, role, funder): positive on the side where the role normally stands."""
    query = text(
        "SELECT f.key, a.unit, a.role, u.reference, b.amount, r.side FROM balance b JOIN account a ON a.id = b.account_id"
        " JOIN fund f ON f.id = a.fund_id JOIN role r ON r.name = a.role AND r.unit = a.unit LEFT JOIN funder u ON u.id = a.funder_id")
    return {(key, unit, role, payer): amount if side == "debit" else -amount
            for key, unit, role, payer, amount, side in connection.execute(query)}


def entries_posted(connection: Connection, first: date, last: date, fund_key: str | None = None) -> list[Row[Any]]:
    """Entries by the day of the books, with what a statement needs of their accounts and events, in the order of the books."""
    debit, credit = account.alias("debit"), account.alias("credit")
    query = (
        select(entry.c.id, entry.c.key, fund.c.key.label("fund"), entry.c.unit, entry.c.amount, entry.c.happened_on, entry.c.posted_on,
               entry.c.reverses_id, debit.c.role.label("debit_role"), credit.c.role.label("credit_role"), event.c.key.label("event_key"),
               event.c.kind.label("event_kind"), event.c.words, event.c.plan_line_id, entry.c.batch_id)
        .join(fund, fund.c.id == entry.c.fund_id).join(debit, debit.c.id == entry.c.debit_account_id)
        .join(credit, credit.c.id == entry.c.credit_account_id).join(event, event.c.id == entry.c.event_id)
        .where(entry.c.posted_on.between(first.isoformat(), last.isoformat())).order_by(entry.c.posted_on, entry.c.id)
    )
    return list(connection.execute(query.where(fund.c.key == fund_key) if fund_key else query))


@dataclass(frozen=True, slots=True)
class Flow:
    """Pence that moved between two roles of a fund for one day; what was put back is taken off where it first stood."""

    fund: str
    roles: tuple[str, str]
    happened_on: date
    pence: int


def flows(connection: Connection, last: date, fund_key: str = "") -> list[Flow]:
    """All pence posted up to `last` (in one fund, where it is named), added up by fund, roles and the day on which it happened."""
    debit, credit = account.alias("debit"), account.alias("credit")
    columns = (fund.c.key, debit.c.role, credit.c.role, entry.c.happened_on, entry.c.reverses_id.is_not(None))
    query = (
        select(*columns, func.sum(entry.c.amount)).join(fund, fund.c.id == entry.c.fund_id)
        .join(debit, debit.c.id == entry.c.debit_account_id).join(credit, credit.c.id == entry.c.credit_account_id)
        .where(entry.c.posted_on <= last.isoformat(), entry.c.unit == "pence").group_by(*columns)
    )
    return [_flow(key, given, taken, date.fromisoformat(day), int(pence), bool(put_back)) for key, given, taken, day, put_back, pence
            in connection.execute(query.where(fund.c.key == fund_key) if fund_key else query)]


def flow_of(each: Entry) -> Flow:
    """The same for an entry that is about to be posted; nil for one in minutes."""
    return _flow(each.event.fund, each.debit[0], each.credit[0], each.happened_on, each.amount if each.unit is Unit.PENCE else 0,
                 each.is_reversal)


def _flow(fund_key: str, debit_role: str, credit_role: str, day: date, pence: int, put_back: bool) -> Flow:
    return Flow(fund_key, (credit_role, debit_role), day, -pence) if put_back else Flow(fund_key, (debit_role, credit_role), day, pence)


def held_before(connection: Connection, day: date, roles: Sequence[str], fund_key: str = "") -> dict[str, int]:
    """Debits less credits over accounts of these roles, by fund (or of one), for entries posted before `day`."""
    found: dict[str, int] = {}
    for column, sign in ((entry.c.debit_account_id, 1), (entry.c.credit_account_id, -1)):
        query = (
            select(fund.c.key, func.sum(entry.c.amount)).join(account, account.c.id == column).join(fund, fund.c.id == entry.c.fund_id)
            .where(entry.c.posted_on < day.isoformat(), entry.c.unit == "pence", account.c.role.in_(roles)).group_by(fund.c.key)
        )
        query = query.where(fund.c.key == fund_key) if fund_key else query
        for key, amount in connection.execute(query):
            found[key] = found.get(key, 0) + sign * int(amount)
    return found


def unplaced(connection: Connection, last: date) -> list[Row[Any]]:
    """Bank lines up to `last` of which something is neither placed nor explained."""
    query = text(
        "SELECT o.key, o.words, o.happened_on, o.amount - o.placed AS pence FROM origin o WHERE o.kind LIKE 'bank%'"
        " AND o.placed < o.amount AND o.happened_on <= :last AND NOT EXISTS (SELECT 1 FROM explanation e WHERE e.origin_id = o.id)"
        " ORDER BY o.happened_on, o.key")
    return list(connection.execute(query, {"last": last.isoformat()}))


def seal_entries(connection: Connection, batch_id: int) -> str:
    """Seal the entries of a batch: sha256 over their business columns in the order of their keys, chained to the seal before."""
    count, digest = digest_of_entries(connection, batch_id)
    return seal_rows(connection, batch_id, "entries", count, digest)


_SEALED_COLUMNS = ("e.key", "f.key", "e.unit", "d.key", "c.key", "CAST(e.amount AS TEXT)", "e.happened_on", "e.posted_on", "v.key",
                   "COALESCE(o.key, '')", "COALESCE(r.key, '')")
_AT_ONCE = 5_000


def digest_of_entries(connection: Connection, batch_id: int) -> tuple[int, str]:
    """How many entries a batch has, and the sha256 of their business columns (no ids, no time of recording) in key order.

    Only keys are put in order, and the rest is read a few thousand at a time: an encrypted file sorts in memory, and a month may have
    more than fit.
    """
    order = entry.c.key.collate("C") if connection.dialect.name == "postgresql" else entry.c.key
    ids = array("q", connection.execute(select(entry.c.id).where(entry.c.batch_id == batch_id).order_by(order)).scalars())
    query = text(
        f"SELECT {' || :between || '.join(_SEALED_COLUMNS)}"
        " FROM entry e JOIN fund f ON f.id = e.fund_id JOIN account d ON d.id = e.debit_account_id"
        " JOIN account c ON c.id = e.credit_account_id JOIN event v ON v.id = e.event_id LEFT JOIN origin o ON o.id = e.origin_id"
        " LEFT JOIN entry r ON r.id = e.reverses_id WHERE e.id IN :ids").bindparams(bindparam("ids", expanding=True))
    digest = hashlib.sha256()
    for first in range(0, len(ids), _AT_ONCE):
        lines = connection.execute(query, {"ids": ids[first:first + _AT_ONCE].tolist(), "between": "\x1f"}).scalars().all()
        digest.update((("\n" if first else "") + "\n".join(sorted(lines))).encode())
    return len(ids), digest.hexdigest()


def sha256_of_lines(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def seal_rows(connection: Connection, batch_id: int, covers: str, rows: int, digest: str) -> str:
    """Add a seal to the chain over `digest`, and return it."""
    last = connection.execute(select(seal.c.n, seal.c.sha256).order_by(seal.c.n.desc()).limit(1)).one_or_none()
    previous = last.sha256 if last else ""
    sha256 = chained(previous, digest)
    connection.execute(insert(seal).values(n=(last.n if last else 0) + 1, batch_id=batch_id, covers=covers, rows=rows, previous=previous,
                                           sha256=sha256))
    return sha256


def seal_of(connection: Connection, batch_id: int) -> str:
    """The seal over a batch's entries; empty where it has none."""
    query = select(seal.c.sha256).where(seal.c.batch_id == batch_id, seal.c.covers == "entries")
    return connection.execute(query).scalar_one_or_none() or ""


def chained(previous: str, digest: str) -> str:
    return hashlib.sha256(f"{previous}\n{digest}".encode()).hexdigest()


def summed(connection: Connection, last: date = date.max) -> dict[int, int]:
    """Every account's debits less credits, added up from the entries posted up to `last`."""
    found: dict[int, int] = {}
    for column, sign in ((entry.c.debit_account_id, 1), (entry.c.credit_account_id, -1)):
        query = select(column, func.sum(entry.c.amount)).where(entry.c.posted_on <= last.isoformat()).group_by(column)
        for account_id, amount in connection.execute(query):
            found[account_id] = found.get(account_id, 0) + sign * int(amount)
    return found


def kept(connection: Connection) -> dict[int, int]:
    """Every account's kept balance."""
    return {row.account_id: row.amount for row in connection.execute(select(balance))}


def posted_from(connection: Connection, origin_key: str) -> dict[str, int]:
    """What of an origin is posted, by the key of its event; what was put back since is still told, because its event stands."""
    query = (
        select(event.c.key, func.sum(entry.c.amount)).join(entry, entry.c.event_id == event.c.id)
        .join(origin, origin.c.id == entry.c.origin_id)
        .where(origin.c.key == origin_key, entry.c.reverses_id.is_(None)).group_by(event.c.key)
    )
    return {key: int(amount) for key, amount in connection.execute(query)}


def is_explained(connection: Connection, origin_key: str) -> bool:
    query = select(explanation.c.origin_id).join(origin, origin.c.id == explanation.c.origin_id).where(origin.c.key == origin_key)
    return connection.execute(query).first() is not None


def explain(connection: Connection, origin_key: str, words: str, batch_id: int) -> None:
    """Say what an unplaced bank line is, so that it no longer stops a month."""
    known = one(connection, origin, key=origin_key)
    assert known is not None, "only an origin that is written is explained"
    add(connection, explanation, origin_id=known.id, words=words, batch_id=batch_id)

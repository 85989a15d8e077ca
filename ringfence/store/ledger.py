"""The ledger: accounts, origins and their parts, events and entries. Reading is by query; writing is by bulk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import Connection, Row, func, select, text

from basics.periods import Month
from isf.accounts import OriginKind, Unit
from isf.entries import Entry, Event, Side, posted_on
from ringfence.store.engine import bulk_insert, next_id
from ringfence.store.rows import add, one
from ringfence.store.schema import account, balance, entry, event, explanation, fund, funder, origin, part


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
        self._places: dict[tuple[str, bool, Side, Side], Place] = {}
        self._events: dict[str, int] | None = None

    def place(self, origins: Iterable[Origin]) -> None:
        """Write origins and their parts. They count once the batch is approved, and none can be added after that."""
        part_id = next_id(self._connection, part)
        for each in origins:
            known = one(self._connection, origin, key=each.key)
            origin_id = known.id if known else add(
                self._connection, origin, key=each.key, kind=each.kind, unit=each.unit, amount=each.amount, placed=0,
                happened_on=each.happened_on.isoformat(), words=each.words, batch_id=self._batch_id)
            rows = [(part_id + n, origin_id, self._funds[key], str(each.unit), amount, self._batch_id)
                    for n, (key, amount) in enumerate(each.parts)]
            bulk_insert(self._connection, part, rows)
            part_id += len(rows)

    def post(self, entries: Sequence[Entry], closed: Month | None) -> None:
        """Write events and entries, each on the day of the books that its own day and the closed months give."""
        origins = keys(self._connection, origin, origin.c.key) if any(each.origin for each in entries) else {}
        events, places = self.write_events(each.event for each in entries), self._places_of(entries)
        days = {day: (day.isoformat(), posted_on(day, closed).isoformat()) for day in {each.happened_on for each in entries}}
        bulk_insert(self._connection, entry, (
            (n, key, *place, amount, *days[day], self._recorded_at, events[behind.key], origins[of] if of else None, None, self._batch_id)
            for n, (key, behind, _, _, _, amount, day, of, _), place in zip(count(next_id(self._connection, entry)), entries, places)))

    def reverse(self, rows: Sequence[Row[Any]], closed: Month | None, why: str) -> None:
        """Put entries back: each is mirrored (accounts swapped, same fund, amount and origin), on its own day, and says why."""
        events = self.write_events(Event(REVERSAL + row.event_key, "reversal", row.fund, why, row.plan_line_id) for row in rows)
        first = next_id(self._connection, entry)
        bulk_insert(self._connection, entry, [
            (first + n, REVERSAL + row.key, self._funds[row.fund], row.unit, row.credit_account_id, row.debit_account_id, row.amount,
             row.happened_on, posted_on(date.fromisoformat(row.happened_on), closed).isoformat(), self._recorded_at,
             events[REVERSAL + row.event_key], row.origin_id, row.id, self._batch_id)
            for n, row in enumerate(rows)
        ])

    def write_events(self, events: Iterable[Event]) -> dict[str, int]:
        """Write events of this batch, each once; their ids by key."""
        if self._events is None:
            self._events = keys(self._connection, event, event.c.key, event.c.batch_id == self._batch_id)
        known = self._events
        fresh = {each.key: each for each in events if each.key not in known}
        first = next_id(self._connection, event)
        bulk_insert(self._connection, event, (
            (first + n, key, kind, self._funds[of], line, words, self._batch_id)
            for n, (key, kind, of, words, line) in enumerate(fresh.values())))
        known.update(zip(fresh, count(first)))
        return known

    def _places_of(self, entries: Iterable[Entry]) -> list[Place]:
        """Where each entry goes; accounts that its fund does not have yet are opened. (An entry is asked whether it is in pence, not for
        its unit: the hash of an enum's member is slow.)"""
        asked = [(behind.fund, unit is Unit.PENCE, debit, credit) for _, behind, unit, debit, credit, _, _, _, _ in entries]
        if fresh := {each for each in asked if each not in self._places}:
            self._open_accounts(fresh)
        return [self._places[each] for each in asked]

    def _open_accounts(self, wanted: Iterable[tuple[str, bool, Side, Side]]) -> None:
        """Add the accounts that are wanted and not there yet, and know by number what stands between each two."""
        sides = {(of, Unit.PENCE if pence else Unit.MINUTES, side) for of, pence, *both in wanted for side in both}
        fresh = sorted((_account_key(*each), *each) for each in sides if _account_key(*each) not in self._accounts)
        ids = range(first := next_id(self._connection, account), first + len(fresh))
        bulk_insert(self._connection, account, (
            (number, key, self._funds[of], str(unit), role, self._funders[payer] if payer else None)
            for number, (key, of, unit, (role, payer)) in zip(ids, fresh, strict=True)))
        self._accounts.update(zip((key for key, *_ in fresh), ids, strict=True))
        for of, pence, debit, credit in wanted:
            unit = Unit.PENCE if pence else Unit.MINUTES
            given, taken = (self._accounts[_account_key(of, unit, side)] for side in (debit, credit))
            self._places[of, pence, debit, credit] = self._funds[of], str(unit), given, taken


Place = tuple[int, str, int, int]
"""The ids of a fund and of the two accounts in it, the debit's first, and after the fund the unit that they are kept in."""


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


def of_event(connection: Connection, event_key: str) -> list[Row[Any]]:
    """The entries of an event that stand, with what a reversal needs of them, their accounts and where they came from."""
    debit, credit, back = account.alias("debit"), account.alias("credit"), entry.alias("back")
    debit_payer, credit_payer = funder.alias("debit_payer"), funder.alias("credit_payer")
    query = (
        select(entry, event.c.key.label("event_key"), event.c.kind.label("event_kind"), event.c.words, event.c.plan_line_id,
               fund.c.key.label("fund"), debit.c.role.label("debit_role"), credit.c.role.label("credit_role"),
               debit_payer.c.reference.label("debit_funder"), credit_payer.c.reference.label("credit_funder"),
               origin.c.key.label("origin_key"), origin.c.kind.label("origin_kind"), origin.c.words.label("origin_words"))
        .join(event, event.c.id == entry.c.event_id).join(fund, fund.c.id == entry.c.fund_id)
        .join(debit, debit.c.id == entry.c.debit_account_id).join(credit, credit.c.id == entry.c.credit_account_id)
        .outerjoin(debit_payer, debit_payer.c.id == debit.c.funder_id).outerjoin(credit_payer, credit_payer.c.id == credit.c.funder_id)
        .outerjoin(origin, origin.c.id == entry.c.origin_id).outerjoin(back, back.c.reverses_id == entry.c.id)
        .where(event.c.key == event_key, back.c.id.is_(None)).order_by(entry.c.id)
    )
    return list(connection.execute(query))


def is_event(connection: Connection, key: str) -> bool:
    """Whether something is recorded under this key."""
    return one(connection, event, key=key) is not None


PUT_BACK = ", put back by "
"""What a bank line that was placed by mistake is called once its money is put back: the line, this, and the correction’s reference."""


def line_standing(connection: Connection, origin_key: str) -> dict[str, int]:
    """What of a bank line is posted and not put back, by the key of its event; what was placed again since counts too."""
    back = entry.alias("back")
    query = (
        select(event.c.key, func.sum(entry.c.amount)).join(entry, entry.c.event_id == event.c.id)
        .join(origin, origin.c.id == entry.c.origin_id).outerjoin(back, back.c.reverses_id == entry.c.id)
        .where(_is_line(origin_key), entry.c.reverses_id.is_(None), back.c.id.is_(None)).group_by(event.c.key)
    )
    return {key: int(amount) for key, amount in connection.execute(query)}


def line_room(connection: Connection, origin_key: str) -> list[tuple[str, int]]:
    """What of a bank line is not placed: of the line itself, and of what was put back of it, the oldest first."""
    query = select(origin.c.key, origin.c.amount - origin.c.placed).where(_is_line(origin_key)).order_by(origin.c.id)
    return [(key, int(left)) for key, left in connection.execute(query) if left]


def _is_line(origin_key: str) -> Any:
    return (origin.c.key == origin_key) | origin.c.key.startswith(f"{origin_key}{PUT_BACK}", autoescape=True)


def is_explained(connection: Connection, origin_key: str) -> bool:
    query = select(explanation.c.origin_id).join(origin, origin.c.id == explanation.c.origin_id).where(origin.c.key == origin_key)
    return connection.execute(query).first() is not None


def explain(connection: Connection, origin_key: str, words: str, batch_id: int) -> None:
    """Say what an unplaced bank line is, so that it no longer stops a month."""
    known = one(connection, origin, key=origin_key)
    assert known is not None, "only an origin that is written is explained"
    add(connection, explanation, origin_id=known.id, words=words, batch_id=batch_id)

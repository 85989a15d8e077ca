"""What stands of a contract before it is divided anew: its instalments, what came for each, and how the version in force divides it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from basics.periods import Period
from isf.accounts import FundKind
from isf.resplit import Key, Standing
from isf.schedule import Instalment
from isf.split import Split as Divided
from ringfence.importing.apply_splits import Split
from ringfence.store import billing, registry, split_versions


@dataclass(frozen=True)
class Instalments:
    """A contract's instalments, each whether it was asked for or money came for it; and what came for each part, in pence."""

    rows: tuple[Standing, ...]
    came: Mapping[tuple[int, Key], int]

    @property
    def firsts(self) -> list[date]:
        return [row.instalment.period.first for row in self.rows]

    def since(self, day: date) -> list[Standing]:
        return [row for row in self.rows if row.instalment.period.first >= day]

    def unpaid(self, key: Key, day: date) -> int:
        """What of instalments from a day on that were asked for has not been paid for one fund, in pence."""
        return sum(row.parts.get(key, 0) - self.came.get((row.instalment.n, key), 0) for row in self.since(day) if row.asked)


def instalments(connection: Connection, contract: str) -> Instalments:
    """The instalments as they stand. Money pays them in the order of their days, whatever contract they are of."""
    parts: dict[int, list[Row[Any]]] = {}
    for part in split_versions.instalments(connection, contract):
        parts.setdefault(part.n, []).append(part)
    came = came_for(connection, [contract]).get(contract, {})
    return Instalments(tuple(_row(of_row, came) for _, of_row in sorted(parts.items())), came)


def whole_of(connection: Connection, contract: str, council: str, split: Split, divided: Divided) -> dict[Key, int]:
    """How a version divides the whole contract, in pence by fund and payer."""
    pays = {who: payer for payer, who in registry.person_of_funder(connection).items()}
    contributions = {each.person: each.contribution_pounds.pence for each in split.people}
    reserve = registry.reserve_key(contract), council
    found = {reserve: divided.top_sliced_pence}
    for each in divided.allocations:
        key, own = registry.fund_key(each.person, FundKind.ISF), contributions.get(each.person, 0)
        if each.empty_place:
            found[reserve] += each.pence
        else:
            found |= {(key, council): each.pence - own} | ({(key, pays[each.person]): own} if own else {})
    return found


def _row(parts: list[Row[Any]], came: Mapping[tuple[int, Key], int]) -> Standing:
    first = parts[0]
    held = {(part.fund, part.funder): int(part.pence) for part in parts}
    period = Period(date.fromisoformat(first.from_on), date.fromisoformat(first.to_on))
    row = Instalment(first.n, period, date.fromisoformat(first.invoice_on), date.fromisoformat(first.due_on), sum(held.values()))
    return Standing(row, held, bool(first.asked) or any(came.get((first.n, key)) for key in held))


def came_for(connection: Connection, contracts: Iterable[str]) -> dict[str, dict[tuple[int, Key], int]]:
    """What was received for each part of each instalment, by contract. What a later version has promised beside the instalments is taken to
    be paid first."""
    beside: dict[Key, int] = {}
    parts: dict[Key, list[Row[Any]]] = {}
    received = split_versions.received(connection)
    for row in sorted(billing.all_schedule_parts(connection), key=lambda row: (row.from_on, row.contract, row.n)):
        parts.setdefault((row.fund, row.funder), []).append(row)
    for contract in contracts:
        for key, pence in split_versions.allocated(connection, contract).items():
            more = pence - sum(int(row.pence + row.credited) for row in parts.get(key, ()) if row.contract == contract)
            beside[key] = beside.get(key, 0) + max(0, more)
    found: dict[str, dict[tuple[int, Key], int]] = {}
    for key, rows in parts.items():
        left = received.get(key, 0) - beside.get(key, 0)
        for row in rows:
            if covered := max(0, min(left, int(row.pence))):
                found.setdefault(row.contract, {})[row.n, key] = covered
            left -= covered
    return found

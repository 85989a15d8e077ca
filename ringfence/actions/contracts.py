"""The contracts of the books: each with every version of its split, what of it is agreed, and what came in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row

from basics.errors import InputError
from isf.split import Split as Divided
from ringfence.actions.acting import Acting
from ringfence.actions.laying_splits import divided_as
from ringfence.actions.resplit_standing import came_for, instalments
from ringfence.actions.split_agreements import Agreement, Known, agreements
from ringfence.actions.split_agreements import known as agreed
from ringfence.actions.split_in_books import ContractInBooks, contracts_by_reference, splits_of
from ringfence.importing.apply_splits import Split
from ringfence.store import agreed_splits, months, registry, split_versions


class Stage(StrEnum):
    """How far a version of a split has come."""

    DRAFT = "Draft"
    METHOD_AGREED = "Method agreed"
    READY = "Every sum approved"
    COMING = "Agreed, to come"
    IN_FORCE = "In force"
    REPLACED = "Replaced"
    OVERTAKEN = "Overtaken"


@dataclass(frozen=True)
class VersionTold:
    """One version of a contract’s split: what it gives, from when, who prepared and approved it, and what of it is agreed."""

    number: int
    stage: Stage
    said: Split
    divided: Divided
    from_on: date
    agreements: tuple[Agreement, ...]
    digest: str
    prepared_by: str
    prepared_at: datetime
    approved_by: str
    approved_at: datetime | None

    @property
    def missing(self) -> tuple[Agreement, ...]:
        return () if self.approved_by else tuple(each for each in self.agreements if not each.is_there)


@dataclass(frozen=True)
class ContractTold:
    """A contract in one line, in pence: what stands in people’s funds, what is kept back, what came in, and what is nobody’s yet."""

    contract: ContractInBooks
    versions: tuple[VersionTold, ...]
    people: int
    allocated_pence: int
    kept_back_pence: int
    paid_in_pence: int

    @property
    def not_placed_pence(self) -> int:
        return self.contract.pence - self.allocated_pence - self.kept_back_pence

    @property
    def in_force(self) -> VersionTold | None:
        """The version that counts today: the last whose day has come, or the first where none has."""
        return next((each for each in reversed(self.versions) if each.stage is Stage.IN_FORCE), None)

    @property
    def waiting(self) -> tuple[VersionTold, ...]:
        """The versions that somebody prepared and that are not in force yet."""
        return tuple(each for each in self.versions if each.stage in (Stage.DRAFT, Stage.METHOD_AGREED, Stage.READY))


def list_contracts(acting: Acting) -> tuple[ContractTold, ...]:
    """Every contract of the books, the last to begin first; one that is only prepared stands in no book yet."""
    with acting.reading() as connection:
        known = contracts_by_reference(connection)
        versions = _versions(connection, known, acting.today)
        came = came_for(connection, known)
        return tuple(_told(connection, each, versions.get(each.reference, []), sum(came.get(each.reference, {}).values())) for each in known.values())


def one_contract(acting: Acting, reference: str) -> ContractTold:
    """One of them. Raises `InputError` where there is no such contract."""
    found = next((each for each in list_contracts(acting) if each.contract.reference == reference), None)
    if found is None:
        raise InputError(f"There is no contract {reference} in the books.", "List them with: ringfence contracts")
    return found


def days_to_begin(acting: Acting, reference: str) -> list[date]:
    """The first days of the contract’s instalments from which its split may change: those of months that are open."""
    with acting.reading() as connection:
        closed = months.closed_through(connection)
        return [day for day in instalments(connection, reference).firsts if closed is None or day > closed.last]


def _told(connection: Connection, contract: ContractInBooks, versions: list[VersionTold], paid_in: int) -> ContractTold:
    allocated = split_versions.allocated(connection, contract.reference)
    reserve = registry.reserve_key(contract.reference)
    kept = sum(pence for (fund, _), pence in allocated.items() if fund == reserve)
    in_force = next((each for each in reversed(versions) if each.stage in (Stage.IN_FORCE, Stage.COMING)), None)
    people = sum(not each.empty_place for each in in_force.divided.allocations) if in_force else 0
    return ContractTold(contract, tuple(versions), people, sum(allocated.values()) - kept, kept, paid_in)


def _versions(connection: Connection, known: Mapping[str, ContractInBooks], today: date) -> dict[str, list[VersionTold]]:
    """Every version by its contract, by number; what was prepared again and again under one number stands as it was prepared last."""
    found: dict[tuple[str, int, bool], VersionTold] = {}
    stands = agreed(connection)
    rows = list(splits_of(agreed_splits.prepared_with_splits(connection)))
    numbers: dict[str, list[tuple[int, date]]] = {}
    for row, split in rows:
        if row.approved_by and split.contract in known:
            numbers.setdefault(split.contract, []).append((split.version, split.from_on or known[split.contract].period.first))
    for row, split in rows:
        if split.contract in known:
            told = _version(stands, row, split, known[split.contract], _stage(row, split, numbers.get(split.contract, []), today))
            if told.stage is not Stage.OVERTAKEN:
                found.setdefault((split.contract, split.version, bool(row.approved_by)), told)
    by_contract: dict[str, list[VersionTold]] = {}
    for (contract, _, _), told in sorted(found.items(), key=lambda item: item[0]):
        by_contract.setdefault(contract, []).append(told)
    return by_contract


def _stage(row: Row[Any], split: Split, approved: Iterable[tuple[int, date]], today: date) -> Stage | None:
    """None for one that waits: what is agreed of it says how far it is."""
    numbers = dict(approved)
    if not row.approved_by:
        return Stage.OVERTAKEN if split.version in numbers else None
    begun = [number for number, day in numbers.items() if day <= today] or [min(numbers)]
    if split.version == max(begun):
        return Stage.IN_FORCE
    return Stage.REPLACED if split.version < max(begun) else Stage.COMING


def _version(stands: Known, row: Row[Any], split: Split, contract: ContractInBooks, stage: Stage | None) -> VersionTold:
    needed = tuple(agreements(stands, split, contract.pence))
    if stage is None:
        stage = Stage.DRAFT if not needed[0].is_there else Stage.READY if all(each.is_there for each in needed) else Stage.METHOD_AGREED
    return VersionTold(
        split.version, stage, split, divided_as(split, contract.pence), split.from_on or contract.period.first, needed, row.digest,
        row.prepared_by, datetime.fromisoformat(row.prepared_at), row.approved_by or "",
        datetime.fromisoformat(row.approved_at) if row.approved_at else None)

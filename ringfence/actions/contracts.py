"""The contracts of the books: each with every version of its split, what of it is agreed, and what came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    last = next((each for each in reversed(versions) if each.approved_by), None)
    people = sum(not each.empty_place for each in last.divided.allocations) if last else 0
    return ContractTold(contract, tuple(versions), people, sum(allocated.values()) - kept, kept, paid_in)


def _versions(connection: Connection, known: Mapping[str, ContractInBooks], today: date) -> dict[str, list[VersionTold]]:
    """Every version by its contract, by number; what was prepared again and again under one number stands as it was prepared last, and one that
    another approved of its number has overtaken is left out."""
    found: dict[tuple[str, int], VersionTold] = {}
    stands = agreed(connection)
    for row, split in splits_of(agreed_splits.prepared_with_splits(connection)):
        if split.contract in known:
            contract = known[split.contract]
            approved = {each.version: each.from_on or contract.period.first for each in stands.in_force.get(split.contract, ())}
            if row.approved_by or split.version not in approved:
                found.setdefault((split.contract, split.version), _version(stands, row, split, contract, approved, today))
    by_contract: dict[str, list[VersionTold]] = {}
    for (reference, _), told in sorted(found.items(), key=lambda item: item[0]):
        by_contract.setdefault(reference, []).append(told)
    return by_contract


def _version(stands: Known, row: Row[Any], split: Split, contract: ContractInBooks, approved: Mapping[int, date], today: date) -> VersionTold:
    needed = tuple(agreements(stands, split, contract.pence))
    stage = _stage_of_approved(split.version, approved, today) if row.approved_by else _stage_of_waiting(needed)
    return VersionTold(
        split.version, stage, split, divided_as(split, contract.pence), split.from_on or contract.period.first, needed, row.digest,
        row.prepared_by, datetime.fromisoformat(row.prepared_at), row.approved_by or "",
        datetime.fromisoformat(row.approved_at) if row.approved_at else None)


def _stage_of_waiting(needed: Sequence[Agreement]) -> Stage:
    """How far one is that nobody has approved: the method’s agreement comes first, then everybody’s sum."""
    if all(each.is_there for each in needed):
        return Stage.READY
    return Stage.METHOD_AGREED if needed[0].is_there else Stage.DRAFT


def _stage_of_approved(number: int, approved: Mapping[int, date], today: date) -> Stage:
    """`approved` are the first days of the versions that are approved, by number."""
    in_force = max([each for each, day in approved.items() if day <= today] or [min(approved)])
    if number == in_force:
        return Stage.IN_FORCE
    return Stage.REPLACED if number < in_force else Stage.COMING

"""What must be agreed before a split is in force: its method by the council, and each person’s sum by the social work team.

An agreement stands in the file of the split itself, or is recorded afterwards (`ringfence record`). A sum that was approved is approved as
it was: where the split gives another, as after a place falls empty, it is missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from basics.errors import InputError, Problem, Refused
from basics.money import Money
from ringfence.actions.acting import Acting
from ringfence.actions.laying_splits import divided_as
from ringfence.actions.split_in_books import splits_of
from ringfence.importing.apply_file import as_written, parse_apply
from ringfence.importing.apply_splits import Split, SplitAgreed
from ringfence.importing.fact_items_splits import MethodAgreed, SumApproved
from ringfence.store import agreed_splits, batches, facts


@dataclass(frozen=True)
class Agreement:
    """What a split needs and whether it is there: the method’s where `person` is empty, else one person’s sum. `by` is empty where nobody
    has agreed it yet; `before_pence` is what the person has by the version in force, None where there is none."""

    contract: str
    version: int
    method: str
    person: str
    pence: int
    before_pence: int | None
    by: str = ""
    on: date | None = None
    source: str = ""
    why_not: str = ""
    """Why what was agreed does not count: it was for something else."""

    @property
    def is_there(self) -> bool:
        return bool(self.by) and not self.why_not

    @property
    def missing(self) -> Problem:
        """What to do about it."""
        place = f"{self.contract}, version {self.version}"
        if not self.person:
            return Problem(place, self.why_not or f"the council has not agreed the method, {self.method}.",
                           "Record on the page of the contract who at the council agreed it, or by command: ringfence record.")
        more = "" if self.before_pence is None else f", {_more(self.pence - self.before_pence)}"
        return Problem(f"{place}, {self.person}", self.why_not or f"the social work team has not approved {Money(self.pence)}{more}.",
                       "Record on the page of the contract who approved the sum, or by command: ringfence record.")


@dataclass(frozen=True)
class Known:
    """Every approved version of every contract's split, the first first, and everything that was recorded as agreed, by its reference."""

    in_force: Mapping[str, Sequence[Split]]
    recorded: Mapping[tuple[str, str], Mapping[str, Any]]


def known(connection: Connection) -> Known:
    """What stands of all splits, read once."""
    found: dict[str, dict[int, Split]] = {}
    for row, split in splits_of(agreed_splits.prepared_with_splits(connection)):
        if row.approved_by:
            found.setdefault(split.contract, {})[split.version] = split
    recorded = {(kind, each.reference): each.said for kind in (MethodAgreed.kind, SumApproved.kind) for each in facts.facts(connection, kind)}
    return Known({contract: [versions[n] for n in sorted(versions)] for contract, versions in found.items()}, recorded)


def agreements(stands: Known, wanted: Split, contract_pence: int) -> list[Agreement]:
    """Everything that a split needs, the method first, then each person in the order of the split."""
    earlier = [each for each in stands.in_force.get(wanted.contract, ()) if each.version < wanted.version]
    before = {each.person: each.pence for each in divided_as(earlier[-1], contract_pence).allocations} if earlier else None
    written = {each.person: each.approved for each in wanted.people}
    known_by = f"{wanted.contract} {wanted.version}"
    method = _written(wanted.method_agreed) | {"method": str(wanted.method)} if wanted.method_agreed else None
    found = [_of_method(wanted, stands.recorded.get((MethodAgreed.kind, known_by)) or method)]
    for each in divided_as(wanted, contract_pence).allocations:
        if not each.empty_place:
            said = stands.recorded.get((SumApproved.kind, f"{known_by} {each.person}")) or _written(written[each.person])
            found.append(_of_sum(wanted, each.person, each.pence, None if before is None else before.get(each.person, 0), said))
    return found


def refuse_without_agreement(connection: Connection, splits: Sequence[Split]) -> None:
    """Raises `Refused` with every agreement that these splits of contracts of the books lack; a version in force already lacks none."""
    if not splits:
        return
    stands, sums = known(connection), {row.reference: int(row.pence) for row in agreed_splits.every_contract(connection)}
    fresh = [each for each in splits if each.version not in {one.version for one in stands.in_force.get(each.contract, ())}]
    if problems := [each.missing for split in fresh for each in agreements(stands, split, sums[split.contract]) if not each.is_there]:
        raise Refused("The split is not in force yet, because not everything is agreed:", problems)


def agreements_of(acting: Acting, digest: str) -> list[Agreement]:
    """What the splits of a prepared file need, and what of it is there. Raises `InputError` where nobody prepared such a file."""
    with acting.reading() as connection:
        batch = batches.by_digest(connection, digest)
        if batch is None:
            raise InputError(f"No file was prepared with the digest {digest}.", "Prepare it first: ringfence apply FILE.yaml")
        file, stands = parse_apply(json.loads(batch.body), "the prepared file"), known(connection)
        sums = {row.reference: int(row.pence) for row in agreed_splits.every_contract(connection)}
        sums |= {each.reference: each.whole_sum.pence for each in file.contracts}
        return [each for wanted in file.splits for each in agreements(stands, wanted, sums[wanted.contract])]


def _of_method(wanted: Split, said: Mapping[str, Any] | None) -> Agreement:
    why_not = "" if not said or said["method"] == wanted.method else f"the council agreed “{said['method']}”, and the split is by {wanted.method}."
    return Agreement(wanted.contract, wanted.version, str(wanted.method), "", 0, None, **_by(said), why_not=why_not)


def _of_sum(wanted: Split, person: str, pence: int, before: int | None, said: Mapping[str, Any] | None) -> Agreement:
    approved = Money.parse(str(said["pounds"])).pence if said else pence
    why_not = "" if approved == pence else f"{Money(approved)} was approved, and the split gives {Money(pence)}."
    return Agreement(wanted.contract, wanted.version, str(wanted.method), person, pence, before, **_by(said), why_not=why_not)


def _by(said: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"by": said["by"], "on": date.fromisoformat(str(said["on"])), "source": said["source"]} if said else {}


def _written(agreed: SplitAgreed | None) -> dict[str, Any]:
    return {} if agreed is None else as_written(agreed)


def _more(pence: int) -> str:
    if not pence:
        return "as much as before"
    return f"{Money(abs(pence))} {'more' if pence >= 0 else 'less'} than before"


"""Bringing in people and visits: what is certain goes in, the rest is listed, and an import can be undone as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from basics.errors import InputError, NotAllowed, Problem
from basics.money import Money
from basics.periods import Month, day_in_words
from isf.accounts import Unit
from ringfence.actions.acting import Acting, rehearsing
from ringfence.actions.overspend_freed import paid_again, to_free
from ringfence.importing.people import PersonRow, read_people
from ringfence.importing.tables import Taken
from ringfence.importing.visit_cells import Outcome
from ringfence.importing.visits import VisitRow, read_visits
from ringfence.store import batches, billing, closings, deliveries, imports, ledger, months, overspend, registry, seals
from ringfence.store.rows import add
from ringfence.store.schema import house, person, person_detail

TO_DO_ABOUT_A_STRANGER = "Import the person first, or correct the reference; then bring the file in again."


@dataclass(frozen=True)
class Conflict:
    """A row that came again under a known key (visit, carer, person) and says something else: what is kept stands."""

    key: str
    row_number: int
    kept: str
    offered: str


@dataclass(frozen=True)
class Renamed:
    """Somebody whose name, or what they are known as, a file changes: each as (name, known as)."""

    reference: str
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True)
class Imported:
    """What became of a file: how many rows are new, the same as before, changed; what is in conflict; what did not come in and why.

    `import_id` names the import, to undo it; None where nothing new came in. Of the problems, `strangers` are those about somebody who is
    not known, with every row where they stand; `differing` are the rows in conflict; `renamed` the people whose name is changed.
    """

    import_id: int | None
    new: int
    same: int
    changed: int
    conflicts: int
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    strangers: tuple[tuple[str, tuple[int, ...]], ...] = ()
    differing: tuple[Conflict, ...] = ()
    renamed: tuple[Renamed, ...] = ()


def import_people(acting: Acting, path: Path) -> Imported:
    """People from a CSV or XLSX file. A known reference with another name is a change: the name before is kept."""
    return take_people(acting, read_people(path))


def take_people(acting: Acting, read: Taken[PersonRow], *, keep: bool = True) -> Imported:
    """As `import_people`, for rows that are already read. Without `keep` it is a rehearsal: everything is tried and nothing is stored."""
    with acting.writing() if keep else rehearsing(acting) as connection:
        known = registry.people(connection)
        fresh = [row for row in read.rows if (row.name, row.known_as) != _named(known.get(row.reference))]
        batch_id = _open(connection, acting, "people", read.name, read.digest) if fresh else None
        references = registry.ids(connection, person)
        for row in fresh:
            person_id = references.get(row.reference) or add(connection, person, reference=row.reference)
            registry.add_version(connection, person_detail, {"person_id": person_id}, batch_id or 0, name=row.name, known_as=row.known_as,
                                 body="{}")
    renamed = tuple(Renamed(row.reference, before, (row.name, row.known_as))
                    for row in fresh if (before := _named(known.get(row.reference))) is not None)
    return Imported(batch_id, len(fresh) - len(renamed), len(read.rows) - len(fresh), len(renamed), 0, tuple(read.problems),
                    tuple(read.notices), renamed=renamed)


def import_visits(acting: Acting, path: Path) -> Imported:
    """Visits from a CSV or XLSX file.

    The key of a row is visit + carer + person. A key that is known with the same content changes nothing; with other content it goes
    to the conflict list and the first version stands; one whose import was undone comes in again as the next version.
    """
    return take_visits(acting, read_visits(path))


def take_visits(acting: Acting, read: Taken[VisitRow], *, keep: bool = True) -> Imported:
    """As `import_visits`, for rows that are already read. Without `keep` it is a rehearsal: everything is tried and nothing is stored."""
    with acting.writing() if keep else rehearsing(acting) as connection:
        people, homes = registry.ids(connection, person), registry.ids(connection, house)
        known_rows, strangers = _known_subjects(read.rows, people, homes)
        standing = deliveries.standing(connection)
        fresh, conflicts, same = _sorted_out(known_rows, standing)
        listed = {(row.key, row.offered) for row in deliveries.conflicts(connection)}
        unlisted = [(row, kept) for row, kept in conflicts if (row.key, row.content) not in listed]
        batch_id = _open(connection, acting, "visits", read.name, read.digest) if fresh or unlisted else None
        if batch_id is not None:
            deliveries.add_deliveries(connection, [
                delivery_columns(row, version, people.get(row.subject), homes.get(row.subject), batch_id) for row, version in fresh])
            deliveries.add_conflicts(connection, batch_id, [(row.key, row.row_number, kept, row.content) for row, kept in unlisted])
        notices = (*read.notices, *_early_notice(fresh, acting.today), *_late_notice(fresh, months.closed_through(connection)))
    return Imported(
        batch_id, len(fresh), same, 0, len(conflicts), (*read.problems, *_about_strangers(read.name, strangers)), notices,
        tuple((subject, tuple(numbers)) for subject, numbers in strangers.items()),
        tuple(Conflict(row.key, row.row_number, kept, row.content) for row, kept in conflicts))


def may_undo(acting: Acting, import_id: int) -> int:
    """How many rows would be withdrawn if this import of visits were undone now. Raises as `undo_import` does where it may not be."""
    with acting.reading() as connection:
        return _to_undo(connection, import_id)[1]


def undo_import(acting: Acting, import_id: int) -> int:
    """Undo an import of visits as a whole: its rows are withdrawn and what they were charged is reversed. How many rows it was.

    Raises `NotAllowed` where a row stands on an issued invoice, naming it.
    """
    with acting.writing() as connection:
        batch, count = _to_undo(connection, import_id)
        undo_id = batches.open_batch(connection, kind="undo", key=f"undo of import {import_id}", digest=batch.digest,
                                     prepared_by=acting.user, recorded_at=acting.recorded_at, body=batch.body)
        entries = billing.entries_of_deliveries(connection, import_id)
        freed = _freed(connection, import_id, entries)
        writer, closed = ledger.Ledger(connection, undo_id, acting.recorded_at), months.closed_through(connection)
        for rows in (freed, entries):
            writer.reverse(rows, closed, f"The list of visits of import {import_id} was taken back.")
        writer.post(paid_again(connection, freed, ledger.balances(connection) if freed else {}), closed)
        deliveries.withdraw(connection, [each.id for each in deliveries.of_batch(connection, import_id)], undo_id)
        if entries:
            seals.seal_entries(connection, undo_id)
    return count


def _freed(connection: Connection, import_id: int, entries: Iterable[Row[Any]]) -> list[Row[Any]]:
    """What extras paid for overspend of this support. Raises `NotAllowed` where something else was done with it, or a fund is closed."""
    back, carried, closed = defaultdict[str, int](int), overspend.accounts_of_overspend(connection), closings.closed_funds(connection)
    for row in entries:
        back[row.fund] += row.amount if row.debit_account_id in carried else 0
    if shut := sorted(back.keys() & closed.keys()):
        raise NotAllowed(f"Import {import_id} cannot be undone: {shut[0]} was closed on {day_in_words(closed[shut[0]])}.",
                         "Open the fund again first, with an apply file.")
    balances, found = ledger.balances(connection) if any(back.values()) else {}, list[Row[Any]]()
    for fund, pence in sorted(back.items()):
        borne = balances.get((fund, Unit.PENCE, "borne", None), 0)
        rows = to_free(connection, fund, pence, borne)
        if (short := pence - borne - sum(row.amount for row in rows)) > 0:
            raise NotAllowed(f"Import {import_id} cannot be undone: {Money(short)} of what it went beyond in {fund} was given up.",
                             f"Put that back first, under “corrections” of an apply file: ringfence entries {fund} prints its name.")
        found += rows
    return found


def list_conflicts(acting: Acting) -> list[Row[Any]]:
    """Rows that came in under a known key and say something else than what stands. Taking that back settles them."""
    with acting.reading() as connection:
        return deliveries.conflicts(connection)


def list_imports(acting: Acting, *kinds: str) -> list[imports.Listed]:
    """The imports so far, the first ever first: those of visits, or of the kinds that are named (people, visits, apply)."""
    with acting.reading() as connection:
        return imports.every_import(connection, kinds or ("visits",))


def _to_undo(connection: Connection, import_id: int) -> tuple[batches.Batch, int]:
    """The import and how many of its rows stand. Raises where it cannot be undone, saying why."""
    batch = batches.by_id(connection, import_id)
    if batch is None or batch.kind != "visits":
        raise InputError(f"There is no import of visits with the number {import_id}.", "The numbers are printed by each import.")
    if not (count := deliveries.count_of_batch(connection, import_id)):
        if import_id not in imports.counts(connection, [import_id])["visits"]:
            raise InputError(f"Import {import_id} brought no visit, so there is nothing to take back.",
                             "It only listed visits in conflict: what was known first stands.")
        raise InputError(f"Import {import_id} is undone already.", "Bring the file in again if its rows should count.")
    if numbers := deliveries.invoices_of_batch(connection, import_id):
        raise NotAllowed(f"Import {import_id} cannot be undone: rows of it stand on issued invoice {_listed(numbers)}.",
                         "An issued invoice is only put right by a credit note.")
    _refuse_split_visits(connection, import_id)
    return batch, count


def _named(person_known: Any) -> tuple[str, str] | None:
    return (person_known.name, person_known.known_as) if person_known else None


def _open(connection: Connection, acting: Acting, kind: str, name: str, digest: str) -> int:
    """A batch for one file. The name of the file is kept for the reader of the log, never used as a path."""
    nth = len(batches.of_kind(connection, kind)) + 1
    return batches.open_batch(connection, kind=kind, key=f"{kind} {nth}", digest=digest, prepared_by=acting.user,
                              recorded_at=acting.recorded_at, body=registry.canonical({"file": name}))


def _known_subjects(rows: Iterable[VisitRow], people: dict[str, int], homes: dict[str, int]) -> tuple[list[VisitRow], dict[str, list[int]]]:
    """Rows for people and houses that are known, and the rows where each stranger stands."""
    known: list[VisitRow] = []
    strangers: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.subject in people or row.subject in homes:
            known.append(row)
        else:
            strangers[row.subject].append(row.row_number)
    return known, strangers


def _about_strangers(name: str, strangers: Mapping[str, list[int]]) -> list[Problem]:
    """One problem a stranger, with the rows where they stand."""
    return [Problem(f"{name}, row {_listed(numbers)}", f"{subject} is not a person or a house here.", TO_DO_ABOUT_A_STRANGER)
            for subject, numbers in strangers.items()]


def _listed(numbers: list[int], most: int = 5) -> str:
    shown = ", ".join(map(str, numbers[:most]))
    return shown if len(numbers) <= most else f"{shown} and {len(numbers) - most} more"


def _sorted_out(rows: Iterable[VisitRow], standing: dict[str, tuple[int, int, str, bool]]) -> tuple[
        list[tuple[VisitRow, int]], list[tuple[VisitRow, str]], int]:
    """New rows with their version, rows in conflict with what is kept, and how many are just the same."""
    fresh, conflicts, same = [], [], 0
    for row in rows:
        _, version, content, withdrawn = standing.get(row.key, (0, 0, "", True))
        if withdrawn:
            fresh.append((row, version + 1))
        elif content == row.content:
            same += 1
        else:
            conflicts.append((row, content))
    return fresh, conflicts, same


def delivery_columns(row: VisitRow, version: int, person_id: int | None, house_id: int | None, batch_id: int) -> tuple[Any, ...]:
    """A row as it is kept: every column of a delivery but its id."""
    return (row.key, version, row.visit, row.carer, person_id, None if person_id else house_id, row.support_type, row.outcome,
            row.happened_on.isoformat(), _instant(row.starts_at), _instant(row.ends_at), row.planned_minutes, row.actual_minutes,
            row.planned_carers, row.reason, row.content, row.row_number, batch_id)


def _instant(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _early_notice(fresh: list[tuple[VisitRow, int]], today: date) -> list[str]:
    """A visit that is still to come cannot have been given: more often than not its date is a slip."""
    early = [row for row, _ in fresh if row.happened_on > today and row.outcome is Outcome.GIVEN]
    if not early:
        return []
    last = day_in_words(max(row.happened_on for row in early))
    if len(early) == 1:
        return [f"Row {early[0].row_number}: the visit on {last} is said to be given, and that day is still to come. Check its date."]
    return [f"{len(early):,} visits are said to be given on days that are still to come, the latest on {last}, in rows "
            f"{_listed([row.row_number for row in early])}. Check their dates."]


def _late_notice(fresh: list[tuple[VisitRow, int]], closed: Month | None) -> list[str]:
    late = [row for row, _ in fresh if closed is not None and Month.of(row.happened_on) <= closed]
    if not late or closed is None:
        return []
    first = day_in_words(min(row.happened_on for row in late))
    if len(late) == 1:
        return [f"1 visit, on {first}, is in a month that is closed. It will stand as a correction in {closed.next.in_words} or later, "
                "and changes no statement that was sent."]
    return [f"{len(late)} visits, the earliest on {first}, are in months that are closed. They will stand as corrections in "
            f"{closed.next.in_words} or later, and change no statement that was sent."]


def _refuse_split_visits(connection: Connection, import_id: int) -> None:
    """A visit that several people shared cannot be half undone: the others' parts would be wrong."""
    mine = deliveries.of_batch(connection, import_id)
    if not mine:
        return
    pairs = {(each.visit, each.carer) for each in mine}
    first, last = min(each.happened_on for each in mine), max(each.happened_on for each in mine)
    ids = {each.id for each in mine}
    others = [each for each in deliveries.in_period(connection, first, last) if each.id not in ids and (each.visit, each.carer) in pairs]
    if others:
        named = ", ".join(sorted({each.visit for each in others})[:5])
        raise NotAllowed(f"Import {import_id} cannot be undone: it shares visit {named} with another import.",
                         "Undo the other import as well, or first.")

"""Exports: what went out to other systems, when, by whom. What was sent is not sent again unless somebody asks for the same files again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from basics.errors import InputError, Problem, Refused, RingfenceError
from basics.money import Money
from basics.people import FunderKind
from basics.periods import Period, day_in_words, day_of
from isf.nominal import Nominal
from ringfence.actions.acting import Acting
from ringfence.actions.einvoices import SetAside
from ringfence.actions.exports_made import Asked, Export, Known, Made, accounts_of_payers, make, stem
from ringfence.actions.nominal_codes import codes_on
from ringfence.documents import files
from ringfence.documents.csv_out import OutFile, control_file
from ringfence.store import batches, outgoing, registry

EXPORT = "export"
_ANY = Period(date.min, date.max)


@dataclass(frozen=True)
class Sent:
    """One export as it is recorded. `n` is its number among all exports."""

    n: int
    asked: Asked
    documents: int
    pence: int
    digest: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Exported:
    """An export with its files, the control file last, and what to tell of it. `before` counts rows that were sent by an earlier one;
    `aside` is what was new and could not be written: it is not sent, and the next export tries it again."""

    sent: Sent
    files: tuple[OutFile, ...]
    notes: tuple[Problem, ...]
    before: int
    aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """Issued invoices and credit notes that no export of a kind has sent, with the days on which the first and the last of them were issued."""

    kind: Export
    invoices: int
    pence: int
    issued: Period


def export(acting: Acting, asked: Asked, out: Path | None = None) -> Exported:
    """Send what has not been sent of these days, and record it; the files are written to `out`, whole, before it counts.

    What a receiver of electronic invoices would refuse is set aside, and the others are sent. Raises `InputError` where there is nothing to
    send, and `Refused` with everything that the other system would not take, where all that is new is set aside, or where nothing is new and
    something that was sent has been withdrawn since.
    """
    with acting.writing() as connection:
        done = batches.of_kind(connection, EXPORT)
        known = Known(codes_on(connection, asked.period.last), accounts_of_payers(connection), acting.today, len(done) + 1)
        sent_before = _sent_before(done, asked)
        made = make(connection, asked, known, lambda table, row: row not in sent_before.get(table, ()))
        if not made.files:
            raise _nothing(done, asked, made)
        control = _with_control(asked, known.n, made)
        body = registry.canonical(_body(asked, known, made) | {"digest": _digest(control)})
        batches.open_batch(connection, kind=EXPORT, key=f"{EXPORT} {known.n}", digest="", prepared_by=acting.user,
                           recorded_at=acting.recorded_at, body=body)
        _write(out, control)
        return Exported(_sent(batches.of_kind(connection, EXPORT)[-1]), control, (*made.notes, *made.withdrawn), made.before, tuple(made.aside))


def export_again(acting: Acting, n: int, out: Path | None = None) -> Exported:
    """The same files as export `n` made. Nothing is recorded. Raises `InputError` where there is no such export, and `RingfenceError` where
    they would not be the same to the byte."""
    with acting.reading() as connection:
        batch = batches.by_key(connection, f"{EXPORT} {n}")
        if batch is None:
            raise InputError(f"There is no export {n}.", "See what was exported: ringfence exports")
        said, sent = json.loads(batch.body), _sent(batch)
        known = Known({Nominal(key): code for key, code in said["codes"].items()}, said["accounts"],
                      day_of(datetime.fromisoformat(batch.prepared_at)), n)
        sent_then = _sent_before([batch], sent.asked)
        made = make(connection, sent.asked, known, lambda table, row: row in sent_then.get(table, ()))
    again = _with_control(sent.asked, n, made)
    if _digest(again) != sent.digest:
        raise RingfenceError(f"The files of export {n} would not be what they were.",
                             "Something that they show has changed since, like a name. Use the files that were written then.")
    _write(out, again)
    return Exported(sent, again, tuple(made.notes), 0)


def aside_in_words(done: Exported) -> str:
    """“2 were set aside and not sent, £140.00.”; nothing where all were sent."""
    return f"{_aside(done.aside)}." if done.aside else ""


def exports(acting: Acting) -> tuple[Sent, ...]:
    """Every export, the latest first."""
    with acting.reading() as connection:
        return tuple(_sent(batch) for batch in reversed(batches.of_kind(connection, EXPORT)))


def waiting(acting: Acting) -> tuple[Waiting, ...]:
    """What the next export of each kind would send, of the kinds that send invoices and have something to send."""
    with acting.reading() as connection:
        done, issued = batches.of_kind(connection, EXPORT), outgoing.issued(connection)
    found = []
    for kind in (Export.XERO, Export.SAGE, Export.QUICKBOOKS, Export.EINVOICE):
        sent = _sent_before(done, Asked(kind, _ANY))
        rows = [(day, pence) for table, row, day, pence, payer in issued
                if row not in sent.get(table, ()) and not (kind is Export.EINVOICE and FunderKind(payer).is_individual)]
        if rows:
            found.append(Waiting(kind, len(rows), sum(pence for _, pence in rows), Period(min(rows)[0], max(rows)[0])))
    return tuple(found)


def payers(acting: Acting) -> dict[str, str]:
    """The payers that a delivery file may go to: organisations, by reference, with their names."""
    with acting.reading() as connection:
        return {key: each.name for key, each in registry.funders(connection).items() if not each.kind.is_individual}


def _with_control(asked: Asked, n: int, made: Made) -> tuple[OutFile, ...]:
    return (*made.files, control_file(f"control-{stem(asked, n)}.csv", made.files))


def _body(asked: Asked, known: Known, made: Made) -> dict[str, Any]:
    return {"kind": asked.kind, "from": asked.period.first.isoformat(), "to": asked.period.last.isoformat(), "funder": asked.funder,
            "names": asked.names, "codes": dict(known.codes), "accounts": dict(known.accounts),
            "covered": {table: _ranges(ids) for table, ids in made.covered.items()},
            "documents": sum(each.documents for each in made.files), "pence": sum(each.pence for each in made.files),
            "files": [{"name": each.name, "sha256": each.sha256} for each in made.files]}


def _digest(made: Iterable[OutFile]) -> str:
    return hashlib.sha256("\n".join(f"{each.name} {each.sha256}" for each in made).encode()).hexdigest()


def _write(out: Path | None, made: Sequence[OutFile]) -> None:
    if out is not None:
        files.check_folder(out, (each.name for each in made))
        for each in made:
            files.write_document(out, each.name, each.content)


def _sent_before(done: Iterable[batches.Batch], asked: Asked) -> dict[str, set[int]]:
    """The ids, by table, that these exports have sent of this kind (to this payer)."""
    found: dict[str, set[int]] = {}
    for said in map(_said, done):
        if (said["kind"], said["funder"]) == (asked.kind, asked.funder):
            for table, ranges in said["covered"].items():
                found.setdefault(table, set()).update(row for first, last in ranges for row in range(first, last + 1))
    return found


def _aside(aside: Sequence[SetAside]) -> str:
    return f"{len(aside)} {'was' if len(aside) == 1 else 'were'} set aside and not sent, {Money(sum(each.pence for each in aside))}"


def _nothing(done: Sequence[batches.Batch], asked: Asked, made: Made) -> RingfenceError:
    if made.aside:
        others = f", and nothing else is new ({made.before:,} were sent before)" if made.before else ""
        return Refused(f"No electronic invoice was written: {_aside(made.aside)}{others}:",
                       [problem for each in made.aside for problem in each.problems])
    if not made.before:
        return InputError(f"There is nothing to export of {asked.period}.", "Invoices count by the day on which they were issued, entries by the "
                          "day of the books, support by its own day: check the days.")
    last = next(each for each in reversed([_sent(batch) for batch in done])
                if (each.asked.kind, each.asked.funder) == (asked.kind, asked.funder))
    what = f"Everything of {asked.period} was exported before, last by {last.by} on {day_in_words(day_of(last.at))} (export {last.n})."
    if made.withdrawn:
        return Refused(f"{what} But:", made.withdrawn)
    return InputError(what, f"For the same files again: ringfence export {asked.kind} --again {last.n} --out FOLDER")


def _sent(batch: batches.Batch) -> Sent:
    said = _said(batch)
    period = Period(date.fromisoformat(said["from"]), date.fromisoformat(said["to"]))
    return Sent(int(batch.key.split()[1]), Asked(Export(said["kind"]), period, said["funder"], said["names"]), said["documents"], said["pence"],
                said["digest"], batch.prepared_by, datetime.fromisoformat(batch.prepared_at))


def _said(batch: batches.Batch) -> Mapping[str, Any]:
    said: Mapping[str, Any] = json.loads(batch.body)
    return said


def _ranges(ids: Iterable[int]) -> list[list[int]]:
    """Ids as (from, to): those of a month mostly follow each other."""
    found: list[list[int]] = []
    for each in sorted(set(ids)):
        if found and each == found[-1][1] + 1:
            found[-1][1] = each
        else:
            found.append([each, each])
    return found

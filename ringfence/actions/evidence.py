"""Evidence of what was spent: receipts and other papers, kept as files named by their own sha256, so that a changed one is found out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from basics.errors import InputError, Problem
from ringfence.actions.acting import Acting
from ringfence.documents.files import check_folder, write_document
from ringfence.importing.fact_items_spending import Bill, Misspent, PurchaseItem, Worry
from ringfence.store import batches, facts, registry
from ringfence.store.engine import Store
from ringfence.store.facts import Fact
from ringfence.store.schema import fund

EVIDENCE = "evidence"
EVIDENCE_FOLDER, EVIDENCE_VARIABLE = "evidence", "RINGFENCE_EVIDENCE"
ABOUT = (Bill.kind, PurchaseItem.kind, Misspent.kind, Worry.kind)
LARGEST_BYTES = 20_000_000
ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".heic", ".txt", ".eml", ".docx", ".xlsx", ".csv")
FIND = "Find the paper again and add it anew, or put the folder of the evidence back from a copy."


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A paper that is kept: `file` is its name in the folder of the evidence, `name` what it was called, `about` the reference of the bill,
    purchase, misspent sum or worry that it shows."""

    fund: str
    about: str
    name: str
    file: str
    sha256: str
    size: int
    words: str
    recorded_by: str
    recorded_on: date


def add_evidence(acting: Acting, fund_key: str, file: Path, *, about: str, words: str, folder: Path) -> Kept:
    """Keep a paper and note what it shows. It counts at once; the same paper for the same thing again changes nothing.

    Raises `InputError` for a file that cannot be read or is of another kind, and for something that is not recorded in this fund.
    """
    content = _content(file)
    digest = hashlib.sha256(content).hexdigest()
    name = f"{digest}{file.suffix.lower()}"
    with acting.writing() as connection:
        fund_id = registry.ids(connection, fund, "key").get(fund_key)
        if fund_id is None:
            raise InputError(f"There is no fund “{fund_key[:80]}” here.", "Find it among people and funds.")
        known = {fact.reference for kind in ABOUT for fact in facts.facts(connection, kind, fund_key)}
        if about not in known:
            raise InputError(f"“{about[:80]}” is no bill, purchase, misspent sum or worry of {fund_key}.",
                             "Record it first, or correct the reference.")
        check_folder(folder)
        write_document(folder, name, content)
        reference = f"{about} {digest}"
        if not facts.every_version(connection, EVIDENCE, reference):
            n = len(batches.of_kind(connection, EVIDENCE)) + 1
            batch = batches.open_batch(connection, kind=EVIDENCE, key=f"{EVIDENCE} {n}", digest="", prepared_by=acting.user,
                                       recorded_at=acting.recorded_at, body="")
            facts.record(connection, EVIDENCE, reference, batch, fund_id=fund_id, from_on=acting.today, said={
                "about": about, "name": file.name, "file": name, "sha256": digest, "bytes": len(content), "words": words})
        return _kept(facts.every_version(connection, EVIDENCE, reference)[-1])


def evidence_of(acting: Acting, fund_key: str = "") -> tuple[Kept, ...]:
    """Every paper that is kept (of one fund, where it is named)."""
    with acting.reading() as connection:
        return tuple(_kept(fact) for fact in facts.facts(connection, EVIDENCE, fund_key))


def check_evidence(store: Store, folder: Path) -> list[Problem]:
    """Every kept paper that is missing, or is no longer what was kept."""
    with store.reading() as connection:
        return list(_wrong(facts.facts(connection, EVIDENCE), folder))


def _wrong(found: list[Fact], folder: Path) -> Iterator[Problem]:
    for kept in map(_kept, found):
        place = f"evidence of {kept.about}, {kept.fund}"
        path = folder / kept.file
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            yield Problem(place, f"“{kept.name}” is not in {folder} any more.", FIND)
            continue
        if digest != kept.sha256:
            yield Problem(place, f"“{kept.name}” was changed since it was kept.", FIND)


def _content(file: Path) -> bytes:
    if file.suffix.lower() not in ENDINGS:
        raise InputError(f"“{file.name[:80]}” is of a kind that is not kept.", f"Give a picture, a PDF or a text: {', '.join(ENDINGS)}.")
    try:
        size = file.stat().st_size
        if not 0 < size <= LARGEST_BYTES:
            raise InputError(f"“{file.name[:80]}” is {size:,} bytes.", f"Give a file with something in it, of {LARGEST_BYTES:,} bytes at most.")
        return file.read_bytes()
    except OSError as fault:
        raise InputError(f"{file} cannot be read: {fault.strerror}.", "Check the path.") from fault


def _kept(fact: Fact) -> Kept:
    said = fact.said
    return Kept(fund=fact.fund, about=said["about"], name=said["name"], file=said["file"], sha256=said["sha256"], size=said["bytes"],
                words=said["words"], recorded_by=fact.recorded_by, recorded_on=fact.from_on)

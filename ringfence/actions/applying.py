"""Applying a file of agreements and money: one person prepares it and reads what it would do, another approves it, then it counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from basics.errors import InputError, NotAllowed, Refused
from isf.entries import Entry
from ringfence.actions.acting import Acting, rehearsing
from ringfence.actions.decisions import DECISIONS
from ringfence.actions.laying import Laying
from ringfence.actions.laying_accounts import check_accounts
from ringfence.actions.laying_agreements import lay_agreements
from ringfence.actions.laying_bank import lay_bank
from ringfence.actions.laying_banked import lay_banked
from ringfence.actions.laying_bills import lay_bills
from ringfence.actions.laying_closings import lay_closings
from ringfence.actions.laying_contributions import check_contributions
from ringfence.actions.laying_corrections import lay_corrections
from ringfence.actions.laying_credits import lay_credits
from ringfence.actions.laying_debts import lay_debts
from ringfence.actions.laying_endings import lay_endings
from ringfence.actions.laying_facts import lay_facts
from ringfence.actions.laying_going_live import lay_going_live
from ringfence.actions.laying_money import lay_money
from ringfence.actions.laying_orders import check_orders
from ringfence.actions.laying_plans import check_plans
from ringfence.actions.laying_resplits import lay_resplits
from ringfence.actions.laying_splits import lay_splits
from ringfence.actions.laying_terms import check_fund_terms
from ringfence.actions.laying_unpaid import lay_unpaid
from ringfence.actions.laying_visits import lay_visits
from ringfence.actions.month_end import MONTH_END
from ringfence.actions.posting_laid import post_laid
from ringfence.actions.rights import Right
from ringfence.actions.split_agreements import refuse_without_agreement
from ringfence.importing.apply_file import ApplyFile, parse_apply, read_apply
from ringfence.store import batches, credits, ledger, registry

APPLY = "apply"
SECTIONS = (lay_agreements, check_fund_terms, check_orders, lay_visits, lay_facts, check_accounts, check_plans, lay_corrections, lay_splits,
            lay_resplits, lay_credits, check_contributions, lay_money, lay_unpaid, lay_debts, lay_banked, lay_bills, lay_endings, lay_bank,
            lay_closings, lay_going_live)
"""In an order in which each finds what it refers to: what is put back first, what is settled before it is paid out, what closes last; then
the day on which the books begin is held beside the old books’ totals."""


@dataclass(frozen=True)
class Applied:
    """What a file does: the digest to approve (empty where it changes nothing), and one line for each new or changed thing."""

    digest: str
    said: tuple[str, ...]
    approved: bool
    credits: tuple[tuple[int, int], ...] = ()
    """What it would take off issued invoices, in pence by number."""


def apply_file(acting: Acting, path: Path) -> Applied:
    """Prepare a file. Nothing counts until another person approves the digest. Raises `Refused` with every problem of it."""
    return prepare(acting, read_apply(path))


def rehearse_file(acting: Acting, path: Path) -> Applied:
    """What preparing a file that brings the old books over would print, to the letter; nothing is stored.

    Raises `Refused` with every problem of it, the control totals that are not met among them.
    """
    file = read_apply(path)
    if not file.going_live:
        raise InputError("The file has no control totals to be held beside what it brings over.",
                         "Add them under “going_live” (docs/formats/apply.md).", path.name)
    return rehearse(acting, file)


def apply_content(acting: Acting, content: Mapping[str, object], place: str) -> Applied:
    """The same for what code has built."""
    return prepare(acting, parse_apply(content, place))


def prepare(acting: Acting, file: ApplyFile) -> Applied:
    """Lay the file out and roll it back, so that every guard has seen it; then store it for approval."""
    would = rehearse(acting, file)
    if not would.said:
        return would
    with acting.writing() as connection:
        if batches.by_key(connection, f"{APPLY} {would.digest}") is None:
            batches.open_batch(connection, kind=APPLY, key=f"{APPLY} {would.digest}", digest=would.digest, prepared_by=acting.user,
                               recorded_at=acting.recorded_at, body=registry.canonical(file.digestable()))
    return would


def rehearse(acting: Acting, file: ApplyFile) -> Applied:
    """What a file would do if it were prepared and approved now: it is laid out, every guard has seen it, and nothing is kept."""
    with rehearsing(acting) as connection:
        rehearsal = batches.open_batch(connection, kind=APPLY, key="rehearsal", digest="", prepared_by=acting.user,
                                       recorded_at=acting.recorded_at, body="")
        laying = _lay(connection, acting, file, rehearsal)
        digest = _digest(connection, file, laying)
        taken = [*laying.visits.credits, *laying.instalments.credits]
        numbers = credits.numbers_of(connection, [each.invoice_id for each in taken])
    taken_off = tuple(sorted((numbers[each.invoice_id], each.pence) for each in taken))
    return Applied(digest if laying.said else "", tuple(laying.said), approved=False, credits=taken_off)


def what_it_would_do(acting: Acting, digest: str) -> Applied:
    """What a prepared file would do if it were approved now; nothing is kept.

    Raises `InputError` for a digest that nobody prepared, `NotAllowed` where the books have changed since, `Refused` where it can no
    longer be taken.
    """
    with rehearsing(acting, Right.BOOKS) as connection:
        batch = batches.by_digest(connection, digest)
        if batch is None or batch.kind != APPLY:
            raise InputError(f"No file was prepared with the digest {digest}.", "Prepare it first: ringfence apply FILE.yaml")
        if batch.approved_by:
            return Applied(batch.digest, (), approved=True)
        return Applied(batch.digest, tuple(_laid_again(connection, acting, batch).said), approved=False)


def approve(acting: Acting, digest: str) -> Applied:
    """Approve what somebody else prepared: an apply file, or a decision (`decisions`). The same digest again
    changes nothing."""
    with acting.writing(Right.APPROVE) as connection:
        batch = batches.by_digest(connection, digest)
        if batch is None:
            raise InputError(f"Nothing was prepared with the digest {digest}.", "Prepare it first: ringfence apply FILE.yaml")
        if batch.kind == MONTH_END:
            raise InputError("This is the digest of a month end.",
                             "Approve it with: ringfence month-end MONTH --approve DIGEST --out FOLDER")
        if batch.approved_by:
            return Applied(batch.digest, (), approved=True)
        if batch.prepared_by == acting.user:
            raise NotAllowed(f"{acting.user} prepared this, so somebody else must approve it.", "Ask another user: --as USER.")
        if batch.kind in DECISIONS:
            return Applied(batch.digest, (DECISIONS[batch.kind].approve(connection, acting, batch),), approved=True)
        return _approve_file(connection, acting, batch)


def _approve_file(connection: Connection, acting: Acting, batch: batches.Batch) -> Applied:
    laying = _laid_again(connection, acting, batch)
    refuse_without_agreement(connection, laying.file.splits)
    batches.approve(connection, batch.id, acting.user, acting.recorded_at)
    post_laid(connection, laying)
    return Applied(batch.digest, tuple(laying.said), approved=True)


def _laid_again(connection: Connection, acting: Acting, batch: batches.Batch) -> Laying:
    """Lay a prepared file out once more. Raises `NotAllowed` where it would now do something else than its preparer read."""
    file = parse_apply(json.loads(batch.body), "the prepared file")
    laying = _lay(connection, acting, file, batch.id)
    if _digest(connection, file, laying) != batch.digest:
        raise NotAllowed(f"The books have changed since {batch.prepared_by} prepared this.", "Prepare it again, read it, and approve that.")
    return laying


def _lay(connection: Connection, acting: Acting, file: ApplyFile, batch_id: int) -> Laying:
    laying = Laying(connection, batch_id, acting.recorded_at, file)
    for section in SECTIONS:
        section(laying)
    if laying.problems:
        raise Refused("The file was not taken:", laying.problems)
    ledger.Ledger(connection, batch_id, acting.recorded_at).place(laying.origins)
    for key, words in laying.explained:
        ledger.explain(connection, key, words, batch_id)
    return laying


def _as_posted(each: Entry) -> str:
    """An entry without the number of its line of the plan: lines that come with the file are numbered in its order."""
    return repr(each._replace(event=each.event._replace(plan_line_id=None)))


def _digest(connection: Connection, file: ApplyFile, laying: Laying) -> str:
    """Whatever the order in which the file has its items, the same file does the same and has the same digest.

    A file that does again what it did before, because it was changed back in between, has another: it is approved anew.
    """
    lines = [registry.canonical(file.digestable()), *sorted(laying.said), *sorted(map(_as_posted, laying.entries)), str(laying.closed_through)]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    while (before := batches.by_key(connection, f"{APPLY} {digest}")) and before.approved_by:
        digest = hashlib.sha256(digest.encode()).hexdigest()
    return digest

"""Month end: one person prepares it, another approves it, and then it counts. What is previewed is what is run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from basics.errors import InputError, NotAllowed, Problem, Refused
from basics.periods import ONE_DAY, Month
from invoicing.rating import rate
from ringfence.actions.acting import Acting
from ringfence.actions.documents_listed import outgoing_of
from ringfence.actions.issued_files import write_issued
from ringfence.actions.issuing import post_month
from ringfence.actions.issuing import short_seal as short_seal
from ringfence.actions.month_alarms import with_alarms
from ringfence.actions.month_plan import MonthPlan, plan_month, unplaced_money
from ringfence.actions.papers import Progress, check_folder, invoice_paper, statement_paper, write_papers
from ringfence.actions.rights import Right
from ringfence.actions.weekly_left import weekly_left, what_stands
from ringfence.store import batches, deliveries, month_figures, months, registry, seals

MONTH_END = "month_end"
REOPEN = "reopen"


@dataclass(frozen=True)
class MonthEnd:
    """What came of a month end: its digest, what it holds, where its documents are, and which of them could not be made."""

    month: Month
    digest: str
    plan: MonthPlan | None
    approved: bool
    seal: str
    written: int
    set_aside: tuple[Problem, ...]


def issued_batch(connection: Connection, month: Month) -> Row[Any] | None:
    """The month end that issued a month; None while none has."""
    return next((row for row in month_figures.month_batches(connection, MONTH_END, f"{MONTH_END} {month} ") if row.approved_by), None)


def preview_month(acting: Acting, month: Month) -> MonthPlan:
    """What the month would do. Nothing is stored. Raises `NotAllowed` for a month that has not begun."""
    _refuse_to_come(acting, month)
    with acting.reading() as connection:
        return with_alarms(connection, plan_month(connection, month), acting.today)


def prepare_month(acting: Acting, month: Month, out: Path | None, *, hold_back: bool = False, workers: int = 1,
                  on_progress: Progress | None = None) -> MonthEnd:
    """Work the month out, write its drafts to `out`, and store what was prepared: the month, the digest and who prepared it.

    Nothing is posted. Raises `Refused` with every visit that cannot be charged, unless they are held back for a later month, and
    `NotAllowed` for a month that has not begun.
    """
    _refuse_to_come(acting, month)
    if out is not None:
        check_folder(out)
    with acting.writing() as connection:
        plan = with_alarms(connection, plan_month(connection, month), acting.today)
        if plan.problems and not hold_back:
            raise Refused(f"{month.in_words} is not prepared. Put these right, or hold their visits back for a later month "
                          "(--hold-back):", plan.problems)
        if batches.by_key(connection, _key(month, plan.digest)) is None:
            batches.open_batch(connection, kind=MONTH_END, key=_key(month, plan.digest), digest=plan.digest, prepared_by=acting.user,
                               recorded_at=acting.recorded_at, body=registry.canonical({"month": str(month), "hold_back": hold_back}))
    if out is None:
        return MonthEnd(month, plan.digest, plan, False, "", 0, ())
    invoices = [*plan.invoices, *(each.record for each in plan.held)]
    papers = [*map(invoice_paper, invoices), *map(statement_paper, plan.statements)]
    written, set_aside = write_papers(out / "drafts", papers, workers=workers, on_progress=on_progress)
    return MonthEnd(month, plan.digest, plan, False, "", len(written), tuple(set_aside))


def approve_month(acting: Acting, month: Month, digest: str, out: Path | None, *, workers: int = 1,
                  on_progress: Progress | None = None) -> MonthEnd:
    """Approve what somebody else prepared: it is worked out again, and refused if anything has changed since.

    Then the parts of shared costs are approved, the entries posted, the invoices numbered, the month closed and sealed, all in one
    transaction; the documents follow. The same digest again changes nothing and writes the same documents.
    Raises `NotAllowed` for the preparer, `Refused` where a document could not be issued.
    """
    if out is not None:
        check_folder(out)
    with acting.writing(Right.APPROVE) as connection:
        batch = _prepared(connection, month, digest)
        plan = None if batch.approved_by else _run(connection, acting, month, batch)
    return _issue(acting, month, batch, plan, out, workers, on_progress)


def approved_before(acting: Acting, month: Month) -> str:
    """The digest of the month end that was approved for this month; empty where none was."""
    with acting.reading() as connection:
        found = [batch for batch in batches.of_kind(connection, MONTH_END) if batch.approved_by and batch.key.startswith(_key(month, ""))]
    return found[-1].digest if found else ""


def _prepared(connection: Connection, month: Month, digest: str) -> batches.Batch:
    batch = batches.by_digest(connection, digest)
    if batch is None or batch.kind != MONTH_END or not batch.key.startswith(f"{MONTH_END} {month} "):
        raise InputError(f"No month end of {month.in_words} was prepared with the digest {digest}.",
                         f"Prepare it first: ringfence month-end {month} --out FOLDER")
    return batch


def _run(connection: Connection, acting: Acting, month: Month, batch: batches.Batch) -> MonthPlan:
    if batch.prepared_by == acting.user:
        raise NotAllowed(f"{acting.user} prepared this month end, so somebody else must approve it.", "Ask another user: --as USER.")
    plan = plan_month(connection, month)
    if plan.digest != batch.digest:
        raise NotAllowed(f"The books have changed since {batch.prepared_by} prepared {month.in_words}: the digest was "
                         f"{batch.digest[:12]} and is now {plan.digest[:12]}.", "Prepare it again, look at it, and approve that.")
    if plan.not_ready:
        raise Refused(f"{month.in_words} cannot be issued yet:", plan.not_ready)
    post_month(connection, acting, plan, batch.id)
    return plan


def _issue(acting: Acting, month: Month, batch: batches.Batch, plan: MonthPlan | None, out: Path | None, workers: int,
           on_progress: Progress | None) -> MonthEnd:
    """Write the documents from their frozen records, each in the form that its reader needs, and record what was written the first time."""
    with acting.reading() as connection:
        seal = seals.seal_of(connection, batch.id)
        if out is None:
            return MonthEnd(month, batch.digest, plan, True, seal, 0, ())
        endings = {each.document_id: each.endings for each in outgoing_of(connection, month, batch.id, acting.today)}
    written, set_aside = write_issued(acting, batch.id, endings, out, workers=workers, on_progress=on_progress)
    return MonthEnd(month, batch.digest, plan, True, seal, written, set_aside)


def lock_month(acting: Acting, month: Month) -> None:
    """Lock a month for good, and with it every month before it. Raises `Refused` while money is not placed, or support is not charged, to the end
    of it, and `NotAllowed` where a later month is closed: its lock is this month’s too.
    """
    _refuse_to_come(acting, month)
    with acting.writing() as connection:
        if months.LOCKED in months.steps(connection, month):
            raise NotAllowed(f"{month.in_words} is locked already.")
        if (closed := months.closed_through(connection)) is not None and month < closed:
            raise NotAllowed(f"{month.in_words} lies before {closed.in_words}, which is closed.",
                             f"Lock {closed.in_words}: that locks every month before it too.")
        problems = [*unplaced_money(connection, month), *_not_charged(connection, month)]
        if problems:
            raise Refused(f"{month.in_words} cannot be locked yet:", problems)
        key = f"lock {month} {len(batches.of_kind(connection, 'lock')) + 1}"
        batch_id = batches.open_batch(connection, kind="lock", key=key, digest=_digest(key), prepared_by=acting.user,
                                      recorded_at=acting.recorded_at, body=registry.canonical({"month": str(month)}))
        months.close(connection, month, months.LOCKED, batch_id)


def reopen_month(acting: Acting, month: Month, why: str = "") -> str:
    """Ask for a month’s lock to be taken off, and say why; another user approves it with the digest that is returned.

    A month for which it is asked already is not asked for twice. Raises `NotAllowed` for any but the last locked month, and for one
    whose statements are issued.
    """
    with acting.writing() as connection:
        standing = months.steps(connection, month)
        if months.ISSUED in standing:
            raise NotAllowed(f"The statements of {month.in_words} are issued, so it stays closed.",
                             "What was wrong is put right in the first open month, and shows there as a correction.")
        if months.LOCKED not in standing or months.closed_through(connection) != month:
            raise NotAllowed(f"{month.in_words} is not the last locked month.", "Only that one can be opened again.")
        if waiting := reopening_of(connection, month):
            return waiting.digest
        key = f"{REOPEN} {month} {len(batches.of_kind(connection, REOPEN)) + 1}"
        batches.open_batch(connection, kind=REOPEN, key=key, digest=_digest(key), prepared_by=acting.user,
                           recorded_at=acting.recorded_at, body=registry.canonical({"month": str(month), "why": why.strip()}))
    return _digest(key)


def reopening_of(connection: Connection, month: Month) -> batches.Batch | None:
    """What was asked, and waits for approval: that this month is opened again."""
    return next((each for each in batches.of_kind(connection, REOPEN)
                 if not each.approved_by and Month.parse(each.key.split()[1]) == month), None)


def approve_reopening(connection: Connection, acting: Acting, batch: batches.Batch) -> str:
    """Take the lock off, once somebody else than who asked has approved it."""
    month = Month.parse(batch.key.split()[1])
    batches.approve(connection, batch.id, acting.user, acting.recorded_at)
    months.reopen(connection, month, batch.id)
    return f"{month.in_words} is open again."


def _refuse_to_come(acting: Acting, month: Month) -> None:
    if month > Month.of(acting.today):
        raise NotAllowed(f"{month.in_words} has not begun.", "Check the year and the month: only a month that has begun can be worked on.")


def _not_charged(connection: Connection, month: Month) -> Sequence[Problem]:
    """What of the month, or before it, is not charged or invoiced yet; in a month that is issued, the visits that were held back."""
    closed = months.closed_through(connection)
    if closed is not None and month <= closed:
        rows = deliveries.to_rate(connection, month.last, month.first - ONE_DAY)
        return rate(rows, registry.agreements(connection), through=month.last, left=weekly_left(connection), stands=what_stands(connection)).problems
    plan = plan_month(connection, month)
    waiting = len(plan.charges) + len(plan.drafts)
    return [*plan.problems, Problem(month.in_words, f"{waiting} charges and instalments are not invoiced or posted.",
                                    f"Run its month end first: ringfence month-end {month} --out FOLDER")
            ] if waiting else list(plan.problems)


def _key(month: Month, digest: str) -> str:
    return f"{MONTH_END} {month} {digest}"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()

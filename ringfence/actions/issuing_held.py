"""Invoices that were held, issued between two month ends: what waits and is held by nothing any more, and only that.

One person prepares it, another approves it. Nothing is charged: what they ask for was charged, or fell due, in months that are closed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection

from basics.errors import InputError, NotAllowed, Problem, Refused
from basics.money import Money
from basics.periods import Month
from invoicing.drafts import AnyDraft, Draft
from invoicing.invoice import Invoice
from invoicing.readiness import not_ready
from ringfence.actions.acting import Acting
from ringfence.actions.contributions import Contributions, asked_against_the_terms
from ringfence.actions.documents_listed import invoices_of
from ringfence.actions.issued_files import write_issued
from ringfence.actions.issuing import post_invoices
from ringfence.actions.month_invoices import HeldInvoice, anything_to_ask, to_ask
from ringfence.actions.names_of_funds import for_whom, names_of_funds
from ringfence.actions.papers import Progress, check_folder, invoice_paper, write_papers
from ringfence.actions.rights import Right
from ringfence.documents.records import record_json
from ringfence.store import batches, months, registry
from ringfence.store.documents_issued import ISSUE_HELD
from ringfence.store.waiting import events_of


@dataclass(frozen=True)
class HeldPlan:
    """What issuing would write now: drafts that nothing holds any more, of the months up to and with `month`, and their records.

    `lines` say of each to whom, for whom, for which days and how much; `still` are those that something holds; `not_ready` stops all of them.
    Its digest changes when anything does that would be issued.
    """

    month: Month
    drafts: tuple[AnyDraft, ...]
    invoices: tuple[Invoice, ...]
    lines: tuple[str, ...]
    still: tuple[HeldInvoice, ...]
    not_ready: tuple[Problem, ...]
    prepared_by: str = ""
    """Who prepared just this, so that it waits for another person; empty where nobody did."""

    @property
    def pence(self) -> int:
        return sum(draft.pence for draft in self.drafts)

    @cached_property
    def digest(self) -> str:
        """Over the records, and the charges behind them: two that are printed alike are not the same."""
        return hashlib.sha256("\n".join([str(self.month), *map(record_json, self.invoices), *self.charge_keys]).encode()).hexdigest()

    @property
    def charge_keys(self) -> list[str]:
        return [line.charge_key for draft in self.drafts if isinstance(draft, Draft) for line in draft.lines]


@dataclass(frozen=True)
class HeldIssue:
    """What came of preparing or approving: the digest, what was worked out (None where it was approved before), and the documents."""

    digest: str
    plan: HeldPlan | None
    approved: bool
    written: int = 0
    set_aside: tuple[Problem, ...] = ()


def preview_held(acting: Acting) -> HeldPlan | None:
    """What issuing would write now, and who prepared that. Nothing is stored. None where nothing waits at all."""
    with acting.reading() as connection:
        plan = plan_held(connection)
        batch = batches.by_key(connection, _key(plan)) if plan else None
    return replace(plan, prepared_by=batch.prepared_by) if plan and batch else plan


def prepare_held(acting: Acting, out: Path | None = None, *, workers: int = 1, on_progress: Progress | None = None) -> HeldIssue:
    """Store what was prepared, and write its drafts to `out` where that is named. Nothing is issued.

    Raises `NotAllowed` where nothing may be issued now, `Refused` where something must be known first.
    """
    if out is not None:
        check_folder(out)
    with acting.writing() as connection:
        plan = plan_held(connection)
        if plan is None or not plan.drafts:
            raise NotAllowed("No invoice that was held may be issued now.", "ringfence held says of each why, and who must act.")
        _refuse_not_ready(plan)
        if batches.by_key(connection, _key(plan)) is None:
            batches.open_batch(connection, kind=ISSUE_HELD, key=_key(plan), digest=plan.digest, prepared_by=acting.user,
                               recorded_at=acting.recorded_at, body=registry.canonical({"month": str(plan.month), "pence": plan.pence}))
    if out is None:
        return HeldIssue(plan.digest, plan, approved=False)
    written, set_aside = write_papers(out / "drafts", [*map(invoice_paper, plan.invoices)], workers=workers, on_progress=on_progress)
    return HeldIssue(plan.digest, plan, False, len(written), tuple(set_aside))


def issue_held(acting: Acting, digest: str, out: Path | None = None, *, workers: int = 1, on_progress: Progress | None = None) -> HeldIssue:
    """Approve what somebody else prepared, and write its documents to `out` where that is named, each as large as its reader needs it.

    The same digest again changes nothing and writes the same documents. Raises `NotAllowed` for the preparer, and where the books have changed.
    """
    if out is not None:
        check_folder(out)
    with acting.writing(Right.APPROVE) as connection:
        batch = _prepared(connection, digest)
        plan = None if batch.approved_by else _issued(connection, acting, batch)
    if out is None:
        return HeldIssue(batch.digest, plan, approved=True)
    with acting.reading() as connection:
        endings = {each.document_id: each.endings for each in invoices_of(connection, batch.id, acting.today)}
    written, set_aside = write_issued(acting, batch.id, endings, out, workers=workers, on_progress=on_progress)
    return HeldIssue(batch.digest, plan, True, written, set_aside)


def plan_held(connection: Connection) -> HeldPlan | None:
    """One function for what is shown, prepared and issued. None where nothing waits."""
    closed = months.closed_through(connection)
    if closed is None or not anything_to_ask(connection, closed):
        return None
    agreements = registry.agreements(connection)
    asks = to_ask(connection, agreements, closed, ())
    n = 1 + sum(1 for each in batches.of_kind(connection, ISSUE_HELD) if each.approved_by)
    drafts = tuple(replace(draft, key=f"{draft.key}|held {n}") for draft in asks.drafts)  # what was issued of the month has the key without it
    invoices = tuple(replace(record, key=draft.key) for draft, record in zip(drafts, asks.invoices, strict=True))
    problems = (*not_ready(asks.alone, agreements), *asked_against_the_terms(Contributions(connection), asks.alone))
    names = names_of_funds(connection)
    lines = tuple(f"{record.bill_to}, {for_whom(draft, names)}, {record.period_words}: {Money(draft.pence)}"
                  for draft, record in zip(drafts, invoices, strict=True))
    return HeldPlan(closed, drafts, invoices, lines, asks.held, problems)


def lines_of_held(connection: Connection, batch: batches.Batch) -> tuple[str, ...]:
    """What approving would issue, invoice by invoice; nothing where that is no longer what was prepared."""
    if batch.key.split()[1] != str(months.closed_through(connection)):
        return ()
    plan = plan_held(connection)
    if plan is None or plan.digest != batch.digest:
        return ()
    return tuple(f"Issue an invoice that was held: {line}" for line in plan.lines)


def approve_held(connection: Connection, acting: Acting, batch: batches.Batch) -> str:
    """Issue what somebody else prepared, in the transaction that is open; what was done, in words."""
    plan = _issued(connection, acting, batch)
    return f"{len(plan.drafts):,} {'invoice' if len(plan.drafts) == 1 else 'invoices'} issued that had been held: {Money(plan.pence)}."


def _key(plan: HeldPlan) -> str:
    return f"{ISSUE_HELD} {plan.month} {plan.digest}"


def _prepared(connection: Connection, digest: str) -> batches.Batch:
    batch = batches.by_digest(connection, digest)
    if batch is None or batch.kind != ISSUE_HELD:
        raise InputError(f"No invoices that were held were prepared with the digest {digest}.", "Prepare them first: ringfence issue-held")
    return batch


def _issued(connection: Connection, acting: Acting, batch: batches.Batch) -> HeldPlan:
    if batch.prepared_by == acting.user:
        raise NotAllowed(f"{acting.user} prepared these invoices, so somebody else must approve them.", "Ask another user: --as USER.")
    plan = plan_held(connection)
    if plan is None or plan.digest != batch.digest:
        raise NotAllowed(f"The books have changed since {batch.prepared_by} prepared these invoices.", "Prepare them again, look, and approve that.")
    _refuse_not_ready(plan)
    batches.approve(connection, batch.id, acting.user, acting.recorded_at)
    post_invoices(connection, acting, zip(plan.drafts, plan.invoices, strict=True), events_of(connection, plan.charge_keys), batch.id)
    return plan


def _refuse_not_ready(plan: HeldPlan) -> None:
    if plan.not_ready:
        raise Refused("What was held cannot be issued yet:", plan.not_ready)

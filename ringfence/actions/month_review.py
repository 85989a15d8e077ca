"""A month end to look at: what it would do, in the size of a page, with its differences from last month and its control totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from basics.errors import Problem
from basics.periods import Month
from invoicing.delivery import Charge
from invoicing.drafts import AnyDraft, Draft
from invoicing.held import Reason
from invoicing.invoice import Invoice
from ringfence.actions.acting import Acting
from ringfence.actions.month_controls import Control, controls_of
from ringfence.actions.month_differences import Asked, Charged, Difference, MonthAmounts, by_fund, by_payer
from ringfence.actions.month_end import issued_batch
from ringfence.actions.month_plan import MonthPlan
from ringfence.actions.names_of_funds import for_whom, names_of_funds
from ringfence.actions.papers import invoice_paper, statement_paper
from ringfence.store import month_figures, registry


@dataclass(frozen=True)
class DraftInvoice:
    """An invoice that would be issued, said as the list of issued ones says it; `file` is the name of its draft, without its form."""

    payer: str
    for_whom: str
    period: str
    lines: int
    pence: int
    file: str


@dataclass(frozen=True)
class HeldDraft:
    """An invoice that is not issued with the others, and why."""

    draft: DraftInvoice
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class DraftStatement:
    """A statement that would be issued."""

    fund: str
    person: str
    known_as: str
    opening_pence: int
    support_pence: int
    closing_pence: int
    status: str
    file: str


@dataclass(frozen=True)
class MonthReview:
    """Everything that a person looks at before a month is prepared, and before it is approved. Amounts in pence."""

    month: Month
    version: str
    """The state of the books that it was worked out from."""
    at: datetime
    digest: str
    charges: int
    support_pence: int
    invoiced_pence: int
    invoices: tuple[DraftInvoice, ...]
    held: tuple[HeldDraft, ...]
    statements: tuple[DraftStatement, ...]
    problems: tuple[Problem, ...]
    not_ready: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    controls: tuple[Control, ...]
    before: Month | None
    """The month that it is compared with; None where there is none in the books."""
    by_payer: tuple[Difference, ...]
    by_fund: tuple[Difference, ...]

    @property
    def held_pence(self) -> int:
        return sum(each.draft.pence for each in self.held)

    @property
    def all_agree(self) -> bool:
        return all(control.agrees for control in self.controls)


def review_of(acting: Acting, plan: MonthPlan, version: str) -> MonthReview:
    """The review of a plan that is not issued yet; `version` is the state of the books that it was made from."""
    with acting.reading() as connection:
        per = {rate.code: rate.per for rate in registry.rates(connection)}
        before, last = _last_month(connection, plan.month.previous, per)
        now, names = MonthAmounts(_charged(plan.charges, per), _asked(plan.drafts)), names_of_funds(connection)
        return MonthReview(
            month=plan.month, version=version, at=acting.at, digest=plan.digest, charges=len(plan.charges), support_pence=plan.support.pence,
            invoiced_pence=plan.invoiced.pence, invoices=_invoices(plan, names), held=_held(plan, names),
            statements=_statements(plan), problems=plan.problems,
            not_ready=plan.not_ready, warnings=plan.warnings, controls=controls_of(connection, plan), before=before,
            by_payer=by_payer(last, now, {key: one.name for key, one in registry.funders(connection).items()}),
            by_fund=by_fund(last, now, names))


def _last_month(connection: Connection, month: Month, per: Mapping[str, str]) -> tuple[Month | None, MonthAmounts]:
    """What the month end before this one asked for and charged."""
    batch = issued_batch(connection, month)
    if batch is None:
        return None, MonthAmounts((), ())
    asked = [Asked(row.funder, row.contract or "", row.invoices, int(row.pence)) for row in month_figures.asked(connection, batch.id)]
    charged = [Charged(row.fund, row.funder or "", row.how, row.rate_code, per[row.rate_code], Decimal(row.pounds), row.visits, int(row.minutes),
                       int(row.pence))
               for row in month_figures.charged(connection, batch.id)]
    return month, MonthAmounts(charged, asked)


def _asked(drafts: Iterable[AnyDraft]) -> list[Asked]:
    return [Asked(one.funder, "" if isinstance(one, Draft) else one.contract, 1, one.pence) for one in drafts]


def _charged(charges: Iterable[Charge], per: Mapping[str, str]) -> list[Charged]:
    """Charges added up as the store adds up those of last month."""
    visits: dict[tuple[str, str, str, str, str, Decimal], set[int]] = defaultdict(set)
    sums: dict[tuple[str, str, str, str, str, Decimal], list[int]] = defaultdict(lambda: [0, 0])
    for one in charges:
        key = (one.fund, one.funder or "", one.how, one.rate_code, per[one.rate_code], one.pounds)
        visits[key].add(one.delivery_id)
        sums[key][0] += one.minutes
        sums[key][1] += one.pence
    return [Charged(*key, len(visits[key]), minutes, pence) for key, (minutes, pence) in sums.items()]


def _invoices(plan: MonthPlan, names: Mapping[str, str]) -> tuple[DraftInvoice, ...]:
    return tuple(_draft(draft, one, names) for draft, one in zip(plan.drafts, plan.invoices, strict=True))


def _draft(draft: AnyDraft, one: Invoice, names: Mapping[str, str]) -> DraftInvoice:
    return DraftInvoice(one.bill_to, for_whom(draft, names), one.period_words, len(one.lines), one.total_pence, invoice_paper(one).name)


def _held(plan: MonthPlan, names: Mapping[str, str]) -> tuple[HeldDraft, ...]:
    return tuple(HeldDraft(_draft(each.draft, each.record, names), each.reasons) for each in plan.held)


def _statements(plan: MonthPlan) -> tuple[DraftStatement, ...]:
    return tuple(DraftStatement(one.fund_key, one.person_reference, one.known_as, one.money.opening_pence, one.given_total_pence,
                                one.money.closing_pence, one.status, statement_paper(one).name) for one in plan.statements)

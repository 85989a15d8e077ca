"""What must be known before a draft may be issued. None of it stops a draft from being made and read.

What only a payer can give holds its own invoice, and not the month: `invoicing.held`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from basics.errors import Problem, RingfenceError
from invoicing.delivery import Agreements, Funding, Terms
from invoicing.drafts import AnyDraft, Draft, vat_of_draft
from invoicing.finding import Cause, Finding, causes_of, told_together
from invoicing.in_force import InForce


@dataclass(frozen=True, slots=True)
class ToIssue:
    """A draft with the funding and the terms that bear on it, one fund at a time."""

    draft: AnyDraft
    funding: Funding
    terms: Terms


Check = Callable[[ToIssue], Iterable[Cause]]


def not_ready(drafts: Iterable[AnyDraft], agreements: Agreements) -> list[Problem]:
    """Why drafts cannot be issued yet; nothing where all of them can. The funding and terms are those of the last day of a draft."""
    in_force = InForce(agreements)
    return told_together((Finding(cause, draft.key, f"draft {draft.key}") for draft in drafts for fund in draft.funds
                          for cause in _causes(draft, fund, in_force)), "drafts")


def vat_is_known(one: ToIssue) -> Iterable[Cause]:
    """An invoice says how VAT stands, so the treatment must be known."""
    if vat_of_draft(one.draft, one.terms) is None:
        yield Cause(f"The terms “{one.terms.name}” do not say how VAT stands (vat), so nothing can be issued under them.",
                    "Give vat, with its reason, in an apply file.", one.draft.period.last)


def an_instalment_has_one_vat(one: ToIssue) -> Iterable[Cause]:
    """An instalment does not say what kind of support it is for, so terms that tell the kinds apart say two things of it."""
    if not isinstance(one.draft, Draft) and one.terms.vat_by_support:
        yield Cause(f"The terms “{one.terms.name}” say how VAT stands for some kinds of support (vat_by_support), and an instalment does not say "
                    "which it is for.", "Give the instalments of the contract terms of their own, without vat_by_support.", one.draft.period.last)


def days_to_pay_are_known(one: ToIssue) -> Iterable[Cause]:
    """An invoice says when it is due: an instalment brings its own day, for deliveries the terms give it."""
    if isinstance(one.draft, Draft) and one.terms.days_to_pay is None:
        yield Cause(f"The terms “{one.terms.name}” do not say how many days there are to pay (days_to_pay), so nothing can be issued "
                    "under them.", "Give days_to_pay in an apply file.", one.draft.period.last)


ISSUE_CHECKS: tuple[Check, ...] = (vat_is_known, an_instalment_has_one_vat, days_to_pay_are_known)
"""Each gives what is missing for one draft and one of its funds."""


def _causes(draft: AnyDraft, fund: str, in_force: InForce) -> list[Cause]:
    last = draft.period.last
    try:
        funding = in_force.funding(fund, draft.funder, draft.period.first, last)
        one = ToIssue(draft, funding, in_force.terms(funding.terms, last))
    except RingfenceError as error:
        return list(causes_of(error, last))
    return [cause for check in ISSUE_CHECKS for cause in check(one)]

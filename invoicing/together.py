"""One invoice for everybody whom a payer pays for, where it asks for that: its terms say `invoices: together`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from basics.errors import RingfenceError
from basics.periods import Month, Period
from invoicing.delivery import Agreements, Vat
from invoicing.drafts import AnyDraft, Draft, vat_of_draft
from invoicing.in_force import InForce
from invoicing.payer_rules import TOGETHER

Alike = tuple[str, Vat | None, int | None, Period | None]
"""The payer, and what one invoice can say only once: how VAT stands with its reason, the days to pay, and the 4 weeks that it is for."""


def together(drafts: Iterable[AnyDraft], agreements: Agreements, month: Month) -> list[AnyDraft]:
    """The drafts, those of one payer that asks for it as one; an instalment has its own. Lines stand person by person, and each keeps its
    fund."""
    in_force, found, several = InForce(agreements), list[AnyDraft](), defaultdict[Alike, list[Draft]](list)
    for draft in drafts:
        alike = _alike(draft, in_force)
        if alike is None or not isinstance(draft, Draft):
            found.append(draft)
        else:
            several[alike].append(draft)
    for n, each in enumerate(several.values(), start=1):
        found.append(each[0] if len(each) == 1 else _one(each, f"{month}|{each[0].funder}|{TOGETHER} {n}"))
    return sorted(found, key=lambda draft: not isinstance(draft, Draft))


def _alike(draft: AnyDraft, in_force: InForce) -> Alike | None:
    """None where the payer asks for an invoice for each person, or it is not agreed what the draft goes by."""
    if not isinstance(draft, Draft):
        return None
    try:
        funding = in_force.funding(draft.fund, draft.funder, draft.period.first, draft.period.last)
        terms = in_force.terms(funding.terms, draft.period.last)
    except RingfenceError:
        return None
    return (draft.funder, vat_of_draft(draft, terms), terms.days_to_pay, draft.cycle) if terms.invoices == TOGETHER else None


def _one(drafts: list[Draft], key: str) -> Draft:
    period = Period(min(each.period.first for each in drafts), max(each.period.last for each in drafts))
    lines = tuple(line for each in drafts for line in each.lines)
    return Draft(key, drafts[0].funder, "", period, lines, sum(line.pence for line in lines), drafts[0].cycle, drafts[0].vat)

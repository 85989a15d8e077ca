"""The terms of a fund: what is not known stays so, and what cannot be true at once is refused with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from isf.fund_terms import IN_WORDS, TERMS, Contribution, Fee, FundTerms, Leftovers, PaidOn, Payment, Spent, impossible_mixes
from isf.schedule import Paid

ACTUALS = {"paid_on": PaidOn.WEEKLY_ACTUALS}


def test_nothing_is_known_until_somebody_says_it() -> None:
    assert FundTerms().known == {}
    assert FundTerms().unknown == TERMS


def test_every_term_can_be_asked_for_in_words() -> None:
    assert tuple(IN_WORDS) == TERMS


@pytest.mark.parametrize(("terms", "term", "why"), [
    ({**ACTUALS, "may_bank": True}, "may_bank", "pays nothing for what was not used"),
    ({**ACTUALS, "surplus_weeks": 4}, "surplus_weeks", "It needs a fixed sum"),
    ({**ACTUALS, "surplus_stays_weeks": 12}, "surplus_stays_weeks", "It needs a fixed sum"),
    ({**ACTUALS, "leftovers": Leftovers.CARRIED_FORWARD}, "leftovers", "It needs a fixed sum"),
    ({**ACTUALS, "paid": Paid.IN_ADVANCE}, "paid", "is known only after it"),
    ({"payment": Payment.GROSS, "contribution": Contribution.PROVIDER_COLLECTS}, "contribution", "it would be paid twice"),
    ({"payment": Payment.GROSS, "contribution": Contribution.PROVIDER_COLLECTS_4_WEEKLY}, "contribution", "it would be paid twice"),
    ({"payment": Payment.GROSS, "contribution": Contribution.TAKEN_OFF}, "contribution", "it would be paid twice"),
    ({"payment": Payment.NET, "contribution": Contribution.COUNCIL_INVOICES}, "contribution", "the fund would never have it"),
    ({"contribution": Contribution.COUNCIL_INVOICES, "contribution_spent": Spent.CONTRIBUTION_FIRST}, "contribution_spent",
     "never comes into the fund"),
    ({"paid": Paid.IN_ARREARS, "advance_weeks": 2}, "advance_weeks", "pays in arrears"),
    ({"fee": Fee.CAPPED}, "fee", "names what it covers"),
])
def test_terms_that_cannot_be_true_at_once_are_told_with_the_reason(terms: dict[str, Any], term: str, why: str) -> None:
    found, = impossible_mixes(FundTerms(**terms))
    assert found.term == term
    assert why in found.why


@pytest.mark.parametrize("terms", [
    {**ACTUALS, "may_bank": False, "surplus_weeks": 0, "paid": Paid.IN_ARREARS, "leftovers": Leftovers.BACK_TO_FUNDER},
    {"paid_on": PaidOn.FIXED_SUM, "paid": Paid.IN_ARREARS, "may_bank": True, "surplus_weeks": 4},
    {"payment": Payment.GROSS, "contribution": Contribution.COUNCIL_INVOICES},
    {"payment": Payment.NET, "contribution": Contribution.TAKEN_OFF, "contribution_spent": Spent.APART},
    {"fee": Fee.CAPPED, "fee_percent": 15, "fee_words": "Overheads"}, {"may_bank": True}, {},
])
def test_what_is_not_known_rules_nothing_out(terms: dict[str, Any]) -> None:
    assert impossible_mixes(FundTerms(**terms)) == []

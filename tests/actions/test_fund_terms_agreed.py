"""The terms of a fund, how a budget is held and who decides: agreed by two people, and kept as they were agreed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isf.fund_terms import Base, FundTerms, PaidOn, Payment
from ringfence.actions.fund_terms_known import KnownTerms, terms_of_fund
from ringfence.actions.verifying import verify
from ringfence.store import facts
from tests.actions.provider_books import Books, refused

TERMS = {"person": "P001", "fund": "isf", "funder": "southgate", "from": "2026-10-01", "source": "The agreement, page 7"}
AGREEMENT = {"agreement": "AG-1", "person": "P001", "fund": "isf", "who": "Leila Yusuf", "basis": "attorney", "may_decide": ["the plan"],
             "from": "2026-10-01", "words": "Seen on 20 September"}


def terms(**changed: Any) -> dict[str, Any]:
    return {key: value for key, value in (TERMS | changed).items() if value is not None}


def known(books: Books, on: date = date(2026, 11, 2)) -> KnownTerms:
    found, = terms_of_fund(books.asha, "isf-P001", on)
    return found


def test_terms_count_once_two_people_agree_them(agreed: Books) -> None:
    prepared = agreed.prepare({"fund_terms": [terms(surplus_weeks=4)]})
    assert prepared.said == ("New: terms of southgate for the isf fund of P001 from 1 October 2026: surplus weeks: 4",)
    assert terms_of_fund(agreed.asha, "isf-P001") == []
    agreed.apply({"fund_terms": [terms(surplus_weeks=4)]})
    assert known(agreed).terms == FundTerms(surplus_weeks=4, sources={"surplus_weeks": "The agreement, page 7"})
    assert agreed.prepare({"fund_terms": [terms(surplus_weeks=4)]}).said == ()
    assert verify(agreed.store, referee=True) == []


def test_a_preset_is_kept_as_it_was_with_what_differs_and_where_each_is_written(agreed: Books) -> None:
    agreed.apply({"fund_terms": [terms(preset="dorset-model-agreement", surplus_weeks=6, surplus_base="net weekly budget")]})
    found = known(agreed).terms
    assert (found.surplus_weeks, found.surplus_base, found.surplus_stays_weeks, found.payment) == (6, Base.NET, 12, Payment.NET)
    assert found.sources["surplus_weeks"] == "The agreement, page 7"
    assert found.sources["surplus_stays_weeks"].startswith("https://citizen-network.org/")
    assert "surplus_stays" in found.unknown
    with agreed.store.reading() as connection:
        said, = facts.facts(connection, "fund terms")
    assert said.said["surplus_stays_weeks"] == 12


def test_later_terms_count_from_their_day_and_terms_end(agreed: Books) -> None:
    agreed.apply({"fund_terms": [terms(surplus_weeks=4), terms(surplus_weeks=8, until="2027-03-31", **{"from": "2027-01-01"})]})
    assert terms_of_fund(agreed.asha, "isf-P001", date(2026, 9, 30)) == []
    assert known(agreed, date(2026, 12, 31)).terms.surplus_weeks == 4
    assert known(agreed, date(2027, 1, 1)).terms.surplus_weeks == 8
    assert terms_of_fund(agreed.asha, "isf-P001", date(2027, 4, 1)) == []


@pytest.mark.parametrize(("wrong", "said"), [
    ({"paid_on": "weekly actuals", "may_bank": True}, "pays nothing for what was not used"),
    ({"preset": "shropshire", "contribution": "provider collects"}, "it would be paid twice"),
    ({"preset": "bradford", "surplus_weeks": 4}, "It needs a fixed sum"),
    ({"preset": "nowhere", "surplus_weeks": 4}, "There is no preset “nowhere”"),
    ({"source": None, "surplus_weeks": 4}, "is missing, and “surplus_weeks” is given"),
    ({}, "has neither a preset nor a term"),
    ({"surplus_weeks": 4, "until": "2026-09-30"}, "is before “from”"),
    ({"reviews": ["now and then"]}, "is not a review that can be reckoned"),
    ({"surplus_weeks": 4, "funder": "nobody"}, "is not a funder here"),
    ({"surplus_weeks": 4, "funder": "peggy"}, "pays nothing into the isf fund of P001"),
    ({"paid_on": "weekly actuals"}, "pays the fund by the instalments of a contract"),
    ({"paid_on": "fixed sum", "person": "P003", "fund": "spot"}, "for each visit as it is delivered"),
])
def test_terms_that_cannot_be_are_refused_with_the_reason(agreed: Books, wrong: dict[str, Any], said: str) -> None:
    found, = refused(agreed, {"fund_terms": [terms(**wrong)]})
    assert said in found[1]


def test_weekly_actuals_go_with_support_paid_as_it_is_given(agreed: Books) -> None:
    agreed.apply({"fund_terms": [terms(person="P003", fund="spot", preset="bradford")]})
    found, = terms_of_fund(agreed.asha, "spot-P003", date(2026, 11, 2))
    assert found.terms.paid_on is PaidOn.WEEKLY_ACTUALS


def test_how_a_budget_is_held_and_who_decides_is_kept(agreed: Books) -> None:
    agreed.apply({"holdings": [{"person": "P001", "fund": "isf", "from": "2026-10-01", "way": "trust", "held_by": "The Yusuf trust"}],
                  "agreements": [AGREEMENT]})
    with agreed.store.reading() as connection:
        holding, = facts.facts(connection, "holding", "isf-P001")
        agreement, = facts.facts(connection, "agreement", "isf-P001")
    assert (holding.said["way"], holding.said["held_by"]) == ("trust", "The Yusuf trust")
    assert (agreement.said["basis"], agreement.said["may_decide"]) == ("attorney", ["the plan"])


@pytest.mark.parametrize(("section", "item", "said"), [
    ("agreements", AGREEMENT | {"basis": "appointee"}, "who manages a person’s benefits and nothing else"),
    ("agreements", AGREEMENT | {"until": "2026-09-30"}, "is before “from”"),
    ("agreements", AGREEMENT | {"may_decide": []}, "is an empty list"),
    ("holdings", {"person": "P001", "fund": "isf", "from": "2026-10-01", "way": "friend or relative"},
     "is missing, and “way” is “friend or relative”"),
    ("holdings", {"person": "P001", "fund": "isf", "from": "2026-10-01", "way": "mixed"}, "is missing, and “way” is “mixed”"),
])
def test_what_is_wrong_with_a_holding_or_an_agreement_is_said(agreed: Books, section: str, item: dict[str, Any], said: str) -> None:
    found, = refused(agreed, {section: [item]})
    assert said in found[1]

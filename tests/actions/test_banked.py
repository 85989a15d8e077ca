"""What is set aside on purpose, taken back, and turned from hours into pounds: within one fund, and never out of nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from basics.money import Money
from isf.position import FundPosition
from isf.watch import Matter
from ringfence.actions.kept_aside import left_on
from ringfence.actions.plans import plan_of
from ringfence.actions.positions import positions
from ringfence.actions.verifying import verify
from ringfence.actions.watching import watch_list
from ringfence.documents.pages import statement_page
from ringfence.documents.words import may_use
from tests.actions.provider_books import OCTOBER, Books, refused

FUND = "isf-P001"
ASIDE = {"set_aside": "SA-1", "person": "P001", "fund": "isf", "pounds": "240.00", "minutes": 600, "on": "2026-10-10", "until": "2027-03-31",
         "words": "Ten hours for a week away in March"}
BACK = {"taken_back": "TB-1", "of": "SA-1", "person": "P001", "fund": "isf", "pounds": "40.00", "minutes": 100, "on": "2026-10-20",
        "words": "Used for the dentist"}
CONVERSION = {"conversion": "CV-1", "of": "SA-1", "person": "P001", "fund": "isf", "minutes": 300, "pounds_per_hour": "24.00", "on": "2026-10-22",
              "agreement": "Review of 22 October, page 2"}


def stands(books: Books) -> dict[str, int]:
    found = books.balances()[FUND]
    return {role: found.get(role, 0) for role in ("available", "banked", "available minutes", "banked minutes", "converted minutes")}


def left(books: Books, day: str = "2026-12-31") -> list[tuple[str, str, int, int]]:
    with books.store.reading() as connection:
        return [(each.reference, each.until.isoformat(), each.pence, each.minutes)
                for each in left_on(connection, date.fromisoformat(day)).get(FUND, [])]


def test_what_is_set_aside_in_pounds_and_hours_is_not_used_by_support(delivered: Books) -> None:
    before = stands(delivered)
    delivered.apply({"set_aside": [ASIDE]})
    assert stands(delivered) == before | {"available": before["available"] - 24_000, "banked": 24_000,
                                          "available minutes": before["available minutes"] - 600, "banked minutes": 600}
    assert left(delivered) == [("SA-1", "2027-03-31", 24_000, 600)]
    assert left(delivered, "2026-10-09") == []
    assert delivered.prepare({"set_aside": [ASIDE]}).said == ()
    delivered.month_end()
    assert stands(delivered)["banked"] == 24_000
    assert [(each.pence, each.minutes, each.until) for each in delivered.statement(FUND).set_aside] == [(24_000, 600, "2027-03-31")]
    assert delivered.statement("isf-P002").set_aside == ()
    budget, = (part for part in statement_page(delivered.statement(FUND))["parts"] if part["kind"] == "budget")
    assert budget["after"][-2:] == ["£240.00 and 10 h of this is set aside until 31 March 2027.", "In all, £5,580.00 may be used now."]
    assert verify(delivered.store, referee=True) == []


def test_what_is_taken_back_may_be_used_again_and_is_no_longer_kept(agreed: Books) -> None:
    before = stands(agreed)
    agreed.apply({"set_aside": [ASIDE], "taken_back": [BACK]})
    assert left(agreed) == [("SA-1", "2027-03-31", 20_000, 500)]
    assert stands(agreed) == before | {"available": before["available"] - 20_000, "banked": 20_000,
                                       "available minutes": before["available minutes"] - 500, "banked minutes": 500}


def test_hours_become_pounds_at_the_agreed_rate_out_of_pounds_that_were_set_aside(agreed: Books) -> None:
    agreed.apply({"set_aside": [ASIDE]})
    before = stands(agreed)
    agreed.apply({"conversions": [CONVERSION]})
    after = stands(agreed)
    assert after == before | {"banked minutes": 300, "converted minutes": 300, "banked": 12_000, "available": before["available"] + 12_000}
    assert after["available"] + after["banked"] == before["available"] + before["banked"]
    assert agreed.rows("SELECT minutes, rate_per_hour, pence, agreement FROM conversion") == [(300, "24.00", 12_000, "Review of 22 October, page 2")]
    assert agreed.prepare({"conversions": [CONVERSION]}).said == ()
    assert verify(agreed.store, referee=True) == []


@pytest.mark.parametrize(("content", "said"), [
    ({"set_aside": [ASIDE | {"pounds": "6,000.01"}]}, "is £6,000.01, and £6,000.00 may be used in isf-P001."),
    ({"set_aside": [ASIDE | {"minutes": 12_001}]}, "is 200 h 1 m, and 200 h may be used in isf-P001."),
    ({"set_aside": [ASIDE], "taken_back": [BACK | {"pounds": "240.01"}]}, "takes £0.01 more than is left of SA-1."),
    ({"set_aside": [ASIDE], "taken_back": [BACK | {"of": "SA-2"}]}, "“SA-2” was not set aside in isf-P001."),
    ({"set_aside": [ASIDE], "conversions": [CONVERSION | {"pounds_per_hour": "48.01"}]}, "takes £0.05 more than is left of SA-1."),
    ({"set_aside": [{key: value for key, value in ASIDE.items() if key != "pounds"}], "conversions": [CONVERSION]},
     "takes £120.00 more than is left of SA-1."),
    ({"set_aside": [ASIDE], "conversions": [CONVERSION | {"minutes": 601}]}, "takes £0.40 and 1 m more than is left of SA-1."),
    ({"set_aside": [{key: value for key, value in ASIDE.items() if key not in ("pounds", "minutes")}]}, "needs “pounds” or “minutes”, or both."),
])
def test_no_more_is_set_aside_taken_back_or_converted_than_there_is(agreed: Books, content: dict[str, Any], said: str) -> None:
    (_, what), = refused(agreed, content)
    assert what == said


def test_hours_become_no_pounds_after_the_last_day_and_may_still_be_taken_back(agreed: Books) -> None:
    agreed.apply({"set_aside": [ASIDE | {"until": "2026-10-21"}]})
    (place, what), = refused(agreed, {"conversions": [CONVERSION]})
    assert (place, what) == ("agreed.yaml, conversions, item 1 (CV-1), on",
                             "is after 21 October 2026, the last day of SA-1: its hours become no pounds any more.")
    watched = [each for each in watch_list(agreed.asha, date(2026, 11, 2)).lines if each.matter is Matter.ENDS and "SA-1" in each.what]
    assert [(each.what, each.is_late) for each in watched] == [
        ("£240.00 and 10 h set aside (SA-1): its last day was 21 October 2026, and is past", True)]
    assert [each.until_words(date(2026, 11, 2)) for each in plan_of(agreed.asha, "P001", date(2026, 11, 2)).funds[0].kept] == [
        "until 21 October 2026, which is past"]
    agreed.apply({"taken_back": [BACK | {"pounds": "240.00", "minutes": 600}]})
    assert not [each for each in watch_list(agreed.asha, date(2026, 11, 2)).lines if "SA-1" in each.what]
    assert verify(agreed.store, referee=True) == []


def test_what_was_set_aside_is_not_rewritten(agreed: Books) -> None:
    agreed.apply({"set_aside": [ASIDE]})
    (_, what), = refused(agreed, {"set_aside": [ASIDE | {"pounds": "250.00"}]})
    assert what == "says another amount than what is posted as SA-1."
    agreed.apply({"set_aside": [ASIDE | {"until": "2027-06-30"}]})
    assert left(agreed) == [("SA-1", "2027-06-30", 24_000, 600)]


def test_nothing_is_set_aside_where_the_terms_say_that_nothing_is_kept(agreed: Books) -> None:
    agreed.apply({"fund_terms": [{"person": "P001", "fund": "isf", "funder": "southgate", "from": "2026-10-01", "source": "Letter of 1 October",
                                  "may_bank": False}]})
    (_, what), = refused(agreed, {"set_aside": [ASIDE]})
    assert "by the terms of isf-P001 nothing is set aside" in what


def test_what_may_be_used_is_what_is_left_less_what_is_set_aside_as_the_ledger_has_it(delivered: Books) -> None:
    """A page, the command and the statement have it by one rule, before and after a conversion and once some of it is taken back."""
    for n, content in enumerate(({}, {"set_aside": [ASIDE]}, {"conversions": [CONVERSION]}, {"taken_back": [BACK]})):
        if content:
            delivered.apply(content)
        statement = delivered.draft(FUND)
        assert statement.may_use_pence == stands(delivered)["available"] - (6_000_00 - statement.budgets[-1].left_pence)
        told = may_use(statement)
        assert told == ([f"In all, {Money(statement.may_use_pence)} may be used now."] if n else [])
    delivered.month_end()
    position = positions_of(delivered)
    assert position.may_use_pence == delivered.statement(FUND).may_use_pence == stands(delivered)["available"]
    assert (position.aside_pence, position.left_pence) == (stands(delivered)["banked"], stands(delivered)["available"] + stands(delivered)["banked"])


def positions_of(books: Books) -> FundPosition:
    return positions(books.asha, "P001", OCTOBER)[FUND]

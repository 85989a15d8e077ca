"""One person’s payer in another person’s fund, or one who promised nothing there: refused wherever a payer is named, and found by `verify`."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from basics.errors import Refused
from isf.accounts import OriginKind, Unit
from isf.entries import Event, entry
from ringfence.actions.receipts import Choice, prepare_matches
from ringfence.actions.verifying import verify
from ringfence.store.ledger import Origin
from tests.actions.provider_books import Books, bank_line, by_delivery, part, plan_line, refused

NOT_THEIRS = "“amina” is P001, and isf-P002 is not their fund."
NOTHING_THERE = "“northvale” has promised nothing in isf-P002."
UNCLE = {"reference": "uncle", "kind": "family", "name": "Joe Hale"}
OF_P002 = {"person": "P002", "fund": "isf"}


def paid_in(funder: str, as_: str = "contribution", fund: str = "isf-P002") -> dict[str, Any]:
    return {"bank_lines": [bank_line("BK-1", "2026-10-06", "100.00", parts=[part(fund, "100.00", as_, funder)])]}


def extra(funder: str, **changed: Any) -> dict[str, Any]:
    return {"extra": "X-1", **OF_P002, "funder": funder, "pounds": "50.00", "on": "2026-10-06", "words": "A new chair", **changed}


def opening(funder: str, **amounts: str) -> dict[str, Any]:
    return {"opening": "O-1", "on": "2026-10-01", "control": amounts, "funds": [{**OF_P002, "funder": funder, **amounts}]}


@pytest.mark.parametrize("content", [
    paid_in("amina"), paid_in("amina", "payment"), {"extras": [extra("amina")]}, {"openings": [opening("amina", received="100.00")]},
    {"openings": [opening("amina", allocation="100.00")]}, {"fundings": [by_delivery("P002", "amina", fund="isf")]},
    {"plan": [plan_line("P002", "meals", 60, funder="amina")]},
    {"never_paid": [{"never_paid": "N-1", **OF_P002, "funder": "southgate", "taken_on_by": "amina", "pounds": "5.00", "on": "2026-10-06",
                     "words": "She offered"}]},
], ids=lambda content: next(iter(content)))
def test_a_person_pays_only_into_their_own_fund(agreed: Books, content: dict[str, Any]) -> None:
    assert [what for _, what in refused(agreed, content)] == [NOT_THEIRS]


@pytest.mark.parametrize("content", [paid_in("northvale", "payment"), paid_in("northvale"), {"openings": [opening("northvale", received="9.00")]}],
                         ids=["payment", "contribution", "opening"])
def test_nobody_pays_into_a_fund_in_which_they_promised_nothing(agreed: Books, content: dict[str, Any]) -> None:
    assert [what for _, what in refused(agreed, content)] == [NOTHING_THERE]


def test_money_that_is_placed_anew_goes_by_the_same_rule(agreed: Books) -> None:
    agreed.apply(paid_in("amina", fund="isf-P001"))
    back = {"correction": "CO-1", "person": "P001", "fund": "isf", "entry": "bank BK-1|isf-P001|amina|contribution", "on": "2026-10-08",
            "words": "It was for Thomas"}
    assert [what for _, what in refused(agreed, {"corrections": [back], **paid_in("amina")})] == [NOT_THEIRS]


def test_a_line_that_is_matched_by_hand_goes_by_the_same_rule(agreed: Books) -> None:
    agreed.apply({"bank_lines": [bank_line("BK-1", "2026-10-06", "100.00")]})
    with pytest.raises(Refused, match="isf-P002 is not their fund"):
        prepare_matches(agreed.asha, [Choice("BK-1", typed="isf-P002 amina 100.00")])


def test_a_relative_pays_in_once_they_have_promised_something_there(agreed: Books) -> None:
    assert [what for _, what in refused(agreed, {"funders": [UNCLE], **paid_in("uncle")})] == ["“uncle” has promised nothing in isf-P002."]
    agreed.apply({"funders": [UNCLE], "extras": [extra("uncle")], **paid_in("uncle")})
    assert agreed.balance("isf-P002", "due", "uncle") == 5_000 - 10_000
    assert verify(agreed.store, referee=True) == []


def test_what_was_placed_past_the_rule_is_found_until_it_is_put_back(agreed: Books) -> None:
    for payer, fund, why in (("amina", "isf-P002", "is another person"), ("northvale", "isf-P001", "never promised anything there")):
        key = f"bank {payer}"
        paid = Event(f"{key}|{fund}", "contribution", fund, "Paid in")
        agreed.post(key, list(entry(paid, ("held", None), ("due", payer), 700, date(2026, 10, 6), origin=key)),
                    Origin(key, OriginKind.BANK_IN, Unit.PENCE, 700, date(2026, 10, 6), "BACS", ((fund, 700),)))
        assert (f"fund {fund}", f"has money of {payer}, who {why}.") in [(each.place, each.what) for each in verify(agreed.store)]
        agreed.apply({"corrections": [{"correction": f"CO-{payer}", "person": fund[4:], "fund": "isf", "entry": f"{key}|{fund}", "on": "2026-10-08",
                                       "words": "Not theirs"}]})
        assert verify(agreed.store, referee=True) == []
    assert agreed.balance("isf-P002", "held") == 0

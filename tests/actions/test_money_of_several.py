"""Money of several payers and several people: each in its own fund, and what is meant for later kept outside."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ringfence.actions.verifying import verify
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, bank_line, block_contract, by_schedule, part, refused, visit

NHS = {"reference": "NV-2026", "funder": "northvale"}


def shared_care(**nhs_split: Any) -> dict[str, Any]:
    """P005’s support costs £4,871.33: the NHS pays 37.5% of it (£1,826.75), the council the rest, of which £281.44 are the person’s
    contribution. It bears on the council’s part alone."""
    return {
        "funders": [{"reference": "owen", "kind": "person", "person": "P005"}],
        "contracts": [block_contract(reference="SG-P005", pounds="3,044.58"), block_contract(pounds="1,826.75", **NHS)],
        "fundings": [by_schedule("P005", contract="SG-P005"), by_schedule("P005", funder="northvale", contract="NV-2026")],
        "splits": [
            {"contract": "SG-P005", "version": 1, "method": "amounts", "on": "2026-09-20",
             "people": [{"person": "P005", "pounds": "3,044.58", "contribution_pounds": "281.44"}]},
            {"contract": "NV-2026", "version": 1, "method": "amounts", "on": "2026-09-20", "people": [{"person": "P005", "pounds": "1,826.75"}],
             **nhs_split}]}


def of(books: Books, fund: str) -> dict[str, int]:
    return {role: amount for role, amount in books.balances().get(fund, {}).items() if not role.endswith("minutes")}


def test_the_nhs_pays_its_share_whole_and_a_contribution_comes_off_the_councils(agreed: Books) -> None:
    agreed.apply(shared_care())
    assert of(agreed, "isf-P005") == {"due northvale": 182_675, "due southgate": 276_314, "due owen": 28_144, "available": 487_133}


def test_a_family_that_adds_to_a_budget_promises_an_extra_and_pays_it_like_anybody(agreed: Books) -> None:
    before = agreed.balance("isf-P001", "available")
    agreed.apply({"funders": [{"reference": "aunt", "kind": "family", "name": "Leila Yusuf"}],
                  "extras": [{"extra": "EX-1", "person": "P001", "fund": "isf", "funder": "aunt", "pounds": "200.00", "on": "2026-10-03",
                              "words": "A better class of swimming pool"}],
                  "bank_lines": [bank_line("BK-1", "2026-10-06", "200.00", parts=[part("isf-P001", "200.00", funder="aunt")])]})
    assert (agreed.balance("isf-P001", "due", "aunt"), agreed.balance("isf-P001", "held")) == (0, 20_000)
    assert agreed.balance("isf-P001", "available") == before + 20_000


def test_a_carers_own_budget_is_a_fund_of_its_own_though_one_line_pays_both(agreed: Books) -> None:
    """P002’s sister P003 cares for him, and has £520.00 of her own from the council."""
    agreed.apply({
        "contracts": [block_contract(reference="SG-CARERS", pounds="520.00")], "fundings": [by_schedule("P003", contract="SG-CARERS")],
        "splits": [{"contract": "SG-CARERS", "version": 1, "method": "amounts", "on": "2026-09-20",
                    "people": [{"person": "P003", "pounds": "520.00"}]}],
        "bank_lines": [bank_line("BK-1", "2026-10-06", "886.67", parts=[
            part("isf-P002", "800.00", funder="southgate"), part("isf-P003", "86.67", funder="southgate")])]})
    assert (agreed.balance("isf-P002", "held"), agreed.balance("isf-P003", "held")) == (80_000, 8_667)
    assert (agreed.balance("isf-P003", "available"), agreed.balance("isf-P002", "available")) == (52_000, 480_000)


def test_an_advance_is_held_for_days_to_come_and_nothing_of_it_is_drawn_before_support(agreed: Books) -> None:
    agreed.apply({"bank_lines": [bank_line("BK-1", "2026-10-01", "1,600.00", parts=[part("isf-P002", "1,600.00", funder="southgate")])]})
    assert [what for _, what in refused(agreed, {"draws": [{"line": "BK-2", "on": "2026-10-02", "words": "Early", "parts": "earned"}]})] == [
        "There is nothing to draw: no fund owes for support and holds money."]
    agreed.month_end(OCTOBER)
    money = agreed.statement("isf-P002").money
    assert (money.closing_pence, money.paid_ahead_pence, money.paid_ahead_words) == (160_000, 80_000, "1 to 30 November 2026")


# what the NHS keeps for surprises


@pytest.fixture
def with_contingency(agreed: Books) -> Books:
    """£126.75 of what the NHS pays is kept outside P005’s fund, in the reserve of its contract."""
    agreed.apply(shared_care(people=[{"person": "P005", "pounds": "1,700.00"}], top_slices=[{"name": "contingency", "pounds": "126.75"}]))
    return agreed


def test_a_contingency_of_the_nhs_is_outside_the_persons_fund(with_contingency: Books) -> None:
    assert of(with_contingency, "isf-P005") == {"due northvale": 170_000, "due southgate": 276_314, "due owen": 28_144, "available": 474_458}
    assert of(with_contingency, "reserve-NV-2026") == {"due northvale": 12_675, "available": 12_675}


def test_overspend_never_draws_on_the_contingency_and_its_release_is_an_extra(with_contingency: Books) -> None:
    with_contingency.apply({
        "rates": [{"rate": "big", "per": "item", "pounds": "4,800.00", "from": "2026-10-01", "to": "2027-03-31"}],
        "plan": [{"line": "P005-big", "person": "P005", "support": "big", "words": "A bathroom hoist", "funder": "southgate", "rate": "big",
                  "times_per_week": 1, "from": "2026-10-01", "to": "2027-03-31"}]})
    with_contingency.visits(visit("V-1", "P005", "2026-10-20", support="big"))
    with_contingency.month_end(OCTOBER)
    assert (with_contingency.balance("isf-P005", "borne"), with_contingency.balance("reserve-NV-2026", "available")) == (5_542, 12_675)
    with_contingency.apply({"extras": [{"extra": "EX-1", "person": "P005", "fund": "isf", "funder": "northvale", "pounds": "55.42",
                                        "on": "2026-11-03", "words": "Released by the NHS on 2 November"}]})
    assert (with_contingency.balance("isf-P005", "borne"), with_contingency.balance("isf-P005", "due", "northvale")) == (0, 175_542)


def test_what_nobody_needed_of_a_contingency_goes_back_with_the_end_of_its_contract(with_contingency: Books) -> None:
    books = with_contingency
    books.apply({"bank_lines": [bank_line("BK-1", "2026-10-05", "126.75", parts=[
        {"contract": "NV-2026", "pounds": "126.75", "as": "payment", "funder": "northvale"}])]})
    assert of(books, "reserve-NV-2026") == {"held": 12_675, "available": 12_675}
    for month in (OCTOBER, NOVEMBER):
        books.month_end(month)
    books.at = datetime(2027, 4, 5, 9, tzinfo=UTC)
    parts = [{"funder": "northvale"}, {"funder": "southgate"}, {"funder": "owen"}]
    books.apply({"endings": [{"ending": "EN-1", "person": "P005", "fund": "isf", "why": "contract ended", "ended_on": "2027-03-31",
                              "on": "2027-04-01", "words": "Never used", "parts": parts}],
                 "contract_endings": [{"contract_ending": "CE-1", "contract": "NV-2026", "on": "2027-03-31", "words": "Not renewed"}]})
    assert of(books, "reserve-NV-2026") == {"held": 12_675, "owed_funder northvale": 12_675}
    books.apply({"bank_lines": [bank_line("BK-2", "2027-04-03", "-126.75", parts=[
        {"contract": "NV-2026", "pounds": "126.75", "as": "back to funder", "funder": "northvale"}])],
        "closings": [{"contract": "NV-2026", "on": "2027-04-03"}]})
    assert of(books, "reserve-NV-2026") == of(books, "isf-P005") == {}
    assert books.rows("SELECT count(*) FROM fund_closing") == [(2,)]
    assert verify(books.store, referee=True) == []

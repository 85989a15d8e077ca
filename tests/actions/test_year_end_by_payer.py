"""The end of a year in a fund with several payers: each one’s part goes back, or stays, by that payer’s own terms.

P001 has £6,000.00 of the council’s (£600.00 of it hers) and £3,000.00 of the NHS’s, and used £180.00: by their promises the council’s share costs
£120.00, of which £50.00 is her contribution, and the NHS’s £60.00.
"""

from __future__ import annotations

from typing import Any

import pytest

from ringfence.actions.verifying import verify
from tests.actions.provider_books import Books, block_contract, by_schedule, refused
from tests.actions.test_fund_endings import FUND, ending, next_year, paid, pence

NHS_DAYS = {"from": "2026-12-01", "to": "2027-03-31"}
YEAR = {"why": "year ended", "ended_on": "2027-03-31", "on": "2027-03-31", "shared": "by promises"}
ENDED = {"contract_ending": "CE-1", "contract": "SG-2026", "on": "2027-03-31", "words": "It ends as agreed"}


def terms_of(**by_payer: str) -> list[dict[str, Any]]:
    return [{"person": "P001", "fund": "isf", "funder": payer, "from": "2026-10-01", "source": "The agreement, clause 4", "leftovers": becomes}
            for payer, becomes in by_payer.items()]


@pytest.fixture
def before(delivered: Books) -> Books:
    books = paid(delivered)
    books.apply({
        "contracts": [block_contract(reference="NV-2026", funder="northvale", pounds="3,000.00", **NHS_DAYS)],
        "fundings": [by_schedule("P001", funder="northvale", contract="NV-2026", **NHS_DAYS)],
        "splits": [{"contract": "NV-2026", "version": 1, "method": "amounts", "on": "2026-11-20",
                    "people": [{"person": "P001", "pounds": "3,000.00"}]}]})
    books.apply(next_year())
    return books


def minutes(books: Books) -> int:
    return books.balance(FUND, "available", unit="minutes")


def test_the_councils_part_goes_back_and_the_nhs_part_stays(before: Books) -> None:
    before.apply({"fund_terms": terms_of(southgate="back to the funder", northvale="carried forward")})
    had, time = pence(before), minutes(before)
    prepared = before.prepare({"endings": [ending(**YEAR)]})
    assert [said.partition(": ")[2] for said in prepared.said if "step" in said] == [
        "support given and not yet drawn, the provider’s: £0.00", "back to the person (amina): £150.00",
        "not to be paid any more by the person (amina): £400.00", "still to be paid by northvale, for what was used: £60.00",
        "back to southgate: £1,730.00", "not to be paid any more by southgate: £3,600.00",
        "stays in the fund, by the terms of northvale: £2,940.00", f"time that will not be given: {time * 2 // 3 // 60} h 40 m"]
    before.apply({"endings": [ending(**YEAR)]})
    after = pence(before)
    assert had["available"] - after["available"] == 173_000 + 15_000 + 360_000 + 40_000
    assert after["available"] == 500_000 + 294_000
    assert (after["due northvale"], after["owed_funder southgate"], after["owed_person"]) == (300_000, 173_000, 15_000)
    assert time - minutes(before) == time * 2 // 3
    assert verify(before.store, referee=True) == []


def test_what_was_paid_too_much_of_a_contribution_stays_where_the_councils_part_does(before: Books) -> None:
    before.apply({"fund_terms": terms_of(southgate="carried forward", northvale="back to the funder")})
    before.apply({"endings": [ending(**YEAR)]})
    after = pence(before)
    assert (after["due northvale"], after["available"], after.get("owed_person", 0)) == (6_000, 500_000 + 588_000, 0)


def test_a_part_that_somebody_says_leaves_the_rest_to_whose_stays(before: Books) -> None:
    before.apply({"fund_terms": terms_of(southgate="back to the funder", northvale="carried forward")})
    parts = [{"funder": "southgate", "back": "1,700.00"}, {"funder": "amina", "back": "150.00"}]
    said = {key: value for key, value in ending(**YEAR, parts=parts).items() if key not in ("contribution_pounds", "shared")}
    (_, what), = refused(before, {"endings": [said | {"parts": [*parts, {"funder": "northvale", "back": "1.00"}]}]})
    assert what == "isf-P001: By the terms of northvale, what is left of their part stays in the fund."
    before.apply({"endings": [said]})
    assert pence(before)["available"] == 500_000 + 882_000 - 170_000 - 15_000 - 360_000 - 40_000


def test_a_payer_whose_terms_say_nothing_is_still_asked(before: Books) -> None:
    before.apply({"fund_terms": terms_of(northvale="carried forward")})
    (_, what), = refused(before, {"endings": [ending(**YEAR)]})
    assert what == "is not settled: the terms of southgate do not say whether what is left of a year stays or goes back."


def test_after_a_part_stayed_nobody_guesses_how_the_next_year_is_shared(before: Books) -> None:
    before.apply({"fund_terms": terms_of(southgate="back to the funder", northvale="carried forward")})
    before.apply({"endings": [ending(**YEAR)]})
    again = ending(**YEAR) | {"ending": "EN-2", "ended_on": "2027-06-30", "on": "2027-06-30"}
    (_, what), = refused(before, {"endings": [again]})
    assert what.startswith("is not settled: of an earlier year some payers’ part stayed and others’ went back")


def test_a_contracts_end_does_not_pass_over_a_fund_because_another_payers_money_stays(before: Books) -> None:
    before.apply({"fund_terms": terms_of(southgate="back to the funder", northvale="carried forward")})
    (_, what), = refused(before, {"contract_endings": [ENDED]})
    assert what == "isf-P001 goes on under NV-2026, SG-2027."
    before.apply({"endings": [ending(**YEAR)], "contract_endings": [ENDED]})
    assert pence(before)["available"] == 500_000 + 294_000

"""The contracts of the books, with every version of their splits and how far each has come."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from basics.errors import InputError
from isf.split import Method
from ringfence.actions.applying import approve
from ringfence.actions.contracts import Stage, days_to_begin, list_contracts, one_contract
from ringfence.actions.recording import record_content
from ringfence.actions.split_in_books import split_in_books
from ringfence.actions.split_prepare import prepare_split, splits_waiting
from ringfence.actions.verifying import verify
from tests.actions.provider_books import AGREED, OCTOBER, Books, bank_line, block_contract, by_schedule

JANUARY = date(2027, 1, 1)


def stages(books: Books) -> list[tuple[int, Stage]]:
    return [(each.number, each.stage) for each in one_contract(books.asha, "SG-2026").versions]


def test_a_contract_is_told_with_its_sum_what_is_in_funds_kept_back_and_paid_in(agreed: Books) -> None:
    agreed.apply({"contracts": [block_contract(reference="SG-2028", **{"from": "2028-04-01", "to": "2029-03-31"})],
                  "bank_lines": [bank_line("BK-1", "2026-10-01", "1,900.00", instalment={"contract": "SG-2026", "n": 1})]})
    later, now = list_contracts(agreed.asha)
    assert (later.contract.reference, later.versions, later.not_placed_pence) == ("SG-2028", (), 1_200_000)
    assert (now.people, now.allocated_pence, now.kept_back_pence, now.paid_in_pence, now.not_placed_pence) == (2, 1_080_000, 120_000, 190_000, 0)
    assert stages(agreed) == [(1, Stage.IN_FORCE)]
    assert now.in_force is not None
    assert now.in_force.missing == ()
    with pytest.raises(InputError, match="no contract SG-1999"):
        one_contract(agreed.asha, "SG-1999")


def test_a_version_goes_from_draft_to_method_agreed_to_every_sum_approved_to_in_force(agreed: Books) -> None:
    asked = split_in_books(agreed.asha, "SG-2026").asked
    prepared = prepare_split(agreed.asha, asked, Method.EQUAL, again_from=JANUARY)
    assert stages(agreed) == [(1, Stage.IN_FORCE), (2, Stage.DRAFT)]
    waiting, = splits_waiting(agreed.ben)
    assert (waiting.in_words, len(waiting.missing)) == ("version 2 of the split of SG-2026: 2 people, £12,000.00", 3)
    named = {"contract": "SG-2026", "version": 2, **AGREED}
    record_content(agreed.asha, {"methods_agreed": [{**named, "method": "equal"}]}, "x")
    assert stages(agreed)[1:] == [(2, Stage.METHOD_AGREED)]
    assert [each.person for each in one_contract(agreed.asha, "SG-2026").versions[1].missing] == ["P001", "P002"]
    record_content(agreed.asha, {"sums_approved": [{**named, "person": who, "pounds": "5,400.00"} for who in ("P001", "P002")]}, "x")
    assert stages(agreed)[1:] == [(2, Stage.READY)]
    approve(agreed.ben, prepared.digest)
    assert stages(agreed) == [(1, Stage.IN_FORCE), (2, Stage.COMING)]
    agreed.at = datetime(2027, 1, 2, 9, tzinfo=UTC)
    assert stages(agreed) == [(1, Stage.REPLACED), (2, Stage.IN_FORCE)]
    assert split_in_books(agreed.asha, "SG-2026").asked.last_year == {"P001": 570_000, "P002": 510_000}
    assert verify(agreed.store, referee=True) == []


def test_a_draft_that_was_prepared_anew_stands_once(agreed: Books) -> None:
    asked = split_in_books(agreed.asha, "SG-2026").asked
    for method in (Method.EQUAL, Method.HOURS):
        prepare_split(agreed.asha, asked, method, again_from=JANUARY)
    told = one_contract(agreed.asha, "SG-2026").versions[1]
    assert (told.number, told.said.method) == (2, Method.HOURS)


def test_a_split_may_change_from_the_instalments_of_open_months(delivered: Books) -> None:
    assert days_to_begin(delivered.asha, "SG-2026")[0] == date(2026, 10, 1)
    delivered.month_end(OCTOBER)
    assert days_to_begin(delivered.asha, "SG-2026") == [date(2026, 11, 1), date(2026, 12, 1), JANUARY, date(2027, 2, 1), date(2027, 3, 1)]


def test_a_contribution_stands_beside_each_funding_of_the_council(agreed: Books) -> None:
    halves = [("2028-04-01", "2028-09-30"), ("2028-10-01", "2029-03-31")]
    agreed.apply({
        "contracts": [block_contract(reference="SG-2028", **{"from": "2028-04-01", "to": "2029-03-31"})],
        "fundings": [by_schedule("P001", contract="SG-2028", **{"from": first, "to": last}) for first, last in halves],
        "splits": [{"contract": "SG-2028", "version": 1, "method": "equal", "on": "2028-03-01",
                    "people": [{"person": "P001", "contribution_pounds": "600.00"}]}]})
    assert agreed.rows("SELECT g.from_on, g.to_on FROM funding g JOIN funder p ON p.id = g.funder_id JOIN contract c ON c.id = g.contract_id"
                       " WHERE p.reference = 'amina' AND c.reference = 'SG-2028' ORDER BY g.from_on") == halves

"""A contract of the books split for the next year: what is shown is what is prepared, and what is approved early changes nothing now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from basics.errors import InputError, NotAllowed, Refused
from basics.periods import Period
from isf.split import Method
from ringfence.actions.applying import approve
from ringfence.actions.prepared import held_by_files
from ringfence.actions.split_content import as_apply_file, split_content
from ringfence.actions.split_in_books import contracts, known_names, next_period, next_year, split_in_books
from ringfence.actions.split_prepare import prepare_split, splits_waiting
from ringfence.actions.splitting import every_method, shown_by, split_of_content
from ringfence.actions.uploading import rehearsed, sent
from ringfence.actions.verifying import verify
from tests.actions.provider_books import DECEMBER, NOVEMBER, OCTOBER, Books, block_contract, by_schedule, house, visit

BLOCK = "SG-2026"
SPLIT_FILE = """\
contract: SG-2028
sum: {sum}
method: {method}
hours_are: planned a year
people:
  - {{person: P001, hours: 200, cost_per_week: 500.50, budget: 6000.00, own: [{{name: one to one, hours_per_week: 10, rate_per_hour: 20.00}}]}}
  - {{person: P002, hours: 100, cost_per_week: 300.25, budget: 4000.01, separable: yes,
     own: [{{name: one to one, hours_per_week: 5, rate_per_hour: 20.00}}]}}
  - {{person: elm-place-3, empty: yes, hours: 100, cost_per_week: 90, budget: 1000.00}}
houses:
  - {{house: elm-house, places: [P001, P002, elm-place-3], budget: 2000.00,
     shared: [{{name: shared, hours_per_week: 30, rate_per_hour: 30.00}}]}}
"""


@pytest.fixture
def unsplit(agreed: Books) -> Books:
    """A second contract for the same two people, a year and a half later, which nobody has split yet."""
    days = {"from": "2028-04-01", "to": "2029-03-31"}
    agreed.apply({
        "contracts": [block_contract(reference="SG-2028", **days)],
        "houses": [house("P003", None, reference="oak-house", void_paid_by="reserve", contract="SG-2028")],
        "fundings": [by_schedule(person, contract="SG-2028", **days) for person in ("P001", "P002")]})
    return agreed


def test_a_contract_shows_its_people_and_what_stands_in_their_funds(agreed: Books) -> None:
    found = split_in_books(agreed.asha, BLOCK)
    assert (found.contract.payer, found.contract.pence, found.contract.is_split) == ("Southgate Council", 1_200_000, True)
    assert found.asked.last_year == {"P001": 600_000, "P002": 480_000}
    assert [(claim.person, claim.minutes) for claim in found.asked.claims] == [("P001", 12_000), ("P002", 6_000)]
    assert (found.asked.method, found.prepared_by, found.approved_by) == (Method.AMOUNTS, "asha", "ben")
    assert known_names(agreed.asha)["P001"] == "Amina"
    with pytest.raises(InputError, match="no contract SG-1999"):
        split_in_books(agreed.asha, "SG-1999")


def test_a_method_that_cannot_be_done_says_who_is_missing_what(agreed: Books) -> None:
    tried = {each.method: each for each in every_method(split_in_books(agreed.asha, BLOCK).asked)}
    assert [method for method, each in tried.items() if each.shown] == [Method.EQUAL, Method.HOURS, Method.AMOUNTS]
    assert tried[Method.POINTS].missing == ("P001", "P002")


def test_next_year_has_the_same_people_and_last_year_is_what_stands_in_the_books(agreed: Books) -> None:
    asked = next_year(split_in_books(agreed.asha, BLOCK), 1_300_000)
    shown = shown_by(asked, Method.HOURS)
    assert (asked.contract, asked.kept_last_year) == ("SG-2027", {"empty places": 120_000})
    assert {part.person: part.pence for part in shown.split.allocations} == {"P001": 786_667, "P002": 393_333}
    assert (shown.difference_pence("P001"), shown.difference_pence("P002")) == (186_667, -86_667)
    assert shown.last_year_pence == 1_200_000


@pytest.mark.parametrize(("period", "following"), [
    (Period(date(2026, 4, 1), date(2027, 3, 31)), Period(date(2027, 4, 1), date(2028, 3, 31))),
    (Period(date(2026, 10, 1), date(2027, 3, 31)), Period(date(2027, 4, 1), date(2028, 3, 31))),
    (Period(date(2027, 3, 1), date(2028, 2, 29)), Period(date(2028, 3, 1), date(2029, 2, 28))),
])
def test_the_next_year_begins_on_the_day_after(period: Period, following: Period) -> None:
    assert next_period(period) == following


@pytest.mark.parametrize("method", [Method.EQUAL, Method.HOURS])
def test_what_is_prepared_gives_each_person_what_was_shown(agreed: Books, method: Method) -> None:
    asked = next_year(split_in_books(agreed.asha, BLOCK), 1_300_001)
    shown = shown_by(asked, method)
    done = prepare_split(agreed.asha, asked, method, BLOCK)
    with pytest.raises(NotAllowed, match="asha prepared this, so somebody else must approve it"):
        approve(agreed.asha, done.digest)
    waiting, = splits_waiting(agreed.ben)
    assert (waiting.in_words, waiting.stale, waiting.says) == ("the split of SG-2027: 2 people, £13,000.01", "", done.said)
    agreed.approve(done)
    after = split_in_books(agreed.asha, "SG-2027")
    assert after.asked.last_year == {part.person: part.pence for part in shown.split.allocations}
    assert after.contract.period == Period(date(2027, 4, 1), date(2028, 3, 31))
    assert splits_waiting(agreed.ben) == ()
    assert verify(agreed.store, referee=True) == []


def test_preparing_twice_asks_for_one_approval(agreed: Books) -> None:
    asked = next_year(split_in_books(agreed.asha, BLOCK), 1_300_000)
    assert prepare_split(agreed.asha, asked, Method.HOURS, BLOCK) == prepare_split(agreed.asha, asked, Method.HOURS, BLOCK)
    assert len(splits_waiting(agreed.ben)) == 1


def test_a_person_who_pays_a_part_goes_on_paying_it(agreed: Books) -> None:
    asked = next_year(split_in_books(agreed.asha, BLOCK), 1_300_000)
    content = split_content(agreed.asha, asked, Method.HOURS, BLOCK)
    assert {(one["person"], one["funder"]) for one in content["fundings"]} == {  # type: ignore[attr-defined]
        ("P001", "southgate"), ("P001", "amina"), ("P002", "southgate")}
    agreed.approve(prepare_split(agreed.asha, asked, Method.HOURS, BLOCK))
    assert agreed.balance("isf-P001", "due", "amina") == 60_000 + 60_000


def test_next_years_money_approved_early_never_hides_this_years_overspend(delivered: Books) -> None:
    """Amina's £6,000.00 is used up in October; next year's is not hers to use yet."""
    days = [f"2026-10-{day}" for day in range(11, 31)]
    delivered.visits(*(visit(f"V-{day}", "P001", day, "08:00", "22:00", row=n) for n, day in enumerate(days, start=2)))
    before = delivered.preview()
    asked = next_year(split_in_books(delivered.asha, BLOCK), 1_300_000)
    delivered.approve(prepare_split(delivered.asha, asked, Method.HOURS, BLOCK))
    assert delivered.preview().digest == before.digest
    delivered.month_end(OCTOBER)
    assert delivered.balance("isf-P001", "borne") > 0
    delivered.month_end(NOVEMBER)
    delivered.month_end(DECEMBER)
    assert verify(delivered.store, referee=True) == []


def test_a_contract_that_is_not_split_yet_has_the_hours_of_the_plans_and_its_empty_places(unsplit: Books) -> None:
    found = split_in_books(unsplit.asha, "SG-2028")
    assert not found.contract.is_split
    assert [(claim.person, claim.minutes, claim.empty_place) for claim in found.asked.claims] == [
        ("P001", None, False), ("P002", None, False), ("oak-house, place 2", None, True)]
    assert found.asked.method is Method.EQUAL
    assert [each.reference for each in contracts(unsplit.asha)] == ["SG-2028", BLOCK]


def test_an_empty_place_keeps_its_part_in_the_reserve_and_raises_nobodys(unsplit: Books) -> None:
    asked = split_in_books(unsplit.asha, "SG-2028").asked
    unsplit.approve(prepare_split(unsplit.asha, asked, Method.EQUAL))
    assert split_in_books(unsplit.asha, "SG-2028").asked.last_year == {"P001": 400_000, "P002": 400_000}
    assert unsplit.balance("reserve-SG-2028", "available") == 400_000


@pytest.mark.parametrize("method", ["equal", "hours", "cost", "layers", "budgets", "household"])
def test_a_split_file_is_prepared_to_the_penny_whatever_its_method(unsplit: Books, method: str) -> None:
    asked = split_of_content(SPLIT_FILE.format(sum="12000.00", method=method).encode(), "next.split.yaml")
    shown = shown_by(asked, asked.method)
    unsplit.approve(prepare_split(unsplit.asha, asked, asked.method))
    people = {part.person: part.pence for part in shown.split.allocations if not part.empty_place}
    assert split_in_books(unsplit.asha, "SG-2028").asked.last_year == people
    assert unsplit.balance("reserve-SG-2028", "available") == 1_200_000 - sum(people.values())


def test_a_household_split_of_the_books_goes_on_by_household_with_its_empty_place(unsplit: Books) -> None:
    unsplit.apply({"splits": [{"contract": "SG-2028", "version": 1, "method": "household", "on": "2026-05-20",
                               "houses": [{"house": "elm-house", "places": 3, "budget_pounds": "900.00"}],
                               "people": [{"person": "P001", "budget_pounds": "500.00", "house": "elm-house", "separable": False},
                                          {"person": "P002", "budget_pounds": "200.00", "house": "elm-house"}]}]})
    found = split_in_books(unsplit.asha, "SG-2028")
    assert found.agreed is not None
    assert {each.person: each.separable for each in found.agreed.people} == {"P001": False, "P002": None}
    assert found.asked.last_year == {"P001": 600_000, "P002": 375_000}  # 800, 500 and 300 of 1,600 pounds
    following = shown_by(next_year(found, 1_600_000), Method.HOUSEHOLD)
    assert {each.person: (each.pence, each.over_budget_pence) for each in following.split.allocations} == {
        "P001": (800_000, 720_000), "P002": (500_000, 450_000), "elm-house, place 3": (300_000, 270_000)}
    assert unsplit.balance("reserve-SG-2028", "available") == 225_000


def test_a_split_of_another_sum_or_an_unknown_contract_is_not_prepared(unsplit: Books) -> None:
    asked = split_of_content(SPLIT_FILE.format(sum="12000.01", method="hours").encode(), "next.split.yaml")
    with pytest.raises(Refused, match=r"is £12,000.00 in the books, and this split is of £12,000.01"):
        prepare_split(unsplit.asha, asked, Method.HOURS)
    strange = split_of_content(SPLIT_FILE.format(sum="1.00", method="hours").replace("SG-2028", "SG-9").encode(), "next.split.yaml")
    with pytest.raises(Refused, match="SG-9: is not a contract of the books"):
        prepare_split(unsplit.asha, strange, Method.HOURS)


def test_the_file_that_is_downloaded_does_the_same_as_preparing(agreed: Books, tmp_path: Path) -> None:
    asked = next_year(split_in_books(agreed.asha, BLOCK), 1_300_000)
    file = as_apply_file(split_content(agreed.asha, asked, Method.HOURS, BLOCK))
    would = rehearsed(agreed.asha, sent("apply", file, "SG-2027.apply.yaml"))
    assert would == prepare_split(agreed.asha, asked, Method.HOURS, BLOCK)


def test_a_prepared_split_that_was_done_in_another_way_no_longer_waits_to_be_approved(agreed: Books) -> None:
    found = split_in_books(agreed.asha, BLOCK)
    first = prepare_split(agreed.asha, next_year(found, 1_300_000), Method.HOURS, BLOCK)
    second = prepare_split(agreed.asha, next_year(found, 1_300_000), Method.EQUAL, BLOCK)
    agreed.approve(second)
    waiting, = splits_waiting(agreed.ben)
    assert waiting.digest == first.digest
    assert "split" in waiting.stale


def test_what_waits_is_called_by_the_sum_that_its_own_file_says(agreed: Books) -> None:
    found = split_in_books(agreed.asha, BLOCK)
    first = prepare_split(agreed.asha, next_year(found, 1_300_000), Method.HOURS, BLOCK)
    second = prepare_split(agreed.asha, next_year(found, 1_400_000), Method.HOURS, BLOCK)
    assert {digest: words.split(", with ")[0] for digest, words in held_by_files(agreed.ben).items()} == {
        each.digest: each.in_words for each in splits_waiting(agreed.ben)}
    agreed.approve(second)
    waiting, = splits_waiting(agreed.ben)
    assert (waiting.digest, waiting.pence) == (first.digest, 1_300_000)
    assert held_by_files(agreed.ben) == {first.digest: "the split of SG-2027: 2 people, £13,000.00, with 1 contract and 3 fundings"}

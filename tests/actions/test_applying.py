"""Applying a file of agreements and money: prepared by one, approved by another, and only then does it count."""

from __future__ import annotations

from copy import deepcopy

import pytest

from basics.errors import InputError, NotAllowed
from basics.money import Money
from ringfence.actions.applying import approve
from ringfence.actions.verifying import verify
from tests.actions.provider_books import (
    NOVEMBER,
    OCTOBER,
    Books,
    agreements,
    bank_line,
    block_contract,
    by_delivery,
    part,
    plan_line,
    rate,
    refused,
)


def kept(books: Books) -> dict[str, int]:
    """What is there besides what was prepared."""
    return {table: rows for table, rows in books.everything().items() if table != "batch"}


# who prepares, and who approves


def test_what_is_prepared_does_not_count_until_another_person_approves_it(peopled: Books) -> None:
    before = kept(peopled)
    prepared = peopled.prepare(agreements())
    assert not prepared.approved
    assert kept(peopled) == before
    approved = approve(peopled.ben, prepared.digest)
    assert approved.approved
    assert sorted(approved.said) == sorted(prepared.said)
    assert peopled.balance("isf-P001", "available") == 600_000


def test_nobody_approves_what_they_prepared(peopled: Books) -> None:
    digest = peopled.prepare(agreements()).digest
    before = peopled.everything()
    with pytest.raises(NotAllowed, match="somebody else"):
        approve(peopled.asha, digest)
    assert peopled.everything() == before


def test_a_stranger_neither_prepares_nor_approves(peopled: Books) -> None:
    digest = peopled.prepare(agreements()).digest
    with pytest.raises(NotAllowed, match="not a user"):
        approve(peopled.acting("carla"), digest)


def test_the_beginning_of_a_digest_names_it_and_an_unknown_one_names_nothing(peopled: Books) -> None:
    digest = peopled.prepare(agreements()).digest
    with pytest.raises(InputError, match="Nothing was prepared"):
        approve(peopled.ben, "0" * 64)
    with pytest.raises(InputError, match="too short"):
        approve(peopled.ben, digest[:7])
    assert approve(peopled.ben, digest[:12]).approved


def test_the_same_file_twice_changes_nothing(agreed: Books) -> None:
    before = agreed.everything()
    again = agreed.prepare(agreements())
    assert (again.digest, again.said) == ("", ())
    assert agreed.everything() == before


def test_the_same_digest_twice_counts_once(peopled: Books) -> None:
    digest = peopled.prepare(agreements()).digest
    approve(peopled.ben, digest)
    before = peopled.everything()
    assert approve(peopled.ben, digest).approved
    assert peopled.everything() == before


def test_the_order_of_the_items_does_not_change_the_digest(peopled: Books) -> None:
    turned = {name: list(reversed(items)) if isinstance(items, list) else items for name, items in agreements().items()}
    turned["splits"] = [{**turned["splits"][0], "people": list(reversed(turned["splits"][0]["people"]))}]
    assert peopled.prepare(turned).digest == peopled.prepare(agreements()).digest
    assert approve(peopled.ben, peopled.prepare(turned).digest).approved


def test_what_changed_the_books_in_between_refuses_the_old_digest(agreed: Books) -> None:
    line = bank_line("BK-1", "2026-10-06", "150.00", "provider", parts=[part("isf-P001", "100.00", "contribution", "amina")])
    digest = agreed.prepare({"bank_lines": [line]}).digest
    agreed.apply({"bank_lines": [line], "rates": [rate("outreach-hour", "24.50", "2026-04-01", "2027-03-31")]})
    with pytest.raises(NotAllowed, match="have changed since asha prepared"):
        approve(agreed.ben, digest)
    assert agreed.balance("isf-P001", "with_provider") == 10_000


# agreements


def test_a_changed_rate_is_a_new_version_and_an_issued_invoice_stays_as_it_is(issued: Books) -> None:
    invoice = issued.invoices()[502]
    changed = issued.apply({"rates": [rate("outreach-hour", "30.00", "2026-04-01", "2027-03-31")]})
    assert changed.said == ("Changed: rate outreach-hour: £30.00 for each hour, 1 April 2026 to 31 March 2027",)
    assert issued.rows("SELECT version, pounds FROM rate WHERE code = 'outreach-hour' AND from_on = '2026-04-01' ORDER BY version") == [
        (1, "24"), (2, "30")]
    assert issued.invoices()[502] == invoice
    assert issued.preview(NOVEMBER).charges == ()
    assert verify(issued.store) == []


def test_what_is_changed_back_and_changed_again_is_approved_each_time(agreed: Books) -> None:
    digests = set[str]()
    for pounds in ("24.50", "24.00", "24.50"):
        digests.add(agreed.apply({"rates": [rate("outreach-hour", pounds, "2026-04-01", "2027-03-31")]}).digest)
    assert len(digests) == 3
    assert agreed.rows("SELECT version, pounds FROM rate WHERE code = 'outreach-hour' AND from_on = '2026-04-01' ORDER BY version") == [
        (1, "24"), (2, "24.5"), (3, "24"), (4, "24.5")]


def test_a_contract_that_is_kept_is_not_rewritten(agreed: Books) -> None:
    (place, what), = refused(agreed, {"contracts": [block_contract(pounds="13,000.00")]})
    assert place == "agreed.yaml, contracts, item 1 (SG-2026)"
    assert what == "says something else than the contract that is kept."


def test_everything_that_is_wrong_in_the_file_itself_is_told_at_once(agreed: Books) -> None:
    found = refused(agreed, {
        "rates": [rate("a", "-1.00", "2026-04-01", "2027-03-31"), rate("b", "1.00", "2027-04-01", "2027-03-31")],
        "fundings": [by_delivery("P005", "southgate"), by_delivery("P005", "northvale")],
        "plan": [plan_line("P004", "singing")],
        "guesses": [],
    })
    assert [place for place, _ in found] == [
        "agreed.yaml", "agreed.yaml, rates, item 1 (a), pounds", "agreed.yaml, rates, item 2 (b), to",
        "agreed.yaml, plan, item 1 (P004-singing)", "agreed.yaml, fundings, item 2 (P005), share"]


def test_everything_that_is_wrong_beside_the_books_is_told_at_once_with_its_place(agreed: Books) -> None:
    before = agreed.everything()
    found = refused(agreed, {
        "fundings": [by_delivery("P009", "southgate"), by_delivery("P005", "eastgate"), by_delivery("P004", "southgate", terms="Gold")],
        "plan": [plan_line("P004", "singing", 60, rate="gold-hour")],
        "bank_lines": [bank_line("BK-1", "2026-10-06", "10.00", parts=[part("isf-P004", "10.00", funder="southgate")])],
        "splits": [{"contract": "NV-2026", "version": 1, "method": "equal", "on": "2026-10-01", "people": [{"person": "P001"}]}],
    })
    assert found == [
        ("agreed.yaml, fundings, item 1 (P009), person", "“P009” is not a person here."),
        ("agreed.yaml, fundings, item 2 (P005), funder", "“eastgate” is not a funder here."),
        ("agreed.yaml, fundings, item 3 (P004), terms", "“Gold” are not terms here."),
        ("agreed.yaml, plan, item 1 (P004-singing), rate", "“gold-hour” is not a rate here."),
        ("agreed.yaml, splits, item 1 (NV-2026), contract", "“NV-2026” is not a contract here."),
        ("agreed.yaml, bank_lines, item 1 (BK-1), parts, item 1 (P004), person", "P004 has no isf fund here."),
    ]
    assert agreed.everything() == before


# a contract divided


def test_a_split_is_the_whole_contract_with_net_contributions_and_the_reserve(agreed: Books) -> None:
    promised = {fund: {role: pence for role, pence in found.items() if role.startswith("due")} for fund, found in agreed.balances().items()}
    assert promised == {"isf-P001": {"due southgate": 540_000, "due amina": 60_000}, "isf-P002": {"due southgate": 480_000},
                        "reserve-SG-2026": {"due southgate": 120_000}}
    assert sum(pence for found in promised.values() for pence in found.values()) == 1_200_000
    assert agreed.balance("isf-P001", "available", unit="minutes") == 12_000


def test_the_instalments_of_each_fund_add_to_its_allocation(agreed: Books) -> None:
    found = agreed.rows("SELECT f.key, u.reference, count(*), sum(p.pence) FROM schedule_part p JOIN fund f ON f.id = p.fund_id"
                        " JOIN funder u ON u.id = p.funder_id GROUP BY f.key, u.reference ORDER BY f.key, u.reference")
    assert found == [("isf-P001", "amina", 6, 60_000), ("isf-P001", "southgate", 6, 540_000), ("isf-P002", "southgate", 6, 480_000),
                     ("reserve-SG-2026", "southgate", 6, 120_000)]


def test_a_contribution_is_never_more_than_the_allocation(peopled: Books) -> None:
    content = agreements()
    content["splits"][0]["people"][0]["contribution_pounds"] = "6,000.01"
    assert refused(peopled, content) == [
        ("agreed.yaml, splits, item 1 (SG-2026), people, item 1 (P001), contribution_pounds",
         "is £6,000.01, more than the allocation of £6,000.00.")]


def test_a_place_in_a_list_names_the_person_even_where_the_people_are_not_in_order(peopled: Books) -> None:
    content = agreements()
    content["splits"][0]["people"][0]["contribution_pounds"] = "6,000.01"
    content["splits"][0]["people"].reverse()
    (place, _), = refused(peopled, content)
    assert place.endswith("people, item 2 (P001), contribution_pounds")


# what is brought over from earlier books

OPENING = {"opening": "go-live", "on": "2026-10-31", "control": {"held_only": "1,528.60", "overspent": "84.15"}, "funds": [
    {"person": "P001", "fund": "isf", "held_only": "1,126.60"}, {"person": "P002", "fund": "isf", "overspent": "84.15"},
    {"person": "P005", "fund": "isf", "held_only": "402.00"}]}


@pytest.fixture
def going_live(peopled: Books) -> Books:
    """Three funds under a contract that pays from 1 November, with nothing divided yet."""
    content = agreements()
    del content["splits"]
    content["contracts"] = [block_contract(**{"from": "2026-11-01"}, pounds="10,000.00")]
    content["fundings"] = [{"person": person, "fund": "isf", "funder": "southgate", "how": "schedule", "contract": "SG-2026",
                            "terms": "Block", "from": "2026-11-01", "to": "2027-03-31"} for person in ("P001", "P002", "P005")]
    content["plan"], content["houses"] = [], []
    peopled.apply(content)
    return peopled


def test_an_overspend_brought_over_is_carried_by_the_provider_and_never_taken_off_another_person(going_live: Books) -> None:
    going_live.apply({"openings": [OPENING]})
    assert going_live.balances() == {
        "isf-P001": {"held": 112_660, "available": 112_660},
        "isf-P002": {"borne": 8_415, "owed_provider": 8_415},
        "isf-P005": {"held": 40_200, "available": 40_200},
    }
    held = sum(found.get("held", 0) for found in going_live.balances().values())
    assert Money(held) == Money.parse("1,528.60")
    assert {each.fund_key: (each.money.closing_pence, each.carried_pence) for each in going_live.preview(OCTOBER).statements} == {
        "isf-P001": (112_660, 0), "isf-P002": (0, 8_415), "isf-P005": (40_200, 0)}


@pytest.mark.parametrize("wrong", [{"held_only": "1,444.45", "overspent": "84.15"}, {"held_only": "1,528.60"},
                                   {"held_only": "1,528.60", "overspent": "84.15", "used": "1.00"}])
def test_an_opening_that_does_not_come_to_its_control_totals_is_refused(going_live: Books, wrong: dict[str, str]) -> None:
    before = going_live.everything()
    assert refused(going_live, {"openings": [{**OPENING, "control": wrong}]})
    assert going_live.everything() == before


def test_an_overspend_is_not_written_as_money_below_nil(going_live: Books) -> None:
    funds = [{"person": "P001", "fund": "isf", "held_only": "1,126.60"}, {"person": "P002", "fund": "isf", "held_only": "-84.15"},
             {"person": "P005", "fund": "isf", "held_only": "402.00"}]
    (place, what), = refused(going_live, {"openings": [{**OPENING, "control": {"held_only": "1,444.45"}, "funds": funds}]})
    assert "P002" in place
    assert "below nil" in what


def test_an_opening_is_brought_over_once(going_live: Books) -> None:
    going_live.apply({"openings": [OPENING]})
    assert going_live.prepare({"openings": [OPENING]}).digest == ""
    funds = [{"person": "P001", "fund": "isf", "held_only": "1,528.60"}]
    (place, what), *_ = refused(going_live, {"openings": [{**OPENING, "control": {"held_only": "1,528.60"}, "funds": funds}]})
    assert "openings" in place
    assert "says something else than the opening" in what


def test_an_approved_split_is_not_changed_by_a_file_nor_passed_over(agreed: Books) -> None:
    content = agreements()
    wanted = content["splits"][0]
    assert agreed.prepare({"splits": [wanted]}).digest == ""
    other = [{**wanted["people"][0], "pounds": "6,000.01"}, {**wanted["people"][1], "pounds": "4,799.99"}]
    (place, what), *_ = refused(agreed, {"splits": [{**wanted, "people": other}]})
    assert "splits" in place
    assert "says something else than the split of SG-2026" in what


def test_what_is_paid_by_instalments_cannot_be_turned_into_by_delivery(agreed: Books) -> None:
    paid = next(each for each in agreements()["fundings"] if each["how"] == "schedule")
    (place, what), *_ = refused(agreed, {"fundings": [{**{key: value for key, value in paid.items() if key != "contract"}, "how": "delivery"}]})
    assert "fundings" in place
    assert "by the instalments of a contract" in what


# extras


def test_an_extra_is_promised_and_may_be_used(agreed: Books) -> None:
    more = {"extra": "EX-1", "person": "P002", "fund": "isf", "funder": "southgate", "pounds": "100.00", "minutes": 250,
            "on": "2026-10-14", "words": "More outreach"}
    agreed.apply({"extras": [more]})
    assert (agreed.balance("isf-P002", "due", "southgate"), agreed.balance("isf-P002", "available")) == (490_000, 490_000)
    assert agreed.balance("isf-P002", "available", unit="minutes") == 6_250
    assert agreed.prepare({"extras": [more]}).digest == ""


def test_every_section_is_approved_as_it_was_prepared(peopled: Books) -> None:
    content = deepcopy(agreements())
    content["bank_lines"] = [bank_line("BK-1", "2026-10-06", "1,900.00", instalment={"contract": "SG-2026", "n": 1})]
    content["extras"] = [{"extra": "EX-1", "person": "P002", "fund": "isf", "funder": "southgate", "pounds": "10.00", "on": "2026-10-14",
                          "words": "More"}]
    peopled.apply(content)
    assert peopled.balance("isf-P002", "held") == 80_000
    assert verify(peopled.store, referee=True) == []

"""A split has a life: prepared, its method agreed, each sum approved, in force from a day; and a later version divides what is still to come."""

from __future__ import annotations

from typing import Any

import pytest

from basics.errors import Refused
from ringfence.actions.applying import approve, what_it_would_do
from ringfence.actions.recording import record_content
from ringfence.actions.split_agreements import agreements_of
from ringfence.actions.split_in_books import split_in_books
from ringfence.actions.verifying import verify
from ringfence.store import batches, schema
from ringfence.store.closings import PartOfInstalment, change_part
from ringfence.store.registry import ids
from tests.actions.provider_books import (
    AGREED,
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    Books,
    bank_line,
    block_contract,
    by_schedule,
    part,
    refused,
    ties,
    visit,
)

P1, P2, RESERVE = "isf-P001", "isf-P002", "reserve-SG-2026"


def version(n: int = 2, first: str = "5,000.00", second: str = "5,800.00", **changed: Any) -> dict[str, Any]:
    """From December: £1,000.00 of a whole contract moves from P001 to P002, so £666.67 of the four months to come."""
    people = [{"person": "P001", "pounds": first, "contribution_pounds": "600.00"}, {"person": "P002", "pounds": second}]
    return {"splits": [{"contract": "SG-2026", "version": n, "method": "amounts", "on": "2026-11-20", "from": "2026-12-01",
                        "top_slices": [{"name": "empty places", "pounds": "1,200.00"}], "people": people, **changed}]}


def asked_of(books: Books, fund: str, payer: str = "southgate") -> list[int]:
    """Each instalment as it stands, in pence."""
    return [row[0] for row in books.rows(
        "SELECT s.pence FROM schedule_standing s JOIN schedule_row r ON r.id = s.schedule_row_id JOIN fund f ON f.id = s.fund_id"
        " JOIN funder u ON u.id = s.funder_id WHERE f.key = :fund AND u.reference = :payer ORDER BY r.n", fund=fund, payer=payer)]


def whats(books: Books, content: dict[str, Any]) -> list[str]:
    return [what for _, what in refused(books, content)]


# what must be agreed first


def test_a_split_is_not_in_force_before_the_method_and_every_sum_are_agreed_and_all_that_is_missing_is_told(agreed: Books) -> None:
    prepared = agreed.prepare(version())
    with pytest.raises(Refused) as told:
        approve(agreed.ben, prepared.digest)
    assert [(each.place, each.what) for each in told.value.problems] == [
        ("SG-2026, version 2", "the council has not agreed the method, amounts."),
        ("SG-2026, version 2, P001", "the social work team has not approved £5,000.00, £1,000.00 less than before."),
        ("SG-2026, version 2, P002", "the social work team has not approved £5,800.00, £1,000.00 more than before.")]
    same = agreed.prepare(version(first="6,000.00", second="4,300.00", top_slices=[{"name": "empty places", "pounds": "1,700.00"}]))
    assert [each.missing.what for each in agreements_of(agreed.asha, same.digest)][1:] == [
        "the social work team has not approved £6,000.00, as much as before.",
        "the social work team has not approved £4,300.00, £500.00 less than before."]
    record_content(agreed.asha, {"methods_agreed": [{"contract": "SG-2026", "version": 2, "method": "amounts", **AGREED}],
                                 "sums_approved": [{"contract": "SG-2026", "version": 2, "person": "P001", "pounds": "5,000.00", **AGREED}]}, "x")
    with pytest.raises(Refused) as told:
        approve(agreed.ben, prepared.digest)
    assert [each.place for each in told.value.problems] == ["SG-2026, version 2, P002"]
    assert agreed.balance(P1, "available") == 600_000
    record_content(agreed.asha, {"sums_approved": [{"contract": "SG-2026", "version": 2, "person": "P002", "pounds": "5,800.00", **AGREED}]}, "x")
    approve(agreed.ben, prepared.digest)
    assert agreed.balance(P1, "available") == 533_333


def test_an_approval_is_of_just_that_sum_and_that_method(agreed: Books) -> None:
    record_content(agreed.asha, {
        "methods_agreed": [{"contract": "SG-2026", "version": 2, "method": "hours", **AGREED}],
        "sums_approved": [{"contract": "SG-2026", "version": 2, "person": who, "pounds": "5,400.00", **AGREED} for who in ("P001", "P002")]}, "x")
    with pytest.raises(Refused) as told:
        approve(agreed.ben, agreed.prepare(version()).digest)
    assert [each.what for each in told.value.problems] == [
        "the council agreed “hours”, and the split is by amounts.", "£5,400.00 was approved, and the split gives £5,000.00.",
        "£5,400.00 was approved, and the split gives £5,800.00."]


def test_an_empty_place_raises_nobodys_share_before_each_sum_is_approved_anew(agreed: Books) -> None:
    """P001 moves out in December, and a file shares her part among whoever is left."""
    content = version(method="equal", people=[{"person": "P002"}])
    with pytest.raises(Refused) as told:
        approve(agreed.ben, agreed.prepare(content).digest)
    assert told.value.problems[-1].what == "the social work team has not approved £10,800.00, £6,000.00 more than before."


# where nobody was asked yet


def test_what_was_previewed_is_posted_and_every_instalment_keeps_its_sum(agreed: Books) -> None:
    prepared = agreed.prepare(version())
    assert what_it_would_do(agreed.ben, prepared.digest).said == prepared.said
    assert [each for each in prepared.said if each.startswith("Changed")] == [
        "Changed: isf-P002 has £5,466.67 of SG-2026 from southgate, and had £4,800.00: £666.67 more",
        "Changed: isf-P001 has £4,733.33 of SG-2026 from southgate, and had £5,400.00: £666.67 less"]
    agreed.approve(prepared)
    assert (asked_of(agreed, P1), asked_of(agreed, P2)) == (
        [90_000, 90_000, 73_333, 73_334, 73_333, 73_333], [80_000, 80_000, 96_667, 96_666, 96_667, 96_667])
    assert asked_of(agreed, P1, "amina") == [10_000] * 6, "who has the same of the whole keeps every part"
    assert (agreed.balance(P1, "available"), agreed.balance(P2, "available")) == (533_333, 546_667)
    assert (agreed.balance(P1, "due", "southgate"), agreed.balance(P2, "due", "southgate")) == (473_333, 546_667)
    assert verify(agreed.store, referee=True) == []


def test_the_same_again_is_no_change_and_another_content_or_number_is_refused(agreed: Books) -> None:
    agreed.apply(version())
    assert agreed.prepare(version()).said == ()
    assert whats(agreed, version(first="4,000.00", second="6,800.00")) == [
        "says something else than version 2 of the split of SG-2026, which is approved."]
    assert whats(agreed, version(4)) == ["is 4, and the next of SG-2026 is 3."]


def test_a_third_version_follows_the_second_and_the_contract_is_whole_in_each(agreed: Books) -> None:
    agreed.apply(version())
    agreed.apply(version(3, "6,000.00", "4,800.00", **{"from": "2027-02-01"}))
    assert asked_of(agreed, P1)[4:] == [90_000, 90_000]
    assert sum(asked_of(agreed, P1) + asked_of(agreed, P2)) + 60_000 + 120_000 == 1_200_000
    assert split_in_books(agreed.asha, "SG-2026").asked.last_year == {"P001": 566_667, "P002": 513_333}
    assert verify(agreed.store, referee=True) == []


def test_hours_change_with_the_pounds(agreed: Books) -> None:
    people = [{"person": "P001", "pounds": "5,000.00", "contribution_pounds": "600.00", "minutes": 9_000},
              {"person": "P002", "pounds": "5,800.00", "minutes": 9_000}]
    agreed.apply(version(people=people))
    assert [agreed.balance(fund, "available", unit="minutes") for fund in (P1, P2)] == [10_000, 8_000]


def test_next_years_split_is_changed_before_it_begins_and_none_of_it_is_this_years_to_use(agreed: Books) -> None:
    agreed.apply(version(**{"from": "2026-10-01"}))
    assert (agreed.balance(P1, "available"), agreed.balance(P2, "available")) == (500_000, 580_000)


def test_a_statement_of_each_fund_says_what_changed(delivered: Books) -> None:
    delivered.apply(version(**{"from": "2026-11-01"}))
    delivered.month_end(OCTOBER)
    said = {fund: delivered.draft(fund, NOVEMBER).changes for fund in (P1, P2)}
    assert said == {P1: ("From 1 November 2026, Southgate Council pays £4,566.67 of SG-2026 for this fund, and not £5,400.00.",),
                    P2: ("From 1 November 2026, Southgate Council pays £5,633.33 of SG-2026 for this fund, and not £4,800.00.",)}


# after the money has come


@pytest.fixture
def paid(agreed: Books) -> Books:
    """October and November are closed, and the council has paid three instalments: December’s too, of which nothing is used yet."""
    agreed.visits(visit("V-1", "P001", "2026-10-05", "09:00", "19:00"), visit("V-2", "P001", "2026-11-05", "09:00", "19:00"))
    for month in (OCTOBER, NOVEMBER):
        agreed.month_end(month)
    agreed.apply({"bank_lines": [bank_line(f"BK-{n}", f"2026-12-0{n}", "1,900.00", instalment={"contract": "SG-2026", "n": n}) for n in (1, 2, 3)]})
    return agreed


def test_money_that_came_goes_back_to_who_paid_it_and_comes_again_for_another(paid: Books) -> None:
    """December is paid: £166.67 of it goes back out of one fund, and the council pays it into the other. The three months to come change."""
    prepared = paid.prepare(version())
    assert [each for each in prepared.said if "bank line of its own" in each] == [
        "southgate pays £166.67 of it for isf-P002 by a bank line of its own, because its instalment was asked for",
        "£166.67 goes back to southgate out of isf-P001, by a bank line of its own, because it was asked for already"]
    paid.approve(prepared)
    assert (asked_of(paid, P1)[2:], asked_of(paid, P2)[2:]) == ([90_000, 73_334, 73_333, 73_333], [80_000, 96_666, 96_667, 96_667])
    assert (paid.balance(P1, "owed_funder", "southgate"), paid.balance(P1, "held")) == (16_667, 270_000)
    assert (paid.balance(P2, "due", "southgate"), paid.balance(P2, "held")) == (29_0000 + 16_667, 240_000)
    paid.apply({"bank_lines": [
        bank_line("BK-4", "2026-12-08", "-166.67", parts=[part(P1, "166.67", "back to funder", "southgate")]),
        bank_line("BK-5", "2026-12-08", "166.67", parts=[part(P2, "166.67", funder="southgate")])]})
    assert (paid.balance(P1, "held"), paid.balance(P2, "held")) == (253_333, 256_667)
    paid.month_end(DECEMBER)
    one, other = (paid.statement(fund, DECEMBER) for fund in (P1, P2))
    assert [line.words for line in one.money.paid_out if "back" in line.words] == ["Given back to Southgate Council, on 8 December"]
    assert "£4,733.33 of SG-2026 for this fund, and not £5,400.00." in one.changes[0]
    assert "£5,466.67 of SG-2026 for this fund, and not £4,800.00." in other.changes[0]
    ties(paid.statements().values())
    assert verify(paid.store, referee=True) == []


def test_a_version_after_that_one_still_knows_what_was_paid(paid: Books) -> None:
    paid.apply(version())
    paid.apply(version(3, "6,000.00", "4,800.00", **{"from": "2027-01-01"}))
    assert (asked_of(paid, P1)[2:], asked_of(paid, P2)[2:]) == ([90_000] * 4, [80_000] * 4)
    assert paid.balance(P1, "owed_funder", "southgate") == 16_667, "what is to go back for December still goes back"
    assert verify(paid.store, referee=True) == []


def test_never_more_goes_back_than_the_fund_still_holds(agreed: Books) -> None:
    """Amina’s support has cost £2,640.00 of the £2,700.00 that came for her: £166.67 is not there to go back."""
    agreed.visits(*(visit(f"V-{day}", "P001", f"2026-10-{day:02}", "09:00", "19:00") for day in range(1, 12)))
    agreed.month_end(OCTOBER)
    agreed.apply({"bank_lines": [bank_line(f"BK-{n}", f"2026-11-0{n}", "1,900.00", instalment={"contract": "SG-2026", "n": n}) for n in (1, 2, 3)]})
    assert whats(agreed, version()) == ["would give back £166.67 out of isf-P001, which holds £60.00 that is not owed to anybody."]


def test_what_was_asked_for_and_not_paid_is_not_moved(agreed: Books) -> None:
    """The council paid December for P002 and not for P001."""
    agreed.apply({"bank_lines": [bank_line("BK-1", "2026-12-01", "2,400.00", parts=[part(P2, "2,400.00", funder="southgate")])]})
    assert whats(agreed, version())[0] == "takes back £166.67 of what southgate was asked for isf-P001, and £900.00 of it has not been paid."


def test_a_resplit_of_a_closed_month_is_refused_with_the_days_that_are_left(paid: Books) -> None:
    assert whats(paid, version(**{"from": "2026-11-01"})) == ["is in a month that is closed: the books are, to the end of November 2026."]
    assert whats(paid, version(**{"from": "2026-12-02"})) == ["is not the first day of an instalment of SG-2026."]


def test_a_part_never_goes_below_what_was_used(agreed: Books) -> None:
    """Amina has used £2,400.00 of £6,000.00 by the end of October, and £4,000.00 were to go to another from November."""
    agreed.visits(*(visit(f"V-{day}", "P001", f"2026-10-{day:02}", "09:00", "19:00") for day in range(1, 11)))
    agreed.month_end(OCTOBER)
    assert whats(agreed, version(first="600.00", second="10,200.00", **{"from": "2026-11-01"})) == [
        "takes £4,500.00 off isf-P001, and £3,600.00 of it is not used: a part never goes below what was used."]


def test_a_fund_that_has_ended_is_left_as_it_is(agreed: Books) -> None:
    agreed.apply({"endings": [{"ending": "EN-1", "person": "P002", "fund": "isf", "why": "left", "ended_on": "2026-11-30", "on": "2026-11-30",
                               "words": "He moves"}]})
    assert "would change isf-P002, which has ended." in whats(agreed, version())


def test_a_version_and_a_raw_change_of_an_instalment_are_told_apart(agreed: Books) -> None:
    """Two people may approve a row that nobody should have written: the check of the books sees that no version of the split says it."""
    agreed.apply(version())
    with agreed.store.writing() as connection:
        batch = batches.open_batch(connection, kind="by hand", key="x", digest="x" * 64, prepared_by="asha",
                                   recorded_at=agreed.asha.recorded_at, body="")
        fund, payer = ids(connection, schema.fund, "key")[P2], ids(connection, schema.funder)["southgate"]
        change_part(connection, PartOfInstalment(6, fund, payer), 100_000, batch)
        batches.approve(connection, batch, "ben", agreed.ben.recorded_at)
    assert [(each.place, each.what) for each in verify(agreed.store)] == [
        ("contract SG-2026, instalment 6", "asks £33.33 more for isf-P002 than any version of its split says.")]


# the minutes of a year


def test_minutes_of_a_year_are_no_agreement_for_a_contract_of_half_a_year(agreed: Books) -> None:
    days = {"from": "2027-04-01", "to": "2027-09-30"}
    content: dict[str, Any] = {
        "contracts": [block_contract(reference="SG-2027", pounds="6,000.00", **days)], "fundings": [by_schedule("P001", contract="SG-2027", **days)],
        "splits": [{"contract": "SG-2027", "version": 1, "method": "amounts", "on": "2027-03-01",
                    "people": [{"person": "P001", "pounds": "6,000.00", "minutes_per_year": 31_200}]}]}
    assert whats(agreed, content) == ["is for a year, and SG-2027 lasts 183 days."]
    content["splits"][0]["people"][0]["minutes"] = 15_600
    assert whats(agreed, content) == ["has “minutes” and “minutes_per_year”, which rule each other out."]
    had = agreed.balance(P1, "available", unit="minutes")
    content["splits"][0]["people"] = [{"person": "P001", "pounds": "6,000.00", "minutes": 15_600}]
    agreed.apply(content)
    assert agreed.balance(P1, "available", unit="minutes") - had == 15_600

"""Everything that can happen to a fund, told as one story from October to December and read fund by fund.

P001 has an ISF paid every four weeks in advance, of which she pays £420.00 herself; she leaves on 1 December. P002 has one under the same
contract, and overspends it by a week away. P003 is paid for as support is given, by a council and the NHS; P004 pays for herself. Elm
House has an empty place that the provider pays for, Oak House one that the contract's reserve pays for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from isf.accounts import OriginKind, Unit
from isf.entries import Entry, Event, entry
from ringfence.actions.verifying import verify
from ringfence.store.ledger import Origin
from tests.actions.conftest import Shelf
from tests.actions.provider_books import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    Books,
    agreements,
    bank_line,
    block_contract,
    by_delivery,
    by_schedule,
    house,
    part,
    plan_line,
    rate,
    ties,
    visit,
)

ISF, SHARED_ISF, RESERVE, VOIDS, SPOT, SELF = "isf-P001", "isf-P002", "reserve-SG-2026", "provider", "spot-P003", "spot-P004"
AVAILABLE, BANKED, BORNE, OWED = ("available", None), ("banked", None), ("borne", None), ("owed_provider", None)

Balances = dict[str, dict[str, int]]


def agreed() -> dict[str, Any]:
    """£8,400.00 for twelve weeks: £5,040.00 for P001 (£420.00 hers), £2,520.00 for P002, £840.00 kept for empty places."""
    content = agreements()
    until = {"to": "2026-12-23"}
    every_four_weeks = {"every": "4 weeks", "paid": "in advance", "days_to_pay": 14}
    content["contracts"] = [block_contract(pounds="8,400.00", schedule=every_four_weeks, **until)]
    content["houses"] = [house(), house("P003", None, reference="oak-house", void_paid_by="reserve", contract="SG-2026")]
    content["rates"].append(rate("week-away", "2600.00", "2026-10-01", "2026-12-31", per="item"))
    content["fundings"] = [by_schedule("P001", **until), by_schedule("P002", **until), by_delivery("P003", "southgate", share=60),
                           by_delivery("P003", "northvale", share=40), by_delivery("P004", "peggy")]
    content["plan"] += [plan_line("P003", "shared-support", 30, rate="shared-hour"),
                        plan_line("P002", "week-away", rate="week-away", funder="southgate", times_per_week="0.25")]
    content["splits"] = [{
        "contract": "SG-2026", "version": 1, "method": "amounts", "on": "2026-09-20",
        "top_slices": [{"name": "empty places", "pounds": "840.00"}],
        "people": [{"person": "P001", "pounds": "5,040.00", "contribution_pounds": "420.00", "minutes": 9_000},
                   {"person": "P002", "pounds": "2,520.00", "minutes": 4_500}]}]
    return content


OCTOBER_VISITS = [
    visit("V-1", "P001", "2026-10-05", "09:00", "14:00"),
    visit("V-2", "P001", "2026-10-12", "09:00", "14:00"),
    visit("V-3", "elm-house", "2026-10-10", "15:00", "21:00", support="shared-support"),
    visit("V-4", "oak-house", "2026-10-11", "10:00", "12:00", support="shared-support"),
    visit("V-5", "P003", "2026-10-07", "08:00", "09:00", support="care"),
    visit("V-6", "P004", "2026-10-08", "14:00", "15:00"),
    visit("V-7", "P002", "2026-10-15", support="week-away"),
]
NOVEMBER_VISITS = [visit("V-20", "P001", "2026-11-17", "09:00", "14:00"), visit("V-21", "P001", "2026-11-18", "09:00", "14:00")]


@dataclass
class Story:
    """The books as the story goes on: `then` has every balance after each step."""

    books: Books
    then: dict[str, Balances] = field(default_factory=dict)
    people_lines: list[int] = field(default_factory=list)
    collected: list[int] = field(default_factory=list)

    def step(self, name: str) -> None:
        """Note how everything stands, and that the funds together hold just what went through the bank."""
        found = self.then[name] = self.books.balances()
        held = sum(fund.get("held", 0) + fund.get("with_provider", 0) for fund in found.values())
        assert held == sum(self.people_lines) + sum(self.collected), name

    def bank(self, *lines: dict[str, Any], **sections: Any) -> None:
        self.books.apply({"bank_lines": list(lines), **sections})

    def by_hand(self, key: str, fund: str, on: str, moves: Sequence[tuple[Any, ...]], origin: tuple[OriginKind, int] | None = None,
                conversion: dict[str, Any] | None = None) -> None:
        """Entries (debit, credit, amount, unit) of one event, from an origin of that kind and amount where they need one."""
        event = Event(key, key, fund)
        day = date.fromisoformat(on)
        entries: list[Entry] = []
        for debit, credit, amount, *unit in moves:
            entries += entry(event, debit, credit, amount, day, unit=unit[0] if unit else Unit.PENCE, origin=key if origin else None)
        origins = [Origin(key, origin[0], Unit.PENCE, origin[1], day, key, ((fund, origin[1]),))] if origin else []
        self.books.post(f"{key} {fund}", entries, *origins, conversion=conversion)


def october(story: Story) -> None:
    books = story.books
    books.apply(agreed())
    story.step("allocated")
    story.people_lines.append(266_000)
    story.bank(bank_line("BK-1", "2026-10-05", "2,660.00", instalment={"contract": "SG-2026", "n": 1}))
    story.step("received")
    story.collected.append(14_000)
    story.bank(bank_line("BK-2", "2026-10-06", "140.00", "provider", parts=[part(ISF, "140.00", "contribution", "amina")]))
    story.step("collected")
    story.people_lines.append(14_000)
    story.collected.append(-14_000)
    story.bank(bank_line("BK-3", "2026-10-20", "140.00", parts=[part(ISF, "140.00", "paid over")]))
    story.step("paid over")
    books.visits(*OCTOBER_VISITS)
    books.month_end(OCTOBER)
    story.step("october")


def november(story: Story) -> None:
    books = story.books
    story.people_lines.append(266_000)
    story.bank(bank_line("BK-4", "2026-11-02", "2,660.00", instalment={"contract": "SG-2026", "n": 2}),
               bank_line("BK-5", "2026-11-02", "33.00", "provider", invoices=[503]),
               bank_line("BK-6", "2026-11-03", "22.00", "provider", invoices=[501]),
               bank_line("BK-7", "2026-11-03", "24.00", "provider", invoices=[502]))
    story.step("spot paid")
    story.bank(extras=[{"extra": "EX-1", "person": "P002", "fund": "isf", "funder": "southgate", "pounds": "100.00", "minutes": 60,
                        "on": "2026-11-03", "words": "Towards the week away"}])
    story.step("extra")
    story.by_hand("given up", SHARED_ISF, "2026-11-04", [(OWED, BORNE, 4_000)], (OriginKind.GIVEN_UP, 4_000))
    story.step("given up")
    story.people_lines.append(-201_000)
    story.bank(draws=[{"line": "BK-8", "on": "2026-11-05", "words": "Support given in October", "parts": "earned"}])
    story.step("drawn")
    story.by_hand("ten hours", ISF, "2026-11-10", [(AVAILABLE, BANKED, 24_000), (AVAILABLE, BANKED, 600, Unit.MINUTES)])
    story.step("banked")
    story.by_hand("five hours", ISF, "2026-11-12", [(BANKED, ("converted", None), 300, Unit.MINUTES), (BANKED, AVAILABLE, 12_000)],
                  conversion={"minutes": 300, "rate_per_hour": "24.00", "pence": 12_000, "agreement": "Review of 12 November 2026"})
    story.step("converted")
    story.by_hand("second contribution", ISF, "2026-11-15", [(BORNE, ("due", "amina"), 14_000)])
    story.step("never paid, carried")
    story.by_hand("third contribution", ISF, "2026-11-16", [(("due", "southgate"), ("due", "amina"), 14_000)], (OriginKind.EXTRA, 14_000))
    story.step("never paid, taken on")
    books.visits(*NOVEMBER_VISITS)
    books.month_end(NOVEMBER)
    story.step("november")


def december(story: Story) -> None:
    """P001 leaves: what was set aside comes back, the provider draws the rest of its due, and what is left is given back."""
    story.by_hand("carried for good", ISF, "2026-12-01", [(OWED, BORNE, 14_000)], (OriginKind.GIVEN_UP, 14_000))
    story.by_hand("set aside no more", ISF, "2026-12-01", [(BANKED, AVAILABLE, 12_000), (BANKED, AVAILABLE, 300, Unit.MINUTES)])
    story.people_lines.append(-10_000)
    story.bank(draws=[{"line": "BK-9", "on": "2026-12-01", "words": "Support given in November", "parts": "earned"}])
    story.step("before the end")
    story.by_hand("the end", ISF, "2026-12-01", [
        (AVAILABLE, ("due", "southgate"), 168_000), (AVAILABLE, ("owed_person", None), 14_000),
        (AVAILABLE, ("owed_funder", "southgate"), 268_000), (AVAILABLE, ("agreed", None), 7_380, Unit.MINUTES)])
    story.step("the end")
    story.people_lines += [-14_000, -268_000, 94_000]
    story.bank(bank_line("BK-10", "2026-12-04", "-140.00", parts=[part(ISF, "140.00", "back to person")]),
               bank_line("BK-11", "2026-12-04", "-2,680.00", parts=[part(ISF, "2,680.00", "back to funder", "southgate")]),
               bank_line("BK-12", "2026-12-10", "940.00", parts=[part(SHARED_ISF, "940.00", funder="southgate")]))
    story.step("given back")
    story.people_lines.append(-94_000)
    story.bank(draws=[{"line": "BK-13", "on": "2026-12-11", "words": "The rest of the week away", "parts": "earned"}])
    story.books.month_end(DECEMBER)
    story.step("december")


@pytest.fixture(scope="module")
def story(shelf: Shelf) -> Iterator[Story]:
    with shelf.opened("peopled") as books:
        told = Story(books)
        for chapter in (october, november, december):
            chapter(told)
        yield told


def pence(found: Balances, fund: str) -> dict[str, int]:
    return {role: amount for role, amount in found.get(fund, {}).items() if not role.endswith("minutes")}


def minutes(found: Balances, fund: str) -> dict[str, int]:
    return {role.removesuffix(" minutes"): amount for role, amount in found.get(fund, {}).items() if role.endswith("minutes")}


# a spot fund: a council and the NHS, by delivery


def test_a_spot_fund_owes_and_is_owed_by_delivery_and_holds_nothing(story: Story) -> None:
    assert SPOT not in story.then["allocated"]
    assert pence(story.then["october"], SPOT) == {"due southgate": 3_300, "due northvale": 2_200, "owed_provider": 5_500}
    assert pence(story.then["spot paid"], SPOT) == {}
    assert all("held" not in found.get(SPOT, {}) for found in story.then.values())


def test_the_two_payers_of_a_spot_fund_are_asked_for_their_shares_of_each_visit(story: Story) -> None:
    asked = {number: [line.pence for line in story.books.invoices()[number].lines] for number in (501, 503)}
    assert asked == {501: [1_000, 1_200], 503: [1_500, 1_800]}


# an ISF: four-weekly in advance from a split, with a contribution that the provider collects


def test_an_allocation_net_is_due_from_both_payers_and_may_be_used_in_pounds_and_hours(story: Story) -> None:
    found = story.then["allocated"]
    assert pence(found, ISF) == {"due southgate": 462_000, "due amina": 42_000, "available": 504_000}
    assert minutes(found, ISF) == {"agreed": 9_000, "available": 9_000}
    assert sum(found[fund]["available"] for fund in (ISF, SHARED_ISF, RESERVE)) == 840_000


def test_one_receipt_for_several_funds_is_one_bank_line_with_a_part_for_each(story: Story) -> None:
    assert {fund: story.then["received"][fund]["held"] for fund in (ISF, SHARED_ISF, RESERVE)} == {
        ISF: 154_000, SHARED_ISF: 84_000, RESERVE: 28_000}
    assert story.books.rows("SELECT o.amount, o.placed, count(*) FROM origin o JOIN part p ON p.origin_id = o.id WHERE o.key = 'bank BK-1'"
                            " GROUP BY o.amount, o.placed") == [(266_000, 266_000, 3)]


def test_a_contribution_is_with_the_provider_until_it_is_paid_over(story: Story) -> None:
    assert (story.then["collected"][ISF]["with_provider"], story.then["collected"][ISF]["held"]) == (14_000, 154_000)
    assert "with_provider" not in story.then["paid over"][ISF]
    assert story.then["paid over"][ISF]["held"] == 168_000


def test_support_under_a_schedule_uses_what_is_available_in_pounds_and_in_hours(story: Story) -> None:
    found = story.then["october"]
    assert (found[ISF]["available"], found[ISF]["owed_provider"]) == (504_000 - 30_000, 30_000)
    assert minutes(found, ISF) == {"agreed": 9_000, "available": 8_280, "delivered": 720}
    assert (found[ISF]["due southgate"], found[ISF]["due amina"]) == (308_000, 28_000)


def test_a_shared_cost_has_a_part_in_each_fund_and_is_shared_whole(story: Story) -> None:
    parts = story.books.rows("SELECT o.key, f.key, p.amount FROM part p JOIN origin o ON o.id = p.origin_id JOIN fund f ON f.id = p.fund_id"
                             " WHERE o.kind = 'shared_cost' ORDER BY o.key, f.key")
    assert parts == [("shared 2026-10 elm-house", ISF, 6_000), ("shared 2026-10 elm-house", SHARED_ISF, 6_000),
                     ("shared 2026-10 elm-house", VOIDS, 6_000), ("shared 2026-10 oak-house", RESERVE, 3_000),
                     ("shared 2026-10 oak-house", SPOT, 3_000)]


def test_an_empty_place_is_paid_by_the_provider_or_by_the_reserve_of_the_contract(story: Story) -> None:
    assert story.then["october"][VOIDS] == {"void_cost": 6_000, "owed_provider": 6_000}
    assert (story.then["october"][RESERVE]["available"], story.then["october"][RESERVE]["owed_provider"]) == (81_000, 3_000)


def test_ten_hours_are_set_aside_in_hours_and_in_pounds(story: Story) -> None:
    before, after = story.then["drawn"][ISF], story.then["banked"][ISF]
    assert (after["available"], after["banked"]) == (before["available"] - 24_000, 24_000)
    assert (after["available minutes"], after["banked minutes"]) == (before["available minutes"] - 600, 600)


def test_a_conversion_takes_banked_hours_and_makes_no_pounds(story: Story) -> None:
    before, after = story.then["banked"][ISF], story.then["converted"][ISF]
    assert (after["banked minutes"], after["converted minutes"]) == (300, 300)
    assert (after["banked"], after["available"]) == (12_000, before["available"] + 12_000)
    assert before["available"] + before["banked"] == after["available"] + after["banked"]
    assert story.books.rows("SELECT minutes, rate_per_hour, pence, agreement FROM conversion") == [
        (300, "24.00", 12_000, "Review of 12 November 2026")]


def test_a_contribution_that_is_never_paid_is_carried_by_the_provider_or_taken_on_by_the_council(story: Story) -> None:
    assert (story.then["converted"][ISF]["due amina"], story.then["converted"][ISF]["due southgate"]) == (28_000, 154_000)
    carried, taken_on = story.then["never paid, carried"][ISF], story.then["never paid, taken on"][ISF]
    assert (carried["due amina"], carried["borne"], carried["due southgate"]) == (14_000, 14_000, 154_000)
    assert ("due amina" in taken_on, taken_on["borne"], taken_on["due southgate"]) == (False, 14_000, 168_000)
    assert [(line.words, line.pence) for line in story.books.statement(ISF, NOVEMBER).money.paid_in] == [
        ("Southgate Council paid in, on 2 November", 154_000), ("A payment that did not come, which we covered", 14_000)]


def test_whoever_leaves_is_given_back_what_is_theirs_and_the_fund_closes_at_nil(story: Story) -> None:
    assert pence(story.then["before the end"], ISF) == {"held": 282_000, "due southgate": 168_000, "available": 450_000}
    assert pence(story.then["the end"], ISF) == {"held": 282_000, "owed_person": 14_000, "owed_funder southgate": 268_000}
    closed = story.then["given back"]
    assert pence(closed, ISF) == {}
    assert minutes(closed, ISF) == {"agreed": 1_620, "delivered": 1_320, "converted": 300}
    last = story.books.statement(ISF, DECEMBER)
    assert [(line.words, line.pence) for line in last.money.paid_out] == [
        ("Given back, on 4 December", -14_000), ("Given back to Southgate Council, on 4 December", -268_000)]
    assert last.money.closing_pence == 0


# an overspend


def test_support_beyond_what_was_left_is_carried_by_the_provider_and_by_no_other_fund(story: Story) -> None:
    found = story.then["october"]
    assert pence(found, SHARED_ISF) == {"held": 84_000, "due southgate": 168_000, "owed_provider": 266_000, "borne": 14_000}
    assert sum(fund.get("borne", 0) for fund in found.values()) == 14_000
    assert story.books.statement(SHARED_ISF).carried_pence == 14_000


def test_an_overspend_falls_on_the_last_support_of_the_month(story: Story) -> None:
    assert story.books.rows("SELECT e.key, e.amount FROM entry e JOIN account a ON a.id = e.debit_account_id WHERE a.key = :borne",
                            borne=f"{SHARED_ISF}|pence|borne|") == [
        ("V-7|C1|P002|P002|southgate|2026-10-15|pence|owed_provider>borne", 14_000)]


def test_an_extra_first_pays_for_the_overspend(story: Story) -> None:
    before, after = story.then["spot paid"][SHARED_ISF], story.then["extra"][SHARED_ISF]
    assert after["due southgate"] == before["due southgate"] + 10_000
    assert (after["borne"], "available" in after) == (4_000, False)
    assert after["available minutes"] == before["available minutes"] + 60


def test_what_the_provider_gives_up_is_owed_by_nobody(story: Story) -> None:
    before, after = story.then["extra"][SHARED_ISF], story.then["given up"][SHARED_ISF]
    assert (before["owed_provider"], before["borne"]) == (266_000, 4_000)
    assert (after["owed_provider"], "borne" in after) == (262_000, False)


def test_the_provider_draws_what_it_earned_as_far_as_each_fund_holds_it(story: Story) -> None:
    before, after = story.then["given up"], story.then["drawn"]
    drawn = {fund: before[fund]["held"] - after[fund].get("held", 0) for fund in (ISF, SHARED_ISF, RESERVE)}
    assert drawn == {ISF: 30_000, SHARED_ISF: 168_000, RESERVE: 3_000}
    assert pence(story.then["december"], SHARED_ISF) == {}


# a self-funder


def test_a_self_funder_owes_for_support_given_and_pays_the_provider(story: Story) -> None:
    assert pence(story.then["october"], SELF) == {"due peggy": 2_400, "owed_provider": 2_400}
    assert pence(story.then["spot paid"], SELF) == {}
    october = story.books.statement(SELF)
    assert (october.money.closing_pence, october.money.who_owes_when_below_nil) == (-2_400, "You")
    assert [(line.words, line.pence) for line in story.books.statement(SELF, NOVEMBER).money.paid_in] == [
        ("Margaret paid in, on 3 November", 2_400)]


# all of them together


def test_every_statement_ties_to_the_one_before_and_to_the_ledger(story: Story) -> None:
    statements = story.books.statements().values()
    assert len(statements) == 3 * 4
    ties(statements)
    assert {one.fund_key: one.money.closing_pence for one in statements if one.month == "2026-10"} == {
        ISF: 138_000, SHARED_ISF: 84_000 - (266_000 - 14_000), SPOT: -5_500, SELF: -2_400}
    assert {one.fund_key: one.money.closing_pence for one in statements if one.month == "2026-12"} == {
        ISF: 0, SHARED_ISF: 0, SPOT: 0, SELF: 0}


def test_in_the_end_only_the_reserve_holds_money_and_it_is_what_the_bank_shows(story: Story) -> None:
    left = {fund: found["held"] for fund, found in story.then["december"].items() if "held" in found}
    assert left == {RESERVE: 53_000}
    assert sum(story.people_lines) == 53_000


def test_the_books_of_the_whole_story_are_sound_and_the_referee_agrees(story: Story) -> None:
    assert verify(story.books.store, referee=True) == []

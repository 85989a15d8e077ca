"""The end of a fund: settled step by step, paid out by bank lines, closed at nil; what is left is never the provider’s.

P001 has £6,000.00 for October to March (£600.00 of it hers), £1,000.00 a month in advance. October and November are paid: £1,800.00 by the
council, £200.00 by her. She was given £180.00 of support, and leaves on 30 November.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from basics.errors import NotAllowed, Refused
from basics.periods import Month
from isf.accounts import Unit
from isf.entries import Entry, Event
from isf.watch import Matter
from ringfence.actions.applying import approve
from ringfence.actions.kept_aside import left_on
from ringfence.actions.verifying import verify
from ringfence.actions.watching import watch_list
from tests.actions.provider_books import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    Books,
    bank_line,
    block_contract,
    by_schedule,
    house,
    part,
    refused,
    ties,
    visit,
)

FUND = "isf-P001"
JANUARY = Month(2027, 1)


def ending(**changed: Any) -> dict[str, Any]:
    return {"ending": "EN-1", "person": "P001", "fund": "isf", "why": "left", "ended_on": "2026-11-30", "on": "2026-12-01",
            "contribution_pounds": "50.00", "words": "Amina moves to her sister", **changed}


CLOSING = {"person": "P001", "fund": "isf", "on": "2026-12-04"}
BACK = [bank_line("BK-8", "2026-12-03", "-150.00", parts=[part(FUND, "150.00", "back to person")]),
        bank_line("BK-9", "2026-12-03", "-1,670.00", parts=[part(FUND, "1,670.00", "back to funder", "southgate")])]


def paid(books: Books) -> Books:
    """October and November paid and closed, and what the provider earned drawn."""
    for n, (day, month) in enumerate((("2026-10-05", OCTOBER), ("2026-11-05", NOVEMBER)), start=1):
        books.apply({"bank_lines": [
            bank_line(f"BK-{n}", day, "1,900.00", instalment={"contract": "SG-2026", "n": n}),
            bank_line(f"BK-{n}a", day, "100.00", parts=[part(FUND, "100.00", "contribution", "amina")])]})
        books.month_end(month)
    books.at = datetime(2026, 12, 4, 9, tzinfo=UTC)
    books.apply({"draws": [{"line": "BK-7", "on": "2026-12-01", "words": "Support given", "parts": "earned"}]})
    return books


@pytest.fixture
def before(delivered: Books) -> Books:
    return paid(delivered)


def pence(books: Books, fund: str = FUND) -> dict[str, int]:
    return {role: amount for role, amount in books.balances().get(fund, {}).items() if not role.endswith("minutes")}


def test_whoever_leaves_is_settled_in_steps_and_each_is_read_before_it_is_approved(before: Books) -> None:
    assert pence(before) == {"held": 182_000, "due southgate": 360_000, "due amina": 40_000, "available": 582_000}
    prepared = before.prepare({"endings": [ending()]})
    assert list(prepared.said)[1:] == [
        "isf-P001, step 1: support given and not yet drawn, the provider’s: £0.00",
        "isf-P001, step 2: back to the person (amina): £150.00", "isf-P001, step 3: not to be paid any more by the person (amina): £400.00",
        "isf-P001, step 4: back to southgate: £1,670.00", "isf-P001, step 5: not to be paid any more by southgate: £3,600.00",
        "isf-P001, step 6: time that will not be given: 193 h",
        "isf-P001: £400.00 less is asked of amina in the instalments to come",
        "isf-P001: £3,600.00 less is asked of southgate in the instalments to come"]
    assert pence(before)["available"] == 582_000
    before.apply({"endings": [ending()]})
    assert pence(before) == {"held": 182_000, "owed_person": 15_000, "owed_funder southgate": 167_000}
    assert before.prepare({"endings": [ending()]}).said == ()
    assert verify(before.store, referee=True) == []


def test_the_money_goes_out_the_fund_closes_at_nil_and_has_one_last_statement(before: Books) -> None:
    before.apply({"endings": [ending()]})
    before.apply({"bank_lines": BACK, "closings": [CLOSING]})
    assert pence(before) == {}
    assert before.prepare({"closings": [CLOSING]}).said == ()
    before.month_end(DECEMBER)
    before.month_end(JANUARY)
    last = before.statement(FUND, DECEMBER)
    assert last.headline == "Amina’s fund is closed, and nothing is left in it. This is its last statement."
    assert [(line.words, line.pence) for line in last.money.paid_out] == [
        ("Given back, on 3 December", -15_000), ("Given back to Southgate Council, on 3 December", -167_000)]
    assert last.money.closing_pence == 0
    year = last.budgets[-1]
    assert (year.words, year.budget_pence, year.used_pence, year.left_pence) == ("1 October to 30 November 2026", 18_000, 18_000, 0)
    assert (str(JANUARY), FUND) not in before.statements()
    ties(before.statements().values())
    assert verify(before.store, referee=True) == []


def test_who_paid_less_than_was_used_still_owes_the_rest_and_then_the_fund_is_at_nil(delivered: Books) -> None:
    """Nothing was paid, and £180.00 was used: £50.00 of it is hers, £130.00 the council’s. Their instalments were asked for already."""
    for month in (OCTOBER, NOVEMBER):
        delivered.month_end(month)
    delivered.at = datetime(2026, 12, 4, 9, tzinfo=UTC)
    prepared = delivered.prepare({"endings": [ending()]})
    assert "isf-P001: £1,670.00 was asked of southgate already, and is not to be paid: tell them" in prepared.said
    delivered.apply({"endings": [ending()]})
    assert pence(delivered) == {"due southgate": 13_000, "due amina": 5_000, "owed_provider": 18_000}
    delivered.apply({"bank_lines": [
        bank_line("BK-1", "2026-12-02", "130.00", parts=[part(FUND, "130.00", funder="southgate")]),
        bank_line("BK-2", "2026-12-02", "50.00", "provider", parts=[part(FUND, "50.00", "contribution", "amina")]),
        bank_line("BK-3", "2026-12-03", "50.00", parts=[part(FUND, "50.00", "paid over")])]})
    delivered.apply({"draws": [{"line": "BK-4", "on": "2026-12-03", "words": "Support given", "parts": "earned"}], "closings": [CLOSING]})
    assert pence(delivered) == {}
    delivered.month_end(DECEMBER)
    assert delivered.statement(FUND, DECEMBER).money.closing_pence == 0
    assert verify(delivered.store, referee=True) == []


def test_the_watch_list_asks_a_settled_fund_for_what_is_still_to_be_paid_and_no_more(delivered: Books) -> None:
    for month in (OCTOBER, NOVEMBER):
        delivered.month_end(month)
    delivered.at = datetime(2026, 12, 4, 9, tzinfo=UTC)
    delivered.apply({"endings": [ending()]})
    late = date(2027, 3, 1)
    assert {each.what for each in watch_list(delivered.asha, late).lines if (each.fund, each.matter) == (FUND, Matter.UNPAID)} == {
        "Nothing from Southgate Council for 1 to 31 October 2026: £130.00", "Nothing from Amina Yusuf for 1 to 31 October 2026: £50.00"}
    delivered.apply({"bank_lines": [bank_line("BK-1", "2026-12-02", "130.00", parts=[part(FUND, "130.00", funder="southgate")])]})
    assert {each.what for each in watch_list(delivered.asha, late).lines if (each.fund, each.matter) == (FUND, Matter.UNPAID)} == {
        "Nothing from Amina Yusuf for 1 to 31 October 2026: £50.00"}


def test_nobody_is_asked_for_what_was_released(before: Books) -> None:
    before.apply({"endings": [ending()]})
    before.month_end(DECEMBER)
    asked = {key: sum_asked for key, sum_asked in before.asked_for().items() if key.startswith("SG-2026|3")}
    assert asked == {"SG-2026|3|southgate": 100_000}


def test_a_fund_with_anything_left_is_not_closed_and_a_closed_one_takes_nothing(before: Books) -> None:
    (_, what), = refused(before, {"closings": [CLOSING]})
    assert what == ("isf-P001 is not at nil: available 193 h, available £5,820.00, due amina £400.00, due southgate £3,600.00, held £1,820.00.")
    before.apply({"endings": [ending()]})
    before.apply({"bank_lines": BACK, "closings": [CLOSING]})
    late = {"bank_lines": [bank_line("BK-10", "2026-12-04", "5.00", parts=[part(FUND, "5.00", funder="southgate")])]}
    (_, what), = refused(before, late)
    assert what == "something is to be posted in isf-P001, which was closed on 4 December 2026."
    before.apply({**late, "closings": [CLOSING | {"open_again": True}]})
    assert pence(before) == {"held": 500, "due southgate": -500}


def test_late_support_for_a_closed_fund_stops_its_own_month_with_words(before: Books) -> None:
    before.apply({"endings": [ending()]})
    before.apply({"bank_lines": BACK, "closings": [CLOSING]})
    before.visits(visit("V-90", "P001", "2026-11-29", "09:00", "10:00"), visit("V-91", "P002", "2026-12-01", "09:00", "10:00"), name="late.csv")
    with pytest.raises(Refused, match="isf-P001 is closed since 4 December 2026"):
        before.month_end(DECEMBER)


def test_after_a_death_and_a_change_of_provider_the_same_steps_are_taken(before: Books) -> None:
    for why, whose in (("died", "whoever represents the person by law"), ("changed provider", "the person")):
        said = before.prepare({"endings": [ending(why=why)]}).said
        assert f"isf-P001, step 2: back to {whose} (amina): £150.00" in said


def test_notice_is_the_providers_only_as_far_as_it_was_agreed(before: Books) -> None:
    notice = ending(notice_pounds="250.00", notice_words="Two weeks of notice, at £125.00: clause 9")
    before.apply({"endings": [notice]})
    assert pence(before) == {"held": 182_000, "owed_provider": 25_000, "owed_person": 15_000, "owed_funder southgate": 142_000}
    before.month_end(DECEMBER)
    last = before.statement(FUND, DECEMBER)
    assert (last.money.paid_out[0].words, last.money.paid_out[0].pence) == ("Two weeks of notice, at £125.00: clause 9", -25_000)
    assert (last.given_total_pence, last.budgets[-1].used_pence) == (0, 43_000)
    assert verify(before.store, referee=True) == []


@pytest.mark.parametrize(("changed", "said"), [
    ({"contribution_pounds": None}, "isf-P001: What the person’s contribution came to until the end is not known."),
    ({"notice_pounds": "5,820.01", "notice_words": "Notice"}, "isf-P001: The notice is £5,820.01, and £5,820.00 is left."),
])
def test_what_nobody_said_stops_the_settlement(before: Books, changed: dict[str, Any], said: str) -> None:
    item = {key: value for key, value in ending(**changed).items() if value is not None}
    assert [what for _, what in refused(before, {"endings": [item]})] == [said]


def test_support_that_is_not_charged_comes_first(delivered: Books) -> None:
    delivered.at = datetime(2026, 12, 4, 9, tzinfo=UTC)
    assert [what for _, what in refused(delivered, {"endings": [ending()]})] == [
        "cannot be settled yet: support of P001 on 5 October 2026 is not charged."]
    ended = {"contract_ending": "CE-1", "contract": "SG-2026", "on": "2026-12-01", "words": "It ends"}
    assert "cannot be settled yet: support of P002 on 6 October 2026 is not charged." in [
        what for _, what in refused(delivered, {"contract_endings": [ended]})]


def test_support_of_a_house_comes_first_only_while_they_have_a_place_there(before: Books) -> None:
    before.visits(visit("V-9", "elm-house", "2026-12-02", "15:00", "21:00", support="shared-support"))
    december = {"endings": [ending(ended_on="2026-12-03", on="2026-12-03")]}
    assert [what for _, what in refused(before, december)] == ["cannot be settled yet: support of P001 on 2 December 2026 is not charged."]
    before.apply({"houses": [{**house(), "held": [{"place": 1, "empty": True, "from": "2026-12-02"}]}]})
    assert before.prepare(december).said


def test_notice_that_the_terms_give_must_be_said(before: Books) -> None:
    before.apply({"fund_terms": [{"person": "P001", "fund": "isf", "funder": "southgate", "from": "2026-10-01", "source": "The agreement, clause 9",
                                  "notice_weeks": 4}]})
    assert [what for _, what in refused(before, {"endings": [ending()]})] == ["says nothing of notice, and the terms give 4 weeks of it."]
    assert before.prepare({"endings": [ending(notice_pounds="0.00", notice_words="None is asked for")]}).said


def test_what_was_set_aside_is_taken_back_and_shared_like_the_rest(before: Books) -> None:
    before.apply({"set_aside": [{"set_aside": "SA-1", "person": "P001", "fund": "isf", "pounds": "240.00", "minutes": 600, "on": "2026-12-01",
                                 "until": "2027-03-31", "words": "Ten hours"}]})
    before.apply({"endings": [ending()]})
    assert pence(before) == {"held": 182_000, "owed_person": 15_000, "owed_funder southgate": 167_000}
    assert not any("banked" in role or role == "available minutes" for role in before.balances()[FUND])
    (_, what), = refused(before, {"taken_back": [{"taken_back": "TB-1", "of": "SA-1", "person": "P001", "fund": "isf", "pounds": "1.00",
                                                  "on": "2026-12-02", "words": "Too late"}]})
    assert what == "“SA-1” is gone: isf-P001 was settled."


def more_time(pounds: str) -> dict[str, Any]:
    return {"extra": "EX-1", "person": "P001", "fund": "isf", "funder": "southgate", "pounds": pounds, "minutes": 600, "on": "2026-11-20",
            "words": "Ten hours"}


EXTRA_BACK = {"correction": "CO-1", "person": "P001", "fund": "isf", "entry": "extra EX-1", "on": "2026-12-01", "words": "It was for somebody else"}


def test_an_extra_that_was_settled_is_not_put_back_any_more(before: Books) -> None:
    before.apply({"extras": [more_time("240.00")]})
    before.apply({"endings": [ending()]})
    (_, what), = refused(before, {"corrections": [EXTRA_BACK]})
    assert what == "“extra EX-1” brought what isf-P001 was settled with since: nothing of it is left to be put back."
    before.apply({"bank_lines": BACK, "closings": [CLOSING]})


def test_time_that_was_given_and_never_agreed_does_not_keep_a_fund_open(before: Books) -> None:
    """All hours were given, those of an extra too, and then the extra was put back."""
    before.apply({"extras": [more_time("0.01")]})
    left = before.balance(FUND, "available", unit="minutes")
    before.post("given", [Entry("given|minutes", Event("given", "visit", FUND), Unit.MINUTES, ("available", None), ("delivered", None), left,
                                date(2026, 12, 1))])
    before.apply({"corrections": [EXTRA_BACK]})
    assert before.balance(FUND, "available", unit="minutes") == -600
    assert "isf-P001, step 6: time that was given and never agreed: 10 h" in before.prepare({"endings": [ending()]}).said
    before.apply({"endings": [ending()]})
    before.apply({"bank_lines": BACK, "closings": [CLOSING]})
    assert verify(before.store) == []


def test_a_contracts_end_settles_and_closes_all_of_its_funds(before: Books) -> None:
    ended = {"contract_ending": "CE-1", "contract": "SG-2026", "on": "2026-12-01", "words": "The block contract is ended early"}
    (_, what), = refused(before, {"contract_endings": [ended]})
    assert what == "isf-P001: What the person’s contribution came to until the end is not known."
    before.apply({"endings": [ending(why="contract ended")], "contract_endings": [ended]})
    assert {fund: pence(before, fund) for fund in (FUND, "isf-P002", "reserve-SG-2026")} == {
        FUND: {"held": 182_000, "owed_person": 15_000, "owed_funder southgate": 167_000},
        "isf-P002": {"held": 149_800, "owed_funder southgate": 149_800}, "reserve-SG-2026": {"held": 40_000, "owed_funder southgate": 40_000}}
    assert before.rows("SELECT sum(pence) FROM schedule_standing s JOIN schedule_row r ON r.id = s.schedule_row_id WHERE r.n > 2") == [(0,)]


def test_overspend_at_the_end_is_never_the_persons_and_the_provider_carries_it(before: Books) -> None:
    """With £5,700.00 of notice £5,880.00 is used, and her contribution came to £200.00: the council bears the £5,400.00 that it promised, and
    5,880.00 − 5,400.00 − 200.00 = £280.00 waits for an extra, or is given up. (A contribution never exceeds what was assessed.)"""
    item = ending(contribution_pounds="200.00", notice_pounds="5,700.00", notice_words="Nineteen weeks of notice")
    assert list(before.prepare({"endings": [item]}).said)[3:6] == [
        "isf-P001, step 3: not to be paid any more by the person (amina): £400.00",
        "isf-P001, step 4: still to be paid by southgate, for what was used: £3,600.00",
        "isf-P001, step 5: used beyond what was promised: £280.00, which the provider carries until a funder approves more"]
    before.apply({"endings": [item]})
    assert pence(before) == {"held": 182_000, "due southgate": 360_000, "owed_provider": 570_000, "borne": 28_000}
    before.apply({
        "bank_lines": [bank_line("BK-8", "2026-12-03", "3,600.00", parts=[part(FUND, "3,600.00", funder="southgate")])],
        "given_up": [{"given_up": "GU-1", "person": "P001", "fund": "isf", "pounds": "280.00", "on": "2026-12-03", "words": "The trustees"}]})
    before.apply({"draws": [{"line": "BK-9", "on": "2026-12-04", "words": "Support given", "parts": "earned"}], "closings": [CLOSING]})
    assert pence(before) == {}
    before.month_end(DECEMBER)
    assert ("Support beyond what was promised, which we covered", 28_000) in [
        (line.words, line.pence) for line in before.statement(FUND, DECEMBER).money.paid_in]
    ties(before.statements().values())
    assert verify(before.store, referee=True) == []


def next_year(**changed: Any) -> dict[str, Any]:
    """The contract of the year after: £5,000.00 for P001, of which £500.00 hers."""
    days = {"from": "2027-04-01", "to": "2028-03-31"}
    return {
        "contracts": [block_contract(reference="SG-2027", pounds="5,000.00", **days)],
        "fundings": [by_schedule("P001", contract="SG-2027", **days)],
        "splits": [{"contract": "SG-2027", "version": 1, "method": "amounts", "on": "2027-03-01",
                    "people": [{"person": "P001", "pounds": "5,000.00", "contribution_pounds": "500.00"}]}], **changed}


def leftovers(becomes: str) -> dict[str, Any]:
    """What the council’s terms say of money that is left of a year."""
    return {"fund_terms": [{"person": "P001", "fund": "isf", "funder": "southgate", "from": "2026-10-01", "source": "The agreement, clause 4",
                            "leftovers": becomes}]}


def test_a_contribution_goes_on_under_the_next_contract(before: Books) -> None:
    before.apply(next_year())
    assert before.rows("SELECT g.from_on, g.to_on FROM funding g JOIN funder p ON p.id = g.funder_id JOIN fund f ON f.id = g.fund_id"
                       " WHERE f.key = :fund AND p.reference = 'amina' ORDER BY g.from_on", fund=FUND) == [
        ("2026-10-01", "2027-03-31"), ("2027-04-01", "2028-03-31")]


def test_at_the_end_of_a_year_what_is_left_goes_back_and_the_next_year_stands(before: Books) -> None:
    before.apply(next_year(**leftovers("back to the funder")))
    assert pence(before)["available"] == 582_000 + 500_000
    before.apply({"endings": [ending(why="year ended", ended_on="2027-03-31", on="2027-03-31", contribution_pounds="300.00")]})
    assert pence(before) == {"held": 182_000, "due southgate": 450_000, "due amina": 50_000, "available": 500_000, "owed_person": 2_000,
                             "owed_funder southgate": 180_000}
    assert before.rows("SELECT c.reference, sum(s.pence) FROM schedule_standing s JOIN schedule_row r ON r.id = s.schedule_row_id JOIN contract c"
                       " ON c.id = r.contract_id JOIN fund f ON f.id = s.fund_id WHERE f.key = :fund GROUP BY c.reference ORDER BY c.reference",
                       fund=FUND) == [("SG-2026", 200_000), ("SG-2027", 500_000)]
    assert verify(before.store, referee=True) == []


@pytest.mark.parametrize("amounts", [{"pounds": "240.00", "minutes": 600}, {"minutes": 600}])
def test_what_was_set_aside_goes_on_after_the_end_of_a_year_and_may_be_taken_back(before: Books, amounts: dict[str, Any]) -> None:
    aside = {"person": "P001", "fund": "isf", **amounts}
    before.apply(next_year(**leftovers("back to the funder"), set_aside=[
        {"set_aside": "SA-1", "on": "2026-12-01", "until": "2027-06-30", "words": "A week away in May", **aside}]))
    before.apply({"endings": [ending(why="year ended", ended_on="2027-03-31", on="2027-03-31", contribution_pounds="300.00")]})
    with before.store.reading() as connection:
        kept, = left_on(connection, date(2027, 4, 1))[FUND]
    assert (kept.pence, kept.minutes) == (24_000 if "pounds" in amounts else 0, 600)
    before.apply({"taken_back": [{"taken_back": "TB-1", "of": "SA-1", "on": "2027-04-02", "words": "She stays at home", **aside}]})
    with before.store.reading() as connection:
        assert left_on(connection, date(2027, 4, 2)) == {}
    assert verify(before.store, referee=True) == []


def test_where_the_terms_carry_it_forward_what_is_left_of_a_year_stays(before: Books) -> None:
    before.apply(leftovers("carried forward"))
    (_, what), = refused(before, {"endings": [ending(why="year ended")]})
    assert what == "is not settled: by its terms, what is left of a year stays in the fund."


def test_what_is_left_of_a_year_is_not_given_back_where_the_terms_do_not_say_so(before: Books) -> None:
    (_, what), = refused(before, {"endings": [ending(why="year ended")]})
    assert what == "is not settled: the terms of southgate do not say whether what is left of a year stays or goes back."


def test_a_contracts_end_gives_back_what_was_kept_though_a_fund_carries_its_year_forward(before: Books) -> None:
    before.apply(next_year(**leftovers("carried forward")))
    had = pence(before)
    ended = {"contract_ending": "CE-1", "contract": "SG-2026", "on": "2027-03-31", "words": "It ends as agreed"}
    assert "isf-P001 goes on under SG-2027, and is not settled with SG-2026" in before.prepare({"contract_endings": [ended]}).said
    before.apply({"contract_endings": [ended]})
    assert (pence(before), pence(before, "reserve-SG-2026")) == (had, {"held": 40_000, "owed_funder southgate": 40_000})
    assert verify(before.store, referee=True) == []


def test_a_contracts_end_passes_over_a_fund_whose_year_was_settled_alone(before: Books) -> None:
    before.apply(next_year(**leftovers("back to the funder")))
    year = ending(why="year ended", ended_on="2027-03-31", on="2027-03-31", contribution_pounds="300.00")
    ended = {"contract_ending": "CE-1", "contract": "SG-2026", "on": "2027-03-31", "words": "It ends as agreed"}
    before.apply({"endings": [year], "contract_endings": [ended]})
    assert (pence(before)["available"], pence(before, "reserve-SG-2026")) == (500_000, {"held": 40_000, "owed_funder southgate": 40_000})


def test_a_fund_that_goes_on_under_another_contract_is_not_settled_with_the_first(before: Books) -> None:
    before.apply(next_year())
    ended = {"contract_ending": "CE-1", "contract": "SG-2026", "on": "2027-03-31", "words": "It ends as agreed"}
    (_, what), = refused(before, {"contract_endings": [ended]})
    assert what == "isf-P001 goes on under SG-2027."


def test_nobody_settles_a_fund_alone(before: Books) -> None:
    digest = before.prepare({"endings": [ending()]}).digest
    with pytest.raises(NotAllowed):
        approve(before.asha, digest)


def test_of_a_fund_whose_support_has_ended_the_watch_list_tells_its_money_only(before: Books) -> None:
    earmark = {"earmark": "EM-1", "person": "P001", "fund": "isf", "pounds": "400.00", "words": "A week away", "from": "2026-10-01",
               "until": "2026-12-15"}
    before.apply({"earmarks": [earmark]})
    assert {each.matter for each in watch_list(before.asha).lines if each.fund == FUND} >= {Matter.ENDS}
    before.apply({"endings": [ending()]})
    assert {each.matter for each in watch_list(before.asha).lines if each.fund == FUND} <= {Matter.SURPLUS, Matter.UNPAID, Matter.BILLING}

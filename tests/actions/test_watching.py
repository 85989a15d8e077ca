"""The watch list over whole books, on both engines: what is told, to the penny and the day.

P001’s part of the contract is £1,000.00 a month for six months, £100.00 of it her own; October’s support was £180.00. Southgate’s £5,400.00
over 182 days are £207.69 a week, two weeks £415.38.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.event import listen

from basics.periods import Period
from isf.accounts import OriginKind, Unit
from isf.entries import Event, entry
from isf.plan import Measure, PlanLine
from isf.position import Delivered
from isf.watch import Matter, OfFund, Watched
from ringfence.actions.recording import record_content
from ringfence.actions.verifying import verify
from ringfence.actions.watching import watch_list
from ringfence.actions.watching_agreed import under_lines
from ringfence.store.ledger import Origin
from tests.actions.provider_books import Books, bank_line, block_contract, by_delivery, by_schedule, part

NOVEMBER_22 = date(2026, 11, 22)
OCTOBER_PAID = bank_line("B-1", "2026-10-02", "1900.00", instalment={"contract": "SG-2026", "n": 1})
OWN_PAID = bank_line("B-2", "2026-10-03", "100.00", parts=[part("isf-P001", "100.00", "contribution", "amina")])
CAPPED = {"person": "P001", "fund": "isf", "funder": "southgate", "from": "2026-10-01", "source": "Page 7", "surplus_weeks": 2,
          "surplus_base": "net weekly budget", "surplus_stays_weeks": 12, "surplus_stays": "the part above the cap",
          "contribution_spent": "contribution first"}


@pytest.fixture
def paid(issued: Books) -> Books:
    issued.at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    issued.apply({"bank_lines": [OCTOBER_PAID, OWN_PAID]})
    return issued


def lines(books: Books, matter: Matter, on: date = NOVEMBER_22) -> list[Watched]:
    return [each for each in watch_list(books.asha, on).lines if each.matter is matter]


def surplus(books: Books, on: date = NOVEMBER_22, **changed: Any) -> list[Watched]:
    books.apply({"fund_terms": [{key: value for key, value in (CAPPED | changed).items() if value is not None}]})
    return lines(books, Matter.SURPLUS, on)


def test_a_surplus_over_the_cap_has_its_sum_whose_it_is_and_the_day_by_which_it_goes_back(paid: Books) -> None:
    found, = surplus(paid)
    assert (found.fund, found.who, found.pence, found.since, found.by, found.is_late) == (
        "isf-P001", "Amina, P001", 40_462, date(2026, 10, 31), date(2027, 1, 23), False)
    assert found.what == ("£404.62 above the cap of £415.38 (net weekly budget); the surplus is £820.00. It is Southgate Council’s.")
    assert lines(paid, Matter.SURPLUS, date(2027, 1, 24))[0].is_late
    assert verify(paid.store, referee=True) == []


def test_alongside_by_shares_tells_each_ones_part(paid: Books) -> None:
    found, = surplus(paid, contribution_spent="alongside by shares")
    assert "Of it, £40.46 is Amina Yusuf’s and £364.16 is Southgate Council’s." in found.what


def test_whose_it_is_is_told_as_not_known_where_the_terms_do_not_say(paid: Books) -> None:
    found, = surplus(paid, contribution_spent=None)
    assert "do not say whether the contribution is spent first" in found.what
    assert found.what.endswith(
        "If it is contribution first, £0.00 is Amina Yusuf’s and £820.00 is Southgate Council’s. If it is alongside by shares, £82.00 is Amina "
        "Yusuf’s and £738.00 is Southgate Council’s. If it is kept apart, £100.00 is Amina Yusuf’s and £720.00 is Southgate Council’s.")


def two_funders(books: Books, **spent: str | None) -> list[Watched]:
    """P002’s £800.00 of October come from the council, and £200.00 of the NHS’s £400.00; £102.00 of support was on the council’s line."""
    days = {"from": "2026-10-01", "to": "2027-03-31"}
    books.apply({
        "contracts": [block_contract(reference="NV-2026", funder="northvale", pounds="1,200.00", **days)],
        "fundings": [by_schedule("P002", funder="northvale", contract="NV-2026", **days)],
        "splits": [{"contract": "NV-2026", "version": 1, "method": "amounts", "on": "2026-09-20",
                    "people": [{"person": "P002", "pounds": "1,200.00"}]}],
        "bank_lines": [bank_line("BK-20", "2026-11-10", "200.00", instalment={"contract": "NV-2026", "n": 1})],
        "fund_terms": [{"person": "P002", "fund": "isf", "funder": payer, "from": "2026-10-01", "source": "Page 7", "surplus_weeks": 1,
                        "surplus_base": "net weekly budget", **({"contribution_spent": said} if said else {})} for payer, said in spent.items()]})
    return [each for each in lines(books, Matter.SURPLUS) if each.fund == "isf-P002"]


def test_each_funders_own_surplus_is_held_against_its_own_cap(paid: Books) -> None:
    """£898.00 is left: £698.00 of the council’s £800.00, and the NHS’s £200.00 untouched. Weeks of the council’s £4,800.00 over 182 days are
    £184.62, of the NHS’s £1,200.00 £46.15. (No funder’s money is kept against another’s cap.)"""
    found = two_funders(paid, southgate="kept apart", northvale="kept apart")
    assert {each.what.split(". ")[0]: each.pence for each in found} == {
        "£513.38 above the cap of £184.62 (net weekly budget); the surplus is £898.00, and £698.00 of it counts against this cap": 51_338,
        "£153.85 above the cap of £46.15 (net weekly budget); the surplus is £898.00, and £200.00 of it counts against this cap": 15_385}


def test_what_each_funder_would_have_is_told_where_their_terms_do_not_say(paid: Books) -> None:
    """Alongside by shares, £898.00 × 800 / 1,000 = £718.40 is the council’s."""
    for said in (None, "contribution first"):
        found = two_funders(paid, southgate=said)[0].what
        assert found.startswith("£533.78 above the cap of £184.62 (net weekly budget), if it is alongside by shares; the surplus is £898.00")
        assert "£513.38 above the cap of £184.62 (net weekly budget), if it is kept apart;" in found
        assert "not known: the terms of its funders do not say" in found
        assert found.endswith("If it is alongside by shares, £179.60 is Northvale Integrated Care Board’s and £718.40 is Southgate Council’s. "
                              "If it is kept apart, £200.00 is Northvale Integrated Care Board’s and £698.00 is Southgate Council’s.")


def test_each_reading_of_terms_that_leave_it_open_has_its_figure(paid: Books) -> None:
    found, = surplus(paid, surplus_base=None, surplus_stays=None)
    assert "£404.62 above the cap of £415.38 (net weekly budget)" in found.what
    assert "£358.46 above the cap of £461.54 (gross weekly budget)" in found.what
    assert "The terms do not say of which budget the weeks are." in found.what


def test_an_earmark_is_no_surplus_while_it_is_in_force(paid: Books) -> None:
    earmark = {"earmark": "EM-1", "person": "P001", "fund": "isf", "pounds": "400.00", "words": "A week away", "from": "2026-10-01",
               "until": "2026-12-15"}
    paid.apply({"earmarks": [earmark]})
    assert surplus(paid)[0].pence == 462
    assert [each.what for each in lines(paid, Matter.ENDS)] == ["The earmark of £400.00 for “A week away” ends on 15 December 2026"]
    paid.apply({"earmarks": [earmark | {"pounds": "0.00"}]})
    assert lines(paid, Matter.SURPLUS)[0].pence == 40_462
    assert lines(paid, Matter.ENDS) == []


def test_money_for_days_to_come_is_no_surplus_on_the_day_it_arrives(paid: Books) -> None:
    before = surplus(paid)
    paid.apply({"bank_lines": [bank_line("B-3", "2026-11-02", "1900.00", instalment={"contract": "SG-2026", "n": 2})]})
    assert lines(paid, Matter.SURPLUS) == before


def test_a_draw_changes_no_surplus(paid: Books) -> None:
    before = surplus(paid)
    paid.apply({"draws": [{"line": "B-4", "on": "2026-11-05", "words": "Support in October", "parts": "earned"}]})
    assert lines(paid, Matter.SURPLUS) == before


def test_an_approved_bill_of_others_is_no_surplus(paid: Books) -> None:
    before, = surplus(paid)
    bill = Origin("bill S-1", OriginKind.BILL, Unit.PENCE, 5_000, date(2026, 11, 5), "Swimming", (("isf-P001", 5_000),))
    paid.post("a bill", list(entry(Event("bill S-1", "bill", "isf-P001", "Swimming"), ("available", None), ("owed_supplier", None), 5_000,
                                   date(2026, 11, 5), origin="bill S-1")), bill)
    assert lines(paid, Matter.SURPLUS)[0].pence == (before.pence or 0) - 5_000


def test_what_is_set_to_go_back_is_told_beside_it_and_is_gone_once_it_went(paid: Books) -> None:
    surplus(paid)
    paid.post("going back", list(entry(Event("back", "given back", "isf-P001", "Goes back"), ("available", None),
                                       ("owed_funder", "southgate"), 40_462,
                                       date(2026, 11, 6))))
    found, = lines(paid, Matter.SURPLUS)
    assert found.pence == 40_462
    assert "£404.62 is already set to go back." in found.what
    paid.apply({"bank_lines": [bank_line("B-9", "2026-11-10", "-404.62", parts=[part("isf-P001", "404.62", "back to funder", "southgate")])]})
    assert lines(paid, Matter.SURPLUS) == []
    assert lines(paid, Matter.SURPLUS, date(2026, 11, 9)) != []


def test_any_surplus_that_stayed_too_long_is_told_though_it_is_under_the_cap(paid: Books) -> None:
    assert surplus(paid, surplus_weeks=8, surplus_stays="any surplus") == []
    found, = lines(paid, Matter.SURPLUS, date(2027, 1, 24))
    assert (found.pence, found.by, found.is_late) == (82_000, date(2027, 1, 23), True)
    assert "£820.00 has stayed since 31 October 2026." in found.what


def test_nothing_is_told_of_a_surplus_before_a_month_is_closed_or_where_no_cap_is_known(paid: Books, delivered: Books) -> None:
    assert surplus(paid, surplus_weeks=None) == []
    delivered.apply({"fund_terms": [CAPPED], "bank_lines": [OCTOBER_PAID]})
    found = watch_list(delivered.asha, NOVEMBER_22)
    assert (found.charged_through, found.compared) == (None, None)
    assert [each for each in found.lines if each.matter is Matter.SURPLUS] == []


def test_a_period_that_is_over_and_for_which_nothing_came_is_told(issued: Books) -> None:
    found = lines(issued, Matter.UNPAID, NOVEMBER_22)
    assert [(each.fund, each.what, each.since, each.pence) for each in found] == [
        ("isf-P001", "Nothing from Amina Yusuf for 1 to 31 October 2026: £100.00", date(2026, 10, 31), 10_000),
        ("isf-P001", "Nothing from Southgate Council for 1 to 31 October 2026: £900.00", date(2026, 10, 31), 90_000),
        ("isf-P002", "Nothing from Southgate Council for 1 to 31 October 2026: £800.00", date(2026, 10, 31), 80_000)]
    assert lines(issued, Matter.UNPAID, date(2026, 10, 31)) == []
    issued.apply({"bank_lines": [bank_line("B-1", "2026-11-02", "1.00", parts=[part("isf-P002", "1.00", funder="southgate")])]})
    assert {each.fund for each in lines(issued, Matter.UNPAID, NOVEMBER_22)} == {"isf-P001"}


def test_nobody_is_asked_for_what_the_provider_carries_of_a_promise_never_paid(issued: Books) -> None:
    issued.apply({"never_paid": [{"never_paid": "NP-1", "person": "P001", "fund": "isf", "funder": "amina", "pounds": "100.00", "on": "2026-10-31",
                                  "words": "Ours to carry, by clause 6"}]})
    assert not [each.what for each in lines(issued, Matter.UNPAID, NOVEMBER_22) if "Amina" in each.what]


def test_who_took_a_promise_on_is_asked_for_it_and_who_never_paid_it_is_not(issued: Books) -> None:
    item = {"never_paid": "NP-1", "person": "P001", "fund": "isf", "funder": "amina", "taken_on_by": "northvale", "pounds": "100.00",
            "on": "2026-10-31", "words": "The NHS agreed to pay it"}
    issued.apply({"fundings": [by_delivery("P001", "northvale", fund="isf", terms="Spot", **{"from": "2026-10-31"})], "never_paid": [item]})
    found = [each for each in lines(issued, Matter.UNPAID, NOVEMBER_22) if each.fund == "isf-P001"]
    assert [(each.what, each.since) for each in found] == [
        ("Nothing from Northvale Integrated Care Board for 31 October 2026: £100.00", date(2026, 10, 31)),
        ("Nothing from Southgate Council for 1 to 31 October 2026: £900.00", date(2026, 10, 31))]
    issued.apply({"bank_lines": [bank_line("B-1", "2026-11-02", "100.00", parts=[part("isf-P001", "100.00", funder="northvale")])]})
    assert not [each.what for each in lines(issued, Matter.UNPAID, NOVEMBER_22) if "Northvale" in each.what]


def test_what_was_taken_on_and_is_put_back_is_asked_of_who_promised_it(issued: Books) -> None:
    item = {"never_paid": "NP-1", "person": "P001", "fund": "isf", "funder": "amina", "taken_on_by": "southgate", "pounds": "100.00",
            "on": "2026-10-31", "words": "The council agreed to pay it"}
    issued.apply({"never_paid": [item]})
    asked = {each.what for each in lines(issued, Matter.UNPAID, NOVEMBER_22) if each.fund == "isf-P001"}
    assert asked == {"Nothing from Southgate Council for 1 to 31 October 2026 and 1 more: £1,000.00"}
    issued.apply({"corrections": [{"correction": "CO-1", "person": "P001", "fund": "isf", "entry": "never paid NP-1", "on": "2026-11-01",
                                   "words": "She paid after all"}]})
    asked = {each.what for each in lines(issued, Matter.UNPAID, NOVEMBER_22) if each.fund == "isf-P001"}
    assert asked == {"Nothing from Amina Yusuf for 1 to 31 October 2026: £100.00", "Nothing from Southgate Council for 1 to 31 October 2026: £900.00"}


def test_reviews_follow_the_terms_and_what_was_agreed_at_the_last(paid: Books) -> None:
    paid.apply({"fund_terms": [CAPPED | {"reviews": ["6 to 8 weeks", "yearly"]}]})
    assert lines(paid, Matter.REVIEW, date(2026, 10, 28)) == []
    due, = lines(paid, Matter.REVIEW)
    assert (due.what, due.since, due.by, due.is_late) == (
        "A review is due, by the terms of Southgate Council", date(2026, 11, 12), date(2026, 11, 26), False)
    assert lines(paid, Matter.REVIEW, date(2026, 11, 27))[0].is_late
    review = {"review": "RV-1", "person": "P001", "fund": "isf", "on": "2026-11-20", "which": "six weeks", "words": "Well"}
    record_content(paid.asha, {"reviews": [review]}, "noted")
    assert lines(paid, Matter.REVIEW) == []
    record_content(paid.asha, {"reviews": [review | {"next_on": "2026-12-10"}]}, "noted")
    assert lines(paid, Matter.REVIEW)[0].what == "A review is due, by what was agreed at the last review"


def test_support_that_did_not_come_is_told_with_its_minutes_and_per_cent(paid: Books) -> None:
    found = watch_list(paid.asha, NOVEMBER_22)
    assert found.compared == Period(date(2026, 10, 1), date(2026, 10, 31))
    amina, = (each for each in found.lines if each.matter is Matter.UNDER and each.fund == "isf-P001")
    assert amina.what == ("7 h of 31 h agreed, 22.6%, for 1 to 31 October 2026. Short of it: “Outreach”, 5 h of 22 h 9 m, “Shared support”, "
                          "2 h of 8 h 51 m.")


def test_a_plan_that_began_later_is_compared_from_its_first_day_in_times_as_in_hours() -> None:
    october = Period(date(2026, 10, 1), date(2027, 3, 31))
    line = PlanLine(id=1, reference="L-1", fund="isf-P001", person="P001", support_type="swimming", words="Swimming", funder=None,
                    measure=Measure.TIMES, per_week=Decimal(2), period=october)
    found, = under_lines([line], {1: Delivered(times=3)}, Period(date(2026, 8, 1), date(2026, 10, 31)), {"isf-P001": OfFund("isf-P001", "Amina")})
    assert found.since == october.first
    assert found.what == "“Swimming”, 3 of 9 times agreed, 33.3%, for 1 to 31 October 2026, since the plan began."


def test_what_ends_soon_is_told_with_nothing_after_it(paid: Books) -> None:
    found = {each.what: each for each in lines(paid, Matter.ENDS, date(2027, 2, 15))}
    assert "What Southgate Council pays ends on 31 March 2027" in found
    assert "The rate swim, £6.00 an item, ends on 31 March 2027" in found
    assert all(each.by == date(2027, 3, 31) and not each.is_late for each in found.values())
    assert lines(paid, Matter.ENDS, date(2027, 1, 29)) == []
    assert all(each.is_late for each in lines(paid, Matter.ENDS, date(2027, 4, 1)))


def test_who_holds_a_budget_for_somebody_needs_an_agreement_in_force(paid: Books) -> None:
    paid.apply({"holdings": [{"person": "P001", "fund": "isf", "from": "2026-10-01", "way": "trust", "held_by": "The Yusuf trust"}]})
    found, = lines(paid, Matter.AGREEMENT)
    assert (found.fund, found.what) == ("isf-P001", "The Yusuf trust holds the budget, and no agreement is in force")
    paid.apply({"agreements": [{"agreement": "AG-1", "person": "P001", "fund": "isf", "who": "The trustees", "basis": "deputy",
                                "may_decide": ["the plan"], "from": "2026-10-01", "until": "2026-12-31", "words": "Seen"}]})
    assert lines(paid, Matter.AGREEMENT) == []
    assert "The agreement that The trustees decides ends on 31 December 2026" in {each.what for each in lines(paid, Matter.ENDS)}
    assert lines(paid, Matter.AGREEMENT, date(2027, 1, 1)) != []


def test_another_fund_takes_no_more_questions_of_the_database(paid: Books) -> None:
    asked: list[str] = []
    listen(paid.store._engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for person in ("P001", "P002"):
        paid.apply({"fund_terms": [CAPPED | {"person": person, "surplus_weeks": 1, "reviews": ["yearly"]}]})
        asked.clear()
        found = watch_list(paid.asha, date(2027, 3, 20))
        counts.append((len([each for each in found.lines if each.matter is Matter.SURPLUS]), len(asked)))
    assert [surpluses for surpluses, _ in counts] == [1, 2]
    assert counts[0][1] == counts[1][1]


def test_funds_without_terms_are_counted_and_the_late_come_first(paid: Books) -> None:
    assert watch_list(paid.asha, NOVEMBER_22).without_terms == 2
    surplus(paid)
    found = watch_list(paid.asha, date(2027, 1, 24))
    assert found.without_terms == 1
    assert [each.is_late for each in found.lines] == sorted((each.is_late for each in found.lines), reverse=True)
    assert found.late == sum(each.is_late for each in found.lines) > 0

"""A statement made from its facts: it ties, it names what it does not know, and it says in plain words what to do."""

import re
from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from basics.errors import InputError
from basics.money import Money
from basics.people import Funder, FunderKind, Person
from basics.periods import Month, Period, four_weekly
from isf.accounts import FundKind
from isf.budget import BudgetPeriod
from isf.entries import Entry, Event, entry, support_by_delivery, support_under_a_schedule
from isf.given import Charged, price_words
from isf.money_held import Moved
from isf.plan import Measure, PlanLine, RatePeriod
from isf.position import Delivered, Status
from isf.statement import Contact, Correction, GivenLine, MoneyLine, Shortfall
from isf.statement_of import Missed, PutRight, StatementFacts, build_statement, fund_position
from ringfence.importing.cases_file import read_case

YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))
OCTOBER = Month(2026, 10)
COUNCIL = Funder("northshore", "Northshore Council", FunderKind.COUNCIL)
SELF = Funder("danny", "Danny Reed", FunderKind.PERSON)
ASHA = Contact("First, ring", "Asha", "01632 960 101")


def event(kind: str, words: str = "", line_id: int | None = None) -> Event:
    return Event(f"{kind}|{words}|{line_id}", kind, "F-DANNY", words, line_id)


def moved(*made: list[Entry]) -> list[Moved]:
    return [Moved.of(one) for entries in made for one in entries]


def paid_in(pence: int, day: date, words: str) -> list[Entry]:
    return list(entry(event("receipt", words), ("held", None), ("due", "northshore"), pence, day))


def visit(pence: int, day: date) -> list[Entry]:
    return support_under_a_schedule(event("visit", line_id=1), pence, 10**9, day)


def plan_line(line_id: int = 1, words: str = "Support just for Danny", per_week: int | Decimal = 420, measure: Measure = Measure.MINUTES,
              period: Period = YEAR, reference: str = "") -> PlanLine:
    return PlanLine(id=line_id, reference=reference or f"L{line_id}", fund="F-DANNY", person="P-1", support_type="one-to-one", words=words,
                    funder=None, measure=measure, per_week=per_week, period=period)


def price(pounds: str, period: Period = YEAR, per: str = "hour") -> RatePeriod:
    return RatePeriod(period, per, Decimal(pounds))


def charged(pence: int, day: date = date(2026, 10, 5), minutes: int = 0, times: int = 0, line_id: int | None = 1, pounds: str = "20.00",
            per: str = "hour") -> Charged:
    return Charged(plan_line_id=line_id, support_on=day, minutes=minutes, times=times, pence=pence, pounds=Decimal(pounds), per=per)


def facts(**given: Any) -> StatementFacts:
    """A fund that has nothing yet; a test gives what it is about."""
    nothing: dict[str, Any] = {
        "fund_key": "F-DANNY", "fund_kind": FundKind.ISF, "person": Person("P-1", "Danny Reed", "Danny"), "provider": "Harbour Support",
        "month": OCTOBER, "opening_pence": 0, "moves": [], "lines": [], "rates": {}, "charges": [], "delivered_from": YEAR.first,
        "delivered": {}, "budgets": [BudgetPeriod(YEAR, 3650_00, 2140_00)], "funders": [COUNCIL], "contacts": [ASHA],
    }
    return StatementFacts(**(nothing | given))


def on_plan(given_minutes: int, **more: Any) -> StatementFacts:
    """An hour a day at £20.00 under a schedule, of which so many minutes were given by the end of October."""
    pence = given_minutes * 2000 // 60
    settings: dict[str, Any] = {
        "lines": [plan_line()], "rates": {1: [price("20.00")]}, "delivered": {1: Delivered(minutes=given_minutes, pence=pence)},
        "budgets": [BudgetPeriod(YEAR, 7300_00, pence)], "opening_pence": 500_00,
    }
    return facts(**(settings | more))


# the worked examples

def pence(pounds: Decimal) -> int:
    return Money.parse(str(pounds)).pence


def test_money_every_four_weeks_and_a_month_that_is_under_its_budget():
    case = read_case("four-weekly-monthly")
    given, expected = case.inputs, case.theirs
    used = pence(given["used_in_october"])
    payments = {date.fromisoformat(day): pence(pounds) for day, pounds in given["payments"].items()}
    paid_for = [(Period(day, day + timedelta(days=given["each_payment_covers_days"] - 1)), pounds)
                for day, pounds in payments.items() if day <= OCTOBER.last]
    received = [pounds for day, pounds in payments.items() if Month.of(day) == OCTOBER]
    year_pence = pence(expected["Budget of 365 days"])
    receipts = [paid_in(sum_, date(2026, 10, 19), "Northshore Council paid in") for sum_ in received]
    statement = build_statement(facts(
        opening_pence=pence(given["held_on_2026_10_01"]), paid_for=paid_for, moves=moved(*receipts, visit(used, date(2026, 10, 9))),
        charges=[charged(used, minutes=60)], budgets=[BudgetPeriod(YEAR, year_pence, used)],
    ))
    money, month = statement.money, statement.budgets[0]
    assert (money.opening_pence, money.paid_in[0].pence, -money.paid_out[0].pence, money.closing_pence) == tuple(
        pence(expected[key]) for key in ("October opens with", "October in", "October out", "October closes with"))
    assert (month.budget_pence, month.used_pence) == (pence(expected["Budget for October"]), used)
    assert month.left_pence == month.under_pence == pence(expected["Under budget in October"])
    assert money.paid_ahead_pence == pence(expected["Of closing, for 1 to 15 November"])
    assert money.paid_ahead_words == "1 to 15 November 2026"
    assert money.saved_pence == pence(expected["Of closing, saved"])
    assert money.opening_pence - build_statement(facts(
        month=Month(2026, 9), paid_for=paid_for[:1])).money.paid_ahead_pence == pence(expected["Saved on 1 October"])


def test_a_fund_that_goes_live_in_the_middle_of_its_year_knows_what_was_used_before():
    case = read_case("mid-year-go-live")
    given, expected = case.inputs["D"], case.theirs
    weekly = pence(given["weekly"])
    year = Period(given["budget_from"], YEAR.last)
    budget = BudgetPeriod(year, weekly * year.days // 7, pence(given["used"]))
    line = build_statement(facts(budgets=[budget], delivered_from=case.inputs["goes_live"])).budgets[1]
    assert line.words == "1 April 2026 to 31 March 2027"
    assert (line.budget_pence, line.used_pence, line.left_pence) == (
        pence(expected["D, budget of the year"]), pence(expected["D, used"]), pence(expected["D, left"]))
    assert (line.expected_pence, line.under_pence) == (pence(expected["D, budget to 31 October"]), pence(expected["D, under by"]))


def test_a_fund_brought_over_overspent_holds_nil_and_takes_nothing_from_the_others():
    case = read_case("mid-year-go-live")
    goes_live, held, carried = case.inputs["goes_live"], [], []
    for balance in case.inputs["opening"].values():
        roles = (("held", None), ("available", None)) if balance > 0 else (("borne", None), ("owed_provider", None))
        brought = list(entry(event("opening"), *roles, abs(pence(balance)), goes_live, origin="OPENING"))
        statement = build_statement(facts(month=Month.of(goes_live), moves=moved(brought), carried_pence=max(0, -pence(balance))))
        held.append(statement.money.closing_pence)
        carried.append(statement.carried_pence)
    assert sum(held) == pence(case.theirs["Money that must be in the bank"])
    assert min(held) == 0
    assert sum(carried) == pence(case.theirs["Overspend carried by the charity"])


# what ties

def test_a_statement_whose_charges_are_not_the_ledgers_support_is_refused():
    with pytest.raises(InputError, match=r"£20\.00 by its charges and £25\.00 in the ledger") as refused:
        build_statement(facts(moves=moved(visit(25_00, date(2026, 10, 5))), charges=[charged(20_00, minutes=60)]))
    assert refused.value.problem.place == "fund F-DANNY"


def test_the_closing_of_one_month_is_the_opening_of_the_next():
    october = build_statement(facts(
        opening_pence=100_00, moves=moved(visit(20_00, date(2026, 10, 5))), charges=[charged(20_00, minutes=60)]))
    november = build_statement(facts(month=Month(2026, 11), opening_pence=october.money.closing_pence))
    assert november.money.closing_pence == 80_00


def test_saved_is_what_is_held_less_what_is_for_days_to_come():
    statement = build_statement(facts(opening_pence=1000_00, paid_for=[(four_weekly(date(2026, 10, 19), 1), 280_00)]))
    assert (statement.money.paid_ahead_pence, statement.money.saved_pence) == (150_00, 850_00)


def test_nothing_is_saved_where_support_is_paid_for_as_it_is_given():
    assert build_statement(facts(budgets=[BudgetPeriod(YEAR, 0, 0)], opening_pence=-5)).money.saved_pence is None


# what was given

def test_each_line_shows_what_was_planned_what_was_given_and_its_price():
    swimming = plan_line(2, "Swimming", Decimal(1), Measure.TIMES)
    statement = build_statement(facts(
        lines=[plan_line(), swimming], rates={1: [price("24.40")], 2: [price("9.00", per="time")]},
        moves=moved(visit(646_60 + 36_00, date(2026, 10, 5))),
        charges=[charged(646_60, minutes=1590, pounds="24.40"), charged(36_00, times=4, line_id=2, pounds="9.00", per="time")],
        delivered={1: Delivered(1590, 0, 646_60), 2: Delivered(0, 4, 36_00)}, delivered_from=OCTOBER.first,
    ))
    assert statement.given == (
        GivenLine("Support just for Danny", "£24.40 an hour", "minutes", 31 * 60, 1590, 646_60),
        GivenLine("Swimming", "£9.00 each time", "times", 5, 4, 36_00),
    )
    assert statement.given_total_pence == 682_60


def test_a_line_with_nothing_planned_and_nothing_given_is_left_out():
    ended = plan_line(2, "Gardening", period=Period(date(2026, 4, 1), date(2026, 6, 30)))
    assert [row.words for row in build_statement(facts(lines=[plan_line(), ended])).given] == ["Support just for Danny"]


def test_a_plan_that_changed_in_the_month_is_one_line():
    before = plan_line(1, period=Period(date(2026, 4, 1), date(2026, 10, 14)), reference="ONE")
    after = plan_line(2, per_week=840, period=Period(date(2026, 10, 15), date(2027, 3, 31)), reference="ONE")
    (row,) = build_statement(facts(lines=[before, after], rates={1: [price("24.40")], 2: [price("25.10")]})).given
    assert row.planned == 14 * 60 + 17 * 120
    assert row.price_words == "£24.40 an hour to 14 October, then £25.10"


def test_support_outside_the_plan_has_a_row_of_its_own():
    statement = build_statement(facts(moves=moved(visit(20_00, date(2026, 10, 5))), charges=[charged(20_00, minutes=60, line_id=None)]))
    assert statement.given == (GivenLine("Support outside the plan", "£20.00 an hour", "minutes", None, 60, 20_00),)


def test_a_night_that_people_share_says_so():
    nights = plan_line(1, "Someone asleep in the house", Decimal(7), Measure.TIMES)
    (row,) = build_statement(facts(
        lines=[nights], rates={1: [price("96.00", per="night")]}, moves=moved(visit(744_00, date(2026, 10, 5))),
        charges=[charged(24_00, day, times=1, pounds="96.00", per="night") for day in OCTOBER.period])).given
    assert (row.price_words, row.planned, row.given, row.pence) == ("£96.00 a night, shared", 31, 31, 744_00)


def test_a_price_charged_beside_the_agreed_one_is_shown_beside_it():
    statement = build_statement(facts(
        lines=[plan_line()], rates={1: [price("20.00")]}, moves=moved(visit(60_00, date(2026, 10, 5))),
        charges=[charged(20_00, minutes=60), charged(40_00, minutes=60, pounds="40.00")]))
    assert statement.given[0].price_words == "£20.00 or £40.00 an hour"


def to(day: int) -> Period:
    return Period(date(2026, 10, 1), date(2026, 10, day))


def test_prices_in_words():
    later, last = Period(date(2026, 10, 15), date(2026, 10, 20)), Period(date(2026, 10, 21), date(2026, 10, 31))
    assert price_words([]) == "Price not known"
    assert price_words([price("24.40", to(14)), price("24.40", later)]) == "£24.40 an hour"
    assert price_words([price("24.40", to(14)), price("25.10", later), price("26.00", last)]) == (
        "£24.40 an hour to 14 October, £25.10 to 20 October, then £26.00")
    assert price_words([price("24.40", to(14)), price("96.00", later, "night")]) == "£24.40 an hour to 14 October, then £96.00 a night"
    assert price_words([price("24.40"), price("9.00", per="visit")]) == "£9.00 a visit or £24.40 an hour"
    assert price_words([price("24.4050")]) == "£24.4050 an hour"


# the budget

def test_the_month_and_the_year_stand_apart_and_what_is_before_going_live_is_not_known():
    before = BudgetPeriod(Period(date(2026, 4, 1), date(2026, 9, 30)), None, None)
    since = BudgetPeriod(Period(date(2026, 10, 1), date(2027, 3, 31)), 1820_00, 0)
    budgets = build_statement(facts(budgets=[before, since], delivered_from=OCTOBER.first)).budgets
    assert [line.words for line in budgets] == ["October 2026", "1 April to 30 September 2026", "1 October 2026 to 31 March 2027"]
    assert [line.budget_pence for line in budgets] == [310_00, None, 1820_00]
    assert [line.left_pence for line in budgets] == [310_00, None, 1820_00]


def test_a_fund_paid_by_delivery_has_its_plan_as_its_budget():
    made = support_by_delivery(event("visit", line_id=1), "northshore", 20_00, date(2026, 10, 5))
    statement = build_statement(facts(
        fund_kind=FundKind.SPOT, lines=[plan_line()], rates={1: [price("20.00")]}, by_delivery=frozenset({1}), moves=moved(made),
        charges=[charged(20_00, minutes=60)], budgets=[BudgetPeriod(YEAR, 0, 214 * 2000)],
        delivered={1: Delivered(214 * 60, 0, 214 * 2000)}))
    assert [line.budget_pence for line in statement.budgets] == [31 * 2000, 365 * 2000]
    assert (statement.status, statement.money.closing_pence) == ("on target", -20_00)


# the headline

def headline(of: StatementFacts) -> tuple[str, str]:
    statement = build_statement(of)
    return statement.status, statement.headline


def test_on_target_needs_nothing():
    assert headline(on_plan(214 * 60)) == ("on target", "Danny has money left and is on target. You do not need to do anything.")


def test_more_than_planned_says_whom_to_ring():
    assert headline(on_plan(240 * 60)) == ("over", "Danny has used more than planned so far. Please ring Asha to talk about it.")


def test_without_a_contact_it_is_us_to_ring():
    assert headline(on_plan(240 * 60, contacts=[]))[1].endswith("Please ring us to talk about it.")


def test_less_than_planned_names_the_support_that_did_not_come():
    assert headline(on_plan(150 * 60)) == (
        "under", "Danny has had less of “Support just for Danny” than planned so far. Please ring Asha to talk about it.")


def test_less_used_than_expected_with_every_line_on_its_plan():
    assert headline(facts(budgets=[BudgetPeriod(YEAR, 3650_00, 100_00)])) == (
        "under", "Danny has used less than planned so far. Please ring Asha to talk about it.")


def test_several_lines_are_not_listed_in_one_sentence():
    two = [plan_line(), plan_line(2, "Evenings")]
    rates = {1: [price("20.00")], 2: [price("20.00")]}
    few = {1: Delivered(60, 0, 2000), 2: Delivered(60, 0, 2000)}
    many = {line: Delivered(300 * 60, 0, 300 * 2000) for line in (1, 2)}
    assert "had less of some support" in headline(facts(lines=two, rates=rates, delivered=few))[1]
    assert "had more of some support" in headline(facts(lines=two, rates=rates, delivered=many))[1]


def test_a_line_over_is_said_even_when_the_money_is_on_target():
    of = on_plan(240 * 60, budgets=[BudgetPeriod(YEAR, 7300_00, 214 * 2000)])
    assert headline(of) == (
        "over", "Danny has had more of “Support just for Danny” than planned so far. Please ring Asha to talk about it.")


def test_a_missing_price_is_said_and_not_guessed():
    assert headline(on_plan(214 * 60, rates={})) == (
        "not known", "We cannot say yet whether Danny is on target: a price is missing. Please ring Asha to talk about it.")


def test_a_budget_or_a_use_that_is_not_known_is_said():
    assert "we have not been told the budget" in headline(facts(budgets=[BudgetPeriod(YEAR, None, 5)]))[1]
    assert "we do not know what was used before we started" in headline(facts(budgets=[BudgetPeriod(YEAR, 5, None)]))[1]
    assert headline(facts(budgets=[]))[0] == "not known"


def test_a_person_who_pays_for_their_own_support_is_asked_to_pay():
    assert headline(on_plan(214 * 60, opening_pence=-412_00, funders=[SELF]))[1] == (
        "Danny is on target. Please pay our invoice for the support already given.")
    assert headline(on_plan(214 * 60, opening_pence=5, funders=[SELF]))[1].endswith("You do not need to do anything.")
    assert headline(on_plan(214 * 60, opening_pence=-412_00))[1] == "Danny is on target. You do not need to do anything."


def test_support_that_the_provider_carries_makes_the_fund_over():
    statement = build_statement(on_plan(214 * 60, carried_pence=40_00))
    assert (statement.status, statement.carried_pence) == ("over", 40_00)


def test_a_fund_from_its_going_live_is_measured_from_that_day():
    since = on_plan(31 * 60, delivered_from=OCTOBER.first, budgets=[BudgetPeriod(YEAR, 7300_00, 214 * 2000)])
    (line,) = fund_position(since).lines
    assert (line.planned_to_date, line.status) == (31 * 60, Status.ON_TARGET)


# the rest of the page

def test_what_did_not_come_is_listed_by_day_with_its_reason():
    statement = build_statement(facts(missed=[
        Missed(date(2026, 10, 24), "Support just for Danny", 30, "Danny chose to stop early"),
        Missed(date(2026, 10, 20), "Support just for Danny", 60, "our worker was ill")]))
    assert statement.shortfalls == (
        Shortfall("20 October", "Support just for Danny", 60, "our worker was ill"),
        Shortfall("24 October", "Support just for Danny", 30, "Danny chose to stop early"))


def test_a_correction_shows_before_after_and_why_once_for_each_reason():
    wrong = [PutRight(date(2026, 9, day), "Support just for Danny", 24_40, 0, "Danny was in hospital") for day in (17, 18)]
    late = PutRight(date(2026, 8, 3), "Swimming", 0, 9_00, "it was written down late")
    assert build_statement(facts(put_right=[*wrong, late])).corrections == (
        Correction("August 2026", "Swimming", 0, 9_00, "it was written down late"),
        Correction("September 2026", "Support just for Danny", 48_80, 0, "Danny was in hospital"))


def test_the_reader_never_meets_brackets_or_the_fields_short_words():
    statement = build_statement(on_plan(214 * 60, put_right=[PutRight(date(2026, 9, 17), "Support", 24_40, 0, "Danny was in hospital")]))
    words = [text for text in re.findall(r"'([^']*)'", str(asdict(statement))) if " " in text]
    assert not [text for text in words if re.search(r"[()]|\bISF\b|accru", text)]


def test_the_record_carries_who_and_when():
    statement = build_statement(facts(seal="7f3a", draft=False, practice=True))
    assert (statement.name, statement.known_as, statement.provider) == ("Danny Reed", "Danny", "Harbour Support")
    assert (statement.month, statement.period_words, statement.fund_kind) == ("2026-10", "1 to 31 October 2026", "isf")
    assert (statement.seal, statement.draft, statement.practice, statement.contacts) == ("7f3a", False, True, (ASHA,))


def test_nothing_posted_is_still_a_statement():
    money = build_statement(facts(opening_pence=7)).money
    assert (money.paid_in, money.paid_out, money.put_right, money.closing_pence) == ((), (), (), 7)


def test_the_same_facts_make_the_same_statement():
    day = date(2026, 10, 5)
    entries = moved(visit(20_00, day), paid_in(5_00, day, "Paid"), paid_in(5_00, day, "Also paid"))
    of = facts(moves=entries, charges=[charged(20_00, minutes=60)])
    assert build_statement(of) == build_statement(replace(of, moves=entries[::-1]))
    assert build_statement(of).money.paid_in == (MoneyLine("Also paid", 5_00), MoneyLine("Paid", 5_00))

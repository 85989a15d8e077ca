"""What a visit costs each payer: worked cases that a finance officer can check by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from basics.periods import Period
from basics.rounding import TimeRule
from invoicing.delivery import Charge
from invoicing.rating import VOID
from tests.invoicing.support_records import (
    DAY,
    TERMS,
    YEAR,
    agreed,
    agreed_for,
    charged,
    funding,
    house,
    line,
    pence,
    price,
    rated,
    untimed,
    visit,
)

FOUR = ("A1", "B2", "C3", "D4")


def by_person(charges):
    return {charge.fund.removeprefix("fund-"): charge.pence for charge in charges}


def test_the_charge_says_all_that_the_books_need():
    row = visit()
    assert charged(row, by=agreed()) == [Charge(
        key="V1|A|P001|P001|council|2026-03-12", delivery_id=row.id, fund="fund-P001", funder="council", how="delivery", plan_line_id=1,
        support_on=DAY, starts_at=row.starts_at, visit="V1", minutes=60, times=0, rate_code="CARE", pounds=Decimal("24.40"), pence=2440,
        shared_key="")]


@pytest.mark.parametrize(("rule", "expected"), [(TimeRule.BY_THE_MINUTE, 4067), (TimeRule.NEAREST_15, 4270)])
def test_each_of_two_carers_is_charged_for_the_time_that_carer_gave(rule, expected):
    by = agreed(terms=(replace(TERMS, charged_time=rule),))
    rows = [visit(carer="A", carers=2), visit(carer="B", start="09:20", minutes=40, planned=60, carers=2)]
    charges = charged(*rows, by=by)
    assert pence(charges) == expected
    assert sum(charge.minutes for charge in charges) == (100 if rule is TimeRule.BY_THE_MINUTE else 105)


def test_a_carer_who_never_came_is_not_charged_and_is_told_as_time_not_given():
    found = rated(visit("V2", carers=2), by=agreed())
    assert (pence(found.charges), found.problems) == (2440, [])
    assert [(problem.place, problem.what) for problem in found.warnings] == [
        ("visit V2, for P001", "planned 2 carers, 1 came: 60 staff minutes not given.")]


def test_a_carer_missing_from_a_shared_visit_is_told_once_for_all_who_shared_it():
    found = rated(visit(subject="P001", carers=2), visit(subject="P002", carers=2), by=agreed_for("P001", "P002"))
    assert [problem.what for problem in found.warnings] == ["planned 2 carers, 1 came: 60 staff minutes not given."]


def test_one_carer_for_three_people_costs_each_a_third():
    people = ("P1", "P2", "P3")
    charges = charged(*(visit(subject=person, minutes=300) for person in people), by=agreed_for(*people, pounds="63.21"))
    assert by_person(charges) == {"P1": 10535, "P2": 10535, "P3": 10535}
    assert [charge.minutes for charge in charges] == [100, 100, 100]
    assert {charge.shared_key for charge in charges} == {"P1+P2+P3"}


def test_two_carers_for_three_people_cost_double():
    people = ("P1", "P2", "P3")
    rows = [visit(subject=person, carer=carer, minutes=360, carers=2) for person in people for carer in "AB"]
    charges = charged(*rows, by=agreed_for(*people, pounds="20.00"))
    assert {person: sum(charge.pence for charge in charges if charge.fund == f"fund-{person}") for person in people} == {
        "P1": 8000, "P2": 8000, "P3": 8000}


def test_two_carers_for_one_person_are_ten_staff_hours():
    rows = [visit(carer=carer, minutes=300, carers=2) for carer in "AB"]
    charges = charged(*rows, by=agreed_for("P001", pounds="20.00"))
    assert (pence(charges), sum(charge.minutes for charge in charges)) == (20000, 600)


@pytest.mark.parametrize(("rule", "expected"), [
    (TimeRule.BY_THE_MINUTE, 2080), (TimeRule.NEAREST_5, 2000), (TimeRule.NEAREST_15, 1800), (TimeRule.UP_TO_15, 2400)])
def test_fifty_two_minutes_cost_what_the_rule_of_charged_time_says(rule, expected):
    by = agreed(rates=(price("24.00"),), terms=(replace(TERMS, charged_time=rule),))
    assert pence(charged(visit(minutes=52), by=by)) == expected


def test_people_of_a_shared_visit_pay_their_part_at_their_own_rate():
    by = agreed(plan=(line("P1", number=1), line("P2", number=2, code="DEAR")), fundings=(funding("fund-P1"), funding("fund-P2")),
                rates=(price("20.00"), price("30.00", code="DEAR")))
    assert by_person(charged(visit(subject="P1"), visit(subject="P2"), by=by)) == {"P1": 1000, "P2": 1500}


def test_people_of_a_shared_visit_pay_for_the_time_that_their_own_terms_charge():
    by = agreed(plan=(line("P1", number=1), line("P2", number=2)), fundings=(funding("fund-P1"), funding("fund-P2", terms="rounded")),
                rates=(price("24.00"),), terms=(TERMS, replace(TERMS, name="rounded", charged_time=TimeRule.UP_TO_15)))
    assert by_person(charged(visit(subject="P1", minutes=52), visit(subject="P2", minutes=52), by=by)) == {"P1": 1040, "P2": 1200}


def test_the_house_is_shared_by_its_places():
    charges = charged(untimed(visit(subject="H1", minutes=6000)), by=agreed_for(*FOUR, pounds="20.00", houses=(house(*FOUR),)))
    assert by_person(charges) == {"A1": 50000, "B2": 50000, "C3": 50000, "D4": 50000}
    assert {charge.shared_key for charge in charges} == {"H1"}


def test_an_empty_place_leaves_the_parts_of_the_others_as_they_were():
    full = charged(visit(subject="H1", minutes=61), by=agreed_for(*FOUR, pounds="22.61", houses=(house(*FOUR),)))
    with_void = charged(visit(subject="H1", minutes=61), by=agreed_for(*FOUR, pounds="22.61", houses=(house("A1", "B2", "C3", None),)))
    assert [charge for charge in with_void if charge.how != VOID] == [charge for charge in full if charge.fund != "fund-D4"]
    void = next(charge for charge in with_void if charge.how == VOID)
    d4 = next(charge for charge in full if charge.fund == "fund-D4")
    assert void == d4._replace(key="V1|A|H1|place4|void|2026-03-12", fund="provider", funder=None, how=VOID, plan_line_id=None)


def test_a_place_belongs_to_whom_it_was_given_on_the_day():
    moved = replace(house("A1", "B2"), held=((1, YEAR.first, "A1"), (2, YEAR.first, "B2"), (2, DAY, None), (2, date(2026, 4, 1), "C3")))
    by = agreed_for("A1", "B2", "C3", houses=(moved,))
    days = (date(2026, 3, 11), DAY, date(2026, 4, 1))
    assert [{charge.fund for charge in charged(visit(subject="H1", day=day), by=by)} for day in days] == [
        {"fund-A1", "fund-B2"}, {"fund-A1", "provider"}, {"fund-A1", "fund-C3"}]


def test_a_sleep_in_counts_once_for_each_place_and_its_minutes_are_not_posted():
    by = agreed_for(*FOUR, pounds="84.00", per="night", houses=(house(*FOUR),))
    charges = charged(visit(subject="H1", start="22:00", minutes=540), by=by)
    assert [(charge.pence, charge.minutes, charge.times, charge.support_on) for charge in charges] == [(2100, 0, 1, DAY)] * 4


def test_counted_support_needs_no_time_and_no_term_of_time():
    bare = replace(TERMS, charged_time=None, across_midnight=None, nights=None)
    by = agreed(rates=(price("45.00", per="session"),), terms=(bare,))
    assert [(charge.pence, charge.times) for charge in charged(untimed(visit(minutes=0)), by=by)] == [(4500, 1)]


NEW_YEAR = (price("24.40", period=Period(YEAR.first, date(2026, 3, 31))), price("26.00", period=Period(date(2026, 4, 1), YEAR.last)))
NIGHT_OF_31_MARCH = visit(day=date(2026, 3, 31), start="22:00", minutes=540)


def test_a_night_that_is_split_is_charged_at_the_rate_of_each_day():
    charges = charged(NIGHT_OF_31_MARCH, by=agreed(rates=NEW_YEAR))
    assert [(charge.support_on, charge.minutes, charge.pounds, charge.pence) for charge in charges] == [
        (date(2026, 3, 31), 120, Decimal("24.40"), 4880), (date(2026, 4, 1), 420, Decimal("26.00"), 18200)]


def test_a_night_by_its_start_day_is_charged_at_the_rate_of_that_day():
    by = agreed(rates=NEW_YEAR, terms=(replace(TERMS, across_midnight="start day"),))
    assert [(charge.support_on, charge.minutes, charge.pence) for charge in charged(NIGHT_OF_31_MARCH, by=by)] == [
        (date(2026, 3, 31), 540, 21960)]


def test_the_part_of_a_night_after_the_last_day_comes_in_the_next_month():
    in_march = charged(NIGHT_OF_31_MARCH, by=agreed(rates=NEW_YEAR), through=date(2026, 3, 31))
    assert [charge.support_on for charge in in_march] == [date(2026, 3, 31)]
    assert in_march[0] == charged(NIGHT_OF_31_MARCH, by=agreed(rates=NEW_YEAR))[0]


def test_a_rate_that_is_not_given_yet_does_not_stop_the_month_before():
    only_march = agreed(rates=NEW_YEAR[:1])
    assert pence(charged(NIGHT_OF_31_MARCH, by=only_march, through=date(2026, 3, 31))) == 4880
    assert rated(NIGHT_OF_31_MARCH, by=only_march, through=date(2026, 4, 30)).problems != []


def test_visits_after_the_last_day_are_left_out_with_their_problems():
    assert charged(visit(subject="NOBODY"), visit("V2", carers=2), by=agreed(), through=date(2026, 3, 11)) == []


def test_a_visit_that_ends_at_midnight_touches_one_day():
    bare = replace(TERMS, across_midnight=None, nights=None)
    assert [charge.minutes for charge in charged(visit(start="22:00", minutes=120), by=agreed(terms=(bare,)))] == [120]


@pytest.mark.parametrize(("nights", "planned", "stated", "minutes"), [
    ("elapsed", 540, 600, [120, 480]), ("elapsed", 540, 540, [120, 480]), ("as planned", 540, 600, [108, 432])])
def test_the_night_on_which_the_clocks_go_back_has_ten_hours_or_the_nine_that_were_planned(nights, planned, stated, minutes):
    night = visit(day=date(2026, 10, 24), start="22:00", minutes=600, planned=planned)._replace(actual_minutes=stated)
    charges = charged(night, by=agreed(terms=(replace(TERMS, nights=nights),)))
    assert [charge.minutes for charge in charges] == minutes
    assert [charge.support_on for charge in charges] == [date(2026, 10, 24), date(2026, 10, 25)]


def test_a_night_cut_short_is_not_charged_for_the_hours_after_the_carer_left():
    night = visit(start="22:00", minutes=540)._replace(actual_minutes=300)
    assert sum(charge.minutes for charge in charged(night, by=agreed())) == 300


def test_the_whole_night_is_rounded_before_it_is_divided_at_midnight():
    by = agreed(terms=(replace(TERMS, charged_time=TimeRule.NEAREST_15),))
    charges = charged(visit(start="23:50", minutes=20), by=by)
    assert [(charge.support_on, charge.minutes) for charge in charges] == [(DAY, 8), (date(2026, 3, 13), 7)]


def test_hours_without_a_start_are_charged_on_their_day():
    assert [(charge.support_on, charge.minutes) for charge in charged(untimed(visit(minutes=90)), by=agreed())] == [(DAY, 90)]


def test_no_minutes_given_is_no_charge():
    assert charged(visit(minutes=0), by=agreed()) == []


@pytest.mark.parametrize(("term", "per", "expected"), [
    ("not charged", "hour", []), ("as planned", "hour", [(1830, 45, 0)]),
    ("not charged", "night", []), ("as planned", "night", [(2440, 0, 1)])])
def test_a_cancelled_visit_is_charged_as_the_terms_say(term, per, expected):
    by = agreed(rates=(price(per=per),), terms=(replace(TERMS, cancelled_visits=term),))
    charges = charged(visit(minutes=45, outcome="cancelled"), by=by)
    assert [(charge.pence, charge.minutes, charge.times) for charge in charges] == expected


THREE = (funding(funder="council", percent="65"), funding(funder="icb", percent="25"), funding(funder="family", percent="10"))


def test_three_funders_share_the_hours_and_the_pounds_of_a_line():
    by = agreed(plan=(line(funder=None),), fundings=THREE, rates=(price("35.27"),))
    charges = charged(untimed(visit(minutes=2100, planned=2100)), by=by)
    assert {charge.funder: (charge.minutes, charge.pence) for charge in charges} == {
        "council": (1365, 80239), "icb": (525, 30861), "family": (210, 12345)}
    assert pence(charges) == 123445


def test_the_odd_penny_of_several_funders_is_nobodys_loss():
    by = agreed(plan=(line(funder=None),), fundings=THREE, rates=(price("1234.57", per="week"),))
    charges = charged(visit(), by=by)
    assert {charge.funder: charge.pence for charge in charges} == {"council": 80247, "icb": 30864, "family": 12346}
    assert {charge.times for charge in charges} == {1}


def test_a_line_that_names_its_funder_is_paid_by_that_funder_alone():
    charges = charged(visit(), by=agreed(fundings=THREE))
    assert [(charge.funder, charge.pence) for charge in charges] == [("council", 2440)]


def test_a_line_without_a_funder_asks_only_those_who_pay_by_delivery():
    by = agreed(plan=(line(funder=None),), fundings=(funding(funder="icb"), funding(funder="council", how="schedule")))
    assert [(charge.funder, charge.how) for charge in charged(visit(), by=by)] == [("icb", "delivery")]


def test_support_under_a_schedule_is_rated_and_says_so():
    assert [charge.how for charge in charged(visit(), by=agreed(fundings=(funding(how="schedule"),)))] == ["schedule"]


def test_the_terms_are_the_latest_that_had_begun_on_the_day():
    later = replace(TERMS, from_on=date(2026, 3, 13), charged_time=TimeRule.UP_TO_15)
    rows = visit("V1", minutes=20), visit("V2", day=date(2026, 3, 13), minutes=20)
    assert [charge.minutes for charge in charged(*rows, by=agreed(terms=(later, TERMS)))] == [20, 30]


def test_support_at_no_price_keeps_its_minutes():
    assert [(charge.pence, charge.minutes) for charge in charged(visit(), by=agreed(rates=(price("0"),)))] == [(0, 60)]


def test_many_people_together_have_a_short_name_for_what_they_share():
    people = tuple(f"PERSON-{number:03d}" for number in range(20))
    keys = {charge.shared_key for charge in charged(*(visit(subject=person) for person in people), by=agreed_for(*people))}
    assert len(keys) == 1
    assert len(keys.pop()) == 32


def test_a_visit_much_longer_than_planned_or_than_a_day_of_work_is_told():
    found = rated(visit("V1", minutes=121, planned=60), visit("V2", start="06:00", minutes=961, planned=961),
                  visit("V3", minutes=120, planned=60), by=agreed())
    assert [str(problem) for problem in found.warnings] == [
        "visit V1, carer A, for P001: The visit took more than 1 h longer than planned: 61 minutes over. Check the times and the reason.",
        "visit V2, carer A, for P001: The visit lasted over 16 h. Check the start and the end."]


def test_a_visit_that_was_cancelled_warns_of_nothing():
    assert rated(visit(carers=2, outcome="cancelled"), by=agreed()).warnings == []

"""What stops a charge: each problem says what is missing, where, and what to do, once for all the visits that it stops."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from basics.periods import Period
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
    told,
    visit,
)

BEFORE = Period(YEAR.first, DAY - timedelta(days=1))
HERE = "visit V1, carer A, person P001"
NIGHT = visit(start="22:00", minutes=540)


def without(name):
    return agreed(terms=(replace(TERMS, **{name: None}),))


def test_a_person_without_any_funding_on_the_day_is_told():
    assert told(visit(), by=agreed(fundings=(funding(period=BEFORE),))) == [
        f"{HERE}: No funding covers P001 on 12 March 2026. Add it under “fundings” in an apply file, from 12 March 2026 or before."]


def test_a_person_nobody_knows_of_has_no_funding():
    assert told(visit(subject="P404"), by=agreed()) == [
        "visit V1, carer A, person P404: No funding covers P404 on 12 March 2026. "
        "Add it under “fundings” in an apply file, from 12 March 2026 or before."]


def test_a_named_funder_without_a_funding_on_the_day_is_told():
    by = agreed(fundings=(funding(funder="icb"), funding(period=BEFORE)))
    assert told(visit(), by=by) == [
        f"{HERE}: No funding covers P001 for council in the fund fund-P001 on 12 March 2026. "
        "Add it under “fundings” in an apply file, from 12 March 2026 or before."]


def test_support_that_is_not_in_the_plan_is_told():
    assert told(visit(support="outreach"), by=agreed()) == [
        f"{HERE}: No line of the plan covers outreach for P001 on 12 March 2026. "
        "Add a line to the plan, from 12 March 2026, to an apply file; or correct the type of support."]


def test_two_lines_for_the_same_support_are_both_named():
    assert told(visit(), by=agreed(plan=(line(), replace(line(), id=2, words="More care")))) == [
        f"{HERE}: 2 lines of the plan cover care for P001 on 12 March 2026: “Personal care” (line 1) and “More care” (line 2). "
        "End one of them before that day, in an apply file."]


def test_shares_that_are_not_a_hundred_are_told():
    by = agreed(plan=(line(funder=None),), fundings=(funding(percent="65"), funding(funder="icb", percent="30")))
    assert told(visit(), by=by) == [
        f"{HERE}: The shares of the fund fund-P001 add to 95 and not to 100 on 12 March 2026: council 65, icb 30. "
        "Correct the shares of its fundings, in an apply file."]


def test_a_line_without_a_funder_where_nobody_pays_by_delivery_is_told():
    assert told(visit(), by=agreed(plan=(line(funder=None),), fundings=(funding(how="schedule"),))) == [
        f"{HERE}: “Personal care” (line 1) of P001 names no funder, and nobody pays for the fund fund-P001 by delivery on 12 March 2026. "
        "Name the funder on that line of the plan, in an apply file."]


def test_one_hour_is_never_asked_for_by_schedule_and_by_delivery():
    assert told(visit(), by=agreed(fundings=(funding(), funding(how="schedule")))) == [
        f"{HERE}: council pays for the fund fund-P001 twice on 12 March 2026: by delivery (1 January to 31 December 2026) and by schedule "
        "(1 January to 31 December 2026). End one of these fundings before that day, in an apply file."]


def test_terms_that_have_not_begun_are_told():
    assert told(visit(), by=agreed(terms=(replace(TERMS, from_on=date(2026, 4, 1)),))) == [
        f"{HERE}: The terms “usual” say nothing for 12 March 2026. Add the terms “usual”, from 12 March 2026 or before, to an apply file."]


@pytest.mark.parametrize(("name", "row", "expected"), [
    ("charged_time", visit(), "how the time of a visit becomes the time charged (charged_time). It would be: by the minute £24.40, "
     "nearest 5 £24.40, nearest 15 £24.40, "
     "up to 15 £24.40. Ask the funder, and give charged_time "
     "in an apply file: “by the minute” or “nearest 5” or “nearest 15” or “up to 15”."),
    ("across_midnight", NIGHT, "what happens to a visit that crosses midnight (across_midnight). It would be: split £219.60, start day "
     "£219.60. Ask the funder, and give "
     "across_midnight in an apply file: “split” or “start day”."),
    ("nights", NIGHT, "how long a visit across midnight counts (nights). It would be: elapsed £219.60, "
     "as planned £219.60. Ask the funder, and give nights in an apply file: "
     "“elapsed” or “as planned”."),
    ("cancelled_visits", visit(outcome="cancelled"), "whether a cancelled visit is charged (cancelled_visits). It would be: not charged £0.00, "
     "as planned £24.40. Ask the funder, and give cancelled_visits in an apply file: “not charged” or “as planned” or “by notice”."),
])
def test_a_term_that_decides_a_figure_is_asked_for_and_never_assumed(name, row, expected):
    assert told(row, by=without(name)) == [f"{HERE}: The terms “usual” do not say {expected}"]


def test_a_term_that_says_something_else_is_told():
    assert told(NIGHT, by=agreed(terms=(replace(TERMS, across_midnight="halves"),))) == [
        f"{HERE}: The terms “usual” say “halves” for what happens to a visit that crosses midnight (across_midnight). "
        "It would be: split £219.60, start day £219.60. Ask the funder, and give across_midnight in an apply file: “split” or “start day”."]


@pytest.mark.parametrize("name", ["across_midnight", "nights", "cancelled_visits", "funder_share"])
def test_a_term_that_decides_nothing_here_may_stay_unknown(name):
    assert pence(charged(visit(), by=without(name))) == 2440


def test_every_missing_term_of_a_night_is_told_at_once():
    bare = replace(TERMS, charged_time=None, across_midnight=None, nights=None)
    assert len(told(NIGHT, by=agreed(terms=(bare,)))) == 3


BOTH = (funding(percent="50"), funding(funder="icb", percent="50", terms="of the icb"))
OF_THE_ICB = replace(TERMS, name="of the icb")


def test_several_funders_need_to_have_said_how_they_share():
    by = agreed(plan=(line(funder=None),), fundings=BOTH, terms=tuple(replace(one, funder_share=None) for one in (TERMS, OF_THE_ICB)))
    assert told(visit(), by=by) == [
        f"{HERE}: The terms “usual” do not say how several funders share a charge (funder_share). It would be: council by line £12.20, "
        "icb by line £12.20, council on the total £12.20, icb on the total £12.20. "
        "Ask the funder, and give funder_share in an apply file: “by line” or “on the total”."]


def test_how_several_funders_share_is_asked_for_with_what_each_pays_of_the_month_by_each_reading():
    """Three visits of 40 minutes are £16.27 each: 65% of one is £10.58, and of the £48.81 together £31.73."""
    fundings = (funding(percent="65"), funding(funder="icb", percent="35", terms="of the icb"))
    by = agreed(plan=(line(funder=None),), fundings=fundings, terms=tuple(replace(one, funder_share=None) for one in (TERMS, OF_THE_ICB)))
    found = rated(*(visit(f"V{n}", minutes=40, day=DAY + timedelta(days=n)) for n in range(3)), by=by)
    problem, = found.problems
    assert problem.place.startswith("3 visits")
    assert "It would be: council by line £31.74, icb by line £17.07, council on the total £31.73, icb on the total £17.08." in problem.what


def test_funders_of_one_line_whose_terms_differ_are_told():
    by = agreed(plan=(line(funder=None),), fundings=BOTH, terms=(TERMS, replace(OF_THE_ICB, nights="as planned")))
    assert told(visit(), by=by) == [
        f"{HERE}: The terms “usual” and “of the icb” share the fund fund-P001 and differ on nights. "
        "Agree one reading with these funders, and put it in both terms in an apply file."]


def test_a_day_without_a_rate_is_told_with_what_to_add():
    assert told(visit(), by=agreed(rates=(price(period=BEFORE),))) == [
        f"{HERE}: The rate “CARE” is not given for 12 March 2026. Add a rate for “CARE” from 12 March 2026 to an apply file."]


def test_the_second_day_of_a_night_needs_its_own_rate():
    assert told(NIGHT, by=agreed(rates=(price(period=Period(YEAR.first, DAY)),))) == [
        f"{HERE}: The rate “CARE” is not given for 13 March 2026. Add a rate for “CARE” from 13 March 2026 to an apply file."]


def test_two_rates_for_a_day_are_both_told():
    assert told(visit(), by=agreed(rates=(price(), price("25.00")))) == [
        f"{HERE}: The rate “CARE” is given 2 times for 12 March 2026: £24.40 (1 January to 31 December 2026) and £25.00 "
        "(1 January to 31 December 2026). End one of them before that day, in an apply file."]


def test_a_rate_that_becomes_another_kind_at_midnight_is_told():
    rates = (price(period=Period(YEAR.first, DAY)), price(per="night", period=Period(date(2026, 3, 13), YEAR.last)))
    assert told(NIGHT, by=agreed(rates=rates)) == [
        f"{HERE}: The rate “CARE” is by the hour when a visit starts and by the night on 13 March 2026. "
        "Give the new kind of rate a code and a line of the plan of its own."]


@pytest.mark.parametrize("change", [
    {"minutes": 50}, {"start": "09:10"}, {"support": "outreach"}, {"outcome": "cancelled"}, {"planned": 45}, {"day": date(2026, 3, 13)}])
def test_a_row_that_contradicts_the_others_of_a_shared_visit_is_told_and_nobody_is_charged(change):
    people = ("P001", "P002", "P003")
    rows = [visit(subject="P001"), visit(subject="P002", **change), visit(subject="P003")]
    assert told(*rows, by=agreed_for(*people)) == [
        "visit V1, carer A, person P002: A shared visit has one time, outcome and type of support for all who share it, and this row "
        "differs. Correct the row, or give the support a visit of its own."]


def test_rows_of_one_visit_on_two_days_are_told_even_where_the_month_ends_between_them():
    rows = [visit(subject="P001", day=date(2026, 3, 31)), visit(subject="P002", day=date(2026, 4, 1))]
    found = rated(*rows, by=agreed_for("P001", "P002"), through=date(2026, 3, 31))
    assert (found.charges, [problem.place for problem in found.problems]) == ([], ["visit V1, carer A, person P002"])


def test_one_person_twice_in_one_carers_visit_is_told():
    assert told(visit(), visit()._replace(id=7, key="V1|A|P001|v2"), by=agreed()) == [
        f"{HERE}: P001 stands 2 times in the visit of one carer. Withdraw the rows that should not count."]


def test_a_visit_to_the_house_and_to_a_person_of_it_is_told():
    by = agreed_for("A1", "B2", houses=(house("A1", "B2"),))
    assert told(visit(subject="H1"), visit(subject="A1"), by=by) == [
        "visit V1, carer A, house H1: A visit to the house H1 also stands against other people or houses. "
        "Record the visit for the house, or for each person, and not for both."]


def test_a_person_in_two_places_of_a_house_is_told():
    assert told(visit(subject="H1"), by=agreed_for("A1", houses=(house("A1", "A1"),))) == [
        "visit V1, carer A, house H1: A1 holds 2 places of the house H1 on 12 March 2026. "
        "Leave one place, and end the others, in an apply file."]


def test_support_in_a_house_where_nobody_lives_is_told():
    assert told(visit(subject="H1"), by=agreed_for("A1", houses=(house(None),))) == [
        "visit V1, carer A, house H1, place 1: Support was recorded for the house H1, and nobody lives there on 12 March 2026. "
        "Correct the house of the visit, or who holds its places."]


def test_an_empty_place_among_people_with_different_rates_has_no_price():
    by = agreed(plan=(line("A1", number=1), line("B2", number=2, code="DEAR")), fundings=(funding("fund-A1"), funding("fund-B2")),
                rates=(price(), price("30.00", code="DEAR")), houses=(house("A1", "B2", None),))
    found = rated(visit(subject="H1"), by=by)
    assert [charge.fund for charge in found.charges] == ["fund-A1", "fund-B2"]
    assert [str(problem) for problem in found.problems] == [
        "visit V1, carer A, house H1, place 3: The people of the house H1 are charged for care at different rates or terms, so the cost "
        "of its empty place is not known. Give them one rate and the same terms."]


def test_a_persons_problem_leaves_the_parts_of_the_others_as_they_are():
    found = rated(*(visit(subject=person) for person in ("P001", "P002", "P003")), by=agreed_for("P001", "P003"))
    assert [(charge.fund, charge.pence) for charge in found.charges] == [("fund-P001", 814), ("fund-P003", 813)]
    assert [problem.place for problem in found.problems] == ["visit V1, carer A, person P002"]


def test_a_visit_that_ends_before_it_starts_is_told():
    row = visit(start="22:00", minutes=540)
    assert told(row._replace(ends_at=row.starts_at - timedelta(days=1)), by=agreed()) == [
        f"{HERE}: The visit ends before it starts. Check the start and the end."]


def test_two_hundred_visits_without_a_rate_are_one_problem():
    rows = [visit(f"V{number:03d}", day=date(2026, 3, 1) + timedelta(days=number % 20)) for number in range(200)]
    found = rated(*rows, by=agreed(rates=(price(period=Period(YEAR.first, date(2026, 3, 10))),)))
    assert [str(problem) for problem in found.problems] == [
        "100 visits: V010, V030, V050, V070, V090 and 95 more: The rate “CARE” is not given for 10 days from 11 March 2026 to "
        "20 March 2026. Add a rate for “CARE” from 11 March 2026 to an apply file."]
    assert len(found.charges) == 100


def test_time_not_given_is_added_up_over_the_visits():
    found = rated(visit("V1", carers=2), visit("V2", carers=2, minutes=45), by=agreed())
    assert [str(problem) for problem in found.warnings] == [
        "2 visits: V1, V2: planned 2 carers, 1 came: 105 staff minutes not given. Check the rota, and tell whoever agreed the plan."]

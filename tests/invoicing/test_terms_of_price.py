"""The terms that change a figure: each reading has its own, nothing is assumed, and a gap is told. Figures can be checked by hand."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basics.rounding import TimeRule
from invoicing.not_given import Absence, NoticeStep, Retainer
from invoicing.price_list import PriceList
from tests.invoicing.support_records import DAY, TERMS, YEAR, agreed, at, charged, funding, line, pence, price, rated, told, visit

CHRISTMAS = [date(2026, 12, day) for day in range(24, 30)]
HOLIDAYS = PriceList("CARE", weekend="WEEKEND", public_holiday="HOLIDAY", public_holiday_times=Decimal(2))
RATES = (price("26.40"), price("28.80", code="WEEKEND"), price("52.80", code="HOLIDAY"))


def by_terms(rates=(), **said):
    """One council’s agreement with one person, on terms that say this as well."""
    return agreed(rates=rates or (price(),), terms=(replace(TERMS, **said),))


def each_day(**said):
    """What an hour costs on each day from 24 to 29 December 2026: 26 is a Saturday, and its holiday is kept on Monday 28."""
    by = by_terms(RATES, **said)
    return [pence(charged(visit(f"V{day.day}", day=day), by=by)) for day in CHRISTMAS]


@pytest.mark.parametrize(("days", "expected"), [
    ("actual", [2640, 5280, 5280, 2880, 2640, 2640]), ("substitute", [2640, 5280, 2880, 2880, 5280, 2640]),
    ("both", [2640, 5280, 5280, 2880, 5280, 2640]), ("none", [2640, 2640, 2880, 2880, 2640, 2640])])
def test_bank_holiday_substitute(days, expected):
    """The case bank-holiday-substitute: the contract says which of the two days has the price, and a holiday comes before a weekend."""
    assert each_day(public_holiday_days=days, nation="England", prices=(HOLIDAYS,)) == expected
    assert sum(expected) in (21360, 21600, 24000, 16320)


def test_which_days_are_public_holidays_is_asked_for_with_what_each_reading_gives():
    found, = told(visit(day=date(2026, 12, 28)), by=by_terms(RATES, nation="England", prices=(HOLIDAYS,)))
    assert "do not say which days have the price of public holidays (public_holiday_days). " in found
    assert "It would be: actual £26.40, substitute £52.80, both £52.80, none £26.40." in found


def test_a_holiday_of_one_nation_only_has_its_price_there():
    by = {nation: by_terms(RATES, nation=nation, public_holiday_days="actual", prices=(HOLIDAYS,)) for nation in ("England", "Scotland")}
    saint_andrews = visit(day=date(2026, 11, 30))
    assert [pence(charged(saint_andrews, by=one)) for one in by.values()] == [2640, 5280]
    assert "whose public holidays count (nation)" in told(saint_andrews, by=by_terms(RATES, public_holiday_days="actual", prices=(HOLIDAYS,)))[0]


def test_on_a_day_like_any_other_the_terms_of_holidays_may_stay_unknown():
    assert pence(charged(visit(), by=by_terms(RATES, prices=(HOLIDAYS,)))) == 2640


def test_where_no_holiday_has_a_price_of_its_own_nothing_depends_on_it():
    assert pence(charged(visit(day=date(2026, 12, 25)), by=agreed())) == 2440


def test_a_gap_in_a_price_list_is_told_and_not_guessed():
    found, = told(visit(day=date(2026, 12, 25)), by=by_terms(nation="England", public_holiday_days="actual"))
    assert "give public holidays a price of their own, and none for the rate CARE: 25 December 2026 is one." in found


def test_a_holiday_price_that_is_not_the_multiple_agreed_is_told():
    rates = (*RATES[:2], price("50.00", code="HOLIDAY"))
    found, = told(visit(day=date(2026, 12, 25)), by=by_terms(rates, nation="England", public_holiday_days="actual", prices=(HOLIDAYS,)))
    assert "is £50.00 on 25 December 2026, and the terms “usual” say 2 times “CARE”, £52.80." in found


def test_a_special_day_comes_before_a_public_holiday_a_day_before_the_weekend():
    prices = replace(HOLIDAYS, days={"sunday": "SUNDAY"}, special_days={date(2026, 12, 25): "EVE", date(2026, 12, 24): "EVE"})
    rates = (*RATES, price("30.00", code="SUNDAY"), price("60.00", code="EVE"))
    by = by_terms(rates, public_holiday_days="actual", nation="England", prices=(prices,))
    assert [pence(charged(visit(f"V{day.day}", day=day), by=by)) for day in CHRISTMAS] == [6000, 6000, 5280, 3000, 2640, 2640]


BANDS = PriceList("CARE", bands={30: "CARE-30", 45: "CARE-45"})
BY_LENGTH = (price("24.00"), price("16.00", code="CARE-30", per="visit"), price("20.00", code="CARE-45", per="visit"))


@pytest.mark.parametrize(("minutes", "expected"), [(30, 1600), (44, 2160), (45, 2000), (50, 2200), (105, 4400)])
def test_visit_bands(minutes, expected):
    """The longest band not above the visit, and the rest by the hour; bands never stack. (CareLineLive, “Rates”: 50 minutes, £22.00.)"""
    charge, = charged(visit(minutes=minutes), by=by_terms(BY_LENGTH, prices=(BANDS,)))
    assert (charge.pence, charge.minutes, charge.times) == (expected, minutes, 0)


def test_a_visit_shorter_than_every_band_is_told():
    assert "A visit of 20 minutes is shorter than every band" in told(visit(minutes=20), by=by_terms(BY_LENGTH, prices=(BANDS,)))[0]


LADDER = (NoticeStep(Decimal(100), None, 24), NoticeStep(Decimal(50), 24, 48), NoticeStep(Decimal(0), 48))


def cancelled(hours, minutes=0):
    """A visit of an hour that was cancelled so long before it was to start."""
    return visit(outcome="cancelled")._replace(cancelled_at=at(DAY, "09:00") - timedelta(hours=hours, minutes=minutes))


@pytest.mark.parametrize(("hours", "minutes", "expected"), [(-1, 0, 2440), (0, 0, 2440), (23, 59, 2440), (24, 1, 1220), (47, 59, 1220), (48, 1, 0)])
def test_a_cancelled_visit_is_charged_by_its_notice(hours, minutes, expected):
    by = by_terms(cancelled_visits="by notice", notice=LADDER)
    assert pence(charged(cancelled(hours, minutes), by=by)) == expected


@pytest.mark.parametrize(("edge", "expected"), [("shorter", 2440), ("longer", 1220)])
def test_exactly_24_hours_is_the_notice_that_the_terms_say(edge, expected):
    assert pence(charged(cancelled(24), by=by_terms(cancelled_visits="by notice", notice=LADDER, notice_edge=edge))) == expected
    found, = told(cancelled(24), by=by_terms(cancelled_visits="by notice", notice=LADDER))
    assert "whether exactly 24 h is the shorter or the longer notice (notice_edge). It would be: shorter £24.40, longer £12.20." in found


def test_a_gap_in_a_ladder_of_notice_is_told():
    gap = (LADDER[0], LADDER[2])
    assert "have a gap: they do not say what is charged with 30 h of notice" in told(
        cancelled(30), by=by_terms(cancelled_visits="by notice", notice=gap))[0]


def test_notice_that_nobody_wrote_down_is_asked_for():
    found, = told(visit(outcome="cancelled"), by=by_terms(cancelled_visits="by notice", notice=LADDER))
    assert "the visit does not say when it was cancelled" in found


AWAY = Absence("P001", "hospital", DAY - timedelta(days=2), DAY + timedelta(days=30))
KEPT_UP = (Retainer("hospital", Decimal(80), 1, 3), Retainer("hospital", Decimal(0), 4))


@pytest.mark.parametrize(("day", "expected"), [(DAY, 1952), (DAY + timedelta(days=1), 0), (DAY - timedelta(days=3), 0)])
def test_a_retainer_keeps_up_a_part_of_the_price_for_the_days_agreed(day, expected):
    by = by_terms(absences="retainer", retainers=KEPT_UP)
    assert pence(charged(visit(day=day, outcome="cancelled"), by=replace(by, absences=(AWAY,)))) == expected


def test_what_an_absence_costs_is_asked_for():
    found, = told(visit(outcome="cancelled"), by=replace(by_terms(), absences=(AWAY,)))
    assert "while somebody is away (absences). It would be: as cancelled £0.00, not charged £0.00." in found
    other = by_terms(absences="retainer", retainers=(Retainer("holiday", Decimal(80)),))
    assert "do not say what is charged on day 3 away because of hospital" in told(visit(outcome="cancelled"), by=replace(other, absences=(AWAY,)))[0]


def test_support_recorded_while_somebody_was_away_is_told():
    found = rated(visit(), by=replace(by_terms(), absences=(AWAY,)))
    assert pence(found.charges) == 2440
    assert [problem.what for problem in found.warnings] == ["Support was recorded for P001, who is away: hospital."]


def test_one_row_stands_for_two_carers_only_where_the_count_multiplies():
    row = visit(carers=2, minutes=50)
    assert pence(charged(row, by=by_terms(carers="count multiplies"))) == 2 * 2033
    assert pence(charged(row, by=by_terms(carers="each has a row"))) == 2033
    assert "It would be: each has a row £20.33, count multiplies £40.66." in told(row, by=by_terms(carers=None))[0]
    assert pence(charged(row, visit(carer="B", carers=2, minutes=50), by=by_terms(carers="count multiplies"))) == 2 * 2033


THREE = [visit(f"V{n}", minutes=20, day=DAY + timedelta(days=n)) for n in range(3)]


def test_a_line_is_a_visit_or_all_visits_of_one_rate():
    """Three times 20 minutes at £24.40 are £8.13 each, or £24.40 together."""
    assert [one.pence for one in charged(*THREE, by=by_terms(line="visit"))] == [813, 813, 813]
    assert [one.pence for one in charged(*THREE, by=by_terms(line="rate"))] == [814, 813, 813]
    found, = told(*THREE, by=by_terms(line=None))
    assert "a line is a visit or all visits of one rate (line). It would be: visit £24.39, rate £24.40." in found


def test_a_row_that_stands_for_two_carers_is_time_at_the_rate_like_any_other_of_its_line():
    """74 minutes of staff at £24.40 are £30.09 on one line; a penny more where each carer is a cost of its own."""
    row = visit(minutes=37, carers=2)
    assert pence(charged(row, by=by_terms(carers="count multiplies", line="rate"))) == 3009
    assert pence(charged(row, by=by_terms(carers="count multiplies", line="visit"))) == 3010


def test_no_carer_is_missed_where_one_row_stands_for_all_of_them():
    row = visit(minutes=37, carers=2)
    assert not rated(row, by=by_terms(carers="count multiplies")).warnings
    assert "planned 2 carers, 1 came" in rated(row, by=by_terms(carers="each has a row")).warnings[0].what


def test_what_a_line_is_may_stay_unknown_where_it_changes_no_figure():
    assert pence(charged(*(visit(f"V{n}", day=DAY + timedelta(days=n)) for n in range(3)), by=by_terms(line=None))) == 3 * 2440


def shared(**said):
    return agreed(plan=(line(funder=None),), fundings=(funding(percent="62.5"), funding(funder="icb", percent="37.5")),
                  terms=(replace(TERMS, **said),))


def test_funders_share_each_line_or_the_total():
    visits = [visit(f"V{n}", minutes=10, day=DAY + timedelta(days=n)) for n in range(3)]
    parts = {way: {who: sum(one.pence for one in charged(*visits, by=shared(funder_share=way)) if one.funder == who)
                   for who in ("council", "icb")} for way in ("by line", "on the total")}
    assert parts == {"by line": {"council": 762, "icb": 459}, "on the total": {"council": 763, "icb": 458}}


def test_sharing_the_total_of_a_month_moves_no_cost_from_what_is_timed_to_what_is_counted():
    """Five hours at £20.00 and an outing at £100.00: £100.00 each, and each funder half of each."""
    by = agreed(plan=(line(funder=None), line(funder=None, number=2, support="outing", code="OUTING")),
                fundings=(funding(percent="50"), funding(funder="icb", percent="50")),
                rates=(price("20.00"), price("100.00", code="OUTING", per="visit")), terms=(replace(TERMS, funder_share="on the total"),))
    found = charged(visit("V1", minutes=300), visit("V2", support="outing"), by=by)
    assert sorted((one.visit, one.funder, one.pence) for one in found) == [
        ("V1", "council", 5_000), ("V1", "icb", 5_000), ("V2", "council", 5_000), ("V2", "icb", 5_000)]


@given(st.lists(st.integers(1, 200), min_size=1, max_size=12), st.sampled_from(["visit", "rate"]), st.sampled_from(["by line", "on the total"]),
       st.integers(1, 99))
def test_the_parts_of_funders_are_the_charge_to_the_penny_whatever_the_terms(minutes, way, how, percent):
    by = agreed(plan=(line(funder=None),), rates=(price("24.4153"),), terms=(replace(TERMS, line=way, funder_share=how),), fundings=(
        funding(percent=str(percent)), funding(funder="icb", percent=str((100 - percent) / Decimal(2))),
        funding(funder="own", percent=str((100 - percent) / Decimal(2)))))
    alone = replace(by, fundings=(funding(),))
    visits = [visit(f"V{n}", minutes=each, day=YEAR.first + timedelta(days=n)) for n, each in enumerate(minutes)]
    found = charged(*visits, by=by)
    assert pence(found) == pence(charged(*visits, by=alone))
    assert sum(one.minutes for one in found) == sum(minutes)


@given(st.integers(0, 10_000), st.sampled_from(TimeRule))
def test_every_notice_has_one_price_where_the_ladder_has_no_gap_and_says_its_edges(minutes, rule):
    by = by_terms(cancelled_visits="by notice", notice=LADDER, notice_edge="longer", charged_time=rule)
    assert pence(charged(cancelled(0, minutes), by=by)) == (2440 if minutes < 24 * 60 else 1220 if minutes < 48 * 60 else 0)

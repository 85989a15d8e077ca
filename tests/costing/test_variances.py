"""Variances: each named thing moves its own variance, and together they are the difference, to the penny."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from basics.errors import InputError
from basics.money import NIL, Money
from costing.variances import VARIANCES, Explained, Paid, Staffing, explained

UNPRODUCTIVE, MIX, RATE, NIGHTS, AGENCY = VARIANCES


def hours(number: int) -> Fraction:
    return Fraction(number * 60)


def pounds(number: int) -> Fraction:
    return Fraction(number * 100)


PRICED = Staffing({"": Paid(hours(75), pounds(900)), "Senior": Paid(hours(25), pounds(400))}, hours(80), nights_pence=pounds(80))
WITH_AGENCY = replace(PRICED, agency_pence=pounds(250), agency_delivered=hours(10))
MINUTES = st.integers(1, 200_000).map(Fraction)
PENCE = st.integers(-5_000, 5_000_000).map(Fraction)
NIL_OR_MINUTES = st.just(Fraction(0)) | MINUTES
STAFFINGS = st.builds(Staffing, st.dictionaries(st.sampled_from(["", "Senior"]), st.builds(Paid, NIL_OR_MINUTES, PENCE)), NIL_OR_MINUTES, PENCE,
                      MINUTES, PENCE)


def moved(actual: Staffing, priced: Staffing = PRICED) -> dict[str, Money]:
    """The variances that are not nil."""
    return {step.name: step.variance for step in explained(priced, actual).steps if step.variance}


@examples(STAFFINGS)
def test_the_variances_add_to_the_difference_to_the_penny(actual: Staffing) -> None:
    found = explained(WITH_AGENCY, actual)
    assert Money.total(step.variance for step in found.steps) == found.difference == found.actual - found.priced
    assert found.actual == Money(int(actual.pence))
    assert [step.name for step in found.steps] == list(VARIANCES)


@examples(st.integers(1, 50), st.sampled_from([PRICED, WITH_AGENCY]))
def test_hours_delivered_just_as_priced_have_no_variance(times: int, priced: Staffing) -> None:
    own = {grade: Paid(paid.minutes * times, paid.pence * times) for grade, paid in priced.own.items()}
    actual = Staffing(own, priced.own_delivered * times, priced.agency_pence * times, priced.agency_delivered * times, priced.nights_pence * times)
    assert moved(actual, priced) == {}
    assert explained(priced, actual).difference == NIL


@examples(st.integers(1, 500))
def test_a_dearer_paid_hour_is_a_variance_of_rate_alone(more: int) -> None:
    own = {grade: Paid(paid.minutes, paid.pence + more) for grade, paid in PRICED.own.items()}
    assert moved(replace(PRICED, own=own)) == {RATE: Money(2 * more)}


def test_more_paid_time_for_an_hour_is_unproductive_time_at_the_priced_cost() -> None:
    own = {grade: Paid(paid.minutes * 2, paid.pence * 2) for grade, paid in PRICED.own.items()}
    assert moved(replace(PRICED, own=own)) == {UNPRODUCTIVE: Money(1300_00)}


def test_a_senior_in_place_of_a_support_worker_is_a_variance_of_mix() -> None:
    own = {"": Paid(hours(65), pounds(65 * 12)), "Senior": Paid(hours(35), pounds(35 * 16))}
    assert moved(replace(PRICED, own=own)) == {MIX: Money(40_00)}


def test_another_sleep_in_is_a_variance_of_nights() -> None:
    assert moved(replace(PRICED, nights_pence=pounds(95))) == {NIGHTS: Money(15_00)}


def test_agency_is_what_its_hours_cost_over_an_hour_of_own_staff() -> None:
    own_hour = PRICED.pence / PRICED.own_delivered * 60
    actual = replace(PRICED, agency_delivered=hours(10), agency_pence=10 * own_hour + pounds(37))
    assert moved(actual) == {AGENCY: Money(37_00)}


def test_own_staff_who_were_paid_and_gave_nothing_are_unproductive_time() -> None:
    actual = Staffing({"": Paid(hours(5), pounds(60))}, Fraction(0), pounds(165), hours(10))
    assert moved(actual, PRICED)[UNPRODUCTIVE] == Money(60_00)


def test_a_grade_that_the_price_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"no paid hour of “Nurse”\. Name a grade that is priced by the hour\."):
        explained(PRICED, Staffing({"Nurse": Paid(hours(1), pounds(20))}, hours(1)))


@pytest.mark.parametrize(("priced", "actual"), [
    (PRICED, Staffing({}, Fraction(0))), (Staffing({"": Paid(Fraction(0), Fraction(0))}, Fraction(0)), PRICED)])
def test_without_hours_there_is_nothing_to_compare(priced: Staffing, actual: Staffing) -> None:
    with pytest.raises(InputError, match="no hours of own staff to compare"):
        explained(priced, actual)


def test_each_step_is_a_cost_that_can_be_followed() -> None:
    found: Explained = explained(PRICED, replace(PRICED, nights_pence=pounds(95)))
    assert [step.cost for step in found.steps] == [Money(1380_00)] * 3 + [Money(1395_00)] * 2

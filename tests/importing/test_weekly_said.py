"""A sum a week that does not say how it becomes a month, or how months are rounded: asked for with what each reading would give."""

import pytest

from ringfence.importing.weekly_said import weekly_is_said

RAW = {"weekly_pounds": "63.55", "from": "2026-10-01"}


def said(**raw):
    return {finding.place[0]: finding.what for finding in weekly_is_said({**RAW, **raw})}


def test_a_basis_that_is_missing_is_asked_for_with_the_first_whole_month_by_each():
    found = said(weekly_rounding="each period alone")
    assert found == {"weekly_basis": "is missing, and “weekly_pounds” is there. October 2026 would be: weekly / 7 x days £281.44, "
                                     "month x 52/12 £275.38, month x 365/7/12 £276.14."}
    assert "November 2026 would be: weekly / 7 x days £272.36" in said(**{"from": "2026-10-15"})["weekly_basis"]


def test_a_rounding_that_is_missing_is_asked_for_with_a_year_by_each():
    """The days of a year come to 52 1/7 weeks; twelve months rounded alone are pennies away from them."""
    found = said(weekly_basis="weekly / 7 x days")
    assert found == {"weekly_rounding": "is missing, and “weekly_pounds” is there. The 12 months from October 2026 would be: "
                                        "each period alone £3,313.72, cumulative £3,313.68."}


def test_nothing_is_asked_for_where_no_sum_a_week_is_given_or_both_are_said():
    assert list(weekly_is_said({"from": "2026-10-01"})) == []
    assert said(weekly_basis="month x 52/12", weekly_rounding="cumulative") == {}


@pytest.mark.parametrize("raw", [{"weekly_pounds": "ten"}, {"weekly_pounds": "-1"}, {"weekly_pounds": "NaN"}, {"from": "soon"}, {"from": None}])
def test_beside_something_else_that_is_wrong_no_reading_is_told(raw):
    assert set(said(**raw).values()) == {"is missing, and “weekly_pounds” is there."}

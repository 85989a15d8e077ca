"""Whatever a fund looks like as a whole, a line that is over stands out: now, and in the forecast."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from basics.periods import Period
from isf.plan import Measure, PlanLine
from isf.position import FundPosition, LinePosition, Status, Thresholds

YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))
COUNT, PENCE = st.integers(0, 500_000), st.one_of(st.none(), st.integers(0, 5_000_000))
THRESHOLDS = st.builds(Thresholds, st.integers(0, 50), st.integers(0, 100))


@st.composite
def lines(draw: st.DrawFn, thresholds: Thresholds) -> LinePosition:
    plan = PlanLine(id=1, reference="L", fund="isf-P001", person="P001", support_type="outreach", words="Outreach", funder=None,
                    measure=Measure.TIMES, per_week=Decimal(1), period=YEAR)
    return LinePosition(
        line=plan, days_to_date=draw(st.integers(1, 365)), planned=draw(COUNT), planned_to_date=draw(COUNT), delivered=draw(COUNT),
        planned_pence=draw(PENCE), planned_to_date_pence=draw(PENCE), delivered_pence=draw(st.integers(0, 5_000_000)),
        committed_pence=draw(st.integers(0, 100_000)), forecast=draw(COUNT), forecast_pence=draw(PENCE), thresholds=thresholds)


@st.composite
def funds(draw: st.DrawFn) -> FundPosition:
    thresholds = draw(THRESHOLDS)
    return FundPosition(lines=tuple(draw(st.lists(lines(thresholds), max_size=4))), budget_pence=draw(PENCE), expected_pence=draw(PENCE),
                        used_pence=draw(PENCE), carried_pence=draw(st.sampled_from([0, 0, 1])), thresholds=thresholds)


@settings(max_examples=150, deadline=None)
@given(funds())
def test_a_line_over_its_budget_is_never_hidden_by_its_fund(fund: FundPosition) -> None:
    assert (fund.status is Status.OVER) == (fund.money_status is Status.OVER or any(line.status is Status.OVER for line in fund.lines))
    assert (fund.forecast_status is Status.OVER) == (bool(fund.carried_pence) or any(line.forecast_status is Status.OVER for line in fund.lines))
    if fund.status is Status.ON_TARGET:
        assert {fund.money_status, *(line.status for line in fund.lines)} == {Status.ON_TARGET}


@settings(max_examples=60, deadline=None)
@given(funds())
def test_what_is_committed_is_not_left(fund: FundPosition) -> None:
    for line in fund.lines:
        if line.planned_pence is not None:
            assert line.delivered_pence + line.committed_pence + (line.left_pence or 0) == line.planned_pence

"""Where each line of a plan will be at the end of its year, by what was planned and given so far.

The forecast is what was given, and the plan of the days to come at the pace of the year so far: what was given of what was planned until now. It
knows what the plan says of the days to come. docs/funds.md holds it against two simpler ways, on the sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from basics.periods import Period
from basics.rounding import nearest
from isf.plan import Measure
from isf.position import FundPosition, LinePosition
from isf.statement import Forecast


class Pace(NamedTuple):
    """What was given of what was planned until now, in minutes, times or pence."""

    given: int
    planned: int


def forecast(given: int, planned_rest: int, pace: Pace) -> int:
    """What was given, and the plan of the days to come at this pace; as planned, where nothing was planned until now."""
    if not pace.planned:
        return given + planned_rest
    return given + nearest(planned_rest * pace.given, pace.planned)


def bought(paid: int, committed: int, planned: int) -> int:
    """What a line that others send bills for will have paid at the end, beside what is committed: the plan, or what is bought where that is more."""
    return max(planned - committed, paid)


def with_forecasts(lines: Sequence[LinePosition]) -> tuple[LinePosition, ...]:
    """Each line with its forecast. All versions of a line have one pace, so that one which began yesterday is not judged by a day."""
    by_line: dict[tuple[str, str], list[LinePosition]] = {}
    for each in lines:
        by_line.setdefault((each.line.reference, each.line.measure), []).append(each)
    return tuple(_with_forecast(each, by_line[each.line.reference, each.line.measure]) for each in lines)


def year_end(position: FundPosition, measured: Period, year: Period, budget_pence: int | None) -> Forecast | None:
    """How the year of a budget will end: what was used of it, and what each line is forecast to cost beyond what it cost so far. None where
    nothing is planned in it or something is not known. `measured` are the days for which delivery is known line by line.
    """
    to_come = _known(None if each.forecast_pence is None else each.forecast_pence - each.delivered_pence for each in position.lines)
    if not position.lines or position.used_pence is None or to_come is None:
        return None
    pence, minutes = position.used_pence + to_come, None
    timed = [each for each in position.lines if each.line.measure is Measure.MINUTES and not each.is_bought]
    if timed and measured == year:
        minutes = _known(each.forecast for each in timed)
    return Forecast(year.last.isoformat(), pence, None if budget_pence is None else budget_pence - pence, minutes,
                    None if minutes is None else sum(each.planned for each in timed))


def _with_forecast(line: LinePosition, versions: Sequence[LinePosition]) -> LinePosition:
    counted = Pace(sum(each.delivered for each in versions), sum(each.planned_to_date for each in versions))
    return replace(line, forecast=forecast(line.delivered, line.planned - line.planned_to_date, counted), forecast_pence=_in_pence(line, versions))


def _in_pence(line: LinePosition, versions: Sequence[LinePosition]) -> int | None:
    """None where a price is missing."""
    planned, so_far = line.planned_pence, _known(each.planned_to_date_pence for each in versions)
    if planned is None or line.planned_to_date_pence is None or so_far is None:
        return None
    if line.is_bought:
        return bought(line.delivered_pence, line.committed_pence, planned)
    pace = Pace(sum(each.delivered_pence for each in versions), so_far)
    return forecast(line.delivered_pence, planned - line.planned_to_date_pence, pace)


def _known(parts: Iterable[int | None]) -> int | None:
    listed = list(parts)
    return None if None in listed else sum(part for part in listed if part is not None)

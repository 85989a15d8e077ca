"""What is bought for the person besides staff, as pounds a week: a meal, a mile, a bath lift, a set-up that is recovered over two years."""

from __future__ import annotations

from basics.errors import NotKnown
from costing.figure import Figure, Unit, total
from costing.package import Amount, Per, Support
from costing.work import among, known_visits

MONTHS_IN_A_YEAR = 12


def amount_per_week(amount: Amount, support: Support) -> Figure:
    """An amount for each hour, visit, week, month or year, or paid once, as pounds a week. A year has the weeks of support that the
    package says it has. Raises `NotKnown` where the package does not say what this needs."""
    pounds = amount.pounds if amount.times is None else amount.pounds * amount.times
    shared = among(pounds, amount.among)
    if amount.per is Per.ONCE:
        week = shared / _recovered_over(amount)
    elif amount.per in (Per.MONTH, Per.YEAR):
        year = shared * MONTHS_IN_A_YEAR if amount.per is Per.MONTH else shared
        week = year / _weeks_of_a_year(amount, support)
    else:
        week = shared if amount.per is Per.WEEK else shared * times_per_week(amount.per, support)
    step = week if week.parts else total([week])  # what was typed stays itself, so that a change to it reaches the price
    return step.called(amount.label, Unit.POUNDS_PER_WEEK)


def times_per_week(per: Per, support: Support) -> Figure:
    """How many hours or visits a week holds. Raises `NotKnown` where something is given for a visit and nobody said how many."""
    return support.hours_per_week if per is Per.HOUR else known_visits(support.visits_per_week)


def _recovered_over(amount: Amount) -> Figure:
    if amount.over_weeks is None:
        raise NotKnown(f"“{amount.label}” is paid once, and nobody said in how many weeks it is recovered.", "Add over_weeks.")
    return amount.over_weeks


def _weeks_of_a_year(amount: Amount, support: Support) -> Figure:
    if support.weeks_per_year is None:
        raise NotKnown(f"“{amount.label}” is given for a {amount.per}, and the weeks of a year are not known.", "Add support.weeks_per_year.")
    return support.weeks_per_year

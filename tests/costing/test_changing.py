"""One price for a time in which rates change: each stretch of days at its own rates, by its days."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from basics.errors import Refused
from basics.periods import ONE_DAY, Period
from costing.changing import build
from costing.explain import explain
from costing.figure import Dated, leaves_first
from costing.package import FULL_COST
from costing.pay_period import PayPeriods
from costing.price import money, price
from costing.replay import Change, How
from costing.scenario import BASE, Plan
from costing.scenario_inputs import Inputs, Kind, target
from costing.visit_table import visit_tables
from ringfence.importing.costing_package import read_package
from tests.costing.test_price_properties import PACKAGES
from tests.costing.test_scenarios import provided

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "outreach.cost.yaml"
FIRST = date(2025, 10, 1)


def file_over(tmp_path, until, on=FIRST, **changed):
    text = EXAMPLE.read_text().replace("on: 2026-10-01", f"on: {on}\nuntil: {until}")
    for old, new in changed.values():
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "outreach.cost.yaml"
    path.write_text(text)
    return path


def over(tmp_path, until, **more):
    return read_package(file_over(tmp_path, until, **more))


def changing(*packages, days):
    """Packages that follow one another, each for so many days."""
    first, *later = packages
    starts = [FIRST + timedelta(days=sum(days[:n])) for n in range(len(days))]
    return replace(first, on=FIRST, until=FIRST + timedelta(days=sum(days)) - ONE_DAY,
                   later=tuple(replace(each, on=start) for each, start in zip(later, starts[1:], strict=True)))


@examples(st.lists(PACKAGES, min_size=2, max_size=3), st.data())
def test_a_week_over_a_change_is_the_average_of_its_days_and_every_line_is(packages, data):
    days = data.draw(st.lists(st.integers(1, 400), min_size=len(packages), max_size=len(packages)))
    whole, alone = build(changing(*packages, days=days)), [build(each) for each in packages]

    def average(of):
        return sum((of(each) * count for each, count in zip(alone, days, strict=True)), Fraction(0)) / sum(days)

    assert whole.price.exact == average(lambda each: each.price.exact) == sum(line.exact for _, line in whole.lines)
    for section, _ in whole.lines:
        assert whole.of(section) == average(lambda each, section=section: each.of(section))


@examples(PACKAGES, st.integers(1, 400), st.integers(1, 400))
def test_where_nothing_changes_the_price_is_that_of_one_day(package, one, other):
    whole = changing(package, package, days=[one, other])
    assert build(whole).price.exact == build(package).price.exact
    assert [(section, line.label, line.exact) for section, line in build(whole).lines] == [
        (section, line.label, line.exact) for section, line in build(package).lines]


def test_the_example_over_the_change_of_the_minimum_wage(tmp_path):
    package = over(tmp_path, "2026-09-30")
    whole, (before, after) = price(package), price(package).stretches
    assert (str(before[0]), str(after[0])) == ("1 October 2025 to 31 March 2026", "1 April to 30 September 2026")
    exact = [build(replace(each, later=(), until=None)).price.exact for each in package.through]
    assert build(package).price.exact == (exact[0] * 182 + exact[1] * 183) / 365
    assert [str(money(each.per_hour)) for each in (whole, before[1], after[1])] == ["£29.00", "£28.52", "£29.48"]
    assert money(whole.per_week).pence == 58000


@pytest.mark.parametrize(("until", "changes"), [
    ("2026-03-31", []), ("2026-04-01", [date(2026, 4, 1)]), ("2027-03-31", [date(2026, 4, 1)]),
])
def test_the_time_is_split_at_every_day_on_which_a_figure_of_the_package_becomes_another(tmp_path, until, changes):
    assert [each.on for each in over(tmp_path, until).later] == changes


def test_a_figure_that_is_the_same_in_the_next_year_splits_nothing(tmp_path):
    """National Insurance has a new year on 6 April 2026 with the same rate and threshold."""
    own_pay = ("pay_per_hour: national_living_wage", "pay_per_hour: 12.71")
    assert over(tmp_path, "2026-09-30", own_pay=own_pay).later == ()


def test_tax_and_wages_change_on_days_of_their_own(tmp_path):
    assert [each.on for each in over(tmp_path, "2025-09-30", on=date(2024, 10, 1)).later] == [date(2025, 4, 1), date(2025, 4, 6)]


@pytest.mark.parametrize(("every", "changes"), [
    ("{weeks: 1, first_day: 2026-03-30}", date(2026, 4, 6)), ("{weeks: 4, first_day: 2026-03-23}", date(2026, 4, 20)),
    ("{weeks: 4, first_day: 2027-01-25}", date(2026, 4, 20)), ("{months: 1, first_day: 2026-01-15}", date(2026, 4, 15)),
    ("{months: 1, first_day: 2026-01-01}", date(2026, 4, 1)),
])
def test_a_new_minimum_wage_counts_from_the_first_pay_period_that_starts_on_or_after_its_day(tmp_path, every, changes):
    periods = ("quote:\n", f"pay_periods: {every}\nquote:\n")
    assert [each.on for each in over(tmp_path, "2026-09-30", periods=periods).later] == [changes]
    on_the_eve = over(tmp_path, "2026-09-30", on=changes - ONE_DAY, periods=periods)
    assert [money(each.per_hour).plain for _, each in price(on_the_eve).stretches] == ["28.52", "29.48"]


@examples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 28)), st.sampled_from([1, 2, 4, 5, None]))
def test_every_day_has_one_pay_period_and_the_next_begins_where_it_ends(day, first_day, weeks):
    periods = PayPeriods(first_day.replace(day=min(first_day.day, 28)), weeks)
    start = periods.first_day_of(day)
    following = periods.first_from(start + ONE_DAY)
    assert start <= day < following
    assert all(periods.first_day_of(each) == start for each in Period(start, following - ONE_DAY))
    assert periods.first_day_of(periods.first_day) == periods.first_day == periods.first_from(periods.first_day)


def test_a_time_that_reaches_beyond_what_is_published_is_refused_with_the_day(tmp_path):
    with pytest.raises(Refused, match=r"National Living Wage is known .* and is needed on 1 April 2027"):
        over(tmp_path, "2027-09-30")


@pytest.mark.parametrize("until", ["2025-09-30", "2031-10-01"])
def test_a_time_that_ends_before_it_begins_or_is_too_long_is_refused(tmp_path, until):
    with pytest.raises(Refused, match="until is the last day"):
        over(tmp_path, until)


def test_what_changes_is_called_by_its_day_and_what_does_not_is_told_once(tmp_path):
    steps = [step.label for step in explain(*price(over(tmp_path, "2026-09-30")).told)]
    assert len(steps) == len(set(steps))
    assert {"National Living Wage, from 1 October 2025", "National Living Wage, from 1 April 2026", "Mileage", "Pay for support"} <= set(steps)


def test_the_explanation_of_a_price_over_a_change_comes_to_the_price(tmp_path):
    package = over(tmp_path, "2026-09-30")
    leaves = [leaf for leaf in leaves_first(price(package).per_hour) if isinstance(leaf.source, Dated) and "living" in leaf.source.parameter]
    assert [leaf.value for leaf in leaves] == [each.staff.pay_per_hour.parts[0].value for each in package.through]


def test_a_price_over_a_change_says_so(tmp_path):
    assert price(over(tmp_path, "2026-09-30")).notes[0] == (
        "One price for all days from 1 October 2025 to 30 September 2026: its rates change on 1 April 2026, and each stretch of days counts at "
        "its own.")


def test_the_table_of_visits_is_of_all_the_days_too(tmp_path):
    package = over(tmp_path, "2026-09-30")
    stretches = [visit_tables(replace(each, later=(), until=None))[0].prices for each in package.through]
    for whole, before, after in zip(visit_tables(package)[0].prices, *stretches, strict=True):
        assert before.shown < whole.shown < after.shown


def test_full_cost_over_a_change_is_what_its_lines_come_to(tmp_path):
    found = price(over(tmp_path, "2026-09-30"))
    assert [found.full_cost[section] for section in FULL_COST] == [
        sum(line.exact for held, line in build(over(tmp_path, "2026-09-30")).lines if held is section) for section in FULL_COST]


def test_replay_with_nothing_changed_gives_the_price_over_a_change_and_a_rise_of_pay_reaches_every_stretch(tmp_path):
    package = over(tmp_path, "2026-09-30")
    plan = [provided(package, in_force="29.00")]
    wage = target(Inputs(Kind.DRIVER, "wage"), plan)
    assert {leaf.value for leaf in wage.leaves} == {each.staff.pay_per_hour.parts[0].value for each in package.through}
    base, risen = Plan(tuple(plan), [wage]).under([BASE, replace(BASE, name="Pay", changes=(Change(wage, How.TIMES, 2),))])
    assert base.prices[0].per_hour == money(price(package).per_hour)
    assert risen.prices[0].per_hour > base.prices[0].per_hour

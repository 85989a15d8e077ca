"""Scenarios: the base is never touched, the price in force is held, and overheads do not follow the hours."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, settings
from hypothesis import given as examples
from hypothesis import strategies as st

from basics.errors import InputError
from basics.money import NIL, Money
from costing.assumptions import Assumption, Shape, break_even, draw, range_of, ranges, tornado
from costing.figure import Typed, Unit, given
from costing.package import Amount, Basis, Hours, Package, PaidTime, Per, Percentage, PercentOfPay, Section, Staff, Support
from costing.price import money, price
from costing.provided import Provided, leaves_of
from costing.replay import Change, How
from costing.scenario import BASE, Outcome, Plan, Scenario, by, together
from costing.scenario_inputs import DRIVERS, Inputs, Kind, target
from ringfence.actions.costing import as_cost_file
from ringfence.importing.costing_package import package_of
from ringfence.importing.yaml_text import yaml_text_of
from tests.costing.test_price_properties import PACKAGES, PayBase
from tests.documents.price_shapes import contents

PERSON = "A person"


def number(value, label="", unit=Unit.NUMBER):
    return given(Decimal(value), label, unit, Typed("here"))


def package(name=PERSON, *, per=Per.HOUR, pay="10.00"):
    """Ten hours a week: pay £10, office £1 an hour and a tenth of the £11 for surplus; so £12.10 an hour."""
    staff = Staff(number(pay, "Pay an hour", Unit.POUNDS_PER_HOUR))
    return Package(name, date(2026, 10, 1), Support(number(10, "Hours of support", Unit.HOURS_PER_WEEK), weeks_per_year=number(50)), per, number(1),
                   staff=staff, company=(Amount("Office", number(1, "Office, for each hour", Unit.POUNDS_PER_HOUR), Per.HOUR),),
                   surplus=Percentage("Surplus", number(10), Basis.ON_COST))


def provided(of=None, *, service="Outreach", funder="Council", people=4, in_force="12.10", **more):
    of = of or package()
    unit = Unit.POUNDS_PER_HOUR if of.quoted_per is Per.HOUR else Unit.POUNDS_PER_WEEK
    return Provided(of, service, funder, number(people, "People"), of.support.weeks_per_year, number(in_force, "Price in force", unit),
                    number(100, "Support that is given", Unit.PERCENT), **more)


def driver(name, plan, **limits):
    return target(Inputs(Kind.DRIVER, name, **limits), plan)


def result(plan, *changes):
    base, changed = Plan(plan, [change.target for change in changes]).under([BASE, Scenario("Changed", changes)])
    return base.whole, changed.whole, changed


def test_a_year_of_the_base_can_be_added_up_by_hand():
    base, _, _ = result([provided()])
    hours = 4 * 10 * 50
    assert base == Outcome(Money(hours * 1210), Money(hours * 1100), Money(hours * 100), Money(hours * 100))
    assert (base.surplus, base.not_recovered) == (Money(hours * 110), NIL)


def test_the_price_in_force_is_held_when_wages_rise_and_the_price_that_it_would_have_is_told():
    plan = [provided()]
    base, changed, whole = result(plan, Change(driver("wage", plan), How.PLUS, Decimal("2.00")))
    assert changed.income == base.income
    assert changed.surplus == base.surplus - Money(2000 * 200)
    assert whole.prices[0].per_hour == Money(1430)
    assert money(plan[0].priced.per_hour) == Money(1210)


def test_overheads_do_not_follow_the_hours_so_fewer_people_leave_some_unrecovered():
    plan = [provided()]
    base, changed, _ = result(plan, Change(driver("people", plan), How.TIMES, Decimal("0.75")))
    assert (changed.overheads, changed.earned) == (base.overheads, Money(1500 * 100))
    assert changed.not_recovered == Money(500 * 100)
    assert changed.cost == Money(1500 * 1000 + 2000 * 100)


@pytest.mark.parametrize("name", ["hours", "people", "utilisation"])
def test_whichever_way_hours_fall_the_same_overheads_are_not_recovered(name):
    plan = [provided()]
    _, changed, _ = result(plan, Change(driver(name, plan), How.TIMES, Decimal("0.5")))
    assert (changed.overheads, changed.not_recovered) == (Money(2000 * 100), Money(1000 * 100))


def test_hours_that_are_not_given_are_paid_for_all_the_same():
    plan = [provided()]
    base, changed, _ = result(plan, Change(driver("utilisation", plan), How.SET, Decimal(90)))
    assert (changed.cost, changed.income) == (base.cost, Money(2000 * 1210 * 9 // 10))


def test_overheads_that_cost_more_do_so_at_the_hours_of_the_base():
    plan = [provided()]
    dearer, fewer = driver("company_costs", plan), driver("people", plan)
    _, changed, _ = result(plan, Change(dearer, How.TIMES, Decimal("1.5")), Change(fewer, How.TIMES, Decimal("0.5")))
    assert changed.overheads == Money(2000 * 150)


def test_coordination_counts_as_an_overhead_where_the_plan_says_so():
    leader = Amount("Team leader", number(2), Per.HOUR)
    plan = [provided(replace(package(), coordination=(leader,)), overheads=frozenset({Section.COMPANY, Section.COORDINATION}))]
    base, _, _ = result(plan)
    assert base.overheads == Money(2000 * 300)


def test_a_week_that_is_quoted_is_paid_for_however_many_hours_it_holds():
    plan = [provided(package(per=Per.WEEK), in_force="121.00")]
    base, changed, _ = result(plan, Change(driver("hours", plan), How.TIMES, Decimal("0.5")))
    assert base.income == changed.income == Money(4 * 50 * 12100)


def test_a_change_may_be_limited_to_a_service_a_funder_or_a_package():
    plan = [provided(package("A")), provided(package("B"), service="Home"), provided(package("A"), funder="Health")]
    for limits, touched in (({"service": "Home"}, [1]), ({"funder": "Health"}, [2]), ({"package": "A"}, [0, 2]), ({}, [0, 1, 2])):
        base, changed = Plan(plan, [wage := driver("wage", plan, **limits)]).under([BASE, Scenario("", (Change(wage, How.PLUS, Decimal(1)),))])
        assert [n for n in range(3) if changed.outcomes[n] != base.outcomes[n]] == touched


def test_services_and_funders_add_up_to_the_organisation():
    plan = [provided(), provided(service="Home", people=3), provided(funder="Health", people=2)]
    whole = Plan(plan, []).under([BASE])[0]
    for names in ([each.service for each in plan], [each.funder for each in plan]):
        assert together(by(names, whole.outcomes).values()) == whole.whole


@settings(max_examples=40, deadline=None)
@examples(PACKAGES, st.decimals("0.5", "1.5", places=2))
def test_what_a_scenario_changes_is_not_changed_in_the_base_or_in_another_scenario(of, factor):
    plan = [provided(of)]
    one, other = driver("people", plan), driver("price", plan)
    dear, many = Scenario("Dear", (Change(other, How.TIMES, factor),)), Scenario("Many", (Change(one, How.TIMES, factor),))
    made = Plan(plan, [one, other])
    alone = made.under([BASE])[0]
    assert made.under([dear, many, BASE])[2].outcomes == alone.outcomes
    assert (alone.prices[0].per_hour, alone.prices[0].per_week) == (money(plan[0].priced.per_hour), money(plan[0].priced.per_week))


def test_every_driver_finds_its_inputs_and_says_so_where_there_are_none():
    plain = [provided()]
    for name in sorted(DRIVERS.keys() - {"wage", "hours", "people", "price", "utilisation", "company_costs"}):
        with pytest.raises(InputError, match=f"driver {name} stands for"):
            driver(name, plain)
    staff = Staff(number(10), paid_time=(PaidTime("Sick pay", number(3), True), PaidTime("Training", number(2), True)),
                  national_insurance=PercentOfPay("NI", number(9), PayBase.ALL), pension=PercentOfPay("Pension", number(3), PayBase.ALL))
    shared = Hours("House", number(20, unit=Unit.HOURS_PER_WEEK), among=number(4), is_shared=True)
    rich = [provided(replace(package(), staff=staff, parts=(shared,), empty_percent=number(5)))]
    assert [len(driver(name, rich).leaves) for name in ("sickness", "paid_time", "national_insurance", "pension", "voids")] == [1, 2, 1, 1, 1]


def test_an_input_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(InputError, match=r"called “Pay per hour”.*They have Hours of support.*Pay an hour"):
        target(Inputs(Kind.INPUT, "Pay per hour"), [provided()])
    with pytest.raises(InputError, match="No package is in Nowhere"):
        driver("wage", [provided()], service="Nowhere")


def assumption(plan, name="wage", how=How.PLUS, low="-1", high="2", **more):
    return Assumption(name, driver(name, plan), how, Decimal(low), Decimal(high), **more)


def test_the_assumption_with_the_largest_effect_stands_first_whichever_way_it_goes():
    plan = [provided()]
    wage, people = assumption(plan), assumption(plan, "people", How.TIMES, "0.99", "1.01")
    effects = tornado(Plan(plan, [wage.target, people.target]), [people, wage])
    assert [effect.assumption.name for effect in effects] == ["wage", "people"]
    assert (effects[0].low, effects[0].high, effects[0].spread) == (Money(2000 * 210), Money(2000 * -90), Money(2000 * 300))


@pytest.mark.parametrize("name", ["price", "wage", "people", "utilisation"])
def test_break_even_is_where_a_surplus_becomes_a_loss(name):
    plan = [provided()]
    about = driver(name, plan)
    made = Plan(plan, [about])
    found = break_even(made, about, lambda result: result.whole)
    a_little = Decimal("0.00001")
    less, more = (made.under([Scenario("", (Change(about, How.TIMES, found.times + each),))])[0].whole.surplus for each in (-a_little, a_little))
    assert (less < NIL) != (more < NIL)
    assert found.value.unit is next(iter(about.leaves)).unit


def test_where_no_value_leaves_the_surplus_at_nil_there_is_no_break_even():
    plan = [provided(in_force="0.01")]
    about = driver("utilisation", plan)
    assert break_even(Plan(plan, [about]), about, lambda result: result.whole).times is None


@pytest.mark.parametrize("shape", Shape)
def test_the_same_seed_draws_the_same_and_another_draws_others(shape):
    plan = [provided()]
    about = [assumption(plan, shape=shape, likely=Decimal(0) if shape is Shape.TRIANGULAR else None)]
    made = Plan(plan, [about[0].target])
    first, again, other = ([each.whole for each in ranges(made, about, seed, 40)] for seed in (1, 1, 2))
    assert first == again != other


class Chosen:
    """In place of chance: the part of the range that is asked for."""

    def __init__(self, part):
        self.part = Decimal(part)

    def randrange(self, most):
        return int(self.part * most)


@pytest.mark.parametrize(("shape", "likely", "values"), [
    (Shape.UNIFORM, None, ("0.200000", "1.000000", "1.800000")), (Shape.TRIANGULAR, 1, ("0.447214", "1.000000", "1.552786")),
    (Shape.NORMAL, None, ("0.000000", "1.000000", "2.000000"))])
def test_a_tenth_half_and_nine_tenths_of_a_range_lie_where_its_shape_says(shape, likely, values):
    about = assumption([provided()], low="0", high="2", shape=shape, likely=None if likely is None else Decimal(likely))
    assert [str(draw(about, Chosen(part))) for part in ("0.1", "0.5", "0.9")] == list(values)


def test_a_bell_is_cut_off_where_an_input_would_be_below_nil():
    plan = [provided()]
    falling = assumption(plan, low="-9", high="3", shape=Shape.NORMAL)
    assert draw(falling, Chosen("0.0001")) == Decimal(-10)
    assert Plan(plan, [falling.target]).under([Scenario("", (falling.at(Decimal(-10)),))])[0].whole.cost == Money(2000 * 100)
    assert draw(assumption(plan, how=How.TIMES, low="0.1", high="1", shape=Shape.NORMAL), Chosen("0.0001")) == 0


def test_a_range_is_told_by_its_tenth_half_and_nine_tenths_and_its_losses():
    found = range_of([Money(pence) for pence in range(-20, 80)])
    assert (found.p10, found.p50, found.p90, found.losses, found.draws) == (Money(-11), Money(29), Money(69), 20, 100)


@settings(max_examples=20, deadline=None)
@examples(PACKAGES, st.integers(0, 10**6))
def test_each_end_of_a_range_holds_every_draw_of_a_uniform_assumption(of, seed):
    plan = [provided(of)]
    about = assumption(plan, "people", How.TIMES, "0.5", "1.5")
    made = Plan(plan, [about.target])
    low, high = (made.under([Scenario("", (about.at(value),))])[0].whole.surplus for value in (about.low, about.high))
    assume(low != high)
    assert all(min(low, high) <= each.whole.surplus <= max(low, high) for each in ranges(made, [about], seed, 20))


@pytest.mark.parametrize("name", sorted(name for name in contents() if name.endswith(" 1")))
def test_every_driver_reaches_the_price_with_everything_that_it_stands_for(name):
    """What was typed under a driver is an input of the price itself, so that a change to it is never passed over in silence."""
    content = contents()[name]
    content = {**content, "support": {"weeks_per_year": 52, **content["support"]}}
    found = provided(package_of(yaml_text_of(as_cost_file(content), name)))
    not_charged = {leaf for each in found.package.other_direct if not each.charged for leaf in leaves_of(each.pounds)}
    for driver, of in DRIVERS.items():
        if driver in ("people", "utilisation", "price"):
            continue
        typed = {leaf for leaf in leaves_of(*of(found)) if isinstance(leaf.source, Typed)} - not_charged
        reached = {(leaf.label, leaf.source) for leaf in found.leaves}  # of several stretches of days the same input is one
        assert {leaf.label for leaf in typed if (leaf.label, leaf.source) not in reached} == set(), driver


def twice(of, driver):
    plan = [provided(of, in_force="500.00")]
    inputs = target(Inputs(Kind.DRIVER, driver), plan)
    _, found = Plan(tuple(plan), [inputs]).under([BASE, Scenario("Twice", (Change(inputs, How.TIMES, Decimal(2)),))])
    return found.prices[0].per_week


@pytest.mark.parametrize("per", ["hour", "week", "month", "year"])
@pytest.mark.parametrize(("driver", "section"), [
    ("other_costs", "other_direct"), ("co_ordination", "co_ordination"), ("company_costs", "company_costs")])
def test_twice_a_line_of_cost_is_the_price_of_the_file_with_twice_the_amount(driver, section, per):
    def priced(amount):
        content = {"name": "A", "on": date(2026, 10, 1), "quote": {"per": "week", "step_pence": 1},
                   "support": {"hours_per_week": 10, "weeks_per_year": 52},
                   "staff": {"pay_per_hour": Decimal(13), "holiday": "none", "national_insurance": "none", "pension": "none"},
                   section: [{"line": "A line", "amount": Decimal(amount), "per": per}]}
        return package_of(yaml_text_of(as_cost_file(content), "file"))

    assert twice(priced("12.34"), driver) == money(price(priced("24.68")).per_week)

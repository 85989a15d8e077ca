"""Overheads: pools divided in their order, to the penny, and what keeps them from being divided."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from basics.errors import NotKnown, Refused
from basics.money import Money
from basics.periods import Period
from costing.explain import explain
from costing.figure import Typed, Unit, given
from costing.overheads import divided
from costing.package import Section
from costing.pools import Cost, Driver, Overheads, Pool, Service

HERE = "overheads.yaml"
YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))


def of(value, label=""):
    return given(Decimal(str(value)), label, Unit.POUNDS_PER_YEAR, Typed(HERE))


def service(name, **measures):
    return Service(name, {Driver(key): of(value, f"{name}, {key}") for key, value in measures.items()}, f"service {name}")


def pool(name, driver, *gives_to, section=Section.COMPANY, **measures):
    return Pool(name, section, driver, gives_to, {Driver(key): of(value) for key, value in measures.items()}, f"pool {name}")


def cost(line, pounds, held_in, *direct):
    return Cost(line, of(pounds, line), held_in, tuple((name, of(percent)) for name, percent in direct), f"cost {line}")


def overheads(services, pools, costs):
    return Overheads("Overheads", YEAR, of(sum(each.pounds.value for each in costs)), services, pools, costs, HERE)


TWO = (service("Outreach", headcount=2, floor_area=10, support_hours=1000), service("Home", headcount=1, floor_area=20, support_hours=0))
BY_HEADS = overheads(TWO, (pool("Payroll", Driver.HEADCOUNT),), (cost("Payroll section", "100.01", "Payroll"),))


def parts(found, name):
    return {part.to: part.money.pence for each in found.pools if each.pool.name == name for part in each.parts}


def test_a_pool_is_divided_by_its_driver_and_its_parts_add_to_it():
    assert parts(divided(BY_HEADS), "Payroll") == {"Outreach": 6667, "Home": 3334}


def test_a_pool_may_give_to_a_later_pool_which_passes_it_on():
    """Offices 900 by floor: 300 to payroll, 200 and 400 to the services; payroll 700 and those 300 by heads, two to one."""
    step_down = overheads(TWO, (pool("Offices", Driver.FLOOR_AREA, "Payroll"), pool("Payroll", Driver.HEADCOUNT, floor_area=15)),
                          (cost("Rent", 900, "Offices"), cost("Payroll section", 700, "Payroll")))
    found = divided(step_down)
    assert parts(found, "Offices") == {"Payroll": 30000, "Outreach": 20000, "Home": 40000}
    assert parts(found, "Payroll") == {"Outreach": 66667, "Home": 33333}
    assert Money.total(each.overheads for each in found.services) == Money(1600_00)


def test_direct_spend_divides_by_what_the_list_has_of_it():
    listed = overheads(TWO, (pool("Money", Driver.DIRECT_SPEND),),
                       (cost("Wages", 400, None, ("Outreach", 75), ("Home", 25)), cost("Audit", 40, "Money")))
    found = divided(listed)
    assert [each.overheads.pence for each in found.services] == [3000, 1000]
    assert [each.percent_of_direct for each in found.services] == [10, 10]


def test_an_hour_bears_its_part_of_the_year():
    found = divided(BY_HEADS)
    assert found.services[0].per_hour.exact == Fraction("100.01") * 2 / 3 / 1000
    assert found.services[1].per_hour is None
    assert found.per_hour("Outreach", Section.COMPANY).exact == found.services[0].per_hour.exact
    assert found.per_hour("Outreach", Section.COORDINATION).exact == 0


def test_an_hour_opens_down_to_the_accounts():
    steps = [step.label for step in explain(divided(BY_HEADS).per_hour("Outreach", Section.COMPANY))]
    assert steps[:3] == ["Payroll section", "Payroll, the whole pool", "Outreach, headcount"]
    assert steps[-1] == "Company costs of Outreach, an hour of support"


def test_every_step_of_the_overheads_is_told_once():
    spend = overheads(TWO, (pool("Money", Driver.DIRECT_SPEND), pool("Law", Driver.DIRECT_SPEND)),
                      (cost("Wages", 400, None, ("Outreach", 75), ("Home", 25)), cost("Audit", 40, "Money"), cost("Advice", 9, "Law")))
    steps = [step.label for step in explain(*(part.figure for each in divided(spend).services for part in each.parts)) if step.label]
    assert len(steps) == len(set(steps))


@pytest.mark.parametrize(("name", "says"), [("Home", "Nobody said how many hours"), ("Nowhere", "no service “Nowhere”")])
def test_an_hour_of_a_service_without_hours_is_not_known(name, says):
    with pytest.raises(NotKnown, match=says):
        divided(BY_HEADS).per_hour(name, Section.COMPANY)


def told(held):
    with pytest.raises(Refused) as refused:
        divided(held)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(("changes", "says"), [
    ({"pools": (pool("Payroll", None),)}, "pool Payroll: “Payroll” has no driver"),
    ({"pools": (pool("Payroll", Driver.USERS),)}, "“Outreach” does not say how much it has. Add users; 0 where there is none."),
    ({"services": (service("Outreach", headcount=0),)}, "pool Payroll: “Payroll” is divided by headcount, of which nobody has any."),
    ({"services": (*TWO, service("Home"))}, "2 pools and services are called “Home”"),
    ({"pools": (pool("Payroll", Driver.HEADCOUNT, "Money"),)}, "“Payroll” gives to “Money”, which is no pool."),
    ({"accounts_total": of(99)}, "The costs are £1.01 a year more than accounts_total."),
    ({"accounts_total": of(101)}, "The costs are £0.99 a year less than accounts_total."),
    ({"costs": (cost("Rent", 1, "Offices"),)}, "cost Rent: There is no pool “Offices”."),
    ({"costs": (cost("Rent", 1, "Payroll", ("Shop", 5)),)}, "cost Rent: There is no service “Shop”."),
    ({"costs": (cost("Rent", 1, "Payroll", ("Home", 5), ("Home", 6)),)}, "“Rent” is direct to “Home” 2 times."),
    ({"costs": (cost("Rent", 1, None, ("Home", 60)),)}, "Nothing says where “Rent” goes."),
    ({"costs": (cost("Rent", 1, "Payroll", ("Home", 60), ("Outreach", 50)),)}, "More than the whole of “Rent” is direct."),
    ({"costs": (cost("Rent", 1, "Payroll", ("Home", 100)),)}, "All of “Rent” is direct, so nothing is left for a pool."),
])
def test_what_keeps_overheads_from_being_divided_is_told_with_its_place(changes, says):
    assert any(says in problem for problem in told(replace(BY_HEADS, **changes)))


def test_pools_that_give_to_one_another_are_a_loop():
    loop = (pool("A", Driver.HEADCOUNT, "B"), pool("B", Driver.HEADCOUNT, "C"), pool("C", Driver.HEADCOUNT, "A"), pool("D", Driver.HEADCOUNT, "D"))
    assert told(replace(BY_HEADS, pools=loop, costs=())) == [
        "pool C: These pools give to one another in a loop: C → A → B → C. Take one of them out of a gives_to.",
        "pool D: These pools give to one another in a loop: D → D. Take one of them out of a gives_to."]


def test_a_pool_that_gives_backwards_without_a_loop_is_put_in_order():
    backwards = (pool("Payroll", Driver.HEADCOUNT), pool("Offices", Driver.HEADCOUNT, "Payroll"))
    assert told(replace(BY_HEADS, pools=backwards)) == [
        "pool Offices: “Offices” gives to “Payroll”, which stands before it. Put “Offices” before “Payroll”."]


def test_a_direct_spend_that_is_typed_and_listed_is_refused():
    both = replace(BY_HEADS, services=(service("Outreach", headcount=1, direct_spend=5),),
                   costs=(cost("Wages", "100.01", None, ("Outreach", 100)),))
    assert any("is typed, and the costs list it too" in problem for problem in told(both))


PENCE = st.integers(0, 10**8).map(lambda pence: Decimal(pence).scaleb(-2))
MEASURE = st.integers(1, 500)


@st.composite
def any_overheads(draw):
    """Up to four pools, each giving to any of those after it, over up to four services."""
    drivers = [each for each in Driver if each is not Driver.DIRECT_SPEND]
    names = [f"Pool {n}" for n in range(draw(st.integers(1, 4)))]
    pools = tuple(pool(name, draw(st.sampled_from(drivers)), *draw(st.sets(st.sampled_from(names[n + 1:])) if names[n + 1:] else st.just(())),
                       section=draw(st.sampled_from([Section.COMPANY, Section.COORDINATION])), **{key: draw(MEASURE) for key in drivers})
                  for n, name in enumerate(names))
    services = tuple(service(f"Service {n}", **{key: draw(MEASURE) for key in drivers}) for n in range(draw(st.integers(1, 4))))
    costs = tuple(cost(f"Cost {n}", draw(PENCE), draw(st.sampled_from(names)), *(
        [(draw(st.sampled_from(services)).name, draw(st.integers(0, 99)))] if draw(st.booleans()) else [])) for n in range(draw(st.integers(1, 6))))
    return overheads(services, pools, costs)


@settings(max_examples=60, deadline=None)
@examples(any_overheads())
def test_the_parts_of_every_pool_add_to_it_and_the_services_add_to_the_accounts(held):
    found = divided(held)
    for each in found.pools:
        assert Money.total(part.money for part in each.parts) == each.whole
    assert Money.total(each.full_cost for each in found.services).pounds == held.accounts_total.value
    exact = sum((part.figure.exact for each in found.services for part in each.parts), Fraction(0))
    direct = sum((line.exact for each in found.services for line in held.listed_direct(each.service.name)), Fraction(0))
    assert exact + direct == held.accounts_total.exact

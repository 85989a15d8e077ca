"""Overheads worked out by hand: Riverside Elders, whose projects add to the accounts to the penny."""

from pathlib import Path

from basics.money import Money
from ringfence.actions.overheads import overheads_of_file

RIVERSIDE = overheads_of_file(Path(__file__).parent / "riverside.overheads.yaml")


def test_the_projects_of_riverside_elders_add_to_its_accounts():
    costs = {each.service.name: each.full_cost.plain for each in RIVERSIDE.services}
    assert costs == {"Advocacy": "26666.67", "Repair": "43833.33", "Healthy living": "14500.00"}
    assert Money.total(each.full_cost for each in RIVERSIDE.services) == Money(85_000_00)


def test_what_is_direct_to_a_project_is_none_of_its_overheads():
    assert {each.service.name: each.direct.plain for each in RIVERSIDE.services} == {
        "Advocacy": "15000.00", "Repair": "27500.00", "Healthy living": "7500.00"}
    assert RIVERSIDE.pools[0].whole == Money(35_000_00)


def test_a_service_that_gives_no_hours_has_no_cost_of_an_hour():
    assert [each.per_hour for each in RIVERSIDE.services] == [None, None, None]

"""What prices earn of overheads: by service, over its hours of support, and nothing netted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basics.errors import Refused
from basics.money import NIL, Money
from costing.recovered import recovered
from ringfence.importing.overheads_file import read_overheads

FOUND = read_overheads(Path(__file__).parents[2] / "docs" / "examples" / "overheads.yaml")
SERVICES = [each.service.name for each in FOUND.services]
HOURS = {"Outreach": 36_000, "Supported living": 52_000, "Day opportunities": 9_000}


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(SERVICES), st.integers(0, 2_000)))
def test_what_is_earned_and_what_is_not_add_to_the_overheads_of_each_service(pence: dict[str, int]) -> None:
    found = recovered(FOUND, {name: Money(each) for name, each in pence.items()})
    assert [each.service for each in found] == [name for name in SERVICES if name in pence]
    for each in found:
        assert each.recovered == Money(pence[each.service] * HOURS[each.service])
        assert each.recovered + each.not_recovered - each.beyond == each.overheads
        assert NIL in (each.not_recovered, each.beyond)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(Refused) as refused:
        recovered(FOUND, {"Nobody": Money(100), "Outreach": Money(-1)})
    assert [each.place for each in refused.value.problems] == ["Nobody", "Outreach"]


def test_a_service_without_hours_earns_by_no_hour(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("name: A\nyear: {first: 2026-04-01, last: 2027-03-31}\naccounts_total: 5\nservices: [{service: One, headcount: 1}]\n"
                    "pools: [{pool: P, section: company_costs, driver: headcount}]\ncosts: [{line: Rent, amount: 5, pool: P}]\n", encoding="utf-8")
    with pytest.raises(Refused, match="how many hours of support “One” gives"):
        recovered(read_overheads(path), {"One": Money(100)})

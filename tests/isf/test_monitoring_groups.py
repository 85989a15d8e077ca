"""Funds divided by what each is called: nobody is dropped, nobody stands twice, and the parts are the whole."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as some

from isf.holding import Way
from isf.monitoring import Figures, Of, group, grouped, together
from isf.support_reasons import Reason

AMOUNTS = some.integers(-10**9, 10**9)
FIGURES = some.builds(Figures, **{each.name: AMOUNTS for each in fields(Figures) if each.name != "surplus_pence"},
                      surplus_pence=some.none() | AMOUNTS)
FUNDS = some.lists(some.tuples(some.sampled_from(["P1", "P2", "P3"]), FIGURES, some.none() | some.sampled_from(list(Way))), max_size=8)


@given(FUNDS)
def test_the_groups_are_the_whole(found: list[tuple[str, Figures, Way | None]]) -> None:
    funds = [Of(f"isf-{n}", person, person, figures) for n, (person, figures, _) in enumerate(found)]
    ways = {f"isf-{n}": way for n, (_, _, way) in enumerate(found)}
    groups = grouped(funds, lambda each: ways[each.fund], list(Way))
    assert sum(each.funds for each in groups) == len(funds)
    assert together(each.figures for each in groups) == group("All", funds).figures
    assert [each.called for each in groups] == [name for name in [*map(str, Way), None] if name in {each.called for each in groups}]


def test_a_sum_of_something_that_is_not_known_is_not_known() -> None:
    assert together([Figures(surplus_pence=5), Figures(surplus_pence=None)]).surplus_pence is None
    assert together([Figures(surplus_pence=5), Figures(surplus_pence=-2)]).surplus_pence == 3
    assert together([]) == Figures()


def test_a_person_with_two_funds_is_one_person() -> None:
    two = [Of("isf-P1", "P1", "A", Figures(held_pence=100)), Of("spot-P1", "P1", "A", Figures(held_pence=1))]
    assert (group("All", two).people, group("All", two).funds, group("All", two).figures.held_pence) == (1, 2, 101)


def test_what_stands_in_no_order_is_a_fault_and_never_dropped() -> None:
    with pytest.raises(AssertionError, match="every fund is called something"):
        grouped([Of("isf-P1", "P1", "A", Figures())], lambda _: Way.TRUST, [Way.MIXED])


def test_the_reasons_are_those_of_the_client_level_data_collection() -> None:
    """Its list has twelve, the carer’s among them; SALT had eleven and counted carers apart."""
    assert len(Reason) == 12
    assert sum(each.startswith("Social support: ") for each in Reason) == 4

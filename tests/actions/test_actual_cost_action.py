"""Who carries whom: dearer and cheaper services in words, never as one figure; and the example is whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import ringfence
from basics.errors import Refused
from costing.actual import ActualCost
from costing.laid_pay import ServiceCost
from ringfence.actions.actual_cost import actual_of_content, actual_of_file, example_files, staffing_in_words, steps_in_words, who_carries_whom

EXAMPLE = Path(ringfence.__file__).parents[1] / "docs" / "examples" / "actual.yaml"
FOUND = actual_of_file(EXAMPLE).found
OUTREACH, LIVING = FOUND.services


def only(*services: ServiceCost) -> ActualCost:
    return replace(FOUND, services=services)


def test_both_sums_are_told_and_neither_is_set_off_against_the_other() -> None:
    assert list(who_carries_whom(FOUND)) == [
        "These cost more than they were priced to: Outreach £89.17.", "These cost less: Supported living £50.45.",
        "What is too little in a price is paid all the same: by what the others left over, by contingency and surplus, or by reserves."]


def test_several_services_have_a_sum_of_their_kind() -> None:
    assert next(who_carries_whom(only(OUTREACH, OUTREACH))) == (
        "These cost more than they were priced to: Outreach £89.17, Outreach £89.17, together £178.34.")


def test_where_none_cost_more_or_none_less_it_says_so() -> None:
    assert next(who_carries_whom(only(LIVING))) == "No service cost more than it was priced to."
    assert list(who_carries_whom(only(OUTREACH)))[1:] == [
        "No service cost less.", "What is too little in a price is paid all the same: by contingency and surplus, or by reserves."]


def test_the_example_sent_says_the_same_as_on_the_disk() -> None:
    files = example_files()
    assert actual_of_content(files[EXAMPLE.name], EXAMPLE.name, files).found == FOUND


def test_what_is_missing_among_the_files_is_named() -> None:
    with pytest.raises(Refused, match=r"Send payroll\.csv with the others"):
        actual_of_content(example_files()[EXAMPLE.name], EXAMPLE.name, {})


def test_the_steps_lead_from_the_price_to_the_cost() -> None:
    _, *steps = steps_in_words(LIVING)
    assert steps[-1][1] == LIVING.cost.explained.actual
    as_priced, as_it_was = staffing_in_words(LIVING)
    assert as_priced.startswith("As priced, in a week: own staff deliver 43 h, 1.193 paid hours for each; staff 49 h 15 m paid at £15.31 an hour;")
    assert "sleep-ins and calls £525.00" in as_it_was

"""A month in two systems: every figure that differs is told, to the penny, with its reason where the figures show it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isf.parallel_month import Clues, Measured, VisitHere, compare

DELIVERED, CHARGED, PAID_IN, BALANCE = Measured
OURS = {DELIVERED: 300, CHARGED: 12_000, PAID_IN: 20_000, BALANCE: 8_000}
HOUR, LONG = VisitHere("Visit V-1 on 5 October 2026 (C1)", 60, 60, 60, 2_400), VisitHere("Visit V-2 on 6 October 2026 (C1)", 233, 240, 240, 9_600)

figures = st.dictionaries(st.sampled_from(Measured), st.integers(-10**7, 10**7))
systems = st.dictionaries(st.sampled_from(["P001", "P002", "P003"]), figures)


def reasons(old: dict[Measured, int], clues: Clues) -> dict[Measured, str]:
    return {each.measured: each.reason for each in compare({"P001": OURS | old}, {"P001": OURS}, {"P001": clues}).differing}


@pytest.mark.parametrize(("old", "clues", "said"), [
    ({DELIVERED: 240}, Clues([HOUR, LONG]), {DELIVERED: "Visit V-1 on 5 October 2026 (C1) is not in the old system."}),
    ({DELIVERED: 293}, Clues([HOUR, LONG]), {DELIVERED: "The old system counts the time that passed, and here time counts by the terms."}),
    ({DELIVERED: 330}, Clues(), {DELIVERED: "30 m are not here: a visit that was not brought in?"}),
    ({DELIVERED: 345}, Clues([LONG, VisitHere("Visit V-9 on 9 October 2026 (C1)", 45, 45, 0, 0)]), {
        DELIVERED: "Visit V-9 on 9 October 2026 (C1) is here and not charged: see what the month end says of it."}),
    ({CHARGED: 12_002}, Clues([HOUR, LONG]), {CHARGED: "Rounding: the hours agree, and it is no more than a penny a visit."}),
    ({CHARGED: 12_003}, Clues([HOUR, LONG]), {
        CHARGED: "The hours agree: another rate, another share, or something that is counted and has no hours."}),
    ({PAID_IN: 25_000, BALANCE: 13_000}, Clues(not_placed=[("BK-1 of 6 October 2026, £50.00", 5_000)]), {
        PAID_IN: "BK-1 of 6 October 2026, £50.00 is not placed here yet.", BALANCE: "Follows from what was paid in and charged."}),
    ({BALANCE: 7_000}, Clues(carried=1_000), {BALANCE: "The old system takes off overspend, which the provider carries here."}),
    ({BALANCE: 7_000}, Clues(), {BALANCE: "It is not what was paid in and charged: the openings differ, or something was put right."}),
])
def test_the_reason_is_told_where_the_figures_show_it(old: dict[Measured, int], clues: Clues, said: dict[Measured, str]) -> None:
    assert reasons(old, clues) == said


def test_an_hour_more_at_the_same_price_explains_its_pounds() -> None:
    assert reasons({DELIVERED: 360, CHARGED: 14_400}, Clues())[CHARGED] == "Follows from the hours, at the same price."
    dearer = VisitHere("Visit V-3 on 7 October 2026 (C1)", 60, 60, 60, 3_000)
    assert reasons({DELIVERED: 240, CHARGED: 9_000}, Clues([dearer]))[CHARGED] == "Follows from the hours: that visit was charged so much."


@given(systems, systems)
def test_only_what_is_the_same_to_the_penny_agrees_and_every_difference_has_a_reason(old: dict[str, dict[Measured, int]],
                                                                                  ours: dict[str, dict[Measured, int]]) -> None:
    complete = {person: dict.fromkeys(Measured, 0) | mine for person, mine in ours.items()}
    found = compare(old, complete, {})
    for each in found.lines:
        assert (each.old, each.ours) == (old.get(each.person, {}).get(each.measured), complete.get(each.person, {}).get(each.measured))
        assert bool(each.reason) == (each.old != each.ours)
    told = {(each.person, each.measured) for each in found.lines}
    assert told >= {(person, measured) for person, mine in old.items() for measured in mine}
    assert told >= {(person, one) for person, mine in complete.items() if person not in old for one, value in mine.items() if value}


def test_somebody_who_is_in_one_system_only_is_told() -> None:
    found = compare({"P001": {BALANCE: 0}}, {"P002": OURS}, {})
    assert {(each.person, each.reason) for each in found.differing} == {
        ("P001", "Not here: bring in the person and the fund, or correct the reference."),
        ("P002", "Not in the old file: a person who is new, or was left out.")}

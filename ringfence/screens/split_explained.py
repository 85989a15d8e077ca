"""“How was this worked out?” for one person of a split."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from basics.periods import minutes_in_words
from isf.split import Method
from isf.split_explained import WorkedOut
from ringfence.actions.splitting import SplitShown
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import how_many
from ringfence.screens.split_case import Case

NOBODY = "Choose a person"


def how_it_was_worked_out(case: Case, shown: SplitShown) -> None:
    """A box to choose a person, and the steps that lead to their sum."""
    part("How was this worked out?")
    people = sorted((each.person for each in shown.split.allocations), key=lambda person: (case.called(person).casefold(), person))
    chosen = st.selectbox("Whose sum", [NOBODY, *people], format_func=lambda person: _told_apart(case, person), key="split-whose")
    if chosen != NOBODY:
        st.html(Markup("<ol>{}</ol>").format(Markup("").join(Markup("<li>{}</li>").format(step) for step in steps(case, shown, chosen))))


def _told_apart(case: Case, person: str) -> str:
    """“Tom (P002)”: two people may be known by the same name."""
    called = case.called(person)
    return called if called == person else f"{called} ({person})"


def steps(case: Case, shown: SplitShown, person: str) -> list[str]:
    """The steps as sentences, from the contract's sum to the person's penny."""
    found, called = shown.explained(person), case.called(person)
    return [*_kept_back(shown), *_layers(case, shown, person), _weight(shown, found, called), _exact(found, called), _penny(found, called)]


def _kept_back(shown: SplitShown) -> list[str]:
    sum_ = Money(shown.split.contract_pence)
    if not shown.split.top_slices:
        return [f"The contract is {sum_}, and nothing is kept back first."]
    kept = " and ".join(f"{name}, {Money(pence)}" for name, pence in shown.split.top_slices)
    return [f"The contract is {sum_}. Kept back first: {kept}. That leaves {Money(shown.split.allocated_pence)} to divide."]


def _layers(case: Case, shown: SplitShown, person: str) -> list[str]:
    if person not in shown.layers:
        return []
    cost = shown.layers[person]
    parts = " + ".join(f"{name} {Money(pence)}" for name, pence in cost.lines)
    return [f"In a week {case.called(person)}’s support costs {parts} = {Money(cost.pence_per_week)}. What a house shares is divided by its "
            "places, empty ones too."]


def _weight(shown: SplitShown, found: WorkedOut, called: str) -> str:
    method = shown.split.method
    if method is Method.EQUAL:
        return f"Everybody has the same weight: {called} is one of {found.weights}."
    return f"{called} has {_in_words(method, found.weight)} of {_in_words(method, found.weights)} together."


def _in_words(method: Method, weight: Fraction) -> str:
    match method:
        case Method.HOURS:
            return minutes_in_words(int(weight))
        case Method.POINTS:
            return points_in_words(weight)
        case Method.LAYERS | Method.COST:
            return f"{_pence_in_pounds(weight)} a week"
        case _:
            return str(Money(int(weight)))


def points_in_words(points: Fraction) -> str:
    """“12.5 points”; points are written with decimals, so they always have an end."""
    if points.denominator == 1:
        return how_many(int(points), "point")
    return f"{_decimals(points, 4)} points"


def _exact(found: WorkedOut, called: str) -> str:
    return (f"{called}’s exact part of {Money(found.left_pence)} is {_pence_in_pounds(found.exact_pence, 6)}, "
            f"which is {Money(found.rounded_down_pence)} rounded down to the penny.")


def _penny(found: WorkedOut, called: str) -> str:
    if not found.odd_pennies:
        return f"Everybody’s part came to whole pennies. {called} has {Money(found.pence)}."
    left = f"{how_many(found.odd_pennies, 'penny was', 'pennies were')} left over, and went one each to the largest parts of a penny"
    if found.has_odd_penny:
        return f"{left}. {called}’s was among them, so {called} has {Money(found.pence)}."
    return f"{left}. {called}’s was not among them, so {called} has {Money(found.pence)}."


def _pence_in_pounds(pence: Fraction, places: int = 2) -> str:
    return f"£{_decimals(pence / 100, places)}"


def _decimals(value: Fraction, places: int) -> str:
    """So many decimals, the rest cut off; “…” where there is a rest."""
    scaled = int(value * 10**places)
    text = f"{scaled // 10**places:,}.{scaled % 10**places:0{places}d}"
    return text if Fraction(scaled, 10**places) == value else f"{text}…"

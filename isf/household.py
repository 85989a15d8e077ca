"""People who live together have a budget each and one for the house: a person's own, and a part of what is for all of its places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from basics.share import share
from isf.split import Claim


@dataclass(frozen=True)
class HouseBudget:
    """What is for a house as a whole in a year. `places` names who lives in each, or the empty place itself: an empty one is a place too."""

    name: str
    pence: int
    places: tuple[str, ...]


def with_household(claims: Sequence[Claim], houses: Sequence[HouseBudget]) -> list[Claim]:
    """Each claim with their own budget and an equal part of their house's for each of its places, exactly, so that equal places weigh the
    same. Without a budget of their own, a person has none here either; an empty place has the house's part alone."""
    shared = parts_of_houses(houses)
    return [replace(claim, household_pence=own + shared.get(claim.person, 0)) if (own := _own(claim)) is not None else claim for claim in claims]


def with_house_in_budgets(claims: Sequence[Claim], houses: Sequence[HouseBudget]) -> list[Claim]:
    """For a split by budgets: a person’s budget is their own and their part of the house’s, to the penny; an empty place has its house’s part."""
    whole = {each.name: share(each.pence, dict.fromkeys(each.places, 1)) for each in houses}
    shared: dict[str, int] = {}
    for parts in whole.values():
        for place, pence in parts.items():
            shared[place] = shared.get(place, 0) + pence
    return [replace(claim, budget_pence=own + shared[claim.person]) if claim.person in shared and (own := _own(claim)) is not None else claim
            for claim in claims]


def parts_of_houses(houses: Sequence[HouseBudget]) -> Mapping[str, Fraction]:
    """What each place has of its house's budget, in pence, exactly."""
    return {place: Fraction(house.pence, len(house.places)) for house in houses for place in house.places}


def _own(claim: Claim) -> int | None:
    return 0 if claim.empty_place and claim.budget_pence is None else claim.budget_pence

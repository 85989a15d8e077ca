"""A damped split: nobody loses more than so many per cent at once, and those who gain pay for it out of their gains.

It is always a *proposal*. Under the Care Act 2014 a budget is what a person's eligible needs cost, and neither a split nor a review may be
used to cut it: each damped sum is agreed by the social work team, and goes into the books as a sum that the council has set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from basics.errors import InputError, Problem, Refused
from basics.money import Money
from basics.share import share
from isf.split import Split

ONE_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Damped:
    """A proposal: what each would have, beside last year and beside the formula, in pence; together they are what the formula divides."""

    most_lost_percent: Decimal
    before: Mapping[str, int]
    formula: Mapping[str, int]
    proposed: Mapping[str, int]
    empty_places: frozenset[str] = frozenset()

    @property
    def empty_places_pay(self) -> Mapping[str, int]:
        """What each empty place gives up, in pence, where it does: money for a vacancy that goes to people instead."""
        return {place: gone for place in sorted(self.empty_places) if (gone := self.formula[place] - self.proposed[place]) > 0}

    @property
    def moved_pence(self) -> int:
        """What those who gain give up so that nobody loses more."""
        return sum(self.proposed[person] - pence for person, pence in self.formula.items() if self.proposed[person] > pence)


def damped(divided: Split, before: Mapping[str, int], most_lost_percent: Decimal) -> Damped:
    """Hold every loss within a percentage of last year; what that costs comes off the gains, in proportion to them, to the penny.

    An empty place is damped as a person is: nobody's part goes up or down because of it. Raises `Refused` where somebody's last year is not
    known, and where the gains are not enough to pay for it.
    """
    if not 0 <= most_lost_percent <= ONE_HUNDRED:
        raise InputError(f"A loss of at most {most_lost_percent}% is none.", "Give a percentage from 0 to 100.")
    formula = {each.person: each.pence for each in divided.allocations}
    _refuse_unknown(formula, before)
    raised = {person: max(0, _least(before[person], most_lost_percent) - pence) for person, pence in formula.items()}
    gains = {person: max(0, pence - before[person]) for person, pence in formula.items()}
    if sum(raised.values()) > sum(gains.values()):
        raise Refused("This split cannot be damped.", [Problem(
            "people", f"holding every loss within {most_lost_percent}% takes {Money(sum(raised.values()))}, and the gains of the others come to "
            f"{Money(sum(gains.values()))}.", "Allow a larger loss, or agree another sum with the council.")])
    given_up = share(sum(raised.values()), gains)
    return Damped(most_lost_percent, {person: before[person] for person in formula}, formula,
                  {person: pence + raised[person] - given_up[person] for person, pence in formula.items()},
                  frozenset(each.person for each in divided.allocations if each.empty_place))


def _least(before: int, most_lost_percent: Decimal) -> int:
    """The least that loses no more: a part of a penny goes up."""
    kept = before * (ONE_HUNDRED - most_lost_percent)
    return int(-(-kept // ONE_HUNDRED))


def _refuse_unknown(formula: Mapping[str, int], before: Mapping[str, int]) -> None:
    unknown = [person for person in formula if person not in before]
    if unknown:
        raise Refused("This split cannot be damped.", (
            Problem(f"person {person}", "has no last year, so nobody can say what they lose.", "Give it; nil for somebody who is new.")
            for person in unknown))

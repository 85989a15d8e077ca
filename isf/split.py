"""One contract's sum divided into a fund for each person, to the penny, after what is declared off the top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from basics.errors import InputError, Problem, Refused
from basics.money import Money
from basics.rounding import half_away_from_nil, line
from basics.share import share

ONE_HUNDRED = Decimal(100)


class Method(StrEnum):
    """How a block contract is divided. The council agrees the method; each sum is agreed on its own."""

    EQUAL = "equal"
    POINTS = "points"
    HOURS = "hours"
    COST = "cost"
    LAYERS = "layers"
    BUDGETS = "budgets"
    HOUSEHOLD = "household"
    AMOUNTS = "amounts"


@dataclass(frozen=True)
class TopSlice:
    """A part of the contract kept back and said so, like a contingency: a percentage of the contract's sum, or a sum in pence."""

    name: str
    percent: Decimal | None = None
    pence: int | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one person, or one empty place, brings to the split. Only what the method asks for must be there.

    `minutes` are planned or delivered, and stand beside the pounds whatever the method; `package_pence` is a week of their costed package;
    `cost_pence` is the costed layers (`isf.layers`); `budget_pence` is their personal budget for the year, indicative or final, and
    `household_pence` that with their part of the house's (`isf.household`); `amount_pence` is the sum that the council has set.
    `separable` says whether the part can follow the person to another provider; None where nobody said.
    """

    person: str
    points: Decimal | None = None
    minutes: int | None = None
    package_pence: int | None = None
    cost_pence: Fraction | int | None = None
    budget_pence: int | None = None
    household_pence: Fraction | int | None = None
    amount_pence: int | None = None
    empty_place: bool = False
    separable: bool | None = None


@dataclass(frozen=True)
class Allocation:
    """The part of the contract that is one person's, or an empty place's: a void is a line of its own and nobody else's.

    `budget_pence` is the budget that it stands beside, in a split by budgets or by household.
    """

    person: str
    pence: int
    minutes: int | None = None
    empty_place: bool = False
    separable: bool | None = None
    budget_pence: int | None = None

    @property
    def over_budget_pence(self) -> int | None:
        """How much more than their budget it is, below nil where it is less; None where no budget stands beside it."""
        return None if self.budget_pence is None else self.pence - self.budget_pence


@dataclass(frozen=True)
class Split:
    """A contract divided. Allocations and top-slices add to the contract exactly, or there is no `Split`."""

    method: Method
    contract_pence: int
    top_slices: tuple[tuple[str, int], ...]
    allocations: tuple[Allocation, ...]

    def __post_init__(self) -> None:
        parts = [pence for _, pence in self.top_slices] + [allocation.pence for allocation in self.allocations]
        if sum(parts) != self.contract_pence or min(parts, default=0) < 0:
            raise InputError(f"The parts add to {Money(sum(parts))}, the contract is {Money(self.contract_pence)}.",
                             "Every part is nil or more, and together they are the contract.")

    @property
    def top_sliced_pence(self) -> int:
        return sum(pence for _, pence in self.top_slices)

    @property
    def leaves_nothing(self) -> bool:
        """Whether the top-slices take the whole contract."""
        return not self.allocated_pence

    @property
    def allocated_pence(self) -> int:
        return self.contract_pence - self.top_sliced_pence


def split(contract_pence: int, method: Method, claims: Sequence[Claim], top_slices: Sequence[TopSlice] = ()) -> Split:
    """Take the declared top-slices off the contract, then divide what is left by the method.

    The order of the claims changes nothing but the order of the answer: an odd penny goes by the person's reference.
    Raises `Refused` with everything that stands in the way.
    """
    problems = [*_contract_problems(contract_pence), *_top_slice_problems(top_slices), *_claim_problems(method, claims)]
    if problems:
        raise _refused(problems)
    off_the_top = tuple((top_slice.name, _sliced(contract_pence, top_slice)) for top_slice in top_slices)
    left = contract_pence - sum(pence for _, pence in off_the_top)
    weights = {claim.person: weight_of(method, claim) or Decimal(0) for claim in claims}
    if problems := [*_too_much_problems(contract_pence, left), *_sum_problems(method, left, weights)]:
        raise _refused(problems)
    parts, budgets = share(left, weights), budgets_of(method, weights)
    return Split(method, contract_pence, off_the_top,
                 tuple(Allocation(c.person, parts[c.person], c.minutes, c.empty_place, c.separable, budgets.get(c.person)) for c in claims))


def _sliced(contract_pence: int, top_slice: TopSlice) -> int:
    if top_slice.percent is None:
        return top_slice.pence or 0
    return line(Money(contract_pence).pounds, top_slice.percent / ONE_HUNDRED).pence


ASKED_FOR = {
    Method.EQUAL: "place",
    Method.POINTS: "points",
    Method.HOURS: "hours",
    Method.COST: "costed package",
    Method.LAYERS: "costed layers",
    Method.BUDGETS: "budget",
    Method.HOUSEHOLD: "budget",
    Method.AMOUNTS: "amount",
}
"""What each method goes by: what everybody who has a part must bring."""


def weight_of(method: Method, claim: Claim) -> Decimal | Fraction | int | None:
    """What a claim weighs under a method: points, minutes, pence or one place; None where it does not bring what the method asks for."""
    match method:
        case Method.EQUAL:
            return 1
        case Method.POINTS:
            return claim.points
        case Method.HOURS:
            return claim.minutes
        case Method.COST:
            return claim.package_pence
        case Method.LAYERS:
            return claim.cost_pence
        case Method.BUDGETS:
            return claim.budget_pence
        case Method.HOUSEHOLD:
            return claim.household_pence
        case Method.AMOUNTS:
            return claim.amount_pence


def budgets_of(method: Method, weights: Mapping[str, Decimal | Fraction | int]) -> dict[str, int]:
    """The budget that each part stands beside, in pence: the person's own, or with their part of the house's. Together they are the budgets that
    were given, to the penny."""
    if method not in (Method.BUDGETS, Method.HOUSEHOLD):
        return {}
    return share(half_away_from_nil(sum((Fraction(each) for each in weights.values()), Fraction(0))), weights)


def _refused(problems: Iterable[Problem]) -> Refused:
    return Refused("The contract cannot be split as it stands.", problems)


def _contract_problems(contract_pence: int) -> Iterable[Problem]:
    if contract_pence <= 0:
        yield Problem("contract", f"its sum is {Money(contract_pence)}.", "Give a sum above nil.")


def _top_slice_problems(top_slices: Sequence[TopSlice]) -> Iterable[Problem]:
    for name, times in Counter(top_slice.name for top_slice in top_slices).items():
        if times > 1:
            yield Problem(f"top-slice {name}", f"is declared {times} times.", "Declare it once.")
    for top_slice in top_slices:
        if (top_slice.percent is None) == (top_slice.pence is None):
            yield Problem(f"top-slice {top_slice.name}", "needs either a percentage or a sum.", "Give one of the two.")
        given = top_slice.percent if top_slice.pence is None else top_slice.pence
        if given is not None and _is_below_nil(given):
            yield Problem(f"top-slice {top_slice.name}", "is below nil.", "Give a percentage or a sum, nil or more.")


def _claim_problems(method: Method, claims: Sequence[Claim]) -> Iterable[Problem]:
    if not claims:
        yield Problem("people", "there is nobody to split the contract between.", "List at least one person.")
    for person, times in Counter(claim.person for claim in claims).items():
        if times > 1:
            yield Problem(f"person {person}", f"is listed {times} times.", "List each person once.")
    asked_for = ASKED_FOR[method]
    for claim in claims:
        weight = weight_of(method, claim)
        if weight is None:
            yield Problem(f"person {claim.person}", f"has no {asked_for}, and the split is by {method}.",
                          f"Give the {asked_for}; write 0 where there are none.")
        elif _is_below_nil(weight):
            yield Problem(f"person {claim.person}", f"has {asked_for} below nil.", f"Give {asked_for} of nil or more.")


def _is_below_nil(value: Decimal | Fraction | int) -> bool:
    """Below nil, or not a number at all."""
    return (isinstance(value, Decimal) and not value.is_finite()) or value < 0


def _too_much_problems(contract_pence: int, left: int) -> Iterable[Problem]:
    if left < 0:
        yield Problem("top-slices", f"they come to {Money(contract_pence - left)}, which is {Money(-left)} more than the contract.",
                      "Lower them, or correct the contract’s sum.")


def _sum_problems(method: Method, left: int, weights: Mapping[str, Decimal | Fraction | int]) -> Iterable[Problem]:
    given = sum(Fraction(weight) for weight in weights.values())
    if method is Method.AMOUNTS and given != left:
        gap = int(given) - left
        yield Problem("amounts", f"they add to {Money(int(given))}, and {Money(left)} is there to allocate: "
                      f"{Money(abs(gap))} too {'much' if gap > 0 else 'little'}.",
                      "Correct an amount, or declare the difference as a top-slice.")
    elif left > 0 and not given:
        yield Problem("people", f"nobody has any {ASKED_FOR[method]}, so there is nothing to split by.",
                      f"Give {ASKED_FOR[method]} above nil to at least one person.")

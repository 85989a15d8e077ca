"""Showing how a contract would divide. Nothing is stored: a split counts only once it is applied and approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from basics.errors import Problem, Refused
from basics.money import Money
from isf.damping import Damped, damped
from isf.household import with_house_in_budgets, with_household
from isf.layers import PlaceCost, layers_cost
from isf.split import Claim, Method, Split, split, weight_of
from isf.split_explained import WorkedOut, worked_out
from ringfence.actions.parameters import published
from ringfence.importing.split_file import SplitRequest, read_split_file, split_of
from ringfence.importing.templates import template
from ringfence.importing.yaml_text import yaml_text_of

LAYERS_HOURS_ARE = "planned a week"
EXAMPLE_NAME = "block.split.yaml"


@dataclass(frozen=True)
class SplitShown:
    """A split beside what it was made from: what its hours are, each person's weekly layers where it went by layers, and what each had
    last year, in pence, where that is known; and the proposal that holds every loss, where one was asked for."""

    contract: str
    split: Split
    hours_are: str | None
    layers: Mapping[str, PlaceCost]
    claims: tuple[Claim, ...] = ()
    last_year: Mapping[str, int] = field(default_factory=dict)
    kept_last_year: Mapping[str, int] = field(default_factory=dict)
    damped: Damped | None = None

    @property
    def last_year_pence(self) -> int | None:
        """What the contract was last year: the sum of what everybody had and what was kept back; None where any of it is not known."""
        known = [self.kept_last_year.get(name) for name, _ in self.split.top_slices]
        return together([*known, *(self.last_year.get(each.person) for each in self.split.allocations)])

    def difference_pence(self, person: str) -> int | None:
        """How much more (or less) than last year this person has; None where last year is not known."""
        now = next(each.pence for each in self.split.allocations if each.person == person)
        return None if person not in self.last_year else now - self.last_year[person]

    @property
    def warning(self) -> str:
        """What is possible and hardly meant; empty where there is nothing of that."""
        if not self.split.leaves_nothing:
            return ""
        return f"The top-slices take the whole of {Money(self.split.contract_pence)}: nobody would have anything."

    def explained(self, person: str) -> WorkedOut:
        """How this person's part was worked out."""
        return worked_out(self.split, self.claims, person)


@dataclass(frozen=True)
class MethodTried:
    """What came of one method: the split, or why it cannot be done. `missing` are those who do not bring what it goes by."""

    method: Method
    shown: SplitShown | None
    missing: tuple[str, ...]
    problems: tuple[Problem, ...]


def show_split(path: Path) -> SplitShown:
    """How the contract in the file divides, damped beside it where the file asks for that. Raises `Refused` with everything that is wrong with
    the file or the split."""
    asked = read_split(path)
    shown = shown_by(asked, asked.method)
    return replace(shown, damped=damped_by(asked, shown))


def read_split(path: Path) -> SplitRequest:
    """What a split file on this disk asks for, its cost files priced. Raises `Refused` with every problem, or `InputError`."""
    return read_split_file(path, published)


def split_of_content(content: bytes, name: str) -> SplitRequest:
    """What a split file asks for that is not on this disk. Raises `Refused` with every problem, or `InputError`."""
    return split_of(yaml_text_of(content, name), None, published)


def example_split() -> SplitRequest:
    """What the documented example asks for: the one that `ringfence template split` prints."""
    return split_of_content(template("split").encode(), EXAMPLE_NAME)


def shown_by(asked: SplitRequest, method: Method) -> SplitShown:
    """How it divides by this method, whichever the file asks for. Raises `Refused` with everything that is in the way."""
    layers = _layers(asked, method)
    claims = _claims(asked, method)
    divided = split(asked.contract_pence, method, claims, asked.top_slices)
    return SplitShown(asked.contract, divided, LAYERS_HOURS_ARE if layers else asked.hours_are, layers, tuple(claims), asked.last_year,
                      asked.kept_last_year)


def damped_by(asked: SplitRequest, shown: SplitShown) -> Damped | None:
    """The split held within the loss that the file allows: a proposal; None where it allows any. Raises `Refused` where it cannot be held."""
    return None if asked.most_lost_percent is None else damped(shown.split, asked.last_year, asked.most_lost_percent)


def proposal_in_words(proposal: Damped) -> tuple[str, ...]:
    """What the proposal is, whether an empty place pays for it, and what it is not."""
    void = ", ".join(f"{Money(pence)} from {place}" for place, pence in proposal.empty_places_pay.items())
    return (f"The proposal holds every loss within {proposal.most_lost_percent.normalize():f}% of last year: {Money(proposal.moved_pence)} comes off "
            "the gains, in proportion.",
            *([f"Empty places pay a part of it: {void}. Whoever carries an empty place then has less for it."] if void else []),
            "It is a proposal: a split may not be used to cut a person’s budget (Care Act 2014).")


def every_method(asked: SplitRequest) -> tuple[MethodTried, ...]:
    """The same people and the same sum by every method, side by side."""
    return tuple(_tried(asked, method) for method in Method)


def together(amounts: Iterable[int | None]) -> int | None:
    """Their sum; not known where one of them is not."""
    known = list(amounts)
    return None if None in known else sum(each for each in known if each is not None)


def _tried(asked: SplitRequest, method: Method) -> MethodTried:
    try:
        return MethodTried(method, shown_by(asked, method), (), ())
    except Refused as error:
        return MethodTried(method, None, _missing(asked, method), error.problems)


def _missing(asked: SplitRequest, method: Method) -> tuple[str, ...]:
    """Who brings nothing that the method could go by."""
    costed = {place for house in asked.houses for place in house.places} | set(asked.own) if method is Method.LAYERS else ()
    return tuple(claim.person for claim in (_claims(asked, method) if method is Method.BUDGETS else with_household(asked.claims, asked.house_budgets))
                 if weight_of(method, claim) is None and claim.person not in costed)


def _layers(asked: SplitRequest, method: Method) -> Mapping[str, PlaceCost]:
    """What each costs in a week where the split goes by layers and the file has them."""
    return layers_cost(asked.houses, asked.own) if method is Method.LAYERS and (asked.houses or asked.own) else {}


def _claims(asked: SplitRequest, method: Method) -> list[Claim]:
    layers = _layers(asked, method)
    if method is Method.BUDGETS and asked.house_budgets:
        return with_house_in_budgets(asked.claims, asked.house_budgets)
    return _costed(asked.claims, layers) if layers else with_household(asked.claims, asked.house_budgets)


def _costed(claims: Sequence[Claim], layers: Mapping[str, PlaceCost]) -> list[Claim]:
    """Each claim with the weekly cost and the weekly hours of its layers; a yearly figure would need a year nobody named."""
    return [replace(claim, cost_pence=layers[claim.person].exact_pence_per_week, minutes=layers[claim.person].minutes_per_week)
            if claim.person in layers else replace(claim, minutes=None) for claim in claims]

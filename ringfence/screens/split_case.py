"""What is split on the page: who, how much, compared with what. From the books, a split file or the example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from isf.split import ASKED_FOR, Method
from ringfence.actions.splitting import MethodTried, every_method
from ringfence.importing.split_file import SplitRequest
from ringfence.screens.components.markup import how_many

SIDE_BY_SIDE = "Side by side"
DONE = "split-done"
"""Where what was just done is kept until it is told."""
METHODS = {Method.EQUAL: "Equal", Method.POINTS: "By points", Method.HOURS: "By hours", Method.COST: "By cost", Method.LAYERS: "By layers",
           Method.BUDGETS: "By budgets", Method.HOUSEHOLD: "By household", Method.AMOUNTS: "By set amounts"}
MANY = {"place": "places", "amount": "set amounts", "budget": "a budget", "costed package": "a costed package"}
DAYS_OF_A_FILE = 365
NAMED_AT_MOST = 2


@dataclass(frozen=True)
class Case:
    """One split to look at. `before` heads the column of what each had (“Now”, “Last year”); `follows` is the contract of the books
    that this one follows by a year; `why_not` says why it cannot be prepared, empty where it can."""

    asked: SplitRequest
    names: Mapping[str, str]
    days: int
    before: str
    follows: str = ""
    why_not: str = ""

    @cached_property
    def tried(self) -> tuple[MethodTried, ...]:
        return every_method(self.asked)

    @property
    def can_be_done(self) -> list[MethodTried]:
        return [each for each in self.tried if each.shown is not None]

    @property
    def people(self) -> int:
        return sum(not claim.empty_place for claim in self.asked.claims)

    @property
    def empty_places(self) -> list[str]:
        return [claim.person for claim in self.asked.claims if claim.empty_place]

    @property
    def compares(self) -> bool:
        return bool(self.asked.last_year or self.asked.kept_last_year)

    def called(self, person: str) -> str:
        """What somebody is called here: as they are known, or the reference where the books do not know them."""
        return self.names.get(person, person)

    def why_it_cannot(self, tried: MethodTried) -> str:
        """“Danny has no hours.” What keeps a method from being done, in one sentence or two."""
        goes_by = ASKED_FOR[tried.method]
        if tried.missing and len(tried.missing) == len(self.asked.claims):
            return f"Nobody has {MANY.get(goes_by, goes_by)}."
        if tried.missing:
            named = [self.called(person) for person in tried.missing[:NAMED_AT_MOST]]
            others = len(tried.missing) - len(named)
            if others:
                return f"{', '.join(named)} and {how_many(others, 'other')} have no {goes_by}."
            return f"{' and '.join(named)} {'has' if len(named) == 1 else 'have'} no {goes_by}."
        found = tried.problems[:NAMED_AT_MOST]
        return " ".join(f"{each.place[:1].upper()}{each.place[1:]}: {each.what} {each.to_do}" for each in found)

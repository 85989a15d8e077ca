"""How a block contract is divided among people, as an apply file says it. The dividing itself is `isf.split`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pydantic import Field

from basics.money import NIL
from isf.split import Method
from ringfence.importing import apply_fields as a
from ringfence.importing.apply_items import ApplyItem
from ringfence.importing.apply_presence import Raw, at_most_one, exactly_one, has
from ringfence.importing.checked import FileModel
from ringfence.importing.problems import Finding

_ASKED_FOR = {Method.EQUAL: None, Method.POINTS: "points", Method.HOURS: "minutes", Method.AMOUNTS: "pounds",
              Method.LAYERS: "own_pounds_per_week", Method.COST: "cost_pounds_per_week", Method.BUDGETS: "budget_pounds",
              Method.HOUSEHOLD: "budget_pounds"}
_ONLY_WITH = {"points": (Method.POINTS,), "pounds": (Method.AMOUNTS,), "own_pounds_per_week": (Method.LAYERS,),
              "cost_pounds_per_week": (Method.COST,), "budget_pounds": (Method.BUDGETS, Method.HOUSEHOLD),
              "house": (Method.LAYERS, Method.HOUSEHOLD)}
_OF_A_HOUSE = {Method.LAYERS: "shared_pounds_per_week", Method.HOUSEHOLD: "budget_pounds"}
"""What a house brings to a split, by the methods that know houses."""


class SplitTopSlice(FileModel):
    """A part of the contract kept back and said so."""

    name: a.Words
    percent: a.Percent | None = None
    pounds: a.PoundsAboveNil | None = None


class SplitHouse(FileModel):
    """What a house shares in a week, or its own budget for the year. It is divided by the places, lived in or empty."""

    house: a.Reference
    places: a.CountAboveNil
    shared_pounds_per_week: a.Pounds | None = None
    budget_pounds: a.Pounds | None = None


class SplitAgreed(FileModel):
    """Who at the council agreed the method, when, and where it is written."""

    by: a.Words
    on: a.Day
    source: a.Words


class SumAgreed(SplitAgreed):
    """The same of one person’s sum, which the social work team approves by itself."""

    pounds: a.Pounds


class SplitPerson(FileModel):
    """What one person brings to the split, by its method."""

    person: a.Reference
    points: a.Points | None = None
    minutes: a.Count | None = None
    minutes_per_year: a.Count | None = None
    pounds: a.Pounds | None = None
    own_pounds_per_week: a.Pounds | None = None
    cost_pounds_per_week: a.Pounds | None = None
    budget_pounds: a.Pounds | None = None
    house: a.Reference | None = None
    contribution_pounds: a.Pounds = NIL
    separable: bool | None = None
    approved: SumAgreed | None = None

    @property
    def minutes_agreed(self) -> int | None:
        """Minutes over the days of the contract, as its sum is for those days. `minutes_per_year` is for a contract of a year alone."""
        return self.minutes_per_year if self.minutes is None else self.minutes


class Split(ApplyItem):
    """One version of how a contract is divided, on the day on which it was agreed."""

    known_by = ("contract", "version")
    contract: a.Reference
    version: a.CountAboveNil
    method: a.AMethod
    on: a.Day
    from_on: a.Day | None = Field(default=None, alias="from")
    method_agreed: SplitAgreed | None = None
    top_slices: a.Several[SplitTopSlice] = ()
    houses: a.Several[SplitHouse] = ()
    people: a.Several[SplitPerson] = Field(min_length=1)

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        for n, top_slice in _inside(raw, "top_slices"):
            yield from _at(("top_slices", n), exactly_one(top_slice, "percent", "pounds"))
        given = str(raw.get("method"))
        if given not in {method.value for method in Method}:
            return
        method = Method(given)
        if method not in _OF_A_HOUSE and raw.get("houses"):
            yield Finding(("houses",), f"do not belong in a split by {method}.", "Take them out, or split by layers or by household.")
        for n, house in _inside(raw, "houses"):
            yield from _at(("houses", n), _house_presence(house, method))
        for n, person in _inside(raw, "people"):
            yield from _at(("people", n), _person_presence(person, method))
        if raw.get("version") == 1 and has(raw, "from"):
            yield Finding(("from",), "does not belong in the first version, which counts from the contract’s first day.", "Take it out.")
        if isinstance(raw.get("version"), int) and raw["version"] != 1 and not has(raw, "from"):
            yield Finding(("from",), "is missing, and this is a later version.", "Say from which instalment’s first day it counts.")

    def consistency(self) -> Iterator[Finding]:
        yield from _twice("people", [person.person for person in self.people])
        yield from _twice("houses", [house.house for house in self.houses])
        yield from _twice("top_slices", [top_slice.name for top_slice in self.top_slices])
        percent = sum(top_slice.percent or 0 for top_slice in self.top_slices)
        if percent > a.ONE_HUNDRED:
            yield Finding(("top_slices",), f"come to {percent:f}% of the contract.", "Keep them within 100%.")
        yield from self._house_findings()

    def _house_findings(self) -> Iterator[Finding]:
        places = {house.house: house.places for house in self.houses}
        living = Counter(person.house for person in self.people)
        for n, person in enumerate(self.people):
            if person.house is not None and person.house not in places:
                yield Finding(("people", n, "house"), f"“{person.house}” is not one of the houses of this split.",
                              "Add it to “houses”, or check its spelling.")
        for n, house in enumerate(self.houses):
            if living[house.house] > house.places:
                yield Finding(("houses", n, "places"), f"is {house.places}, and {living[house.house]} people live there.",
                              "Check the places and the people.")


def _house_presence(house: Raw, method: Method) -> Iterator[Finding]:
    for of_method, key in _OF_A_HOUSE.items():
        if of_method is method and not has(house, key):
            yield Finding((key,), f"is missing, and the split is by {method}.", "Add it; write 0 where there is none.")
        if of_method is not method and has(house, key):
            yield Finding((key,), f"does not belong in a split by {method}.", "Take it out, or check the method.")


def _person_presence(person: Raw, method: Method) -> Iterator[Finding]:
    needed = _ASKED_FOR[method]
    yield from at_most_one(person, "minutes", "minutes_per_year")
    if needed and not has(person, needed) and not (method is Method.HOURS and has(person, "minutes_per_year")):
        yield Finding((needed,), f"is missing, and the split is by {method}.", "Add it; write 0 where there is none.")
    for key, only_with in _ONLY_WITH.items():
        if has(person, key) and method not in only_with:
            yield Finding((key,), f"does not belong in a split by {method}.", "Take it out, or check the method.")


def _twice(section: str, names: list[str]) -> Iterator[Finding]:
    for n, name in enumerate(names):
        if name in names[:n]:
            yield Finding((section, n), f"“{name}” is listed a second time.", "List each once.")


def _inside(raw: Raw, key: str) -> Iterator[tuple[int, Raw]]:
    items = raw.get(key)
    for n, item in enumerate(items if isinstance(items, (list, tuple)) else ()):
        if isinstance(item, Mapping):
            yield n, item


def _at(place: tuple[str | int, ...], found: Iterator[Finding]) -> Iterator[Finding]:
    for finding in found:
        yield Finding((*place, *finding.place), finding.what, finding.to_do)

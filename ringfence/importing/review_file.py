"""A file of a price review: which funders are asked, for which packages, from when (docs/formats/review.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from basics.errors import Problem, Refused, RingfenceError
from basics.money import Money
from costing.package import Package
from costing.parameter import Parameters
from ringfence.importing.checked import FileModel, Label, checked
from ringfence.importing.costing_on import CostSource, read_source
from ringfence.importing.overheads_file import Pounds
from ringfence.importing.yaml_text import YamlText, read_yaml_text

PENCE = 100
FileName = Annotated[str, Field(min_length=1, max_length=500)]


class PackageModel(FileModel):
    """A package whose price is to go up: its cost file, how many people have it, what is paid now."""

    cost: FileName
    next: FileName | None = None
    people: Annotated[int, Field(ge=1, le=100_000)] = 1
    now: Annotated[Pounds, Field(gt=0)] | None = None


class FunderModel(FileModel):
    """One funder, who has one letter."""

    funder: Label
    packages: Annotated[list[PackageModel], Field(min_length=1)]


class ReviewFile(FileModel):
    """The review: its name, the new day, until when the funders can answer."""

    review: Label
    on: date
    until: date
    funders: Annotated[list[FunderModel], Field(min_length=1)]


@dataclass(frozen=True)
class ReviewedPackage:
    """A package as it is now and as it will be, as the file `asked` says. `now` is what is paid now for its hour or week, or for the week by
    a funder who pays a part; None where that is its price."""

    funder: str
    source: CostSource
    asked: CostSource
    later: Package
    people: int
    now: Money | None


@dataclass(frozen=True)
class Review:
    """What a file asks for, in its order."""

    name: str
    on: date
    until: date
    packages: tuple[ReviewedPackage, ...]


def read_review(path: Path, otherwise: Callable[[], Parameters]) -> Review:
    """The review that a file describes; its cost files stand beside it. Each is priced on its own day and on the day of the review, or as
    its `next` file says, whose price must be that of the day of the review. Raises `Refused` with every problem of the file and of its cost
    files, or `InputError`."""
    text = read_yaml_text(path)
    file = checked(text, ReviewFile)
    reading = _Reading(text, path.parent, otherwise)
    packages = tuple(reading.packages(file))
    if reading.problems:
        raise Refused(f"{text.name} was not taken:", dict.fromkeys(reading.problems))
    return Review(file.review, file.on, file.until, packages)


@dataclass
class _Reading:
    text: YamlText
    folder: Path
    otherwise: Callable[[], Parameters]
    problems: list[Problem] = field(default_factory=list)

    def packages(self, file: ReviewFile) -> Iterator[ReviewedPackage]:
        for n, funder in enumerate(file.funders):
            asked = set[str]()
            for m, model in enumerate(funder.packages):
                place = ("funders", n, "packages", m)
                try:
                    found = self._package(funder.funder, model, file.on)
                except RingfenceError as error:
                    where = self.text.where((*place, "cost"))
                    self.problems += (Problem(f"{where}: {each.place}".removesuffix(": "), each.what, each.to_do) for each in error.problems)
                    continue
                if found.source.package.name in asked:
                    self.problems.append(Problem(self.text.where((*place, "cost")), f"{found.source.package.name} is asked for twice.",
                                                 "Give it once, with all its people."))
                asked.add(found.source.package.name)
                yield found

    def _package(self, funder: str, model: PackageModel, on: date) -> ReviewedPackage:
        source = read_source(self.folder / model.cost, self.otherwise)
        asked = source if model.next is None else read_source(self.folder / model.next, self.otherwise)
        later = source.on(on) if model.next is None else asked.counting_from(on)
        return ReviewedPackage(funder, source, asked, later, model.people, None if model.now is None else Money(int(model.now * PENCE)))

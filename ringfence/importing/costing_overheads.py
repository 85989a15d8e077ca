"""A line of a cost file that is from an overheads file: what an hour of a service bears of the accounts."""

from __future__ import annotations

from pathlib import Path

from basics.errors import Refused, RingfenceError
from basics.periods import Period
from costing.figure import Figure, Unit, fixed
from costing.overheads import Divided
from costing.package import Amount, Per, Section
from ringfence.importing.costing_file import AdditionModel
from ringfence.importing.figures import Group
from ringfence.importing.overheads_file import read_overheads


class OverheadsBeside:
    """The overheads files beside a cost file, each read once. `remarks` are what the reader of the price must be told of them."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.remarks: list[str] = []
        self._read: dict[str, Divided | None] = {}

    def line(self, group: Group, model: AdditionModel, section: Section) -> Amount:
        """The line, or one in its place while other problems are looked for."""
        assert model.from_overheads is not None
        found = self._divided(group, model.from_overheads)
        return Amount(model.line, fixed(1, model.line, Unit.POUNDS_PER_HOUR) if found is None else self._per_hour(group, model, found, section),
                      Per.HOUR)

    def _per_hour(self, group: Group, model: AdditionModel, found: Divided, section: Section) -> Figure:
        assert model.service is not None  # its model has refused one without the other
        priced = group.of.days or Period(group.of.on, group.of.on)
        if found.overheads.period.overlap(priced) != priced:
            self.remarks.append(f"{model.line} is of {found.overheads.period}, and this price is of {priced}.")
        try:
            return found.per_hour(model.service, section)
        except RingfenceError as error:
            group.of.problem((*group.place, "service"), error.problem.what, error.problem.to_do)
            return fixed(1, model.line, Unit.POUNDS_PER_HOUR)

    def _divided(self, group: Group, name: str) -> Divided | None:
        place = (*group.place, "from_overheads")
        if self.folder is None:
            group.of.problem(place, "An overheads file beside the file cannot be opened from here.",
                             "Price this file with “ringfence cost FILE”, or write the amounts themselves.")
            return None
        if name not in self._read:
            self._read[name] = None
            try:
                self._read[name] = read_overheads(self.folder / name)
            except Refused as refused:
                group.of.problems.extend(refused.problems)
            except RingfenceError as error:
                group.of.problem(place, f"{name}: {error.problem.what}", error.problem.to_do)
        return self._read[name]

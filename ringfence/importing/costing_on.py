"""A cost file at the rates of another day than its own: next year's, to see what becomes of its price."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from basics.errors import InputError, Problem, Refused
from basics.periods import day_in_words
from costing.explain import in_words
from costing.figure import Dated, leaves_first
from costing.package import Package
from costing.parameter import Parameter, Parameters
from costing.price import price
from ringfence.importing.checked import checked
from ringfence.importing.costing_file import CostFile
from ringfence.importing.costing_package import package_of, read_package
from ringfence.importing.costing_workbook import ENDING, read_cost_workbook
from ringfence.importing.parameters import read_parameters
from ringfence.importing.yaml_text import YamlText, read_yaml_text, yaml_text_of

OF_ITS_OWN_DAYS = ("on", "until")


@dataclass(frozen=True)
class CostSource:
    """A cost file that can be priced on any day: what it says, and the package on its own days. `folder` is where it stands; None for
    what was sent."""

    text: YamlText
    package: Package
    folder: Path | None
    otherwise: Callable[[], Parameters]

    @property
    def name(self) -> str:
        return self.text.name

    @property
    def content(self) -> Mapping[str, Any]:
        """What the file says, key by key."""
        return self.text.data

    def on(self, day: date) -> Package:
        """The package at the rates of that one day. Raises `Refused` with every figure that is not known then, and with every line that is
        from an overheads file: those are the accounts of one year, and another year has its own."""
        data = {key: value for key, value in self.text.data.items() if key not in OF_ITS_OWN_DAYS} | {"on": day}
        text = replace(self.text, data=data)
        self._refuse_overheads(checked(text, CostFile))
        if self.folder is None:
            return package_of(text, self.otherwise)
        return package_of(replace(text, data={key: value for key, value in data.items() if key != "parameters"}), self._parameters)

    def counting_from(self, first: date) -> Package:
        """The package whose price may count from a day: itself where that is its day, or one of its days; otherwise the package of that
        day, as long as that comes to the same price. Raises `InputError` where it does not, and `Refused` where its price on that day is not
        known: a price is not carried to another day in silence."""
        own = self.package
        if own.on <= first <= (own.until or own.on):
            return own
        if own.until is not None:
            raise InputError(f"{day_in_words(first)} is not in its time: it is one price {price(own).days_in_words}.",
                             f"Give the cost file days that hold it, in {' and '.join(OF_ITS_OWN_DAYS)}.", self.name)
        try:
            there = self.on(first)
        except Refused as error:
            raise Refused(f"{self.name} has no price on {day_in_words(first)}; to count from then, it must have one with that day in “on”:",
                          error.problems) from None
        was, now = price(own).quoted, price(there).quoted
        if was.exact != now.exact:
            raise InputError(f"The price is {in_words(was)} on {day_in_words(own.on)}, and {in_words(now)} from {day_in_words(first)}.",
                             f"Give the cost file that day (on: {first}), and work from that price.", self.name)
        return there

    def rates_until(self, package: Package) -> date | None:
        """The last day through which every published figure in a price of this file is the same, or its last day; None where it has none."""
        if package.until is not None:
            return package.until
        known = self._parameters()
        points = {point.key: point for scale in known.scales.values() for point in scale.points.values()}
        used = {figure.source for figure in leaves_first(*price(package).told) if isinstance(figure.source, Dated)}
        lasts = [_unchanged_until(points.get(each.parameter) or known[each.parameter], each.starts_on) for each in used]
        return max(package.on, min(lasts)) if lasts else None

    def _parameters(self) -> Parameters:
        """The published figures that this file is priced with."""
        named = self.text.data.get("parameters")
        return self.otherwise() if named is None or self.folder is None else read_parameters(self.folder / str(named))

    def _refuse_overheads(self, file: CostFile) -> None:
        lines = ((key, n, line) for key in ("co_ordination", "company_costs") for n, line in enumerate(getattr(file, key)))
        problems = [Problem(self.text.where((key, n, "from_overheads")), f"{line.line} is from {line.from_overheads}, which is of its own year.",
                            "Write the cost file of that day, with the day in “on”.") for key, n, line in lines if line.from_overheads]
        if problems:
            raise Refused(f"{self.name} cannot be priced on another day:", problems)


def _unchanged_until(figure: Parameter, day: date) -> date:
    """The last day of the value that counts from a day. With pay periods it may count some days longer."""
    unchanged = figure.unchanged(day)
    assert unchanged is not None  # the price has this value, so it is known
    return unchanged.last


def read_source(path: Path, otherwise: Callable[[], Parameters]) -> CostSource:
    """A cost file or a filled workbook. Raises `Refused` with every problem of it, or `InputError` where it is neither."""
    package = read_package(path, None, otherwise)
    text = read_cost_workbook(path) if path.suffix.lower() == ENDING else read_yaml_text(path)
    return CostSource(text, package, path.parent, otherwise)


def source_of(content: bytes, name: str, otherwise: Callable[[], Parameters]) -> CostSource:
    """The same for the content of a cost file that was sent."""
    text = yaml_text_of(content, name)
    return CostSource(text, package_of(text, otherwise), None, otherwise)

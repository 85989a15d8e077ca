"""A cost file at the rates of another day than its own: next year's, to see what becomes of its price."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from basics.errors import Problem, Refused
from costing.package import Package
from costing.parameter import Parameters
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
        text, parameters = replace(self.text, data=data), self.otherwise
        file = checked(text, CostFile)
        self._refuse_overheads(file)
        named = file.parameters
        if named is None or self.folder is None:
            return package_of(text, parameters)
        folder = self.folder / named
        return package_of(replace(text, data={key: value for key, value in data.items() if key != "parameters"}), lambda: read_parameters(folder))

    def _refuse_overheads(self, file: CostFile) -> None:
        lines = ((key, n, line) for key in ("co_ordination", "company_costs") for n, line in enumerate(getattr(file, key)))
        problems = [Problem(self.text.where((key, n, "from_overheads")), f"{line.line} is from {line.from_overheads}, which is of its own year.",
                            "Write next year’s cost file, and hold this one beside it.") for key, n, line in lines if line.from_overheads]
        if problems:
            raise Refused(f"{self.name} cannot be priced on another day:", problems)


def read_source(path: Path, otherwise: Callable[[], Parameters]) -> CostSource:
    """A cost file or a filled workbook. Raises `Refused` with every problem of it, or `InputError` where it is neither."""
    package = read_package(path, None, otherwise)
    text = read_cost_workbook(path) if path.suffix.lower() == ENDING else read_yaml_text(path)
    return CostSource(text, package, path.parent, otherwise)


def source_of(content: bytes, name: str, otherwise: Callable[[], Parameters]) -> CostSource:
    """The same for the content of a cost file that was sent."""
    text = yaml_text_of(content, name)
    return CostSource(text, package_of(text, otherwise), None, otherwise)

"""What was typed into a form of Rates, read: all that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from basics.errors import InputError, Problem, Refused
from costing.pay_scale import PayScale
from ringfence.screens.components.amounts import number

POINTS = "Points, one a line"
_LINE = re.compile(r"(?P<point>[^\s,;/]+)[\s,;]+(?P<pay>£?[0-9][0-9,]*(?:\.[0-9]+)?)(?:[\s,;]+(?P<grade>\S.*))?")


@dataclass
class Typed:
    """Reads one box after another; `whole` raises `Refused` with what is wrong in any of them."""

    problems: list[Problem] = field(default_factory=list)

    def needed(self, label: str, text: str) -> str:
        if not text.strip():
            self.problems.append(Problem(label, "Nothing is written here.", "Fill it in."))
        return text.strip()

    def number(self, label: str, text: str, mark: str = "") -> Decimal:
        try:
            return number(text, mark)
        except InputError as error:
            self.problems.append(Problem(label, error.problem.what, error.problem.to_do))
            return Decimal(0)

    def day(self, label: str, day: date | None) -> date:
        if day is None:
            self.problems.append(Problem(label, "No day is chosen.", "Choose one."))
        return day or date.min

    def points(self, text: str) -> tuple[Mapping[str, Decimal], Mapping[str, tuple[str, ...]]]:
        """Pay by point and points by grade, from lines as they are typed or pasted out of a worksheet: point, pay, and a grade or none."""
        pay: dict[str, Decimal] = {}
        grades: dict[str, tuple[str, ...]] = {}
        for n, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                self._point(f"{POINTS}, line {n}", line.strip(), pay, grades)
        if not text.strip():
            self.problems.append(Problem(POINTS, "There is no point.", "Write its name and its pay, like “5 12.85”."))
        return pay, grades

    def whole(self) -> None:
        if self.problems:
            raise Refused("Nothing was added.", self.problems)

    def _point(self, place: str, line: str, pay: dict[str, Decimal], grades: dict[str, tuple[str, ...]]) -> None:
        found = _LINE.fullmatch(line)
        if found is None:
            self.problems.append(Problem(place, f"“{line[:40]}” is not a point and its pay.",
                                         "Write them like “5 12.85” or “5 12.85 Support worker”."))
        elif found["point"] in pay:
            self.problems.append(Problem(place, f"Point “{found['point']}” is given twice.", "Keep one of the two."))
        else:
            pay[found["point"]] = self.number(place, found["pay"], "£")
            if found["grade"]:
                grades[found["grade"].strip()] = (*grades.get(found["grade"].strip(), ()), found["point"])


def as_lines(scale: PayScale, on: date) -> str:
    """The points of a scale on a day as they are typed, to start the next table from."""
    held = ((name, point.in_force(on)) for name, point in scale.points.items())
    return "\n".join(f"{name}  {value.value:f}" for name, value in held if value is not None)

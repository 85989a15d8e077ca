"""What a person has filled in of a package, as they typed it: kept for the session, whichever boxes are drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from ringfence.screens.cost_fields import Value, box_of

_numbers = count(1)
_TERMS = ("staff.", "contracts.", "travel", "paid_time.", "holiday", "national_insurance", "pension", "other.")


@dataclass
class Form:
    """What stands in each box, by the box's name, and the rows of each list. `number` keeps its boxes apart from an earlier form's.

    `kept` is what a file says that the form has no boxes for: it is priced and written again as it came. `opened` are the rows that are
    shown with all their boxes.
    """

    values: dict[str, Value] = field(default_factory=dict)
    rows: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    kept: dict[str, Any] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    number: int = field(default_factory=lambda: next(_numbers))
    made: count[int] = field(default_factory=count)

    def __getitem__(self, name: str) -> Value:
        return self.values.get(name, box_of(name).start)

    def text(self, name: str) -> str:
        """What is typed or chosen, without blanks around it."""
        value = self[name]
        return "" if value is None else str(value).strip()

    def key(self, name: str) -> str:
        """What Streamlit knows a box by."""
        return f"cost-{self.number}-{name}"

    def take(self, session: Mapping[str, Any]) -> None:
        """Take over what has been typed since: boxes that are not drawn now are forgotten by Streamlit, and not here."""
        before = self.key("")
        self.values.update((key.removeprefix(before), value) for key, value in session.items() if key.startswith(before))

    def add(self, name: str) -> str:
        """One more row of a list, empty, and its name: no row has the number of one that was taken out."""
        row = next(self.made)
        self.rows[name].append(row)
        return f"{name}.{row}"

    def remove(self, name: str, row: int) -> None:
        """Take a row out; a second click on the same one changes nothing."""
        self.rows[name] = [each for each in self.rows[name] if each != row]
        before = f"{name}.{row}/"
        self.kept = {key: value for key, value in self.kept.items() if not key.startswith(before)}

    def open_or_close(self, name: str) -> None:
        """Show the other boxes of a row, or hide them again."""
        self.opened ^= {name}

    def add_part(self, kind: str, line: str) -> str:
        """One more part of the support."""
        part = self.add("parts")
        self.values |= {f"{part}.kind": kind, f"{part}.line": line}
        return part

    def add_grade(self) -> str:
        """One more grade, on the terms of the staff that are there, but for its name and its pay."""
        grade = self.add("grades")
        terms = {name: value for name, value in self.values.items() if name.startswith(_TERMS) and "/" not in name}
        self.values.update((f"{grade}/{name}", value) for name, value in terms.items())
        self.values.update({f"{grade}/staff.pay": "own", f"{grade}/staff.pay_per_hour": "", f"{grade}/staff.addition_per_hour": ""})
        for name in ("contracts", "paid_time", "other"):
            self.rows[f"{grade}/{name}"] = list(self.rows[name])
        self.opened.add(grade)
        return grade


def empty_form(on: Value) -> Form:
    """Nothing filled in but the day, and what most packages share."""
    form = Form({"on": on})
    form.add("contracts")
    return form

"""What a person has filled in of a package, as they typed it: kept for the session, whichever boxes are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, cast

from basics.errors import InputError
from ringfence.actions.costing import pay_point_key
from ringfence.screens.cost_fields import LISTS, OWN, Value, box_of

Content = Mapping[str, Any]
_numbers = count(1)


@dataclass
class Form:
    """What stands in each box, by the box's name, and the rows of each list. `number` keeps its boxes apart from an earlier form's."""

    values: dict[str, Value] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in LISTS})
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

    def add(self, name: str) -> None:
        """One more row of a list, empty: no row has the number of one that was taken out."""
        self.rows[name].append(next(self.made))

    def remove(self, name: str, row: int) -> None:
        """Take a row out; a second click on the same one changes nothing."""
        self.rows[name] = [each for each in self.rows[name] if each != row]


def empty_form(on: Value) -> Form:
    """Nothing filled in but the day, and what most packages share."""
    form = Form({"on": on})
    form.add("contracts")
    return form


def form_of(content: Content) -> Form:
    """A cost file that has been found whole, as a form. Raises `InputError` for one that says what the form has no boxes for."""
    _refuse_without_boxes(content)
    form = Form({"name": content["name"], "on": content["on"], "staff": content.get("staff") is not None})
    _fill(form, "support.", content["support"])
    form.values["quote.per"] = content["quote"]["per"]
    form.values["quote.step_pence"] = str(content["quote"]["step_pence"])
    if content.get("staff") is not None:
        _fill_staff(form, content["staff"])
    _fill_rows(form, "other_direct", content.get("other_direct"))
    for name in ("co_ordination", "company_costs"):
        _fill_rows(form, name, [_with_kind(line) for line in content.get(name) or ()])
    for name in ("contingency", "surplus"):
        if content.get(name) is not None:
            _fill(form, f"{name}.", _with_kind(content[name]))
    return form


def _refuse_without_boxes(content: Content) -> None:
    bought = [key for line in content.get("other_direct") or () for key in ("times", "people", "places", "over_weeks", "charged") if key in line]
    found = [*(f"support.{key}" for key in ("parts", "empty_percent") if content["support"].get(key)),
             *(key for key in ("grades", "funders") if content.get(key)), *(f"other_direct.{key}" for key in dict.fromkeys(bought))]
    if found:
        raise InputError(f"The form has no boxes for {', '.join(found)}.", "Price this file with: ringfence cost FILE")


def _fill_staff(form: Form, staff: Content) -> None:
    _named_or_typed(form, staff, "pay_per_hour", "staff.pay")
    _fill(form, "staff.", {"addition_per_hour": staff.get("addition_per_hour")})
    for name in ("contracts", "paid_time", "other"):
        _fill_rows(form, name, staff.get(name))
    if staff.get("travel") is not None:
        travel = staff["travel"]
        form.values["travel"] = travel["per"]
        _fill(form, "travel.", {"minutes": travel.get("minutes"), "miles": travel.get("miles")})
        _named_or_typed(form, travel, "pay_per_mile", "travel.mileage")
    if staff.get("sleep_ins") is not None:
        form.values["sleep_ins"] = True
        _fill(form, "sleep_ins.", staff["sleep_ins"])
    for name in ("national_insurance", "pension"):
        _word_or_group(form, name, staff[name], "percent")
    _word_or_group(form, "holiday", staff["holiday"], staff["holiday"]["method"] if isinstance(staff["holiday"], Mapping) else "")


def _word_or_group(form: Form, name: str, given: str | Content, of_a_group: str) -> None:
    form.values[name] = given if isinstance(given, str) else of_a_group
    if not isinstance(given, str):
        _fill(form, f"{name}.", {key: value for key, value in given.items() if key != "method"})


def _named_or_typed(form: Form, group: Content, key: str, choice: str) -> None:
    given = group.get(key)
    if isinstance(given, Mapping):
        given = pay_point_key(str(given["scale"]), str(given["point"]))
    form.values[choice] = given if isinstance(given, str) else OWN
    if not isinstance(given, str):
        _fill(form, choice.rpartition(".")[0] + ".", {key: given})


def _with_kind(line: Content) -> Content:
    is_amount = line.get("amount") is not None
    figure, kind = ("amount", "per") if is_amount else ("percent", "basis")
    return {**({"line": line["line"]} if "line" in line else {}), "figure": line[figure], "kind": line[kind]}


def _fill_rows(form: Form, name: str, lines: Sequence[Content] | None) -> None:
    for line in lines or ():
        form.add(name)
        _fill(form, f"{name}.{form.rows[name][-1]}.", line)


def _fill(form: Form, before: str, group: Content) -> None:
    for key, value in group.items():
        if value is not None:
            form.values[before + key] = cast(Value, value) if isinstance(value, (str, bool, date)) else format(Decimal(value), "f")

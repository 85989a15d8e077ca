"""A filled form as the content of a cost file: each box at its place in the file, and what cannot be read, all of it at once."""

from __future__ import annotations

from typing import Any

from basics.errors import InputError, Problem
from ringfence.actions.costing import as_named
from ringfence.importing.yaml_text import Place
from ringfence.screens.components.amounts import number
from ringfence.screens.cost_fields import LISTS, OWN, PERCENTAGES, box_of
from ringfence.screens.cost_form import Form

EVERY_DAY_OF_A_YEAR = "365/7"
FORM = "the form"


class Filled:
    """What a form says. `unread` and `missing` hold the names of boxes that cannot be read, or wait to be filled in."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.content: dict[str, Any] = {}
        self.names: dict[Place, str] = {}
        self.unread: dict[str, Problem] = {}
        self.missing: list[str] = []
        self._package()

    def called(self, place: Place) -> str:
        """A place of the file as whoever fills in the form knows it."""
        held = next((place[:n] for n in range(len(place), 0, -1) if place[:n] in self.names), None)
        return FORM if held is None else f"{FORM}, under “{label(self.form, self.names[held])}”"

    def _package(self) -> None:
        self._text(("name",), "name")
        self._put(("on",), "on", self.form["on"])
        self._put(("quote", "per"), "quote.per", self.form["quote.per"])
        self._put(("quote", "step_pence"), "quote.step_pence", int(self.form.text("quote.step_pence")))
        self._numbers("support", "hours_per_week", "visits_per_week")
        self._weeks()
        if self.form["staff"]:
            self._staff()
        for place, name in self._rows(("other_direct",), "other_direct"):
            self._text((*place, "line"), f"{name}.line")
            self._number((*place, "amount"), f"{name}.amount")
            self._choice((*place, "per"), f"{name}.per")
        for list_name in ("co_ordination", "company_costs"):
            for place, name in self._rows((list_name,), list_name):
                self._text((*place, "line"), f"{name}.line")
                self._addition(place, name)
        for name in ("contingency", "surplus"):
            if self.form[f"{name}.kind"] != "none":
                self._addition((name,), name)

    def _weeks(self) -> None:
        place, name = ("support", "weeks_per_year"), "support.weeks_per_year"
        if self.form.text(name) == EVERY_DAY_OF_A_YEAR:
            self._put(place, name, EVERY_DAY_OF_A_YEAR)
        else:
            self._number(place, name)

    def _staff(self) -> None:
        self._named_or_typed(("staff", "pay_per_hour"), "staff.pay", needed=True)
        self._number(("staff", "addition_per_hour"), "staff.addition_per_hour")
        for place, name in self._rows(("staff", "contracts"), "contracts"):
            self._number((*place, "hours_per_week"), f"{name}.hours_per_week")
            self._number((*place, "workers"), f"{name}.workers")
        self._travel()
        self._sleep_ins()
        for place, name in self._rows(("staff", "paid_time"), "paid_time"):
            self._text((*place, "line"), f"{name}.line")
            self._number((*place, "percent"), f"{name}.percent")
            self._choice((*place, "earns_holiday"), f"{name}.earns_holiday")
        self._holiday()
        for name in ("national_insurance", "pension"):
            self._on_cost(name)
        for place, name in self._rows(("staff", "other"), "other"):
            self._text((*place, "line"), f"{name}.line")
            self._number((*place, "percent"), f"{name}.percent")
            self._choice((*place, "of"), f"{name}.of")

    def _travel(self) -> None:
        if self.form["travel"] == "none":
            return
        self._put(("staff", "travel", "per"), "travel", self.form["travel"])
        self.names["staff", "travel"] = "travel"
        self._number(("staff", "travel", "minutes"), "travel.minutes")
        self._number(("staff", "travel", "miles"), "travel.miles")
        miles = bool(self.form.text("travel.miles"))
        if miles or self.form["travel.mileage"] == OWN:
            self._named_or_typed(("staff", "travel", "pay_per_mile"), "travel.mileage", needed=miles)

    def _sleep_ins(self) -> None:
        if self.form["sleep_ins"]:
            for key in ("nights_per_week", "flat_per_night", "paid_hours_per_night", "disturbed_hours_per_night"):
                self._number(("staff", "sleep_ins", key), f"sleep_ins.{key}")

    def _holiday(self) -> None:
        if self.form["holiday"] == "none":
            self._put(("staff", "holiday"), "holiday", "none")
            return
        self._number(("staff", "holiday", "weeks_per_year"), "holiday.weeks_per_year")
        self._put(("staff", "holiday", "method"), "holiday", self.form["holiday"])

    def _on_cost(self, name: str) -> None:
        if self.form[name] != "percent":
            self._put(("staff", name), name, self.form[name])
            return
        self._number(("staff", name, "percent"), f"{name}.percent")
        self._choice(("staff", name, "of"), f"{name}.of")

    def _addition(self, place: Place, name: str) -> None:
        kind = self.form.text(f"{name}.kind")
        is_percent = kind in PERCENTAGES
        self._number((*place, "percent" if is_percent else "amount"), f"{name}.figure", "%" if is_percent else "£")
        self._put((*place, "basis" if is_percent else "per"), f"{name}.kind", kind)

    def _named_or_typed(self, place: Place, choice: str, *, needed: bool) -> None:
        typed = f"{choice.rpartition('.')[0]}.{place[-1]}"
        if self.form[choice] != OWN:
            self._put(place, choice, as_named(str(self.form[choice])))
        else:
            self._number(place, typed, needed=needed)

    def _numbers(self, group: str, *keys: str) -> None:
        for key in keys:
            self._number((group, key), f"{group}.{key}")

    def _number(self, place: Place, name: str, mark: str | None = None, *, needed: bool | None = None) -> None:
        """A number as it was typed. What cannot be read stays out of the content, which is then not priced."""
        box, text = box_of(name), self.form.text(name)
        self.names[place] = name
        if not text:
            self.missing.extend([name] if (box.needed if needed is None else needed) else [])
            return
        try:
            self._put(place, name, number(text, box.mark if mark is None else mark))
        except InputError as error:
            self.unread[name] = error.problem

    def _text(self, place: Place, name: str) -> None:
        if self.form.text(name):
            self._put(place, name, self.form.text(name))
        else:
            self.names[place] = name
            self.missing.append(name)

    def _choice(self, place: Place, name: str) -> None:
        self._put(place, name, self.form[name])

    def _rows(self, place: Place, name: str) -> list[tuple[Place, str]]:
        """The place and the name of each row of a list, for which room is made."""
        rows = self.form.rows[name]
        if rows:
            self._put(place, name, [{} for _ in rows])
        return [((*place, n), f"{name}.{row}") for n, row in enumerate(rows)]

    def _put(self, place: Place, name: str, value: Any) -> None:
        self.names[place] = name
        into: Any = self.content
        for part in place[:-1]:
            into = into[part] if isinstance(part, int) else into.setdefault(part, {})
        if value is None:
            self.missing.append(name)
        else:
            into[place[-1]] = value


def label(form: Form, name: str) -> str:
    """What a box or a list is called in a message: “Service co-ordination, line 2, figure”."""
    if name in LISTS:
        return LISTS[name].title
    parts = name.split(".")
    if len(parts) < 3:
        return box_of(name).label
    rows = LISTS[parts[0]]
    if int(parts[1]) not in form.rows[parts[0]]:
        return rows.title
    return f"{rows.title}, {rows.row} {form.rows[parts[0]].index(int(parts[1])) + 1}, {box_of(name).label.lower()}"

"""A filled form as the content of a cost file: each box at its place in the file."""

from __future__ import annotations

from ringfence.importing.yaml_text import Place
from ringfence.screens.cost_cover_written import write_cap, write_cover, write_organisation
from ringfence.screens.cost_fields import OWN, THE_STAFF
from ringfence.screens.cost_form import Form
from ringfence.screens.cost_from_file import PAY_PERIODS, UNSOCIAL
from ringfence.screens.cost_kinds import KINDS
from ringfence.screens.cost_written import Written, label

EVERY_DAY_OF_A_YEAR = "365/7"
FORM = "the form"


class Filled(Written):
    """What a form says."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self.text(("name",), "name")
        self.put(("on",), "on", form["on"])
        if form["until"] is not None:
            self.put(("until",), "until", form["until"])
        self.put(("quote", "per"), "quote.per", form["quote.per"])
        self.put(("quote", "step_pence"), "quote.step_pence", int(form.text("quote.step_pence")))
        self._support()
        if form["staff"]:
            self._staff(("staff",), "")
        for place, name in self.rows(("grades",), "grades"):
            self.text((*place, "grade"), f"{name}.grade")
            self._staff(place, f"{name}/")
        self._costs()
        self._funders()
        write_organisation(self)
        write_cap(self)
        self.kept((PAY_PERIODS,), PAY_PERIODS)

    def called(self, place: Place) -> str:
        """A place of the file as whoever fills in the form knows it."""
        held = next((place[:n] for n in range(len(place), 0, -1) if place[:n] in self.names), None)
        return FORM if held is None else f"{FORM}, under “{label(self.form, self.names[held])}”"

    def _support(self) -> None:
        self.names["support",] = "support"
        if self.form["support"] == "hours":
            for key in ("hours_per_week", "visits_per_week"):
                self.number(("support", key), f"support.{key}")
        else:
            self._parts()
            self.number(("support", "empty_percent"), "support.empty_percent")
        place, name = ("support", "weeks_per_year"), "support.weeks_per_year"
        if self.form.text(name) == EVERY_DAY_OF_A_YEAR:
            self.put(place, name, EVERY_DAY_OF_A_YEAR)
        else:
            self.number(place, name)

    def _parts(self) -> None:
        found = self.rows(("support", "parts"), "parts")
        if not found:
            self.missing.append("parts")
        for place, name in found:
            kind = self.form.text(f"{name}.kind")
            self.put((*place, "kind"), f"{name}.kind", kind)
            self.text((*place, "line"), f"{name}.line")
            for key, needed in KINDS[kind].boxes:
                self.number((*place, key), f"{name}.{key}", needed=needed)
            if kind == "visits":
                self._travel((*place, "travel"), f"{name}/")
            self._given_by((*place, "grade"), f"{name}.grade")

    def _given_by(self, place: Place, name: str) -> None:
        """The grade of a row that is there: one that was taken out has to be chosen anew."""
        given_by = self.form.text(name)
        self.names[place] = name
        if given_by == THE_STAFF:
            return
        grade = f"grades.{given_by}.grade"
        if given_by not in map(str, self.form.rows["grades"]):
            self.missing.append(name)
        elif self.form.text(grade):
            self.put(place, name, self.form.text(grade))

    def _staff(self, place: Place, of: str) -> None:
        """The staff at a place of the file; `of` is the grade that they are, where they are not those of the package."""
        self.named_or_typed((*place, "pay_per_hour"), f"{of}staff.pay", needed=True)
        self.number((*place, "addition_per_hour"), f"{of}staff.addition_per_hour")
        for row, name in self.rows((*place, "contracts"), f"{of}contracts"):
            self.number((*row, "hours_per_week"), f"{name}.hours_per_week")
            self.number((*row, "workers"), f"{name}.workers")
        self._travel((*place, "travel"), of)
        if not of and self.form["sleep_ins"] and self.form["support"] == "hours":
            for key in ("nights_per_week", "flat_per_night", "paid_hours_per_night", "disturbed_hours_per_night"):
                self.number((*place, "sleep_ins", key), f"sleep_ins.{key}")
        self._employment(place, of)
        write_cover(self, place, of)
        self.kept((*place, UNSOCIAL), f"{of}staff.{UNSOCIAL}")
        self.kept((*place, "sleep_ins"), f"{of}sleep_ins")

    def _employment(self, place: Place, of: str) -> None:
        for row, name in self.rows((*place, "paid_time"), f"{of}paid_time"):
            self.text((*row, "line"), f"{name}.line")
            kind = self.form.text(f"{name}.kind")
            self.number((*row, kind), f"{name}.figure", "%" if kind == "percent" else "")
            self.choice((*row, "earns_holiday"), f"{name}.earns_holiday")
        if self.form[f"{of}holiday"] == "none":
            self.put((*place, "holiday"), f"{of}holiday", "none")
        else:
            self.number((*place, "holiday", "weeks_per_year"), f"{of}holiday.weeks_per_year")
            self.put((*place, "holiday", "method"), f"{of}holiday", self.form[f"{of}holiday"])
        for key in ("national_insurance", "pension"):
            self._on_cost((*place, key), f"{of}{key}")
        for row, name in self.rows((*place, "other"), f"{of}other"):
            self.text((*row, "line"), f"{name}.line")
            self.number((*row, "percent"), f"{name}.percent")
            self.choice((*row, "of"), f"{name}.of")

    def _on_cost(self, place: Place, name: str) -> None:
        if self.form[name] != "percent":
            self.put(place, name, self.form[name])
            return
        self.number((*place, "percent"), f"{name}.percent")
        self.choice((*place, "of"), f"{name}.of")

    def _travel(self, place: Place, of: str) -> None:
        if self.form[f"{of}travel"] == "none":
            return
        self.put((*place, "per"), f"{of}travel", self.form[f"{of}travel"])
        self.names[place] = f"{of}travel"
        self.number((*place, "minutes"), f"{of}travel.minutes")
        self.number((*place, "miles"), f"{of}travel.miles")
        miles = bool(self.form.text(f"{of}travel.miles"))
        if miles or self.form[f"{of}travel.mileage"] == OWN:
            self.named_or_typed((*place, "pay_per_mile"), f"{of}travel.mileage", needed=miles)

    def _costs(self) -> None:
        for place, name in self.rows(("other_direct",), "other_direct"):
            self._bought(place, name)
        for list_name in ("co_ordination", "company_costs"):
            for place, name in self.rows((list_name,), list_name):
                self.text((*place, "line"), f"{name}.line")
                self.addition(place, name)
                self.vat(place, name)
        for name in ("contingency", "surplus"):
            if self.form[f"{name}.kind"] != "none":
                self.addition((name,), name)

    def _bought(self, place: Place, name: str) -> None:
        self.text((*place, "line"), f"{name}.line")
        self.number((*place, "amount"), f"{name}.amount")
        self.choice((*place, "per"), f"{name}.per")
        self.number((*place, "times"), f"{name}.times")
        if self.form[f"{name}.sharing"] != "nobody":
            self.number((*place, self.form.text(f"{name}.sharing")), f"{name}.sharers")
        if self.form[f"{name}.per"] == "once":
            self.number((*place, "over_weeks"), f"{name}.over_weeks")
        self.vat(place, name)
        if not self.form[f"{name}.charged"]:
            self.put((*place, "charged"), f"{name}.charged", False)

    def _funders(self) -> None:
        for place, name in self.rows(("funders",), "funders"):
            self.text((*place, "funder"), f"{name}.funder")
            way = self.form.text(f"{name}.kind")
            if way != "rest":
                self.number((*place, way), f"{name}.figure", "%" if way == "percent" else "£")
            if not self.form[f"{name}.takes_contingency"]:
                self.put((*place, "takes_contingency"), f"{name}.takes_contingency", False)

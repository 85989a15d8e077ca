"""The content of a cost file as a filled form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from ringfence.actions.costing import pay_point_key
from ringfence.screens.cost_fields import OWN, Value
from ringfence.screens.cost_form import Form

Content = Mapping[str, Any]
PAY_PERIODS, UNSOCIAL = "pay_periods", "unsocial_hours"
BETWEEN_NAMES = "; "
VAT = ("vat_percent", "vat_recovered_percent")
"""Of a line with an amount."""


def form_of(content: Content) -> Form:
    """The form filled in as a cost file says: one that has been priced. What has no boxes is kept with it."""
    form = Form({"name": content["name"], "on": content["on"], "until": content.get("until"), "staff": content.get("staff") is not None})
    form.values["quote.per"] = content["quote"]["per"]
    form.values["quote.step_pence"] = str(content["quote"]["step_pence"])
    if content.get("staff") is not None:
        _fill_staff(form, content["staff"], "")
    grades = {grade["grade"]: _fill_grade(form, grade) for grade in content.get("grades") or ()}
    _fill_support(form, content["support"], grades)
    _fill_rows(form, "other_direct", [_with_sharing(line) for line in content.get("other_direct") or ()])
    for name in ("co_ordination", "company_costs"):
        _fill_rows(form, name, [_with_kind(line) for line in content.get(name) or ()])
    for name in ("contingency", "surplus"):
        if content.get(name) is not None:
            _fill(form, f"{name}.", _with_kind(content[name]))
    _fill_rows(form, "funders", [_with_way(line) for line in content.get("funders") or ()])
    _fill_organisation(form, content.get("organisation") or {})
    _fill_cap(form, content.get("cap") or {})
    if content.get(PAY_PERIODS) is not None:
        form.kept[PAY_PERIODS] = content[PAY_PERIODS]
    return form


def _fill_organisation(form: Form, given: Content) -> None:
    allowance = given.get("employment_allowance")
    _fill(form, "organisation.", {key: value for key, value in given.items() if key != "employment_allowance"})
    if allowance is not None:
        form.values |= {"organisation.employment_allowance": "yes" if allowance["claimed"] else "no", "organisation.reason": allowance["reason"]}


def _fill_cap(form: Form, given: Content) -> None:
    if _in_one_box(given.get("lines") or ()):
        _fill(form, "cap.", {**given, "lines": BETWEEN_NAMES.join(given["lines"])} if given else {})
    else:
        form.kept["cap"] = given


def _in_one_box(names: Sequence[str]) -> bool:
    """Whether names can stand in one box with semicolons between them, and be told apart again."""
    return not any(BETWEEN_NAMES.strip() in name for name in names)


def _fill_support(form: Form, support: Content, grades: Mapping[str, str]) -> None:
    form.values["support"] = "parts" if support.get("parts") else "hours"
    _fill(form, "support.", {key: value for key, value in support.items() if key != "parts"})
    for given in support.get("parts") or ():
        part = form.add_part(given["kind"], given["line"])
        _fill(form, f"{part}.", {key: value for key, value in given.items() if key not in ("grade", "travel")})
        if given.get("grade") is not None:
            form.values[f"{part}.grade"] = grades[given["grade"]]
        if given.get("travel") is not None:
            _fill_travel(form, given["travel"], f"{part}/")


def _fill_grade(form: Form, grade: Content) -> str:
    """A grade, and the number of its row, by which parts know it whatever it is called."""
    name = form.add("grades")
    form.values[f"{name}.grade"] = grade["grade"]
    _fill_staff(form, {key: value for key, value in grade.items() if key != "sleep_ins"}, f"{name}/")
    if grade.get("sleep_ins") is not None:
        form.kept[f"{name}/sleep_ins"] = grade["sleep_ins"]
    return name.rpartition(".")[2]


def _fill_staff(form: Form, staff: Content, of: str) -> None:
    _named_or_typed(form, staff, "pay_per_hour", f"{of}staff.pay")
    _fill(form, f"{of}staff.", {"addition_per_hour": staff.get("addition_per_hour")})
    _fill_rows(form, f"{of}contracts", staff.get("contracts"))
    _fill_rows(form, f"{of}paid_time", [_with_figure(line, "percent", "hours_per_year") for line in staff.get("paid_time") or ()])
    _fill_rows(form, f"{of}other", staff.get("other"))
    if staff.get("travel") is not None:
        _fill_travel(form, staff["travel"], of)
    if staff.get("sleep_ins") is not None:
        form.values["sleep_ins"] = True
        _fill(form, "sleep_ins.", staff["sleep_ins"])
    for name in ("national_insurance", "pension"):
        _word_or_group(form, f"{of}{name}", staff[name], "percent")
    _word_or_group(form, f"{of}holiday", staff["holiday"], staff["holiday"]["method"] if isinstance(staff["holiday"], Mapping) else "")
    _fill_cover(form, staff, of)


def _fill_cover(form: Form, staff: Content, of: str) -> None:
    """What is paid beyond plain hours, who stands in, and sickness."""
    unsocial = staff.get(UNSOCIAL) or ()
    if all(_in_one_box(line.get("parts") or ()) for line in unsocial):
        _fill_rows(form, f"{of}{UNSOCIAL}", [_with_hours(line) for line in unsocial])
    else:
        form.kept[f"{of}staff.{UNSOCIAL}"] = unsocial
    for name in ("bank_holidays", "agency", "sickness"):
        _fill(form, f"{of}{name}.", staff.get(name) or {})
    if staff.get("vacancies") is not None:
        _fill(form, f"{of}vacancies.", _with_figure(staff["vacancies"], "agency_rate_per_hour", "overtime_multiple"))


def _fill_travel(form: Form, travel: Content, of: str) -> None:
    form.values[f"{of}travel"] = travel["per"]
    _fill(form, f"{of}travel.", {"minutes": travel.get("minutes"), "miles": travel.get("miles")})
    _named_or_typed(form, travel, "pay_per_mile", f"{of}travel.mileage")


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


def _with_figure(line: Content, *keys: str) -> Content:
    """A line of which one key of several holds the figure: that figure, and the key as its kind."""
    kind = next((key for key in keys if line.get(key) is not None), keys[0])
    return {**{key: value for key, value in line.items() if key not in keys}, "figure": line.get(kind), "kind": kind}


def _with_hours(line: Content) -> Content:
    """An addition to pay, and which hours it is on: names of parts in one box."""
    found = _with_figure(line, "percent_of_hours", "hours_per_week", "parts")
    return {**found, "figure": BETWEEN_NAMES.join(line["parts"])} if found["kind"] == "parts" else found


def _with_kind(line: Content) -> Content:
    is_amount = line.get("amount") is not None
    figure, kind = ("amount", "per") if is_amount else ("percent", "basis")
    kept = {key: line[key] for key in ("line", *VAT) if key in line}
    return {**kept, "figure": line[figure], "kind": line[kind]}


def _with_way(line: Content) -> Content:
    """A funder, and how it pays: who gives neither a percentage nor a sum pays the rest."""
    way = next((key for key in ("percent", "pounds_per_week") if line.get(key) is not None), "rest")
    return {"funder": line["funder"], "kind": way, "figure": line.get(way), "takes_contingency": line.get("takes_contingency")}


def _with_sharing(line: Content) -> Content:
    found = _with_figure(line, "people", "places")
    shared = {"sharing": found["kind"], "sharers": found["figure"]} if found["figure"] is not None else {}
    return {**{key: value for key, value in found.items() if key not in ("figure", "kind")}, **shared}


def _fill_rows(form: Form, name: str, lines: Sequence[Content] | None) -> None:
    for line in lines or ():
        row = form.add(name)
        _fill(form, f"{row}.", {key: value for key, value in line.items() if key not in VAT})
        if vat := {key: line[key] for key in VAT if line.get(key) is not None}:
            form.kept[f"{row}/vat"] = vat


def _fill(form: Form, before: str, group: Content) -> None:
    for key, value in group.items():
        if value is not None:
            form.values[before + key] = cast(Value, value) if isinstance(value, (str, bool, date)) else format(Decimal(value), "f")

"""“What if …”: the forms that change the scenarios, the packages behind them, and the figures that are assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st
from markupsafe import Markup

from basics.errors import Problem, Refused, RingfenceError
from basics.periods import day_in_figures, day_in_words
from costing.explain import in_words
from costing.figure import Fixed, Unit, given
from ringfence.actions.what_if import FigureUsed, Question, figures_used
from ringfence.screens.components.amounts import number
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.table import figures, table
from ringfence.screens.components.table import words as in_column
from ringfence.screens.cost_boxes import FIRST_DAY, LAST_DAY
from ringfence.screens.scenarios_desk import COMES_OUT, WORKING, Desk
from ringfence.screens.scenarios_typed import ALL_SERVICES, BOXES, Typed, boxes_of, changed, scenario_of, with_scenario

AS_IT_IS = "Assume that what is not published by that day stays as it is"
SCENARIO, PACKAGES, ASSUMED, TAKE_OUT = "scenario", "packages", "assumed", "take-out"


def what_if(desk: Desk) -> None:
    """A scenario to be added, or the one that is being changed."""
    held = next((each for each in desk.question.content.get("scenarios") or [] if each["scenario"] == desk.editing), None)
    stands = boxes_of(held) if held else Typed()
    part(f"Change “{stands.name}”" if held else "What if …", "Fill in what changes, and leave the rest empty: it stays as it is.")
    _refusal(desk, SCENARIO)
    key = f"what-if-{desk.form}"
    with st.form(key, enter_to_submit=False):
        name = st.text_input("What it is called", stands.name, key=f"{key}-name", max_chars=100, autocomplete="off",
                             placeholder="Pay 3% up, prices held")
        texts = dict(_boxes(stands, key))
        services = [ALL_SERVICES, *dict.fromkeys(each["service"] for each in desk.question.content["provided"])]
        stands_at = services.index(stands.service) if stands.service in services else 0
        service = st.selectbox("In which service", services, stands_at, key=f"{key}-service")
        on = st.date_input("At the published figures of, if of a later day", stands.on, key=f"{key}-on", format="DD/MM/YYYY", min_value=FIRST_DAY,
                           max_value=LAST_DAY)
        as_it_is = st.checkbox(AS_IT_IS, key=f"{key}-as-it-is", help="Each such figure is listed as assumed, and marked with a star.")
        sent = st.form_submit_button(f"Change “{stands.name}”" if held else "Add this scenario", type="primary")
    if stands.kept:
        words(f"It also holds {len(stands.kept)} more from the file, for which there are no boxes. They stay as they are.", quiet=True)
    if held and st.button("Leave it as it was", key=f"{key}-leave"):
        desk.editing, desk.form = None, desk.form + 1
        st.rerun()
    if sent:
        typed = Typed(name, on if isinstance(on, date) else None, service, texts, stands.kept)
        _act(desk, SCENARIO, lambda: _with_typed(desk, typed, as_it_is=as_it_is), f"“{name.strip()}” is worked out.")


def packages(desk: Desk) -> None:
    """How many people have each package, who pays for it, and at what price."""
    part("The packages", "Each is priced from its cost file. An empty price is that of the file.")
    _refusal(desk, PACKAGES)
    key, provided = f"packages-{desk.form}", desk.question.content["provided"]
    with st.form(key, enter_to_submit=False):
        rows = [_package_row(key, n, each, desk.compared.provided[n].package.name) for n, each in enumerate(provided)]
        sent = st.form_submit_button("Use these")
    if sent:
        _act(desk, PACKAGES, lambda: _with_packages(desk.question, rows), "The packages are as you typed them.")


def assumed_figures(desk: Desk) -> None:
    """What is assumed of later days, and one more."""
    part("Assumed figures", "Published figures of later days that nobody has published yet. Each says why, and has a star wherever it is used.")
    held = desk.question.content.get("assumed") or []
    used = {each.key: each for each in figures_used(desk.question)}
    table("Assumed figures", [in_column("Figure"), figures("Value"), in_column("From"), in_column("Why")],
          [[used[each["parameter"]].name if each["parameter"] in used else each["parameter"], _value(used.get(each["parameter"]), each["value"]),
            day_in_figures(each["from"]), each["why"]] for each in held], empty="Nothing is assumed.")
    _refusal(desk, ASSUMED)
    key = f"assumed-{desk.form}"
    with st.form(key, enter_to_submit=False):
        chosen = st.selectbox("Which figure", list(used.values()), format_func=lambda each: each.in_words, key=f"{key}-which")
        left, right = st.columns(2)
        value = left.text_input("What it will be", key=f"{key}-value", autocomplete="off", placeholder="13.30")
        day = right.date_input("From", None, key=f"{key}-from", format="DD/MM/YYYY", min_value=FIRST_DAY, max_value=LAST_DAY)
        why = st.text_input("Why", key=f"{key}-why", max_chars=100, autocomplete="off", placeholder="Our own estimate")
        sent = st.form_submit_button("Assume this figure")
    if sent and chosen is not None:
        _act(desk, ASSUMED, lambda: _with_assumed(desk.question, chosen, value, day if isinstance(day, date) else None, why),
             f"{chosen.name} is assumed.")
    _take_out(desk, held, used)


def _boxes(stands: Typed, key: str) -> Iterator[tuple[str, str]]:
    """Three boxes in a row; on a telephone one below the other."""
    for first in range(0, len(BOXES), 3):
        for column, box in zip(st.columns(3), BOXES[first:first + 3], strict=True):
            yield box.driver, column.text_input(box.label, stands.texts.get(box.driver, ""), key=f"{key}-{box.driver}", help=box.help,
                                                autocomplete="off") or ""


def _with_typed(desk: Desk, typed: Typed, *, as_it_is: bool) -> Question:
    question = with_scenario(desk.question, scenario_of(typed), instead_of=desk.editing)
    if typed.on is None or not as_it_is:
        return question
    base = max(each.package.on for each in desk.compared.provided)
    more = [_assumed(each, each.figure.value, typed.on, f"as on {day_in_words(base)}")
            for each in figures_used(desk.question, typed.on) if not each.is_known]
    return changed(question, "assumed", [*(question.content.get("assumed") or []), *more])


def _package_row(key: str, n: int, each: Mapping[str, Any], name: str) -> dict[str, str]:
    """The boxes of one package, each named with it for whoever listens."""
    st.html(Markup('<h3 class="rf-step">{}</h3>').format(f"{n + 1}. {name}"))
    columns = st.columns([3, 3, 2, 2])
    stands = {"service": ("Service", each["service"]), "funder": ("Funder", each["funder"]), "people": ("People", each["people"]),
              "price_in_force": ("Price in force, £", each.get("price_in_force", ""))}
    return {name: column.text_input(f"{label}, package {n + 1}", str(value), key=f"{key}-{n}-{name}", autocomplete="off") or ""
            for column, (name, (label, value)) in zip(columns, stands.items(), strict=True)}


def _with_packages(question: Question, rows: list[dict[str, str]]) -> Question:
    problems, provided = list[Problem](), list[dict[str, Any]]()
    for n, (each, row) in enumerate(zip(question.content["provided"], rows, strict=True), start=1):
        held = {**each, "service": row["service"].strip(), "funder": row["funder"].strip()}
        held.pop("price_in_force", None)
        for name, mark in (("people", ""), ("price_in_force", "£")):
            if row[name].strip() or name == "people":
                held[name] = _number(f"{name.replace('_', ' ').capitalize()}, package {n}", row[name], mark, problems)
        provided.append(held)
    if problems:
        raise Refused("The packages were not taken.", problems)
    return changed(question, "provided", provided)


def _with_assumed(question: Question, figure: FigureUsed, value: str, day: date | None, why: str) -> Question:
    problems = list[Problem]()
    read = _number("What it will be", value, _mark(figure.figure.unit), problems)
    problems += [] if day else [Problem("From", "No day is chosen.", "Choose one.")]
    problems += [] if why.strip() else [Problem("Why", "Nothing is written here.", "Say where it is from: it is shown wherever it is used.")]
    if problems or day is None:
        raise Refused("The figure was not taken.", problems)
    others = [each for each in question.content.get("assumed") or [] if (each["parameter"], each["from"]) != (figure.key, day)]
    return changed(question, "assumed", [*others, _assumed(figure, read, day, why.strip())])


def _assumed(figure: FigureUsed, value: Decimal, day: date, why: str) -> dict[str, Any]:
    return {"parameter": figure.key, "from": day, "value": value, "why": why}


def _take_out(desk: Desk, held: list[Mapping[str, Any]], used: Mapping[str, FigureUsed]) -> None:
    if not held:
        return
    with st.expander("Take an assumed figure out"):
        _refusal(desk, TAKE_OUT)
        named = [f"{used[each['parameter']].name if each['parameter'] in used else each['parameter']}, from {day_in_words(each['from'])}"
                 for each in held]
        nth = st.selectbox("Which one", range(len(held)), format_func=lambda n: named[n], key=f"take-out-{desk.form}")
        if st.button("Take it out", key=f"take-out-button-{desk.form}"):
            rest = [each for n, each in enumerate(held) if n != nth]
            _act(desk, TAKE_OUT, lambda: changed(desk.question, "assumed", rest), f"{named[nth]} is not assumed any more.")


def _act(desk: Desk, at: str, question: Callable[[], Question], done: str) -> None:
    """Change the question, or say all that is wrong where it was asked for."""
    try:
        new = question()
    except RingfenceError as error:
        desk.done, desk.refused, desk.at = "", error, at
    else:
        with st.spinner(WORKING):
            is_taken = desk.change(new, done, at=at)
        desk.go_to = COMES_OUT if is_taken and at == SCENARIO else ""
    st.rerun()


def _refusal(desk: Desk, at: str) -> None:
    if desk.refused is not None and desk.at == at:
        show_problems(desk.refused)


def _number(label: str, text: str, mark: str, problems: list[Problem]) -> Decimal:
    try:
        return number(text, mark)
    except RingfenceError as error:
        problems.append(Problem(label, error.problem.what, error.problem.to_do))
        return Decimal(0)


def _mark(unit: Unit) -> str:
    return "%" if unit is Unit.PERCENT else "£" if unit.value.startswith("pounds") else ""


def _value(figure: FigureUsed | None, value: Any) -> str:
    return str(value) if figure is None else in_words(given(Decimal(value), figure.name, figure.figure.unit, Fixed()))

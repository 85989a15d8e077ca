"""`ringfence plan` and `ringfence steps`: one person’s plan on a day, and where everybody stands in the seven steps."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_words, minutes_in_words
from isf.plan import Measure
from isf.position import OVER_PERCENT, UNDER_PERCENT, LinePosition, Thresholds
from isf.steps import REACHED_WHEN
from ringfence.actions import plan_words
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.plans import FundPlan, PersonPlan, plan_of
from ringfence.actions.steps import PersonSteps, steps_of_everybody
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, day_given, show
from ringfence.cli.plans_data import plan_as_data, steps_as_data

WIDTH = 120
AsAt = Annotated[str, typer.Option("--as-at", metavar="DAY", help="The day to look at, like 2026-10-31; without it, today.")]


def plan(
    person: Annotated[str, typer.Argument(help="The reference of the person.")],
    as_at: AsAt = "",
    over: Annotated[int, typer.Option("--over", metavar="PERCENT", help="From how much above the plan something is over.")] = OVER_PERCENT,
    under: Annotated[int, typer.Option("--under", metavar="PERCENT", help="From how much below the plan something is under.")] = UNDER_PERCENT,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Show a person's plan: its step, needs and budget, outcomes, answers, changes, and how each line stands and will end."""
    thresholds = Thresholds(over, under)
    with acting(database, user) as who:
        found = plan_of(who, person, day_given(as_at, who.today, "--as-at"), thresholds)
    show(plan_as_data(found), _plan_as_text(found, thresholds), as_json=json_)


def steps(
    as_at: AsAt = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List where everybody stands in the seven steps from needs to review, who has been longest in theirs first."""
    with acting(database, user) as who:
        day = day_given(as_at, who.today, "--as-at")
        found = steps_of_everybody(who, day)
    show([steps_as_data(each) for each in found], _list(found, day), as_json=json_)


def _list(found: tuple[PersonSteps, ...], on: date) -> Iterator[str]:
    yield f"Where everybody’s plan stands on {day_in_words(on)}: {len(found):,} {'person' if len(found) == 1 else 'people'}."
    if found:
        yield from aligned([("Person", "Name", "Step", "Since", "Days"), *map(_row, found)], left=True)
    yield from textwrap.wrap("A step is reached when " + "; ".join(f"{step}: {words}" for step, words in REACHED_WHEN.items()) + ".", WIDTH)


def _row(each: PersonSteps) -> tuple[str, ...]:
    now = each.standing.now
    if now is None:
        return each.person, each.name, "Nothing recorded", "", ""
    return each.person, each.name, now.step, day_in_words(now.on) if now.on else "Not known", "Not known" if now.days is None else f"{now.days:,}"


def _plan_as_text(found: PersonPlan, thresholds: Thresholds) -> Iterator[str]:
    yield f"{found.name}, {found.person}, on {day_in_words(found.on)}"
    yield f"\nWhere this plan stands: {plan_words.where(found.standing)}"
    yield from (f"  {line}" for line in aligned([(each.step, plan_words.reached(each), "" if each.days is None else plan_words.days(each.days))
                                                 for each in found.standing.steps], left=True))
    facts = found.facts
    if budget := list(plan_words.needs_and_budget(facts)):
        yield from ("\nNeeds and budget", *_indented(budget))
    if facts.written:
        yield from ("\nThe plan", *_indented(plan_words.written(facts.written)))
    if facts.outcomes:
        yield from ("\nOutcomes", *_indented(f"{each.reference}: {each.words}. {plan_words.found(each)}." for each in facts.outcomes))
    if facts.answers:
        yield from ("\nAnswers", *_indented(f"{each.payer}, to the {each.about} from {day_in_words(each.from_on)}: {plan_words.answer(each)}"
                                            for each in facts.answers))
    if found.changes:
        yield from ("\nChanges of the plan", *_indented(f"{day_in_words(each.change.on)}, {each.fund}: {plan_words.change(each)}."
                                                        for each in found.changes))
    for fund in found.funds:
        yield from _fund(fund, found.on)
    yield from ("", *textwrap.wrap(plan_words.method(thresholds), WIDTH))


def _indented(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        yield from textwrap.wrap(sentence, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _fund(fund: FundPlan, on: date) -> Iterator[str]:
    if fund.position is None:
        yield f"\n{fund.key}: nobody pays into it in {fund.month.in_words}."
    else:
        yield f"\n{fund.key} at the end of {fund.month.in_words}: {fund.position.status}; if it goes on so: {fund.position.forecast_status}"
        heads = ("", "planned", "delivered", "left", "forecast", "planned £", "committed £", "delivered £", "left £", "forecast £", "")
        if fund.position.lines:
            yield from (f"  {line}" for line in aligned([heads, *map(_line, fund.position.lines)]))
        budget = fund.position
        yield f"  The budget: {_pounds(budget.budget_pence)}, used {_pounds(budget.used_pence)}, left {_pounds(budget.left_pence)}"
        yield from (f"  Left of {each.words}: {_pounds(each.left_pence)}" for each in budget.left_of_others)
        if budget.aside_pence:
            yield f"  Set aside: {_pounds(budget.aside_pence)}"
        if budget.may_use_pence != budget.left_pence:
            yield f"  May be used now, of all of it: {_pounds(budget.may_use_pence)}"
        if fund.position.beside_pence:
            yield f"  Bought beside the plan: {_pounds(fund.position.beside_pence)}"
    yield from (f"  Set aside ({each.reference}): {each.how_much} {each.until_words(on)}" for each in fund.kept)


def _line(each: LinePosition) -> tuple[str, ...]:
    counted = [_quantity(each, value) for value in (each.planned, each.delivered, each.left, each.forecast)]
    pence = (each.planned_pence, each.committed_pence, each.delivered_pence, each.left_pence, each.forecast_pence)
    status = each.status if each.status == each.forecast_status else f"{each.status}, then {each.forecast_status}"
    return each.line.words[:32], *counted, *map(_pounds, pence), status


def _quantity(each: LinePosition, value: int | None) -> str:
    if value is None or each.is_bought:
        return "by bill" if each.is_bought else "Not known"
    return minutes_in_words(value) if each.line.measure is Measure.MINUTES else f"{value:,} times"


def _pounds(pence: int | None) -> str:
    return "Not known" if pence is None else str(Money(pence))

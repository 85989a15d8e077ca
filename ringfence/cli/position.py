"""`ringfence position`: planned, delivered and left, in hours and in pounds."""

from __future__ import annotations

from typing import Annotated

import typer

from basics.money import Money
from basics.periods import Month, minutes_in_words
from isf.plan import Measure
from isf.position import FundPosition, LinePosition
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.positions import positions
from ringfence.cli.common import As, Database, Json, acting, in_json


def position(
    person: Annotated[str, typer.Argument(help="The reference of the person.")],
    month: Annotated[str, typer.Argument(help="At the end of which month, like 2026-10.")],
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Show where a person's funds stand, line by line of the plan, as far as the books have it."""
    with acting(database, user) as who:
        found = positions(who, person, Month.parse(month))
    if json_:
        typer.echo(in_json({fund: _as_data(each) for fund, each in found.items()}))
        return
    for fund, each in found.items():
        typer.echo(f"{fund} at the end of {Month.parse(month).in_words}: {each.status}")
        typer.echo(_row("", "planned", "by now", "delivered", "left", "left in pounds", ""))
        for line in each.lines:
            typer.echo(_row(line.line.words, *(_quantity(line, value) for value in (
                line.planned, line.planned_to_date, line.delivered, line.left)), _pounds(line.left_pence), line.status))
        typer.echo(_row("The budget", _pounds(each.budget_pence), _pounds(each.expected_pence), _pounds(each.used_pence), "",
                        _pounds(each.left_pence), ""))
        if each.may_use_pence != each.left_pence:
            typer.echo(_row("May be used now, of all budgets", "", "", "", "", _pounds(each.may_use_pence), ""))


def _row(words: str, *cells: str) -> str:
    return f"  {words[:32]:<33}" + "".join(f"{cell:>16}" for cell in cells)


def _quantity(line: LinePosition, value: int) -> str:
    return minutes_in_words(value) if line.line.measure is Measure.MINUTES else f"{value} times"


def _pounds(pence: int | None) -> str:
    return "Not known" if pence is None else str(Money(pence))


def _plain(pence: int | None) -> str | None:
    return None if pence is None else Money(pence).plain


def _as_data(found: FundPosition) -> dict[str, object]:
    """The position for another program: amounts as text with two decimals, null where a figure is not known; whole minutes or times."""
    return {
        "status": found.status, "budget": _plain(found.budget_pence), "expected": _plain(found.expected_pence),
        "used": _plain(found.used_pence), "left": _plain(found.left_pence), "may_be_used": _plain(found.may_use_pence),
        "carried": _plain(found.carried_pence),
        "lines": [{
            "line": each.line.reference, "words": each.line.words, "measure": each.line.measure, "planned": each.planned,
            "planned_to_date": each.planned_to_date, "delivered": each.delivered, "left": each.left,
            "planned_pounds": _plain(each.planned_pence), "delivered_pounds": _plain(each.delivered_pence),
            "left_pounds": _plain(each.left_pence), "status": each.status} for each in found.lines],
    }

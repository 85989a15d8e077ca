"""`ringfence as-at`: how the books stood on one day, as they were known on another."""

from __future__ import annotations

from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_words, minutes_in_words
from ringfence.actions.as_at import AccountAt
from ringfence.actions.as_at import as_at as stood
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, day_given, in_json


def as_at(
    fund: Annotated[str, typer.Argument(metavar="[FUND]", help="The key of one fund, like isf-P001; without it, every fund.")] = "",
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day at whose end the books are looked at; without it, today.")] = "",
    known: Annotated[str, typer.Option("--known", metavar="DAY", help="What was recorded until the end of this day; without it, all.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Show every account at the end of a day, as it was known on that day or another."""
    with acting(database, user) as who:
        found = stood(who, day_given(on, who.today, "--on"), day_given(known, who.today, "--known"), fund)
    if json_:
        typer.echo(in_json({"on": found.on.isoformat(), "known_on": found.known_on.isoformat(), "accounts": [
            {"fund": each.fund, "role": each.role, "payer": each.payer or None, "unit": each.unit,
             "amount": Money(each.amount).plain if each.unit == "pence" else each.amount} for each in found.accounts]}))
        return
    typer.echo(f"The books at the end of {day_in_words(found.on)}, as they were known at the end of {day_in_words(found.known_on)}")
    if not found.accounts:
        typer.echo("Everything is at nil.")
        return
    typer.echo("\n".join(aligned([(_called(each), _amount(each)) for each in found.accounts])))


def _called(each: AccountAt) -> str:
    return f"{each.fund}  {each.role.replace('_', ' ')}{f', {each.payer}' if each.payer else ''}"


def _amount(each: AccountAt) -> str:
    return str(Money(each.amount)) if each.unit == "pence" else minutes_in_words(each.amount)

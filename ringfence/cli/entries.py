"""`ringfence entries`: everything posted in a fund, with the name by which a correction puts it back."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_figures, minutes_in_words
from isf.accounts import Unit
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.entries_named import Named, entries_named
from ringfence.cli.common import As, Database, Json, acting, day_given, in_json


def entries(
    fund: Annotated[str, typer.Argument(help="The fund, like isf-P001.")],
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day of the books; all of them if not given.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day of the books.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List what is posted in a fund: the day, what happened, how much, and under it the name that “corrections” of an apply file takes."""
    with acting(database, user) as who:
        found = entries_named(who, fund, day_given(first, date.min, "--from"), day_given(last, date.max, "--to"))
    if json_:
        typer.echo(in_json(list(map(_as_data, found))))
        return
    if not found:
        typer.echo(f"Nothing is posted in {fund} on these days.")
    for each in found:
        back = f", put back on {day_in_figures(each.put_back_on)}" if each.put_back_on else ""
        typer.echo(f"{day_in_figures(each.on)}  {_amount(each):>12}  {each.what}{back}")
        typer.echo(f"{'':>12}{each.name}")


def _amount(each: Named) -> str:
    return str(Money(each.amount)) if each.unit is Unit.PENCE else minutes_in_words(each.amount)


def _as_data(each: Named) -> dict[str, object]:
    """An entry for another program: pounds as text or whole minutes, the account that receives and the one that gives."""
    amount: dict[str, object] = {"pounds": Money(each.amount).plain} if each.unit is Unit.PENCE else {"minutes": each.amount}
    return {"entry": each.name, "on": each.on.isoformat(), "happened_on": each.happened_on.isoformat(), "what": each.what, **amount,
            "receives": each.receives, "gives": each.gives, "put_back_on": each.put_back_on.isoformat() if each.put_back_on else None}

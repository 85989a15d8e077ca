"""`ringfence held`: what closed months did not ask for, why, and who must act."""

from __future__ import annotations

import typer

from basics.money import Money
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.held_invoices import HeldNow, held_invoices
from ringfence.cli.common import As, Database, Json, acting, in_json

NONE = "No invoice is held: everything that closed months are to ask for stands on an invoice."
FREE = "Nothing holds it any more: issue it now with ringfence issue-held, or it goes out with the next month end."


def list_held(user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """List the invoices that are held, with the reason and who must act."""
    with acting(database, user) as who:
        found = held_invoices(who)
    typer.echo(in_json([as_data(each) for each in found]) if json_ else "\n".join(map(as_text, found)) or NONE)


def as_text(each: HeldNow) -> str:
    why = "\n".join(f"  {one.what} {one.who} must act. {one.to_do}" for one in each.reasons) or f"  {FREE}"
    return f"{each.payer}, {each.for_whom}, {each.period}: {Money(each.pence)}\n{why}"


def as_data(each: HeldNow) -> dict[str, object]:
    """The same for another program: amounts as text with two decimals."""
    return {"payer": each.payer, "for": each.for_whom, "period": each.period, "pounds": Money(each.pence).plain,
            "reasons": [{"what": one.what, "who": one.who, "to_do": one.to_do} for one in each.reasons]}

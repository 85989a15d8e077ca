"""`ringfence credits`: what issued invoices asked for and is not owed, and its documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_words
from ringfence.actions.crediting import CreditNote, credit_notes, write_credit_notes
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.cli.common import As, Database, Json, acting, found_wrong, in_json, tell

NONE_YET = "No credit note has been issued. One follows from putting a visit right: “visits_corrected” of an apply file."


def list_credits(
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Write every credit note to this folder as a PDF.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List the credit notes, the latest first; with --out, write them as documents too."""
    with acting(database, user) as who:
        found = credit_notes(who)
        written, set_aside = write_credit_notes(who, out) if out is not None and found else (0, [])
    typer.echo(in_json([as_data(each) for each in found]) if json_ else "\n".join(map(as_text, found)) or NONE_YET)
    if out is not None and not json_:
        typer.echo(f"{written} documents are in {out}.")
    tell(set_aside, heading="These credit notes were set aside:")
    if set_aside:
        raise found_wrong()


def as_text(each: CreditNote) -> str:
    return (f"Credit note {each.number:06d}, {day_in_words(each.issued_on)}: {Money(each.pence)} off invoice {each.invoice:06d} ({each.funder}). "
            f"{each.words}")


def as_data(each: CreditNote) -> dict[str, object]:
    """The same for another program: amounts as text with two decimals."""
    return {"number": each.number, "invoice": each.invoice, "funder": each.funder, "issued_on": each.issued_on.isoformat(),
            "pounds": Money(each.pence).plain, "why": each.words}

"""`ringfence credits` and `credit`: what issued invoices asked for and is not owed, its documents, and lines that are to be credited."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError
from basics.money import Money
from basics.periods import day_in_words
from ringfence.actions.crediting import CreditNote, credit_notes, write_credit_notes
from ringfence.actions.crediting_lines import CreditAsked, preview_credit, propose_credit
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.cli.common import As, Database, Json, acting, found_wrong, in_json, option_for, tell

NONE_YET = ("No credit note has been issued. One follows from putting a visit right (“visits_corrected” of an apply file), or from crediting lines "
            "of an invoice: “ringfence credit”.")


def list_credits(
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Write every credit note here, as large as it is needed.")] = None,
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


def credit(
    invoice: Annotated[int, typer.Argument(metavar="INVOICE", help="The number of the invoice.")],
    line: Annotated[list[str], typer.Option("--line", metavar="N", help="A line that is not owed, counted from 1; once for each line. Of an "
                                            "instalment a sum too: 2=250.00.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Who found it, and when. It stands on the credit note.")],
    preview: Annotated[bool, typer.Option("--preview", help="Only say what it would do.")] = False,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Ask for lines of an invoice to be credited: the visits behind them never were, or an instalment is not owed. Another person approves it."""
    with acting(database, user) as who:
        lines = _lines(line)
        sums = {n: pounds for n, pounds in lines.items() if pounds is not None}
        asked = (preview_credit if preview else propose_credit)(who, invoice, list(lines), words=why, sums=sums)
    if json_:
        typer.echo(in_json(asked_as_data(asked, is_prepared=not preview)))
        return
    typer.echo("\n".join(asked.applied.said))
    typer.echo(f"{Money(asked.pence)} is credited of invoice {invoice:06d}"
               + "".join(f", and {Money(pence)} of invoice {number:06d}" for number, pence in asked.others) + ".")
    typer.echo("Nothing was prepared." if preview else "None of it counts until another person approves it:\n"
               f"  ringfence approve {asked.applied.digest[:16]} --as SOMEBODY-ELSE{option_for(database)}")


def _lines(said: list[str]) -> dict[int, Money | None]:
    """“2” is the whole of line 2, “2=250.00” that much of it."""
    found: dict[int, Money | None] = {}
    for each in said:
        number, _, pounds = each.partition("=")
        if not number.strip().isdecimal():
            raise InputError(f"“{each}” is no line.", "Write --line 2, or of an instalment --line 2=250.00.", "--line")
        found[int(number)] = Money.parse(pounds) if pounds else None
    return found


def asked_as_data(asked: CreditAsked, *, is_prepared: bool) -> dict[str, object]:
    """What it would do, for another program; the digest only of what was prepared."""
    return {"digest": asked.applied.digest if is_prepared else "", "said": list(asked.applied.said),
            "credits": [{"invoice": number, "pounds": Money(pence).plain} for number, pence in asked.applied.credits]}


def as_text(each: CreditNote) -> str:
    return (f"Credit note {each.number:06d}, {day_in_words(each.issued_on)}: {Money(each.pence)} off invoice {each.invoice:06d} ({each.funder}). "
            f"{each.words}")


def as_data(each: CreditNote) -> dict[str, object]:
    """The same for another program: amounts as text with two decimals."""
    return {"number": each.number, "invoice": each.invoice, "funder": each.funder, "issued_on": each.issued_on.isoformat(),
            "pounds": Money(each.pence).plain, "why": each.words}

"""`ringfence reader …`: budget holders and their representatives, whose statements they may read, and the links by which they come in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from basics.periods import day_in_figures
from ringfence.actions import readers
from ringfence.actions.acting import Acting
from ringfence.actions.desk import DEFAULT_DATABASE, books, sit_down
from ringfence.actions.readers import RELATIONSHIPS, Grant
from ringfence.cli.common import As, Database, Json, acting, day_given, day_or_none, in_json, key_for
from ringfence.cli.serve import PORT

app = typer.Typer(help="Say who may read whose statements, and let them in.", no_args_is_help=True, rich_markup_mode=None)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The number of the reader, as “ringfence reader list” tells it.")]


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the reader is called.")],
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Add somebody who may read, as yet nothing."""
    with acting(database, user) as who:
        number = readers.add_reader(who, name)
    typer.echo(f"{name} is reader {number}, and may read nothing yet: ringfence reader grant {number} PERSON RELATIONSHIP")


@app.command("grant")
def grant(
    number: Number,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The reference of the person.")],
    relationship: Annotated[str, typer.Argument(metavar="RELATIONSHIP", help=f"One of: {', '.join(RELATIONSHIPS)}.")],
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day; today if not given.")] = "",
    last: Annotated[str, typer.Option("--until", metavar="DAY", help="The last day; until further notice if not given.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Let a reader read what is published for a person. Given again, it takes the place of the one before; to end it, give a last day."""
    with acting(database, user) as who:
        given = Grant(person, relationship, day_given(first, who.today, "--from"), day_or_none(last, "--until"))
        readers.grant(who, number, person, relationship, first=given.first, last=given.last)
    typer.echo(f"Reader {number} reads for {grant_in_words(given)}.")


@app.command("link")
def link(number: Number, user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """Make a link by which a reader comes in: once, within fifteen minutes. Give it to nobody else."""
    sit_down(database, key=key_for(database), user=user)
    token = readers.reader_link(Acting(books(), user, datetime.now(UTC)), number)
    typer.echo(readers.address_of_link(token, f"http://127.0.0.1:{PORT}"))


@app.command("list")
def list_(user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """List the readers, for whom each reads, as what and until when, and when they last opened something."""
    sit_down(database, key=key_for(database), user=user)
    who = Acting(books(), user, datetime.now(UTC))
    found, seen = readers.list_readers(who), readers.last_opened(who)
    if json_:
        typer.echo(in_json([{
            "number": each.id, "name": each.name, "last_opened": seen[each.id].isoformat() if each.id in seen else None, "grants": [{
                "person": one.person, "relationship": one.relationship, "from": one.first.isoformat(), "until": one.last and one.last.isoformat(),
                "stands": one.stands(who.today)} for one in each.grants],
        } for each in found]))
        return
    for each in found:
        opened = f"last opened something on {day_in_figures(seen[each.id].date())}" if each.id in seen else "has opened nothing yet"
        typer.echo(f"{each.id}: {each.name}, {opened}")
        for one in each.grants:
            typer.echo(f"  {grant_in_words(one)}{'' if one.stands(who.today) else ', not today'}")
    if not found:
        typer.echo("Nobody may read yet: ringfence reader add NAME")


def grant_in_words(given: Grant) -> str:
    """“P001 as attorney from 01/10/2026 until 31/03/2027”."""
    until = f" until {day_in_figures(given.last)}" if given.last else ""
    return f"{given.person} as {given.relationship} from {day_in_figures(given.first)}{until}"

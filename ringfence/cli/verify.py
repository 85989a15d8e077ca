"""`ringfence verify`: does everything add up?"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from ringfence.actions.books import open_books
from ringfence.actions.verifying import verify as find_problems
from ringfence.cli.common import DEFAULT_DATABASE, Database, Json, found_wrong, key_for, tell


def verify(
    referee: Annotated[bool, typer.Option("--referee", help="Have beancount add up every account as well, a month at a time.")] = False,
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Check that what is kept is what is summed, statements are the ledger, invoices are their charges, and no seal is broken."""
    store = open_books(database, key=key_for(database))
    problems = find_problems(store, referee=referee)
    store.close()
    if json_:
        typer.echo(json.dumps([asdict(one) for one in problems], ensure_ascii=False, indent=2))
    elif not problems:
        typer.echo("Everything adds up" + (", and the referee agrees." if referee else "."))
    if problems:
        tell(() if json_ else problems, heading=f"{len(problems)} things do not add up:")
        raise found_wrong()

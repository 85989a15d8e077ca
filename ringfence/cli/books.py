"""`ringfence init`, `user add`, `apply` and `approve`: the books, who may act on them, and what counts once two have agreed."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ringfence.actions import applying
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.cli.common import DEFAULT_DATABASE, OWNER_VARIABLE, As, Database, Json, acting, key_for, new_key

users = typer.Typer(help="Who may act.", no_args_is_help=True)


def init(
    provider: Annotated[str, typer.Argument(help="The name of the organisation that gives the support.")],
    practice: Annotated[bool, typer.Option("--practice", help="Practice books: not encrypted, and every document says so.")] = False,
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Make an empty database for a provider. Real books in a file are encrypted, and need a key."""
    on_server = database.startswith("postgres")
    key = None if practice or on_server else new_key()
    make_books(database, provider=provider, sample=practice, key=key, owner_url=os.environ.get(OWNER_VARIABLE)).close()
    shown = "PostgreSQL" if on_server else database
    typer.echo(f"The books of {provider} are made in {shown}. Next, add two people who may act: ringfence user add NAME")


@users.command("add")
def add(name: str, user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """Add somebody who may act. The first is added by nobody; everybody after by a user (--as)."""
    store = open_books(database, key=key_for(database))
    add_user(store, name, added_by=user, at=datetime.now(UTC))
    store.close()
    typer.echo(f"{name} may act now.")


def apply(file: Path, user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """Prepare a file of contracts, fundings, terms, rates, splits, openings, bank lines and draws. Another person approves it."""
    with acting(database, user) as who:
        done = applying.apply_file(who, file)
    if json_:
        typer.echo(json.dumps({"digest": done.digest, "changes": list(done.said)}, ensure_ascii=False, indent=2))
        return
    if not done.said:
        typer.echo("The file says nothing that is not there already. Nothing is to be approved.")
        return
    for words in done.said:
        typer.echo(f"  {words}")
    typer.echo(f"{len(done.said)} things are new or changed; none counts until another person approves them:")
    typer.echo(f"  ringfence approve {done.digest[:16]} --as SOMEBODY-ELSE")


def approve(digest: str, user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """Approve what somebody else prepared, by its digest. Doing it again changes nothing."""
    with acting(database, user) as who:
        done = applying.approve(who, digest)
    typer.echo(f"Approved: {len(done.said)} things count now." if done.said else "This was approved before. Nothing has changed.")

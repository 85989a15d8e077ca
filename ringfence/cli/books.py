"""`ringfence init`, `apply`, `record` and `approve`: the books, who may act on them, and what counts once two have agreed."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError
from basics.periods import day_of
from ringfence.actions import applying, recording
from ringfence.actions.books import make_books
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.recovery import sheet_beside, write_sheet
from ringfence.cli.common import OWNER_VARIABLE, As, Database, Json, acting, in_json, new_key, on_server, option_for, shown, things


def init(
    provider: Annotated[str, typer.Argument(metavar="NAME", help="The name of the organisation that gives the support.")],
    practice: Annotated[bool, typer.Option("--practice", help="Practice books: not encrypted, and every document says so.")] = False,
    sheet: Annotated[Path | None, typer.Option("--recovery-sheet", metavar="FILE", help="Where to write the sheet to print, with the key on it. "
                                               "Beside the books where none is named.")] = None,
    no_sheet: Annotated[bool, typer.Option("--no-recovery-sheet", help="Write no sheet: the key is on paper already.")] = False,
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Make empty books for a provider.

    Real books in a file are encrypted. The key is asked for, or comes from the file that RINGFENCE_KEY_FILE names. Keep the key safe:
    without it nobody can open the books again. On PostgreSQL, RINGFENCE_OWNER_DATABASE holds the address of who owns the tables.
    """
    owner_url = os.environ.get(OWNER_VARIABLE)
    if on_server(database) and not owner_url:
        raise InputError("On PostgreSQL the tables are owned by another user than the one that Ringfence works as.",
                         f"Put the owner’s address into {OWNER_VARIABLE} and give the command again (docs/databases.md).")
    key = None if practice or on_server(database) else new_key()
    if sheet is not None and key is None:
        raise InputError("These books have no key, and so no recovery sheet.", "Leave --recovery-sheet out.")
    if sheet is not None and no_sheet:
        raise InputError("A recovery sheet is asked for and declined at once.", "Leave one of the two options out.")
    make_books(database, provider=provider, sample=practice, key=key, owner_url=owner_url, asks_passphrase=practice).close()
    if key is not None:
        _recovery_sheet(None if no_sheet else sheet or sheet_beside(database), provider, database, key)
    typer.echo(f"The books of {provider} are made in {shown(database)}. Next, add two people who may act:")
    role = "" if practice else ' --role approver'
    typer.echo(f"  ringfence user add FIRST{option_for(database)}\n  ringfence user add SECOND{role} --as FIRST{option_for(database)}")


def _recovery_sheet(sheet: Path | None, provider: str, database: str, key: str) -> None:
    """Written unless it was declined: without the key nobody opens the books again."""
    if sheet is None:
        typer.echo("Write the key on paper and put it in the safe: without it nobody opens these books again, and no passphrase takes its place.")
        return
    write_sheet(sheet, provider=provider, books=database, key=key, made_on=day_of(datetime.now(UTC)))
    typer.echo(f"The recovery sheet is in {sheet}. Print it, put it in the safe, and remove the file: the key stands on it.")


def apply(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The YAML file (docs/formats/apply.md).")],
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Prepare a file of contracts, fundings, terms, rates, splits, openings, bank lines and draws.

    Every change is listed, and a digest is printed. Nothing counts until another person approves that digest.
    """
    with acting(database, user) as who:
        done = applying.apply_file(who, file)
    if json_:
        typer.echo(in_json({"digest": done.digest, "changes": list(done.said)}))
        return
    if not done.said:
        typer.echo("The file says nothing that is not there already. Nothing is to be approved.")
        return
    for words in done.said:
        typer.echo(f"  {words}")
    typer.echo(f"{things(len(done.said))} new or changed. None of it counts until another person approves it:")
    typer.echo(f"  ringfence approve {done.digest[:16]} --as SOMEBODY-ELSE{option_for(database)}")


def record(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The YAML file (docs/formats/record.md).")],
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Note what one person may note of a fund alone, like a review. It counts at once, with your name and the day."""
    with acting(database, user) as who:
        said = recording.record_file(who, file)
    if json_:
        typer.echo(in_json({"changes": list(said)}))
        return
    for words in said:
        typer.echo(f"  {words}")
    typer.echo(f"{things(len(said))} new or changed, and it counts now." if said else "The file says nothing that is not there already.")


def approve(
    digest: Annotated[str, typer.Argument(metavar="DIGEST", help="What ‘apply’ or ‘reopen’ printed; its first eight letters will do.")],
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Approve what somebody else prepared, by its digest. Doing it again changes nothing."""
    with acting(database, user) as who:
        done = applying.approve(who, digest)
    if done.said:
        typer.echo(f"Approved. {things(len(done.said))} new or changed, and it counts now.")
    else:
        typer.echo("This was approved before. Nothing has changed.")

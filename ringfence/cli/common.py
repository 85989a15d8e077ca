"""What every command shares: whose books, who acts, and how problems are told."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError, Problem
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books

DATABASE_VARIABLE, KEY_VARIABLE, OWNER_VARIABLE = "RINGFENCE_DATABASE", "RINGFENCE_KEY_FILE", "RINGFENCE_OWNER_DATABASE"
DEFAULT_DATABASE = "ringfence.db"
MOST_SHOWN = 50

Database = Annotated[str, typer.Option("--database", envvar=DATABASE_VARIABLE, help="The database: a file, or a postgresql:// address.")]
As = Annotated[str, typer.Option("--as", help="Who is acting: the name of a user.")]
Json = Annotated[bool, typer.Option("--json", help="Print it for another program.")]
Out = Annotated[Path | None, typer.Option("--out", help="The folder for documents; it is made if it is not there.")]


@contextmanager
def acting(database: str, user: str) -> Iterator[Acting]:
    """Somebody at work on the books, which are closed again afterwards."""
    store = open_books(database, key=key_for(database))
    try:
        yield Acting(store, user, datetime.now(UTC))
    finally:
        store.close()


def key_for(database: str) -> str | None:
    """The key of an encrypted database: from the file that RINGFENCE_KEY_FILE names, or typed; None where it is not encrypted."""
    if database.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        return None
    path = Path(database.removeprefix("sqlite:///"))
    if not path.is_file() or path.read_bytes()[:16] == b"SQLite format 3\x00":
        return None
    return given_key() or _typed_key(f"Key of {path}: ")


def given_key() -> str | None:
    """The key in the file that RINGFENCE_KEY_FILE names; None where it names none. Raises `InputError` for a file without one."""
    named = os.environ.get(KEY_VARIABLE)
    if not named:
        return None
    try:
        key = Path(named).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"The key file {named} cannot be read: {fault}.", f"Correct {KEY_VARIABLE}.") from fault
    if not key:
        raise InputError(f"The key file {named} is empty.", "Put the key into it, on one line.")
    return key


def new_key() -> str:
    """A key for a new database: from the key file, or typed twice."""
    key = given_key() or _typed_key("Choose a key for the database: ")
    if not given_key() and _typed_key("The same key again: ") != key:
        raise InputError("The two keys differ.", "Give the command again and type the same key twice.")
    return key


def _typed_key(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise InputError("The database needs its key, and nobody is there to type it.",
                         f"Put the key into a file and name that file in {KEY_VARIABLE}.")
    return getpass.getpass(prompt)


def tell(problems: Iterable[Problem], *, heading: str) -> None:
    """A list of problems for a person, on the error stream; a very long one says how many more there are."""
    listed = list(problems)
    if listed:
        typer.echo(heading, err=True)
    for problem in listed[:MOST_SHOWN]:
        typer.echo(f"  {problem}", err=True)
    if len(listed) > MOST_SHOWN:
        typer.echo(f"  … and {len(listed) - MOST_SHOWN} more like these.", err=True)


def found_wrong() -> typer.Exit:
    """The way out where something was refused or found wrong."""
    return typer.Exit(1)



"""What every command shares: whose books, who acts, how much is done, and how problems are told."""

from __future__ import annotations

import getpass
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from basics.errors import InputError, Problem
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.desk import DATABASE_VARIABLE, DEFAULT_DATABASE, KEY_VARIABLE, given_key, is_encrypted
from ringfence.actions.papers import Progress as OnProgress

OWNER_VARIABLE = "RINGFENCE_OWNER_DATABASE"
MOST_SHOWN = 50

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Database = Annotated[str, typer.Option("--database", envvar=DATABASE_VARIABLE, help="The books: a file, or a postgresql:// address.")]
As = Annotated[str, typer.Option("--as", metavar="USER", help="Who is acting: the name of a user.")]
Json = Annotated[bool, typer.Option("--json", help="Print it for another program; amounts are text with two decimals.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="The folder for documents; it is made if it is not there.")]
MonthArgument = Annotated[str, typer.Argument(metavar="MONTH", help="The month, like 2026-10.")]


@contextmanager
def acting(database: str, user: str) -> Iterator[Acting]:
    """Somebody at work on the books, which are closed again afterwards."""
    store = open_books(database, key=key_for(database))
    try:
        yield Acting(store, user, datetime.now(UTC))
    finally:
        store.close()


def day_given(text: str, otherwise: date | None, option: str) -> date:
    """The day of an option; where it was left out, another, unless it must be given."""
    if not text and otherwise is not None:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"“{text}” is not a day." if text else "Nobody said which day.", "Write it like 2026-10-01.", option) from None


def day_or_none(text: str, option: str) -> date | None:
    """The day of an option that may be left out."""
    return day_given(text, None, option) if text else None


def on_server(database: str) -> bool:
    """Whether the books stand on a PostgreSQL server, and not in a file."""
    return database.startswith("postgres")


def shown(database: str) -> str:
    """The books as a message names them: never the address of a server, which holds a password."""
    return "PostgreSQL" if on_server(database) else database


def option_for(database: str) -> str:
    """What the next command needs to find the same books again: nothing where it finds them anyway."""
    found_anyway = database == os.environ.get(DATABASE_VARIABLE, DEFAULT_DATABASE)
    return "" if found_anyway or on_server(database) else f' --database "{database}"'


def key_for(database: str) -> str | None:
    """The key of an encrypted database: from the file that RINGFENCE_KEY_FILE names, or typed; None where it is not encrypted."""
    if not is_encrypted(database):
        return None
    path = database.removeprefix("sqlite:///")
    return given_key() or _typed_key(f"Key of {path}: ", f"{path} is encrypted, or is no database: it cannot be opened without its key.")


def new_key() -> str:
    """A key for a new database: from the key file, or typed twice."""
    given = given_key()
    if given is not None:
        return given
    key = _typed_key("Choose a key for the books: ", "Real books in a file are encrypted, and so they need a key.")
    if _typed_key("The same key again: ", "") != key:
        raise InputError("The two keys differ.", "Give the command again and type the same key twice.")
    return key


def _typed_key(prompt: str, without: str) -> str:
    if not sys.stdin.isatty():
        raise InputError(without, f"Put the key into a file and name that file in {KEY_VARIABLE}, or type it at a terminal.")
    return getpass.getpass(prompt)


@contextmanager
def progress(words: str) -> Iterator[OnProgress]:
    """A bar on the error stream while something long goes on. Where nobody looks, because it is no terminal, there is none."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def things(count: int) -> str:
    return "1 thing" if count == 1 else f"{count} things"


def in_json(data: object) -> str:
    """What was found, for another program."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def show(data: object, lines: Iterable[str], *, as_json: bool) -> None:
    """What was found: as data for another program, or as lines for a person."""
    typer.echo(in_json(data) if as_json else "\n".join(lines))


def complain(text: str) -> None:
    """Words on the error stream, without anything from a file that a terminal would take for an order."""
    typer.echo(_UNSEEN.sub("?", text), err=True)


def tell(problems: Iterable[Problem], *, heading: str) -> None:
    """A list of problems for a person, on the error stream; a very long one says how many more there are."""
    listed = list(problems)
    if listed:
        complain(heading)
    for problem in listed[:MOST_SHOWN]:
        complain(f"  {problem}")
    if len(listed) > MOST_SHOWN:
        complain(f"  … and {len(listed) - MOST_SHOWN} more like these.")


def found_wrong() -> typer.Exit:
    """The way out where something was refused or found wrong."""
    return typer.Exit(1)

"""`ringfence demo` and `ringfence sample`: an invented provider to try everything on."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError, Problem
from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.desk import DEFAULT_DATABASE, sit_down
from ringfence.actions.month_end import MonthEnd, approve_month, approved_before, prepare_month
from ringfence.actions.verifying import verify
from ringfence.cli.common import OWNER_VARIABLE, Database, found_wrong, on_server, option_for, progress, shown, tell
from ringfence.cli.serve import PORT, NoBrowser, Port, run_app
from sample_data.build import APPROVES, PREPARES, build_sample

OCTOBER = Month(2026, 10)
MADE_UP_NOW = datetime(2026, 11, 4, 10, tzinfo=UTC)
"""The sample lives in its own time: its October is closed on the same day whenever it is run, so its documents are always the same."""


def demo(
    folder: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the sample and its documents go.")] = Path("ringfence-demo"),
    database: Annotated[str, typer.Option("--database", help="Other books for the sample; never your own.")] = "",
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Do not go on to the app.")] = False,
    port: Port = PORT,
    no_browser: NoBrowser = False,
) -> None:
    """Make the sample provider, run its October from preparing to issuing, check that everything adds up, and open the app.

    It may be given again: what is there already is used, and the documents are written as they were.
    """
    url = database or str(folder / "books.db")
    _make_folder(folder)
    if not _is_there(url):
        _build(url, 60, 1)
    store = open_books(url, key=None)
    try:
        done, problems = _close_october(Acting(store, PREPARES, MADE_UP_NOW), Acting(store, APPROVES, MADE_UP_NOW), folder / str(OCTOBER))
    finally:
        store.close()
    _tell(done, url, folder / str(OCTOBER))
    tell(problems, heading="These are not as they should be:")
    if problems:
        raise found_wrong()
    if not no_serve:
        sit_down(url, key=None, user=PREPARES, documents=folder)
        run_app(shown(url), port, open_browser=not no_browser and sys.stdout.isatty())


def sample(
    people: Annotated[int, typer.Option("--people", min=15, max=20_000, help="About how many people it supports.")] = 60,
    seed: Annotated[int, typer.Option(help="Another number makes other people; the same makes the same.")] = 1,
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Make an invented provider in new books: February to September closed, October ready to be run."""
    if not on_server(database) and _is_there(database):
        raise InputError(f"{database} stands there already.", "Choose another name with --database, or remove the old sample.")
    _build(database, people, seed)
    typer.echo(f"The sample is in {shown(database)}. Its users are {PREPARES}, who prepares, and {APPROVES}, who approves. Try:")
    typer.echo(f"  ringfence month-end {OCTOBER} --out documents --as {PREPARES}{option_for(database)}")


def _is_there(url: str) -> bool:
    """Whether the books stand there. On a server they do, unless an owner's address was given to make them with."""
    return not os.environ.get(OWNER_VARIABLE) if on_server(url) else _file(url).exists()


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///")).expanduser()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise InputError(f"The folder {folder} cannot be made: {fault.strerror}.", "Choose another with --folder FOLDER.") from fault


def _build(url: str, people: int, seed: int) -> None:
    """Build the sample. A file gets its name once it is whole, so that one that was interrupted is never taken for the sample."""
    part = None if on_server(url) else _file(url).with_name(f"{_file(url).name}.part")
    try:
        _remove(part)
        with progress("Making the sample") as on_progress:
            build_sample(str(part or url), people=people, seed=seed, owner_url=os.environ.get(OWNER_VARIABLE), on_progress=on_progress)
        if part is not None:
            part.replace(_file(url))
    finally:
        _remove(part)


def _remove(part: Path | None) -> None:
    for end in ("", "-wal", "-shm", "-journal") if part is not None else ():
        Path(f"{part}{end}").unlink(missing_ok=True)


def _close_october(prepares: Acting, approves: Acting, out: Path) -> tuple[MonthEnd, list[Problem]]:
    with progress("October 2026: drafts") as on_progress:
        digest = approved_before(prepares, OCTOBER) or prepare_month(prepares, OCTOBER, out, on_progress=on_progress).digest
    with progress("October 2026: documents") as on_progress:
        done = approve_month(approves, OCTOBER, digest, out, on_progress=on_progress)
    return done, [*done.set_aside, *verify(prepares.store)]


def _tell(done: MonthEnd, url: str, out: Path) -> None:
    typer.echo(f"The sample provider is in {shown(url)}.")
    typer.echo(f"{OCTOBER.in_words} was prepared by {PREPARES} and approved by {APPROVES}: {done.written} documents are in {out}.")
    typer.echo("Open a statement and an invoice there. What is kept, the statements, the invoices and the seals were checked.")

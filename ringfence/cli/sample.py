"""`ringfence demo` and `ringfence sample`: an invented provider to try everything on."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from sample_data.build import APPROVES, PREPARES, build_sample

from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.month_end import MonthEnd, approve_month, approved_before, prepare_month
from ringfence.actions.verifying import verify
from ringfence.cli.common import DATABASE_VARIABLE, DEFAULT_DATABASE, OWNER_VARIABLE, Database, found_wrong, tell

OCTOBER = Month(2026, 10)
MADE_UP_NOW = datetime(2026, 11, 4, 10, tzinfo=UTC)
"""The sample lives in its own time: its October is closed on the same day whenever it is run, so its documents are always the same."""


def demo(
    folder: Annotated[Path, typer.Option(help="Where the sample and its documents go.")] = Path("ringfence-demo"),
    database: Annotated[str, typer.Option("--database", envvar=DATABASE_VARIABLE, help="Another database for the sample.")] = "",
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Do not go on to the app.")] = False,
) -> None:
    """Make the sample provider, run its October from preparing to issuing, and check that everything adds up."""
    folder.mkdir(parents=True, exist_ok=True)
    url = database or str(folder / "books.db")
    if database.startswith("postgres") or not Path(url).exists():
        _build(url, 60, 1)
    store = open_books(url, key=None)
    prepares, approves = Acting(store, PREPARES, MADE_UP_NOW), Acting(store, APPROVES, MADE_UP_NOW)
    out = folder / str(OCTOBER)
    digest = approved_before(prepares, OCTOBER) or prepare_month(prepares, OCTOBER, out).digest
    done = approve_month(approves, OCTOBER, digest, out)
    problems = verify(store)
    store.close()
    _tell(done, url, out)
    if not no_serve:
        typer.echo("The app over these books is still to come; until then the other commands work on them.")
    tell((*done.set_aside, *problems), heading="These are not as they should be:")
    if done.set_aside or problems:
        raise found_wrong()


def sample(
    people: Annotated[int, typer.Option("--people", min=15, max=20_000, help="About how many people it supports.")] = 60,
    seed: Annotated[int, typer.Option(help="Another number makes other people; the same makes the same.")] = 1,
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Make an invented provider in a new database: February to September closed, October ready to be run."""
    _build(database, people, seed)
    typer.echo(f"The sample is in {database}. Its users are {PREPARES}, who prepares, and {APPROVES}, who approves. Try:")
    typer.echo(f"  ringfence month-end {OCTOBER} --out documents --as {PREPARES} --database {database}")


def _build(url: str, people: int, seed: int) -> None:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Making the sample")
        build_sample(url, people=people, seed=seed, owner_url=os.environ.get(OWNER_VARIABLE),
                     on_progress=lambda done, of: progress.update(task, completed=done, total=of))


def _tell(done: MonthEnd, url: str, out: Path) -> None:
    typer.echo(f"The sample provider is in {url}.")
    typer.echo(f"{OCTOBER.in_words} was prepared by {PREPARES} and approved by {APPROVES}: {done.written} documents are in {out}.")
    typer.echo("Open a statement and an invoice there. Everything adds up: kept balances, statements, invoices and seals were checked.")

"""`ringfence import`: people and visits in, conflicts listed, an import undone."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from ringfence.actions import importing
from ringfence.cli.common import DEFAULT_DATABASE, As, Database, Json, acting, found_wrong, tell

app = typer.Typer(help="Bring in people and visits; list conflicts; undo an import.", no_args_is_help=True)


@app.command()
def people(file: Path, user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """Bring in people from a CSV or Excel file (docs/formats/people.md)."""
    with acting(database, user) as who:
        done = importing.import_people(who, file)
    _tell(done, json_, "people")


@app.command()
def visits(file: Path, user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """Bring in visits from a CSV or Excel file (docs/formats/visits.md)."""
    with acting(database, user) as who:
        done = importing.import_visits(who, file)
    _tell(done, json_, "visits")


@app.command()
def undo(import_id: int, user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """Undo an import of visits as a whole: its rows are withdrawn, and what they were charged is reversed."""
    with acting(database, user) as who:
        count = importing.undo_import(who, import_id)
    typer.echo(f"Import {import_id} is undone: {count} visits are withdrawn. The file can be brought in again.")


@app.command()
def conflicts(user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """List rows that came again under a known key and said something else. The first version stands."""
    with acting(database, user) as who:
        rows = importing.list_conflicts(who)
    for row in rows:
        typer.echo(f"import {row.batch_id}, row {row.row_number}: {row.key}\n  kept:    {row.kept}\n  offered: {row.offered}")
    typer.echo(f"{len(rows)} rows are in conflict." if rows else "No row is in conflict.")


def _tell(done: importing.Imported, json_: bool, what: str) -> None:
    if json_:
        typer.echo(json.dumps({
            "import": done.import_id, "new": done.new, "same": done.same, "changed": done.changed, "conflicts": done.conflicts,
            "notices": list(done.notices),
            "problems": [{"place": one.place, "what": one.what, "to_do": one.to_do} for one in done.problems],
        }, ensure_ascii=False, indent=2))
    else:
        numbered = f" (import {done.import_id})" if done.import_id is not None and what == "visits" else ""
        typer.echo(f"{done.new} {what} came in{numbered}; {done.changed} changed; {done.same} were here already; "
                   f"{done.conflicts} are in conflict; {len(done.problems)} problems.")
        for notice in done.notices:
            typer.echo(f"  {notice}")
        if done.conflicts:
            typer.echo("  See them with: ringfence import conflicts")
        tell(done.problems, heading="These did not come in:")
    if done.problems:
        raise found_wrong()

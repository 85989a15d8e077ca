"""`ringfence import`: people, visits, bank lines and remittance advices in, conflicts listed, an import undone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ringfence.actions import bank_in, importing
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.cli.bank_told import tell_bank, tell_remittance
from ringfence.cli.common import As, Database, Json, acting, complain, found_wrong, in_json, tell

app = typer.Typer(help="Bring in people, visits and bank files, list conflicts, undo an import.", no_args_is_help=True, rich_markup_mode=None)

Table = Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file or an Excel workbook (.xlsx).")]


@app.command(short_help="Bring in people.")
def people(file: Table, user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """Bring in people (docs/formats/people.md). Good rows come in; the others are listed with what to do."""
    with acting(database, user) as who:
        done = importing.import_people(who, file)
    _tell(done, json_, "people")


@app.command(short_help="Bring in visits.")
def visits(file: Table, user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """Bring in visits (docs/formats/visits.md). Good rows come in; the others are listed with what to do."""
    with acting(database, user) as who:
        done = importing.import_visits(who, file)
    _tell(done, json_, "visits")


@app.command(short_help="Bring in a bank’s file.")
def bank(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="OFX, MT940, CAMT.053, or the bank’s table as CSV or Excel.")],
    account: Annotated[str, typer.Option("--account", metavar="WHOSE", help="The account it is of: people or provider.")],
    columns: Annotated[str, typer.Option("--columns", metavar="NAME", help="Columns that were noted under this name (docs/formats/bank.md).")] = "",
    alike: Annotated[bool, typer.Option("--alike", help="Also bring in rows that look like lines which are here already.")] = False,
    transfer: Annotated[list[int] | None, typer.Option("--transfer", metavar="ROW", help="A row that came from your own account.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Bring in the lines of a bank file (docs/formats/bank.md) that are not here yet, unplaced. Another person approves them."""
    with acting(database, user) as who:
        done = bank_in.import_bank(who, file, account, columns=columns, alike=alike, transfers=transfer or ())
    tell_bank(done, database, as_json=json_)


@app.command(short_help="Note a payer’s remittance advice.")
def remittance(file: Table, user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """Note which invoices a payer says that one payment is for, so that its bank line finds them (docs/formats/bank.md)."""
    with acting(database, user) as who:
        advice, said = bank_in.import_remittance(who, file)
    tell_remittance(advice, said, as_json=json_)


@app.command(short_help="Undo an import of visits as a whole.")
def undo(
    import_id: Annotated[int, typer.Argument(metavar="NUMBER", help="The number that the import of visits printed.")],
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Undo an import of visits as a whole: its rows are withdrawn, and what they were charged is reversed."""
    with acting(database, user) as who:
        count = importing.undo_import(who, import_id)
    typer.echo(f"Import {import_id} is undone. Visits withdrawn: {count}. The file can be brought in again.")


@app.command(short_help="List rows that came again and said something else.")
def conflicts(user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """List rows that came again under a known key and said something else. The first version stands."""
    with acting(database, user) as who:
        rows = importing.list_conflicts(who)
    for row in rows:
        typer.echo(f"import {row.batch_id}, row {row.row_number}: {row.key}\n  kept:    {row.kept}\n  offered: {row.offered}")
    typer.echo(f"Rows in conflict: {len(rows)}. What is kept stands." if rows else "No row is in conflict.")


def _tell(done: importing.Imported, json_: bool, what: str) -> None:
    if json_:
        typer.echo(in_json({
            "import": done.import_id, "new": done.new, "same": done.same, "changed": done.changed, "conflicts": done.conflicts,
            "notices": list(done.notices),
            "problems": [{"place": one.place, "what": one.what, "to_do": one.to_do} for one in done.problems],
        }))
    else:
        _tell_person(done, what)
    if done.problems:
        raise found_wrong()


def _tell_person(done: importing.Imported, what: str) -> None:
    numbered = f" (import {done.import_id})" if done.import_id is not None and what == "visits" else ""
    changed = f" Changed: {done.changed}." if what == "people" else f" In conflict: {done.conflicts}."
    typer.echo(f"New {what}: {done.new}{numbered}. Here already: {done.same}.{changed} Not taken: {len(done.problems)}.")
    for notice in done.notices:
        complain(f"  {notice}")
    if done.conflicts:
        typer.echo("  See what differs with: ringfence import conflicts --as USER")
    tell(done.problems, heading="These did not come in:")

"""`ringfence documents` and `ringfence statements`: what goes out of an issued month, and who may see it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from basics.periods import Month, day_in_words, day_of
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.documents_out import DocumentsOut, write_documents
from ringfence.actions.published import Publication
from ringfence.actions.publishing import Published, publish
from ringfence.actions.statement_list import StatementOut, statements_out
from ringfence.cli.common import As, Database, Json, MonthArgument, acting, found_wrong, in_json, progress, tell

Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="How many processes print documents.")]

group = typer.Typer(no_args_is_help=True, help="Statements: which are published, and publishing them.")


def documents(
    month: MonthArgument,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The folder for documents; it is made if it is not there.")],
    workers: Workers = 1,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Write every document of an issued month: a folder for each payer and person, what is to be posted, an index, control totals.

    What has not changed since the last time is left as it stands, so a run that was stopped is taken up by giving it again.
    """
    named = Month.parse(month)
    with acting(database, user) as who, progress(f"{named.in_words}: documents") as on_progress:
        done = write_documents(who, named, out, workers=workers, on_progress=on_progress)
    if json_:
        typer.echo(in_json({"month": str(named), "written": done.written, "stood": done.stood, "set_aside": [str(each) for each in done.set_aside],
                            "controls": [asdict(each) for each in done.controls]}))
    else:
        _tell_documents(done)
    if done.set_aside or not done.all_agree:
        raise found_wrong()


@group.command("publish", short_help="Let statements be seen by whom they are for.")
def publish_statements(
    month: MonthArgument,
    funds: Annotated[list[str] | None, typer.Argument(metavar="[FUND]...", help="Only these funds, like isf-P001; without any, all.")] = None,
    workers: Workers = 1,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Publish the issued statements of a month, each in the form that its person needs.

    What is published already stays as it is, unless its form or its words have changed: then it is published as a new version.
    """
    named = Month.parse(month)
    with acting(database, user) as who, progress(f"{named.in_words}: statements") as on_progress:
        done = publish(who, named, funds or (), workers=workers, on_progress=on_progress)
    if json_:
        typer.echo(in_json({"month": str(named), "new": done.new, "again": done.again, "same": done.same,
                            "set_aside": [str(each) for each in done.set_aside]}))
    else:
        typer.echo(f"{named.in_words}: {in_words(done)}")
        tell(done.set_aside, heading="These could not be printed, and are not published:")
    if done.set_aside:
        raise found_wrong()


@group.command("list", short_help="List a month’s statements: form, and who published each.")
def list_statements(month: MonthArgument, user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """List the issued statements of a month, each with its form and every version that was published."""
    named = Month.parse(month)
    with acting(database, user) as who:
        found = statements_out(who, named)
    if json_:
        typer.echo(in_json([_as_data(each) for each in found]))
        return
    for each in found:
        typer.echo(f"{each.issued.fund}, {each.issued.known_as}: {each.form.value}")
        typer.echo("\n".join(f"  {version_in_words(one)}" for one in each.versions) or "  Not published")
    if not found:
        typer.echo(f"No statement of {named.in_words} has been issued. Statements come with month end.")


def in_words(done: Published) -> str:
    """“41 published, 2 of them as a new version. 3 published before and unchanged.”"""
    count = done.new + done.again
    again = f", {done.again:,} of them as a new version in place of the one before" if done.again else ""
    same = f" {done.same:,} published before and unchanged." if done.same else ""
    return f"{count:,} {'statement' if count == 1 else 'statements'} published{again}.{same}"


def version_in_words(each: Publication) -> str:
    """“Version 2, large print 18, published by asha on 3 November 2026, replaced”."""
    replaced = ", replaced" if each.is_replaced else ""
    return f"Version {each.version}, {each.form.value}, published by {each.by} on {day_in_words(day_of(each.at))}{replaced}"


def _tell_documents(done: DocumentsOut) -> None:
    typer.echo(f"{done.month.in_words}: {done.written:,} documents written to {done.folder}, {done.stood:,} stood there already.")
    typer.echo(f"Begin with {done.folder / 'index.html'}.")
    for each in done.controls:
        typer.echo(f"  {each.what}: {each.second} {each.second_words}; {each.first} {each.first_words}: {'agree' if each.agrees else 'DIFFER'}")
    tell(done.set_aside, heading="These documents were set aside:")


def _as_data(each: StatementOut) -> dict[str, object]:
    return {"fund": each.issued.fund, "person": each.issued.person, "document": each.issued.document_id, "form": each.form.value, "published": [
        {"version": one.version, "form": one.form.value, "by": one.by, "at": one.at.isoformat(), "replaced": one.is_replaced}
        for one in each.versions]}

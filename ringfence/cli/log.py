"""`ringfence log`: who did what, and when. It names users, and nobody who is supported."""

from __future__ import annotations

from typing import Annotated

import typer

from basics.errors import InputError
from basics.periods import LONDON, day_in_words
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.log import Entry, log_between
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, day_given, day_or_none, in_json


def log(
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day; the beginning of the books if not given.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day; today if not given.")] = "",
    of: Annotated[str, typer.Option("--user", metavar="USER", help="Only what this user did.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List who did what and when, the latest first. The app shows what each changed."""
    with acting(database, user) as who:
        begins, ends = day_or_none(first, "--from"), day_given(last, who.today, "--to")
        if begins and begins > ends:
            raise InputError(f"{day_in_words(begins)} is after {day_in_words(ends)}.", "Give the earlier day first.", "--from")
        found = log_between(who, begins, ends, of)
    if json_:
        typer.echo(in_json([_as_data(each) for each in found]))
    else:
        typer.echo("\n".join(aligned([("When", "Who", "What", "About"), *map(_as_row, found)], left=True)) if found else "Nothing was done then.")


def _as_row(each: Entry) -> tuple[str, str, str, str]:
    return f"{each.at.astimezone(LONDON):%d/%m/%Y %H:%M}", each.user, each.did, each.about


def _as_data(each: Entry) -> dict[str, object]:
    return {"number": each.number, "at": each.at.isoformat(), "user": each.user, "did": each.did, "about": each.about or None}

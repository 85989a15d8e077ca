"""`ringfence going-live`: a rehearsal that stores nothing, and a month that ran in the old system and here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError
from basics.money import Money
from basics.periods import Month, minutes_in_words
from isf.parallel_month import Beside, Compared, Measured
from ringfence.actions.applying import Applied, rehearse_file
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.parallel_month import compare_month
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, found_wrong, in_json, show, things

group = typer.Typer(help="Bring the old books over: rehearse it, and compare a month.", no_args_is_help=True, rich_markup_mode=None)


@group.command("rehearse")
def rehearse(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The apply file with its section “going_live” (docs/going-live.md).")],
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Show what a file would bring over, held beside the old books' totals. Nothing is stored."""
    with acting(database, user) as who:
        found = rehearse_file(who, file)
    if json_:
        typer.echo(in_json({"digest": found.digest, "changes": list(found.said)}))
        return
    typer.echo("\n".join(_as_text(found)))


@group.command("compare")
def compare(
    file: Annotated[Path, typer.Argument(metavar="OLD", help="What the old system shows by person: CSV or Excel (docs/formats/old-figures.md).")],
    month: Annotated[str, typer.Option("--month", metavar="MONTH", help="Which month, like 2026-10.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Hold a month of the old system beside the same month here, person by person. Exit code 1 where anything differs."""
    if not month:
        raise InputError("The month is missing.", "Say which: --month 2026-10.", "--month")
    with acting(database, user) as who:
        found = compare_month(who, file, Month.parse(month))
    show(as_data(found), as_text(found, Month.parse(month)), as_json=json_)
    if found.differing:
        raise found_wrong()


def _as_text(found: Applied) -> Iterator[str]:
    """The same lines as `apply` prints, and that nothing of it is stored."""
    if not found.said:
        yield "The file says nothing that is not there already."
        return
    yield from (f"  {words}" for words in found.said)
    yield f"{things(len(found.said))} new or changed. This was a rehearsal: nothing of it is stored."
    yield f"Prepared now, its digest would be {found.digest[:16]}."


def as_text(found: Compared, month: Month) -> Iterator[str]:
    """Every difference with its reason, then the totals of both."""
    people = {each.person for each in found.lines}
    agreeing = people - {each.person for each in found.differing}
    yield f"{month.in_words}: {len(agreeing)} of {len(people)} people agree in every figure"
    for each in found.differing:
        yield f"  {each.person}, {each.measured}: {_shown(each, each.old)} in the old system, {_shown(each, each.ours)} here"
        yield f"      {each.reason}"
    yield ""
    yield from aligned([("Together", "old", "here", "difference"), *(
        (str(one), amount(one, old), amount(one, ours), amount(one, ours - old)) for one, (old, ours) in found.totals.items())])


def as_data(found: Compared) -> dict[str, object]:
    """The same for another program: pounds as text with two decimals, hours as whole minutes, null where a system does not have it."""
    return {
        "agrees": not found.differing,
        "lines": [{"person": each.person, "figure": each.measured.value, "old": _plain(each.measured, each.old),
                   "here": _plain(each.measured, each.ours), "agrees": each.agrees, "reason": each.reason} for each in found.lines],
        "totals": {one.value: {"old": _plain(one, old), "here": _plain(one, ours)} for one, (old, ours) in found.totals.items()},
    }


def amount(measured: Measured, value: int) -> str:
    return minutes_in_words(value) if measured is Measured.DELIVERED else str(Money(value))


def _shown(each: Beside, value: int | None) -> str:
    return "nothing" if value is None else amount(each.measured, value)


def _plain(measured: Measured, value: int | None) -> str | int | None:
    return value if value is None or measured is Measured.DELIVERED else Money(value).plain

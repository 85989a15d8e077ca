"""`ringfence export` and `ringfence exports`: what goes out to accounts, councils and receivers of electronic invoices."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError, Problem
from basics.money import Money
from basics.periods import Month, Period, day_in_figures, day_of
from ringfence.actions import exporting
from ringfence.actions.acting import Acting
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.exporting import Exported, Sent
from ringfence.actions.exports_made import Asked, Export
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, day_given, found_wrong, in_json, show, tell

KINDS = ", ".join(Export)
HEADINGS = ("", "kind", "days", "documents", "sum", "sent on", "by")


def export(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"What for: {KINDS}.")],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The folder for the files; it is made if it is not there.")],
    month: Annotated[str, typer.Option("--month", metavar="MONTH", help="The days of this month, like 2026-10.")] = "",
    from_on: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, where it is no whole month.")] = "",
    to_on: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day.")] = "",
    funder: Annotated[str, typer.Option("--funder", metavar="FUNDER", help="Of delivery: the reference of the payer whose file it is.")] = "",
    names: Annotated[bool, typer.Option("--names", help="Put names of payers and people where references stand.")] = False,
    again: Annotated[int | None, typer.Option("--again", metavar="NUMBER", help="The same files as that export made. Records nothing.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Write what has not gone out yet, with a control file, and record that it was sent. What is set aside is told, with exit code 1."""
    if kind not in set(Export):
        raise InputError(f"“{kind}” is nothing that can be exported.", f"Choose one of: {KINDS}.")
    with acting(database, user) as who:
        if again is None:
            done = exporting.export(who, Asked(Export(kind), _days(month, from_on, to_on), funder, names), out)
        else:
            done = _again(who, Export(kind), again, out)
    tell(done.notes, heading="Look at these:")
    tell([problem for each in done.aside for problem in each.problems], heading=f"{exporting.aside_in_words(done)} Why, and what to do:")
    show(as_data(done), as_text(done, out), as_json=json_)
    if done.aside:
        raise found_wrong()


def list_exports(user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """List what was exported, and what has not gone out yet."""
    with acting(database, user) as who:
        sent, waiting = exporting.exports(who), exporting.waiting(who)
    if json_:
        typer.echo(in_json([_sent(each) for each in sent]))
        return
    rows = [(str(each.n), each.asked.kind, str(each.asked.period), str(each.documents), str(Money(each.pence)), day_in_figures(day_of(each.at)),
             each.by) for each in sent]
    typer.echo("\n".join(aligned([HEADINGS, *rows], left=True)) if rows else "Nothing was exported yet.")
    for each in waiting:
        typer.echo(f"Not sent to {each.kind}: {each.invoices} invoices, {Money(each.pence)}, issued {each.issued}")


def as_text(done: Exported, out: Path) -> list[str]:
    """What was sent, and where it is."""
    sent = done.sent
    before = f" {done.before} were sent before and are not in it." if done.before else ""
    return [f"Export {sent.n}, {sent.asked.kind}, {sent.asked.period}: {sent.documents} documents, {Money(sent.pence)}.{before}"
            f"{' ' if done.aside else ''}{exporting.aside_in_words(done)}",
            *(f"  {out / each.name}" for each in done.files)]


def as_data(done: Exported) -> dict[str, object]:
    """The same for another program."""
    return _sent(done.sent) | {
        "sent_before": done.before, "files": [{"name": each.name, "rows": each.rows, "documents": each.documents, "sum": Money(each.pence).plain,
                                               "sha256": each.sha256} for each in done.files],
        "notes": _told(done.notes),
        "set_aside": [{"number": each.number, "sum": Money(each.pence).plain, "reasons": _told(each.problems)} for each in done.aside]}


def _told(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [{"place": each.place, "what": each.what, "to_do": each.to_do} for each in problems]


def _sent(sent: Sent) -> dict[str, object]:
    return {"export": sent.n, "kind": sent.asked.kind.value, "from": sent.asked.period.first.isoformat(), "to": sent.asked.period.last.isoformat(),
            "funder": sent.asked.funder or None, "names": sent.asked.names, "documents": sent.documents, "sum": Money(sent.pence).plain,
            "digest": sent.digest, "by": sent.by, "at": sent.at.isoformat()}


def _again(who: Acting, kind: Export, n: int, out: Path) -> Exported:
    found = next((each for each in exporting.exports(who) if each.n == n), None)
    if found is not None and found.asked.kind is not kind:
        raise InputError(f"Export {n} is for {found.asked.kind}, not for {kind}.", f"Give: ringfence export {found.asked.kind} --again {n}")
    return exporting.export_again(who, n, out)


def _days(month: str, from_on: str, to_on: str) -> Period:
    if bool(month) == bool(from_on or to_on):
        raise InputError("Say which days, in one way." if month else "Nobody said which days.", "Give --month 2026-10, or --from and --to.")
    if month:
        return Month.parse(month).period
    return Period(day_given(from_on, None, "--from"), day_given(to_on, None, "--to"))

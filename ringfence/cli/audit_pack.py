"""`ringfence audit-pack FUND --from DAY --to DAY --out FILE.zip`: everything that a council asks for about one fund, with an index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import Period
from ringfence.actions.audit_pack import audit_pack
from ringfence.actions.audit_zip import AuditPack, keep_pack
from ringfence.actions.desk import DEFAULT_DATABASE, beside
from ringfence.actions.evidence import EVIDENCE_FOLDER, EVIDENCE_VARIABLE
from ringfence.cli.common import As, Database, Json, acting, day_given, show


def pack(
    fund: Annotated[str, typer.Argument(help="The fund, like isf-P001.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.zip", help="The file to write. One that is there already is left as it is.")],
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, like 2026-04-01.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day; today if not given.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Make the audit pack of one fund: agreement, plan, statements, entries, evidence, reconciliation, reviews, corrections and worries."""
    with acting(database, user) as who:
        period = Period(day_given(first, None, "--from"), day_given(last, who.today, "--to"))
        made = audit_pack(who, fund, period, beside(database, EVIDENCE_FOLDER, EVIDENCE_VARIABLE))
    keep_pack(made, out)
    show(as_data(made, out), as_text(made, out), as_json=json_)


def as_text(made: AuditPack, out: Path) -> Iterator[str]:
    """What is in it, what is not and why, and whether the entries add to the statements."""
    yield f"{out}: {len(made.files)} files about {made.fund}, {made.period}"
    yield from (f"  {each.name}: {each.what}" for each in made.files)
    if made.missing:
        yield "Not in it:"
        yield from (f"  {each}" for each in made.missing)
    agree = sum(each.agrees for each in made.ties)
    if made.ties:
        yield f"Statements to which the entries add: {agree} of {len(made.ties)}."
    yield f"Places in which another person was named, and the name was taken out: {made.taken_out}."


def as_data(made: AuditPack, out: Path) -> dict[str, object]:
    """The same for another program."""
    return {
        "fund": made.fund, "from": made.period.first.isoformat(), "to": made.period.last.isoformat(), "file": str(out),
        "files": [{"name": each.name, "what": each.what, "sha256": each.sha256, "bytes": len(each.content)} for each in made.files],
        "missing": list(made.missing), "taken_out": made.taken_out,
        "statements": [{"month": str(each.month), "opens": Money(each.said[0]).plain, "closes": Money(each.said[1]).plain, "agrees": each.agrees}
                       for each in made.ties]}

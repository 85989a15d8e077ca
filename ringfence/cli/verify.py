"""`ringfence verify`: does everything add up?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from ringfence.actions.desk import DEFAULT_DATABASE, beside
from ringfence.actions.evidence import EVIDENCE_FOLDER, EVIDENCE_VARIABLE, check_evidence
from ringfence.actions.verifying import verify as find_problems
from ringfence.cli.common import As, Database, Json, acting, found_wrong, in_json, tell, things


def verify(
    referee: Annotated[bool, typer.Option("--referee", help="Have beancount add up every account as well, a month at a time.")] = False,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Check that everything adds up. It changes nothing, and needs no --as.

    Kept balances are the sums of their entries, contracts are their allocations and top-slices, statements are the ledger, invoices
    are their charges, no seal is broken, and every paper that is kept as evidence is still what it was.
    """
    with acting(database, user) as who:
        if user:
            with who.reading():
                pass
        problems = [*find_problems(who.store, referee=referee), *check_evidence(who.store, beside(database, EVIDENCE_FOLDER, EVIDENCE_VARIABLE))]
    if json_:
        typer.echo(in_json([asdict(one) for one in problems]))
    elif not problems:
        typer.echo("Everything adds up" + (", and the referee agrees." if referee else "."))
    if problems:
        tell(() if json_ else problems, heading=f"{things(len(problems))} found that should not be:")
        raise found_wrong()

"""`ringfence template`: an example of each kind of file, to start one's own from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError
from ringfence.actions.costing import as_cost_workbook, example_content, keep_workbook
from ringfence.importing.templates import TEMPLATES
from ringfence.importing.templates import template as text_of


def template(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of {', '.join(TEMPLATES)}.")],
    xlsx: Annotated[Path | None, typer.Option(metavar="OUT", help="Of cost: write it as a workbook to fill in.")] = None,
) -> None:
    """Print an example file, to be saved and changed: ringfence template visits > visits.csv."""
    text = text_of(kind)
    if xlsx is None:
        typer.echo(text, nl=False)
    elif kind == "cost":
        keep_workbook(as_cost_workbook(example_content()), xlsx)
    else:
        raise InputError(f"There is no workbook of “{kind}”.", "Only cost has one: ringfence template cost --xlsx OUT.xlsx.")

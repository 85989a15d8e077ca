"""`ringfence template`: an example of each kind of file, to start one's own from."""

from __future__ import annotations

from typing import Annotated

import typer

from ringfence.importing.templates import template as text_of


def template(kind: Annotated[str, typer.Argument(metavar="KIND", help="cost, split, people, visits or apply.")]) -> None:
    """Print an example file, to be saved and changed: ringfence template visits > visits.csv."""
    typer.echo(text_of(kind), nl=False)

"""`ringfence template`: an example of each kind of file, to start one's own from."""

from __future__ import annotations

import typer

from ringfence.importing.templates import template as text_of


def template(kind: str) -> None:
    """Print an example file: cost, split, people, visits or apply."""
    typer.echo(text_of(kind), nl=False)

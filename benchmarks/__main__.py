"""`python -m benchmarks`: everything that Ringfence must be fast at, in one table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from benchmarks.running import MODULES, gathered, machine, screen, show, write_json

app = typer.Typer(add_completion=False)


@app.command()
def main(
    json_: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the table to this file too, as JSON.")] = None,
    only: Annotated[list[str] | None, typer.Option("--only", metavar="NAME", help=f"Only one of: {', '.join(MODULES)}. May be repeated.")] = None,
    full: Annotated[bool, typer.Option("--full", help="The largest sizes as well; this takes much longer.")] = False,
) -> None:
    """Measure, and print what came of it. Exit code 0 whether the goals are met or not, 1 where something could not be measured."""
    unknown = sorted(set(only or ()) - set(MODULES))
    if unknown:
        raise typer.BadParameter(f"There is no {', '.join(unknown)}. Choose from: {', '.join(MODULES)}.", param_hint="--only")
    out = screen()
    out.print(machine())
    lines, whole = gathered([name for name in MODULES if not only or name in only], out, full=full)
    show(lines, out)
    if json_ is not None:
        write_json(lines, json_)
    raise typer.Exit(0 if whole else 1)


if __name__ == "__main__":
    app(prog_name="python -m benchmarks")

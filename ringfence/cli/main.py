"""The `ringfence` command. Exit codes: 0 done; 1 refused or found wrong, every problem listed; 2 the command was not understood."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path

import typer

from basics.errors import RingfenceError
from ringfence.cli import books, cost, importing, month_end, position, sample, split, templates, verify

app = typer.Typer(
    name="ringfence", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="What does this support cost, whose money is it, and who owes us?")
app.command("demo")(sample.demo)
app.command("init")(books.init)
app.command("cost")(cost.cost)
app.command("split")(split.split)
app.command("apply")(books.apply)
app.command("approve")(books.approve)
app.command("month-end")(month_end.month_end)
app.command("lock")(month_end.lock)
app.command("reopen")(month_end.reopen)
app.command("position")(position.position)
app.command("verify")(verify.verify)
app.command("sample")(sample.sample)
app.command("template")(templates.template)
app.add_typer(importing.app, name="import")
app.add_typer(books.users, name="user")


def main() -> None:
    """Run the command. Whatever goes wrong, a person reads what happened and what to do, never a traceback."""
    try:
        app()
    except RingfenceError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("Stopped. Nothing was left half done.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        log = Path(tempfile.gettempdir()) / "ringfence-fault.log"
        log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        typer.echo(f"Something went wrong that should not have: {type(error).__name__}. Nothing was left half done. "
                   f"What happened is in {log}; please report it with that file.", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()

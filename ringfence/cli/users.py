"""`ringfence user …`: who may come in and act, as what, and until when."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError
from basics.periods import day_in_figures
from ringfence.actions import users
from ringfence.actions.books import add_user
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.rights import Role
from ringfence.actions.users import GivenRole
from ringfence.cli.common import As, Database, Json, acting, day_given, day_or_none, in_json, things

PASSPHRASE_VARIABLE = "RINGFENCE_PASSPHRASE_FILE"

app = typer.Typer(help="Say who may come in, as what and until when.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the user.")]
Since = Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, like 2026-10-01.")]
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="The last day; until further notice if not given.")]


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the person is called here, as --as takes it.")],
    role: Annotated[list[Role] | None, typer.Option("--role", help="What they are here; may be given again.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Add somebody who may act. The first is added by nobody and is everything; everybody after by an administrator (--as).

    In practice books somebody of whom nothing is said is everything too; in real ones --role must say what they are.
    """
    with acting(database, user) as who:
        add_user(who.store, name, added_by=user, at=datetime.now(UTC), roles=role or ())
    typer.echo(f"{name} may act now.")


@app.command("list")
def list_(user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """List the users: what each is and until when, for whom they stand in, and who has left."""
    with acting(database, user) as who:
        found = users.list_users(who)
    if json_:
        typer.echo(in_json([{
            "name": each.name, "roles": [{"role": one.role, "from": one.first and one.first.isoformat(), "until": one.last and one.last.isoformat()}
                                         for one in each.roles],
            "stands_in_for": [{"name": one.absent, "from": one.first.isoformat(), "until": one.last.isoformat()} for one in each.stands_in],
            "supports": list(each.supports), "has_passphrase": each.has_passphrase, "left": each.left_on and each.left_on.isoformat(),
        } for each in found]))
        return
    for each in found:
        left = f", left on {day_in_figures(each.left_on)}" if each.left_on else ""
        typer.echo(f"{each.name}: {', '.join(map(role_in_words, each.roles)) or 'no role'}{left}")
        for one in each.stands_in:
            typer.echo(f"  stands in for {one.absent} from {day_in_figures(one.first)} until {day_in_figures(one.last)}")


@app.command("role")
def role(
    name: Name,
    what: Annotated[Role, typer.Argument(metavar="ROLE", help=f"One of: {', '.join(Role)}.")],
    first: Since = "",
    last: Until = "",
    take: Annotated[bool, typer.Option("--take", help="Take the role away, from today on.")] = False,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Make somebody something here, or take it away again. Somebody must always be left who says who may come in."""
    with acting(database, user) as who:
        if take:
            users.take_role(who, name, what)
        else:
            users.give_role(who, name, what, first=day_or_none(first, "--from"), last=day_or_none(last, "--until"))
    typer.echo(f"{name} is {'no longer ' if take else ''}{what} here.")


@app.command("passphrase")
def passphrase(name: Name, user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """Choose a passphrase for somebody, by which they sign in to the app. It is typed twice, and ends every session of theirs.

    It is not the key of the books, and cannot take its place.
    """
    with acting(database, user) as who:
        users.set_passphrase(who, name, _new_passphrase(name))
    typer.echo(f"{name} signs in with the new passphrase from now on.")


@app.command("stand-in")
def stand_in(
    name: Name,
    absent: Annotated[str, typer.Option("--for", metavar="USER", help="The approver who is away.")],
    first: Since,
    last: Annotated[str, typer.Option("--until", metavar="DAY", help="The last day.")],
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Have somebody approve for an approver who is away. They still approve nothing that they prepared themselves."""
    begins, ends = day_given(first, None, "--from"), day_given(last, None, "--until")
    with acting(database, user) as who:
        users.name_stand_in(who, absent, name, first=begins, last=ends)
    typer.echo(f"{name} approves for {absent} from {day_in_figures(begins)} until {day_in_figures(ends)}.")


@app.command("supports")
def supports(
    name: Name,
    people: Annotated[list[str], typer.Argument(metavar="PERSON…", help="The references of the people.")],
    first: Since = "",
    last: Until = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Say whom a co-ordinator supports: they see the plans, hours and positions of these people, and of nobody else."""
    with acting(database, user) as who:
        users.give_people(who, name, people, first=day_given(first, who.today, "--from"), last=day_or_none(last, "--until"))
    typer.echo(f"{name} supports {', '.join(people)}.")


@app.command("identity")
def identity(
    name: Name,
    issuer: Annotated[str, typer.Argument(metavar="ISSUER", help="The address of your sign-in service.")],
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="What that service calls the user.")],
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Say by which identity of your own sign-in service a user comes in. Nobody else ever comes in by it."""
    with acting(database, user) as who:
        users.name_identity(who, name, issuer, subject)
    typer.echo(f"{name} comes in as {subject}.")


@app.command("leave")
def leave(
    name: Name,
    to: Annotated[str, typer.Option("--to", metavar="USER", help="Who takes over the people that they support.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Somebody leaves: they are signed out, may do nothing any more, and their work is handed on. Nothing of what they did is lost."""
    with acting(database, user) as who:
        handed = users.leave(who, name, to=to)
    typer.echo(f"{name} has left and is signed out everywhere.")
    if handed.people:
        typer.echo(f"{to} now supports {', '.join(handed.people)}.")
    if handed.waiting:
        typer.echo(f"{things(len(handed.waiting))} that {name} prepared wait for somebody’s approval: {', '.join(handed.waiting)}.")


def role_in_words(given: GivenRole) -> str:
    """“approver from 01/10/2026 until 31/10/2026”."""
    since = f" from {day_in_figures(given.first)}" if given.first else ""
    return f"{given.role}{since}{f' until {day_in_figures(given.last)}' if given.last else ''}"


def _new_passphrase(name: str) -> str:
    """From the file that RINGFENCE_PASSPHRASE_FILE names, or typed twice; never from the command line, which others can see."""
    named = os.environ.get(PASSPHRASE_VARIABLE)
    if named:
        try:
            return Path(named).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise InputError(f"The file {named} cannot be read.", f"Correct the path in {PASSPHRASE_VARIABLE}.") from fault
    if not sys.stdin.isatty():
        raise InputError("A passphrase is typed at a terminal.", f"Or put it into a file and name that file in {PASSPHRASE_VARIABLE}.")
    chosen = getpass.getpass(f"Choose a passphrase for {name}: ")
    if getpass.getpass("The same again: ") != chosen:
        raise InputError("The two differ.", "Give the command again and type the same twice.")
    return chosen

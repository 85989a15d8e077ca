"""`ringfence month-end`, `lock` and `reopen`: one prepares, another approves, and the month is closed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError
from basics.money import Money
from basics.periods import Month
from ringfence.actions import month_end as actions
from ringfence.actions.month_plan import MonthPlan
from ringfence.cli.common import DEFAULT_DATABASE, As, Database, Json, Out, acting, found_wrong, tell


def month_end(
    month: Annotated[str, typer.Argument(help="The month, like 2026-10.")],
    preview: Annotated[bool, typer.Option("--preview", help="Show what it would do; store and write nothing.")] = False,
    approve: Annotated[str, typer.Option("--approve", metavar="DIGEST", help="Approve what somebody else prepared.")] = "",
    out: Out = None,
    hold_back: Annotated[bool, typer.Option("--hold-back", help="Leave visits with problems for a later month.")] = False,
    workers: Annotated[int, typer.Option("--workers", help="How many processes print documents.")] = 1,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Rate a month's visits, draft its invoices and statements, and, once approved by another, post and issue them."""
    if preview and approve:
        raise typer.BadParameter("Give --preview or --approve, not both.")
    if not preview and out is None:
        raise InputError("There is no folder for the documents.", "Name one with --out FOLDER, or only look with --preview.")
    with acting(database, user) as who:
        if preview:
            _show(actions.preview_month(who, Month.parse(month)), json_)
            return
        if approve:
            done = actions.approve_month(who, Month.parse(month), approve, out, workers=workers)
        else:
            done = actions.prepare_month(who, Month.parse(month), out, hold_back=hold_back, workers=workers)
    if done.plan is not None:
        _show(done.plan, json_)
    if not json_:
        _tell_done(done, out)
    tell(done.set_aside, heading="These documents were set aside:")
    if done.set_aside:
        raise found_wrong()


def lock(month: str, user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """Lock a month for good, once all its money is placed and its support is charged."""
    with acting(database, user) as who:
        actions.lock_month(who, Month.parse(month))
    typer.echo(f"{Month.parse(month).in_words} is locked.")


def reopen(month: str, user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """Ask for the last locked month to be opened again; another person approves it."""
    with acting(database, user) as who:
        digest = actions.reopen_month(who, Month.parse(month))
    typer.echo(f"Asked. It is opened once another person approves:\n  ringfence approve {digest[:16]} --as SOMEBODY-ELSE")


def _show(plan: MonthPlan, json_: bool) -> None:
    if json_:
        typer.echo(json.dumps(_as_data(plan), ensure_ascii=False, indent=2))
        return
    typer.echo(f"{plan.month.in_words}")
    typer.echo(f"  Support given     {plan.support!s:>16}  in {len(plan.charges)} charges")
    typer.echo(f"  To be invoiced    {plan.invoiced!s:>16}  in {len(plan.drafts)} invoices")
    typer.echo(f"  Statements        {len(plan.statements):>16}")
    typer.echo(f"  Digest            {plan.digest}")
    tell(plan.warnings, heading="Look at these; they stop nothing:")
    tell(plan.problems, heading="These are held back, and come in a later month once they are right:")
    tell(plan.not_ready, heading="These must be put right before it is issued:")


def _as_data(plan: MonthPlan) -> dict[str, object]:
    """The plan for another program; every amount is text with two decimals."""
    return {
        "month": str(plan.month), "digest": plan.digest, "support": plan.support.plain, "invoiced": plan.invoiced.plain,
        "invoices": [{"key": each.key, "to": each.bill_to, "for": each.person_words, "total": Money(each.total_pence).plain}
                     for each in plan.invoices],
        "statements": [{"fund": each.fund_key, "person": each.person_reference, "opening": Money(each.money.opening_pence).plain,
                        "closing": Money(each.money.closing_pence).plain, "support": Money(each.given_total_pence).plain,
                        "status": each.status} for each in plan.statements],
        "warnings": [str(each) for each in plan.warnings], "problems": [str(each) for each in plan.problems],
        "not_ready": [str(each) for each in plan.not_ready],
    }


def _tell_done(done: actions.MonthEnd, out: Path | None) -> None:
    if done.approved:
        before = "It was approved before, and nothing has changed. " if done.plan is None else ""
        typer.echo(f"{before}{done.month.in_words} is issued, sealed {actions.short_seal(done.seal)}.")
        typer.echo(f"{done.written} documents are in {out}.")
        return
    typer.echo(f"{done.written} drafts are in {out}, marked DRAFT. Nothing is posted until another person approves:")
    typer.echo(f"  ringfence month-end {done.month} --approve {done.digest[:16]} --out {out} --as SOMEBODY-ELSE")

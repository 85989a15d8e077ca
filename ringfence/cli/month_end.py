"""`ringfence month-end`, `lock` and `reopen`: one prepares, another approves, and the month is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import Month
from ringfence.actions import month_end as actions
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.held_invoices import held_in_words
from ringfence.actions.month_controls import Control, control_totals
from ringfence.actions.month_plan import MonthPlan
from ringfence.cli.common import As, Database, Json, MonthArgument, Out, acting, found_wrong, in_json, option_for, progress, tell


def month_end(
    month: MonthArgument,
    preview: Annotated[bool, typer.Option("--preview", help="Show what it would do. Nothing is stored and nothing is written.")] = False,
    approve: Annotated[str, typer.Option("--approve", metavar="DIGEST", help="Approve and issue what somebody else prepared.")] = "",
    out: Out = None,
    hold_back: Annotated[bool, typer.Option("--hold-back", help="Leave visits that cannot be charged for a later month.")] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="How many processes print documents.")] = 1,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Rate a month's visits and draw up its invoices and statements.

    Without --preview or --approve it is prepared: drafts are written to the folder, and a digest is printed. Another person reads the
    drafts and gives that digest with --approve: only then is anything posted, numbered and issued.
    """
    if preview and approve:
        raise typer.BadParameter("Give --preview or --approve, not both.")
    if not preview and out is None:
        raise typer.BadParameter("Name a folder for the documents with --out FOLDER, or only look with --preview.")
    named = Month.parse(month)
    with acting(database, user) as who:
        if preview:
            plan = actions.preview_month(who, named)
            _preview(plan, control_totals(who, plan), json_, option_for(database))
            return
        with progress(f"{named.in_words}: documents") as on_progress:
            if approve:
                done = actions.approve_month(who, named, approve, out, workers=workers, on_progress=on_progress)
            else:
                done = actions.prepare_month(who, named, out, hold_back=hold_back, workers=workers, on_progress=on_progress)
    _tell(done, out, json_, option_for(database))


def lock(month: MonthArgument, user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """Close a month for good, once all its money is placed and its support is charged."""
    named = Month.parse(month)
    with acting(database, user) as who:
        actions.lock_month(who, named)
    typer.echo(f"{named.in_words} is locked.")


def reopen(
    month: MonthArgument,
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help="Why: whoever approves it reads that.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Ask for the last locked month to be opened again. Another person approves it with the digest that is printed."""
    with acting(database, user) as who:
        digest = actions.reopen_month(who, Month.parse(month), why)
    typer.echo(f"Asked. It is opened once another person approves:\n  ringfence approve {digest[:16]} --as SOMEBODY-ELSE"
               f"{option_for(database)}")


def _preview(plan: MonthPlan, controls: Sequence[Control], json_: bool, option: str) -> None:
    if json_:
        typer.echo(in_json({**_as_data(plan), "controls": [asdict(one) for one in controls]}))
    else:
        _show(plan)
        typer.echo("Control totals, each reached by two ways:")
        for one in controls:
            typer.echo(f"  {one.what}: {one.first} {one.first_words}; {one.second} {one.second_words}: {'agree' if one.agrees else 'DIFFER'}")
        typer.echo(f"Nothing is stored. Prepare it with: ringfence month-end {plan.month} --out FOLDER --as USER{option}")
        tell(plan.problems, heading="These cannot be charged. Put them right, or leave them for a later month with --hold-back:")
    if plan.problems or plan.not_ready:
        raise found_wrong()


def _tell(done: actions.MonthEnd, out: Path | None, json_: bool, option: str) -> None:
    """What came of preparing or approving. Exit code 1 where documents were set aside, or it cannot be approved as it is."""
    if json_:
        typer.echo(in_json({
            **(_as_data(done.plan) if done.plan else {"month": str(done.month), "digest": done.digest}), "approved": done.approved,
            "seal": done.seal, "documents": done.written, "set_aside": [str(each) for each in done.set_aside],
        }))
    else:
        if done.plan is not None:
            _show(done.plan)
            tell(done.plan.problems, heading="These are held back, and come in a later month once they are right:")
        _tell_next(done, out, option)
        tell(done.set_aside, heading="These documents were set aside:")
    if done.set_aside or (done.plan is not None and done.plan.not_ready):
        raise found_wrong()


def _tell_next(done: actions.MonthEnd, out: Path | None, option: str) -> None:
    if done.approved:
        before = "It was approved before, and nothing has changed. " if done.plan is None else ""
        typer.echo(f"{before}{done.month.in_words} is issued, sealed {actions.short_seal(done.seal)}.")
        typer.echo(f"{done.written} documents are in {out}.")
        return
    typer.echo(f"{done.written} drafts are in {out and out / 'drafts'}, marked DRAFT. Nothing is posted.")
    if done.plan is not None and done.plan.not_ready:
        typer.echo("Put right what is listed, and prepare it again: as it is, it cannot be approved.")
        return
    typer.echo("Read them. It counts once another person approves:")
    typer.echo(f'  ringfence month-end {done.month} --approve {done.digest[:16]} --out "{out}" --as SOMEBODY-ELSE{option}')


def _show(plan: MonthPlan) -> None:
    typer.echo(f"{plan.month.in_words}")
    for words, figure, of in (("Support given", plan.support, f"in {len(plan.charges)} charges"),
                              ("To be invoiced", plan.invoiced, f"in {len(plan.drafts)} invoices"),
                              ("Statements", len(plan.statements), "")):
        typer.echo(f"  {words:<16}{figure!s:>16}  {of}".rstrip())
    typer.echo(f"  {'Digest':<16}{plan.digest[:16]:>16}")
    tell(held_in_words(plan.held), heading=f"{Money(plan.held_back.pence)} is held, and not issued with the rest until its payer acts:")
    tell(plan.warnings, heading="Look at these; they stop nothing now, and some stop the lock:")
    tell(plan.not_ready, heading="These must be put right before it is issued:")


def _as_data(plan: MonthPlan) -> dict[str, object]:
    """The plan for another program; every amount is text with two decimals."""
    return {
        "month": str(plan.month), "digest": plan.digest, "support": plan.support.plain, "invoiced": plan.invoiced.plain,
        "invoices": [{"key": each.key, "to": each.bill_to, "for": each.person_words, "total": Money(each.total_pence).plain}
                     for each in plan.invoices],
        "held": [{"key": each.draft.key, "to": each.record.bill_to, "for": each.record.person_words, "total": Money(each.draft.pence).plain,
                  "reasons": [{"what": one.what, "who": one.who, "to_do": one.to_do} for one in each.reasons]} for each in plan.held],
        "statements": [{"fund": each.fund_key, "person": each.person_reference, "opening": Money(each.money.opening_pence).plain,
                        "closing": Money(each.money.closing_pence).plain, "support": Money(each.given_total_pence).plain,
                        "status": each.status} for each in plan.statements],
        "warnings": [str(each) for each in plan.warnings], "problems": [str(each) for each in plan.problems],
        "not_ready": [str(each) for each in plan.not_ready],
    }

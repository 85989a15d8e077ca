"""`ringfence issue-held`: what was held and is held by nothing any more goes out at once, and not with the next month end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.held_invoices import held_in_words
from ringfence.actions.issuing_held import HeldIssue, HeldPlan, issue_held, prepare_held, preview_held
from ringfence.cli.common import As, Database, Json, Out, acting, found_wrong, in_json, option_for, progress, tell

NOTHING = "No invoice that was held may be issued now."


def issue(
    preview: Annotated[bool, typer.Option("--preview", help="Show what it would do. Nothing is stored and nothing is written.")] = False,
    approve: Annotated[str, typer.Option("--approve", metavar="DIGEST", help="Approve and issue what somebody else prepared.")] = "",
    out: Out = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="How many processes print documents.")] = 1,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Issue the invoices that were held, and that nothing holds any more.

    Without --preview or --approve they are prepared, and a digest is printed. Another person gives that digest with --approve: only then
    are they numbered and issued.
    """
    if preview and approve:
        raise typer.BadParameter("Give --preview or --approve, not both.")
    with acting(database, user) as who:
        if preview:
            _preview(preview_held(who), json_, option_for(database))
            return
        with progress("Invoices that were held: documents") as on_progress:
            done = (issue_held(who, approve, out, workers=workers, on_progress=on_progress) if approve else
                    prepare_held(who, out, workers=workers, on_progress=on_progress))
    _tell(done, out, json_, option_for(database))


def _preview(plan: HeldPlan | None, json_: bool, option: str) -> None:
    if json_:
        typer.echo(in_json(_as_data(plan)))
    elif plan is None:
        typer.echo(NOTHING)
    else:
        _show(plan)
        typer.echo(f"Nothing is stored. Prepare it with: ringfence issue-held --as USER{option}" if plan.drafts else NOTHING)
    if plan is not None and plan.not_ready:
        raise found_wrong()


def _tell(done: HeldIssue, out: Path | None, json_: bool, option: str) -> None:
    """What came of preparing or approving. Exit code 1 where documents were set aside."""
    if json_:
        typer.echo(in_json({**_as_data(done.plan), "digest": done.digest, "approved": done.approved, "documents": done.written,
                            "set_aside": [str(each) for each in done.set_aside]}))
    else:
        if done.plan is not None:
            _show(done.plan)
        _tell_next(done, out, option)
        tell(done.set_aside, heading="These documents were set aside:")
    if done.set_aside:
        raise found_wrong()


def _tell_next(done: HeldIssue, out: Path | None, option: str) -> None:
    if done.approved:
        typer.echo("They are issued." if done.plan is not None else "They were issued before, and nothing has changed.")
        if out is not None:
            typer.echo(f"{done.written} documents are in {out}.")
        return
    if out is not None:
        typer.echo(f"{done.written} drafts are in {out / 'drafts'}, marked DRAFT.")
    folder = f' --out "{out}"' if out is not None else " --out FOLDER"
    typer.echo("Nothing is issued until another person approves it:")
    typer.echo(f"  ringfence issue-held --approve {done.digest[:16]}{folder} --as SOMEBODY-ELSE{option}")


def _show(plan: HeldPlan) -> None:
    for line in plan.lines:
        typer.echo(f"  {line}")
    if plan.drafts:
        typer.echo(f"  In all {len(plan.drafts)}: {Money(plan.pence)}. Digest {plan.digest[:16]}")
    tell(held_in_words(plan.still), heading="Still held:")
    tell(plan.not_ready, heading="These must be put right first:")


def _as_data(plan: HeldPlan | None) -> dict[str, object]:
    """For another program; every amount is text with two decimals."""
    if plan is None:
        return {"digest": "", "invoices": [], "still_held": [], "not_ready": []}
    return {
        "digest": plan.digest if plan.drafts else "",
        "invoices": [{"key": each.key, "to": each.bill_to, "for": each.person_words, "period": each.period_words,
                      "total": Money(each.total_pence).plain} for each in plan.invoices],
        "still_held": [{"to": each.record.bill_to, "for": each.record.person_words, "total": Money(each.draft.pence).plain,
                        "reasons": [{"what": one.what, "who": one.who, "to_do": one.to_do} for one in each.reasons]} for each in plan.still],
        "not_ready": [str(each) for each in plan.not_ready]}

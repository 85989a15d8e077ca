"""`ringfence bills`, `pay-bills`, `spending` and `evidence`: what others ask of a fund, what was bought and why, and the papers that show it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_words
from isf.spending import QUESTIONS
from ringfence.actions.bills import OneBill
from ringfence.actions.bills import bills as bills_of
from ringfence.actions.desk import DEFAULT_DATABASE, beside
from ringfence.actions.evidence import EVIDENCE_FOLDER, EVIDENCE_VARIABLE, add_evidence, evidence_of
from ringfence.actions.paying_bills import Payment, plan_payment, write_payment
from ringfence.actions.spending import Spending, to_put_back
from ringfence.actions.spending import spending as spending_of
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, day_given, day_or_none, in_json, option_for

evidence = typer.Typer(help="Keep receipts and other papers.", no_args_is_help=True, rich_markup_mode=None)
Fund = Annotated[str, typer.Option("--fund", metavar="FUND", help="Only this fund, like isf-P001; all of them if not given.")]


def bills(fund: Fund = "", user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """List the bills of others: those that wait for approval, are approved, on their way, paid, or put back."""
    with acting(database, user) as who:
        found = bills_of(who, fund)
    if json_:
        typer.echo(in_json(list(map(_bill_as_data, found))))
        return
    if not found:
        typer.echo("There are no bills. They come with “bills” of an apply file (docs/spending.md).")
        return
    heads = ("Bill", "from", "number", "fund", "of", "due", "£", "how far")
    typer.echo("\n".join(aligned([heads, *map(_bill_row, found)])))
    typer.echo(f"Agreed and not paid: {Money(sum(each.pence for each in found if each.is_owed))}")


def pay_bills(
    line: Annotated[str, typer.Argument(metavar="LINE", help="What the line of the bank that pays them will be called, like BK-1001.")],
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day on which the bank pays, like 2026-10-20; without it, today.")] = "",
    due_by: Annotated[str, typer.Option("--due-by", metavar="DAY", help="Only what is due by this day.")] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the payment as a file for ‘ringfence apply’.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Plan one payment of all approved bills that are due and whose funds hold the money. Nothing is kept until the file is applied."""
    with acting(database, user) as who:
        planned = plan_payment(who, line, day_given(on, who.today, "--on"), day_or_none(due_by, "--due-by"))
    if out is not None:
        write_payment(planned, out)
    if json_:
        typer.echo(in_json(_payment_as_data(planned)))
        return
    typer.echo("\n".join(_payment_as_text(planned)))
    if out is not None:
        typer.echo(f"Written: {out}. Have the bank pay it, then prepare it: ringfence apply {out}{option_for(database)}")


def spending(fund: Fund = "", user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """List purchases with what the rules say of each and why, misspent money, worries, and the papers that are kept."""
    with acting(database, user) as who:
        found, papers, today = spending_of(who, fund), evidence_of(who, fund), who.today
    if json_:
        kept = [{"fund": each.fund, "of": each.about, "name": each.name, "file": each.file, "sha256": each.sha256, "words": each.words,
                 "by": each.recorded_by, "on": each.recorded_on.isoformat()} for each in papers]
        typer.echo(in_json(_spending_as_data(found) | {"evidence": kept}))
        return
    lines = list(_purchases_as_text(found))
    lines += [f"{each.fund}: {each.item.words}. {to_put_back(each, today)} {each.item.who} puts it back by {day_in_words(each.item.by)}."
              for each in found.misspent]
    lines += [f"{each.fund}: a worry of {day_in_words(each.item.on)}, {'open' if each.is_open else 'ended'}: {each.item.words}"
              for each in found.worries]
    lines += [f"{each.fund}: {each.words} ({each.name}), kept for {each.about} as {each.file[:12]}…" for each in papers]
    typer.echo("\n".join(lines) if lines else "Nothing is recorded. Purchases and worries come with ‘ringfence record’ (docs/spending.md).")


@evidence.command("add")
def add(
    fund: Annotated[str, typer.Argument(metavar="FUND", help="The fund, like isf-P001.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The receipt or other paper: a picture, a PDF or a text.")],
    about: Annotated[str, typer.Option("--of", metavar="REFERENCE", help="The bill, purchase, misspent sum or worry that it shows.")],
    words: Annotated[str, typer.Option("--words", metavar="WORDS", help="What the paper is.")] = "Receipt",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Keep a paper: it is copied into the folder ‘evidence’ beside the books, under its sha256, and noted in the fund."""
    folder = beside(database, EVIDENCE_FOLDER, EVIDENCE_VARIABLE)
    with acting(database, user) as who:
        kept = add_evidence(who, fund, file, about=about, words=words, folder=folder)
    typer.echo(f"Kept: {kept.name} for {kept.about}, as {folder / kept.file}")


def _bill_row(each: OneBill) -> tuple[str, ...]:
    return (each.reference, each.supplier, each.number, each.fund, each.on.isoformat(), each.due_on.isoformat() if each.due_on else "",
            Money(each.pence).plain, f"{each.status}{f' on {each.paid_on}' if each.paid_on else ''}")


def _bill_as_data(each: OneBill) -> dict[str, object]:
    return {"bill": each.reference, "fund": each.fund, "supplier": each.supplier, "number": each.number, "on": each.on.isoformat(),
            "due_on": each.due_on.isoformat() if each.due_on else None, "pounds": Money(each.pence).plain, "words": each.words,
            "kind": each.kind.value, "line": each.line or None, "purchase": each.purchase or None, "status": each.status.value,
            "entered_by": each.entered_by, "approved_by": each.approved_by or None,
            "paid_on": each.paid_on.isoformat() if each.paid_on else None}


def _payment_as_text(planned: Payment) -> Iterator[str]:
    if planned.paid:
        rows = ((each.reference, each.supplier, each.number, each.fund, Money(each.pence).plain) for each in planned.paid)
        yield from aligned([("Bill", "pay to", "quote", "fund", "£"), *rows])
        yield f"{planned.line} pays {Money(planned.pence)} on {day_in_words(planned.on)}."
    else:
        yield "No bill is to be paid."
    yield from (f"Left out: {each.reference}, {Money(each.pence)}: {why}." for each, why in planned.left_out)


def _payment_as_data(planned: Payment) -> dict[str, object]:
    return {"line": planned.line, "on": planned.on.isoformat(), "pounds": Money(planned.pence).plain, "bills": list(map(_bill_as_data, planned.paid)),
            "left_out": [{"bill": each.reference, "pounds": Money(each.pence).plain, "why": why} for each, why in planned.left_out]}


def _purchases_as_text(found: Spending) -> Iterator[str]:
    for each in found.purchases:
        yield f"{each.fact.fund}: {each.item.purchase}, {each.item.pounds}, {each.item.words}: {each.checked.verdict}"
        yield from (f"    {reason.why} ({reason.source})" for reason in each.checked.reasons)
        yield from (f"    To ask: {QUESTIONS[question]}" for question in each.checked.to_answer)


def _spending_as_data(found: Spending) -> dict[str, object]:
    return {
        "purchases": [{"purchase": each.item.purchase, "fund": each.fact.fund, "on": each.item.on.isoformat(), "kind": each.item.bought.value,
                       "pounds": each.item.pounds.plain, "words": each.item.words, "verdict": each.checked.verdict.value,
                       "reasons": [reason._asdict() for reason in each.checked.reasons], "to_answer": list(each.checked.to_answer),
                       "answers": {question: {"answer": answer.yes, "who": answer.who, "on": answer.on.isoformat()}
                                   for question, answer in each.item.answers}} for each in found.purchases],
        "misspent": [{"misspent": each.item.misspent, "fund": each.fund, "on": each.item.on.isoformat(), "pounds": each.item.pounds.plain,
                      "put_back": Money(each.put_back).plain, "left": Money(each.left).plain, "who": each.item.who, "by": each.item.by.isoformat(),
                      "words": each.item.words} for each in found.misspent],
        "worries": [{"worry": each.item.worry, "fund": each.fund, "on": each.item.on.isoformat(), "words": each.item.words, "open": each.is_open,
                     "raised_by": each.item.raised_by, "raised_with": each.item.raised_with, "outcome": each.item.outcome,
                     "outcome_on": each.item.outcome_on.isoformat() if each.item.outcome_on else None} for each in found.worries]}

"""`ringfence debtors`: who owes us on a day, by how long it is overdue. `ringfence reminders`: the letters that are due."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_words
from invoicing.aged_debt import Bucket
from ringfence.actions.debtors import Debtor, Debtors, debtors
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.reminding import Reminders, reminders, write_reminders
from ringfence.cli.common import As, Database, Json, acting, day_given, found_wrong, show, tell


def list_debtors(
    as_at: Annotated[str, typer.Option("--as-at", metavar="DAY", help="The day to look at, like 2026-10-31; without it, today.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List who owes us, by how long it is overdue: invoices and credit notes of that day, receipts up to it."""
    with acting(database, user) as who:
        found = debtors(who, day_given(as_at, who.today, "--as-at"))
    show(as_data(found), as_text(found), as_json=json_)


def as_text(found: Debtors) -> Iterator[str]:
    """Each payer with what is overdue, person by person, and what stands beside it."""
    yield f"Owed on {day_in_words(found.on)}: {Money(found.open_pence)} is open on invoices, {Money(found.overdue_pence)} of it overdue."
    for each in found.debtors:
        yield f"\n{each.name} ({each.kind}): {Money(each.open_pence)} open, {Money(each.overdue_pence)} overdue"
        yield from (f"  {line}" for line in _about(each))
    yield f"\nAll payers: {', '.join(f'{Money(found.total(bucket))} ({bucket})' for bucket in Bucket)}"
    yield f"Due and on no invoice yet: {Money(found.not_invoiced)}. Paid beyond all that is due: {Money(found.paid_ahead)}."
    pence, lines = found.unallocated
    yield f"At the bank and nobody’s yet: {Money(pence)}, in {lines} {'line' if lines == 1 else 'lines'}. It is taken off nothing above."


def _about(each: Debtor) -> Iterator[str]:
    for of in each.people:
        buckets = [f"{Money(pence)} ({bucket})" for bucket in Bucket if (pence := of.debt.by_bucket.get(bucket, 0))]
        beside = [f"{Money(of.debt.not_invoiced)} not invoiced"] * bool(of.debt.not_invoiced)
        ahead = [f"{Money(of.debt.paid_ahead)} paid ahead"] * bool(of.debt.paid_ahead)
        yield f"{of.called} ({of.fund}): {', '.join([*buckets, *beside, *ahead])}"
    for query in each.disputed:
        yield f"Query {query.reference} about invoice {query.invoice:06d}, to be answered by {day_in_words(query.reply_by)}: {query.words}"
    if each.held:
        yield f"No letters: {each.held.why}{f', until {day_in_words(each.held.until)}' if each.held.until else ''}. {each.held.words}"
    if each.late:
        yield f"The law adds {Money(each.late_pence)} of interest and fixed sums for late payment. It is not in the books."
    if each.late_not_known:
        yield f"What the law adds for the rest is not known: {each.late_not_known}"


def as_data(found: Debtors) -> dict[str, object]:
    """The same for another program: amounts as text with two decimals."""
    return {
        "on": found.on.isoformat(), "open": Money(found.open_pence).plain, "overdue": Money(found.overdue_pence).plain,
        "buckets": {bucket.value: Money(found.total(bucket)).plain for bucket in Bucket}, "not_invoiced": Money(found.not_invoiced).plain,
        "paid_ahead": Money(found.paid_ahead).plain, "unallocated": Money(found.unallocated[0]).plain,
        "payers": [{
            "payer": each.payer, "name": each.name, "kind": each.kind.value, "open": Money(each.open_pence).plain,
            "overdue": Money(each.overdue_pence).plain, "held": each.held.why.value if each.held else None,
            "late_payment": Money(each.late_pence).plain if each.late or not each.late_not_known else None,
            "people": [{
                "fund": of.fund, "person": of.person or None, "due_in_the_ledger": Money(of.debt.due_pence).plain,
                "not_invoiced": Money(of.debt.not_invoiced).plain, "paid_ahead": Money(of.debt.paid_ahead).plain,
                "buckets": {bucket.value: Money(of.debt.by_bucket.get(bucket, 0)).plain for bucket in Bucket}} for of in each.people],
            "invoices": [{
                "number": one.amounts.number or one.amounts.called, "due_on": one.amounts.due_on.isoformat(), "asked": Money(one.amounts.asked).plain,
                "open": Money(one.amounts.open).plain, "status": one.status.value, "days_late": one.days_late} for one in each.invoices],
        } for each in found.debtors],
    }


def list_reminders(
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day of the letters, like 2026-11-22; without it, today.")] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Write each letter to this folder as a PDF, and a file that notes "
                                                                             "them as sent.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List the letters that are due by each payer’s ladder, and who gets none and why. Nothing is sent."""
    with acting(database, user) as who:
        day = day_given(on, who.today, "--on")
        found, written, set_aside = write_reminders(who, out, day) if out is not None else (reminders(who, day), 0, [])
    show(_reminders_data(found), _reminders_text(found), as_json=json_)
    if out is not None and not json_:
        typer.echo(f"\n{written} letters are in {out}." + (
            f" When they have gone out, note it: ringfence record {out / 'sent.record.yaml'}" if written else ""))
    tell(set_aside, heading="These letters were set aside:")
    if set_aside:
        raise found_wrong()


def _reminders_text(found: Reminders) -> Iterator[str]:
    yield f"Letters due on {day_in_words(found.on)}: {len(found.letters) or 'none'}."
    for each in found.letters:
        numbers = ", ".join(line.called for line in each.letter.lines)
        yield f"\n{each.name}: {Money(each.letter.open_pence)}, invoice {numbers}"
        yield f"  Step {each.step} of {each.steps}, {each.letter.tone}. To {each.letter.to[0]} ({each.basis})."
    for none in found.none:
        yield f"\n{none.name}: {Money(none.pence)} overdue, and no letter. {none.why} {none.to_do}."


def _reminders_data(found: Reminders) -> dict[str, object]:
    return {
        "on": found.on.isoformat(),
        "letters": [{"reference": each.letter.reference, "payer": each.payer, "step": each.step, "tone": each.letter.tone.value,
                     "to": each.letter.to[0], "basis": each.basis.value, "open": Money(each.letter.open_pence).plain,
                     "invoices": [line.number or line.called for line in each.letter.lines]} for each in found.letters],
        "none": [{"payer": each.payer, "overdue": Money(each.pence).plain, "why": each.why, "to_do": each.to_do} for each in found.none]}

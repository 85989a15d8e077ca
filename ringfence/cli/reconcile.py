"""`ringfence reconcile` and `ringfence reconciliations`: people’s money beside the bank, at a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_words
from isf.reconciliation import Item, Kept, Reconciled
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.reconciling import Standing, item_said, propose_reconciliation, reconciliations
from ringfence.actions.reconciling import reconcile as worked_out
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, day_given, in_json, option_for, show


def reconcile(
    bank: Annotated[str, typer.Argument(metavar="POUNDS", help="What the bank’s statement says at the end of the day.")],
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day, like 2026-10-31; without it, today.")] = "",
    with_ours: Annotated[bool, typer.Option("--with-ours", help="People’s money lies in the provider’s ordinary account.")] = False,
    on_the_way: Annotated[list[str] | None, typer.Option("--on-the-way", metavar="WORDS=POUNDS", help=(
        "What the ledger has and the bank has not yet, above nil where it makes the bank’s balance larger. May be given again."))] = None,
    explain: Annotated[list[str] | None, typer.Option("--explain", metavar="[FUND:]WORDS=POUNDS", help=(
        "What the rest of the difference is, with the fund that it is of. May be given again."))] = None,
    propose: Annotated[bool, typer.Option("--propose", help="Ask for it to be signed off by another person.")] = False,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Hold what must be there for people beside the ledger and the bank, at any day."""
    with acting(database, user) as who:
        found = worked_out(who, day_given(on, who.today, "--on"), Money.parse(bank), kept=Kept.WITH_OURS if with_ours else Kept.APART,
                           on_the_way=[item_said(each, "--on-the-way") for each in on_the_way or ()],
                           explained=[item_said(each, "--explain") for each in explain or ()])
        digest = propose_reconciliation(who, found) if propose else ""
    if json_:
        typer.echo(in_json(as_data(found) | ({"digest": digest} if digest else {})))
        return
    typer.echo("\n".join(as_text(found)))
    if digest:
        typer.echo(f"\nAsked. Another person signs it off:\n  ringfence approve {digest[:16]} --as SOMEBODY-ELSE{option_for(database)}")


def list_reconciliations(user: As = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """List the reconciliations, who signed them off, and whether the next is overdue."""
    with acting(database, user) as who:
        found = reconciliations(who)
    show(standing_as_data(found), standing_as_text(found), as_json=json_)


def as_text(found: Reconciled) -> Iterator[str]:
    """The three ways, one under the other, and every fund whose overspend the provider carries."""
    yield f"People’s money on {day_in_words(found.on)}"
    yield ""
    rows = [("Must be held for people", str(Money(found.must_be_held_pence))),
            ("Earned by the provider and not yet drawn", str(Money(found.earned_pence))),
            ("Held in the ledger, together", str(Money(found.held_pence)))]
    rows += [(f"  {each.words}", str(Money(each.pence))) for each in (*found.nobodys, *found.on_the_way)]
    rows += [("The bank should say", str(Money(found.expected_pence))), ("The bank says", str(Money(found.bank_pence))),
             ("Difference", str(Money(found.difference_pence)))]
    rows += [(f"  {each.fund}{': ' if each.fund else ''}{each.words}", str(Money(each.pence))) for each in found.explained]
    rows += [("Not explained", str(Money(found.unexplained_pence)))] if found.unexplained_pence else []
    yield from aligned(rows)
    if found.kept is Kept.WITH_OURS:
        yield ""
        yield "People’s money lies with the provider’s own: the account must never fall below what must be held."
    yield from _apart(found)


def _apart(found: Reconciled) -> Iterator[str]:
    if found.with_provider_pence:
        yield ""
        yield f"Collected in the provider’s own account and still to be paid over: {Money(found.with_provider_pence)}."
    if found.overspent:
        yield ""
        yield f"Overspent, carried by the provider and never set against others’ money: {Money(found.borne_pence)}"
        yield from (f"  {each.fund}: {Money(each.borne)}" for each in found.overspent)


def as_data(found: Reconciled) -> dict[str, object]:
    """The same for another program: amounts as text with two decimals."""
    def items(of: Sequence[Item]) -> list[dict[str, str]]:
        return [{"words": each.words, "pounds": Money(each.pence).plain, "fund": each.fund} for each in of]

    return {
        "on": found.on.isoformat(), "kept": found.kept.value, "bank": Money(found.bank_pence).plain,
        "must_be_held": Money(found.must_be_held_pence).plain, "earned": Money(found.earned_pence).plain, "held": Money(found.held_pence).plain,
        "with_provider": Money(found.with_provider_pence).plain, "borne": Money(found.borne_pence).plain,
        "expected": Money(found.expected_pence).plain, "difference": Money(found.difference_pence).plain,
        "not_explained": Money(found.unexplained_pence).plain, "nobodys": items(found.nobodys), "on_the_way": items(found.on_the_way),
        "explained": items(found.explained),
        "funds": [{"fund": each.fund, "held": Money(each.held).plain, "must_be_held": Money(each.must_be_held).plain,
                   "earned": Money(each.earned).plain, "borne": Money(each.borne).plain} for each in found.funds],
    }


def standing_as_text(found: Standing) -> Iterator[str]:
    yield (f"Last signed off for {day_in_words(found.last)}." if found.last else "None is signed off yet.") + (
        " The next is overdue: people’s money is reconciled at least every five weeks." if found.is_overdue else "")
    for each in found.all:
        by = f"signed off by {each.approved_by}" if each.approved_by else "waits to be signed off"
        yield (f"  {day_in_words(each.reconciled.on)}: {Money(each.reconciled.must_be_held_pence)} must be held, the bank says "
               f"{Money(each.reconciled.bank_pence)}, difference {Money(each.reconciled.difference_pence)}; prepared by {each.prepared_by}, {by}")


def standing_as_data(found: Standing) -> dict[str, object]:
    return {"last": found.last.isoformat() if found.last else None, "overdue": found.is_overdue, "reconciliations": [
        as_data(each.reconciled) | {"digest": each.digest, "prepared_by": each.prepared_by, "approved_by": each.approved_by} for each in found.all]}

"""`ringfence accounts`: the accounts at the end of a month, by fund and as a journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import Month, day_in_words
from isf.month_accounts import JournalLine, Position
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.month_accounts import MonthAccounts, accounts_at, write_accounts
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, MonthArgument, acting, show

HEADINGS = ("Fund", "income of the month", "accrued", "paid, not given", "invoiced ahead", "paid early", "to go back", "provision")


def accounts(
    month: MonthArgument,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FOLDER", help="Write the schedule and the journal there, with codes.")] = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Show what a closed month comes to in the accounts: income as it was given, by fund, and the journal with its reversal."""
    with acting(database, user) as who:
        found = accounts_at(who, Month.parse(month))
        written = write_accounts(found, csv) if csv is not None else ()
    show(as_data(found), as_text(found), as_json=json_)
    if csv is not None and not json_:
        typer.echo("\n".join(["", *(f"  {csv / name}" for name in written)]))


def as_text(found: MonthAccounts) -> Iterator[str]:
    """The schedule, the control accounts and the journal."""
    yield f"The accounts at {day_in_words(found.month.last)}"
    total = ("Total", *(str(Money(sum(pence))) for pence in zip(*map(_amounts, found.schedule), strict=True))) if found.schedule else ()
    rows = [(_name(each), *(str(Money(pence)) for pence in _amounts(each))) for each in found.schedule]
    yield from aligned([HEADINGS, *rows, *([total] if total else [])])
    yield "\nJournal, reversed on " + day_in_words(found.month.next.first)
    if found.journal:
        yield from aligned([("Account", "code", "cost centre", "debit", "credit"), *(_line(found, each) for each in found.journal)])
    else:
        yield "  Nothing: everything given was invoiced and paid."


def as_data(found: MonthAccounts) -> dict[str, object]:
    """The same for another program: amounts as text with two decimals."""
    return {
        "month": str(found.month),
        "schedule": [{"fund": each.fund, "payer": each.payer or None, "cost_centre": each.treatment.cost_centre or None,
                      "stands_in": each.treatment.unspent.value, **{name: Money(getattr(each, name)).plain for name in (
                          "income", "given", "invoiced", "accrued", "unspent", "ahead", "early", "owed_back", "provision")}}
                     for each in found.schedule],
        "controls": {account.value: Money(pence).plain for account, pence in found.controls.items()},
        "journal": [_journal(found, each) for each in (*found.journal, *found.reversal)]}


def _journal(found: MonthAccounts, each: JournalLine) -> dict[str, object]:
    return {"on": each.on.isoformat(), "account": each.account.value, "code": found.codes.get(each.account), "cost_centre": each.cost_centre or None,
            "debit": Money(max(0, each.pence)).plain, "credit": Money(max(0, -each.pence)).plain}


def _amounts(each: Position) -> tuple[int, ...]:
    return each.income, each.accrued, each.unspent, each.ahead, each.early, each.owed_back, each.provision


def _name(each: Position) -> str:
    return f"{each.fund}, {each.payer}" if each.payer else each.fund


def _line(found: MonthAccounts, each: JournalLine) -> tuple[str, ...]:
    return (each.account.value, found.codes.get(each.account, "no code"), each.cost_centre, str(Money(each.pence)) if each.pence > 0 else "",
            str(Money(-each.pence)) if each.pence < 0 else "")

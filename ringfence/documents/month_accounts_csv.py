"""The accounts at month end as files: the schedule of funds with its totals, and the journal with its reversal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from basics.money import Money
from isf.month_accounts import JournalLine, Position
from isf.nominal import Nominal
from ringfence.documents.csv_out import OutFile, csv_file, said

SCHEDULE = ("Fund", "Payer", "Cost centre", "Income of the month", "Given to date", "Invoiced to date", "Accrued income", "Paid and not given",
            "Stands in", "Invoiced ahead", "Paid before invoice", "To go back", "Provision")
JOURNAL = ("Date", "Reference", "Code", "Account", "Cost centre", "Debit", "Credit")


def columns(each: Position) -> tuple[int, ...]:
    """The amounts of one line of the schedule, in the order of its headings; the accounts’ are above nil on their own side."""
    return (each.income, each.given, each.invoiced, each.accrued, each.unspent, each.ahead, each.early, each.owed_back, each.provision)


def schedule_file(name: str, schedule: Sequence[Position]) -> OutFile:
    """Every fund, and below the sum of each column."""
    rows = [_row(said(each.fund), said(each.payer), said(each.treatment.cost_centre), columns(each), str(each.treatment.unspent))
            for each in schedule]
    sums = tuple(map(sum, zip(*map(columns, schedule), strict=True))) if schedule else (0,) * 9
    return csv_file(name, SCHEDULE, [*rows, _row("Total", "", "", sums, "")], documents=len(rows), pence=sums[0])


def journal_file(name: str, lines: Sequence[JournalLine], codes: Mapping[Nominal, str]) -> OutFile:
    """The journal, then its reversal; each day balances."""
    rows = [(each.on.isoformat(), _reference(each.on), said(codes[each.account]), each.account.value, said(each.cost_centre),
             Money(each.pence).plain if each.pence > 0 else "", Money(-each.pence).plain if each.pence < 0 else "") for each in lines]
    return csv_file(name, JOURNAL, rows, documents=len({each.on for each in lines}), pence=sum(each.pence for each in lines if each.pence > 0))


def _row(fund: str, payer: str, centre: str, amounts: Sequence[int], stands_in: str) -> Sequence[str]:
    income, given, invoiced, accrued, unspent, *rest = (Money(pence).plain for pence in amounts)
    return (fund, payer, centre, income, given, invoiced, accrued, unspent, stands_in, *rest)


def _reference(on: date) -> str:
    return f"RF-{on:%Y%m%d}"

"""The accounts at the end of a closed month: a schedule for each fund, the journal and its reversal. How it is reckoned: `isf.month_accounts`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from basics.errors import InputError, Problem, Refused
from basics.money import Money
from basics.periods import Month, day_in_words
from isf.accounts import FundKind, OriginKind
from isf.month_accounts import Counted, JournalLine, Position, Treatment, control_totals, journal, position, reversal
from isf.nominal import Nominal
from ringfence.actions.acting import Acting
from ringfence.actions.nominal_codes import codes_on, needed
from ringfence.documents import files
from ringfence.documents.csv_out import OutFile, control_file
from ringfence.documents.month_accounts_csv import journal_file, schedule_file
from ringfence.importing.fact_items_accounts import ContractAccounts, Provision
from ringfence.store import facts, month_accounts, months, registry

EACH_PAYER_ALONE = (FundKind.SPOT, FundKind.PROVIDER)
CASH = ("held", "with_provider")
"""Where money of payers comes in; what the provider is paid directly for support comes in against `owed_provider`."""

Key = tuple[str, str]
"""A fund, and its payer where each stands alone."""


@dataclass(frozen=True)
class MonthAccounts:
    """The accounts at the end of a month. Each total of `controls` is the sum of its column of the schedule; the journal adds to nil."""

    month: Month
    schedule: tuple[Position, ...]
    controls: Mapping[Nominal, int]
    journal: tuple[JournalLine, ...]
    reversal: tuple[JournalLine, ...]
    codes: Mapping[Nominal, str]


def accounts_at(acting: Acting, month: Month) -> MonthAccounts:
    """Raises `InputError` where the month is not closed, and `Refused` where something must be decided first."""
    with acting.reading() as connection:
        closed = months.closed_through(connection)
        if closed is None or closed < month:
            raise InputError(f"{month.in_words} is not closed, so its support is not all charged.", f"Close it first: ringfence month-end {month}")
        now, before = _counted(connection, month.last), _counted(connection, month.previous.last)
        found = [position(each, before[key].given_here if key in before else 0, Treatment()) for key, each in sorted(now.items())]
        schedule = tuple(_treated(connection, found, month.last))
        codes = codes_on(connection, month.last)
    lines = journal(schedule, month.last)
    return MonthAccounts(month, schedule, control_totals(schedule), lines, reversal(lines, month.next.first), codes)


def _counted(connection: Connection, on: date) -> dict[Key, Counted]:
    """Each fund at the end of a day. What was given is what was received, less what is left of it and what goes back: so every way in which
    support, a bill or a correction was posted is counted once."""
    alone = {row.key for row in registry.funds(connection) if row.kind in EACH_PAYER_ALONE}
    received, left, back, asked, brought = Counter[Key](), Counter[Key](), Counter[Key](), Counter[Key](), Counter[Key]()
    for fund, debit, debit_payer, credit, credit_payer, kind, pence in month_accounts.moved(connection, on):
        for role, payer, sign in ((debit, debit_payer, 1), (credit, credit_payer, -1)):
            key = (fund, payer if fund in alone else "")
            if role == "due" or (fund not in alone and role in ("available", "banked")):
                left[key] -= sign * pence
            elif role in ("owed_funder", "owed_person"):
                back[key] -= sign * pence
        key = (fund, (debit_payer or credit_payer) if fund in alone else "")
        received[key] += _cash(debit, credit, kind) * pence
        brought[key] += _brought_over(debit, credit, kind) * pence
        asked[key] += _asked_elsewhere(debit, credit, kind, fund in alone) * pence
    for fund, payer, pence in (*month_accounts.invoiced(connection, on), *month_accounts.invoiced_by_the_old_system(connection, on)):
        asked[fund, payer if fund in alone else ""] += pence
    provided = _provisions(connection, on, alone)
    keys = {key for key in {*received, *left, *back, *asked, *provided} if key[0] not in alone or key[1]}
    return {key: Counted(key[0], key[1], received[key] - left[key] - back[key], asked[key], received[key], back[key], provided[key],
                         brought[key]) for key in keys}


def _cash(debit: str, credit: str, kind: str) -> int:
    """Whether money of a payer came in (1), went back (-1), or neither. A payment that was put back has its two accounts the other way round."""
    if kind == OriginKind.BANK_IN:
        return 1 if credit in ("due", "available", "borne") else -1
    if kind == OriginKind.BANK_OUT:
        return -1 if debit in ("owed_funder", "owed_person") else int(credit in ("owed_funder", "owed_person"))
    if kind == OriginKind.OPENING and {debit, credit} & {*CASH} and {debit, credit} & {"due", "available"}:
        return 1 if debit in CASH else -1
    return 0


def _brought_over(debit: str, credit: str, kind: str) -> int:
    """Support that was given before the start, without overspend that the provider carries."""
    if kind != OriginKind.OPENING:
        return 0
    return int(credit == "owed_provider" and debit in ("available", "due")) - int(debit == "owed_provider" and credit in ("available", "due"))


def _asked_elsewhere(debit: str, credit: str, kind: str, alone: bool) -> int:
    """What counts as invoiced without an invoice of these books: support that was owed for at the start, and money brought over whose
    allocation is not known. What went back was credited."""
    if kind == OriginKind.BANK_OUT:
        return _cash(debit, credit, kind)
    if kind != OriginKind.OPENING:
        return 0
    if alone and {debit, credit} == {"due", "owed_provider"}:
        return 1 if debit == "due" else -1
    return {("held", "available"): 1, ("available", "held"): -1}.get((debit, credit), 0)


def _provisions(connection: Connection, on: date, alone: set[str]) -> Counter[Key]:
    """The last provision of each payer for each fund that had begun by the day."""
    last = {(each.fund, str(each.said["funder"])): Money.parse(each.said["pounds"]).pence
            for each in facts.facts(connection, Provision.kind) if each.from_on <= on}
    found = Counter[Key]()
    for (fund, payer), pence in last.items():
        found[fund, payer if fund in alone else ""] += pence
    return found


def _treated(connection: Connection, found: list[Position], on: date) -> list[Position]:
    """The positions with what was decided of their contracts. Raises `Refused` with every contract that has money paid and not used and of
    which nothing was decided, and every provision above what is owed."""
    decided = {each.said["contract"]: Treatment(each.said["acts_as"] == "agent", each.said["restricted"], each.said.get("cost_centre", ""))
               for each in facts.facts(connection, ContractAccounts.kind) if each.from_on <= on}
    contracts = month_accounts.contract_of_fund(connection, on)
    undecided = sorted({contracts[each.fund] for each in found if each.unspent and contracts.get(each.fund, "") not in decided
                        and each.fund in contracts})
    problems = [Problem(f"contract {each}", f"Money of it is paid and not used on {day_in_words(on)}, and it is not known how that is accounted for.",
                        "Ask the auditor; apply a file with contract_accounts: acts_as (principal or agent) and restricted (true or false).")
                for each in undecided]
    problems += [Problem(f"fund {each.fund}", f"{Money(each.provision)} is provided for, and {Money(each.owed)} is owed for support given.",
                         "Apply a file with a smaller provision.")
                 for each in found if each.provision > each.owed]
    if problems:
        raise Refused(f"The accounts of {Month.of(on).in_words} cannot be drawn up:", problems)
    return [each.treated(decided.get(contracts.get(each.fund, ""), Treatment())) for each in found]


def accounts_files(found: MonthAccounts) -> tuple[OutFile, ...]:
    """The schedule, the journal and a control file. Raises `Refused` with every account that has no code."""
    lines = (*found.journal, *found.reversal)
    codes = needed(found.codes, [each.account for each in lines], found.month.last)
    made = [schedule_file(f"schedule-{found.month}.csv", found.schedule), journal_file(f"journal-{found.month}.csv", lines, codes)]
    return (*made, control_file(f"control-{found.month}.csv", made))


def write_accounts(found: MonthAccounts, out: Path) -> tuple[str, ...]:
    """Write these files, and give their names. Raises `Refused` as `accounts_files` does."""
    made = accounts_files(found)
    files.check_folder(out)
    for each in made:
        files.write_document(out, each.name, each.content)
    return tuple(each.name for each in made)

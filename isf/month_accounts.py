"""The accounts at month end: income is what was given, whatever was invoiced or paid.

Each fund stands alone: what is paid ahead in one never hides what is owed in another. In a fund that is paid as support is given, each payer
stands alone too. Source: domain rules of the sector’s accounting (Charities SORP 2026: unspent money for the provider’s own support is
normally a contract liability); what decides otherwise, principal or agent, restricted or not, is said for each contract and never inferred.
All amounts are whole pence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from isf.nominal import Nominal


@dataclass(frozen=True)
class Treatment:
    """What was decided with the auditor of a contract."""

    agent: bool = False
    restricted: bool = False
    cost_centre: str = ""

    @property
    def unspent(self) -> Nominal:
        """Where money stands that is paid and not yet used."""
        if self.agent:
            return Nominal.AGENT
        return Nominal.RESTRICTED if self.restricted else Nominal.LIABILITY


@dataclass(frozen=True)
class Counted:
    """What one fund (of one payer, where each stands alone) comes to at the end of a day, from the beginning of the books.

    `given` is support and bills that the payers pay for, without overspend that the provider carries; `invoiced` what was asked for, less
    what was given back; `received` what was paid, less what was given back; `owed_back` what is to be given back.
    """

    fund: str
    payer: str
    given: int
    invoiced: int
    received: int
    owed_back: int = 0
    provision: int = 0
    brought: int = 0
    """Of what was given: before the books began. It was income then."""

    @property
    def given_here(self) -> int:
        return self.given - self.brought


@dataclass(frozen=True)
class Position:
    """One line of the schedule: what stands in each control account for one fund at the end of the month.

    `accrued`: given and not invoiced. `unspent`: paid and not given, without what is to go back. `ahead`: invoiced, neither paid nor given, set
    against debtors. `early`: paid and not invoiced, taken out of debtors. `income` is of the month, and `adjustment` is what the journal adds
    to the income that was invoiced up to the day.
    """

    fund: str
    payer: str
    treatment: Treatment
    income: int
    given: int
    invoiced: int
    accrued: int
    unspent: int
    ahead: int
    early: int
    owed_back: int
    provision: int
    owed: int
    """Given and not paid for, invoiced or not: what a provision may be made of."""

    @property
    def adjustment(self) -> int:
        return self.given - self.invoiced

    def treated(self, treatment: Treatment) -> Position:
        """The same by what was decided of its contract."""
        return replace(self, treatment=treatment)


@dataclass(frozen=True)
class JournalLine:
    """One line of a journal: debit above nil, credit below."""

    on: date
    account: Nominal
    cost_centre: str
    pence: int


def position(now: Counted, before: int, treatment: Treatment) -> Position:
    """Where one fund stands. `before` is what was given in these books up to the end of the month before."""
    asked = now.invoiced - now.owed_back
    unspent = max(0, now.received - now.given - now.owed_back)
    not_given = max(0, asked - now.given)
    return Position(now.fund, now.payer, treatment, now.given_here - before, now.given, now.invoiced, accrued=max(0, now.given - asked),
                    unspent=unspent, ahead=not_given - min(unspent, not_given), early=unspent - min(unspent, not_given), owed_back=now.owed_back,
                    provision=now.provision, owed=max(0, now.given + now.owed_back - now.received))


def journal(positions: Iterable[Position], on: date) -> tuple[JournalLine, ...]:
    """The journal at the end of the month by account and cost centre. It balances, and is reversed on the first of the next."""
    sums: dict[tuple[Nominal, str], int] = {}
    for each in positions:
        for account, pence in _lines(each):
            key = account, each.treatment.cost_centre
            sums[key] = sums.get(key, 0) + pence
    order = list(Nominal)
    return tuple(JournalLine(on, account, centre, pence)
                 for (account, centre), pence in sorted(sums.items(), key=lambda each: (order.index(each[0][0]), each[0][1])) if pence)


def reversal(lines: Sequence[JournalLine], on: date) -> tuple[JournalLine, ...]:
    """The same the other way round, on the first day of the next month."""
    return tuple(JournalLine(on, each.account, each.cost_centre, -each.pence) for each in lines)


def control_totals(positions: Sequence[Position]) -> dict[Nominal, int]:
    """What each control account comes to: the schedule added up, debit above nil."""
    found: dict[Nominal, int] = {}
    for each in positions:
        for account, pence in _lines(each):
            found[account] = found.get(account, 0) + pence
    return {account: found[account] for account in Nominal if found.get(account)}


def _lines(each: Position) -> tuple[tuple[Nominal, int], ...]:
    """What one fund adds to each account; it comes to nil."""
    return (
        (Nominal.INCOME, -each.adjustment), (Nominal.ACCRUED, each.accrued), (each.treatment.unspent, -each.unspent), (Nominal.AHEAD, -each.ahead),
        (Nominal.EARLY, each.early), (Nominal.BACK, -each.owed_back), (Nominal.DOUBTFUL, each.provision), (Nominal.PROVISION, -each.provision))

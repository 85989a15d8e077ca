"""Who owes us: every payer with what is open by how long it is overdue, what was paid ahead, and what to do next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from basics.errors import InputError
from basics.people import Funder, FunderKind
from basics.periods import day_in_words
from invoicing.aged_debt import Bucket, Debt
from invoicing.late_payment import LatePayment
from invoicing.reminders import Hold, held_by
from ringfence.actions.acting import Acting
from ringfence.actions.debts_open import DebtsOpen, debts_open
from ringfence.actions.invoice_standing import Query, Standing, noted, standings, standings_brought_over
from ringfence.actions.late_added import LateAdded
from ringfence.importing.fact_items_debts import LatePaymentClaimed, PaymentHold
from ringfence.store import bank_lines, facts, registry


@dataclass(frozen=True)
class OfPerson:
    """What one payer owes for one person’s support, or for a contract’s reserve. `person` is empty for the reserve."""

    fund: str
    person: str
    called: str
    debt: Debt


@dataclass(frozen=True)
class Debtor:
    """One payer with what it owes, person by person. `late` is what the law adds (`late_not_known` says why it cannot be told)."""

    payer: str
    name: str
    kind: FunderKind
    people: tuple[OfPerson, ...]
    invoices: tuple[Standing, ...]
    held: Hold | None
    late: tuple[tuple[str, LatePayment], ...]
    late_not_known: str

    @cached_property
    def by_bucket(self) -> Mapping[Bucket, int]:
        return {bucket: sum(each.debt.by_bucket.get(bucket, 0) for each in self.people) for bucket in Bucket}

    @cached_property
    def open_pence(self) -> int:
        return sum(each.debt.open_pence for each in self.people)

    @cached_property
    def overdue_pence(self) -> int:
        return sum(each.debt.overdue_pence for each in self.people)

    @cached_property
    def not_invoiced(self) -> int:
        return sum(each.debt.not_invoiced for each in self.people)

    @cached_property
    def paid_ahead(self) -> int:
        return sum(each.debt.paid_ahead for each in self.people)

    @property
    def late_pence(self) -> int:
        return sum(each.total_pence for _, each in self.late)

    @property
    def disputed(self) -> tuple[Query, ...]:
        return tuple(query for each in self.invoices for query in each.queries if query.is_open)


@dataclass(frozen=True)
class Debtors:
    """Every payer of whom anything stands on a day, who owes most that is overdue first. `unallocated` is what came in at the bank and is
    nobody’s yet, in pence, and how many lines."""

    on: date
    debtors: tuple[Debtor, ...]
    unallocated: tuple[int, int]

    def total(self, bucket: Bucket) -> int:
        return sum(each.by_bucket[bucket] for each in self.debtors)

    @property
    def open_pence(self) -> int:
        return sum(each.open_pence for each in self.debtors)

    @property
    def overdue_pence(self) -> int:
        return sum(each.overdue_pence for each in self.debtors)

    @property
    def not_invoiced(self) -> int:
        return sum(each.not_invoiced for each in self.debtors)

    @property
    def paid_ahead(self) -> int:
        return sum(each.paid_ahead for each in self.debtors)


@dataclass(frozen=True)
class ReadDebts:
    """What is read of debts on a day, for whoever lists them, writes to payers or watches them."""

    debts: DebtsOpen
    invoices: Sequence[Standing]
    holds: Sequence[Hold]
    payers: Mapping[str, Funder]
    late_added: LateAdded


def debtors(acting: Acting, as_at: date | None = None) -> Debtors:
    """Who owes us on a day (today, where none is named). Raises `InputError` for a day to come."""
    on = as_at or acting.today
    if on > acting.today:
        raise InputError(f"{day_in_words(on)} is still to come.", "Ask for today, or for a day before.")
    with acting.reading() as connection:
        read = read_debts(connection, on)
        people, funds = registry.people(connection), {row.key: row for row in registry.funds(connection)}
        lines = [each for each in bank_lines.kept_lines(connection) if each.pence > 0 and each.left_pence and each.on <= on]
    of_payer = defaultdict[str, list[OfPerson]](list)
    for debt in read.debts.aged.debts:
        fund, payer = debt.pair
        person = funds[fund].person or ""
        of_payer[payer].append(OfPerson(fund, person, people[person].known_as if person else f"{funds[fund].contract}, the reserve", debt))
    invoices, added = defaultdict[str, list[Standing]](list), read.late_added
    for each in read.invoices:
        invoices[each.amounts.payer].append(each)
    each_payer = (_debtor(payer, of_payer[payer], read, invoices[payer], added) for payer in sorted({*of_payer, *invoices}))
    found = (each for each in each_payer if each.people or each.late or each.late_not_known)
    ordered = sorted(found, key=lambda each: (-each.overdue_pence, -each.open_pence, each.name, each.payer))
    return Debtors(on, tuple(ordered), (sum(each.left_pence for each in lines), len(lines)))


def read_debts(connection: Connection, on: date) -> ReadDebts:
    """The debts of a day with what is noted of their invoices and payers."""
    debts, known = debts_open(connection, on), noted(connection, on)
    return ReadDebts(debts, [*standings_brought_over(debts, known), *standings(debts, known).values()], holds(connection),
                     registry.funders(connection), LateAdded(debts, late_claims(connection, on)))


def late_claims(connection: Connection, on: date) -> dict[int, date]:
    """The last day, up to that one, on which interest for late payment was claimed, by the number of the invoice."""
    found = dict[int, date]()
    for fact in facts.facts(connection, LatePaymentClaimed.kind):
        claim = LatePaymentClaimed.model_validate(fact.said)
        if claim.on <= on:
            found |= {number: max(claim.on, found.get(number, claim.on)) for number in claim.invoices}
    return found


def holds(connection: Connection) -> list[Hold]:
    """Every hold that is noted, past ones too."""
    found = (PaymentHold.model_validate(fact.said) for fact in facts.facts(connection, PaymentHold.kind))
    return [Hold(each.funder, each.why, each.from_on, each.until, each.words, each.hold) for each in found]


def _debtor(payer: str, of: Sequence[OfPerson], read: ReadDebts, invoices: Sequence[Standing], added: LateAdded) -> Debtor:
    known = read.payers[payer]
    late, why = added.to(known.kind, invoices)
    return Debtor(payer, known.name, known.kind, tuple(sorted(of, key=lambda each: (-each.debt.open_pence, each.called, each.fund))),
                  tuple(each for each in invoices if each.amounts.open), held_by(read.holds, payer, read.debts.aged.on), late, why)

"""Does everything add up? A list of checks, each of which returns what it found wrong; none stops at the first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import Connection, case, func, select

from basics.errors import InputError, Problem
from basics.money import Money
from basics.periods import Month
from isf.accounts import INSIDE_MONEY_HELD, ROLES, RULES, Unit
from isf.statement import Statement
from ringfence.actions.verifying_contracts import REPORT, contracts_are_allocated_whole
from ringfence.actions.verifying_invoices import credit_notes_are_what_was_reversed, debts_are_the_ledgers, invoices_are_their_charges
from ringfence.documents.beancount_export import (
    AccountInBooks,
    EntryInBooks,
    MonthOfBooks,
    beancount_lines,
    check_with_beancount,
)
from ringfence.documents.records import statement_from_json
from ringfence.store import billing, ledger, promises, seals
from ringfence.store.engine import Store
from ringfence.store.schema import (
    account,
    approval,
    batch,
    charge,
    delivery,
    document,
    entry,
    event,
    fund,
    origin,
    part,
    role,
    rule,
    seal,
)

Check = Callable[[Connection], Iterator[Problem]]


def verify(store: Store, *, referee: bool = False) -> list[Problem]:
    """Every difference that any check finds; an empty list where all is as it should be. It reads, and anybody may ask."""
    with store.reading() as connection:
        found = [problem for check in CHECKS for problem in check(connection)]
        return [*found, *(_referee(connection) if referee else ())]


def kept_is_summed(connection: Connection) -> Iterator[Problem]:
    """Each kept balance is the sum of its entries."""
    kept, summed = ledger.kept(connection), ledger.summed(connection)
    names = {row.id: row.key for row in connection.execute(select(account.c.id, account.c.key))}
    for number in sorted(kept.keys() | summed.keys()):
        if kept.get(number, 0) != summed.get(number, 0):
            yield Problem(f"account {names.get(number, number)}",
                          f"keeps {kept.get(number, 0)} and its entries come to {summed.get(number, 0)}.", REPORT)


def parts_are_within_their_origin(connection: Connection) -> Iterator[Problem]:
    """The parts of a thing never add to more than the thing; a shared cost is shared whole."""
    query = (
        select(origin.c.key, origin.c.kind, origin.c.amount, origin.c.placed, func.coalesce(func.sum(part.c.amount), 0).label("parts"))
        .outerjoin(part, part.c.origin_id == origin.c.id).group_by(origin.c.key, origin.c.kind, origin.c.amount, origin.c.placed)
    )
    for row in connection.execute(query):
        if row.parts > row.amount or row.parts != row.placed or (row.kind == "shared_cost" and row.parts != row.amount):
            yield Problem(row.key, f"is {row.amount}, its parts come to {row.parts}, and {row.placed} is kept as placed.", REPORT)


def statements_are_the_ledger(connection: Connection) -> Iterator[Problem]:
    """Each issued statement opens and closes with what the ledger says, and opens where the one before it closed."""
    held: dict[Month, dict[str, int]] = {}
    closed_at: dict[str, int] = {}
    records, unreadable = _statements(connection)
    yield from unreadable
    for record in records:
        month, money, place = Month.parse(record.month), record.money, f"statement {record.month} of {record.fund_key}"
        for at in (month, month.next):
            if at not in held:
                held[at] = ledger.held_before(connection, at.first, INSIDE_MONEY_HELD)
        found = (held[month].get(record.fund_key, 0), held[month.next].get(record.fund_key, 0))
        if (money.opening_pence, money.closing_pence) != found:
            yield Problem(place, f"goes from {Money(money.opening_pence)} to {Money(money.closing_pence)}, and the ledger from "
                          f"{Money(found[0])} to {Money(found[1])}.", REPORT)
        before = closed_at.get(record.fund_key, money.opening_pence)
        if before != money.opening_pence:
            yield Problem(place, f"opens with {Money(money.opening_pence)}, and the one before closed with {Money(before)}.", REPORT)
        closed_at[record.fund_key] = money.closing_pence


def _statements(connection: Connection) -> tuple[list[Statement], list[Problem]]:
    """The frozen statements in their order; one that cannot be read is told and hides none of the others."""
    found, unreadable = [], []
    for row in connection.execute(select(document.c.key, document.c.record).where(document.c.kind == "statement")):
        try:
            found.append(statement_from_json(row.record))
        except InputError as error:
            unreadable.append(Problem(row.key, error.problem.what, REPORT))
    return sorted(found, key=lambda record: (record.month, record.fund_key)), unreadable


def charges_are_their_entries(connection: Connection) -> Iterator[Problem]:
    """What each visit was charged stands in the ledger once: not less, and not twice."""
    credit = account.alias("credit")
    posted = (
        select(entry.c.event_id, func.sum(entry.c.amount).label("pence")).join(credit, credit.c.id == entry.c.credit_account_id)
        .where(credit.c.role == "owed_provider", entry.c.reverses_id.is_(None)).group_by(entry.c.event_id).subquery()
    )
    query = (
        select(event.c.key, charge.c.pence, func.coalesce(posted.c.pence, 0)).join(event, event.c.id == charge.c.event_id)
        .outerjoin(posted, posted.c.event_id == charge.c.event_id).where(charge.c.pence != func.coalesce(posted.c.pence, 0))
    )
    for key, pence, found in connection.execute(query):
        yield Problem(f"charge {key}", f"is {Money(pence)}, and its entries come to {Money(int(found))}.", REPORT)


def entries_come_from_approved_parts(connection: Connection) -> Iterator[Problem]:
    """What comes from an origin stays within its fund’s approved parts, approved by another person; an entry stays in its fund.

    What is put back is its part’s again, but for money of a bank line, which is placed anew by parts of its own.
    """
    sign = case((entry.c.reverses_id.is_(None), entry.c.amount), (origin.c.kind.startswith("bank"), 0), else_=-entry.c.amount)
    used = connection.execute(select(entry.c.origin_id, entry.c.fund_id, func.sum(sign)).join(origin, origin.c.id == entry.c.origin_id)
                              .group_by(entry.c.origin_id, entry.c.fund_id)).all()
    approved = {(row[0], row[1]): int(row[2]) for row in connection.execute(
        select(part.c.origin_id, part.c.fund_id, func.sum(part.c.amount)).join(approval, approval.c.batch_id == part.c.batch_id)
        .join(batch, batch.c.id == part.c.batch_id).where(approval.c.approved_by != batch.c.prepared_by)
        .group_by(part.c.origin_id, part.c.fund_id))}
    names = {row.id: row.key for row in connection.execute(select(origin.c.id, origin.c.key))}
    for origin_id, fund_id, amount in used:
        if int(amount) > approved.get((origin_id, fund_id), 0):
            yield Problem(names.get(origin_id, str(origin_id)), f"has {amount} posted in a fund whose approved part is "
                          f"{approved.get((origin_id, fund_id), 0)}.", REPORT)
    debit, credit = account.alias("debit"), account.alias("credit")
    strays = select(entry.c.key).join(debit, debit.c.id == entry.c.debit_account_id).join(credit, credit.c.id == entry.c.credit_account_id)
    for key in connection.execute(strays.where((debit.c.fund_id != entry.c.fund_id) | (credit.c.fund_id != entry.c.fund_id))).scalars():
        yield Problem(f"entry {key}", "has an account of another fund.", REPORT)


def money_put_back_is_what_was_reversed(connection: Connection) -> Iterator[Problem]:
    """What there is to place anew of a bank line is what was put back of it: no penny more, and none lost."""
    reversed_of = {key: int(pence) for key, pence in connection.execute(
        select(origin.c.key, func.sum(entry.c.amount)).join(entry, entry.c.origin_id == origin.c.id)
        .where(entry.c.reverses_id.is_not(None), origin.c.kind.startswith("bank")).group_by(origin.c.key))}
    there: dict[str, int] = {}
    for key, amount in connection.execute(select(origin.c.key, origin.c.amount).where(origin.c.key.contains(ledger.PUT_BACK))):
        line = key.rpartition(ledger.PUT_BACK)[0]
        there[line] = there.get(line, 0) + amount
    for line in sorted(reversed_of.keys() | there.keys()):
        if (back := reversed_of.get(line, 0)) != there.get(line, 0):
            yield Problem(line, f"had {Money(back)} put back, and {Money(there.get(line, 0))} of it is there to be placed anew.", REPORT)


def charges_are_of_that_person(connection: Connection) -> Iterator[Problem]:
    """A person’s support is charged to that person’s fund."""
    query = (
        select(event.c.key).join(charge, charge.c.event_id == event.c.id).join(delivery, delivery.c.id == charge.c.delivery_id)
        .join(fund, fund.c.id == charge.c.fund_id).where(delivery.c.person_id.is_not(None), fund.c.person_id.is_distinct_from(delivery.c.person_id))
    )
    for key in connection.execute(query).scalars():
        yield Problem(f"charge {key}", "is in the fund of another person.", REPORT)


def payers_have_promised(connection: Connection) -> Iterator[Problem]:
    """Nothing is due from, or paid by, somebody who never promised anything in that fund, or another person."""
    for fund_key, payer, is_other_person in promises.strangers(connection):
        why = "is another person" if is_other_person else "never promised anything there"
        yield Problem(f"fund {fund_key}", f"has money of {payer}, who {why}.", "Put back what was placed under that payer with “corrections”.")


def the_constitution_stands(connection: Connection) -> Iterator[Problem]:
    """The roles with their floors and the rules in the database are those of `isf.accounts`."""
    roles = {(each.name, each.unit.value, each.side, each.floor.value) for each in ROLES}
    rules = {(each.debit, each.credit, each.unit.value, each.origin.value if each.origin else "", each.needs) for each in RULES}
    for what, kept, meant in (("role", set(map(tuple, connection.execute(select(role)))), roles),
                              ("rule", set(map(tuple, connection.execute(select(rule)))), rules)):
        for row in sorted(kept ^ meant):
            yield Problem(f"{what} {' '.join(row)}", "was added, changed or taken away.", REPORT)


def seals_are_unbroken(connection: Connection) -> Iterator[Problem]:
    """Each seal is made from what it covers and the seal before it, and nothing is without one."""
    previous = ""
    for row in connection.execute(select(seal).order_by(seal.c.n)):
        of_entries = row.covers == "entries"
        digest = seals.digest_of_entries(connection, row.batch_id)[1] if of_entries else _digest_of_documents(connection, row.batch_id)
        if row.previous != previous or row.sha256 != seals.chained(previous, digest):
            yield Problem(f"seal {row.n}", f"does not fit the {row.covers} that it covers.", REPORT)
        previous = row.sha256
    yield from _unsealed(connection)


def _unsealed(connection: Connection) -> Iterator[Problem]:
    """Entries and documents that no seal covers: a seal that was taken away from the end of the chain leaves no other trace."""
    for covers, table in (("entries", entry), ("documents", document)):
        query = (
            select(batch.c.key).join(table, table.c.batch_id == batch.c.id)
            .outerjoin(seal, (seal.c.batch_id == batch.c.id) & (seal.c.covers == covers)).where(seal.c.n.is_(None)).distinct()
        )
        for key in connection.execute(query.order_by(batch.c.key)).scalars():
            yield Problem(key, f"has {covers} that no seal covers.", REPORT)


def _digest_of_documents(connection: Connection, batch_id: int) -> str:
    rows = billing.documents_of_batch(connection, batch_id)
    return seals.sha256_of_lines(sorted(f"{row.key} {hashlib.sha256(row.record.encode()).hexdigest()}" for row in rows))


CHECKS: tuple[Check, ...] = (
    kept_is_summed, parts_are_within_their_origin, contracts_are_allocated_whole, statements_are_the_ledger, charges_are_their_entries,
    invoices_are_their_charges, credit_notes_are_what_was_reversed, debts_are_the_ledgers, entries_come_from_approved_parts,
    money_put_back_is_what_was_reversed, charges_are_of_that_person, payers_have_promised, the_constitution_stands,
    seals_are_unbroken,
)
"""Each gives what it finds wrong."""


def _referee(connection: Connection) -> Iterator[Problem]:
    """Beancount, which shares no code with these books, adds up every account, a month at a time."""
    accounts = [AccountInBooks(row.id, row.key, row.role, Unit(row.unit)) for row in connection.execute(
        select(account.c.id, fund.c.key, account.c.role, account.c.unit).join(fund, fund.c.id == account.c.fund_id).order_by(account.c.id))]
    first, last = connection.execute(select(func.min(entry.c.posted_on), func.max(entry.c.posted_on))).one()
    if first is None:
        return
    month, last_month = Month.of(date.fromisoformat(first)), Month.of(date.fromisoformat(last))
    opening: dict[int, int] = {}
    while month <= last_month:
        closing = ledger.kept(connection) if month == last_month else ledger.summed(connection, month.last)
        books = MonthOfBooks(month, accounts, _entries(connection, month), opening, closing)
        for words in check_with_beancount("\n".join(beancount_lines(books))):
            yield Problem(f"beancount, {month}", words, REPORT)
        month, opening = month.next, closing


def _entries(connection: Connection, month: Month) -> Iterator[EntryInBooks]:
    query = select(entry).where(entry.c.posted_on.between(month.first.isoformat(), month.last.isoformat())).order_by(entry.c.id)
    for row in connection.execute(query):
        yield EntryInBooks(row.key, date.fromisoformat(row.posted_on), row.debit_account_id, row.credit_account_id, row.amount)

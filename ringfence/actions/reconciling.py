"""People’s money reconciled with the bank at a day: worked out, explained where it differs, and signed off by somebody else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from basics.errors import InputError, NotAllowed
from basics.money import Money
from basics.periods import day_in_words
from isf.reconciliation import FundCash, Item, Kept, Reconciled, is_overdue
from ringfence.actions.acting import Acting
from ringfence.store import batches, cash, registry

RECONCILIATION = "reconciliation"


@dataclass(frozen=True)
class Signed:
    """One that was prepared, and who signed it off; nobody where it waits still."""

    digest: str
    reconciled: Reconciled
    prepared_by: str
    approved_by: str | None
    prepared_at: str = ""


@dataclass(frozen=True)
class Standing:
    """Every reconciliation, the last first; the day of the last that was signed off; and whether the next is overdue."""

    all: tuple[Signed, ...]
    last: date | None
    is_overdue: bool


def reconcile(acting: Acting, on: date, bank: Money, *, kept: Kept = Kept.APART, on_the_way: Sequence[Item] = (),
              explained: Sequence[Item] = ()) -> Reconciled:
    """What must be held for people at the end of a day, beside the ledger and beside what the bank’s statement says. Nothing is stored."""
    if on > acting.today:
        raise InputError(f"{day_in_words(on)} is still to come.", "Give a day for which the bank has a statement.")
    with acting.reading() as connection:
        return _worked_out(connection, Reconciled(on, kept, bank.pence, (), (), tuple(on_the_way), tuple(explained)))


def item_said(text: str, place: str = "") -> Item:
    """An item as a person writes it: “Cheque 12 to P. Shah=-45.00”, with the fund and a colon in front where it is one’s. Raises `InputError`."""
    said, is_given, pounds = text.rpartition("=")
    if not is_given or not said.strip():
        raise InputError(f"“{text}” is not words and pounds.", "Write it like “Cheque 12=-45.00”.", place)
    fund, has_fund, words = said.partition(":")
    try:
        return Item((words if has_fund else said).strip(), Money.parse(pounds).pence, fund.strip() if has_fund else "")
    except InputError as error:
        raise InputError(error.problem.what, error.problem.to_do, place) from None


def propose_reconciliation(acting: Acting, found: Reconciled) -> str:
    """Ask for it to be signed off by another, with the digest that is returned. Raises `InputError` while a difference is not explained to the
    penny, or something names a fund that is not there."""
    if found.unexplained_pence:
        raise InputError(
            f"The bank says {Money(found.bank_pence)}, and {Money(found.expected_pence)} should be there: {Money(abs(found.unexplained_pence))} "
            f"{'too much' if found.unexplained_pence > 0 else 'too little'} is not explained.",
            "Find what it is: place or explain the bank lines, say what is on its way, or explain the difference, fund by fund.")
    body = registry.canonical(_as_data(found))
    digest = hashlib.sha256(body.encode()).hexdigest()
    key = f"{RECONCILIATION} {digest}"
    with acting.writing() as connection:
        known = {row.key for row in registry.funds(connection)}
        for each in (*found.on_the_way, *found.explained):
            if each.fund and each.fund not in known:
                raise InputError(f"There is no fund {each.fund}.", "Check its key: it is like isf-P001.", each.words)
        if batches.by_key(connection, key) is None:
            batches.open_batch(connection, kind=RECONCILIATION, key=key, digest=digest, prepared_by=acting.user, recorded_at=acting.recorded_at,
                               body=body)
    return digest


def approve_reconciliation(connection: Connection, acting: Acting, batch: batches.Batch) -> str:
    """Sign it off. Raises `NotAllowed` where the books say something else of that day by now."""
    asked = _of_data(json.loads(batch.body))
    if _worked_out(connection, asked) != asked:
        raise NotAllowed("The books have changed since this was prepared.", "Reconcile that day again, read it, and sign that off.")
    batches.approve(connection, batch.id, acting.user, acting.recorded_at)
    return reconciliation_in_words(batch)


def reconciliation_in_words(batch: batches.Batch) -> str:
    """What signing it off says, in a few sentences."""
    found = _of_data(json.loads(batch.body))
    start = (f"People’s money on {day_in_words(found.on)}: {Money(found.must_be_held_pence)} must be held, the ledger holds "
             f"{Money(found.held_pence)}, the bank says {Money(found.bank_pence)}.")
    if found.agrees:
        return f"{start} It agrees."
    reasons = "; ".join(f"{each.words} {Money(each.pence)}" for each in found.explained)
    return f"{start} The difference of {Money(found.difference_pence)} is explained: {reasons}."


def reconciled_on(batch: batches.Batch) -> date:
    """The day at whose end people’s money was held beside the bank."""
    return date.fromisoformat(json.loads(batch.body)["on"])


def reconciliations(acting: Acting) -> Standing:
    """Every reconciliation that was prepared, and whether the next is overdue."""
    with acting.reading() as connection:
        found = prepared(connection)
        holds = any(each.held for each in cash.cash_at(connection, acting.today))
    last = max((each.reconciled.on for each in found if each.approved_by), default=None)
    return Standing(tuple(sorted(found, key=lambda each: each.reconciled.on, reverse=True)), last, holds and is_overdue(last, acting.today))


def prepared(connection: Connection) -> list[Signed]:
    """Each that was prepared, in the order in which they were."""
    return [Signed(each.digest, _of_data(json.loads(each.body)), each.prepared_by, each.approved_by, each.prepared_at)
            for each in batches.of_kind(connection, RECONCILIATION)]


def _worked_out(connection: Connection, asked: Reconciled) -> Reconciled:
    nobodys = tuple(Item(f"{day_in_words(each.happened_on)}, {each.line}, {each.words}: {each.explained or 'not placed yet'}", each.pence)
                    for each in cash.nobodys_lines(connection, asked.on))
    return replace(asked, funds=cash.cash_at(connection, asked.on), nobodys=nobodys)


def _as_data(found: Reconciled) -> dict[str, object]:
    return {
        "on": found.on.isoformat(), "kept": found.kept.value, "bank_pence": found.bank_pence,
        "funds": [[each.fund, each.held, each.owed_provider, each.borne, each.with_provider] for each in found.funds],
        **{name: [[each.words, each.pence, each.fund] for each in items]
           for name, items in (("nobodys", found.nobodys), ("on_the_way", found.on_the_way), ("explained", found.explained))}}


def _of_data(said: dict[str, object]) -> Reconciled:
    def rows(name: str) -> list[list[object]]:
        found = said[name]
        assert isinstance(found, list)
        return found

    items = {name: tuple(Item(str(words), int(str(pence)), str(of)) for words, pence, of in rows(name))
             for name in ("nobodys", "on_the_way", "explained")}
    funds = tuple(FundCash(str(fund), *(int(str(each)) for each in amounts)) for fund, *amounts in rows("funds"))
    return Reconciled(date.fromisoformat(str(said["on"])), Kept(str(said["kept"])), int(str(said["bank_pence"])), funds, **items)

"""What an apply file says of debts: whom to write to, the ladders, and invoices whose rest is written off.

What is written off is posted as a payment that never came, which the provider carries. Where nothing is held for the person (support paid for as
it is given) the provider gives it up at the same time; in a fund that is held, what it carries is given up by an item of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from basics.money import Money
from invoicing.late_payment import OWED_BY
from isf.accounts import FundKind, OriginKind, Unit
from isf.entries import Event, entry
from isf.money_held import EventKind
from ringfence.actions.brought_over import invoices_brought_over
from ringfence.actions.debts_open import debts_open
from ringfence.actions.laying import Laying
from ringfence.actions.laying_unpaid import COVERED
from ringfence.importing.fact_items_debts import WrittenOff
from ringfence.importing.record_file import RecordFile
from ringfence.store import billing, ledger, registry
from ringfence.store.debts import Pair, written_off_key
from ringfence.store.schema import funder

Place = tuple[str | int, ...]
NOT_HERE = "Check the number: the page Invoices lists them all."


def lay_debts(laying: Laying) -> None:
    for n, contact in enumerate(laying.file.payer_contacts):
        laying.find(funder, contact.funder, ("payer_contacts", n, "funder"), "a funder", "Add it under “funders”.")
    for n, terms in enumerate(laying.file.reminder_terms):
        if terms.funder:
            laying.find(funder, terms.funder, ("reminder_terms", n, "funder"), "a funder", "Add it under “funders”.")
    for n, item in enumerate(laying.file.written_off):
        if item.invoice in (before.invoice for before in laying.file.written_off[:n]):
            laying.problem(("written_off", n, "invoice"), f"Invoice {item.invoice} is written off twice in this file.", "Leave one of the two out.")
        else:
            _write_off(laying, ("written_off", n), item)


def _write_off(laying: Laying, place: Place, item: WrittenOff) -> None:
    """All that is open of the invoice now, fund by fund; the same item again is no change."""
    pairs = [(row.fund, row.funder) for row in billing.parts_of_invoice(laying.connection, item.invoice)]
    if any(ledger.is_event(laying.connection, written_off_key(item.reference, item.invoice, pair)) for pair in pairs):
        return
    amounts = debts_open(laying.connection, item.on)
    is_open = next((each for each in amounts.aged.open if each.number == item.invoice), None)
    if is_open is None:
        laying.problem((*place, "invoice"), f"Nothing is open of an invoice {item.invoice} on that day.", NOT_HERE)
        return
    kinds = {row.key: row.kind for row in registry.funds(laying.connection)}
    for pair, pence in is_open.parts:
        if pence > (most := laying.balances[pair[0], Unit.PENCE, "due", pair[1]]):
            laying.problem((*place, "invoice"), f"has {Money(pence)} open for {pair[0]}, and {Money(max(0, most))} is due there.",
                           "Take out of this file what else settles it.")
            continue
        _post(laying, item, pair, pence, gives_up=kinds[pair[0]] == FundKind.SPOT)


def _post(laying: Laying, item: WrittenOff, pair: Pair, pence: int, *, gives_up: bool) -> None:
    key, (fund, payer) = written_off_key(item.reference, item.invoice, pair), pair
    laying.said.append(f"New: {Money(pence)} of invoice {item.invoice:06d} that {payer} owes for {fund} is written off: {item.words}")
    laying.post(entry(Event(key, EventKind.NEVER_PAID, fund, COVERED), ("borne", None), ("due", payer), pence, item.on))
    given_up = min(pence, laying.balances[fund, Unit.PENCE, "owed_provider", None]) if gives_up else 0
    if given_up > 0:
        again = f"given up, {key}"
        laying.origins.append(ledger.Origin(again, OriginKind.GIVEN_UP, Unit.PENCE, given_up, item.on, item.words, ((fund, given_up),)))
        laying.post(entry(Event(again, EventKind.GIVEN_UP, fund, item.words), ("owed_provider", None), ("borne", None), given_up, item.on,
                          origin=again))


def claims_not_owed(connection: Connection, file: RecordFile) -> Iterator[tuple[Place, str, str]]:
    """Claims of interest for late payment from whom none may be asked, or on what is not an invoice of that payer."""
    payers = registry.funders(connection)
    owed_by = {row.number: row.funder for row in billing.invoices(connection)} if file.late_payment_claims else {}
    for n, item in enumerate(file.late_payment_claims):
        payer = payers.get(item.funder)
        if payer is None or payer.kind not in OWED_BY:
            yield (("late_payment_claims", n, "funder"), f"No interest for late payment may be asked from “{item.funder}”.",
                   "It is for councils, the NHS and businesses only, never for a person, a family or a grant.")
            continue
        yield from ((("late_payment_claims", n, "invoices"), f"{number} is no invoice to {item.funder}.", NOT_HERE)
                    for number in item.invoices if owed_by.get(number) != item.funder)


def debts_not_there(connection: Connection, file: RecordFile) -> Iterator[tuple[Place, str, str]]:
    """Payers and invoices that a file of records names and that are not here: the place, what is wrong and what to do."""
    payers = registry.ids(connection, funder)
    for section in ("payment_holds", "reminders_sent"):
        for n, item in enumerate(getattr(file, section)):
            if item.funder not in payers:
                yield (section, n, "funder"), f"“{item.funder}” is not a funder here.", "Add it under “funders” of an apply file, or correct it."
    named: list[tuple[Place, int]] = [
        *((("invoices_sent", n, "invoice"), item.invoice) for n, item in enumerate(file.invoices_sent)),
        *((("invoice_queries", n, "invoice"), item.invoice) for n, item in enumerate(file.invoice_queries)),
        *((("reminders_sent", n, "invoices"), number) for n, item in enumerate(file.reminders_sent) for number in item.invoices)]
    for n, item in enumerate(file.reminders_sent):
        missing = set(item.brought_over) - {each.number_before for each in invoices_brought_over(connection, date.max)}
        yield from ((("reminders_sent", n, "brought_over"), f"No invoice {each} was brought over.", NOT_HERE) for each in sorted(missing))
    if named:
        known = {row.number for row in billing.invoices(connection)}
        yield from ((place, f"There is no invoice {number}.", NOT_HERE) for place, number in named if number not in known)

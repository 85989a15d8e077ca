"""What one person notes of an invoice or a payer while they look at it, and a write-off that they ask for: files of `ringfence record` and of
`ringfence apply` with one item. Each has a reference that is made of what it says, so that the same said again is no other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date

from basics.errors import InputError
from invoicing.reminders import Why
from ringfence.actions.acting import Acting
from ringfence.actions.applying import APPLY, Applied, apply_content
from ringfence.actions.recording import record_content
from ringfence.actions.rights import Right
from ringfence.importing.fact_items_debts import InvoiceQuery, PaymentHold
from ringfence.store import batches, facts

WRITTEN_OFF = "written_off"
FIRST_OF_A_DIGEST = 12


def note_invoice_sent(acting: Acting, number: int, *, on: date | None, how: str, to: str) -> tuple[str, ...]:
    """An invoice went out. This and the other notes give a line for what is new, and nothing for what was noted before."""
    return _note(acting, "invoices_sent", f"invoice {number:06d}", invoice=number, on=on, how=how, to=to)


def note_invoices_sent(acting: Acting, to: Mapping[int, str], *, on: date | None, how: str) -> tuple[str, ...]:
    """Several invoices went out on one day in one way: `to` says by number to whom. All of them are noted, or none."""
    acting.refuse_without(Right.PREPARE)
    items = [{"invoice": number, "how": how, "to": whom, **({"on": on} if on else {})} for number, whom in sorted(to.items())]
    return record_content(acting, {"invoices_sent": items}, f"{len(items)} invoices")


def note_query(acting: Acting, number: int, *, on: date | None, raised_by: str, words: str, reply_by: date | None) -> tuple[str, ...]:
    """Somebody asked about an invoice, or disputes it, and is to have an answer by a day."""
    return _note(acting, "invoice_queries", f"invoice {number:06d}", query=_reference("IQ", number, on, raised_by, words), invoice=number, on=on,
                 raised_by=raised_by, words=words, reply_by=reply_by)


def note_answer(acting: Acting, query: str, *, on: date | None, outcome: str) -> tuple[str, ...]:
    """What came of a query. Raises `InputError` where there is none of that reference."""
    said = _said(acting, InvoiceQuery.kind, query)
    return _note(acting, "invoice_queries", f"query {query}", **said | {"outcome": outcome, "outcome_on": on})


def hold_letters(acting: Acting, payer: str, *, why: Why, words: str, from_on: date | None, until: date | None = None) -> tuple[str, ...]:
    """No letter about money goes to a payer over these days; without `until`, until further notice."""
    return _note(acting, "payment_holds", f"letters to {payer}", hold=_reference("PH", payer, why, from_on, words), funder=payer, why=str(why),
                 words=words, **{"from": from_on, "until": until})


def end_hold(acting: Acting, hold: str, *, until: date | None) -> tuple[str, ...]:
    """The last day of a hold. Raises `InputError` where there is none of that reference."""
    return _note(acting, "payment_holds", f"hold {hold}", **_said(acting, PaymentHold.kind, hold) | {"until": until})


def note_late_claim(acting: Acting, payer: str, invoices: Sequence[int], *, on: date | None, words: str) -> tuple[str, ...]:
    """Interest for late payment was claimed from a payer on these invoices: from then on only later days are added to them, and no fixed sum."""
    return _note(acting, "late_payment_claims", f"the claim from {payer}", claim=_reference("LC", payer, sorted(invoices), on, words), funder=payer,
                 invoices=sorted(invoices), on=on, words=words)


def propose_write_off(acting: Acting, number: int, *, words: str) -> Applied:
    """Prepare what is open of an invoice today to be written off; it counts when another person approves it."""
    acting.refuse_without(Right.PREPARE)
    item = {WRITTEN_OFF: _reference("WO", number, acting.today, words), "invoice": number, "on": acting.today, "words": words}
    return apply_content(acting, {WRITTEN_OFF: [item]}, f"invoice {number:06d}")


def write_offs_waiting(acting: Acting) -> dict[int, str]:
    """Who prepared a write-off that nobody has approved, by the number of its invoice."""
    with acting.reading() as connection:
        waiting = [each for each in batches.of_kind(connection, APPLY) if not each.approved_by and f'"{WRITTEN_OFF}"' in each.body]
    return {int(item["invoice"]): each.prepared_by for each in waiting for item in json.loads(each.body).get(WRITTEN_OFF, ())}


def _note(acting: Acting, section: str, place: str, **item: object) -> tuple[str, ...]:
    acting.refuse_without(Right.PREPARE)
    return record_content(acting, {section: [{name: said for name, said in item.items() if said is not None}]}, place)


def _said(acting: Acting, kind: str, reference: str) -> dict[str, object]:
    with acting.reading(Right.PREPARE) as connection:
        versions = facts.every_version(connection, kind, reference)
    if not versions:
        raise InputError(f"There is no {kind} {reference[:64]}.", "Look at the page again.")
    return dict(versions[-1].said)


def _reference(kind: str, *said: object) -> str:
    return f"{kind}-{hashlib.sha256(repr([str(each) for each in said]).encode()).hexdigest()[:FIRST_OF_A_DIGEST]}"

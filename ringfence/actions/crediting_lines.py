"""A credit that somebody starts from lines of an invoice: the visits behind them never were. It is previewed, prepared and approved like any file.

A visit is taken back whole, so whoever shared it and every other payer of it is credited too: what that comes to is told before it is asked for.
What a visit should have said instead is put right on the visit’s own page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from basics.errors import InputError, NotAllowed, Problem, Refused
from basics.money import Money
from invoicing.invoice import InvoiceLine
from ringfence.actions.acting import Acting
from ringfence.actions.applying import APPLY, Applied, prepare, rehearse
from ringfence.actions.rights import Right
from ringfence.documents.records import invoice_from_json
from ringfence.importing.apply_file import ApplyFile, parse_apply
from ringfence.store import batches, credits

SECTION = "visits_corrected"
FIRST_OF_A_DIGEST = 10
OF_AN_INSTALMENT = "An instalment is not credited."
INSTEAD = "A new version of the split changes the instalments still to come; what of this one will never be paid is written off."


@dataclass(frozen=True)
class LineAsked:
    """One line of an issued invoice, as it was printed, and the visit behind it; of an instalment there is none."""

    n: int
    printed: InvoiceLine
    visit: str
    carer: str
    is_credited: bool

    @property
    def may_be_credited(self) -> bool:
        return bool(self.visit) and not self.is_credited

    @property
    def words(self) -> str:
        """“5 Oct 2026, Outreach, £48.00: visit V-1 of carer C1”."""
        what = ", ".join(filter(None, (self.printed.day, self.printed.words, str(Money(self.printed.pence)))))
        return f"{what}: visit {self.visit} of carer {self.carer}" if self.visit else what


@dataclass(frozen=True)
class CreditAsked:
    """What a credit of some lines does: its digest, each thing in words, and what it takes off this invoice and off others, in pence by number."""

    applied: Applied
    invoice: int

    @property
    def pence(self) -> int:
        return dict(self.applied.credits).get(self.invoice, 0)

    @property
    def others(self) -> tuple[tuple[int, int], ...]:
        return tuple(each for each in self.applied.credits if each[0] != self.invoice)


def lines_asked(acting: Acting, number: int) -> tuple[LineAsked, ...]:
    """Every line of an invoice; none where there is no invoice of that number."""
    with acting.reading() as connection:
        rows = credits.lines_of_invoice(connection, number)
        printed = invoice_from_json(rows[0].record).lines if rows else ()
    return tuple(LineAsked(row.n, printed[row.n - 1], row.visit or "", row.carer or "", row.credited is not None) for row in rows)


def preview_credit(acting: Acting, number: int, lines: Sequence[int], *, words: str) -> CreditAsked:
    """What crediting these lines would do; nothing is kept. Raises `InputError` or `Refused` with every problem."""
    acting.refuse_without(Right.PREPARE)
    would = rehearse(acting, _file(acting, number, lines, words))
    if not would.digest:
        raise InputError("Nothing of it would change: this was credited before.", "Look at the invoice again.", f"invoice {number}")
    return CreditAsked(would, number)


def propose_credit(acting: Acting, number: int, lines: Sequence[int], *, words: str, read: str = "") -> CreditAsked:
    """Prepare the same for another person to approve. Raises `NotAllowed` where it would do something else than the preview with the digest that
    was `read`."""
    would = preview_credit(acting, number, lines, words=words)
    if read and would.applied.digest != read:
        raise NotAllowed("The books have changed since you read what it would do.", "Look again, and ask for that.")
    return CreditAsked(prepare(acting, _file(acting, number, lines, words)), number)


def credit_waiting(acting: Acting, lines: Sequence[LineAsked]) -> str:
    """Who prepared a correction of a visit behind these lines that nobody has approved; empty where nobody did."""
    visits = {(each.visit, each.carer) for each in lines if each.may_be_credited}
    with acting.reading() as connection:
        waiting = [each for each in batches.of_kind(connection, APPLY) if not each.approved_by and f'"{SECTION}"' in each.body]
    return next((each.prepared_by for each in waiting for item in json.loads(each.body).get(SECTION, ())
                 if (item["visit"], item["carer"]) in visits), "")


def _file(acting: Acting, number: int, lines: Sequence[int], words: str) -> ApplyFile:
    place = f"invoice {number}"
    if not words.strip():
        raise InputError("Nobody said why.", "Say who found it, and when. It stands on the credit note.", f"{place}, words")
    known = {each.n: each for each in lines_asked(acting, number)}
    if not known:
        raise InputError(f"There is no invoice {number}.", "Open one from the list of invoices.", place)
    if not lines:
        raise InputError("No line is chosen.", "Choose those that are not owed.", f"{place}, lines")
    if problems := [Problem(f"{place}, line {n}", *why) for n in dict.fromkeys(lines) if (why := _why_not(known.get(n)))]:
        raise Refused("These lines cannot be credited:", problems)
    visits = dict.fromkeys((known[n].visit, known[n].carer) for n in sorted(set(lines)))
    said = {"on": acting.today, "words": words.strip(), "taken_back": True}
    items = [{"correction": f"VC-{_told(number, visit, carer, words.strip(), acting.today)}", "visit": visit, "carer": carer, **said}
             for visit, carer in visits]
    return parse_apply({SECTION: items}, place)


def _why_not(line: LineAsked | None) -> tuple[str, str] | None:
    if line is None:
        return "The invoice has no such line.", "Choose lines that it has."
    if line.is_credited:
        return "It is credited already.", "Leave it out."
    return None if line.visit else (OF_AN_INSTALMENT, INSTEAD)


def _told(*said: object) -> str:
    return hashlib.sha256(repr([str(each) for each in said]).encode()).hexdigest()[:FIRST_OF_A_DIGEST]

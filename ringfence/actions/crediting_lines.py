"""A credit that somebody starts from lines of an invoice: the visits behind them never were, or an instalment is not owed, or not all of it. It is
previewed, prepared and approved like any file.

A visit is taken back whole, so whoever shared it and every other payer of it is credited too: what that comes to is told before it is asked for.
What a visit should have said instead is put right on the visit’s own page. Of an instalment the whole of a line is credited, or a sum of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from basics.errors import InputError, NotAllowed, Problem, Refused
from basics.money import Money
from invoicing.invoice import InvoiceLine
from ringfence.actions.acting import Acting
from ringfence.actions.applying import APPLY, Applied, prepare, rehearse
from ringfence.actions.rights import Right
from ringfence.documents.records import invoice_from_json
from ringfence.importing.apply_file import ApplyFile, parse_apply
from ringfence.store import batches, credits

VISITS, INSTALMENTS = "visits_corrected", "instalments_credited"
FIRST_OF_A_DIGEST = 10
Sums = Mapping[int, Money]
"""By the number of a line of an instalment, what of it is credited where it is not the whole."""
NO_SUMS: Sums = MappingProxyType({})


@dataclass(frozen=True)
class LineAsked:
    """One line of an issued invoice, as it was printed, what of it is credited in pence (None where nothing is), and the visit behind it; of an
    instalment there is none."""

    invoice: int
    n: int
    printed: InvoiceLine
    visit: str
    carer: str
    credited_pence: int | None

    @property
    def is_instalment(self) -> bool:
        return not self.visit

    @property
    def left_pence(self) -> int:
        return self.printed.pence - (self.credited_pence or 0)

    @property
    def is_credited(self) -> bool:
        """Whether nothing of it is left to be credited."""
        return self.left_pence <= 0 if self.is_instalment else self.credited_pence is not None

    @property
    def may_be_credited(self) -> bool:
        return not self.is_credited

    @property
    def words(self) -> str:
        """“5 Oct 2026, Outreach, £48.00: visit V-1 of carer C1”, or “Support for person P001, £1,000.00, of which £300.00 is credited”."""
        what = ", ".join(filter(None, (self.printed.day, self.printed.words, str(Money(self.printed.pence)))))
        if self.is_instalment:
            return f"{what}, of which {Money(self.credited_pence)} is credited" if self.credited_pence else what
        return f"{what}: visit {self.visit} of carer {self.carer}"


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
    return tuple(LineAsked(number, row.n, printed[row.n - 1], row.visit or "", row.carer or "", row.credited) for row in rows)


def preview_credit(acting: Acting, number: int, lines: Sequence[int], *, words: str, sums: Sums = NO_SUMS) -> CreditAsked:
    """What crediting these lines would do; nothing is kept. `sums` are those of which not the whole is credited. Raises `InputError` or `Refused`
    with every problem."""
    acting.refuse_without(Right.PREPARE)
    would = rehearse(acting, _file(acting, number, lines, words, sums))
    if not would.digest:
        raise InputError("Nothing of it would change: this was credited before.", "Look at the invoice again.", f"invoice {number}")
    return CreditAsked(would, number)


def propose_credit(acting: Acting, number: int, lines: Sequence[int], *, words: str, sums: Sums = NO_SUMS, read: str = "") -> CreditAsked:
    """Prepare the same for another person to approve. Raises `NotAllowed` where it would do something else than the preview with the digest that
    was `read`."""
    would = preview_credit(acting, number, lines, words=words, sums=sums)
    if read and would.applied.digest != read:
        raise NotAllowed("The books have changed since you read what it would do.", "Look again, and ask for that.")
    return CreditAsked(prepare(acting, _file(acting, number, lines, words, sums)), number)


def credit_waiting(acting: Acting, lines: Sequence[LineAsked]) -> str:
    """Who prepared a correction of a visit behind these lines, or a credit of their instalments, that nobody has approved; empty where nobody did."""
    wanted = {(each.invoice, each.n) if each.is_instalment else (each.visit, each.carer) for each in lines if each.may_be_credited}
    keys = {VISITS: ("visit", "carer"), INSTALMENTS: ("invoice", "line")}
    with acting.reading() as connection:
        waiting = [each for each in batches.of_kind(connection, APPLY) if not each.approved_by and any(f'"{name}"' in each.body for name in keys)]
    return next((each.prepared_by for each in waiting for name, known_by in keys.items() for item in json.loads(each.body).get(name, ())
                 if tuple(item[key] for key in known_by) in wanted), "")


def _file(acting: Acting, number: int, lines: Sequence[int], words: str, sums: Sums) -> ApplyFile:
    place = f"invoice {number}"
    if not words.strip():
        raise InputError("Nobody said why.", "Say who found it, and when. It stands on the credit note.", f"{place}, words")
    known = {each.n: each for each in lines_asked(acting, number)}
    if not known:
        raise InputError(f"There is no invoice {number}.", "Open one from the list of invoices.", place)
    if not lines:
        raise InputError("No line is chosen.", "Choose those that are not owed.", f"{place}, lines")
    if problems := [Problem(f"{place}, line {n}", *why) for n in dict.fromkeys([*lines, *sums]) if (why := _why_not(known.get(n), sums.get(n)))]:
        raise Refused("These lines cannot be credited:", problems)
    chosen, said = [known[n] for n in sorted(set(lines))], {"on": acting.today, "words": words.strip()}
    visits = dict.fromkeys((each.visit, each.carer) for each in chosen if each.visit)
    taken_back = [{"correction": f"VC-{_told(number, visit, carer, words.strip(), acting.today)}", "visit": visit, "carer": carer, **said,
                   "taken_back": True} for visit, carer in visits]
    credited = [{"credit": f"IC-{_told(number, each.n, each.credited_pence, pounds, words.strip(), acting.today)}", "invoice": number, "line": each.n,
                 "pounds": pounds.plain, **said} for each in chosen if each.is_instalment for pounds in [sums.get(each.n, Money(each.left_pence))]]
    return parse_apply({VISITS: taken_back, INSTALMENTS: credited}, place)


def _why_not(line: LineAsked | None, pounds: Money | None) -> tuple[str, str] | None:
    if line is None:
        return "The invoice has no such line.", "Choose lines that it has."
    if line.is_credited:
        return "It is credited already.", "Leave it out."
    if pounds is not None and not line.is_instalment:
        return "A line for support is credited whole.", "Leave the sum out; what the visit should have said is put right on the visit’s own page."
    return None


def _told(*said: object) -> str:
    return hashlib.sha256(repr([str(each) for each in said]).encode()).hexdigest()[:FIRST_OF_A_DIGEST]

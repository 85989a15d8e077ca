"""What a month asks each funder for: charges by delivery, and instalments by schedule. A draft has no number until it is issued."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from basics.errors import InputError
from basics.periods import Month, Period
from invoicing.delivery import BY_DELIVERY, Charge, Terms, Vat
from invoicing.payer_rules import PayerRules

_UNTIMED_FIRST = datetime.min.replace(tzinfo=UTC)
NO_RULES = PayerRules((), ())
NO_ORDER = "no order"
Apart = tuple[Period | None, str, Vat | None]
"""What keeps the drafts of one payer and person apart: the 4 weeks that are invoiced, the order, and how VAT stands."""


class DraftLine(NamedTuple):
    """One charge as an invoice asks for it; `times` is 1 for support that is counted, and its minutes are nil."""

    charge_key: str
    support_on: date
    minutes: int
    times: int
    pounds: Decimal
    pence: int
    fund: str


@dataclass(frozen=True)
class Draft:
    """What one funder is asked for one person's support, or, where it asks for that, for everybody's: `fund` is empty then, and each line
    says its own. `period` runs from the first day of support in it to the last."""

    key: str
    funder: str
    fund: str
    period: Period
    lines: tuple[DraftLine, ...]
    pence: int
    cycle: Period | None = None
    """The 4 weeks that are invoiced, where the payer is invoiced so."""
    vat: Vat | None = None
    """How VAT stands for its kinds of support, where the terms tell them apart; None where it stands as for all support."""

    @property
    def funds(self) -> tuple[str, ...]:
        return (self.fund,) if self.fund else tuple(dict.fromkeys(line.fund for line in self.lines))

    @property
    def last_fund(self) -> str:
        """The fund of the last day’s support: its terms are those of the whole."""
        return self.fund or max(self.lines, key=lambda line: line.support_on).fund


@dataclass(frozen=True)
class ScheduleRow:
    """One instalment of a contract, n counting from 1; `parts` are (fund, funder, pence) and add to it."""

    contract: str
    n: int
    period: Period
    invoice_on: date
    due_on: date
    parts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class InstalmentLine:
    """The part of an instalment that is one person's fund's."""

    fund: str
    pence: int


@dataclass(frozen=True)
class InstalmentDraft:
    """What one funder is asked for one instalment of a contract, with a line for each fund."""

    key: str
    contract: str
    n: int
    funder: str
    period: Period
    invoice_on: date
    due_on: date
    lines: tuple[InstalmentLine, ...]
    pence: int

    @property
    def funds(self) -> tuple[str, ...]:
        return tuple(line.fund for line in self.lines)

    @property
    def last_fund(self) -> str:
        return self.lines[0].fund


AnyDraft = Draft | InstalmentDraft


def draft_invoices(charges: Iterable[Charge], month: Month, rules: PayerRules = NO_RULES,
                   cycle_of: Callable[[Charge], Period | None] = lambda _: None,
                   vat_of: Callable[[Charge], Vat | None] = lambda _: None) -> list[Draft]:
    """One draft for each funder, person, 4 weeks, order and way in which VAT stands, of what is paid by delivery and was given in the month or
    before it.

    The charges are those that no invoice has asked for yet; late visits of earlier months come first. Support that none of a payer's orders
    covers has a draft of its own. `cycle_of` says with which 4 weeks a charge is invoiced, where its payer is invoiced so, and `vat_of` how VAT
    stands for a charge where that is not as for all support. Raises `InputError` where a charge stands twice.
    """
    charges = [charge for charge in charges if charge.how == BY_DELIVERY and charge.pence and charge.support_on <= month.last]
    _once((charge.key for charge in charges), "The charge")
    by_payer: defaultdict[tuple[str, str], defaultdict[Apart, list[Charge]]] = defaultdict(lambda: defaultdict(list))
    for charge in charges:
        if charge.funder is None:
            raise InputError(f"The charge {charge.key} is paid by delivery and names no funder.", "Rate the visit again.")
        number = rules.number(charge.fund, charge.funder, charge.support_on)
        by_payer[charge.funder, charge.fund][cycle_of(charge), number, vat_of(charge)].append(charge)
    return [draft for (funder, fund), some in sorted(by_payer.items()) for draft in _drafts(f"{month}|{funder}|{fund}", funder, fund, some)]


def _drafts(key: str, funder: str, fund: str, some: Mapping[Apart, list[Charge]]) -> Iterator[Draft]:
    """Those of one payer and fund. A key says only what tells it from the others."""
    several_orders = len({number for _, number, _ in some}) > 1
    for (cycle, number, vat), theirs in sorted(some.items(), key=_in_order):
        apart = [*([f"to {cycle.last}"] if cycle else []), *([number or NO_ORDER] if several_orders else []), *filter(None, vat or ())]
        yield _draft("|".join([key, *apart]), funder, fund, theirs, cycle, vat)


def _in_order(one: tuple[Apart, list[Charge]]) -> tuple[str, str, tuple[str, ...]]:
    (cycle, number, vat), _ = one
    return str(cycle and cycle.first), number, vat or ()


def draft_instalments(rows: Iterable[ScheduleRow], month: Month, *, invoiced: Collection[tuple[str, int, str]],
                      live_from: date) -> list[InstalmentDraft]:
    """One draft for each instalment and funder that is to be invoiced in the month or earlier, on or after the go-live day.

    `invoiced` are the (contract, n, funder) already asked for. Raises `InputError` where an instalment, or a fund's part of one,
    stands twice.
    """
    rows = sorted(rows, key=lambda row: (row.contract, row.n))
    _once((f"{row.contract}|{row.n}" for row in rows), "The instalment")
    due = [row for row in rows if live_from <= row.invoice_on <= month.last]
    return [draft for row in due for draft in _instalments(row) if (row.contract, row.n, draft.funder) not in invoiced]


def vat_of_draft(draft: AnyDraft, terms: Terms) -> Vat | None:
    """How VAT stands on the whole of it; None where that is not known."""
    if isinstance(draft, Draft) and draft.vat is not None:
        return draft.vat
    return None if terms.vat is None else Vat(terms.vat, terms.vat_words)


def _draft(key: str, funder: str, fund: str, charges: list[Charge], cycle: Period | None, vat: Vat | None) -> Draft:
    charges.sort(key=lambda one: (one.support_on, one.starts_at or _UNTIMED_FIRST, one.visit, one.key))
    lines = tuple(DraftLine(one.key, one.support_on, one.minutes, one.times, one.pounds, one.pence, one.fund) for one in charges)
    period = Period(charges[0].support_on, charges[-1].support_on)
    return Draft(key, funder, fund, period, lines, sum(one.pence for one in lines), cycle, vat)


def _instalments(row: ScheduleRow) -> list[InstalmentDraft]:
    _once((f"{row.contract}|{row.n}|{fund}|{funder}" for fund, funder, _ in row.parts), "The part")
    by_funder: defaultdict[str, list[InstalmentLine]] = defaultdict(list)
    for fund, funder, pence in sorted(row.parts):
        if pence:
            by_funder[funder].append(InstalmentLine(fund, pence))
    return [InstalmentDraft(f"{row.contract}|{row.n}|{funder}", row.contract, row.n, funder, row.period, row.invoice_on, row.due_on,
                            tuple(lines), sum(one.pence for one in lines)) for funder, lines in sorted(by_funder.items())]


def _once(keys: Iterable[str], what: str) -> None:
    """Refuse to ask twice for one thing."""
    twice = next((key for key, count in sorted(Counter(keys).items()) if count > 1), None)
    if twice is not None:
        raise InputError(f"{what} {twice} stands twice, and would be asked for twice.", "Leave one of the two out.")

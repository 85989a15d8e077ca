"""What a month end would do, worked out and nothing written: the same function previews it, prepares it and runs it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import islice

from sqlalchemy import Connection

from basics.collecting import not_collecting
from basics.errors import NotAllowed, Problem
from basics.money import Money
from basics.periods import ONE_DAY, Month, day_in_words
from invoicing.delivery import Agreements, Charge, Delivery
from invoicing.drafts import AnyDraft
from invoicing.invoice import Invoice
from invoicing.rating import in_turn, rate
from invoicing.readiness import not_ready
from isf.entries import posted_on
from isf.statement import Statement
from ringfence.actions.contributions import Contributions, asked_against_the_terms, not_asked
from ringfence.actions.month_entries import MonthEntries, month_entries, shared_costs
from ringfence.actions.month_invoices import HeldInvoice, to_ask
from ringfence.actions.old_prices import old_prices
from ringfence.actions.stating import statement_records
from ringfence.actions.weekly_left import weekly_left, what_stands
from ringfence.documents.records import record_json
from ringfence.store import agreed_splits, billing, closings, deliveries, ledger, months, registry

LINES_AT_ONCE = 1_000
NEARBY = timedelta(days=31)
"""The rows of one visit have one day; a mistyped day is looked for this far away."""


@dataclass(frozen=True)
class MonthPlan:
    """Everything that approving the month would write. Its digest changes when any figure of it does, or anything that stops it.

    `problems` stop the month unless what they bear on is held back; `not_ready` stops it from being issued; `warnings` stop nothing.
    `waiting` are charges of earlier months that no invoice has asked for, `later` those of 4 weeks that are not over;
    `held` are the invoices that are not issued with the others.
    """

    month: Month
    charges: tuple[Charge, ...]
    origins: tuple[ledger.Origin, ...]
    entries: MonthEntries
    waiting: tuple[Charge, ...]
    later: tuple[Charge, ...]
    drafts: tuple[AnyDraft, ...]
    invoices: tuple[Invoice, ...]
    held: tuple[HeldInvoice, ...]
    statements: tuple[Statement, ...]
    closed_through: Month | None
    problems: tuple[Problem, ...]
    not_ready: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @cached_property
    def digest(self) -> str:
        digest, lines = hashlib.sha256(), self._lines()
        while some := list(islice(lines, LINES_AT_ONCE)):
            digest.update(("\n".join(some) + "\n").encode())
        return digest.hexdigest()

    @property
    def invoiced(self) -> Money:
        return Money(sum(draft.pence for draft in self.drafts))

    @property
    def held_back(self) -> Money:
        return Money(sum(each.draft.pence for each in self.held))

    @property
    def support(self) -> Money:
        return Money(sum(charge.pence for charge in self.charges))

    def _lines(self) -> Iterator[str]:
        """Everything that is approved, in an order that does not depend on the database: what entries will be is said by their charge,
        by how much of it is within what is left, and by the months that are closed."""
        yield f"{self.month} {self.closed_through}"
        for one, pence, minutes in zip(self.charges, self.entries.within_pence, self.entries.within_minutes, strict=True):
            yield (f"{one.key} {one.fund} {one.how} {one.pence} {one.minutes} {one.times} {one.pounds} {one.shared_key} {one.cancelled}"
                   f" {pence} {minutes}")
        yield from (f"{each.key} {each.amount} {each.parts}" for each in self.origins)
        yield from map(record_json, self.invoices)
        yield from (f"later {each.key} {each.pence}" for each in self.later)
        yield from (f"held {each.draft.key} {each.draft.pence} {each.reasons} {record_json(each.record)}" for each in self.held)
        yield from map(record_json, self.statements)
        yield from sorted(map(str, self.problems))


@not_collecting()
def plan_month(connection: Connection, month: Month) -> MonthPlan:
    """Rate what was delivered by the end of the month and draw up what follows from it.

    Raises `NotAllowed` for a closed month, and where an open month before it has support that is not charged yet.
    """
    closed = months.closed_through(connection)
    if closed is not None and month <= closed:
        raise NotAllowed(f"{month.in_words} is closed: its statements are issued, or it is locked.",
                         f"Work on {closed.next.in_words} instead; what comes late is put right there.")
    agreements = registry.agreements(connection)
    charges, problems, warnings = _charges(connection, agreements, month, closed)
    _refuse_out_of_order(charges, month, closed)
    entries = month_entries(charges, month, _balances(connection, month))
    asks, contributions = to_ask(connection, agreements, month, charges), Contributions(connection)
    return MonthPlan(
        month=month, charges=charges, origins=shared_costs(charges, month), entries=entries, waiting=asks.waiting,
        later=asks.later, drafts=asks.drafts, invoices=asks.invoices, held=asks.held, closed_through=closed,
        statements=statement_records(connection, agreements, month, entries), problems=problems,
        not_ready=(*not_ready(asks.alone, agreements), *asked_against_the_terms(contributions, asks.alone)),
        warnings=(*warnings, *not_asked(contributions, month), *old_prices(connection, agreements), *unplaced_money(connection, month)))


def _balances(connection: Connection, month: Month) -> dict[tuple[str, str, str, str | None], int]:
    """The kept balances, without what contracts that begin after the month allocate: next year's money never hides this year's overspend."""
    balances = ledger.balances(connection)
    for (fund, unit), amount in agreed_splits.still_to_come(connection, month.last).items():
        balances[fund, unit, "available", None] = balances.get((fund, unit, "available", None), 0) - amount
    return balances


def _charges(connection: Connection, agreements: Agreements, month: Month,
             closed: Month | None) -> tuple[tuple[Charge, ...], tuple[Problem, ...], tuple[Problem, ...]]:
    """What is charged for the first time, with the problems and the warnings of it."""
    before = month.first - ONE_DAY
    rows = deliveries.to_rate(connection, month.last, before)
    old = {row.id: row for row in rows if closed is not None and row.happened_on <= closed.last}
    rated = rate(in_turn(rows), agreements, through=month.last, left=weekly_left(connection), stands=what_stands(connection))
    charged = billing.charged_keys(connection, before)
    charges = tuple(each for each in rated.charges if each.key not in charged) if charged else tuple(rated.charges)
    gone = closings.closed_funds(connection)
    return tuple(each for each in charges if each.fund not in gone), (
        *rated.problems, *_half_charged(connection, _late(old, charges)), *_for_closed_funds(charges, gone)), tuple(rated.warnings)


def _for_closed_funds(charges: Iterable[Charge], closed: Mapping[str, date]) -> list[Problem]:
    """Support that came after its fund was closed: nothing can be charged to it, and whoever keeps the books must say what becomes of it."""
    visits = dict.fromkeys((each.visit, each.fund) for each in charges if each.fund in closed)
    return [Problem(f"visit {visit}", f"{fund} is closed since {day_in_words(closed[fund])}, and this support is charged to it.",
                    "Open the fund again with an apply file, or undo the import that brought the visit.")
            for visit, fund in visits]


def _refuse_out_of_order(charges: Iterable[Charge], month: Month, closed: Month | None) -> None:
    """A month opens with what the one before it closed with, so the support of that one is posted first."""
    first = posted_on(min((each.support_on for each in charges if each.pence or each.minutes), default=month.first), closed)
    if first < month.first:
        earlier = Month.of(first)
        raise NotAllowed(f"{earlier.in_words} has support that is not charged yet, and {month.in_words} comes after it.",
                         f"Run the month end of {earlier.in_words} first: ringfence month-end {earlier} --out FOLDER")


def unplaced_money(connection: Connection, month: Month) -> list[Problem]:
    """Bank lines up to the end of the month of which something is neither placed nor explained."""
    return [Problem(f"bank line {row.key.removeprefix('bank ')}, {row.happened_on}", f"{Money(row.pence)} is not placed: {row.words}.",
                    "Place it or explain it under Receipts to match; the month cannot be locked until then.")
            for row in ledger.unplaced(connection, month.last)]


def _late(old: Mapping[int, Delivery], charges: Iterable[Charge]) -> list[Delivery]:
    """The rows of closed months of which something is charged now; nothing of a month that is open is charged yet."""
    return [old[number] for number in dict.fromkeys(each.delivery_id for each in charges if each.delivery_id in old)] if old else []


def _half_charged(connection: Connection, late: Sequence[Delivery]) -> list[Problem]:
    """A late row of a visit whose other rows are charged: its cost was divided among too few people."""
    if not late:
        return []
    days, ids = [row.happened_on for row in late], {row.id for row in late}
    charged = deliveries.charged_visits(connection, min(days) - NEARBY, max(days) + NEARBY)
    return [
        Problem(f"visit {row.visit}, carer {row.carer}", f"{row.subject} comes late to a visit that is charged to others.",
                "Undo the import that holds the others, and bring in the whole visit again.")
        for row in late if charged.get((row.visit, row.carer), set()) - ids
    ]

"""What a month end would do, worked out and nothing written: the same function previews it, prepares it and runs it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from basics.errors import NotAllowed, Problem
from basics.money import Money
from basics.periods import ONE_DAY, Month, Period
from invoicing.delivery import BY_DELIVERY, BY_SCHEDULE, Charge, Delivery
from invoicing.drafts import AnyDraft, ScheduleRow, draft_instalments, draft_invoices
from invoicing.invoice import Invoice
from invoicing.rating import VOID, rate
from invoicing.readiness import not_ready
from isf.accounts import OriginKind, Unit
from isf.entries import Entry, Event, empty_place, posted_on, support_by_delivery, support_under_a_schedule, time_given
from isf.statement import Statement
from ringfence.actions.drafting import invoice_records
from ringfence.actions.stating import statement_records
from ringfence.documents.records import record_json
from ringfence.store import billing, deliveries, ledger, months, registry


@dataclass(frozen=True)
class MonthPlan:
    """Everything that approving the month would write. Its digest changes when any figure of it does, or anything that stops it.

    `problems` stop the month unless what they bear on is held back; `not_ready` stops it from being issued; `warnings` stop nothing.
    """

    month: Month
    charges: tuple[Charge, ...]
    origins: tuple[ledger.Origin, ...]
    entries: tuple[Entry, ...]
    drafts: tuple[AnyDraft, ...]
    invoices: tuple[Invoice, ...]
    statements: tuple[Statement, ...]
    closed_through: Month | None
    problems: tuple[Problem, ...]
    not_ready: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @cached_property
    def digest(self) -> str:
        lines = [str(self.month), *sorted(_entry_line(each, self.closed_through) for each in self.entries)]
        lines += sorted(f"{each.key} {each.pence} {each.minutes} {each.times} {each.pounds}" for each in self.charges)
        lines += sorted(f"{each.key} {each.amount} {each.parts}" for each in self.origins)
        lines += map(record_json, self.invoices)
        lines += map(record_json, self.statements)
        lines += sorted(map(str, self.problems))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def invoiced(self) -> Money:
        return Money(sum(draft.pence for draft in self.drafts))

    @property
    def support(self) -> Money:
        return Money(sum(charge.pence for charge in self.charges))


def plan_month(connection: Connection, month: Month) -> MonthPlan:
    """Rate what was delivered by the end of the month and draw up what follows from it.

    Raises `NotAllowed` for a closed month, and where an open month before it has support that is not charged yet.
    """
    closed = months.closed_through(connection)
    if closed is not None and month <= closed:
        raise NotAllowed(f"{month.in_words} is closed: its statements are issued, or it is locked.",
                         f"Work on {closed.next.in_words} instead; what comes late is put right there.")
    agreements = registry.agreements(connection)
    rows = deliveries.to_rate(connection, month.last, month.first - ONE_DAY)
    rated = rate(rows, agreements, through=month.last)
    charged = billing.charged_keys(connection, min((each.support_on for each in rated.charges), default=month.first))
    charges = tuple(each for each in rated.charges if each.key not in charged)
    entries = _entries(charges, month, ledger.balances(connection))
    _refuse_out_of_order(entries, month, closed)
    drafts: tuple[AnyDraft, ...] = (*draft_invoices(charges, month), *_instalments(connection, month))
    return MonthPlan(
        month=month, charges=charges, origins=_shared_costs(charges, month), entries=entries, drafts=drafts,
        invoices=invoice_records(connection, agreements, drafts, charges), closed_through=closed,
        statements=statement_records(connection, agreements, month, charges, entries, closed),
        problems=(*rated.problems, *_half_charged(connection, rows, charges)), not_ready=tuple(not_ready(drafts, agreements)),
        warnings=(*rated.warnings, *unplaced_money(connection, month)))


def _refuse_out_of_order(entries: Iterable[Entry], month: Month, closed: Month | None) -> None:
    """A month opens with what the one before it closed with, so the support of that one is posted first."""
    first = min((posted_on(each.happened_on, closed) for each in entries), default=month.first)
    if first < month.first:
        earlier = Month.of(first)
        raise NotAllowed(f"{earlier.in_words} has support that is not charged yet, and {month.in_words} comes after it.",
                         f"Run the month end of {earlier.in_words} first: ringfence month-end {earlier} --out FOLDER")


def unplaced_money(connection: Connection, month: Month) -> list[Problem]:
    """Bank lines up to the end of the month of which something is neither placed nor explained."""
    return [Problem(f"bank line {row.key.removeprefix('bank ')}, {row.happened_on}", f"{Money(row.pence)} is not placed: {row.words}.",
                    "Place it or explain it in an apply file; the month cannot be locked until then.")
            for row in ledger.unplaced(connection, month.last)]


def _entries(charges: tuple[Charge, ...], month: Month, balances: dict[tuple[str, str, str, str | None], int]) -> tuple[Entry, ...]:
    """The entries of the charges, each fund's in the order in which its support was given, so that an overspend falls on the last."""
    entries: list[Entry] = []
    left = {unit: defaultdict(int, {fund: amount for (fund, of, role, _), amount in balances.items()
                                    if of == unit and role == "available"}) for unit in Unit}
    for charge in charges:
        event = Event(charge.key, VOID if charge.how == VOID else "visit", charge.fund, plan_line_id=charge.plan_line_id)
        origin = _shared_origin(charge, month)
        made = _money_entries(charge, event, left[Unit.PENCE][charge.fund], origin)
        if charge.how != VOID and not charge.cancelled:
            made += time_given(event, charge.minutes, left[Unit.MINUTES][charge.fund], charge.support_on)
        for entry in made:
            left[entry.unit][charge.fund] -= entry.amount if entry.debit[0] == "available" else 0
        entries += made
    return tuple(entries)


def _money_entries(charge: Charge, event: Event, left_pence: int, origin: str | None) -> list[Entry]:
    if charge.how == BY_DELIVERY:
        return support_by_delivery(event, charge.funder or "", charge.pence, charge.support_on, origin)
    if charge.how == BY_SCHEDULE or not charge.fund.startswith(registry.PROVIDER_FUND):
        return support_under_a_schedule(event, charge.pence, left_pence, charge.support_on, origin)
    return empty_place(event, charge.pence, charge.support_on, origin or "")


def _shared_origin(charge: Charge, month: Month) -> str | None:
    return f"shared {month} {charge.shared_key}" if charge.shared_key and charge.pence else None


def _shared_costs(charges: tuple[Charge, ...], month: Month) -> tuple[ledger.Origin, ...]:
    """One origin for what a house, or a group of people, shared in the month, with each fund's part: the parts are the whole."""
    parts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for charge in charges:
        if origin := _shared_origin(charge, month):
            parts[origin][charge.fund] += charge.pence
    return tuple(
        ledger.Origin(key, OriginKind.SHARED_COST, Unit.PENCE, sum(by_fund.values()), month.last,
                      f"Support shared in {month.in_words}", tuple(sorted(by_fund.items())))
        for key, by_fund in sorted(parts.items()))


def _instalments(connection: Connection, month: Month) -> list[AnyDraft]:
    rows: dict[tuple[str, int], list[tuple[str, str, int]]] = defaultdict(list)
    days: dict[tuple[str, int], tuple[Period, date, date]] = {}
    for part in billing.schedule_parts(connection, month.last):
        rows[part.contract, part.n].append((part.fund, part.funder, part.pence))
        days[part.contract, part.n] = (Period(date.fromisoformat(part.from_on), date.fromisoformat(part.to_on)),
                                       date.fromisoformat(part.invoice_on), date.fromisoformat(part.due_on))
    found = [ScheduleRow(contract, n, *days[contract, n], tuple(parts)) for (contract, n), parts in rows.items()]
    return list(draft_instalments(found, month, invoiced=(), live_from=date.min))


def _half_charged(connection: Connection, rows: list[Delivery], charges: tuple[Charge, ...]) -> list[Problem]:
    """A late row of a visit whose other rows are charged: its cost was divided among too few people."""
    fresh = {each.delivery_id for each in charges}
    late = [row for row in rows if row.id in fresh]
    known = deliveries.charged_visits(connection, {row.visit for row in late}) - {(row.visit, row.carer, row.id) for row in late}
    pairs = {(visit, carer) for visit, carer, _ in known}
    return [
        Problem(f"visit {row.visit}, carer {row.carer}", f"{row.subject} comes late to a visit that is charged to others.",
                "Undo the import that holds the others, and bring in the whole visit again.")
        for row in late if (row.visit, row.carer) in pairs
    ]


def _entry_line(entry: Entry, closed: Month | None) -> str:
    return " ".join(map(str, (entry.key, entry.event.fund, entry.unit, entry.debit, entry.credit, entry.amount, entry.happened_on,
                              posted_on(entry.happened_on, closed), entry.origin)))

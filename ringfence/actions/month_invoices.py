"""What a month asks payers for: the drafts that may be issued, and those that are held because a rule of their payer is not met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from basics.periods import Month, Period
from invoicing.cycles import Cycles
from invoicing.delivery import BY_DELIVERY, Agreements, Charge
from invoicing.drafts import AnyDraft, ScheduleRow, draft_instalments, draft_invoices
from invoicing.held import Held, Reason, apart
from invoicing.invoice import Invoice
from invoicing.payer_rules import PayerRules
from invoicing.together import together
from invoicing.vat import VatByKind
from ringfence.actions.adjusting import adjusted
from ringfence.actions.drafting import invoice_records
from ringfence.store import billing, months, registry
from ringfence.store.waiting import invoiced_under, waiting_charges


@dataclass(frozen=True)
class HeldInvoice:
    """A draft that is not issued, as it would be printed, and why."""

    draft: AnyDraft
    record: Invoice
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class ToAsk:
    """`waiting` are the charges of earlier months that are on no invoice yet; they are asked for, or held, with those of this one. `later`
    are charges of payers that are invoiced every 4 weeks, of 4 weeks that are not over. `alone` are the drafts that may be issued, before those
    of a payer that asks for one invoice are put together."""

    waiting: tuple[Charge, ...]
    later: tuple[Charge, ...]
    alone: tuple[AnyDraft, ...]
    drafts: tuple[AnyDraft, ...]
    invoices: tuple[Invoice, ...]
    held: tuple[HeldInvoice, ...]


def to_ask(connection: Connection, agreements: Agreements, month: Month, charges: Sequence[Charge]) -> ToAsk:
    """Draw up every invoice of the month, from what is charged in it and what waits from before."""
    waiting = waiting_charges(connection, month.last)
    every = [*waiting, *charges] if waiting else charges
    rules, cycles = PayerRules(agreements.orders, agreements.known_as), Cycles(agreements, month)
    later = tuple(each for each in every if each.how == BY_DELIVERY and cycles.waits(each))
    due = [each for each in every if not cycles.waits(each)] if later else every
    single = [*draft_invoices(due, month, rules, cycles.of, VatByKind(agreements).of), *_instalments(connection, month)]
    ready, held = apart(single, agreements, {each: invoiced_under(connection, each) for each in agreements.orders if each.pence is not None})
    drafts = together(ready, agreements, month)
    drawn = [*drafts, *(each.draft for each in held)]
    records = adjusted(connection, drawn, invoice_records(connection, agreements, drawn, every), every, months.closed_through(connection))
    return ToAsk(tuple(waiting), later, tuple(ready), tuple(drafts), records[:len(drafts)],
                 _named(connection, held, records[len(drafts):]))


def anything_to_ask(connection: Connection, month: Month) -> bool:
    """Whether anything waits for an invoice at all, told without reading what was agreed: after a month end it mostly does not."""
    return bool(waiting_charges(connection, month.last) or _instalments(connection, month))


def _named(connection: Connection, held: Sequence[Held], records: Sequence[Invoice]) -> tuple[HeldInvoice, ...]:
    """Each with its reasons in the payer’s own name, on the draft too."""
    names = {key: each.name for key, each in registry.funders(connection).items()} if held else {}
    found = []
    for each, record in zip(held, records, strict=True):
        reasons = tuple(replace(one, what=one.what.replace(one.who, names[one.who], 1), who=names[one.who]) for one in each.reasons)
        found.append(HeldInvoice(each.draft, replace(record, held=tuple(one.what for one in reasons)), reasons))
    return tuple(found)


def _instalments(connection: Connection, month: Month) -> list[AnyDraft]:
    rows: dict[tuple[str, int], list[tuple[str, str, int]]] = defaultdict(list)
    days: dict[tuple[str, int], tuple[Period, date, date]] = {}
    for part in billing.schedule_parts(connection, month.last):
        rows[part.contract, part.n].append((part.fund, part.funder, part.pence))
        days[part.contract, part.n] = (Period(date.fromisoformat(part.from_on), date.fromisoformat(part.to_on)),
                                       date.fromisoformat(part.invoice_on), date.fromisoformat(part.due_on))
    found = [ScheduleRow(contract, n, *days[contract, n], tuple(parts)) for (contract, n), parts in rows.items()]
    return list(draft_instalments(found, month, invoiced=(), live_from=date.min))

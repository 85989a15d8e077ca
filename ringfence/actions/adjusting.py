"""What an invoice, and a credit note, says of periods that were billed before and are put right: what it was, what it is, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from basics.periods import Month, Period
from invoicing.delivery import Charge
from invoicing.drafts import AnyDraft, Draft
from invoicing.invoice import Adjustment, Invoice
from ringfence.store import credits
from ringfence.store.credited import instalments_of_invoice

Part = tuple[int, str, str]
"""A delivery, a fund and a payer."""


@dataclass(frozen=True)
class _Before:
    """What one payer was billed for a visit that is charged anew, and why that was credited."""

    month: Month
    pence: int
    why: str


def adjusted(connection: Connection, drafts: Iterable[AnyDraft], records: Iterable[Invoice], charges: Iterable[Charge],
             closed: Month | None) -> tuple[Invoice, ...]:
    """The records with their adjustments: one for each month that was billed before and each reason. Only support of closed months was billed."""
    late = {each.key: each for each in charges if closed is not None and each.support_on <= closed.last}
    before = _before(connection, sorted({each.delivery_id for each in late.values()}))
    if not before:
        return tuple(records)
    return tuple(replace(record, adjustments=_of(draft, record, late, before)) if isinstance(draft, Draft) else record
                 for draft, record in zip(drafts, records, strict=True))


def _before(connection: Connection, deliveries: Sequence[int]) -> Mapping[Part, _Before]:
    found: dict[Part, _Before] = {}
    for row in credits.replaced(connection, deliveries):
        part, month = (row.delivery_id, row.fund, row.funder), Month.of(date.fromisoformat(row.support_on))
        earlier = found.get(part, _Before(month, 0, row.words))
        found[part] = replace(earlier, pence=earlier.pence + int(row.pence))
    return found


def _of(draft: Draft, record: Invoice, late: Mapping[str, Charge], before: Mapping[Part, _Before]) -> tuple[Adjustment, ...]:
    """Person by person where the invoice is for several."""
    now, told = defaultdict[tuple[Month, str, str], int](int), dict[Part, tuple[Month, str, str]]()
    for line, printed in zip(draft.lines, record.lines, strict=True):
        charge = late.get(line.charge_key)
        part = (charge.delivery_id, line.fund, draft.funder) if charge else None
        if part and part in before:
            told[part] = (before[part].month, before[part].why, "" if draft.fund else f", {printed.words.partition(':')[0]}")
            now[told[part]] += line.pence
    was = defaultdict[tuple[Month, str, str], int](int)
    for part, key in told.items():
        was[key] += before[part].pence
    return tuple(Adjustment(f"{month.in_words}{whose}", was[month, why, whose], pence, why) for (month, why, whose), pence in sorted(now.items()))


def credited(connection: Connection, credit: credits.Credit) -> tuple[Adjustment, ...]:
    """Of a credit note: each month that was billed, and whether what stands instead comes on the next invoice or is nothing; of instalments the days
    of each, and what is left of it."""
    lines, instalments = credits.credited_lines(connection, credit.invoice_id), instalments_of_invoice(connection, credit.invoice_id)
    was, left = defaultdict[tuple[Month, bool], int](int), defaultdict[Period, list[int]](lambda: [0, 0])
    for n, pence, _ in credit.lines:
        if n in instalments:
            first, last, now = instalments[n]
            days = left[Period(date.fromisoformat(first), date.fromisoformat(last))]
            days[0], days[1] = days[0] + now + pence, days[1] + now
        else:
            day, instead = lines[n]
            was[Month.of(date.fromisoformat(day)), instead] += pence
    return (*(Adjustment(month.in_words, pence, None if instead else 0, credit.words) for (month, instead), pence in sorted(was.items())),
            *(Adjustment(str(days), before, now, credit.words) for days, (before, now) in sorted(left.items())))

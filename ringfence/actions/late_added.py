"""What the law adds to invoices that councils, the NHS and businesses pay or paid late and were not asked for, by the base rate of each half-year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from basics.errors import NotKnown
from basics.people import FunderKind
from costing.parameter import Parameter
from invoicing.late_payment import OWED_BY, LatePayment, late_payment, rate_counts_on
from invoicing.paid_late import Paid, late_parts, paid_when
from ringfence.actions.brought_over import name_before
from ringfence.actions.debts_open import Amounts, DebtsOpen
from ringfence.actions.invoice_standing import Standing
from ringfence.actions.parameters import published
from ringfence.actions.receipts_open import invoice_name

BASE_RATE = "late_payment_base_rate"

Late = tuple[tuple[str, LatePayment], ...]


class LateAdded:
    """What is added on the day of these debts. `claimed` has the last day on which it was claimed, by the number of an invoice. The base rates are
    read once, and only where something is late that bears interest."""

    def __init__(self, debts: DebtsOpen, claimed: Mapping[int, date]) -> None:
        self._debts, self._claimed = debts, claimed

    @cached_property
    def _paid(self) -> Mapping[str, Paid]:
        return paid_when(self._debts.asked, self._debts.receipts)

    @cached_property
    def _base_rate(self) -> Parameter:
        return published()[BASE_RATE]

    def to(self, kind: FunderKind, invoices: Iterable[Standing]) -> tuple[Late, str]:
        """What is added to each invoice that is or was paid late and that nobody disputes, by its printed number; and why it cannot be told of the
        others. What was credited or written off bears nothing."""
        late, why = list[tuple[str, LatePayment]](), ""
        for each in invoices if kind in OWED_BY else ():
            parts = () if any(query.is_open for query in each.queries) else self._parts(each.amounts)
            if parts:
                try:
                    added = late_payment(kind, parts, self._percent(each), is_claimed=each.amounts.number in self._claimed)
                except NotKnown as error:
                    why = str(error)
                else:
                    late += [(each.amounts.called, added)] if added else []
        return tuple(late), why

    def _parts(self, of: Amounts) -> tuple[tuple[int, int], ...]:
        name = name_before(of.number_before) if of.number_before else invoice_name(of.number)
        return late_parts(of.due_on, self._paid.get(name, ()), of.open, self._debts.aged.on, self._claimed.get(of.number))

    def _percent(self, of: Standing) -> Decimal:
        return self._base_rate.figure(rate_counts_on(of.amounts.due_on)).value

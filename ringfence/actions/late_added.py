"""What the law adds to invoices that councils and the NHS pay late, by the base rate of each half-year."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from basics.errors import NotKnown
from basics.people import FunderKind
from costing.parameter import Parameter
from invoicing.late_payment import OWED_BY, LatePayment, late_payment, rate_counts_on
from ringfence.actions.invoice_standing import Standing
from ringfence.actions.parameters import published

BASE_RATE = "late_payment_base_rate"

Late = tuple[tuple[int, LatePayment], ...]


class LateAdded:
    """The base rates are read once, and only where something is late that bears interest."""

    @cached_property
    def _base_rate(self) -> Parameter:
        return published()[BASE_RATE]

    def to(self, kind: FunderKind, invoices: Iterable[Standing]) -> tuple[Late, str]:
        """What is added to each overdue invoice that nobody disputes, by its number; and why it cannot be told of the others."""
        late, why = list[tuple[int, LatePayment]](), ""
        for each in invoices if kind in OWED_BY else ():
            if each.is_overdue and not any(query.is_open for query in each.queries):
                try:
                    added = late_payment(kind, each.amounts.open, each.days_late, self._percent(each))
                except NotKnown as error:
                    why = str(error)
                else:
                    late += [(each.amounts.number, added)] if added else []
        return tuple(late), why

    def _percent(self, of: Standing) -> Decimal:
        return self._base_rate.figure(rate_counts_on(of.amounts.due_on)).value

"""Prices as they were known when something was charged: a later version of a rate does not tell what a visit was charged at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, func, select

from basics.periods import Period
from invoicing.delivery import Rate
from ringfence.store.schema import approval, batch, rate

_KNOWN = func.coalesce(approval.c.recorded_at, batch.c.recorded_at)


class PricesThen:
    """The versions of the rates, by when they came to count. Those of the batch `but`, which does not count yet, are left out."""

    def __init__(self, connection: Connection, but: int = 0) -> None:
        self._moments: dict[int, tuple[str, int]] = {number: (known, number) for number, known in connection.execute(
            select(batch.c.id, _KNOWN).outerjoin(approval, approval.c.batch_id == batch.c.id).where(batch.c.id != but))}
        self._rows = [(row, self._moments[row.batch_id]) for row in connection.execute(
            select(rate).where(rate.c.batch_id != but).order_by(rate.c.code, rate.c.from_on, rate.c.version))]

    def rates(self, code: str, charged_by: int) -> list[Rate]:
        """The versions of a rate that stood when that batch was approved."""
        moment = self._moments[charged_by]
        stood = {row.from_on: row for row, known in self._rows if row.code == code and known <= moment}
        return [Rate(row.code, row.per, Decimal(row.pounds), Period(date.fromisoformat(row.from_on), date.fromisoformat(row.to_on)))
                for row in stood.values()]

"""What a payer asks of an invoice: which order covers which days, and up to what sum; and how it knows the person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from basics.periods import Period

ONE_A_PERSON, TOGETHER = "one a person", "together"
"""What the term `invoices` may say: an invoice for each person, or one for everybody whom the payer pays for."""


@dataclass(frozen=True)
class Order:
    """An order of one payer for one fund: its number, the first and the last day of support that it covers, and its sum in pence where it
    has one."""

    fund: str
    funder: str
    number: str
    period: Period
    pence: int | None = None


@dataclass(frozen=True)
class KnownAs:
    """The reference by which a payer knows the person of a fund."""

    fund: str
    funder: str
    reference: str


class PayerRules:
    """The orders and references, found by fund and payer."""

    def __init__(self, orders: Iterable[Order], known_as: Iterable[KnownAs]) -> None:
        self._orders: defaultdict[tuple[str, str], list[Order]] = defaultdict(list)
        for each in sorted(orders, key=lambda each: (each.period, each.number)):
            self._orders[each.fund, each.funder].append(each)
        self._known_as = {(each.fund, each.funder): each.reference for each in known_as}

    def orders(self, fund: str, funder: str) -> list[Order]:
        """Every order that this payer gave for this fund, the earliest first."""
        return self._orders.get((fund, funder), [])

    def order(self, fund: str, funder: str, day: date) -> Order | None:
        """The order that covers a day; the latest to begin, where several do."""
        return next((each for each in reversed(self.orders(fund, funder)) if day in each.period), None)

    def number(self, fund: str, funder: str, day: date) -> str:
        """The number of that order; empty where none covers the day."""
        found = self.order(fund, funder, day)
        return found.number if found else ""

    def reference(self, fund: str, funder: str) -> str:
        """How this payer knows the person of the fund; empty where that is not known."""
        return self._known_as.get((fund, funder), "")

"""What stands in one fund, added up from what moved in it: what is in the bank, who paid it, and for which days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from basics.people import FunderKind
from basics.periods import Period
from basics.share import share
from isf.money_held import paid_ahead
from isf.surplus import Held, PaidIn, covered
from ringfence.store.watched import Flow


def _as_far_as(pence: int, rows: Iterable[tuple[Period, date, int]]) -> Iterator[tuple[Period, date, int]]:
    for days, due_on, of_row in rows:
        if asked := max(0, min(of_row, pence)):
            yield days, due_on, asked
        pence -= asked


@dataclass
class FundCash:
    """One fund’s flows, its instalments, what was promised beside them (the funder, the day, the pence), what a funder took on that another never
    paid (the same), and the earmarks agreed for it."""

    flows: list[Flow] = field(default_factory=list)
    parts: list[Row[Any]] = field(default_factory=list)
    promised: list[tuple[str, Period, int]] = field(default_factory=list)
    taken_on: list[tuple[str, Period, int]] = field(default_factory=list)
    earmarks: list[tuple[Period, int]] = field(default_factory=list)

    def balance(self, role: str, credit: bool = False) -> int:
        found = sum(each.pence * ((each.roles[0] == role) - (each.roles[1] == role)) for each in self.flows)
        return -found if credit else found

    def received(self) -> dict[str, int]:
        """What each payer has paid into the bank for the fund; what the provider collected and has not paid over is not there yet."""
        found, collected = defaultdict[str, int](int), defaultdict[str, int](int)
        for each in self.flows:
            if each.roles in (("held", "due"), ("with_provider", "due")) and each.funder:
                found[each.funder] += each.pence
                collected[each.funder] += each.pence if each.roles[0] == "with_provider" else 0
        waiting = self.balance("with_provider")
        for payer, pence in (share(waiting, collected) if waiting and any(collected.values()) else {}).items():
            found[payer] -= pence
        return found

    def ahead(self, on: date) -> dict[str, int]:
        """Of that, what is for days after `on`, by payer."""
        return {payer: paid_ahead(covered(self._asked_of(payer), pence), on)[0] for payer, pence in self.received().items()}

    def unpaid(self, on: date) -> dict[str, list[tuple[Period, date, int]]]:
        """The parts of instalments that were due before `on`, for days that are over, and for which nothing at all came in, by payer: their
        days, when each was due, and how much of it is. What a settlement released is not asked for any more: the last parts go first."""
        found, received, today = dict[str, list[tuple[Period, date, int]]](), self.received(), on.isoformat()
        due = [(row.funder, days_of(row), date.fromisoformat(row.due_on), int(row.pence)) for row in self._invoiced_here()
               if row.pence and row.to_on < today and row.due_on < today]
        due += [(payer, day, day.last, pence) for payer, day, pence in self.taken_on if day.last < on]
        for payer in sorted({each[0] for each in due}):
            settled = received.get(payer, 0) + self._taken_off(payer)
            paid_until = max((days for days, _ in covered(self._asked_of(payer), settled)), default=None)
            rows = [each[1:] for each in due if each[0] == payer and (paid_until is None or each[1] > paid_until)]
            if asked := list(_as_far_as(self._still_due(payer), rows)):
                found[payer] = asked
        return found

    def _taken_off(self, payer: str) -> int:
        """What of a promise that the payer never paid the provider carries, or another payer took on: this one is not asked for it any more."""
        return sum(each.pence for each in self.flows if each.roles in (("borne", "due"), ("due", "due")) and each.credited == payer)

    def _still_due(self, payer: str) -> int:
        """What of all that a payer promised is not paid, and was not released."""
        return sum(each.pence * ((each.roles[0] == "due" and each.funder == payer) - (each.roles[1] == "due" and each.credited == payer))
                   for each in self.flows)

    def _asked_of(self, payer: str) -> list[tuple[Period, int]]:
        """What was asked of a payer, in the order of its days: what comes in pays the oldest first. Where only the money held was known at the
        start, what was asked before that is left out."""
        parts = self._invoiced_here() if self.brought_over() else self.parts
        instalments = [(days_of(row), int(row.pence)) for row in parts if row.funder == payer]
        return sorted([*instalments, *((days, pence) for who, days, pence in (*self.promised, *self.taken_on) if who == payer)])

    def _invoiced_here(self) -> list[Row[Any]]:
        return sorted((row for row in self.parts if row.invoice_on >= row.live_from), key=lambda row: (row.from_on, row.n))

    def held(self, on: date) -> Held:
        return Held(
            held=self.balance("held"), paid_ahead=sum(self.ahead(on).values()), owed_provider=self.balance("owed_provider", credit=True),
            borne=self.balance("borne"), owed_supplier=self.balance("owed_supplier", credit=True),
            earmarks=tuple(pence for days, pence in self.earmarks if on in days),
            going_back=self.balance("owed_funder", credit=True) + self.balance("owed_person", credit=True))

    def paid_in(self, on: date, payers: Mapping[str, FunderKind], charged: Mapping[str | None, int]) -> list[PaidIn]:
        """What each payer paid for the days up to `on`, less what went back to them: to the person, what was owed to the person.

        `charged` is what support has cost by the payer whom the plan names for it, and is of use where it names one for all of it.
        """
        ahead, received, back = self.ahead(on), self.received(), defaultdict[str, int](int)
        persons = [payer for payer in sorted(received) if payers[payer] is FunderKind.PERSON]
        for each in self.flows:
            if each.roles == ("owed_funder", "held") and each.funder:
                back[each.funder] += each.pence
            if each.roles == ("owed_person", "held") and persons:
                back[persons[0]] += each.pence
        named = charged if charged and None not in charged else None
        return [PaidIn(payer=payer, pence=pence - back[payer] - ahead[payer], kind=payers[payer],
                       spent=named.get(payer, 0) if named else None) for payer, pence in sorted(received.items()) if pence]

    def brought_over(self) -> int:
        """Money held at the start of which nobody knows who had paid it."""
        return sum(each.pence for each in self.flows if each.roles == ("held", "available"))


def days_of(row: Row[Any]) -> Period:
    """The days that an instalment pays for."""
    return _period(row.from_on, row.to_on)


@lru_cache(maxsize=4096)
def _period(first: str, last: str) -> Period:
    """Every fund of a contract has the same instalments."""
    return Period(date.fromisoformat(first), date.fromisoformat(last))

"""From charges to entries: what each charge draws on, in the order in which the support was given."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from basics.periods import Month
from invoicing.delivery import BY_DELIVERY, BY_SCHEDULE, Charge
from invoicing.rating import VOID
from isf.accounts import OriginKind, Unit
from isf.entries import Entry, Event, empty_place, support_by_delivery, support_under_a_schedule, time_given
from ringfence.store import ledger, registry

Balances = Mapping[tuple[str, str, str, str | None], int]


@dataclass(frozen=True)
class MonthEntries:
    """The entries of a month's charges, in their order. They are made as they are read: a million of them need not stand in memory.

    `within_pence` and `within_minutes` say, charge by charge, how much of it is within what the person may still use.
    """

    month: Month
    charges: Sequence[Charge]
    within_pence: array[int]
    within_minutes: array[int]

    def __iter__(self) -> Iterator[Entry]:
        return (entry for _, entries in self.by_charge() for entry in entries)

    def by_charge(self, places: Iterable[int] | None = None) -> Iterator[tuple[Charge, list[Entry]]]:
        """Each charge with its entries, or those at these places."""
        for place in range(len(self.charges)) if places is None else places:
            charge = self.charges[place]
            origin = shared_origin(charge, self.month) if charge.shared_key else None
            yield charge, _entries(charge, self.within_pence[place], self.within_minutes[place], origin)

    def in_chunks(self, size: int) -> Iterator[list[tuple[Charge, list[Entry]]]]:
        """So many charges at a time, day by day: the references of visits mostly rise with the days, and a database writes keys fastest
        that come near each other."""
        by_day: dict[date, array[int]] = {}
        for place, charge in enumerate(self.charges):
            by_day.setdefault(charge.support_on, array("q")).append(place)
        coming = self.by_charge(chain.from_iterable(by_day[day] for day in sorted(by_day)))
        while some := list(islice(coming, size)):
            yield some


def month_entries(charges: Sequence[Charge], month: Month, balances: Balances) -> MonthEntries:
    """What the charges draw on. They come fund by fund, each fund's in the order of its support, so an overspend falls on the last."""
    left_pence, left_minutes = _available(balances, Unit.PENCE), _available(balances, Unit.MINUTES)
    within_pence, within_minutes = array("q"), array("q")
    for charge in charges:
        fund = charge.fund
        pence = max(0, min(charge.pence, left_pence[fund])) if _draws(charge) else 0
        minutes = max(0, min(charge.minutes, left_minutes[fund])) if _gives_time(charge) else 0
        if pence:
            left_pence[fund] -= pence
        if minutes:
            left_minutes[fund] -= minutes
        within_pence.append(pence)
        within_minutes.append(minutes)
    return MonthEntries(month, charges, within_pence, within_minutes)


def event_of(charge: Charge) -> Event:
    """What stands behind a charge and its entries."""
    return Event(charge.key, VOID if _is_of_an_empty_place(charge) else "visit", charge.fund, "", charge.plan_line_id)


def shared_costs(charges: Iterable[Charge], month: Month) -> tuple[ledger.Origin, ...]:
    """One origin for what a house, or a group of people, shared in the month, with each fund's part: the parts are the whole."""
    parts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for charge in charges:
        if origin := shared_origin(charge, month):
            parts[origin][charge.fund] += charge.pence
    return tuple(
        ledger.Origin(key, OriginKind.SHARED_COST, Unit.PENCE, sum(by_fund.values()), month.last,
                      f"Support shared in {month.in_words}", tuple(sorted(by_fund.items())))
        for key, by_fund in sorted(parts.items()))


def shared_origin(charge: Charge, month: Month) -> str | None:
    return f"shared {month} {charge.shared_key}" if charge.shared_key and charge.pence else None


def _available(balances: Balances, unit: Unit) -> defaultdict[str, int]:
    return defaultdict(int, {fund: amount for (fund, of, role, _), amount in balances.items() if role == "available" and of == unit})


def _draws(charge: Charge) -> bool:
    """Whether a charge draws on what a person, or a contract's reserve, may still use."""
    return charge.how == BY_SCHEDULE or (charge.how != BY_DELIVERY and not charge.fund.startswith(registry.PROVIDER_FUND))


def _gives_time(charge: Charge) -> bool:
    return not charge.cancelled and not _is_of_an_empty_place(charge)


def _is_of_an_empty_place(charge: Charge) -> bool:
    """Nobody was given anything, whoever pays: no line of a plan stands behind it."""
    return charge.plan_line_id is None


def _entries(charge: Charge, within_pence: int, within_minutes: int, origin: str | None) -> list[Entry]:
    how, pence, on = charge.how, charge.pence, charge.support_on
    event = event_of(charge)
    if how == BY_DELIVERY:
        made = support_by_delivery(event, charge.funder or "", pence, on, origin)
    elif _draws(charge):
        made = support_under_a_schedule(event, pence, within_pence, on, origin)
    else:
        made = empty_place(event, pence, on, origin or "")
    if _gives_time(charge):
        made += time_given(event, charge.minutes, within_minutes, on)
    return made

"""The instalments of a contract paid by schedule: for which days, asked for when, due when, and whose part each penny is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from basics.errors import InputError, NotKnown
from basics.money import Money
from basics.periods import ONE_DAY, Month, Period
from basics.share import Key, cumulative_share

DAYS_PER_FOUR_WEEKS = 28


class Every(StrEnum):
    """How often an instalment falls."""

    FOUR_WEEKS = "4 weeks"
    MONTH = "month"


class Paid(StrEnum):
    """Whether the money comes on the first day of what it pays for, or on the day after the last."""

    IN_ADVANCE = "in advance"
    IN_ARREARS = "in arrears"


class InstalmentRule(StrEnum):
    """Whether a longer period pays more."""

    BY_DAYS = "by days"
    EQUAL = "equal"


class OddDays(StrEnum):
    """Who pays for the days that whole periods of four weeks leave over, like the 365th day of 13 × 4 weeks."""

    LAST = "last instalment"
    OWN = "own instalment"
    NOT_ALLOCATED = "not allocated"


@dataclass(frozen=True, kw_only=True)
class ScheduleTerms:
    """What the contract says about its instalments. None is “it does not say”, and stops a schedule that depends on it.

    Four-weekly instalments pay by days: whole periods all have 28. Only a last instalment that takes the odd days can be
    `equal` to the others instead.
    """

    every: Every
    paid: Paid
    days_to_pay: int
    instalments: InstalmentRule | None = None
    odd_days: OddDays | None = None


@dataclass(frozen=True)
class Instalment:
    """One row of a schedule: the n-th (from 1), the days it pays for, when it is invoiced and due, and its sum in pence."""

    n: int
    period: Period
    invoice_on: date
    due_on: date
    pence: int


@dataclass(frozen=True)
class Schedule:
    """The rows of a contract, and what the odd days come to where nobody pays for them. Together they are the contract."""

    instalments: tuple[Instalment, ...]
    not_allocated_pence: int = 0

    @property
    def allocated_pence(self) -> int:
        return sum(instalment.pence for instalment in self.instalments)


def schedule(contract_pence: int, period: Period, terms: ScheduleTerms) -> Schedule:
    """The instalments of a contract over its whole period. They add to the contract's sum less what is not allocated.

    Raises `NotKnown` where a term that decides a figure is missing, naming the term and what each reading gives;
    `InputError` where the sum is not above nil, days to pay are below nil, or the terms do not fit the period.
    """
    if contract_pence <= 0:
        raise InputError(f"The contract’s sum is {Money(contract_pence)}.", "Give a sum above nil.")
    if terms.days_to_pay < 0:
        raise InputError(f"{terms.days_to_pay} days to pay is less than none.", "Give nil or more.")
    if terms.every is Every.MONTH:
        return _monthly(contract_pence, period, terms)
    return _four_weekly(contract_pence, period, terms)


def divide_over_funds(instalments: Sequence[Instalment], allocations: Mapping[Key, int]) -> list[dict[Key, int]]:
    """The part of each fund in each instalment, in pence, in the order of the instalments.

    Every row adds to its instalment and every fund's parts to its allocation; no part is below nil, and what a fund has had by
    any instalment is within a penny of its exact part of what has been asked for. It is the `share` of the running total, less
    what went before; only for funds of less than a penny an instalment do the odd pennies go first to whom they are due first.
    Raises `InputError` where the allocations do not add to the instalments, or one is below nil.
    """
    total = sum(allocations.values())
    asked_for = list(accumulate(instalment.pence for instalment in instalments))
    asked_in_all = asked_for[-1] if asked_for else 0
    if total != asked_in_all or min(allocations.values(), default=0) < 0:
        raise InputError(f"The funds’ allocations add to {Money(total)}, the instalments to {Money(asked_in_all)}.",
                         "Allocate what the schedule asks for, no fund below nil.")
    rows, given = [], dict.fromkeys(allocations, 0)
    for n in range(len(instalments)):
        reached = _reached(n, asked_for, allocations, given)
        rows.append({key: reached[key] - given[key] for key in allocations})
        given = reached
    return rows


def _reached(n: int, asked_for: Sequence[int], allocations: Mapping[Key, int], given: Mapping[Key, int]) -> dict[Key, int]:
    """What each fund has had by instalment `n`: its exact part rounded down, or what it had already; then the odd pennies, by
    the instalment at which the fund's next penny is due at the latest, the largest remainder, the key.

    Pennies by their deadline never run out: a table with whole row and column sums can always be rounded so that every running
    total is rounded up or down (its constraints are two nested families of sums), and earliest deadline first finds that table.
    """
    so_far, total = asked_for[n], max(asked_for[-1], 1)
    reached = {key: max(given[key], pence * so_far // total) for key, pence in allocations.items()}

    def deadline(key: Key) -> tuple[int, int, Key]:
        latest = -(-(reached[key] + 1) * total // allocations[key])
        return bisect_left(asked_for, latest), -(allocations[key] * so_far % total), key

    waiting = sorted((key for key, pence in allocations.items() if reached[key] * total < pence * so_far), key=deadline)
    for key in waiting[: so_far - sum(reached.values())]:
        reached[key] += 1
    return reached


def _monthly(contract_pence: int, period: Period, terms: ScheduleTerms) -> Schedule:
    periods = _months(period)
    by_days = _rows(contract_pence, periods, [month.days for month in periods], terms)
    if terms.instalments is InstalmentRule.BY_DAYS:
        return Schedule(by_days)
    equal = _rows(contract_pence, periods, [1] * len(periods), terms)
    if terms.instalments is None:
        raise NotKnown("The contract does not say whether its monthly instalments are “equal” or “by days”: "
                       f"equal, they are {_range(equal)}; by days, {_range(by_days)}.",
                       "Ask the council, and give the term “instalments”.")
    if (part := next((month for month in periods if month != Month.of(month.first).period), None)) is not None:
        raise InputError(f"Equal instalments need whole months, and {part} is part of one.", "Pay by days, or correct the dates.")
    return Schedule(equal)


def _four_weekly(contract_pence: int, period: Period, terms: ScheduleTerms) -> Schedule:
    if period.days % DAYS_PER_FOUR_WEEKS == 0:
        return _by_odd_days(contract_pence, period, terms, OddDays.OWN)
    if terms.odd_days is None:
        raise NotKnown(_odd_days_unknown(contract_pence, period, terms), "Ask the council, and give the term “odd_days”.")
    return _by_odd_days(contract_pence, period, terms, terms.odd_days)


def _by_odd_days(contract_pence: int, period: Period, terms: ScheduleTerms, odd_days: OddDays) -> Schedule:
    whole, odd = divmod(period.days, DAYS_PER_FOUR_WEEKS)
    if not whole and odd_days is not OddDays.OWN:
        raise InputError(f"The contract runs for {odd} days, less than one period of 4 weeks.",
                         "Make its odd days their own instalment.")
    firsts = [period.first + timedelta(days=DAYS_PER_FOUR_WEEKS * n) for n in range(whole + bool(odd))]
    if odd_days is OddDays.LAST:
        firsts.pop()
    periods = _between(firsts, period.last)
    equal = terms.instalments is InstalmentRule.EQUAL and odd_days is OddDays.LAST
    rows = _rows(contract_pence, periods, [1 if equal else part.days for part in periods], terms)
    if odd_days is OddDays.NOT_ALLOCATED:
        return Schedule(rows[:-1], rows[-1].pence)
    return Schedule(rows)


def _odd_days_unknown(contract_pence: int, period: Period, terms: ScheduleTerms) -> str:
    odd = period.days % DAYS_PER_FOUR_WEEKS
    days = "day is" if odd == 1 else "days are"
    opening = f"{odd} {days} left over by whole periods of 4 weeks, and the contract does not say who pays: "
    if period.days < DAYS_PER_FOUR_WEEKS:
        return opening + f"“{OddDays.OWN}” is the only reading that pays anything, {Money(contract_pence)}."
    last = _by_odd_days(contract_pence, period, terms, OddDays.LAST).instalments[-1].pence
    own = _by_odd_days(contract_pence, period, terms, OddDays.OWN).instalments[-1].pence
    nobody = _by_odd_days(contract_pence, period, terms, OddDays.NOT_ALLOCATED)
    return opening + (f"“{OddDays.LAST}” makes the last one {Money(last)}; “{OddDays.OWN}” adds one of {Money(own)}; "
                      f"“{OddDays.NOT_ALLOCATED}” asks for {Money(nobody.allocated_pence)} in all and "
                      f"leaves {Money(nobody.not_allocated_pence)} out.")


def _months(period: Period) -> list[Period]:
    """The calendar months of a period, the first and the last perhaps in part."""
    firsts = [period.first]
    while Month.of(firsts[-1]) != Month.of(period.last):
        firsts.append(Month.of(firsts[-1]).next.first)
    return _between(firsts, period.last)


def _between(firsts: Sequence[date], last: date) -> list[Period]:
    return [Period(first, end) for first, end in zip(firsts, [*(day - ONE_DAY for day in firsts[1:]), last], strict=True)]


def _rows(contract_pence: int, periods: Sequence[Period], weights: Sequence[int], terms: ScheduleTerms) -> tuple[Instalment, ...]:
    rows = []
    for n, (period, pence) in enumerate(zip(periods, cumulative_share(contract_pence, list(weights)), strict=True), start=1):
        invoice_on = period.first if terms.paid is Paid.IN_ADVANCE else period.last + ONE_DAY
        rows.append(Instalment(n, period, invoice_on, invoice_on + timedelta(days=terms.days_to_pay), pence))
    return tuple(rows)


def _range(instalments: Sequence[Instalment]) -> str:
    """“£1,750.00”, or “£1,747.95 to £1,935.23” where they differ."""
    sums = {Money(instalment.pence) for instalment in instalments}
    return str(min(sums)) if len(sums) == 1 else f"{min(sums)} to {max(sums)}"

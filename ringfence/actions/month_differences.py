"""This month beside the one before it, by payer and by person, the largest difference first, with the reason where it can be said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from basics.money import Money
from basics.periods import minutes_in_words
from invoicing.delivery import BY_DELIVERY

HOUR = "hour"


@dataclass(frozen=True)
class Charged:
    """What was charged to one fund and payer at one price, which is by the `per` (an hour, a night …): `visits` are rows of visits,
    `minutes` staff minutes."""

    fund: str
    funder: str
    how: str
    rate_code: str
    per: str
    pounds: Decimal
    visits: int
    minutes: int
    pence: int


@dataclass(frozen=True)
class Asked:
    """What a payer was asked for: invoices for support by delivery (`contract` is empty), or instalments of a contract."""

    funder: str
    contract: str
    count: int
    pence: int


@dataclass(frozen=True)
class Difference:
    """One payer or fund in both months, in pence, and why they differ; an empty reason is one that the books do not say."""

    key: str
    name: str
    before_pence: int
    now_pence: int
    why: str

    @property
    def pence(self) -> int:
        return self.now_pence - self.before_pence


@dataclass
class _Use:
    """One side of a comparison, added up."""

    pence: int = 0
    minutes: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    """How many of each: nights, visits, items; for support by the hour, rows of visits."""
    prices: dict[str, set[Decimal]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True)
class MonthAmounts:
    """What one month end charged and asked for."""

    charged: Sequence[Charged]
    asked: Sequence[Asked]


def by_fund(before: MonthAmounts, now: MonthAmounts, names: Mapping[str, str]) -> tuple[Difference, ...]:
    """What each fund's support cost."""
    first, second = (_added_up(amounts.charged, lambda row: row.fund) for amounts in (before, now))
    return _largest_first(Difference(key, names.get(key, key), first[key].pence, second[key].pence, _why(first[key], second[key]))
                          for key in sorted(first.keys() | second.keys()))


def by_payer(before: MonthAmounts, now: MonthAmounts, names: Mapping[str, str]) -> tuple[Difference, ...]:
    """What each payer is asked for: support paid for as it is given, and instalments."""
    sides = [(_asked(amounts.asked), _added_up((row for row in amounts.charged if row.how == BY_DELIVERY), lambda row: row.funder))
             for amounts in (before, now)]
    (first, given), (second, given_now) = sides
    return _largest_first(
        Difference(key, names.get(key, key), sum(one.pence for one in first[key]), sum(one.pence for one in second[key]),
                   _why_asked(first[key], second[key], given[key], given_now[key]))
        for key in sorted(first.keys() | second.keys()))


def _asked(rows: Iterable[Asked]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = defaultdict(list)
    for row in rows:
        found[row.funder].append(row)
    return found


def _largest_first(found: Iterable[Difference]) -> tuple[Difference, ...]:
    return tuple(sorted(found, key=lambda one: (-abs(one.pence), one.name, one.key)))


def _added_up(rows: Iterable[Charged], key: Callable[[Charged], str]) -> dict[str, _Use]:
    """By fund or payer. A visit that several payers share is counted once in a fund: each has a row for it at the same price."""
    found: dict[str, _Use] = defaultdict(_Use)
    most: dict[tuple[str, str, str, Decimal], int] = defaultdict(int)
    for row in rows:
        use, price = found[key(row)], (key(row), row.fund, row.rate_code, row.pounds)
        use.pence += row.pence
        use.minutes += row.minutes
        use.prices[row.rate_code].add(row.pounds)
        use.counts[row.per] += max(0, row.visits - most[price])
        most[price] = max(row.visits, most[price])
    return found


def _why(before: _Use, now: _Use) -> str:
    if not before.prices:
        return "New: nothing was charged the month before."
    if not now.prices:
        return "Nothing is charged this month."
    return _sentence(_reasons(before, now))


def _why_asked(before: list[Asked], now: list[Asked], given: _Use, given_now: _Use) -> str:
    if not before:
        return "New: nothing was asked for the month before."
    if not now:
        return "Nothing is asked for this month."
    return _sentence([*_instalments(before, now), *_reasons(given, given_now)])


def _instalments(before: list[Asked], now: list[Asked]) -> Iterable[str]:
    counts, pence = ([sum(getattr(one, what) for one in side if one.contract) for side in (before, now)] for what in ("count", "pence"))
    if counts[0] != counts[1]:
        yield f"{counts[1] or 'no'} instalment{'' if counts[1] == 1 else 's'}, and {counts[0] or 'none'} the month before"
    elif pence[0] != pence[1]:
        more = Money(abs(pence[1] - pence[0]))
        yield f"{'its instalment is' if counts[1] == 1 else 'the instalments are'} {more} {'more' if pence[1] > pence[0] else 'less'}, as agreed"


def _reasons(before: _Use, now: _Use) -> Iterable[str]:
    """What changed: a price, the time given, or how many nights, visits and items are charged by the piece."""
    for code in sorted(before.prices.keys() & now.prices.keys()):
        if fresh := now.prices[code] - before.prices[code]:
            yield f"the rate “{code}” is now {_price(max(fresh))}, it was {_price(max(before.prices[code]))}"
    if minutes := now.minutes - before.minutes:
        yield f"{minutes_in_words(abs(minutes))} {'more' if minutes > 0 else 'less'}"
    for per in sorted((before.counts.keys() | now.counts.keys()) - {HOUR}):
        if more := now.counts[per] - before.counts[per]:
            yield f"{abs(more):,} {per if abs(more) == 1 else per + 's'} {'more' if more > 0 else 'fewer'}"


def _price(pounds: Decimal) -> str:
    pence = pounds * 100
    return str(Money(int(pence))) if pence == int(pence) else f"£{pounds}"


def _sentence(said: Iterable[str]) -> str:
    words = "; ".join(said)
    return f"{words[0].upper()}{words[1:]}." if words else ""

"""This month beside the one before it, by payer and by person, the largest difference first, with the reason where it can be said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from basics.money import Money
from basics.periods import minutes_in_words

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


def by_fund(before: Iterable[Charged], now: Iterable[Charged], names: Mapping[str, str]) -> tuple[Difference, ...]:
    """What each fund's support cost."""
    sides = [_added_up(rows) for rows in (before, now)]
    return _largest_first(Difference(key, names.get(key, key), sides[0][key].pence, sides[1][key].pence, _why(sides[0][key], sides[1][key]))
                          for key in sides[0].keys() | sides[1].keys())


def by_payer(before: Iterable[Asked], now: Iterable[Asked], names: Mapping[str, str]) -> tuple[Difference, ...]:
    """What each payer is asked for."""
    sides: list[dict[str, list[Asked]]] = [defaultdict(list), defaultdict(list)]
    for side, rows in zip(sides, (before, now), strict=True):
        for row in rows:
            side[row.funder].append(row)
    return _largest_first(
        Difference(key, names.get(key, key), sum(one.pence for one in sides[0][key]), sum(one.pence for one in sides[1][key]),
                   _why_asked(sides[0][key], sides[1][key]))
        for key in list(sides[0].keys() | sides[1].keys()))


def _largest_first(found: Iterable[Difference]) -> tuple[Difference, ...]:
    return tuple(sorted(found, key=lambda one: (-abs(one.pence), one.name, one.key)))


def _added_up(rows: Iterable[Charged]) -> dict[str, _Use]:
    """By fund. A visit that several payers share is counted once: each of them has a row for it at the same price."""
    found: dict[str, _Use] = defaultdict(_Use)
    visits: dict[tuple[str, str, Decimal], int] = defaultdict(int)
    for row in rows:
        use, price = found[row.fund], (row.fund, row.rate_code, row.pounds)
        use.pence += row.pence
        use.minutes += row.minutes
        use.prices[row.rate_code].add(row.pounds)
        use.counts[row.per] += max(0, row.visits - visits[price])
        visits[price] = max(row.visits, visits[price])
    return found


def _why(before: _Use, now: _Use) -> str:
    if not before.prices:
        return "New: nothing was charged the month before."
    if not now.prices:
        return "Nothing is charged this month."
    said = [*_prices(before, now), _more(now.minutes - before.minutes), *_counted(before.counts, now.counts)]
    return _sentence(filter(None, said))


def _prices(before: _Use, now: _Use) -> Iterable[str]:
    for code in sorted(before.prices.keys() & now.prices.keys()):
        fresh = now.prices[code] - before.prices[code]
        if fresh:
            yield f"the rate “{code}” is now {_price(max(fresh))}, it was {_price(max(before.prices[code]))}"


def _price(pounds: Decimal) -> str:
    pence = pounds * 100
    return str(Money(int(pence))) if pence == int(pence) else f"£{pounds}"


def _more(minutes: int) -> str:
    return f"{minutes_in_words(abs(minutes))} {'more' if minutes > 0 else 'less'} support" if minutes else ""


def _counted(before: Counter[str], now: Counter[str]) -> Iterable[str]:
    """Nights, visits and items that are charged by the piece."""
    for per in sorted((before.keys() | now.keys()) - {HOUR}):
        if more := now[per] - before[per]:
            yield f"{abs(more):,} {per if abs(more) == 1 else per + 's'} {'more' if more > 0 else 'fewer'}"


def _sentence(said: Iterable[str]) -> str:
    words = "; ".join(said)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _why_asked(before: list[Asked], now: list[Asked]) -> str:
    if not before:
        return "New: nothing was asked for the month before."
    if not now:
        return "Nothing is asked for this month."
    counts = [(sum(one.count for one in side if one.contract), sum(one.count for one in side if not one.contract)) for side in (before, now)]
    (instalments_before, _), (instalments, by_delivery) = counts
    said = []
    if instalments != instalments_before:
        said.append(f"{_count(instalments, 'instalment')}; it was {instalments_before or 'none'}")
    delivered = [sum(one.pence for one in side if not one.contract) for side in (before, now)]
    if delivered[0] != delivered[1]:
        said.append(f"support given, in {_count(by_delivery, 'invoice')}, is {Money(abs(delivered[1] - delivered[0]))} "
                    f"{'more' if delivered[1] > delivered[0] else 'less'}")
    return _sentence(said)


def _count(count: int, one: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count or 'no'} {one}s"

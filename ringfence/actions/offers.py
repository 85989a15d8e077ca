"""Is what a funder offers enough? A cost file's package beside the rate, and beside the sector's minimum price where it is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from basics.errors import NotKnown
from basics.money import Money
from basics.periods import ONE_DAY
from costing.figure import Figure, Unit, fixed, total
from costing.offer import Checked, check_offer
from costing.package import Package, Per
from costing.price import to_the_penny
from ringfence.actions.parameters import published
from ringfence.importing.costing_on import CostSource, read_source, source_of

MINIMUM = "homecare_minimum_price"


def offer_on_file(path: Path, offered: Money, per: Per, first: date | None = None) -> Checked:
    """An offer for the package of a cost file, from a day on where one is named. Raises `Refused` with every problem of the file, or
    `InputError`, also where its price is another on that day."""
    return _checked(read_source(path, published), offered, per, first)


def offer_on_content(content: bytes, name: str, offered: Money, per: Per, first: date | None = None) -> Checked:
    """The same for the content of a cost file that is not on this disk."""
    return _checked(source_of(content, name, published), offered, per, first)


def _checked(source: CostSource, offered: Money, per: Per, first: date | None) -> Checked:
    package = source.package if first is None else source.counting_from(first)
    return check_offer(package, offered, per, _minimum(package), source.rates_until(package))


def _minimum(package: Package) -> Figure | None:
    """The minimum price on the package's day or, weighed by its days, on all of them, to the penny; None where it is not known on any one."""
    last, day, weighed = package.until or package.on, package.on, list[tuple[Figure, Figure]]()
    known = published()[MINIMUM]
    while day <= last:
        try:
            price, unchanged = known.figure(day), known.unchanged(day)
        except NotKnown:
            return None
        assert unchanged is not None  # it is known on the day
        ends = min(unchanged.last, last)
        weighed.append((price, fixed((ends - day).days + 1, "Days", Unit.DAYS)))
        day = ends + ONE_DAY
    if len(weighed) == 1:
        return weighed[0][0]
    return to_the_penny(total(price * days for price, days in weighed) / total(days for _, days in weighed))

"""A visit priced by its length: the longest band that it fills, and what is left of it by the minute. (CareLineLive, “Rates”.)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from basics.errors import NotKnown
from basics.money import Money
from basics.rounding import hourly_line


def filled(minutes: int, bands: Iterable[int]) -> int:
    """The longest band that a visit fills. Raises `NotKnown` for one shorter than every band: what it costs is a term that nobody gave."""
    longest = max((band for band in bands if band <= minutes), default=None)
    if longest is None:
        raise NotKnown(f"A visit of {minutes} minutes is shorter than every band of the price.", "Give a price for a visit as short.")
    return longest


def banded_line(minutes: int, pounds_by_minutes: Mapping[int, Decimal], rate_per_hour: Decimal) -> Money:
    """What a visit of so many minutes costs. `pounds_by_minutes` is the price of each length that has one; bands never stack.

    Raises `NotKnown` as `filled` does.
    """
    band = filled(minutes, pounds_by_minutes)
    return Money.parse(str(pounds_by_minutes[band])) + hourly_line(rate_per_hour, minutes - band)

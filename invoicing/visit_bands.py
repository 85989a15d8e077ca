"""A visit priced by its length: the longest band that it fills, and what is left of it by the minute. (CareLineLive, “Rates”.)"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from basics.errors import NotKnown
from basics.money import Money
from basics.rounding import hourly_line


def banded_line(minutes: int, pounds_by_minutes: Mapping[int, Decimal], rate_per_hour: Decimal) -> Money:
    """What a visit of so many minutes costs. `pounds_by_minutes` is the price of each length that has one; bands never stack.

    Raises `NotKnown` for a visit shorter than every band: what it costs then is a term that nobody gave.
    """
    filled = max((band for band in pounds_by_minutes if band <= minutes), default=None)
    if filled is None:
        raise NotKnown(f"A visit of {minutes} minutes is shorter than every band of the price.", "Give a price for a visit as short.")
    return Money.parse(str(pounds_by_minutes[filled])) + hourly_line(rate_per_hour, minutes - filled)

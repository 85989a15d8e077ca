"""Prices that stand in for the price of a plan line: on some days, or for visits of some length. Each is the code of a rate with its days.

Order of precedence: a special day, a public holiday, a day of the week, the weekend; and then the price that the line names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from basics.periods import day_in_words
from invoicing.finding import Cause, Stopped
from invoicing.public_holidays import holiday, is_holiday_somewhere

SATURDAY = 5
DAYS_OF_THE_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class PriceList:
    """What stands beside one rate, the `rate` of plan lines. `bands` are the prices of visits of so many minutes, each once.

    `public_holiday_times` is what the holiday price must be: so many times the rate.
    """

    rate: str
    weekend: str | None = None
    days: Mapping[str, str] = field(default_factory=dict)
    public_holiday: str | None = None
    public_holiday_times: Decimal | None = None
    special_days: Mapping[date, str] = field(default_factory=dict)
    bands: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OnHolidays:
    """Which public holidays the terms give a price of their own to, and where; None is not known."""

    terms: str
    days: str | None
    nation: str | None


def rate_of_day(listed: PriceList | None, code: str, day: date, on: OnHolidays) -> str:
    """The rate that holds on a day for support whose plan line names `code`."""
    if listed and day in listed.special_days:
        return listed.special_days[day]
    if _is_priced_holiday(listed, day, on):
        if listed is None or listed.public_holiday is None:
            raise Stopped(Cause(f"The terms “{on.terms}” give public holidays a price of their own, and none for the rate {code}: "
                                f"{day_in_words(day)} is one.",
                                "Give public_holiday under “prices” of the terms in an apply file, or public_holiday_days: none.", day))
        return listed.public_holiday
    if listed is None:
        return code
    if of_day := listed.days.get(DAYS_OF_THE_WEEK[day.weekday()]):
        return of_day
    return listed.weekend if listed.weekend and day.weekday() >= SATURDAY else code


def _is_priced_holiday(listed: PriceList | None, day: date, on: OnHolidays) -> bool:
    """Asked for only where the answer changes the price: a list without a holiday price has one price on every such day."""
    if on.days is None and (listed is None or listed.public_holiday is None):
        return False
    if on.days == "none" or not is_holiday_somewhere(day):
        return False
    missing = [name for name, given in (("public_holiday_days", on.days), ("nation", on.nation)) if given is None]
    if missing:
        raise Stopped(*(Cause(f"The terms “{on.terms}” do not say {_ASKS[name]} ({name}).", _TO_DO[name], day, name) for name in missing))
    found = holiday(day, str(on.nation))
    return found is not None and found.counts(str(on.days))


_ASKS = {"public_holiday_days": "which days have the price of public holidays", "nation": "whose public holidays count"}
_TO_DO = {"public_holiday_days": "Ask the funder, and give public_holiday_days in an apply file: “actual” or “substitute” or “both” or “none”.",
          "nation": "Give nation in an apply file: “England”, “Wales”, “Scotland” or “Northern Ireland”."}

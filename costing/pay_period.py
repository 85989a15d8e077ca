"""When people are paid: a new minimum wage counts from the first pay period that starts on or after its legal day.

(National Minimum Wage Regulations 2015: the rate for a pay reference period is that of its first day.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from basics.periods import DAYS_PER_WEEK, ONE_DAY, Month


@dataclass(frozen=True)
class PayPeriods:
    """Pay periods of so many weeks, counted from the first day of any of them; or, without weeks, calendar months that start on the day of
    the month that `first_day` is, at most the 28th."""

    first_day: date
    weeks: int | None = None

    def first_day_of(self, day: date) -> date:
        """The first day of the pay period that holds a day."""
        if self.weeks is None:
            month = Month.of(day) if day.day >= self.first_day.day else Month.of(day).previous
            return month.first.replace(day=self.first_day.day)
        length = self.weeks * DAYS_PER_WEEK
        return day - timedelta(days=(day - self.first_day).days % length)

    def first_from(self, day: date) -> date:
        """The first day of the first pay period that starts on or after a day."""
        first = self.first_day_of(day)
        if first == day:
            return day
        return first + timedelta(days=self.weeks * DAYS_PER_WEEK) if self.weeks else self.first_day_of(self.first_day_of(day) + 31 * ONE_DAY)

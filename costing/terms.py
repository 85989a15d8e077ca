"""What staff are paid beyond a plain hour, when they are away, who stands in for them, and what the organisation owes on its pay bill."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from basics.errors import NotKnown
from costing.figure import Figure, Unit, at_least


@dataclass(frozen=True)
class Unsocial:
    """So many per cent on top of pay for some of the hours: so many a week, a part of them all, or those of named parts of the support."""

    label: str
    percent: Figure
    hours_per_week: Figure | None = None
    percent_of_hours: Figure | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class BankHolidays:
    """Days of a year whose hours are paid at a multiple: 2 is double time."""

    days_per_year: Figure
    pay_multiple: Figure


@dataclass(frozen=True)
class Cover:
    """Part of the hours that the team’s own staff do not give at plain pay: an agency does, at a rate that holds everything; or they do
    themselves, as overtime at a multiple of pay. Exactly one of the two is given."""

    label: str
    percent_of_hours: Figure
    agency_rate_per_hour: Figure | None = None
    overtime_multiple: Figure | None = None


@dataclass(frozen=True)
class StatutorySickPay:
    """The least that the law asks for. Before 6 April 2026 the first days of each spell were unpaid, and who earned less than a floor had
    none; since then it is paid from the first day, and is a part of earnings where that is less than the flat sum."""

    per_week: Figure
    waiting_days: Figure
    earnings_floor_per_week: Figure
    most_of_earnings: Figure | None = None


@dataclass(frozen=True)
class Sickness:
    """Days that a worker is sick in a year, of so many working days a week. Without `statutory` they are paid in full."""

    days_per_year: Figure
    days_per_week: Figure
    spells_per_year: Figure | None = None
    statutory: StatutorySickPay | None = None

    @cached_property
    def paid_days(self) -> Figure:
        """The days of a year that are paid. Raises `NotKnown` where the first of each spell are not, and nobody said how many spells."""
        if self.statutory is None or not self.statutory.waiting_days.exact:
            return self.days_per_year
        if self.spells_per_year is None:
            raise NotKnown("The first days of each spell of sickness are unpaid, and nobody said how many spells there are.", "Add spells_per_year.")
        days = at_least(self.days_per_year - self.spells_per_year * self.statutory.waiting_days, 0)
        return days.called("Days of sickness that are paid", Unit.DAYS_PER_YEAR)


@dataclass(frozen=True)
class TimeAYear:
    """Hours a year that each worker is paid for and gives no support: training, supervision."""

    label: str
    hours_per_year: Figure
    earns_holiday: bool


@dataclass(frozen=True)
class Levy:
    """The apprenticeship levy: a percentage of the pay bill, less an allowance for the year."""

    rate: Figure
    allowance_per_year: Figure


@dataclass(frozen=True)
class Organisation:
    """What depends on the pay bill of the whole organisation. The Employment Allowance is claimed or not, and somebody said why."""

    pay_bill_per_year: Figure
    levy: Levy | None = None
    employment_allowance: Figure | None = None
    reason: str = ""

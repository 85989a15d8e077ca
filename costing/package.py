"""What a package of support is made of, before it is priced: every number a `Figure` that knows who typed or published it.

Where a part may be left out, None says that the package has none of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from costing.figure import Figure


class Per(StrEnum):
    """What an amount is given for."""

    HOUR = "hour"
    VISIT = "visit"
    WEEK = "week"


class PayBase(StrEnum):
    """The pay that a percentage is taken of: for work done (contact, travel, nights), or all of it, leave and paid time included."""

    WORKED = "worked_pay"
    ALL = "all_pay"


class HolidayMethod(StrEnum):
    """How leave becomes a cost. Of worked pay: 5.6 ÷ 46.4 = 12.07%, as the weeks worked earn the weeks of leave. Of all paid:
    5.6 ÷ 52 = 10.77%, which is right only where the hours priced are those of all 52 paid weeks."""

    OF_WORKED_PAY = "of_worked_pay"
    OF_ALL_PAID = "of_all_paid"


class Basis(StrEnum):
    """What a percentage is taken of: the cost before it, or the price that it is part of."""

    ON_COST = "on_cost"
    OF_PRICE = "of_price"


class Section(StrEnum):
    """The parts of a price, calculated separately and shown separately."""

    DIRECT = "Direct support"
    COORDINATION = "Service co-ordination"
    COMPANY = "Company costs"
    CONTINGENCY = "Contingency"
    SURPLUS = "Surplus"


@dataclass(frozen=True)
class Support:
    """How much support a week holds, and how many such weeks a year: unknown weeks give no price for a year."""

    hours_per_week: Figure
    visits_per_week: Figure | None = None
    weeks_per_year: Figure | None = None


@dataclass(frozen=True)
class Contract:
    """Workers on the same contracted hours: National Insurance and pension have thresholds for each worker's week."""

    hours_per_week: Figure
    workers: Figure

    @property
    def in_words(self) -> str:
        return f"for a worker on {self.hours_per_week.value.normalize():f} hours"


@dataclass(frozen=True)
class NationalInsurance:
    """The employer's rate, above a threshold for each worker's week."""

    rate: Figure
    threshold_per_week: Figure


@dataclass(frozen=True)
class AutoEnrolment:
    """The employer's minimum, of pay inside a band, for a worker who earns more than the trigger."""

    rate: Figure
    trigger_per_year: Figure
    lower_per_year: Figure
    upper_per_year: Figure


@dataclass(frozen=True)
class PercentOfPay:
    """A cost of employment given as a percentage of pay."""

    label: str
    percent: Figure
    base: PayBase


@dataclass(frozen=True)
class PaidTime:
    """Time that is paid and is not support (training, sickness, supervision), as a percentage of worked pay. It is pay: National
    Insurance and pension are due on it."""

    label: str
    percent: Figure
    earns_holiday: bool


@dataclass(frozen=True)
class Holiday:
    weeks_per_year: Figure
    method: HolidayMethod


@dataclass(frozen=True)
class Travel:
    """Paid minutes and miles between visits, for each visit or each hour of support."""

    per: Per
    minutes: Figure | None = None
    miles: Figure | None = None
    pay_per_mile: Figure | None = None


@dataclass(frozen=True)
class SleepIns:
    """Nights asleep at the place of work: a flat sum that is always paid, hours that are always paid, and the hours awake and
    working that are expected beyond those. (Supreme Court, 19 March 2021: the minimum wage counts only time awake and working.)"""

    nights_per_week: Figure
    flat_per_night: Figure
    paid_hours_per_night: Figure | None = None
    disturbed_hours_per_night: Figure | None = None


@dataclass(frozen=True)
class Amount:
    """So many pounds for each hour, visit or week."""

    label: str
    pounds: Figure
    per: Per


@dataclass(frozen=True)
class Percentage:
    """So many per cent, on cost or of the price."""

    label: str
    percent: Figure
    basis: Basis


@dataclass(frozen=True)
class Staff:
    """Who gives the support, and what employing them costs besides their pay."""

    pay_per_hour: Figure
    contracts: tuple[Contract, ...] = ()
    holiday: Holiday | None = None
    paid_time: tuple[PaidTime, ...] = ()
    national_insurance: NationalInsurance | PercentOfPay | None = None
    pension: AutoEnrolment | PercentOfPay | None = None
    other: tuple[PercentOfPay, ...] = ()
    travel: Travel | None = None
    sleep_ins: SleepIns | None = None


@dataclass(frozen=True)
class Package:
    """Everything that one price is made of, on one day. A package that goes on past a change of rates is priced again from that day."""

    name: str
    on: date
    support: Support
    quoted_per: Per
    step_pence: Figure
    staff: Staff | None = None
    other_direct: tuple[Amount, ...] = ()
    coordination: tuple[Amount | Percentage, ...] = ()
    company: tuple[Amount | Percentage, ...] = ()
    contingency: Amount | Percentage | None = None
    surplus: Amount | Percentage | None = None

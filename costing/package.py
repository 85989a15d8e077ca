"""What a package of support is made of, before it is priced: every number a `Figure` that knows who typed or published it.

Where a part may be left out, None says that the package has none of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from basics.periods import ONE_DAY, Period
from costing.figure import Figure
from costing.funders import Payer
from costing.terms import BankHolidays, Cover, Organisation, Sickness, TimeAYear, Unsocial


class Per(StrEnum):
    """What an amount is given for. What is paid once is recovered over a stated number of weeks."""

    HOUR = "hour"
    VISIT = "visit"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ONCE = "once"


class PayBase(StrEnum):
    """The pay that a percentage is taken of: for work done (contact, travel, nights), or all of it, leave and paid time included."""

    WORKED = "worked_pay"
    ALL = "all_pay"


class HolidayMethod(StrEnum):
    """How leave becomes a cost. Of worked pay: 5.6 ÷ 46.4 = 12.07%, as the weeks worked earn the weeks of leave. Of all paid: 5.6 ÷ 52 =
    10.77%, which is right only where the hours priced are those of all 52 paid weeks."""

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


FULL_COST = (Section.DIRECT, Section.COORDINATION, Section.COMPANY)
"""The parts of a price that are its full cost."""

@dataclass(frozen=True)
class Support:
    """How much support a week holds, and how many such weeks a year: unknown weeks give no price for a year.

    The hours are those of staff for this person: two at once count twice, and what is shared counts in part.
    """

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
    """Paid time that is not support (training, supervision), as a percentage of worked pay. It is pay: on-costs are due on it."""

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
    """So many pounds for each hour, visit, week, month or year, or once: a bus fare, a meal, a mile, a bath lift, a set-up.

    `times` says how many of it (five meals a week), `among` how many people, or places of a home (`is_shared`), share it, and
    `over_weeks` in how many weeks what is paid once is recovered. What is not `charged` is valued and shown, and is no part of the
    price: volunteers’ time, unless agreed.
    """

    label: str
    pounds: Figure
    per: Per
    times: Figure | None = None
    among: Figure | None = None
    over_weeks: Figure | None = None
    is_shared: bool = False
    charged: bool = True


@dataclass(frozen=True)
class Hours:
    """Hours of support in a week: `per_week` of them, with so many staff at once (two count twice), shared `among` places or people.

    Support that a home shares (`is_shared`) is divided by the places of the agreed split, empty or away included; a group, by who is
    planned to be there. `grade` names the staff that give it. Travel is paid for each visit, where there are visits.
    """

    label: str
    per_week: Figure
    staff_at_once: Figure | None = None
    among: Figure | None = None
    grade: str = ""
    travel: Travel | None = None
    visits_per_week: Figure | None = None
    is_shared: bool = False


@dataclass(frozen=True)
class Nights:
    """Sleep-ins, shared `among` the places of a home where they are."""

    label: str
    sleep_ins: SleepIns
    among: Figure | None = None
    grade: str = ""


@dataclass(frozen=True)
class OnCall:
    """Times in a week when somebody can be called: a flat sum for each, and the hours that are expected to be worked in one."""

    label: str
    times_per_week: Figure
    flat_per_time: Figure
    worked_hours_per_time: Figure | None = None
    among: Figure | None = None
    grade: str = ""


Part = Hours | Nights | OnCall
"""A part of the support of a week that somebody is paid for."""


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
    paid_time: tuple[PaidTime | TimeAYear, ...] = ()
    national_insurance: NationalInsurance | PercentOfPay | None = None
    pension: AutoEnrolment | PercentOfPay | None = None
    other: tuple[PercentOfPay, ...] = ()
    travel: Travel | None = None
    sleep_ins: SleepIns | None = None
    unsocial: tuple[Unsocial, ...] = ()
    bank_holidays: BankHolidays | None = None
    cover: tuple[Cover, ...] = ()
    sickness: Sickness | None = None


@dataclass(frozen=True)
class Cap:
    """The most that some lines of a price may come to together, as a percentage of the price or of direct support."""

    percent: Figure
    basis: Basis
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Package:
    """Everything that one price is made of: on one day, or from that day until another.

    Where rates change in between, `later` is the package as it is from each such day on, and the one price is for all of the days.
    Without `parts` the support is the hours of the week, given by `staff`; each part is given by the grade that it names, or by `staff`.
    `empty_percent` is how much of the time a shared place is expected to stand empty: who lives there carries it, as a line.
    `remarks` are what whoever reads the price must be told of where its figures are from, and `rules` what the law brought in that it is made
    by, each with its first day: before that day the price is made in another way.
    """

    name: str
    on: date
    support: Support
    quoted_per: Per
    step_pence: Figure
    staff: Staff | None = None
    parts: tuple[Part, ...] = ()
    grades: tuple[tuple[str, Staff], ...] = ()
    empty_percent: Figure | None = None
    other_direct: tuple[Amount, ...] = ()
    coordination: tuple[Amount | Percentage, ...] = ()
    company: tuple[Amount | Percentage, ...] = ()
    contingency: Amount | Percentage | None = None
    surplus: Amount | Percentage | None = None
    payers: tuple[Payer, ...] = ()
    organisation: Organisation | None = None
    cap: Cap | None = None
    remarks: tuple[str, ...] = ()
    rules: tuple[tuple[date, str], ...] = ()
    until: date | None = None
    later: tuple[Package, ...] = ()

    @property
    def all_staff(self) -> tuple[Staff, ...]:
        """The staff of the package, then those of each grade."""
        return tuple(staff for staff in (self.staff, *(staff for _, staff in self.grades)) if staff is not None)

    @property
    def through(self) -> tuple[Package, ...]:
        """The package as it is from its first day, and from each day on which a rate of it changes."""
        return self, *self.later

    @property
    def stretches(self) -> tuple[tuple[Period, Package], ...]:
        """The days for which each of those holds. Raises `ValueError` for a package of one day."""
        if self.until is None:
            raise ValueError("A package of one day has no stretches.")
        lasts = [*(each.on - ONE_DAY for each in self.later), self.until]
        return tuple((Period(each.on, last), each) for each, last in zip(self.through, lasts, strict=True))

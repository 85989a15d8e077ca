"""Support delivered, and the agreement that says what it costs and who pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from basics.people import FunderKind
from basics.periods import Period
from basics.rounding import TimeRule
from invoicing.not_given import Absence, NoticeStep, Retainer
from invoicing.payer_rules import KnownAs, Order
from invoicing.price_list import PriceList

GIVEN, CANCELLED = "given", "cancelled"
BY_SCHEDULE, BY_DELIVERY = "schedule", "delivery"
CANCELLED_AT = "cancelled at "
"""What the kept content of a delivery begins with where it says when it was cancelled; the instant and a bar follow."""


class Delivery(NamedTuple):
    """One carer at one visit for one person, or for a shared house. Times are instants in UTC, or None where support is counted
    and not timed. `subject` is the reference of the person or of the house; `planned_carers` is how many were to come.

    A named tuple, and so is a charge: a month has hundreds of thousands, and each is made four times as fast as a frozen dataclass.
    """

    id: int
    key: str
    visit: str
    carer: str
    subject: str
    support_type: str
    outcome: str
    happened_on: date
    starts_at: datetime | None
    ends_at: datetime | None
    planned_minutes: int
    actual_minutes: int
    planned_carers: int
    reason: str
    cancelled_at: datetime | None = None
    """When a cancelled visit was cancelled, where that is known: its notice runs from then to the start."""


class Vat(NamedTuple):
    """How VAT stands: “exempt” or “outside the scope”, and why, in the words that an invoice prints."""

    how: str
    words: str = ""


@dataclass(frozen=True)
class Terms:
    """What a contract says about charging, from a day. None is “unknown”: it stops whatever depends on it."""

    name: str
    from_on: date
    charged_time: TimeRule | None = None
    across_midnight: str | None = None
    """"split" (each day's minutes at that day's rate) or "start day"."""
    nights: str | None = None
    """"elapsed" (the clock change counts) or "as planned"."""
    cancelled_visits: str | None = None
    """"not charged", "as planned" or "by notice"."""
    funder_share: str | None = None
    """"by line": each charge is divided among its funders. "on the total": the month's charges of a line are."""
    vat: str | None = None
    vat_words: str = ""
    vat_by_support: tuple[tuple[str, Vat], ...] = ()
    """Kinds of support for which VAT stands otherwise, each with how."""
    days_to_pay: int | None = None
    order_number_needed: bool = False
    person_reference_needed: bool = False
    """Whether no invoice may go without the reference by which this payer knows the person."""
    invoices: str | None = None
    """"one a person", or "together": one invoice for everybody whom this payer pays for. Not given, it is one a person."""
    invoiced_every: str | None = None
    """"month", or "4 weeks" counted from `invoiced_from`. Not given, it is each month."""
    invoiced_from: date | None = None
    line: str | None = None
    """"visit": each visit is a line, rounded alone. "rate": all visits of a month at one rate are, and its pence are shared over them."""
    carers: str | None = None
    """"each has a row", or "count multiplies": one row of a visit with several planned carers stands for all of them."""
    notice: tuple[NoticeStep, ...] = ()
    notice_edge: str | None = None
    """Exactly as many hours as one step ends and the next begins with: "shorter" or "longer" notice."""
    absences: str | None = None
    """Cancelled visits while the person is away: "as cancelled", "not charged" or "retainer"."""
    retainers: tuple[Retainer, ...] = ()
    public_holiday_days: str | None = None
    """"actual", "substitute", "both" or "none"."""
    nation: str | None = None
    prices: tuple[PriceList, ...] = ()

    def price_list(self, rate: str) -> PriceList | None:
        return next((one for one in self.prices if one.rate == rate), None)


@dataclass(frozen=True)
class Rate:
    """A price for the days of its period: pounds for each hour, or for each visit, night, day or item."""

    code: str
    per: str
    pounds: Decimal
    period: Period


class WeeklyPart(NamedTuple):
    """A fixed sum a week in pounds, how a week becomes a month, and how a month is rounded; both in the words of the agreement.

    `bears_on` is the funder off whose part it comes, and off nobody else’s; empty where it comes off what the others share together.
    """

    pounds: Decimal
    basis: str
    rounding: str
    bears_on: str = ""


@dataclass(frozen=True)
class Funding:
    """One funder's promise in one fund: how it pays, and its share of the lines that name no funder. One who pays a fixed sum a week has no
    share: the others share what is left after it."""

    fund: str
    funder: str
    how: str
    share: Decimal
    terms: str
    order_number: str
    period: Period
    weekly: WeeklyPart | None = None
    kind: FunderKind | None = None
    """What kind of payer this is, where that is known: what an individual pays comes off nobody’s part by guess, and never off the NHS’s."""

    @property
    def bears_on(self) -> str:
        """The funder off whose part its sum a week comes; empty where it pays a share, or its sum comes off everybody's part."""
        return self.weekly.bears_on if self.weekly else ""


@dataclass(frozen=True)
class PlannedSupport:
    """A line of somebody's plan: the support, who pays for it (None: every funder who pays by delivery, by shares), at which rate."""

    id: int
    person: str
    fund: str
    support_type: str
    words: str
    funder: str | None
    rate_code: str
    period: Period


@dataclass(frozen=True)
class House:
    """A shared house: support given to it is divided by its places, empty or away included.

    `held` says, for each place (1, 2 ...), who holds it from which day on; None is an empty place. `void_fund` is the fund that
    carries an empty place: the provider's own or the reserve of a contract. With `void_weeks` that is so for the first weeks of each
    time that it stands empty, and then the provider carries it; `void_funding` is the funder that pays for those weeks by delivery.
    """

    reference: str
    places: int
    held: tuple[tuple[int, date, str | None], ...]
    void_fund: str
    void_weeks: int | None = None
    void_funding: Funding | None = None
    provider_fund: str = ""

    def holder(self, place: int, day: date) -> str | None:
        """Who holds that place on that day; None for an empty place, or before anybody held it."""
        latest = max((row for row in self.held if row[0] == place and row[1] <= day), key=lambda row: row[1], default=None)
        return latest[2] if latest else None

    def carrier(self, place: int, day: date) -> tuple[str, tuple[Funding, ...]]:
        """The fund that carries an empty place on that day, and who pays it for that: nobody, where the fund itself bears it.

        Weeks are counted from the day on which the place became empty; who had a place before it was recorded is not known, and so
        nobody else pays for such days.
        """
        since = self._empty_since(place, day)
        if self.void_weeks is not None and (since is None or (day - since).days >= 7 * self.void_weeks):
            return self.provider_fund, ()
        return self.void_fund, (self.void_funding,) if self.void_funding else ()

    def _empty_since(self, place: int, day: date) -> date | None:
        """The first day of the stretch without a holder that the day lies in."""
        since = None
        for _, first, holder in sorted((row for row in self.held if row[0] == place and row[1] <= day), key=lambda row: row[1]):
            since = None if holder else since or first
        return since


@dataclass(frozen=True)
class Agreements:
    """Everything that says what support costs and who pays, as it stands in the records."""

    plan: tuple[PlannedSupport, ...]
    fundings: tuple[Funding, ...]
    rates: tuple[Rate, ...]
    terms: tuple[Terms, ...]
    houses: tuple[House, ...]
    absences: tuple[Absence, ...] = ()
    orders: tuple[Order, ...] = ()
    known_as: tuple[KnownAs, ...] = ()


class Charge(NamedTuple):
    """What one person's part of one visit costs one funder on one day.

    `minutes` are the person's share of staff minutes; `times` is 1 for support that is counted (a night, a session) and 0 for
    timed support. `shared_key` names the cost that several funds share; it is empty where the support was for one person alone.
    `how` is "schedule", "delivery", or "void" for an empty place.
    """

    key: str
    delivery_id: int
    fund: str
    funder: str | None
    how: str
    plan_line_id: int | None
    support_on: date
    starts_at: datetime | None
    visit: str
    minutes: int
    times: int
    rate_code: str
    pounds: Decimal
    pence: int
    shared_key: str
    cancelled: bool = False
    """Charged as planned though it was cancelled: it costs, and it was not given."""

"""The items of an apply file, one model a kind. docs/formats/apply.md says what each key means.

A model's fields say what one value may be. `presence` looks at the item as it was written and says which keys must, or may not, stand
together; `consistency` looks at the item once every value is right. Both give all they find.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from basics.money import Money
from basics.periods import Period, day_in_words
from invoicing.delivery import WeeklyPart
from isf.schedule import ScheduleTerms
from isf.weekly import WeeklyBasis, weekly_sum
from ringfence.importing import apply_fields as a
from ringfence.importing.apply_presence import Raw, absent_when, exactly_one, has, needed_when, needed_with
from ringfence.importing.checked import FileModel
from ringfence.importing.einvoice_fields import OfPayer, OfProvider
from ringfence.importing.problems import Finding
from ringfence.importing.terms_fields import NoticeSaid, PriceListSaid, RetainerSaid, VatSaid, odd_lists
from ringfence.importing.weekly_said import weekly_is_said


class ApplyItem(FileModel):
    """One item of a section."""

    known_by: ClassVar[tuple[str, ...]] = ()
    """The fields that tell it from every other item of its section."""

    @classmethod
    def presence(cls, _raw: Raw, /) -> Iterator[Finding]:
        """Which keys are missing beside others, or stand beside others that rule them out."""
        yield from ()

    def consistency(self) -> Iterator[Finding]:
        """What does not fit together within the item."""
        yield from ()


class Dated(ApplyItem):
    """An item that holds from a day to a day, both included."""

    from_on: a.Day = Field(alias="from")
    to_on: a.Day = Field(alias="to")

    @property
    def period(self) -> Period:
        return Period(self.from_on, self.to_on)

    def consistency(self) -> Iterator[Finding]:
        if self.to_on < self.from_on:
            yield Finding(("to",), f"is {day_in_words(self.to_on)}, before “from”, {day_in_words(self.from_on)}.",
                          "Check the two days.")


class Contact(FileModel):
    name: a.Words
    telephone: a.Telephone


class Provider(ApplyItem):
    """The organisation that gives the support and sends the invoices."""

    name: a.Words
    address: a.Several[a.Words] = Field(min_length=1)
    contact: Contact
    pay_to: a.Several[a.Words] = Field(min_length=1)
    ombudsman: Contact | None = None
    einvoice: OfProvider | None = None
    first_invoice_number: a.CountAboveNil | None = None


class Funder(ApplyItem):
    """Whoever pays. A person who pays is named in the person table only."""

    known_by = ("reference",)
    reference: a.Reference
    kind: a.AFunderKind
    name: a.Words | None = None
    person: a.Reference | None = None
    address: a.Several[a.Words] = ()
    contact: Contact | None = None
    einvoice: OfPayer | None = None
    accounts_reference: a.Reference | None = None

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from needed_when(raw, "person", "kind", "person")
        yield from absent_when(raw, "name", "kind", "person")
        yield from needed_when(raw, "name", "kind", "council", "icb", "family", "business", "grant")
        yield from absent_when(raw, "person", "kind", "council", "icb", "family", "business", "grant")


class ContractSchedule(FileModel):
    every: a.AnEvery
    paid: a.APaid
    days_to_pay: a.Count
    odd_days: a.AnOddDays | None = None
    instalments: a.AnInstalmentRule | None = None

    @property
    def terms(self) -> ScheduleTerms:
        return ScheduleTerms(every=self.every, paid=self.paid, days_to_pay=self.days_to_pay, instalments=self.instalments,
                             odd_days=self.odd_days)


class Contract(Dated):
    """One sum from one funder for several people, paid by a schedule."""

    known_by = ("reference",)
    reference: a.Reference
    funder: a.Reference
    pounds: a.PoundsAboveNil | None = None
    weekly_pounds: a.PoundsAboveNil | None = None
    live_from: a.Day | None = None
    schedule: ContractSchedule

    @property
    def whole_sum(self) -> Money:
        """The contract's sum; a weekly one counts by days, a seventh of it for each."""
        if self.weekly_pounds is not None:
            return weekly_sum(self.weekly_pounds.pounds, self.period, WeeklyBasis.DAILY)
        return self.pounds or Money(0)

    @property
    def live_on(self) -> date:
        """The first day whose instalments are invoiced here; earlier ones were invoiced by the old system."""
        return self.live_from or self.from_on

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from exactly_one(raw, "pounds", "weekly_pounds")

    def consistency(self) -> Iterator[Finding]:
        yield from super().consistency()
        if self.live_from and not self.from_on <= self.live_from <= self.to_on:
            yield Finding(("live_from",), f"{day_in_words(self.live_from)} is not within the contract.",
                          "Choose a day from “from” to “to”.")


class HeldPlace(FileModel):
    place: a.CountAboveNil
    person: a.Reference | None = None
    empty: bool = False
    from_on: a.Day = Field(alias="from")


class House(ApplyItem):
    """A shared house, who has each of its places from when, and who pays for an empty one."""

    known_by = ("reference",)
    reference: a.Reference
    places: a.CountAboveNil
    void_paid_by: a.AVoidPayer
    contract: a.Reference | None = None
    void_weeks: a.CountAboveNil | None = None
    funder: a.Reference | None = None
    terms: a.Words | None = None
    order_number: a.Words | None = None
    held: a.Several[HeldPlace] = ()

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from needed_when(raw, "contract", "void_paid_by", "reserve")
        for key in ("void_weeks", "funder", "terms"):
            yield from needed_when(raw, key, "void_paid_by", "funder")
        yield from absent_when(raw, "void_weeks", "void_paid_by", "provider")
        for key in ("funder", "terms", "order_number"):
            yield from absent_when(raw, key, "void_paid_by", "provider", "reserve")

    def consistency(self) -> Iterator[Finding]:
        seen = set[tuple[int, date]]()
        for n, held in enumerate(self.held):
            if held.place > self.places:
                yield Finding(("held", n, "place"), f"is {held.place}, and the house has {self.places}.", "Number the places from 1.")
            if (held.person is not None) == held.empty:
                yield Finding(("held", n), "needs either a person or “empty: true”.", "Give one of the two.")
            if (held.place, held.from_on) in seen:
                yield Finding(("held", n), f"is place {held.place} from {day_in_words(held.from_on)} a second time.",
                              "Keep one.")
            seen.add((held.place, held.from_on))


class Terms(ApplyItem):
    """What a funder agreed about charging, with where it says so. What is not known stays None, and stops what depends on it."""

    known_by = ("name", "from_on")
    name: a.Words
    from_on: a.Day = Field(alias="from")
    source: a.Words
    charged_time: a.ATimeRule | None = None
    across_midnight: a.AnAcrossMidnight | None = None
    nights: a.ANights | None = None
    cancelled_visits: a.ACancelledVisits | None = None
    notice: a.Several[NoticeSaid] = ()
    notice_edge: a.ANoticeEdge | None = None
    absences: a.AnAbsences | None = None
    retainers: a.Several[RetainerSaid] = ()
    carers: a.ACarers | None = None
    line: a.ALine | None = None
    funder_share: a.AFunderShare | None = None
    public_holiday_days: a.APublicHolidayDays | None = None
    nation: a.ANation | None = None
    prices: a.Several[PriceListSaid] = ()
    vat: a.AVat | None = None
    vat_words: a.Words | None = None
    vat_by_support: a.Several[VatSaid] = ()
    days_to_pay: a.Count | None = None
    order_number_needed: bool | None = None
    person_reference_needed: bool | None = None
    invoices: a.AnInvoices | None = None
    invoiced_every: a.AnInvoicedEvery | None = None
    invoiced_from: a.Day | None = None

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from needed_when(raw, "notice", "cancelled_visits", "by notice")
        yield from needed_when(raw, "retainers", "absences", "retainer")
        yield from needed_when(raw, "invoiced_from", "invoiced_every", "4 weeks")

    def consistency(self) -> Iterator[Finding]:
        yield from odd_lists(self.prices, self.notice, self.vat_by_support)


class Rate(Dated):
    """A price for one hour, visit, night, day or item, in pounds with up to four decimals."""

    known_by = ("rate", "from_on")
    rate: a.Reference
    per: a.APer
    pounds: a.RatePounds


class Funding(Dated):
    """One funder's promise in one fund: by schedule or by delivery, its share, from, to."""

    known_by = ("person", "fund", "funder", "from_on")
    person: a.Reference
    fund: a.AFundKind
    funder: a.Reference
    how: a.AHow
    contract: a.Reference | None = None
    share: a.Percent = a.ONE_HUNDRED
    weekly_pounds: a.PoundsAboveNil | None = None
    weekly_basis: a.AWeeklyBasis | None = None
    weekly_rounding: a.AWeeklyRounding | None = None
    bears_on: a.Reference | None = None
    terms: a.Words
    order_number: a.Words | None = None

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from needed_when(raw, "contract", "how", "schedule")
        yield from absent_when(raw, "contract", "how", "delivery")
        yield from absent_when(raw, "weekly_pounds", "how", "schedule")
        yield from weekly_is_said(raw)
        yield from needed_with(raw, "weekly_pounds", "bears_on")

    def consistency(self) -> Iterator[Finding]:
        yield from super().consistency()
        if self.weekly_pounds is not None and self.share != a.ONE_HUNDRED:
            yield Finding(("share",), f"is {self.share:f}%, beside a sum a week.", "Keep one of the two.")
        if self.bears_on == self.funder:
            yield Finding(("bears_on",), "is the funder itself.", "Name the one off whose part it comes.")

    @property
    def weekly(self) -> WeeklyPart | None:
        """The fixed sum a week, where that is how it pays."""
        if not (self.weekly_pounds and self.weekly_basis and self.weekly_rounding):
            return None
        return WeeklyPart(self.weekly_pounds.pounds, self.weekly_basis, self.weekly_rounding, self.bears_on or "")


class PlanLine(Dated):
    """One kind of support in a person's plan: so many minutes, or so many times, a week, at a rate."""

    known_by = ("line", "from_on")
    line: a.Reference
    person: a.Reference
    fund: a.AFundKind | None = None
    support: a.Reference
    words: a.Words
    funder: a.Reference | None = None
    rate: a.Reference
    minutes_per_week: a.CountAboveNil | None = None
    times_per_week: a.Times | None = None
    shared_by: a.CountAboveNil | None = None

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from exactly_one(raw, "minutes_per_week", "times_per_week")
        if has(raw, "shared_by") and not has(raw, "times_per_week"):
            yield Finding(("shared_by",), "stands beside minutes.",
                          "Give the person’s own part of the minutes; only what is counted is divided.")

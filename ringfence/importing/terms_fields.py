"""The lists within terms: prices beside a rate, what is charged by notice, and what is kept up while somebody is away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from ringfence.importing import apply_fields as a
from ringfence.importing.checked import FileModel
from ringfence.importing.problems import Finding

Because = Literal["hospital", "holiday", "respite", "other"]
ABecause = Annotated[Because, a.choice(Because)]
PartOfAPrice = Annotated[Decimal, a.percent_or_nil]
DAYS_OF_THE_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class SpecialDay(FileModel):
    on: a.Day
    rate: a.Reference


class Band(FileModel):
    minutes: a.CountAboveNil
    rate: a.Reference


class PriceListSaid(FileModel):
    """The prices that stand beside one rate."""

    rate: a.Reference
    weekend: a.Reference | None = None
    monday: a.Reference | None = None
    tuesday: a.Reference | None = None
    wednesday: a.Reference | None = None
    thursday: a.Reference | None = None
    friday: a.Reference | None = None
    saturday: a.Reference | None = None
    sunday: a.Reference | None = None
    public_holiday: a.Reference | None = None
    public_holiday_times: a.Times | None = None
    special_days: a.Several[SpecialDay] = ()
    bands: a.Several[Band] = ()

    @property
    def codes(self) -> Iterator[str]:
        """Every rate that it names."""
        named = (self.rate, self.weekend, self.public_holiday, *(getattr(self, day) for day in DAYS_OF_THE_WEEK),
                 *(one.rate for one in self.special_days), *(one.rate for one in self.bands))
        return (code for code in named if code is not None)


class NoticeSaid(FileModel):
    """From so many hours of notice to so many, this part of the price is charged."""

    from_hours: a.Count | None = None
    to_hours: a.CountAboveNil | None = None
    percent: PartOfAPrice


class RetainerSaid(FileModel):
    """From one day of an absence to another, this part of the price is kept up."""

    because: ABecause
    from_day: a.CountAboveNil = 1
    to_day: a.CountAboveNil | None = None
    percent: PartOfAPrice


class VatSaid(FileModel):
    """A kind of support for which VAT stands otherwise than for the rest, and why."""

    support: a.Reference
    vat: a.AVat
    vat_words: a.Words | None = None


def odd_lists(prices: Sequence[PriceListSaid], notice: Sequence[NoticeSaid], vat: Sequence[VatSaid]) -> Iterator[Finding]:
    """Lists that say something twice, and steps of notice that lie over each other. A gap is told where a visit falls into it."""
    for n, listed in enumerate(prices):
        if listed.rate in [other.rate for other in prices[:n]]:
            yield Finding(("prices", n, "rate"), f"{listed.rate} has a list already.", "Put the two together.")
        for name, keys in (("bands", [band.minutes for band in listed.bands]), ("special_days", [day.on for day in listed.special_days])):
            if len(set(keys)) < len(keys):
                yield Finding(("prices", n, name), "say one of them twice.", "Keep one.")
    for n, said in enumerate(vat):
        if said.support in [other.support for other in vat[:n]]:
            yield Finding(("vat_by_support", n, "support"), f"“{said.support}” stands there twice.", "Keep one.")
    in_order = sorted(notice, key=lambda step: (step.from_hours or 0, step.to_hours or 10**9))
    for one, following in pairwise(in_order):
        if one.to_hours is None or (following.from_hours or 0) < one.to_hours:
            yield Finding(("notice",), f"says two things of {following.from_hours or 0} hours and more.", "End one step where the next begins.")

"""Support given, as a council’s system takes it (Access Abacus, headings fixed by it). Five further columns of that format are not known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from basics.money import Money
from basics.periods import LONDON, day_in_figures, week
from ringfence.documents.csv_out import OutFile, csv_file, said

HEADINGS = ("FileReference", "Description", "Created", "ProviderRef", "ContractNumber", "ServiceUserRef", "ServiceUserDetails", "WeekEnding",
            "OurRef", "ServiceUserContribution", "PaymentClaimed", "ServiceType", "VisitDate", "StartTimeClaimed", "DurationClaimed",
            "ActualStartTime", "ActualDuration", "SecondaryVisit", "NumberOfCarers")
MINUTES_PER_HOUR = 60


@dataclass(frozen=True)
class About:
    """What every row of one file says."""

    reference: str
    description: str
    created_on: date
    provider: str


@dataclass(frozen=True)
class VisitOut:
    """One carer’s part of one visit to one person, as it was recorded and as it is charged. `first` is false for a second carer."""

    contract: str
    person: str
    name: str
    reference: str
    on: date
    starts_at: datetime | None
    minutes: int
    charged_minutes: int
    pence: int
    support: str
    first: bool
    carers: int


def delivery_file(name: str, about: About, visits: Sequence[VisitOut]) -> OutFile:
    """The file; its sum is what is claimed."""
    return csv_file(name, HEADINGS, [_row(about, each) for each in visits], documents=len({each.reference for each in visits}),
                    pence=sum(each.pence for each in visits))


def _row(about: About, each: VisitOut) -> Sequence[str]:
    starts = f"{each.starts_at.astimezone(LONDON):%H:%M}" if each.starts_at else ""
    return (said(about.reference), said(about.description), day_in_figures(about.created_on), said(about.provider), said(each.contract),
            said(each.person), said(each.name), day_in_figures(week(each.on).last), said(each.reference), "", Money(each.pence).plain,
            said(each.support), day_in_figures(each.on), starts, _hours(each.charged_minutes), starts, _hours(each.minutes),
            "N" if each.first else "Y", str(each.carers))


def _hours(minutes: int) -> str:
    """“01:30”, as the council’s system has a duration."""
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    return f"{hours:02d}:{rest:02d}"

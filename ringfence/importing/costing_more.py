"""What a cost file may say beyond the simple: additions to pay, who stands in, sickness, the pay bill of the organisation, a cap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from costing.package import Basis
from ringfence.importing.checked import FileModel, Label, Number, number
from ringfence.importing.costing_words import CHOICE, AboveNil, Percent, Week, says

PartOfHours = Annotated[Decimal, BeforeValidator(number), Field(gt=0, le=100)]
Multiple = Annotated[Decimal, BeforeValidator(number), Field(ge=1, le=10)]
DaysOfAYear = Annotated[Number, Field(le=366)]
LAST_DAY_OF_EVERY_MONTH = 28
Reason = Annotated[str, Field(min_length=3, max_length=300)]


class UnsocialModel(FileModel):
    """An addition to pay for some of the hours."""

    line: Label
    percent: Percent
    hours_per_week: Week | None = None
    percent_of_hours: PartOfHours | None = None
    parts: list[Label] = Field(default_factory=list)

    @model_validator(mode="after")
    def _which_hours(self) -> Self:
        if [self.hours_per_week is not None, self.percent_of_hours is not None, bool(self.parts)].count(True) != 1:
            raise says("This needs to say of which hours it is.", "Give one of hours_per_week, percent_of_hours and parts.")
        return self


class BankHolidaysModel(FileModel):
    """Days of a year that are paid at a multiple."""

    days_per_year: DaysOfAYear
    pay_multiple: Multiple


class AgencyModel(FileModel):
    """Hours that an agency gives, at a rate that holds everything."""

    percent_of_hours: PartOfHours
    rate_per_hour: AboveNil


class VacanciesModel(FileModel):
    """Hours of posts that are empty, given by an agency or as overtime."""

    percent_of_hours: PartOfHours
    agency_rate_per_hour: AboveNil | None = None
    overtime_multiple: Multiple | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.agency_rate_per_hour is None) == (self.overtime_multiple is None):
            raise says("Empty posts are covered by an agency, or by overtime.", "Give agency_rate_per_hour or overtime_multiple.")
        return self


class SicknessModel(FileModel):
    """Days that each worker is sick in a year, and what is paid for them."""

    days_per_year: DaysOfAYear
    days_per_week: Annotated[AboveNil, Field(le=7)]
    spells_per_year: DaysOfAYear | None = None
    pay: Literal["by_law", "full"]


class AllowanceModel(FileModel):
    """Whether the Employment Allowance is claimed, and why."""

    claimed: bool
    reason: Reason


class OrganisationModel(FileModel):
    """What depends on the pay bill of the whole organisation."""

    pay_bill_per_year: AboveNil
    apprenticeship_levy: Literal["by_law", "none"] = "none"
    employment_allowance: AllowanceModel | None = None


class CapModel(FileModel):
    """The most that some lines may come to together."""

    percent: Annotated[Percent, Field(gt=0, lt=100)]
    basis: Annotated[Basis, CHOICE]
    lines: Annotated[list[Label], Field(min_length=1)]


class PayPeriodsModel(FileModel):
    """When the staff are paid: every so many weeks, or every calendar month, counted from the first day of any pay period."""

    first_day: date
    weeks: Annotated[int, Field(ge=1, le=5)] | None = None
    months: Literal[1] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.weeks is None) == (self.months is None):
            raise says("Staff are paid every so many weeks, or every month.", "Give weeks, or months: 1.")
        if self.months and self.first_day.day > LAST_DAY_OF_EVERY_MONTH:
            raise says("Not every month has this day.", "Give a first day up to the 28th.")
        return self

"""A cost file: one package of support in YAML, as a person writes it. Every key is told in docs/formats/cost.md."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, Tag, model_validator

from costing.package import Basis, HolidayMethod, PayBase, Per
from ringfence.importing.checked import FileModel, Label, Number, number
from ringfence.importing.costing_more import (
    AgencyModel,
    BankHolidaysModel,
    CapModel,
    OrganisationModel,
    PayPeriodsModel,
    SicknessModel,
    UnsocialModel,
    VacanciesModel,
)
from ringfence.importing.costing_support import SleepInsModel, SupportModel, TravelModel
from ringfence.importing.costing_words import CHOICE, WORD_OR, AboveNil, Pay, Percent, says

WHOLE_PERCENT = 100
LONGEST = timedelta(days=5 * 366)


class QuoteModel(FileModel):
    """How the price is quoted, and to how many pence."""

    per: Literal["hour", "week"]
    step_pence: Literal[1, 4, 7]


class ContractModel(FileModel):
    """Workers on the same contracted hours."""

    hours_per_week: AboveNil
    workers: AboveNil


class HolidayModel(FileModel):
    """Weeks of leave, and what they are counted on."""

    weeks_per_year: Annotated[Decimal, BeforeValidator(number), Field(ge=0, le=26)]
    method: Annotated[HolidayMethod, CHOICE]


class PaidTimeModel(FileModel):
    """Paid time that is not support: a percentage of worked pay, or hours a year for each worker."""

    line: Label
    percent: Percent | None = None
    hours_per_year: Annotated[Number, Field(le=8784)] | None = None
    earns_holiday: bool

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.percent is None) == (self.hours_per_year is None):
            raise says("Paid time is a percentage of worked pay, or hours a year for each worker.", "Give percent or hours_per_year.")
        return self


class PercentOfPayModel(FileModel):
    """A percentage of pay."""

    percent: Percent
    of: Annotated[PayBase, CHOICE]


class OtherOnCostModel(PercentOfPayModel):
    """A percentage of pay under a name of its own."""

    line: Label


OnCost = Annotated[Annotated[PercentOfPayModel, Tag("other")] | Annotated[Literal["by_law", "none"], Tag("word")], WORD_OR]
HolidayOrNone = Annotated[Annotated[HolidayModel, Tag("other")] | Annotated[Literal["none"], Tag("word")], WORD_OR]


class StaffModel(FileModel):
    """Who gives the support, and what employing them costs. What there is none of says `none`."""

    pay_per_hour: Pay
    addition_per_hour: Number | None = None
    contracts: list[ContractModel] = Field(default_factory=list)
    travel: TravelModel | None = None
    sleep_ins: SleepInsModel | None = None
    paid_time: list[PaidTimeModel] = Field(default_factory=list)
    holiday: HolidayOrNone
    national_insurance: OnCost
    pension: OnCost
    other: list[OtherOnCostModel] = Field(default_factory=list)
    unsocial_hours: list[UnsocialModel] = Field(default_factory=list)
    bank_holidays: BankHolidaysModel | None = None
    agency: AgencyModel | None = None
    vacancies: VacanciesModel | None = None
    sickness: SicknessModel | None = None

    @model_validator(mode="after")
    def _some_hours_of_their_own(self) -> Self:
        covered = (each.percent_of_hours for each in (self.agency, self.vacancies) if each is not None)
        if sum(covered) >= WHOLE_PERCENT:
            raise says("Agency and vacancies take all the hours, so none are left to your own staff.", "Lower percent_of_hours.")
        return self


class GradeModel(StaffModel):
    """Staff of another grade, who give the parts of the support that name it."""

    grade: Label


class VatModel(FileModel):
    """VAT on an amount that is given without it, and how much of it is recovered: exempt supplies recover none."""

    vat_percent: Annotated[Percent, Field(le=100)] | None = None
    vat_recovered_percent: Annotated[Percent, Field(le=100)] | None = None

    @model_validator(mode="after")
    def _recovered_of_what(self) -> Self:
        if self.vat_recovered_percent is not None and self.vat_percent is None:
            raise says("VAT is recovered, and nobody said what it is.", "Add vat_percent, or take vat_recovered_percent out.")
        return self


class AmountModel(VatModel):
    """So many pounds for each hour, visit, week, month or year, or once."""

    line: Label
    amount: Number
    per: Annotated[Per, CHOICE]
    times: AboveNil | None = None
    people: AboveNil | None = None
    places: AboveNil | None = None
    over_weeks: AboveNil | None = None
    charged: bool = True

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.per is Per.ONCE) != (self.over_weeks is not None):
            raise says("What is paid once is recovered over a stated number of weeks, and nothing else is.",
                       "Give per: once and over_weeks together, or neither.")
        if self.people is not None and self.places is not None:
            raise says("This is shared by people, or by the places of a home.", "Give one of the two.")
        return self


class ExtraModel(FileModel):
    """Either pounds for each hour, visit, week, month or year, or a percentage on cost or of the price."""

    amount: Number | None = None
    per: Annotated[Per, CHOICE] | None = None
    percent: Percent | None = None
    basis: Annotated[Basis, CHOICE] | None = None

    def _is_elsewhere(self) -> bool:
        """Whether what this comes to stands in another file."""
        return False

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self._is_elsewhere():
            return self
        kinds = (self.amount is not None, self.per is not None), (self.percent is not None, self.basis is not None)
        if set(kinds) != {(True, True), (False, False)}:
            raise says("This needs amount and per, or percent and basis.", "Give one of the two pairs, whole.")
        if self.per is Per.ONCE:
            raise says("What is paid once is a cost of the support itself.", "Give it under other_direct, with over_weeks.")
        return self


class AdditionModel(ExtraModel, VatModel):
    """The same under a name of its own, or what an overheads file has for an hour of a service."""

    line: Label
    from_overheads: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    service: Label | None = None

    def _is_elsewhere(self) -> bool:
        return self.from_overheads is not None

    @model_validator(mode="after")
    def _of_a_service(self) -> Self:
        if self.vat_percent is not None and self.amount is None:
            raise says("VAT is on an amount.", "Take vat_percent out, or give the amount.")
        if (self.from_overheads is None) != (self.service is None):
            raise says("from_overheads and service belong together.", "Name the overheads file, and the service in it.")
        if self.from_overheads is not None and any(each is not None for each in (self.amount, self.per, self.percent, self.basis)):
            raise says("This line is from an overheads file, so its amount is known.", "Take the amount or percentage out, or from_overheads.")
        return self


class PayerModel(FileModel):
    """One funder of the package; one of them may give neither a percentage nor a sum, and pays the rest."""

    funder: Label
    percent: Annotated[Percent, Field(le=100)] | None = None
    pounds_per_week: Number | None = None
    takes_contingency: bool = True

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.percent is not None and self.pounds_per_week is not None:
            raise says("A funder pays a percentage of the price, or a sum a week.", "Give one of the two. Who pays the rest gives neither.")
        if self.pounds_per_week is not None and not self.takes_contingency:
            raise says("A fixed sum is what the funder pays, with contingency in it or without.",
                       "Take takes_contingency out, or give the funder a percentage.")
        return self


class CostFile(FileModel):
    """One package of support, to be priced at the rates of one day, or of all days until another."""

    name: Label
    on: date
    until: date | None = None
    pay_periods: PayPeriodsModel | None = None
    parameters: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    quote: QuoteModel
    support: SupportModel
    staff: StaffModel | None = None
    grades: list[GradeModel] = Field(default_factory=list)
    other_direct: list[AmountModel] = Field(default_factory=list)
    co_ordination: list[AdditionModel] = Field(default_factory=list)
    company_costs: list[AdditionModel] = Field(default_factory=list)
    contingency: ExtraModel | None = None
    surplus: ExtraModel | None = None
    funders: list[PayerModel] = Field(default_factory=list)
    organisation: OrganisationModel | None = None
    cap: CapModel | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until is not None and not self.on <= self.until <= self.on + LONGEST:
            raise says("until is the last day of a time that begins on the day of on, and is at most five years long.",
                       "Correct one of the two, or take until out.")
        return self

"""A cost file: one package of support in YAML, as a person writes it. Every key is told in docs/formats/cost.md."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from costing.package import Basis, HolidayMethod, PayBase, Per
from ringfence.importing.checked import FileModel, Label, Number, number
from ringfence.importing.pay_scales import PointName


def _name_of_a_figure(text: str) -> str:
    if not text.isidentifier():
        raise PydanticCustomError("name", "There is “{value}” where a number, or the name of a published figure, belongs.",
                                  {"value": text[:60], "to_do": "Write figures and a point only, or a name like national_living_wage."})
    return text


# Several keys take either a word or something else; telling which first keeps the message about the one that was meant.
_WORD_OR = Discriminator(lambda value: "word" if isinstance(value, str) else "other")

AboveNil = Annotated[Decimal, BeforeValidator(number), Field(gt=0, le=10**9)]
Percent = Annotated[Decimal, BeforeValidator(number), Field(ge=0, le=1000)]
Weeks = Annotated[Decimal, BeforeValidator(number), Field(gt=0, le=53)]
NumberOrName = Annotated[
    Annotated[AboveNil, Tag("other")] | Annotated[str, AfterValidator(_name_of_a_figure), Tag("word")], _WORD_OR]


class PayPointModel(FileModel):
    """A point of a pay scale of one's own."""

    scale: Label
    point: PointName


Pay = Annotated[
    Annotated[AboveNil, Tag("other")] | Annotated[str, AfterValidator(_name_of_a_figure), Tag("word")] | Annotated[PayPointModel, Tag("point")],
    Discriminator(lambda value: "word" if isinstance(value, str) else "point" if isinstance(value, (dict, PayPointModel)) else "other")]
WeeksOfTheYear = Annotated[Annotated[Weeks, Tag("other")] | Annotated[Literal["365/7"], Tag("word")], _WORD_OR]
_CHOICE = Field(strict=False)


class QuoteModel(FileModel):
    """How the price is quoted, and to how many pence."""

    per: Literal["hour", "week"]
    step_pence: Literal[1, 4, 7]


class SupportModel(FileModel):
    """How much support a week holds."""

    hours_per_week: AboveNil
    visits_per_week: AboveNil | None = None
    weeks_per_year: WeeksOfTheYear | None = None


class ContractModel(FileModel):
    """Workers on the same contracted hours."""

    hours_per_week: AboveNil
    workers: AboveNil


class TravelModel(FileModel):
    """Paid travel, for each visit or each hour of support."""

    per: Literal["hour", "visit"]
    minutes: Number | None = None
    miles: Number | None = None
    pay_per_mile: NumberOrName | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.minutes is None and self.miles is None:
            raise _says("Travel holds neither minutes nor miles.", "Give one of them or both, or take travel out.")
        if (self.miles is None) != (self.pay_per_mile is None):
            raise _says("Miles and pay_per_mile belong together.", "Give both or neither.")
        return self


class SleepInsModel(FileModel):
    """Nights asleep at the place of work."""

    nights_per_week: Annotated[Number, Field(le=70)]
    flat_per_night: Number
    paid_hours_per_night: Annotated[Number, Field(le=24)] | None = None
    disturbed_hours_per_night: Annotated[Number, Field(le=24)] | None = None


class HolidayModel(FileModel):
    """Weeks of leave, and what they are counted on."""

    weeks_per_year: Annotated[Decimal, BeforeValidator(number), Field(ge=0, le=26)]
    method: Annotated[HolidayMethod, _CHOICE]


class PaidTimeModel(FileModel):
    """Paid time that is not support."""

    line: Label
    percent: Percent
    earns_holiday: bool


class PercentOfPayModel(FileModel):
    """A percentage of pay."""

    percent: Percent
    of: Annotated[PayBase, _CHOICE]


class OtherOnCostModel(PercentOfPayModel):
    """A percentage of pay under a name of its own."""

    line: Label


OnCost = Annotated[Annotated[PercentOfPayModel, Tag("other")] | Annotated[Literal["by_law", "none"], Tag("word")], _WORD_OR]
HolidayOrNone = Annotated[Annotated[HolidayModel, Tag("other")] | Annotated[Literal["none"], Tag("word")], _WORD_OR]


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


class AmountModel(FileModel):
    """So many pounds for each hour, visit or week."""

    line: Label
    amount: Number
    per: Annotated[Per, _CHOICE]


class ExtraModel(FileModel):
    """Either pounds for each hour, visit or week, or a percentage on cost or of the price."""

    amount: Number | None = None
    per: Annotated[Per, _CHOICE] | None = None
    percent: Percent | None = None
    basis: Annotated[Basis, _CHOICE] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = (self.amount is not None, self.per is not None), (self.percent is not None, self.basis is not None)
        if set(kinds) != {(True, True), (False, False)}:
            raise _says("This needs amount and per, or percent and basis.", "Give one of the two pairs, whole.")
        return self


class AdditionModel(ExtraModel):
    """The same under a name of its own."""

    line: Label


class CostFile(FileModel):
    """One package of support, to be priced at the rates of one day."""

    name: Label
    on: date
    parameters: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    quote: QuoteModel
    support: SupportModel
    staff: StaffModel | None = None
    other_direct: list[AmountModel] = Field(default_factory=list)
    co_ordination: list[AdditionModel] = Field(default_factory=list)
    company_costs: list[AdditionModel] = Field(default_factory=list)
    contingency: ExtraModel | None = None
    surplus: ExtraModel | None = None


def _says(what: str, to_do: str) -> PydanticCustomError:
    return PydanticCustomError("whole", "{what}", {"what": what, "to_do": to_do})

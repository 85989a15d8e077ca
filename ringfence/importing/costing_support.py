"""The `support` of a cost file: so many hours a week, or the parts that a week is made of."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ringfence.importing.checked import FileModel, Label, Number
from ringfence.importing.costing_words import AboveNil, NumberOrName, Week, WeeksOfTheYear, says

Nightly = Annotated[Number, Field(le=24)]
TimesAWeek = Annotated[AboveNil, Field(le=1000)]


class TravelModel(FileModel):
    """Paid travel, for each visit or each hour of support."""

    per: Literal["hour", "visit"]
    minutes: Number | None = None
    miles: Number | None = None
    pay_per_mile: NumberOrName | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.minutes is None and self.miles is None:
            raise says("Travel holds neither minutes nor miles.", "Give one of them or both, or take travel out.")
        if (self.miles is None) != (self.pay_per_mile is None):
            raise says("Miles and pay_per_mile belong together.", "Give both or neither.")
        return self


class SleepInsModel(FileModel):
    """Nights asleep at the place of work."""

    nights_per_week: Annotated[Number, Field(le=70)]
    flat_per_night: Number
    paid_hours_per_night: Nightly | None = None
    disturbed_hours_per_night: Nightly | None = None


class PartModel(FileModel):
    """What every part of the support has: a name, and who gives it."""

    line: Label
    grade: Label | None = None


class ByTheHourModel(PartModel):
    """What is given by the hour: by one worker, or by so many at once."""

    staff_at_once: AboveNil | None = None


class HoursModel(ByTheHourModel):
    """Hours with one worker, or with two at once."""

    kind: Literal["hours"]
    hours_per_week: Week


class VisitsModel(ByTheHourModel):
    """Visits of one length."""

    kind: Literal["visits"]
    minutes: Annotated[AboveNil, Field(le=1440)]
    per_week: TimesAWeek
    travel: TravelModel | None = None


class SharedModel(ByTheHourModel):
    """Support at home that the places of a home share."""

    kind: Literal["shared"]
    hours_per_week: Week
    places: AboveNil


class SessionsModel(ByTheHourModel):
    """Days or sessions for a group, by who is planned to be there."""

    kind: Literal["sessions"]
    minutes: Annotated[AboveNil, Field(le=1440)]
    per_week: TimesAWeek
    people: AboveNil


class WakingNightsModel(ByTheHourModel):
    """Nights with somebody awake."""

    kind: Literal["waking_nights"]
    nights_per_week: Annotated[AboveNil, Field(le=7)]
    hours_per_night: Annotated[AboveNil, Field(le=24)]
    places: AboveNil | None = None


class SleepInsOfAPartModel(SleepInsModel, PartModel):
    """Nights asleep at the place of work, as a part."""

    kind: Literal["sleep_ins"]
    places: AboveNil | None = None


class OnCallModel(PartModel):
    """Times when somebody can be called."""

    kind: Literal["on_call"]
    times_per_week: TimesAWeek
    flat_per_time: Number
    worked_hours_per_time: Nightly | None = None
    places: AboveNil | None = None


AnyPart = Annotated[
    HoursModel | VisitsModel | SharedModel | SessionsModel | WakingNightsModel | SleepInsOfAPartModel | OnCallModel, Field(discriminator="kind")]


class SupportModel(FileModel):
    """How much support a week holds: its hours, or its parts."""

    hours_per_week: Week | None = None
    visits_per_week: AboveNil | None = None
    weeks_per_year: WeeksOfTheYear | None = None
    parts: list[AnyPart] = Field(default_factory=list)
    empty_percent: Annotated[Number, Field(lt=100)] | None = None

    @model_validator(mode="after")
    def _hours_or_parts(self) -> Self:
        if (self.hours_per_week is None) != bool(self.parts):
            raise says("Support is hours_per_week, or parts.", "Give one of the two.")
        if self.parts and self.visits_per_week is not None:
            raise says("The visits of a week are counted from the parts.", "Take visits_per_week out.")
        if not self.parts and self.empty_percent is not None:
            raise says("An allowance for empty places is of support that places share.", "Give that as a part of the kind shared, or take it out.")
        return self

"""The terms of a fund as a file says them: the same keys in a preset and in the apply file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, PlainValidator

from basics.errors import InputError
from isf.fund_terms import Base, Contribution, Fee, FundTerms, Leftovers, PaidOn, Payment, Spent, Stays
from isf.review_schedule import schedule_of
from ringfence.importing import apply_fields as a
from ringfence.importing.checked import FileModel
from ringfence.importing.problems import wrong

PaidEvery = Literal["week", "4 weeks", "month"]
StatementsEvery = Literal["4 weeks", "month", "quarter", "6 months", "year"]

APaidOn = Annotated[PaidOn, a.choice(PaidOn)]
APayment = Annotated[Payment, a.choice(Payment)]
AContribution = Annotated[Contribution, a.choice(Contribution)]
ASpent = Annotated[Spent, a.choice(Spent)]
ABase = Annotated[Base, a.choice(Base)]
AStays = Annotated[Stays, a.choice(Stays)]
AFee = Annotated[Fee, a.choice(Fee)]
ALeftovers = Annotated[Leftovers, a.choice(Leftovers)]
APaidEvery = Annotated[PaidEvery, a.choice(PaidEvery)]
AStatementsEvery = Annotated[StatementsEvery, a.choice(StatementsEvery)]


def _reviews(value: object) -> tuple[str, ...]:
    said = tuple(str(each).strip() for each in value) if isinstance(value, (list, tuple)) else ()
    try:
        schedule_of(said)
    except InputError as error:
        raise wrong(error.problem.what, error.problem.to_do) from None
    return said


Reviews = Annotated[tuple[str, ...], PlainValidator(_reviews)]


class Kept(FileModel):
    """How long a kind of record is kept."""

    records: a.Words
    kept: a.Words


class TermsSaid(FileModel):
    """Terms of a fund. What is left out is not known."""

    paid: a.APaid | None = None
    paid_every: APaidEvery | None = None
    advance_weeks: a.CountAboveNil | None = None
    paid_on: APaidOn | None = None
    payment: APayment | None = None
    contribution: AContribution | None = None
    contribution_spent: ASpent | None = None
    may_bank: bool | None = None
    surplus_weeks: a.Count | None = None
    surplus_base: ABase | None = None
    surplus_stays_weeks: a.Count | None = None
    surplus_stays: AStays | None = None
    fee: AFee | None = None
    fee_percent: a.Percent | None = None
    fee_words: a.Words | None = None
    elsewhere_percent: a.Percent | None = None
    statements_every: AStatementsEvery | None = None
    reviews: Reviews | None = None
    review_on_change: bool | None = None
    notice_weeks: a.Count | None = None
    small_change_pounds_per_week: a.Pounds | None = None
    leftovers: ALeftovers | None = None
    retention: Annotated[a.Several[Kept], Field(min_length=1)] | None = None

    @property
    def said(self) -> dict[str, object]:
        """Every term that is given, by its key, as `FundTerms` holds it."""
        given = {key: value for key in TermsSaid.model_fields if (value := getattr(self, key)) is not None}
        if self.retention is not None:
            given["retention"] = tuple((each.records, each.kept) for each in self.retention)
        return given


def terms_of(values: Mapping[str, object], sources: Mapping[str, str]) -> FundTerms:
    """Terms with where each is written. `values` are as `TermsSaid.said` gives them."""
    return FundTerms(**values, sources=dict(sources))  # type: ignore[arg-type]

"""A price that a funder is asked for, line by line, as it stood on the day when it was asked; and what became of it.

A quote asks for a new package; a price review asks for what is paid now to go up, and has what it was before beside every line. Both are
one record. It is frozen: days are written year-month-day, money is pence, exact numbers are written as fractions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from basics.money import Money
from basics.periods import Period, day_in_words
from basics.rounding import half_away_from_nil
from costing.package import Per
from costing.uplift import charged


@dataclass(frozen=True)
class QuoteLine:
    """A line for the quoted hour or week, and its share of the price, in tenths of a per cent. `before_pence` is nil where there was no such
    line, and None where nothing was asked before."""

    section: str
    label: str
    pence: int
    before_pence: int | None
    share_tenths: int
    because: tuple[int, ...]


@dataclass(frozen=True)
class QuoteStep:
    """A step of how the price was made, or an input that has changed since: what it is, what it comes to, and where that is from."""

    label: str
    amount: str
    before: str
    source: str


@dataclass(frozen=True)
class QuoteStretch:
    """Days of one price at whose own rates an hour and a week would come to so much."""

    first: str
    last: str
    hour_pence: int
    week_pence: int


@dataclass(frozen=True)
class Whole:
    """The whole price of which a quote asks one funder for a part, for its own hour or week, and what it was before. Of a week the others
    pay `others_pence`, and `not_paid_pence` are contingency that nobody pays."""

    per: str
    pence: int
    now_pence: int | None
    others_pence: int
    not_paid_pence: int


@dataclass(frozen=True)
class Quote:
    """What is asked, for one package of which there are `people`. The lines, what was taken off them and the rounding add to the price;
    so do those of before to `now_pence`, what is paid now. `full_cost_per_week` is exact.

    Where the funder pays a part, the part is asked for a week, and the lines and the rounding add to the `whole`. One price for a time has
    the last of its days in `priced_until`, and `stretches` where rates change in it. (Older records have none of the three.)
    """

    reference: str
    provider: str
    provider_address: tuple[str, ...]
    provider_contact: str
    practice: bool
    funder: str
    funder_address: tuple[str, ...]
    person: str
    review: str
    package: str
    people: int
    made_on: str
    priced_on: str
    first: str
    until: str
    per: str
    pence: int
    now_pence: int | None
    hours_per_week: str
    weeks_per_year: str
    full_cost_per_week: str
    lines: tuple[QuoteLine, ...]
    taken_off_pence: int
    taken_off_before_pence: int
    rounding_pence: int
    rounding_before_pence: int
    changes: tuple[QuoteStep, ...]
    steps: tuple[QuoteStep, ...]
    notes: tuple[str, ...]
    file: str
    content: str
    digest: str
    whole: Whole | None = None
    priced_until: str = ""
    stretches: tuple[QuoteStretch, ...] = ()

    @property
    def quoted_per(self) -> Per:
        return Per(self.per)

    @property
    def first_day(self) -> date:
        """From when the price counts."""
        return date.fromisoformat(self.first)

    @property
    def last_day(self) -> date:
        """Until when the funder can answer."""
        return date.fromisoformat(self.until)

    @property
    def last_priced_day(self) -> date | None:
        """The last of the days that one price is for; None where it was worked out for one day."""
        return date.fromisoformat(self.priced_until) if self.priced_until else None

    def charged(self, span: Per, pence: int | None = None) -> Money:
        """The price, or another one, as it is charged for an hour, a week or a year of one package."""
        return self.as_charged(self.pence if pence is None else pence, self.quoted_per, span)

    def as_charged(self, pence: int, per: Per, span: Per) -> Money:
        """So many pence an hour or a week, charged for an hour, a week or a year of one package."""
        found = charged(pence, per, span, Fraction(self.hours_per_week), Fraction(self.weeks_per_year))
        assert found is not None  # a quote knows the weeks of its year
        return found

    def with_others(self, span: Per, pence: int) -> Money:
        """What all who pay pay together at a price of this quote: the price itself, where one pays the whole."""
        if self.whole is None:
            return self.charged(span, pence)
        return self.as_charged(self.charged(Per.WEEK, pence).pence + self.whole.others_pence, Per.WEEK, span)

    def for_all(self, span: Per, pence: int | None = None) -> Money:
        """The same for all of the people."""
        return Money(self.charged(span, pence).pence * self.people)

    def short_per_week(self, pence: int) -> Money:
        """By how much a price, with what others pay, is below full cost in a week of one package, to the penny; nil where it is not."""
        short = Fraction(self.full_cost_per_week) * 100 - self.with_others(Per.WEEK, pence).pence
        return Money(half_away_from_nil(max(short, Fraction(0))))


class Word(StrEnum):
    """What a funder said. Another price that they offer is no answer yet."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Standing(StrEnum):
    """How a quote stands on a day."""

    OFFERED = "Offered"
    ACCEPTED = "Accepted"
    REFUSED = "Refused"
    EXPIRED = "Expired"


@dataclass(frozen=True)
class Answer:
    """What a funder said on a day: to which price (for the quoted hour or week), from when it counts, and why, in their words."""

    word: Word
    on: date
    first: date
    pence: int
    why: str
    recorded_by: str = ""


@dataclass(frozen=True)
class Followed:
    """A quote with everything that was said to it, in the order in which it was recorded."""

    quote: Quote
    made_by: str
    answers: tuple[Answer, ...] = ()
    document_id: int = 0

    @property
    def offer(self) -> Answer | None:
        """The last other price that the funder offered."""
        return self._last(lambda word: word is Word.OFFERED)

    @property
    def answer(self) -> Answer | None:
        """Yes or no; None as long as there is neither."""
        return self._last(lambda word: word is not Word.OFFERED)

    @property
    def agreed(self) -> Answer | None:
        """What both have agreed; None where they have not."""
        return self._last(lambda word: word is Word.ACCEPTED)

    @property
    def short_per_week(self) -> Money:
        """By how much what was agreed is below full cost in a week, for all of the people."""
        return Money(0 if self.agreed is None else self.quote.short_per_week(self.agreed.pence).pence * self.quote.people)

    @property
    def carried_in_words(self) -> str:
        """That what was agreed counts from a day for which the price was not worked out; empty where it was."""
        if self.agreed is None:
            return ""
        worked_out = Period(date.fromisoformat(self.quote.priced_on), self.quote.last_priced_day or date.fromisoformat(self.quote.priced_on))
        if self.agreed.first in worked_out or self.agreed.first == self.quote.first_day:
            return ""
        return (f"{self.quote.reference} was worked out for {worked_out}, and was agreed from {day_in_words(self.agreed.first)}: "
                "check that it still covers what the support costs then.")

    def standing(self, on: date) -> Standing:
        if self.answer is not None:
            return Standing.ACCEPTED if self.answer.word is Word.ACCEPTED else Standing.REFUSED
        return Standing.OFFERED if on <= self.quote.last_day else Standing.EXPIRED

    def more_per_year(self, on: date) -> Money | None:
        """What a year brings more than what is paid now, for all of the people: as agreed, or as asked while it stands. None where nothing
        was paid before, or nothing came of it."""
        now, standing = self.quote.now_pence, self.standing(on)
        if now is None or standing in (Standing.REFUSED, Standing.EXPIRED):
            return None
        pence = self.agreed.pence if self.agreed else self.quote.pence
        return self.quote.for_all(Per.YEAR, pence) - self.quote.for_all(Per.YEAR, now)

    def _last(self, wanted: Callable[[Word], bool]) -> Answer | None:
        return next((each for each in reversed(self.answers) if wanted(each.word)), None)

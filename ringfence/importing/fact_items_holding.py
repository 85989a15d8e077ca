"""Who holds a person’s budget, and who decides where they cannot alone: sections of the apply file, that two people agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from basics.periods import day_in_words
from isf.holding import Way
from ringfence.importing import apply_fields as a
from ringfence.importing.apply_presence import Raw, needed_when
from ringfence.importing.fact_items import FactOfAFund, Lasting
from ringfence.importing.problems import Finding

AWay = Annotated[Way, a.choice(Way)]
APPOINTEE = "appointee"
BasisSaid = Literal["consent", "attorney", "deputy", "best-interests decision", "appointee"]
ABasis = Annotated[BasisSaid, a.choice(BasisSaid)]


class _OfABudget(FactOfAFund, Lasting):
    """A fact of a fund, with its days in words."""

    @property
    def days(self) -> str:
        return f"from {day_in_words(self.from_on)}" + (f" until {day_in_words(self.until)}" if self.until else "")


class Holding(_OfABudget):
    """In which way a budget is held, and by whom."""

    kind = "holding"
    known_by = ("person", "fund", "from_on")
    way: AWay
    held_by: a.Words | None = None
    words: a.Words | None = None

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from needed_when(raw, "held_by", "way", Way.FRIEND_OR_RELATIVE, Way.TRUST)
        yield from needed_when(raw, "words", "way", Way.MIXED)

    @property
    def about(self) -> str:
        by = f", by {self.held_by}" if self.held_by else ""
        return f"the {self.fund} budget of {self.person} is held as {self.way}{by}, {self.days}"


class Agreement(_OfABudget):
    """A written agreement that somebody else holds a budget or decides about it."""

    kind = "agreement"
    known_by = ("agreement",)
    agreement: a.Reference
    who: a.Words
    basis: ABasis
    may_decide: a.Several[a.Words] = Field(min_length=1)
    words: a.Words

    def consistency(self) -> Iterator[Finding]:
        yield from super().consistency()
        if self.basis == APPOINTEE:
            yield Finding(("basis",), "is “appointee”, who manages a person’s benefits and nothing else.",
                          "Give the basis on which this is decided: consent, attorney, deputy or best-interests decision.")

    @property
    def about(self) -> str:
        return f"agreement {self.agreement}: {self.who} decides for {self.person} by {self.basis}, {self.days}: {'; '.join(self.may_decide)}"

"""The end of a fund, of all the funds of a contract, or of a year of one; and the closing of a fund: sections of the apply file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from basics.money import Money
from basics.periods import day_in_words
from isf.ending import PartSaid, Said, Why
from ringfence.importing import apply_fields as a
from ringfence.importing.apply_items import ApplyItem
from ringfence.importing.apply_presence import Raw, at_most_one, exactly_one, has
from ringfence.importing.checked import FileModel
from ringfence.importing.fact_items import OnADay, SaidOfAFund
from ringfence.importing.problems import Finding

Shared = Literal["by promises"]
AShared = Annotated[Shared, a.choice(Shared)]
AWhy = Annotated[Why, a.choice(Why)]


class EndingPart(FileModel):
    """What becomes of one payer: what goes back to them, and what they still have to pay."""

    funder: a.Reference
    back: a.Pounds = Money(0)
    still_due: a.Pounds = Money(0)


class Ending(SaidOfAFund):
    """A fund, or its year, is settled: whose what is left is."""

    kind = "ending"
    known_by = ("ending",)
    ending: a.Reference
    why: AWhy
    ended_on: a.Day
    notice_pounds: a.Pounds | None = None
    notice_words: a.Words | None = None
    contribution_pounds: a.Pounds | None = None
    shared: AShared | None = None
    parts: Annotated[a.Several[EndingPart], Field(min_length=1)] | None = None

    @property
    def about(self) -> str:
        return f"the fund of {self.person} is settled on {day_in_words(self.on)} ({self.ending}, {self.why}): {self.words}"

    @property
    def said(self) -> Said:
        """What the settlement needs of it."""
        parts = {each.funder: PartSaid(each.back.pence, each.still_due.pence) for each in self.parts or ()}
        return Said((self.notice_pounds or Money(0)).pence, None if self.contribution_pounds is None else self.contribution_pounds.pence,
                    self.shared is not None, parts if self.parts else None)

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from at_most_one(raw, "parts", "contribution_pounds")
        yield from at_most_one(raw, "parts", "shared")
        if has(raw, "notice_pounds") and not has(raw, "notice_words"):
            yield Finding(("notice_words",), "is missing, and there is notice to pay.", "Say for which days, at what price, and where it is agreed.")

    def consistency(self) -> Iterator[Finding]:
        if self.on < self.ended_on:
            yield Finding(("on",), "is before “ended_on”.", "A fund is settled once it has ended: check the two days.")


class ContractEnding(OnADay):
    """A contract has ended: every fund of it that has no ending of its own is settled, and its reserve with them."""

    kind = "contract ending"
    known_by = ("contract_ending",)
    contract_ending: a.Reference
    contract: a.Reference
    words: a.Words

    @property
    def about(self) -> str:
        return f"the funds of {self.contract} are settled on {day_in_words(self.on)} ({self.contract_ending}): {self.words}"


class Closing(ApplyItem):
    """A fund in which nothing is left, or every fund of a contract, is closed; or one is opened again."""

    person: a.Reference | None = None
    fund: a.AFundKind | None = None
    contract: a.Reference | None = None
    on: a.Day
    open_again: bool = False

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from exactly_one(raw, "person", "contract")
        if has(raw, "person") and not has(raw, "fund"):
            yield Finding(("fund",), "is missing.", "Say “isf” or “spot”.")

"""The items of an apply file that are about money: what was brought over, what the bank shows, what is drawn, what is approved on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, get_args

from pydantic import Discriminator, Field, Tag

from basics.money import Money
from ringfence.importing import apply_fields as a
from ringfence.importing.apply_items import ApplyItem
from ringfence.importing.apply_presence import Raw, absent_when, at_most_one, exactly_one, needed_when, needed_with
from ringfence.importing.checked import FileModel
from ringfence.importing.problems import Finding


class OpeningAmounts(FileModel):
    """What stood in the old books on the opening day. None is “not known”, which is not nil."""

    allocation: a.Pounds | None = None
    used: a.Pounds | None = None
    received: a.Pounds | None = None
    drawn: a.Pounds | None = None
    overspent: a.Pounds | None = None
    held_only: a.Pounds | None = None
    allocation_minutes: a.Count | None = None
    used_minutes: a.Count | None = None


OPENING_AMOUNTS = tuple(OpeningAmounts.model_fields)


class OpeningFund(OpeningAmounts):
    person: a.Reference
    fund: a.AFundKind
    funder: a.Reference | None = None


class Opening(ApplyItem):
    """The funds as they stood on a day, with the totals that the old books show for them."""

    known_by = ("opening",)
    opening: a.Reference
    on: a.Day
    control: OpeningAmounts
    funds: a.Several[OpeningFund] = Field(min_length=1)

    def consistency(self) -> Iterator[Finding]:
        seen = set[tuple[str, str, str | None]]()
        for n, fund in enumerate(self.funds):
            yield from _opening_fund_findings(n, fund)
            if (known := (fund.person, fund.fund, fund.funder)) in seen:
                yield Finding(("funds", n), "is a second item for this fund and funder.", "Join the two.")
            seen.add(known)
        for key in OPENING_AMOUNTS:
            yield from self._control_findings(key)

    def _control_findings(self, key: str) -> Iterator[Finding]:
        """A control total is typed from the old books, never added up here: a fund left out or mistyped shows against it."""
        given = [amount for fund in self.funds if (amount := getattr(fund, key)) is not None]
        total = getattr(self.control, key)
        if total is None:
            if given:
                yield Finding(("control", key), "is missing, and the funds have it.", "Write the total of the old books.")
            return
        found: Money | int = Money.total(given) if isinstance(total, Money) else sum(given)
        if found != total:
            gap = abs(found.pence - total.pence) if isinstance(found, Money) else abs(found - total)
            difference = str(Money(gap)) if isinstance(found, Money) else f"{gap} minutes"
            yield Finding(("control", key), f"is {total}, and the funds come to {found}: a difference of {difference}.",
                          "Find the fund that is wrong or missing; do not change the control total to fit.")


def _opening_fund_findings(n: int, fund: OpeningFund) -> Iterator[Finding]:
    given = [key for key in OPENING_AMOUNTS if getattr(fund, key) is not None]
    if not given:
        yield Finding(("funds", n), "has no amounts.", "Give at least one, or take the fund out.")
    by_funder = ("allocation", "received", "used") if fund.fund == "spot" else ("allocation", "received")
    if fund.funder is None and (needing := [key for key in by_funder if key in given]):
        yield Finding(("funds", n, "funder"), f"is missing, and there is “{needing[0]}”.", "Say which funder.")
    if fund.held_only is not None and len(given) > 1:
        yield Finding(("funds", n, "held_only"), "stands beside other amounts.",
                      "Use it alone, where only the money that is held is known; otherwise leave it out.")


GOES_OUT = ("back to funder", "back to person", "bill")
"""What a part of money that went out is; every other came in."""


BROUGHT_OVER = "brought over "
"""What stands before the number of an invoice of earlier books in what a part is about."""


class BankPart(FileModel):
    """Whose part of a bank line it is, a person's or a contract's reserve's, and what for. The pounds are above nil whichever way the line
    goes."""

    person: a.Reference | None = None
    fund: a.AFundKind | None = None
    contract: a.Reference | None = None
    funder: a.Reference | None = None
    bill: a.Reference | None = None
    misspent: a.Reference | None = None
    invoice: a.CountAboveNil | None = None
    brought_over: a.Reference | None = None
    pounds: a.PoundsAboveNil
    as_: a.APartAs = Field(alias="as")

    @property
    def about(self) -> str:
        """What it pays or puts back, by its reference or number; nothing where that is not said."""
        return self.bill or self.misspent or (f"{BROUGHT_OVER}{self.brought_over}" if self.brought_over else str(self.invoice or ""))

    @classmethod
    def presence(cls, part: Raw, /) -> Iterator[Finding]:
        yield from exactly_one(part, "person", "contract")
        yield from needed_with(part, "fund", "person")
        yield from needed_when(part, "funder", "as", "payment", "contribution", "back to funder")
        for key, as_ in (("bill", "bill"), ("misspent", "put back")):
            yield from needed_when(part, key, "as", as_)
            yield from absent_when(part, key, "as", *(each for each in get_args(a.PartAs) if each != as_))
        for key in ("invoice", "brought_over"):
            yield from absent_when(part, key, "as", *(each for each in get_args(a.PartAs) if each not in ("payment", "contribution")))
        yield from at_most_one(part, "invoice", "brought_over")


class InstalmentNamed(FileModel):
    contract: a.Reference
    n: a.CountAboveNil


class BankLine(ApplyItem):
    """A line of a bank statement and what it was. What nobody has said stays unallocated."""

    known_by = ("line",)
    line: a.Reference
    on: a.Day
    account: a.AnAccount
    pounds: a.PoundsMoved
    words: a.Words
    parts: Annotated[a.Several[BankPart], Field(min_length=1)] | None = None
    instalment: InstalmentNamed | None = None
    invoices: Annotated[a.Several[a.CountAboveNil], Field(min_length=1)] | None = None
    explained: a.Words | None = None
    transfer: bool | None = None

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        yield from at_most_one(raw, "parts", "instalment", "invoices", "explained")
        parts = raw.get("parts")
        for n, part in enumerate(parts if isinstance(parts, (list, tuple)) else ()):
            if isinstance(part, Mapping):
                for finding in BankPart.presence(part):
                    yield Finding(("parts", n, *finding.place), finding.what, finding.to_do)

    def consistency(self) -> Iterator[Finding]:
        came_in = self.pounds.pence > 0
        for key in ("instalment", "invoices"):
            if getattr(self, key) is not None and not came_in:
                yield Finding((key,), f"stands on money that went out ({self.pounds}).", "Check the sign, or use “parts”.")
        for n, part in enumerate(self.parts or ()):
            if (part.as_ in GOES_OUT) is came_in:
                yield Finding(("parts", n, "as"), f"is “{part.as_}”, and the money {'came in' if came_in else 'went out'}.",
                              "Check the sign of the line, or what the part was.")
        if self.transfer and not (came_in and {part.as_ for part in self.parts or ()} <= {"paid over"} and not self.instalment and not self.invoices):
            yield Finding(("transfer",), "stands on a line that is none.",
                          "Money that came over from the provider’s own account is above nil, and its parts are “paid over”.")
        parts, line = Money.total(part.pounds for part in self.parts or ()), Money(abs(self.pounds.pence))
        if parts > line:
            yield Finding(("parts",), f"come to {parts}, which is {parts - line} more than the line, {line}.",
                          "Lower a part; together they may be less than the line and not more.")


class DrawPart(FileModel):
    person: a.Reference
    fund: a.AFundKind
    pounds: a.PoundsAboveNil


def _earned_or_list(value: object) -> str:
    return "#list" if isinstance(value, (list, tuple)) else "#earned"


class Draw(ApplyItem):
    """Money that the provider takes from the people's account for support already given."""

    known_by = ("line",)
    line: a.Reference
    on: a.Day
    words: a.Words
    pounds: a.PoundsAboveNil | None = None
    parts: Annotated[
        Annotated[Literal["earned"], a.choice(Literal["earned"]), Tag("#earned")]
        | Annotated[a.Several[DrawPart], Field(min_length=1), Tag("#list")],
        Discriminator(_earned_or_list)]

    def consistency(self) -> Iterator[Finding]:
        if self.pounds is not None and not isinstance(self.parts, str):
            parts = Money.total(part.pounds for part in self.parts)
            if parts != self.pounds:
                yield Finding(("parts",), f"come to {parts}, and the draw is {self.pounds}: a difference of "
                              f"{Money(abs((parts - self.pounds).pence))}.", "Correct one of them.")


class Extra(ApplyItem):
    """More money, and perhaps more minutes, that a funder approved for one fund."""

    known_by = ("extra",)
    extra: a.Reference
    person: a.Reference
    fund: a.AFundKind
    funder: a.Reference
    pounds: a.PoundsAboveNil
    minutes: a.CountAboveNil | None = None
    on: a.Day
    words: a.Words

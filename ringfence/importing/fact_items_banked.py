"""What is set aside in a fund on purpose, taken back from there, or turned from hours into pounds: sections of the apply file.

Each is a fact that two people agree, and moves what it says within the fund.
"""

from __future__ import annotations

from collections.abc import Iterator

from basics.money import Money
from basics.periods import day_in_words, minutes_in_words
from basics.rounding import hourly_line
from ringfence.importing import apply_fields as a
from ringfence.importing.apply_presence import Raw, has
from ringfence.importing.fact_items import FactOfAFund, OnADay, SaidOfAFund
from ringfence.importing.problems import Finding


class _Moves(SaidOfAFund):
    """Pounds, minutes or both."""

    pounds: a.PoundsAboveNil | None = None
    minutes: a.CountAboveNil | None = None

    @property
    def amounts(self) -> tuple[int, int]:
        """Whole pence and whole minutes; nil where it has none."""
        return (self.pounds or Money(0)).pence, self.minutes or 0

    @property
    def how_much(self) -> str:
        return " and ".join(filter(None, (str(self.pounds or ""), minutes_in_words(self.minutes) if self.minutes else "")))

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        if not has(raw, "pounds") and not has(raw, "minutes"):
            yield Finding((), "needs “pounds” or “minutes”, or both.", "Give at least one of them.")


class SetAside(_Moves):
    """What the person may use and keeps for later on purpose: until `until`."""

    kind = "set aside"
    known_by = ("set_aside",)
    set_aside: a.Reference
    until: a.Day

    @property
    def about(self) -> str:
        return f"{self.how_much} set aside for {self.person} until {day_in_words(self.until)} ({self.set_aside}): {self.words}"

    def consistency(self) -> Iterator[Finding]:
        if self.until < self.on:
            yield Finding(("until",), "is before “on”.", "Check the two days.")


class TakenBack(_Moves):
    """What was set aside under a reference and may be used again."""

    kind = "taken back"
    known_by = ("taken_back",)
    taken_back: a.Reference
    of: a.Reference

    @property
    def about(self) -> str:
        return f"{self.how_much} of {self.of} taken back for {self.person} ({self.taken_back}): {self.words}"


class Conversion(FactOfAFund, OnADay):
    """Hours that were set aside and are turned into pounds at an agreed rate. The pounds are among those that were set aside too."""

    kind = "conversion"
    known_by = ("conversion",)
    conversion: a.Reference
    of: a.Reference
    minutes: a.CountAboveNil
    pounds_per_hour: a.RatePounds
    agreement: a.Words

    @property
    def pence(self) -> int:
        """What the minutes come to at the rate, rounded once."""
        return hourly_line(self.pounds_per_hour, self.minutes).pence

    @property
    def rate(self) -> str:
        """The rate as text, with two decimals at least, however it was written."""
        whole_pence = self.pounds_per_hour == round(self.pounds_per_hour, 2)
        return f"{self.pounds_per_hour:.2f}" if whole_pence else f"{self.pounds_per_hour.normalize():f}"

    @property
    def about(self) -> str:
        return (f"{minutes_in_words(self.minutes)} of {self.of} turned into {Money(self.pence)} for {self.person} ({self.conversion}), "
                f"at £{self.rate} an hour: {self.agreement}")

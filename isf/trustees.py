"""The trustees' page as data: what stands on it, and how a count of few is hidden. No names, and no number of people under five."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from basics.money import Money
from basics.periods import Month
from isf.fees import Fee
from isf.few import FEWEST_SHOWN as FEWEST_SHOWN
from isf.few import NOT_SHOWN as NOT_SHOWN
from isf.service_surplus import SurplusKept

NOT_KNOWN = "Not known"


class Part(StrEnum):
    """Under which heading a line stands."""

    PEOPLES_MONEY = "People’s money"
    OUR_CASH = "Our cash"
    PRICES = "What we sell"
    SUPPORT = "Support"
    TO_DO = "What is late or ends soon"


@dataclass(frozen=True)
class Count:
    """How many. From one to four it is not said, because somebody might be known by it."""

    of: int
    one: str
    many: str = ""

    @property
    def is_hidden(self) -> bool:
        return 0 < self.of < FEWEST_SHOWN

    def __str__(self) -> str:
        many = self.many or f"{self.one}s"
        if self.is_hidden:
            return f"Fewer than {FEWEST_SHOWN} {many}"
        return f"{self.of:,} {many}" if self.of else "None"


Value = Money | Count | str | None
"""What a line says: pounds, a count, words; None where nobody knows."""


@dataclass(frozen=True)
class Line:
    """One line: what it is, what that means in a sentence, how it stands, and how it stood at the end of the month before."""

    key: str
    part: Part
    what: str
    means: str
    now: Value
    before: Value


@dataclass(frozen=True)
class MeetingWords:
    """What the finance manager wrote for the meeting: what matters most, and the decisions wanted; who wrote it and when. Either may be empty."""

    matters: str
    wanted: str
    by: str
    on: date

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """What is not empty, under its heading."""
        return tuple((heading, said) for heading, said in (("What matters most", self.matters), ("Decisions wanted", self.wanted)) if said)


@dataclass(frozen=True)
class TrusteesPage:
    """The page of a month. `on` is its last day, or today where the month still runs; `before` the last day of the month before. `words` are
    what somebody wrote for the meeting about it, where anybody did; `surplus` what was kept of the last time that ended by `on`, and `fees`
    those that were asked by then."""

    provider: str
    month: Month
    on: date
    before: date
    lines: tuple[Line, ...]
    words: MeetingWords | None = None
    surplus: SurplusKept | None = None
    fees: tuple[Fee, ...] = ()

    @property
    def parts(self) -> Sequence[tuple[Part, tuple[Line, ...]]]:
        """The lines under their headings, in the order of the page."""
        return [(part, tuple(lines)) for part, lines in groupby(self.lines, key=lambda each: each.part)]

    def of(self, key: str) -> Line:
        return next(each for each in self.lines if each.key == key)


def shown(value: Value) -> str:
    """A value as a page prints it."""
    return NOT_KNOWN if value is None else str(value)

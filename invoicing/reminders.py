"""Reminders: a payer’s ladder of letters, what holds one back, and the step that an open invoice has reached.

The last step that there is comes before any claim. For a person or a family it is the letter of the Pre-Action Protocol for Debt Claims (in force
since 1 October 2017): the letter, a reply form, and 30 days to answer. Nothing here goes further, and nothing here ever touches support.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAYS_TO_REPLY = 30
"""Paragraph 4.1 of the protocol: no claim within 30 days of the letter."""


class Tone(StrEnum):
    """How a letter speaks. It says what is open in every one of them."""

    FRIENDLY = "friendly"
    FIRM = "firm"
    BEFORE_A_CLAIM = "before a claim"


class Why(StrEnum):
    """What holds every letter to a payer back."""

    QUERY = "query"
    BREATHING_SPACE = "breathing space"
    DEATH = "death"
    CAPACITY = "capacity"


class Basis(StrEnum):
    """Why somebody may be written to about a payer’s money."""

    THEMSELVES = "themselves"
    CONSENT = "consent"
    ATTORNEY = "attorney"
    DEPUTY = "deputy"
    APPOINTEE = "appointee"
    BEST_INTERESTS = "best interests"
    PERSONAL_REPRESENTATIVE = "personal representative"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Step:
    """One step of a ladder: so many days after the due day, a letter in that tone."""

    days: int
    tone: Tone


@dataclass(frozen=True)
class Hold:
    """Letters to a payer are held back over these days; `until` is None for until further notice."""

    payer: str
    why: Why
    from_on: date
    until: date | None
    words: str = ""
    reference: str = ""

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.until is None or on <= self.until)


def next_step(steps: tuple[Step, ...], due_on: date, sent: Mapping[int, date], on: date) -> int | None:
    """The number (the first is 1) of the step whose letter is due on a day for an open invoice; None where none is.

    Steps come one after the other: each at least as long after the letter before it as the ladder says, so that nobody has two at once.
    """
    n = max(sent, default=0)
    if n >= len(steps):
        return None
    since = due_on + timedelta(days=steps[n].days)
    if n:
        since = max(since, sent[n] + timedelta(days=steps[n].days - steps[n - 1].days))
    return n + 1 if on >= since else None


def held_by(holds: Iterable[Hold], payer: str, on: date) -> Hold | None:
    """What holds letters to a payer back on a day, the first that began."""
    return next((each for each in sorted(holds, key=lambda each: (each.from_on, each.why)) if each.payer == payer and each.holds(on)), None)


def may_answer_until(written_on: date) -> date:
    """The last day on which an individual may answer the letter before a claim."""
    return written_on + timedelta(days=DAYS_TO_REPLY)


@dataclass(frozen=True)
class OpenLine:
    """One open invoice as a letter names it; `late_pence` is what the law adds by the day of the letter, nil where nothing is added.

    `called` is its number as it is printed. `number` is nil, and the day of issue not known, where it was brought over from other books.
    """

    called: str
    issued_on: date | None
    due_on: date
    days_late: int
    asked_pence: int
    open_pence: int
    for_whom: str = ""
    late_pence: int = 0
    number: int = 0


@dataclass(frozen=True)
class Reminder:
    """A letter about open invoices, as it is printed. `is_individual`: the payer is a person or a family."""

    reference: str
    provider: str
    provider_address: tuple[str, ...]
    contact: str
    pay_to: tuple[str, ...]
    practice: bool
    to: tuple[str, ...]
    about: str
    written_on: date
    tone: Tone
    is_individual: bool
    written_before: bool
    lines: tuple[OpenLine, ...]

    @property
    def open_pence(self) -> int:
        return sum(line.open_pence for line in self.lines)

    @property
    def late_pence(self) -> int:
        return sum(line.late_pence for line in self.lines)

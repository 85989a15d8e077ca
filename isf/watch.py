"""The watch list: what somebody should look at before it becomes a worry. Each line says who, what, since when or by when, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from basics.money import Money
from basics.periods import Period, day_in_words, minutes_in_words
from basics.rounding import tenth
from isf.position import UNEVEN_DAYS, Status, compare

SOON = timedelta(days=60)
"""What ends within sixty days, with nothing after it, is worth asking about; what ended as lately is worth putting right."""
REVIEW_SOON = timedelta(days=28)
"""A review is arranged with several people: four weeks before it must be held it is told."""
MONTHS_COMPARED = 3
"""Support is compared over the last three closed months: one quiet month is a holiday, three are a plan that does not work."""
FEW = 3
"""More than this of one kind that end on one day are told in one line."""


class Matter(StrEnum):
    """What a line is about."""

    SURPLUS = "Surplus"
    REVIEW = "Review"
    UNPAID = "Nothing received"
    UNDER = "Less support than agreed"
    ENDS = "Ends"
    AGREEMENT = "No agreement"
    WORRY = "Worry"
    MISSPENT = "To be put back"
    BILL = "Bill"
    FORM = "Form of statements"


@dataclass(frozen=True, kw_only=True)
class Watched:
    """One line. `fund` is empty where it is about no one fund; `who` is for a person to read. `is_late`: the day by which it was to be done
    has passed. `pence` is the sum that it is about, where there is one."""

    matter: Matter
    fund: str
    who: str
    what: str
    to_do: str
    since: date | None = None
    by: date | None = None
    is_late: bool = False
    pence: int | None = None


@dataclass(frozen=True)
class OfFund:
    """Whose fund a line is about."""

    key: str
    who: str


def in_order(lines: Iterable[Watched]) -> tuple[Watched, ...]:
    """Late ones first, then by the day by which something is to be done, those without one last."""
    return tuple(sorted(lines, key=lambda each: (not each.is_late, each.by or date.max, each.matter, each.who, each.fund, each.what)))


def review_due(fund: OfFund, due: Period, on: date, *, whose: str) -> Watched | None:
    """A review that may be held, or must be within four weeks, or is overdue. `whose` asks for it: a funder’s terms, or an agreement."""
    if on < min(due.first, due.last - REVIEW_SOON):
        return None
    late = on > due.last
    what = f"A review is {'overdue' if late else 'due'}, by {whose}"
    return Watched(matter=Matter.REVIEW, fund=fund.key, who=fund.who, what=what, since=due.first if on >= due.first else None, by=due.last,
                   is_late=late, to_do="Hold it, and record what came of it" if not late else "Arrange it now, and record what came of it")


@dataclass(frozen=True)
class Planned:
    """One line of a plan over some days: the minutes that were agreed and given, and how many of the days it lasted."""

    words: str
    planned_minutes: int
    given_minutes: int
    days: int


def under_delivery(fund: OfFund, lines: Sequence[Planned], compared: Period) -> Watched | None:
    """Support of which too little came: in all, or of any line, so that one line never hides another. A week of a line may be early or late."""
    short = [each for each in lines if _is_short(each.planned_minutes, each.given_minutes, each.days)]
    planned, given = sum(each.planned_minutes for each in lines), sum(each.given_minutes for each in lines)
    if not short and not _is_short(planned, given, max((each.days for each in lines), default=0)):
        return None
    percent = tenth(Fraction(100 * given, planned)) if planned else 0
    named = f" Short of it: {', '.join(_line(each) for each in short)}." if short and len(lines) > 1 else ""
    return Watched(matter=Matter.UNDER, fund=fund.key, who=fund.who, since=compared.first, to_do="Find out why, and talk about the plan at a review",
                   what=f"{minutes_in_words(given)} of {minutes_in_words(planned)} agreed, {percent}%, for {compared}.{named}")


def _is_short(planned: int, given: int, days: int) -> bool:
    return compare(planned, given, planned * UNEVEN_DAYS // max(days, 1)) is Status.UNDER


def _line(each: Planned) -> str:
    return f"“{each.words}”, {minutes_in_words(each.given_minutes)} of {minutes_in_words(each.planned_minutes)}"


def unpaid(fund: OfFund, payer: str, periods: Sequence[tuple[Period, date, int]]) -> Watched:
    """Whole periods for which nothing came in from a payer: their days, when each was due, and its pence, in their order."""
    (first, due_on, _), pence = periods[0], sum(each[2] for each in periods)
    more = f" and {len(periods) - 1} more" if len(periods) > 1 else ""
    return Watched(matter=Matter.UNPAID, fund=fund.key, who=fund.who, what=f"Nothing from {payer} for {first}{more}: {Money(pence)}", since=due_on,
                   is_late=True, pence=pence, to_do=f"Ask {payer}, or place the bank line that paid it")


def ends(what: str, last: date, on: date, to_do: str, fund: OfFund) -> Watched | None:
    """Something that ends soon, or ended lately, with nothing after it."""
    if abs(last - on) > SOON:
        return None
    ended = last < on
    return Watched(matter=Matter.ENDS, fund=fund.key, who=fund.who, what=f"{what} {'ended' if ended else 'ends'} on {day_in_words(last)}", by=last,
                   is_late=ended, to_do=to_do)


def worry(fund: OfFund, words: str, since: date, raised_with: str | None) -> Watched:
    """A worry about somebody’s money of which nothing has come yet; one that was raised with nobody is late."""
    told = f"raised with {raised_with}" if raised_with else "raised with nobody at the council yet"
    return Watched(matter=Matter.WORRY, fund=fund.key, who=fund.who, what=f"A worry, {told}: {words}", since=since, is_late=not raised_with,
                   to_do="Ask what came of it, and record it" if raised_with else "Raise it with the social worker now, and record that")


def to_put_back(fund: OfFund, words: str, who: str, left_pence: int, by: date, on: date) -> Watched:
    """Misspent money that is not put back yet."""
    return Watched(matter=Matter.MISSPENT, fund=fund.key, who=fund.who, what=f"{who} puts back {Money(left_pence)}: {words}", by=by, is_late=by < on,
                   pence=left_pence, to_do=f"Ask {who} for it, or place the bank line that put it back")


def bill_to_pay(fund: OfFund, supplier: str, pence: int, due_on: date, on: date, *, approved: bool) -> Watched | None:
    """A bill that was due and is not paid."""
    if due_on >= on:
        return None
    return Watched(matter=Matter.BILL, fund=fund.key, who=fund.who, what=f"A bill from {supplier} of {Money(pence)} is not paid", by=due_on,
                   is_late=True, pence=pence, to_do="Pay it" if approved else "Approve it, or send it back")


def no_agreement(fund: OfFund, held_by: str, since: date) -> Watched:
    """Somebody else looks after a person’s money, and no written agreement says that they may."""
    return Watched(matter=Matter.AGREEMENT, fund=fund.key, who=fund.who, what=f"{held_by} holds the budget, and no agreement is in force",
                   since=since, is_late=True, to_do="Ask for the written agreement, and give it under “agreements” of an apply file")

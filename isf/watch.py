"""The watch list: what somebody should look at before it becomes a worry. Each line says who, what, since when or by when, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from basics.money import Money
from basics.periods import Period, day_in_words, minutes_in_words
from basics.rounding import tenth
from isf.plan import Measure
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
    QUERY = "Query about an invoice"
    REPLY = "Time to answer is over"
    BILLING = "Billing"


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
    """One line of a plan over some days: the minutes, or times, that were agreed and given, and how many of the days it lasted."""

    words: str
    planned: int
    given: int
    days: int
    measure: Measure = Measure.MINUTES

    @property
    def is_short(self) -> bool:
        return _is_short(self.planned, self.given, self.days)


def under_delivery(fund: OfFund, lines: Sequence[Planned], compared: Period, *, since_the_plan_began: bool = False) -> Watched | None:
    """Support of which too little came: of its time in all, or of any line, so that one line never hides another. What is counted, like nights,
    is each its own and in no sum. A week of a line may be early or late."""
    timed, short = [each for each in lines if each.measure is Measure.MINUTES], [each for each in lines if each.is_short]
    planned, given = sum(each.planned for each in timed), sum(each.given for each in timed)
    if not short and not _is_short(planned, given, max((each.days for each in timed), default=0)):
        return None
    in_all = [f"{minutes_in_words(given)} of {minutes_in_words(planned)} agreed, {_percent(given, planned)}%"] if timed else []
    counted = [f"{_line(each)} agreed, {_percent(each.given, each.planned)}%" for each in short] if not timed else []
    named = f" Short of it: {', '.join(_line(each) for each in short)}." if short and timed and len(lines) > 1 else ""
    began = ", since the plan began" if since_the_plan_began else ""
    return Watched(matter=Matter.UNDER, fund=fund.key, who=fund.who, since=compared.first, to_do="Find out why, and talk about the plan at a review",
                   what=f"{'; '.join([*in_all, *counted])}, for {compared}{began}.{named}")


def _is_short(planned: int, given: int, days: int) -> bool:
    return compare(planned, given, planned * UNEVEN_DAYS // max(days, 1)) is Status.UNDER


def _percent(given: int, planned: int) -> Decimal | int:
    return tenth(Fraction(100 * given, planned)) if planned else 0


def _line(each: Planned) -> str:
    if each.measure is Measure.TIMES:
        return f"“{each.words}”, {each.given:,} of {each.planned:,} times"
    return f"“{each.words}”, {minutes_in_words(each.given)} of {minutes_in_words(each.planned)}"


def last_day_of(fund: OfFund, reference: str, how_much: str, last: date, on: date) -> Watched | None:
    """Something that was set aside and is not all used: told before its last day, and after it until nothing is left. Hours become no pounds
    after that day."""
    if last - on > SOON:
        return None
    past = last < on
    to_do = "Take it back with an apply file, or agree a later last day" if past else "Use it, turn its hours into pounds, or agree a later last day"
    its_last = f"its last day was {day_in_words(last)}, and is past" if past else f"its last day is {day_in_words(last)}"
    return Watched(matter=Matter.ENDS, fund=fund.key, who=fund.who, by=last, is_late=past, to_do=to_do,
                   what=f"{how_much} set aside ({reference}): {its_last}")


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
                   since=since, is_late=True, to_do="Ask for the written agreement, and bring it in with an apply file")

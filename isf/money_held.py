"""The money we hold for a person over a month: what stood there, what came in, what went out, what was put right, what stands there.

Money held = held + with_provider − (owed_provider − borne): `isf.accounts.INSIDE_MONEY_HELD`. Draws, transfers and overspend move
inside it and are not seen; it may go below nil, and then somebody owes for support already given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from basics.people import Funder, FunderKind
from basics.periods import ONE_DAY, Month, Period
from basics.rounding import nearest
from basics.vocabulary import both, say
from isf.accounts import Unit
from isf.entries import Entry
from isf.statement import MoneyHeld, MoneyLine


class EventKind(StrEnum):
    """What an event is, where the statement has words of its own for it."""

    OPENING = "opening"
    ALLOCATION = "allocation"
    RESPLIT = "re-split"
    """A later version of the split of a contract: more of it for a fund, or less."""
    CREDITED = "credited"
    """What an instalment asked for, and is credited."""
    EXTRA = "extra"
    RECEIPT = "receipt"
    CONTRIBUTION = "contribution"
    VISIT = "visit"
    VOID = "void"
    DRAW = "draw"
    BANK_TRANSFER = "bank_transfer"
    GIVEN_BACK = "given back"
    GIVEN_UP = "given up"
    NEVER_PAID = "never paid"
    SET_ASIDE = "set aside"
    TAKEN_BACK = "taken back"
    CONVERSION = "conversion"
    NOTICE = "notice"
    ENDING = "ending"
    BILL = "bill"
    """What somebody else asks for, approved."""
    BILL_PAID = "bill paid"
    MISSPENT_BACK = "misspent back"
    """Money that was misspent and is put back."""
    REVERSAL = "reversal"


class Moved(NamedTuple):
    """One entry of the month as a statement needs it. A reversal has the day of what it reverses, and the two roles swapped."""

    event_kind: str
    event_words: str
    happened_on: date
    money_held_effect: int
    is_reversal: bool
    plan_line_id: int | None
    debit_role: str
    credit_role: str
    amount: int
    unit: Unit
    undoes: str = ""
    """Of a reversal: the kind of event that it takes back, where both were posted in this month."""

    @classmethod
    def of(cls, entry: Entry) -> Moved:
        """The same from an entry."""
        return cls(event_kind=entry.event.kind, event_words=entry.event.words, happened_on=entry.happened_on,
                   money_held_effect=entry.money_held_effect, is_reversal=entry.is_reversal, plan_line_id=entry.event.plan_line_id,
                   debit_role=entry.debit[0], credit_role=entry.credit[0], amount=entry.amount, unit=entry.unit)

    @property
    def is_support(self) -> bool:
        """Support charged, or charged and put back: what the provider earns by it. What was brought over at the start is not, nor what
        is paid for days of notice on which nobody came."""
        earns = self.debit_role if self.is_reversal else self.credit_role
        return self.unit is Unit.PENCE and earns == "owed_provider" and self.event_kind not in (EventKind.OPENING, EventKind.NOTICE)

    @property
    def support_pence(self) -> int:
        """What this entry adds to the support charged, overspend that the provider carries included; below nil when put back."""
        return 0 if not self.is_support else -self.amount if self.is_reversal else self.amount

    @property
    def bought_pence(self) -> int:
        """What this entry adds to what was bought from others: a bill that was approved; below nil where it is put back, and where money
        that was misspent is. Money brought over stands between the same accounts, and is neither."""
        given, taken = (self.credit_role, self.debit_role) if self.is_reversal else (self.debit_role, self.credit_role)
        sign = -1 if self.is_reversal else 1
        if self.unit is not Unit.PENCE:
            return 0
        if (given, taken) == ("available", "owed_supplier"):
            return sign * self.amount
        put_back = (given, taken) == ("held", "available") and EventKind.MISSPENT_BACK in (self.event_kind, self.undoes)
        return -sign * self.amount if put_back else 0


def money_held(opening_pence: int, moves: Sequence[Moved], month: Month, known_as: str, funders: Sequence[Funder]) -> MoneyHeld:
    """The block of a statement that ties to the ledger. `moves` are all entries posted in the month, `funders` who pay in this fund.

    Opening + paid in + paid out + put right = closing, and what moves inside the four accounts does not show.
    """
    brought: list[tuple[str, Moved]] = []
    put_right: list[tuple[str, Moved]] = []
    this_month: list[tuple[str, Moved]] = []
    support = say("money.support", known_as=known_as)
    for move in moves:
        if not move.money_held_effect:
            continue
        if move.event_kind == EventKind.OPENING:
            brought.append((say("money.brought-over"), move))
        elif _puts_right(move, month):
            put_right.append((_put_right_words(move, month), move))
        else:
            this_month.append((support if move.is_support else _words(move), move))
    lines = _grouped(brought) + _grouped(this_month)
    block = MoneyHeld(
        opening_pence=opening_pence,
        paid_in=tuple(line for line in lines if line.pence > 0),
        paid_out=tuple(line for line in lines if line.pence < 0),
        put_right=tuple(_grouped(put_right)),
        closing_pence=opening_pence + sum(move.money_held_effect for move in moves),
        who_owes_when_below_nil=who_owes(funders),
    )
    assert ties(block), "the lines of the money held do not add to the entries of the month"
    return block


def ties(block: MoneyHeld) -> bool:
    """Opening + paid in + paid out + put right = closing."""
    lines = (*block.paid_in, *block.paid_out, *block.put_right)
    return block.opening_pence + sum(line.pence for line in lines) == block.closing_pence


def support_used(moves: Iterable[Moved], month: Month) -> int:
    """Support posted and happened in the month, in pence, less what of it was put back; overspend that the provider carries included."""
    first, last = month.first, month.last
    return sum(move.support_pence for move in moves if first <= move.happened_on <= last)


def bought(moves: Iterable[Moved], month: Month) -> int:
    """Bills of others approved for days of the month, in pence, less what was put back."""
    return sum(move.bought_pence for move in moves if move.happened_on in month.period)


def paid_ahead(instalments: Iterable[tuple[Period, int]], last: date) -> tuple[int, Period | None]:
    """Of instalments received (the days that each pays for, and its pence), what is for days after `last`, by days, and which days.

    What is for the days so far is rounded, and the rest is ahead, so that the two add to the instalment.
    """
    ahead, days = 0, []
    for period, pence in instalments:
        if period.last > last:
            days_so_far = max(0, (last - period.first).days + 1)
            ahead += pence - nearest(pence * days_so_far, period.days)
            days.append(Period(max(period.first, last + ONE_DAY), period.last))
    return (ahead, Period(min(days).first, max(one.last for one in days))) if days else (0, None)


def who_owes(funders: Sequence[Funder]) -> str:
    """Who pays in this fund, in words: “Northshore Council”, “You”, “You and Northshore Council”."""
    names = [say("you") for funder in funders if funder.kind is FunderKind.PERSON][:1]
    names += [funder.name for funder in funders if funder.kind is not FunderKind.PERSON]
    return both(names)


def _puts_right(move: Moved, month: Month) -> bool:
    """Reversals, and what happened in an earlier month and was posted in this one."""
    return move.is_reversal or (move.happened_on.year, move.happened_on.month) < (month.year, month.month)


def _grouped(moves: Iterable[tuple[str, Moved]]) -> list[MoneyLine]:
    """One line for the same words, by the day on which they first happened, larger sums of that day first; none where they come to nil."""
    sums: dict[str, dict[date, int]] = {}
    for words, move in moves:
        by_day = sums.setdefault(words, {})
        by_day[move.happened_on] = by_day.get(move.happened_on, 0) + move.money_held_effect

    def in_order(words: str) -> tuple[date, int, str]:
        first = min(sums[words])
        return first, -sums[words][first], words

    return [MoneyLine(words, pence) for words in sorted(sums, key=in_order) if (pence := sum(sums[words].values()))]


def _words(move: Moved) -> str:
    """What a movement is called that is not support."""
    if (move.debit_role, move.credit_role) == ("available", "borne"):
        return say("money.extra-pays")
    if (move.debit_role, move.credit_role) == ("borne", "due") and move.event_kind == EventKind.ENDING:
        return say("money.beyond")
    if (move.debit_role, move.credit_role) == ("borne", "due"):
        return say("money.did-not-come")
    day = say("day", day=move.happened_on.day, month=f"{move.happened_on:%B}")
    return move.event_words or say("money.paid-in" if move.money_held_effect > 0 else "money.paid-out", day=day)


def _put_right_words(move: Moved, month: Month) -> str:
    earlier = Month.of(move.happened_on)
    when = f"{earlier.first:%B}" if earlier.year == month.year else earlier.in_words
    back = move.money_held_effect > 0
    if move.is_support:
        return say("money.mistake-back" if back else "money.not-counted", month=when)
    if move.is_reversal:
        return say("money.come-back" if back else "money.taken-off", month=when)
    return say("money.came-in-then" if back else "money.went-out-then", month=when)

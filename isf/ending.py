"""The settlement of a fund that ends, or of a year of it: what it still costs, and whose every penny of the rest is.

In this order: support delivered (it is charged already); notice; bills (approved already); the person’s over-paid contribution; then each
funder. What is left is never the provider’s.

A contribution bears on the council’s share alone, never on the NHS’s, and is never more than that share costs. Support beyond what the payers
have to pay is overspend: the provider carries it until a funder approves more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from basics.errors import InputError, NotKnown
from basics.money import Money
from basics.people import FunderKind
from basics.periods import minutes_in_words
from basics.share import share
from isf.accounts import Unit
from isf.entries import Entry, Event, Side, entry

_AVAILABLE: Side = ("available", None)


class Why(StrEnum):
    """Why a fund is settled."""

    LEFT = "left"
    CHANGED_PROVIDER = "changed provider"
    DIED = "died"
    CONTRACT_ENDED = "contract ended"
    YEAR_ENDED = "year ended"
    """Only the year is settled, where its terms say that what is left goes back; the fund goes on."""


class Payer(NamedTuple):
    """Who promised something in the fund: what is still due from them, and what they paid and was not given back, in pence."""

    reference: str
    kind: FunderKind
    due_pence: int
    paid_pence: int

    @property
    def is_person(self) -> bool:
        return self.kind is FunderKind.PERSON

    @property
    def promised_pence(self) -> int:
        return self.due_pence + self.paid_pence


@dataclass(frozen=True)
class Standing:
    """A fund as it stands when it is settled, in pence and minutes. `owed_provider_pence` is less what the provider carries.

    `available_minutes` are below nil where time that was agreed by mistake was given before it was put back.
    """

    available_pence: int
    banked_pence: int
    available_minutes: int
    banked_minutes: int
    owed_provider_pence: int
    owed_supplier_pence: int
    payers: tuple[Payer, ...]

    @property
    def minutes(self) -> int:
        """What is left of the time once everything that was set aside is back."""
        return self.available_minutes + self.banked_minutes


class PartSaid(NamedTuple):
    """What somebody said of one payer: what goes back to them, and what they still have to pay."""

    back_pence: int
    still_due_pence: int


@dataclass(frozen=True)
class Said:
    """What the books do not know and a person has to say. None is “not known”.

    `contribution_pence`: what the person’s contribution came to until the end, as the council assessed it. `by_promises`: several
    funders bear what was used in the proportion of their promises. `parts`: what becomes of each payer, where no rule says it. `stays`: of a
    year that ends, the payers by whose terms what is left of their part stays in the fund.
    """

    notice_pence: int = 0
    contribution_pence: int | None = None
    by_promises: bool = False
    parts: Mapping[str, PartSaid] | None = None
    stays: frozenset[str] = frozenset()


class PayerSettled(NamedTuple):
    """What becomes of one payer, in pence: goes back, will not be paid any more, is still to be paid for what was used.

    `carried_pence` will not be paid any more either, and was used: overspend, which the provider carries.
    """

    payer: Payer
    back_pence: int
    released_pence: int
    still_due_pence: int
    carried_pence: int = 0

    @property
    def not_paid_pence(self) -> int:
        return self.released_pence + self.carried_pence


@dataclass(frozen=True)
class Settlement:
    """Notice + everything that goes back + every promise that is released + what stays = what could still be used or was set aside, to the penny."""

    standing: Standing
    notice_pence: int
    payers: tuple[PayerSettled, ...]
    stays_pence: int = 0
    stays_for: tuple[str, ...] = ()

    @property
    def minutes_gone(self) -> int:
        """The time that will not be given. Where a part of the money stays, so does as large a part of the time: both are one value."""
        gone = sum(each.back_pence + each.released_pence for each in self.payers)
        left = max(0, self.standing.minutes)
        if not self.stays_pence:
            return left
        return share(left, {"gone": gone, "stays": self.stays_pence})["gone"]

    def steps(self, the_person: str = "the person") -> list[str]:
        """Each step with its pounds, in the order of the rule, for whoever approves it. `the_person` is who has what is the person’s."""
        stands, pounds = self.standing, Money
        found = [f"support given and not yet drawn, the provider’s: {pounds(stands.owed_provider_pence)}"]
        found += [f"taken back from what was set aside: {pounds(stands.banked_pence)} and {minutes_in_words(stands.banked_minutes)}"
                  ] if stands.banked_pence or stands.banked_minutes else []
        found += [f"notice: {pounds(self.notice_pence)}"] if self.notice_pence else []
        found += [f"bills still to be paid: {pounds(stands.owed_supplier_pence)}"] if stands.owed_supplier_pence else []
        for each in sorted(self.payers, key=lambda one: (not one.payer.is_person, one.payer.reference)):
            who = f"{the_person} ({each.payer.reference})" if each.payer.is_person else each.payer.reference
            found += [f"back to {who}: {pounds(each.back_pence)}"] if each.back_pence else []
            found += [f"not to be paid any more by {who}: {pounds(each.not_paid_pence)}"] if each.not_paid_pence else []
            found += [f"still to be paid by {who}, for what was used: {pounds(each.still_due_pence)}"] if each.still_due_pence else []
        carried = sum(each.carried_pence for each in self.payers)
        found += [f"used beyond what was promised: {pounds(carried)}, which the provider carries until a funder approves more"] if carried else []
        found += [f"stays in the fund, by the terms of {', '.join(self.stays_for)}: {pounds(self.stays_pence)}"] if self.stays_pence else []
        found += [f"time that will not be given: {minutes_in_words(self.minutes_gone)}"] if self.minutes_gone else []
        minutes = stands.minutes
        return [*found, *([f"time that was given and never agreed: {minutes_in_words(-minutes)}"] if minutes < 0 else [])]


def settle(standing: Standing, said: Said) -> Settlement:
    """Whose what is left is. Raises `NotKnown` where no rule and nobody says it, `InputError` where what is said cannot be."""
    left = standing.available_pence + standing.banked_pence
    if said.notice_pence > left:
        raise InputError(f"The notice is {Money(said.notice_pence)}, and {Money(left)} is left.",
                         "Ask the funder for the rest first, and record it under “extras”.")
    for payer in standing.payers:
        if payer.due_pence < 0:
            raise InputError(f"{payer.reference} paid {Money(-payer.due_pence)} more than was promised.",
                             "Put that receipt right first: by an extra that the funder approved, or by a correction.")
    left -= said.notice_pence
    if said.parts is not None:
        return _stays_of(Settlement(standing, said.notice_pence, _as_said(standing.payers, said.parts, left, said.stays)), said.stays, left)
    used = sum(payer.promised_pence for payer in standing.payers) - left
    bears = _bears(standing.payers, used, said)
    settled = [_settled(payer, bears[payer.reference]) for payer in standing.payers]
    borne = _carried(settled, used - sum(bears.values()), standing.owed_provider_pence + said.notice_pence)
    staying = _with_the_people(standing.payers, said.stays)
    kept = tuple(each._replace(back_pence=0, released_pence=0) if each.payer.reference in staying else each for each in borne)
    return _stays_of(Settlement(standing, said.notice_pence, kept), said.stays, left)


def _stays_of(settled: Settlement, stays: frozenset[str], left: int) -> Settlement:
    """What of what is left is neither given back nor released."""
    gone = sum(each.back_pence + each.released_pence for each in settled.payers)
    return replace(settled, stays_pence=left - gone, stays_for=tuple(sorted(stays))) if stays else settled


def _with_the_people(payers: Sequence[Payer], stays: frozenset[str]) -> frozenset[str]:
    """A contribution bears on the council’s share alone: what was paid too much of it stays where the council’s part does."""
    others = [payer.reference for payer in payers if payer.kind is FunderKind.COUNCIL] or [
        payer.reference for payer in payers if not payer.is_person]
    return stays | {payer.reference for payer in payers if payer.is_person and stays.issuperset(others)} if stays else stays


def _settled(payer: Payer, bears: int) -> PayerSettled:
    """What becomes of a payer who bears so much of what was used: too much paid goes back, too little is still to be paid."""
    still_due = max(0, bears - payer.paid_pence)
    return PayerSettled(payer, max(0, payer.paid_pence - bears), payer.due_pence - still_due, still_due)


def _carried(settled: Sequence[PayerSettled], overspend: int, owed_provider: int) -> tuple[PayerSettled, ...]:
    """Overspend counts against the promise that it was given under and that nobody has to keep: the contribution of days that never come."""
    found, left = [], overspend
    for each in settled:
        now = min(left, each.released_pence) if each.payer.is_person else 0
        found.append(each._replace(released_pence=each.released_pence - now, carried_pence=now))
        left -= now
    if left or overspend > max(0, owed_provider):
        raise InputError(f"{Money(overspend)} more was used than its payers have to pay, and that was paid to the provider already.",
                         "It is overspend. Ask the funder for an extra, and record it under “extras”; what it will not pay of that goes under "
                         "“never_paid” as well. Or put back what was drawn.")
    return tuple(found)


def _bears(payers: Sequence[Payer], used: int, said: Said) -> dict[str, int]:
    """What each payer bears of what was used, together perhaps less than all of it: the others by what they promised with the contribution in
    it, and the person of the council’s share as much as was assessed for the days until the end."""
    if used < 0:
        raise NotKnown(f"{Money(-used)} of what is left was promised by nobody here: whose it is, is not known.",
                       "Say under “parts” what goes back to each payer.")
    people = [payer for payer in payers if payer.is_person and payer.promised_pence]
    others = [payer for payer in payers if not payer.is_person and payer.promised_pence]
    if people and others and said.contribution_pence is None:
        raise NotKnown("What the person’s contribution came to until the end is not known.",
                       "Ask the council that assessed it, and give “contribution_pounds”.")
    if len(people) > 1 or (len(others) > 1 and not said.by_promises):
        names = ", ".join(payer.reference for payer in (people if len(people) > 1 else others))
        raise NotKnown(f"How {names} share what was used is not known.",
                       "Give “shared: by promises” where the terms say so, or say under “parts” what becomes of each.")
    nobody = {payer.reference: 0 for payer in payers}
    if not others:
        return nobody | {payer.reference: used if said.contribution_pence is None else min(said.contribution_pence, used) for payer in people}
    contributed = {_the_council(others).reference: payer.promised_pence for payer in people}
    costs = share(used, {payer.reference: payer.promised_pence + contributed.get(payer.reference, 0) for payer in others})
    theirs = {payer.reference: min(said.contribution_pence or 0, payer.promised_pence, sum(costs[council] for council in contributed))
              for payer in people}
    less = {council: sum(theirs.values()) for council in contributed}
    return nobody | theirs | {payer.reference: min(payer.promised_pence, costs[payer.reference] - less.get(payer.reference, 0)) for payer in others}


def _the_council(others: Sequence[Payer]) -> Payer:
    """The payer on whose share a contribution bears."""
    councils = [payer for payer in others if payer.kind is FunderKind.COUNCIL]
    if len(councils) != 1:
        raise NotKnown("On whose share the person’s contribution bears is not known: it bears on one council’s, never on the NHS’s, and "
                       f"{'several councils pay' if councils else 'no council pays'} here.", "Say under “parts” what becomes of each payer.")
    return councils[0]


def _as_said(payers: Sequence[Payer], parts: Mapping[str, PartSaid], left: int, stays: frozenset[str]) -> tuple[PayerSettled, ...]:
    unknown = sorted(parts.keys() - {payer.reference for payer in payers})
    if unknown:
        raise InputError(f"{', '.join(unknown)} never promised or paid anything in this fund.", "Name only who pays in it.")
    if keeps := sorted(stays & parts.keys()):
        raise InputError(f"By the terms of {', '.join(keeps)}, what is left of their part stays in the fund.", "Name only whose part goes back.")
    found = []
    for payer in payers:
        said = parts.get(payer.reference, PartSaid(0, payer.due_pence if payer.reference in stays else 0))
        if said.still_due_pence > payer.due_pence:
            raise InputError(f"{payer.reference} would still have to pay {Money(said.still_due_pence)}, and {Money(payer.due_pence)} is due.",
                             "Ask no payer for more than is due from them.")
        found.append(PayerSettled(payer, said.back_pence, payer.due_pence - said.still_due_pence, said.still_due_pence))
    total = sum(each.back_pence + each.released_pence for each in found)
    if total > left or (total < left and not stays):
        raise InputError(f"What goes back and what is released come to {Money(total)}, and {Money(left)} is left: a difference of "
                         f"{Money(abs(total - left))}.", "Correct a part: every penny that is left is somebody’s.")
    return tuple(found)


def settlement_entries(settled: Settlement, event: Event, notice: Event, on: date) -> Iterable[Entry]:
    """The settlement in the ledger: back from what was set aside, then notice, then what goes back or will not be paid."""
    stands = settled.standing
    for unit, amount in ((Unit.PENCE, stands.banked_pence), (Unit.MINUTES, stands.banked_minutes)):
        yield from entry(event, ("banked", None), _AVAILABLE, amount, on, unit=unit)
    yield from entry(notice, _AVAILABLE, ("owed_provider", None), settled.notice_pence, on)
    person = sum(each.back_pence for each in settled.payers if each.payer.is_person)
    yield from entry(event, _AVAILABLE, ("owed_person", None), person, on)
    for each in settled.payers:
        if not each.payer.is_person:
            yield from entry(event, _AVAILABLE, ("owed_funder", each.payer.reference), each.back_pence, on)
        yield from entry(event, _AVAILABLE, ("due", each.payer.reference), each.released_pence, on)
        yield from entry(event, ("borne", None), ("due", each.payer.reference), each.carried_pence, on)
    yield from entry(event, _AVAILABLE, ("agreed", None), settled.minutes_gone, on, unit=Unit.MINUTES)
    yield from entry(event, ("agreed", None), _AVAILABLE, max(0, -stands.minutes), on, unit=Unit.MINUTES, origin=time_key(event))


def time_key(event: Event) -> str:
    """What time comes from that was given and never agreed: the settlement writes it off as agreed, and somebody approves that."""
    return f"{event.key} minutes"

"""The surplus of a fund: what is in the bank for a person and is needed for nothing yet. How much of it is above the cap of its terms,
whose it is, and since when.

Never the balance: on the day on which four weeks’ money arrives, every fund would look over. Hours banked are part of it and not on top: hours
saved and pounds saved are one value, told twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from basics.errors import NotKnown
from basics.people import FunderKind
from basics.periods import DAYS_PER_WEEK, Period
from basics.rounding import nearest
from basics.share import share
from isf.fund_terms import Spent


@dataclass(frozen=True, kw_only=True)
class Held:
    """What bears on a surplus, in pence, as far as support is charged.

    `held`: in the bank for this fund. `paid_ahead`: of that, for days still to come. `owed_provider` less `borne`: support delivered and
    not yet taken by the provider, less overspend that it carries. `owed_supplier`: approved bills of others. `earmarks`: each that is in
    force. `going_back`: what is already set to go back to a funder or the person, and is still in the bank.
    """

    held: int
    paid_ahead: int = 0
    owed_provider: int = 0
    borne: int = 0
    owed_supplier: int = 0
    earmarks: tuple[int, ...] = ()
    going_back: int = 0


def surplus(held: Held) -> int:
    """The surplus in pence; below nil there is none."""
    not_taken = held.owed_provider - held.borne
    return max(0, held.held - held.paid_ahead - not_taken - held.owed_supplier - sum(held.earmarks))


def cap(weeks: int, budget_pence: int, days: int) -> int:
    """So many weeks of a budget over some days, in pence: rounded once."""
    return nearest(budget_pence * DAYS_PER_WEEK * weeks, days)


@dataclass(frozen=True, kw_only=True)
class PaidIn:
    """What one payer has paid into a fund for the days so far, less what went back to them. A person’s is their own contribution.
    `spent` is what was paid from their money alone, known only where the plan names who pays for each line."""

    payer: str
    pence: int
    kind: FunderKind = FunderKind.COUNCIL
    spent: int | None = None

    @property
    def is_person(self) -> bool:
        return self.kind is FunderKind.PERSON


def whose(surplus_pence: int, paid_in: Sequence[PaidIn], spent: Spent | None, brought_over_pence: int = 0) -> dict[str, int]:
    """The surplus by payer, in pence; the parts add to it. `brought_over_pence` came in at the start and nobody knows from whom.

    That the contribution is spent first says nothing of how several funders share the rest. Raises `NotKnown` where the terms, or the books,
    do not say.
    """
    if len(paid_in) == 1:
        return {paid_in[0].payer: surplus_pence}
    if brought_over_pence or not any(each.pence > 0 for each in paid_in):
        raise NotKnown("Whose the surplus is is not known: money was brought over at the start, and the books do not say who had paid it.",
                       "Agree it with the funder.")
    are_several = _are_several(paid_in)
    match spent:
        case Spent.ALONGSIDE:
            return _by(surplus_pence, {each.payer: each.pence for each in paid_in})
        case Spent.CONTRIBUTION_FIRST if not are_several:
            return _contribution_first(surplus_pence, paid_in)
        case Spent.APART:
            return _apart(surplus_pence, paid_in)
    if are_several:
        raise NotKnown("Whose the surplus is is not known: the terms of its funders do not say, or not alike, whether their money is kept apart "
                       "or spent alongside by shares.", "Ask them, and bring their terms in with an apply file.")
    raise NotKnown("Whose the surplus is is not known: the terms do not say whether the contribution is spent first.",
                   "Ask the funder, and bring its terms in with an apply file.")


def said_by_all(said: Iterable[Spent | None]) -> Spent | None:
    """Which money is spent first, by the terms of every funder of a fund: none where nobody says it, or where they contradict one another."""
    found = {each for each in said if each is not None}
    return found.pop() if len(found) == 1 else None


def if_it_were(surplus_pence: int, paid_in: Sequence[PaidIn], spent: Spent | None, brought_over_pence: int = 0) -> dict[Spent, dict[str, int]]:
    """Whose a surplus would be, of which nobody knows it, in each reading that the terms leave open. With several funders and no contribution,
    terms that say only that the contribution is spent first leave as much open as terms that say nothing."""
    open_to = tuple(Spent) if spent is None else (Spent.ALONGSIDE, Spent.APART)
    if spent is Spent.APART or spent is Spent.ALONGSIDE or (spent is not None and any(each.is_person for each in paid_in)):
        return {}
    found = {}
    for reading in open_to:
        try:
            found[reading] = whose(surplus_pence, paid_in, reading, brought_over_pence)
        except NotKnown:
            continue
    return found


def side_of(funder: str, kind: FunderKind, paid_in: Sequence[PaidIn]) -> frozenset[str]:
    """Whose money counts against one funder’s cap: its own, and the contribution where it can be of no other’s budget. A contribution bears on
    the council’s share only, never on the NHS’s."""
    others = [each for each in paid_in if not each.is_person and each.payer != funder]
    if kind is FunderKind.COUNCIL:
        is_theirs = not any(each.kind is FunderKind.COUNCIL for each in others)
    else:
        is_theirs = kind is not FunderKind.ICB and not others
    return frozenset({funder, *(each.payer for each in paid_in if each.is_person and is_theirs)})


def own(owners: Mapping[str, int], side: frozenset[str]) -> dict[str, int]:
    """What of a surplus counts against one funder’s cap, by payer."""
    return {payer: pence for payer, pence in owners.items() if payer in side}


def _are_several(paid_in: Sequence[PaidIn]) -> bool:
    return sum(not each.is_person for each in paid_in) > 1


def _contribution_first(surplus_pence: int, paid_in: Sequence[PaidIn]) -> dict[str, int]:
    """Of the person’s money only what is left once everything that was used is taken from it."""
    theirs = {each.payer: max(0, each.pence) for each in paid_in if each.is_person}
    others = {each.payer: max(0, each.pence) for each in paid_in if not each.is_person}
    used = max(0, sum(theirs.values()) + sum(others.values()) - surplus_pence)
    left = min(surplus_pence, max(0, sum(theirs.values()) - used)) if any(others.values()) else surplus_pence
    return _by(left, theirs) | _by(surplus_pence - left, others)


def _apart(surplus_pence: int, paid_in: Sequence[PaidIn]) -> dict[str, int]:
    """Each payer’s own: what is left of what they paid, once what was paid from it alone is taken off."""
    left = {each.payer: max(0, each.pence - each.spent) for each in paid_in if each.spent is not None}
    if len(left) < len(paid_in) or not any(left.values()):
        raise NotKnown("Whose the surplus is is not known: contributions are kept apart, and the plan does not say who pays for each line.",
                       "Name the funder on each line of the plan, or agree it with the funder.")
    return _by(surplus_pence, left)


def _by(pence: int, weights: dict[str, int]) -> dict[str, int]:
    return share(pence, {payer: max(0, weight) for payer, weight in weights.items()})


def of_each(over_pence: int, owners: dict[str, int]) -> dict[str, int]:
    """Whose the part above the cap is: as the whole surplus is."""
    return share(over_pence, owners) if over_pence else dict.fromkeys(owners, 0)


def since(surpluses: Sequence[tuple[date, int]], above_pence: int) -> date | None:
    """The first day of the last unbroken run on which the surplus was above a sum, of days looked at in their order. None where it is not."""
    first = None
    for day, pence in surpluses:
        first = (first or day) if pence > above_pence else None
    return first


def by_when(first: date, weeks: int) -> date:
    """The day by which money that has stayed since `first` must go back."""
    return first + timedelta(days=DAYS_PER_WEEK * weeks)


def covered(parts: Iterable[tuple[Period, int]], received_pence: int) -> list[tuple[Period, int]]:
    """What of one payer’s parts of instalments, in their order, is paid by what came in; the last perhaps in part."""
    found, left = [], received_pence
    for period, pence in parts:
        if left <= 0:
            break
        found.append((period, min(pence, left)))
        left -= pence
    return found

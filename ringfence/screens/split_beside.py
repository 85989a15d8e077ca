"""What stands beside pounds and hours in a split, where a file gives it: budgets, whether a part can follow the person, and a proposal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from basics.errors import Refused
from isf.damping import Damped
from isf.split import Allocation
from ringfence.actions.splitting import SplitShown, damped_by, proposal_in_words, together
from ringfence.screens.components.frame import words
from ringfence.screens.components.markup import NOT_KNOWN, pounds
from ringfence.screens.split_case import Case

NOTHING = Markup("")
CAN_FOLLOW = {True: Markup("yes"), False: Markup("no"), None: NOT_KNOWN}


class Column(NamedTuple):
    """One of them: its heading, what it says for a person and for what is kept back, and its total."""

    heading: str
    of_person: Callable[[Allocation], Markup]
    of_top_slice: Callable[[int], Markup]
    total: Markup


def columns_beside(case: Case, shown: SplitShown) -> Iterator[Column]:
    """The columns that this split has something for."""
    parts = shown.split.allocations
    if any(each.budget_pence is not None for each in parts):
        yield Column("Budget", lambda each: pounds(each.budget_pence), _nothing, pounds(together(each.budget_pence for each in parts)))
        yield Column("Over, or under (-)", lambda each: pounds(each.over_budget_pence), _nothing,
                     pounds(together(each.over_budget_pence for each in parts)))
    if any(each.separable is not None for each in parts):
        yield Column("Can follow the person", lambda each: CAN_FOLLOW[each.separable], _nothing, NOTHING)
    proposal, _ = _damped(case, shown)
    if proposal:
        yield Column("Proposal", lambda each: _proposed(proposal, each.person), pounds,
                     pounds(shown.split.top_sliced_pence + sum(proposal.proposed.values())))


def _proposed(proposal: Damped, person: str) -> Markup:
    """What somebody would have; marked where it is an empty place that pays."""
    return Markup("{}{}").format("pays: " if person in proposal.empty_places_pay else "", pounds(proposal.proposed[person]))


def damped_in_words(case: Case, shown: SplitShown) -> None:
    """What the proposal is and what it is not; or why there is none."""
    proposal, why_not = _damped(case, shown)
    if why_not:
        words(f"There is no proposal: {why_not}", quiet=True)
    if proposal:
        words(f"{' '.join(proposal_in_words(proposal))} What is prepared below is the split itself; a sum that is agreed in its place is applied as "
              "an amount.")


def _damped(case: Case, shown: SplitShown) -> tuple[Damped | None, str]:
    try:
        return damped_by(case.asked, shown), ""
    except Refused as error:
        return None, " ".join(f"{each.place} {each.what} {each.to_do}" for each in error.problems)


def _nothing(_pence: int) -> Markup:
    return NOTHING

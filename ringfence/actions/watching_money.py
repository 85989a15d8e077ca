"""The lines of the watch list that are about money: surpluses above what may stay, and periods for which nothing came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from basics.money import Money
from basics.periods import day_in_words
from isf.fund_terms import FundTerms, Stays
from isf.watch import Matter, OfFund, Watched, unpaid
from ringfence.actions.fund_cash import FundCash
from ringfence.actions.surpluses import Reading, Surplus

Names = Mapping[str, str]


def surplus_lines(found: Iterable[Surplus], of: Mapping[str, OfFund], payers: Names, on: date) -> Iterator[Watched]:
    """Each surplus with what is above, whose it is, since when and by when."""
    for each in found:
        if each.known.fund in of:
            yield _surplus(each, of[each.known.fund], payers, on)


def unpaid_lines(funds: Mapping[str, FundCash], of: Mapping[str, OfFund], payers: Names, on: date) -> Iterator[Watched]:
    """Each payer of a fund from whom nothing came for a whole period that is over and was due."""
    for key, fund in funds.items():
        for payer, periods in fund.unpaid(on).items() if key in of else ():
            yield unpaid(of[key], payers[payer], periods)


def _surplus(found: Surplus, fund: OfFund, payers: Names, on: date) -> Watched:
    most = max(found.readings, key=lambda each: each.over)
    by = most.by[-1] if most.by else None
    parts = [" ".join(_reading(each, found, payers)) for each in found.readings]
    return Watched(
        matter=Matter.SURPLUS, fund=fund.key, who=fund.who, what=" ".join([*parts, *_beside(found, most, payers)]), since=most.since, by=by,
        is_late=by is not None and by < on, pence=most.over, to_do=_to_do(found, payers))


def _reading(each: Reading, found: Surplus, payers: Names) -> Iterator[str]:
    most, if_it = "At most " if each.is_at_most else "", f", if it is {each.if_spent}" if each.if_spent else ""
    whole = f"the surplus is {Money(found.surplus)}"
    if each.own != found.surplus:
        whole += f", and {Money(each.own)} of it counts against this cap"
    if each.base is None:
        yield f"{most}{Money(each.over)} has stayed since {day_in_words(each.since)}{if_it}."
    else:
        yield f"{most}{Money(each.over)} above the cap of {Money(each.cap)} ({each.base}){if_it}; {whole}."
    owners = {payer: pence for payer, pence in each.whose.items() if pence}
    if len(owners) == 1:
        yield f"It is {payers[next(iter(owners))]}’s."
    elif owners:
        yield f"Of it, {_parts(owners, payers)}."


def _parts(owners: Mapping[str, int], payers: Names) -> str:
    return " and ".join(f"{Money(pence)} is {payers[payer]}’s" for payer, pence in owners.items())


def _beside(found: Surplus, most: Reading, payers: Names) -> Iterator[str]:
    """What nobody knows, and what is on its way already."""
    terms: FundTerms = found.known.terms
    if found.is_open:
        yield "The terms do not say of which budget the weeks are."
    if len(most.by) > 1:
        any_surplus, above = map(day_in_words, most.by)
        yield f"It must go back by {any_surplus} if any surplus may stay so long, and by {above} if the part above may."
    elif terms.surplus_stays_weeks is None:
        yield "The terms do not say how long it may stay."
    elif len(most.by) == 1 and terms.surplus_stays is Stays.ANY_SURPLUS:
        yield f"Any surplus may stay {terms.surplus_stays_weeks} weeks."
    if found.why_not:
        yield found.why_not
    for reading, owners in found.could_be.items():
        yield f"If it is {reading}, {_parts(owners, payers)}."
    if found.going_back:
        yield f"{Money(found.going_back)} is already set to go back."


def _to_do(found: Surplus, payers: Names) -> str:
    return f"Ask {payers[found.known.funder]}: earmark it for a need, or give it back"

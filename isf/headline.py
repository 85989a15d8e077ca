"""The first words of a statement: is there enough money, and does the reader need to do anything?"""

from __future__ import annotations

from basics.vocabulary import say
from isf.position import FundPosition, Status


def headline(known_as: str, position: FundPosition, closing_pence: int, who_owes: str, ring: str) -> str:
    """Two short sentences in plain words. `ring` is the name of the first person to ask; none is “us”."""
    ask = say("headline.ask", whom=ring or say("headline.us"))
    match position.status:
        case Status.NOT_KNOWN:
            return say("headline.not-known", known_as=known_as, missing=_missing(position), ask=ask)
        case Status.OVER:
            return say("headline.over", known_as=known_as, what=_over(position), ask=ask)
        case Status.UNDER:
            return say("headline.over", known_as=known_as, what=_under(position), ask=ask)
        case Status.ON_TARGET:
            return say("headline.on-target", enough=_enough(known_as, closing_pence), to_do=_to_do(closing_pence, who_owes))


def closed(known_as: str) -> str:
    """The last words: nothing is left, and nothing more comes."""
    return say("headline.closed", known_as=known_as)


def _missing(position: FundPosition) -> str:
    if any(line.planned_to_date_pence is None for line in position.lines):
        return say("headline.no-price")
    if position.used_pence is None:
        return say("headline.no-use")
    return say("headline.no-budget")


def _over(position: FundPosition) -> str:
    if position.money_status is Status.OVER:
        return say("headline.used-more")
    names = [line.line.words for line in position.lines if line.status is Status.OVER]
    return say("headline.had-more", what=names[0]) if len(names) == 1 else say("headline.had-more-of-some")


def _under(position: FundPosition) -> str:
    names = [line.line.words for line in position.lines if line.status is Status.UNDER]
    if not names:
        return say("headline.used-less")
    return say("headline.had-less", what=names[0]) if len(names) == 1 else say("headline.had-less-of-some")


def _enough(known_as: str, closing_pence: int) -> str:
    return say("headline.money-left" if closing_pence > 0 else "headline.no-money-left", known_as=known_as)


def _to_do(closing_pence: int, who_owes: str) -> str:
    if closing_pence < 0 and who_owes == say("you"):
        return say("headline.pay")
    return say("headline.nothing-to-do")

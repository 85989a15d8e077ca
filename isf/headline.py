"""The first words of a statement: is there enough money, and does the reader need to do anything?"""

from __future__ import annotations

from isf.position import FundPosition, Status


def headline(known_as: str, position: FundPosition, closing_pence: int, who_owes: str, ring: str) -> str:
    """Two short sentences in plain words. `ring` is the name of the first person to ask; none is “us”."""
    ask = f"Please ring {ring or 'us'} to talk about it."
    match position.status:
        case Status.NOT_KNOWN:
            return f"We cannot say yet whether {known_as} is on target: {_missing(position)}. {ask}"
        case Status.OVER:
            return f"{known_as} has {_over(position)} than planned so far. {ask}"
        case Status.UNDER:
            return f"{known_as} has {_under(position)} than planned so far. {ask}"
        case Status.ON_TARGET:
            return f"{_enough(known_as, closing_pence)} {_to_do(closing_pence, who_owes)}"


def closed(known_as: str) -> str:
    """The last words: nothing is left, and nothing more comes."""
    return f"{known_as}’s fund is closed, and nothing is left in it. This is its last statement."


def _missing(position: FundPosition) -> str:
    if any(line.planned_to_date_pence is None for line in position.lines):
        return "a price is missing"
    if position.used_pence is None:
        return "we do not know what was used before we started"
    return "we have not been told the budget"


def _over(position: FundPosition) -> str:
    if position.money_status is Status.OVER:
        return "used more"
    names = [line.line.words for line in position.lines if line.status is Status.OVER]
    return f"had more of “{names[0]}”" if len(names) == 1 else "had more of some support"


def _under(position: FundPosition) -> str:
    names = [line.line.words for line in position.lines if line.status is Status.UNDER]
    if not names:
        return "used less"
    return f"had less of “{names[0]}”" if len(names) == 1 else "had less of some support"


def _enough(known_as: str, closing_pence: int) -> str:
    return f"{known_as} has money left and is on target." if closing_pence > 0 else f"{known_as} is on target."


def _to_do(closing_pence: int, who_owes: str) -> str:
    if closing_pence < 0 and who_owes == "You":
        return "Please pay our invoice for the support already given."
    return "You do not need to do anything."

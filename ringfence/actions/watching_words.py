"""What the watch list says of itself: how much there is, what it cannot tell, and how it is found."""

from __future__ import annotations

from isf.much_less import MUCH_LESS_PERCENT
from isf.position import UNDER_PERCENT
from isf.watch import MONTHS_COMPARED, REVIEW_SOON, SOON
from ringfence.actions.watching import WatchList

HOW_IT_IS_FOUND = (
    "A surplus is what is in the bank, less what is paid for days to come, support given and not yet drawn, approved bills, and earmarks. "
    f"Reviews are told {REVIEW_SOON.days} days before they must be held, and what ends {SOON.days} days before and after its last day. "
    "Nothing received is told of whole periods that are over and were due. Support is short where less than "
    f"{100 - UNDER_PERCENT}% of the agreed time, nights or sessions came over the last {MONTHS_COMPARED} closed months, or since the plan "
    "began, and more than a week of it is missing. "
    f"An instalment is told where less than {MUCH_LESS_PERCENT}% of what was agreed for its days came, and a visit where more time is charged than "
    "was given and no rounding adds so much. "
    "A worry is told until what came of it is recorded, and a bill once it was due and is not paid. Whether the form of somebody’s statements "
    "is still right is asked once a year.")
"""What the list looks for, and its thresholds."""


def in_short(found: WatchList) -> str:
    """“7 things, 2 of them late.”"""
    count = len(found.lines)
    late = f", {found.late:,} of them late" if found.late else ""
    return f"{count:,} {'thing' if count == 1 else 'things'}{late}." if count else "nothing."


def limits(found: WatchList) -> list[str]:
    """What this list cannot tell, and why, in a sentence each."""
    said = []
    if found.charged_through is None:
        said.append("No month is closed yet, so no surplus can be told and no support compared.")
    elif found.charged_through.last < found.on:
        said.append(f"Support is charged through {found.charged_through.in_words}: a surplus is as that month left it, with what the bank shows "
                    "since.")
    if found.without_terms:
        funds = "1 fund has" if found.without_terms == 1 else f"{found.without_terms:,} funds have"
        said.append(f"{funds} no terms recorded: nobody can say what may stay there, or when the support is reviewed. Bring them "
                    "in with an apply file.")
    return said

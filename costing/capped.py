"""A cap on some lines of a price: whether they exceed it, what the price would be under it, and what then goes unpaid."""

from __future__ import annotations

from basics.errors import InputError
from costing.additions import Built
from costing.figure import Figure, a_week, at_most, share, total, whole_of
from costing.package import Basis, Cap, Section

AT_THE_CAP = "Price of a week with those lines at the cap"


def capped_week(built: Built, cap: Cap) -> tuple[Figure, Figure]:
    """What the lines under a cap come to in a week, and the price of a week under it, before rounding. The other lines stay as they are.

    Of the price: the other lines are then what is left of the whole once the cap is taken. On cost: the cap is of direct support.
    Raises `InputError` where the cap names a line that the price has not, or the whole price.
    """
    held = [line for _, line in built.lines]
    names = [line.label for line in held]
    for name in cap.lines:
        if name not in names:
            raise InputError(f"The cap names “{name}”, which is no line of the price.", f"Name lines out of {', '.join(names)}.", "cap")
    if set(cap.lines) >= set(names):
        raise InputError("The cap names every line, and a cap is a part of the rest too.", "Leave out the lines that it does not cover.", "cap")
    covered = a_week(total(line for line in held if line.label in cap.lines), "Lines under the cap")
    others = a_week(total(line for line in held if line.label not in cap.lines), "Lines that the cap leaves alone")
    if cap.basis is Basis.OF_PRICE:
        most = a_week(whole_of(others, cap.percent), AT_THE_CAP)
    else:
        direct = a_week(total(line for section, line in built.lines if section is Section.DIRECT), "Direct support")
        if not direct.exact:
            raise InputError("The cap is of direct support, and the price has none.", "Give it of the price.", "cap")
        most = a_week(total([others, a_week(share(cap.percent, direct), "What the cap allows")]), AT_THE_CAP)
    return covered, a_week(at_most(built.price, most), "Price of a week under the cap, before rounding")

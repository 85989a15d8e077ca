"""Support is taken back that an extra had paid for: the extra’s money is the person’s to use again.

P002 has £4,800.00. A hoist for £4,900.00 and an hour at £24.00 go £124.00 beyond that; the council agrees to £110.00 more, which pays for as much.
"""

from __future__ import annotations

from typing import Any

import pytest

from basics.errors import NotAllowed
from ringfence.actions.verifying import verify
from tests.actions.provider_books import NOVEMBER, Books, refused, ties, visit

FUND = "isf-P002"
EXTRA = {"extra": "EX-1", "person": "P002", "fund": "isf", "funder": "southgate", "pounds": "110.00", "on": "2026-11-02", "words": "For the hoist"}
BACK = {"correction": "CO-1", "person": "P002", "fund": "isf", "entry": "extra EX-1", "on": "2026-11-20", "words": "It was for somebody else"}


def to_use_and_carried(books: Books) -> tuple[int, int]:
    return books.balance(FUND, "available"), books.balance(FUND, "borne")


@pytest.fixture
def overspent(agreed: Books) -> Books:
    agreed.apply({
        "rates": [{"rate": "big", "per": "item", "pounds": "4,900.00", "from": "2026-10-01", "to": "2027-03-31"}],
        "plan": [{"line": "P002-big", "person": "P002", "support": "big", "words": "A hoist", "funder": "southgate", "rate": "big",
                  "times_per_week": 1, "from": "2026-10-01", "to": "2027-03-31"}]})
    agreed.visits(visit("V-1", "P002", "2026-10-20", support="big"), name="hoist.csv")
    agreed.visits(visit("V-2", "P002", "2026-10-21", "10:00", "11:00"), name="hour.csv")
    agreed.month_end()
    assert to_use_and_carried(agreed) == (0, 12_400)
    return agreed


@pytest.fixture
def paid_for(overspent: Books) -> Books:
    overspent.apply({"extras": [EXTRA]})
    assert to_use_and_carried(overspent) == (0, 1_400)
    return overspent


def taken_back(books: Books, which: str, how: str) -> None:
    if how == "undo":
        books.undo(books.imports()[{"V-1": 0, "V-2": 1}[which]])
        return
    item: dict[str, Any] = {"correction": "VC-1", "visit": which, "carer": "C1", "on": "2026-11-20", "words": "It never came", "taken_back": True}
    said = books.prepare({"visits_corrected": [item]}).said
    assert "New: £110.00 of extra EX-1, which paid for overspend of isf-P002, may be used again" in said
    books.apply({"visits_corrected": [item]})


@pytest.mark.parametrize("how", ["undo", "visits_corrected"])
@pytest.mark.parametrize(("which", "left"), [("V-1", 480_000 + 11_000 - 2_400), ("V-2", 480_000 + 11_000 - 490_000)])
def test_an_extra_pays_for_the_overspend_that_is_left_and_the_rest_may_be_used_again(paid_for: Books, which: str, left: int, how: str) -> None:
    taken_back(paid_for, which, how)
    assert to_use_and_carried(paid_for) == (left, 0)
    assert paid_for.balance(FUND, "due", "southgate") == 480_000 + 11_000
    paid_for.month_end(NOVEMBER)
    ties(paid_for.statements().values())
    assert verify(paid_for.store, referee=True) == []


def test_everything_may_be_taken_back_and_the_extra_too(paid_for: Books) -> None:
    for n in (1, 0):
        paid_for.undo(paid_for.imports()[n])
    assert to_use_and_carried(paid_for) == (491_000, 0)
    paid_for.apply({"corrections": [BACK]})
    assert to_use_and_carried(paid_for) == (480_000, 0)
    assert verify(paid_for.store, referee=True) == []


def test_an_extra_that_is_put_back_gives_its_overspend_back_to_the_provider_whatever_it_pays_for_now(paid_for: Books) -> None:
    taken_back(paid_for, "V-2", "undo")
    paid_for.apply({"corrections": [BACK]})
    assert to_use_and_carried(paid_for) == (0, 10_000)
    assert verify(paid_for.store, referee=True) == []


def test_an_extra_is_not_put_back_in_the_file_that_frees_it(paid_for: Books) -> None:
    item = {"correction": "VC-1", "visit": "V-2", "carer": "C1", "on": "2026-11-20", "words": "It never came", "taken_back": True}
    (_, what), = refused(paid_for, {"visits_corrected": [item], "corrections": [BACK]})
    assert what == "“extra EX-1” paid for support that this file takes back."


def test_overspend_that_was_given_up_comes_back_first(overspent: Books) -> None:
    overspent.apply({"given_up": [{"given_up": "GU-1", "person": "P002", "fund": "isf", "pounds": "124.00", "on": "2026-11-02", "words": "Ours"}]})
    with pytest.raises(NotAllowed, match=r"£24\.00 of what it went beyond in isf-P002 was given up"):
        overspent.undo(overspent.imports()[1])
    overspent.apply({"corrections": [BACK | {"entry": "given up GU-1"}]})
    overspent.undo(overspent.imports()[1])
    assert to_use_and_carried(overspent) == (0, 10_000)

"""Southgate pays 62.5% and the NHS 37.5% of what P003’s support costs in a month (`funder_share: on the total`), through two month ends.

Of October’s visits some are put right or priced anew in November. Worked by hand: three visits of 10 minutes at £25.00 an hour are £4.17 each,
£12.51, of which the NHS pays £4.69. What stands of October after that is shared as if it had been right from the start.
"""

from __future__ import annotations

from typing import Any

import pytest

from basics.share import share
from ringfence.actions.verifying import verify
from tests.actions.provider_books import DECEMBER, NOVEMBER, OCTOBER, Books, by_delivery, rate, terms, visit
from tests.actions.test_contribution_models import contribution
from tests.actions.test_visit_parts import told

STANDS = ("SELECT u.reference, sum(c.pence) FROM charge c JOIN funder u ON u.id = c.funder_id JOIN fund f ON f.id = c.fund_id"
          " WHERE f.key = 'spot-P003' AND c.support_on BETWEEN '2026-10-01' AND '2026-10-31'"
          " AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = c.delivery_id) GROUP BY u.reference")


@pytest.fixture
def shared(agreed: Books) -> Books:
    agreed.apply({
        "terms": [terms("Spot", charged_time="by the minute", cancelled_visits="as planned", funder_share="on the total")],
        "fundings": [by_delivery("P003", "southgate", share="62.5"), by_delivery("P003", "northvale", share="37.5")]})
    return agreed


def care(*minutes: int, month: str = "2026-10", name: str = "V") -> list[Any]:
    return [visit(f"{name}-{n}", "P003", f"{month}-{n + 1:02}", "09:00", f"{9 + each // 60:02}:{each % 60:02}", support="care")
            for n, each in enumerate(minutes)]


def stands(books: Books) -> dict[str, int]:
    return {funder: int(pence) for funder, pence in books.rows(STANDS)}


def later(n: int, end: str) -> dict[str, Any]:
    return {"correction": f"VC-{n}", "visit": f"V-{n}", "carer": "C1", "on": "2026-11-20", "words": "She stayed longer", "now": {"end": end}}


def test_a_visit_that_is_put_right_completes_the_shares_of_its_month(shared: Books) -> None:
    """The last visit took 38 minutes, £15.83: October is £24.17, of which the NHS pays £9.06. Of £8.34 it stands charged £3.13; £5.94 for the
    £15.83 by itself would be a penny too much."""
    shared.visits(*care(10, 10, 10))
    shared.month_end(OCTOBER)
    assert stands(shared) == {"southgate": 1_251 - 469, "northvale": 469}
    shared.apply({"visits_corrected": [later(2, "09:38")]})
    drafted = told(shared, "V-2")
    shared.month_end(NOVEMBER)
    assert stands(shared) == {"southgate": 2_417 - 906, "northvale": 906}
    assert drafted == told(shared, "V-2"), "What the page said before is what was charged."
    assert verify(shared.store, referee=True) == []


@pytest.mark.parametrize("with_contribution", [False, True])
def test_half_a_month_priced_anew_is_shared_with_the_half_that_stands(shared: Books, with_contribution: bool) -> None:
    """24 visits of 10 to 79 minutes; from 13 October an hour is £25.75. Then a third of them is put right again in December."""
    if with_contribution:
        shared.apply(contribution())
    lengths = [10 + n * 3 for n in range(24)]
    shared.visits(*care(*lengths))
    shared.month_end(OCTOBER)
    before = stands(shared)
    shared.apply({"rates": [rate("care-hour", "25.00", "2026-02-01", "2026-10-12"), rate("care-hour", "25.75", "2026-10-13", "2027-03-31")],
                  "visits_repriced": [{"correction": "VR-1", "rate": "care-hour", "from": "2026-10-13", "to": "2026-10-31", "on": "2026-11-20",
                                       "words": "The price from 13 October"}]})
    shared.month_end(NOVEMBER)
    costs = [(2 * each * (2_500 if n < 12 else 2_575) + 60) // 120 for n, each in enumerate(lengths)]
    assert of_shares(shared) == share(sum(costs), {"southgate": 5, "northvale": 3})
    assert stands(shared).get("grace") == before.get("grace"), "The contribution stays what it is."
    shared.apply({"visits_corrected": [later(n, f"{10 + (lengths[n] + 7) // 60:02}:{(lengths[n] + 7) % 60:02}") for n in range(0, 24, 3)]})
    shared.month_end(DECEMBER)
    minutes = [each + (67 if n % 3 == 0 else 0) for n, each in enumerate(lengths)]
    costs = [(2 * each * (2_500 if n < 12 else 2_575) + 60) // 120 for n, each in enumerate(minutes)]
    assert of_shares(shared) == share(sum(costs), {"southgate": 5, "northvale": 3})
    assert stands(shared).get("grace") == before.get("grace")
    assert verify(shared.store, referee=True) == []


def of_shares(books: Books) -> dict[str, int]:
    """What stands of October, the contribution as the council’s part, off which it comes."""
    found = stands(books)
    return {"southgate": found["southgate"] + found.get("grace", 0), "northvale": found["northvale"]}


def test_a_visit_that_comes_late_is_shared_with_the_month_it_belongs_to(shared: Books) -> None:
    """£4.17 is £2.61 and £1.56; twice that, £8.34, is £5.21 and £3.13."""
    shared.visits(*care(10))
    shared.month_end(OCTOBER)
    assert stands(shared) == {"southgate": 261, "northvale": 156}
    shared.visits(*care(10, name="LATE"), name="late.csv")
    shared.month_end(NOVEMBER)
    assert stands(shared) == {"southgate": 521, "northvale": 313}


def test_november_is_shared_by_itself(shared: Books) -> None:
    shared.visits(*care(10, 10, 10))
    shared.month_end(OCTOBER)
    shared.visits(*care(10, month="2026-11", name="N"), name="november.csv")
    shared.month_end(NOVEMBER)
    asked = shared.asked_for()
    assert (asked["2026-11|southgate|spot-P003"], asked["2026-11|northvale|spot-P003"]) == (261, 156)

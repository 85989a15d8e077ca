"""A payer that is invoiced every 4 weeks, in the same month ends as the others: charged as given, invoiced when its 4 weeks are over.

Southgate’s 4 weeks end on Sunday 18 October and 15 November 2026. It pays 60% of P003’s care at £25.00 an hour.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ringfence.actions.held_invoices import held_invoices
from ringfence.actions.month_accounts import accounts_at
from ringfence.actions.month_controls import control_totals
from ringfence.actions.month_end import prepare_month
from ringfence.actions.verifying import verify
from ringfence.actions.watching import watch_list
from tests.actions.exported_books import settings
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, by_delivery, refused, terms, visit

FOUR_WEEKS = terms("Four weeks", charged_time="nearest 15", cancelled_visits="as planned", funder_share="by line", invoiced_every="4 weeks",
                   invoiced_from="2026-09-21")


@pytest.fixture
def side_by_side(delivered: Books) -> Books:
    """Northvale pays its 40% of the same visits by months."""
    delivered.apply(settings())
    delivered.apply({"terms": [FOUR_WEEKS], "fundings": [by_delivery("P003", "southgate", share=60, terms="Four weeks")]})
    delivered.visits(visit("V-20", "P003", "2026-10-18", "08:00", "09:00", support="care"),
                     visit("V-21", "P003", "2026-10-19", "08:00", "09:00", support="care", row=3), name="more.csv")
    return delivered


def test_months_and_4_weeks_run_side_by_side_and_every_visit_is_asked_for_once(side_by_side: Books) -> None:
    plan = side_by_side.preview()
    assert all(each.agrees for each in control_totals(side_by_side.asha, plan))
    side_by_side.month_end()
    asked = side_by_side.asked_for()
    assert asked["2026-10|southgate|spot-P003|to 2026-10-18"] == 3_000 + 1_500
    assert asked["2026-10|northvale|spot-P003"] == 2_000 + 1_000 + 1_000
    assert side_by_side.balance("spot-P003", "due", "southgate") == 6_000, "The visit of 19 October is charged, and waits for its 4 weeks."
    assert held_invoices(side_by_side.asha) == (), "It waits for its day, and nothing holds it."
    side_by_side.month_end(NOVEMBER)
    assert side_by_side.asked_for()["2026-11|southgate|spot-P003|to 2026-11-15"] == 1_500
    assert verify(side_by_side.store, referee=True) == []


def test_the_draft_of_4_weeks_is_written_and_read_like_any_other(side_by_side: Books, tmp_path: Path) -> None:
    prepare_month(side_by_side.asha, OCTOBER, out=tmp_path)
    assert "draft-2026-10-southgate-spot-P003-to-2026-10-18.pdf" in {file.name for file in tmp_path.rglob("*.pdf")}


def test_what_is_in_4_weeks_that_are_not_over_is_accrued_income_of_its_month(side_by_side: Books) -> None:
    side_by_side.month_end()
    side_by_side.visits(visit("V-22", "P003", "2026-11-20", "08:00", "09:00", support="care"), name="november.csv")
    side_by_side.month_end(NOVEMBER)
    accrued = {each.payer: (each.income, each.accrued) for each in accounts_at(side_by_side.asha, NOVEMBER).schedule if each.fund == "spot-P003"}
    assert accrued == {"southgate": (1_500, 1_500), "northvale": (1_000, 0)}


def test_nobody_is_alarmed_by_4_weeks_that_are_not_over(side_by_side: Books) -> None:
    side_by_side.month_end()
    assert not [each for each in watch_list(side_by_side.asha).lines if "on no invoice" in each.what]



def test_4_weeks_without_a_first_day_are_refused(delivered: Books) -> None:
    said = {key: value for key, value in FOUR_WEEKS.items() if key != "invoiced_from"}
    assert any("is missing, and “invoiced_every” is “4 weeks”" in what for _, what in refused(delivered, {"terms": [said]}))

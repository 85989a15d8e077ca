"""A contribution that is collected every 4 weeks, as support is given: four weeks of it on each invoice, whatever the months do.

P003’s care costs £50.00 a visit, one visit each Monday: the NHS pays £20.00 of it and Southgate £30.00. Grace pays £10.00 a week off Southgate’s
part, and is invoiced for the 4 weeks from 5 October to 1 November, from 2 to 29 November, and so on. Worked by hand:

| | visits | NHS, by months | Southgate, by months | Grace, by 4 weeks |
|---|---|---|---|---|
| October | 4 (5, 12, 19, 26): £200.00 | £80.00 | £120.00 − £40.00 = £80.00 | nothing yet: her 4 weeks end on 1 November |
| November | 5 (2, 9, 16, 23, 30): £250.00 | £100.00 | £150.00 − £40.00 − £30.00 = £80.00 | £40.00 to 1 November, £40.00 to 29 November |

Of the 4 weeks from 30 November only one visit is given by then: Grace’s £40.00 are taken off Southgate’s £30.00 of it, and £10.00 off December’s.
"""

from __future__ import annotations

from datetime import date

import pytest

from basics.periods import Month
from ringfence.actions.debts_open import debts_open
from ringfence.actions.held_invoices import held_invoices
from ringfence.actions.month_controls import control_totals
from ringfence.actions.verifying import verify
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, refused, terms, visit
from tests.actions.test_contribution_models import contribution, says

DECEMBER = Month(2026, 12)
GRACES = terms("Grace", charged_time="nearest 15", cancelled_visits="as planned", funder_share="by line", invoiced_every="4 weeks",
               invoiced_from="2026-10-05")
EVERY_4_WEEKS = says("provider collects every 4 weeks", payment="net")


@pytest.fixture
def collected(agreed: Books) -> Books:
    agreed.apply({"terms": [GRACES]} | contribution(terms="Grace", **{"from": "2026-10-05"}) | EVERY_4_WEEKS)
    mondays(agreed, "10", 5, 12, 19, 26)
    return agreed


def mondays(books: Books, month: str, *days: int) -> None:
    books.visits(*(visit(f"V-{month}-{n:02}", "P003", f"2026-{month}-{n:02}", "09:00", "11:00", support="care") for n in days), name=f"{month}.csv")


def of_p003(books: Books, month: str) -> dict[str, int]:
    return {key.partition("|")[2].replace("|spot-P003", ""): pence for key, pence in books.asked_for().items()
            if key.startswith(f"{month}|") and "P003" in key}


def test_each_4_weeks_ask_for_four_weeks_of_it_and_the_others_for_the_rest(collected: Books) -> None:
    assert all(each.agrees for each in control_totals(collected.asha, collected.preview()))
    collected.month_end()
    assert of_p003(collected, "2026-10") == {"northvale": 8_000, "southgate": 8_000}
    assert collected.balance("spot-P003", "due", "grace") == 4_000, "Charged with October, and asked for when the 4 weeks are over."
    assert held_invoices(collected.asha) == ()
    mondays(collected, "11", 2, 9, 16, 23, 30)
    collected.month_end(NOVEMBER)
    assert of_p003(collected, "2026-11") == {"northvale": 10_000, "southgate": 8_000, "grace|to 2026-11-01": 4_000, "grace|to 2026-11-29": 4_000}
    mondays(collected, "12", 7, 14, 21, 28)
    collected.month_end(DECEMBER)
    assert of_p003(collected, "2026-12") == {"northvale": 8_000, "southgate": 12_000 - 1_000 - 3_000, "grace|to 2026-12-27": 4_000}
    assert verify(collected.store, referee=True) == []


def test_the_parts_of_each_visit_are_the_visit_to_the_penny(collected: Books) -> None:
    parts: dict[str, int] = {}
    for charge in collected.preview().charges:
        if charge.fund == "spot-P003":
            parts[charge.visit] = parts.get(charge.visit, 0) + charge.pence
    assert parts == dict.fromkeys(("V-10-05", "V-10-12", "V-10-19", "V-10-26"), 5_000)


def test_what_is_owed_is_what_her_invoices_ask_for(collected: Books) -> None:
    collected.month_end()
    mondays(collected, "11", 2, 9, 16, 23, 30)
    collected.month_end(NOVEMBER)
    with collected.store.reading() as connection:
        owed = debts_open(connection, date(2027, 1, 31))
    assert [each.open for each in owed.invoices.values() if each.payer == "grace"] == [4_000, 4_000]
    assert collected.balance("spot-P003", "due", "grace") == 4_000 + 4_000 + 3_000, "With the visit of 30 November, which waits for its 4 weeks."
    october, november = (collected.statement("spot-P003", month) for month in (OCTOBER, NOVEMBER))
    assert (october.given_total_pence, november.given_total_pence) == (20_000, 25_000)
    assert (october.money.closing_pence, november.money.closing_pence) == (-20_000, -45_000), "Nobody has paid yet: who owes it changes nothing."


def test_a_late_visit_finds_the_contribution_of_its_4_weeks_paid_already(collected: Books) -> None:
    collected.month_end()
    collected.visits(visit("V-LATE", "P003", "2026-10-27", "09:00", "11:00", support="care"), name="late.csv")
    collected.month_end(NOVEMBER)
    assert of_p003(collected, "2026-11") == {"northvale": 2_000, "southgate": 3_000, "grace|to 2026-11-01": 4_000}


def test_it_is_never_more_than_the_councils_part_of_the_4_weeks(agreed: Books) -> None:
    """One visit in the 4 weeks: Southgate’s part is £30.00."""
    agreed.apply({"terms": [GRACES]} | contribution(terms="Grace", **{"from": "2026-10-05"}) | EVERY_4_WEEKS)
    mondays(agreed, "10", 12)
    agreed.month_end()
    agreed.month_end(NOVEMBER)
    assert of_p003(agreed, "2026-10") == {"northvale": 2_000}
    assert of_p003(agreed, "2026-11") == {"grace|to 2026-11-01": 3_000}


def test_each_sum_counts_by_its_own_days_where_it_rises_within_the_4_weeks(agreed: Books) -> None:
    """19 October to 15 November: 13 days at £10.00 a week are £18.57, 15 days at £14.00 are £30.00."""
    before = contribution(terms="Grace", **{"from": "2026-10-19", "to": "2026-10-31"})
    after = contribution(terms="Grace", **{"from": "2026-11-01", "weekly_pounds": "14.00"})["fundings"]
    agreed.apply({"terms": [GRACES | {"invoiced_from": "2026-10-19"}]} | before | {"fundings": [*before["fundings"], *after]} | EVERY_4_WEEKS)
    mondays(agreed, "10", 19, 26)
    agreed.month_end()
    mondays(agreed, "11", 2, 9)
    agreed.month_end(NOVEMBER)
    assert of_p003(agreed, "2026-11")["grace|to 2026-11-15"] == 1_857 + 3_000


def test_terms_that_go_back_to_months_do_not_fit_it(agreed: Books) -> None:
    """From November Grace would be invoiced by months again, within the days of her funding."""
    back = {key: said for key, said in GRACES.items() if key not in ("invoiced_every", "invoiced_from")} | {"from": "2026-11-01"}
    (_, what), = refused(agreed, {"terms": [GRACES, back]} | contribution(terms="Grace", **{"from": "2026-10-05"}) | EVERY_4_WEEKS)[:1]
    assert what.endswith("it would be asked for month by month, as support is given.")

"""A price agreed late also changes visits charged by their length: what the band leaves of their time is at that price.

Peggy’s (P004) terms price 30 minutes at £15.90 and 45 minutes at £20.35; the rest of a visit is at £24.00 an hour. In October, by hand:

| visit | minutes | at £24.00 an hour | at £25.50 an hour | |
|---|---|---|---|---|
| V-6 | 60 | £20.35 + 15 min £6.00 = £26.35 | £20.35 + £6.375 = £26.73 | 38p more |
| B-1 | 45 | £20.35 | £20.35 | the band is filled: it does not change |
| B-2 | 40 | £15.90 + 10 min £4.00 = £19.90 | £15.90 + £4.25 = £20.15 | 25p more |
"""

from __future__ import annotations

from typing import Any

import pytest

from ringfence.actions.crediting import credit_notes
from ringfence.actions.old_prices import old_prices
from ringfence.actions.verifying import verify
from ringfence.store import registry
from tests.actions.provider_books import NOVEMBER, Books, by_delivery, rate, refused, terms, visit

WHY = "The price from 1 October, agreed on 18 November"
OLD = rate("outreach-hour", "24.00", "2026-04-01", "2026-09-30")
NEW = rate("outreach-hour", "25.50", "2026-10-01", "2027-03-31")
BANDS = [{"minutes": 30, "rate": "band-30"}, {"minutes": 45, "rate": "band-45"}]
BAND_RATES = [rate("band-30", "15.90", "2026-02-01", "2027-03-31", per="visit"), rate("band-45", "20.35", "2026-02-01", "2027-03-31", per="visit")]


def by_length(**more: Any) -> dict[str, Any]:
    return terms("By length", charged_time="nearest 5", cancelled_visits="as planned", across_midnight="start day",
                 prices=[{"rate": "outreach-hour", "bands": BANDS}], **more)


@pytest.fixture
def banded(delivered: Books) -> Books:
    """October issued, with Peggy’s visits charged by their length."""
    delivered.apply({"terms": [by_length()], "rates": BAND_RATES, "fundings": [by_delivery("P004", "peggy", terms="By length")]})
    delivered.visits(visit("B-1", "P004", "2026-10-14", "10:00", "10:45"), visit("B-2", "P004", "2026-10-15", "10:00", "10:40"), name="more.csv")
    delivered.month_end()
    assert delivered.asked_for()["2026-10|peggy|spot-P004"] == 2_635 + 2_035 + 1_990
    return delivered


def repriced(code: str = "outreach-hour", correction: str = "VR-1", **changed: str) -> dict[str, str]:
    return {"correction": correction, "rate": code, "from": "2026-10-01", "to": "2026-10-31", "on": "2026-11-20", "words": WHY, **changed}


def old_prices_of(books: Books) -> list[str]:
    with books.store.reading() as connection:
        return [str(each) for each in old_prices(connection, registry.agreements(connection))]


def of_peggy(books: Books) -> list[int]:
    return [note.pence for note in credit_notes(books.asha) if note.funder == "peggy"]


def test_the_rest_of_a_banded_visit_is_charged_anew_at_the_new_price(banded: Books) -> None:
    banded.apply({"rates": [OLD, NEW], "visits_repriced": [repriced()]})
    assert of_peggy(banded) == [2_635 + 1_990], "The visit that fills its band costs what it did, and is left."
    banded.month_end(NOVEMBER)
    record, = (each for each in banded.invoices().values() if each.key == "2026-11|peggy|spot-P004")
    assert [(each.before_pence, each.now_pence, each.why) for each in record.adjustments] == [(4_625, 2_673 + 2_015, WHY)]
    assert banded.balance("spot-P004", "due", "peggy") == 2_673 + 2_035 + 2_015
    assert verify(banded.store, referee=True) == []


def test_a_price_given_before_is_found_as_well(banded: Books) -> None:
    banded.apply({"rates": [OLD, NEW]})
    told, = (each for each in old_prices_of(banded) if "length" in each)
    assert told.startswith("rate outreach-hour, October 2026: £46.25 of support is charged by the length of a visit, and the price of the rest of "
                           "its time has changed (8 to 15 October 2026). Have it charged anew with an apply file (“visits_repriced”)")
    banded.apply({"visits_repriced": [repriced()]})
    assert of_peggy(banded) == [4_625]
    banded.month_end(NOVEMBER)
    assert old_prices_of(banded) == []
    assert "is charged at another price" in refused(banded, {"visits_repriced": [repriced(correction="VR-2")]})[0][1]


def test_only_the_days_that_are_named_are_charged_anew(banded: Books) -> None:
    banded.apply({"rates": [OLD, NEW], "visits_repriced": [repriced(**{"from": "2026-10-09"})]})
    assert of_peggy(banded) == [1_990]


def test_a_band_and_the_rate_of_the_rest_may_change_in_one_file(banded: Books) -> None:
    """45 minutes become £21.00: V-6 is £21.00 + £6.38 = £27.38 (£27.375), B-1 £21.00."""
    dearer = [rate("band-45", "20.35", "2026-02-01", "2026-09-30", per="visit"), rate("band-45", "21.00", "2026-10-01", "2027-03-31", per="visit")]
    banded.apply({"rates": [OLD, NEW, *dearer],
                  "visits_repriced": [repriced(), repriced("band-45", "VR-2", words="Bands agreed with it")]})
    assert of_peggy(banded) == [2_635 + 2_035 + 1_990]
    banded.month_end(NOVEMBER)
    assert banded.asked_for()["2026-11|peggy|spot-P004"] == 2_738 + 2_100 + 2_015
    assert verify(banded.store, referee=True) == []


def test_a_visit_that_cannot_be_charged_anew_is_named_and_keeps_its_charge(banded: Books) -> None:
    """Since then the terms have lost their shortest band: 40 minutes have no price, and 60 have."""
    later = by_length() | {"prices": [{"rate": "outreach-hour", "bands": BANDS[1:]}, {"rate": "other", "bands": BANDS[:1]}]}
    banded.apply({"terms": [later], "rates": [rate("other", "1.00", "2026-02-01", "2027-03-31")]})
    content = {"rates": [OLD, NEW], "visits_repriced": [repriced()]}
    told, = (each for each in banded.prepare(content).said if each.startswith("Not charged anew"))
    assert told.startswith("Not charged anew: visit B-2 of carer C1 stays at its old price. A visit of 40 minutes is shorter than every band")
    banded.apply(content)
    assert of_peggy(banded) == [2_635]


def test_of_two_carers_each_banded_visit_is_found(banded: Books) -> None:
    banded.visits(visit("B-3", "P004", "2026-11-03", "10:00", "11:00", carers=2),
                  visit("B-3", "P004", "2026-11-03", "10:00", "11:00", carer="C2", carers=2), name="two.csv")
    banded.month_end(NOVEMBER)
    banded.apply({"rates": [OLD, NEW], "visits_repriced": [repriced(to="2026-11-30")]})
    assert sum(of_peggy(banded)) == 4_625 + 2 * 2_635

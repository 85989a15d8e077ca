"""Fees on the page of offers and on the trustees' page: recorded by finance, read by a trustee who is offered no box, and a name is only words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.books import add_user, open_books
from ringfence.actions.desk import books
from ringfence.actions.fees import FeeTyped, fees, payers_of_fees, record_fee
from ringfence.actions.rights import Role
from tests.screens.conftest import Open, html_of, text_of

BOXES = {"before": "Before, £", "asked": "Asked", "offered": "Offered", "agreed": "Agreed", "a_year": "a-year"}


def asha() -> Acting:
    return Acting(books(), "asha", datetime.now(UTC))


@pytest.fixture
def with_trustee(books_file: Path) -> Path:
    store = open_books(str(books_file), key=None)
    add_user(store, "tess", added_by="asha", at=datetime.now(UTC), roles=[Role.TRUSTEE])
    store.close()
    return books_file


def fill(page: AppTest, key: str = "new", **said: str) -> AppTest:
    """The boxes of the form as somebody fills them in."""
    for name, text in said.items():
        page.text_input(key=f"fee-{BOXES.get(name, name)}-{key}").set_value(text)
    return page.run()


def test_finance_records_a_fee_and_a_trustee_reads_it_on_both_pages_without_a_box(open_page: Open, with_trustee: Path) -> None:
    page = open_page("offers")
    assert "None is kept yet" in text_of(page)
    page = fill(page, service="<b>Outreach</b>", before="22.00", asked="9.5%", offered="23.00", people="24", a_year="5,200")
    text = text_of(page.button(key="fee-record-new").click().run())
    fee, = fees(asha())
    assert f"Recorded: {fee.named}. Trustees read it from now on." in text
    this_month = {"month": str(Month.of(asha().today))}
    for seen in (open_page("offers", user="tess"), open_page("trustees", user="tess", **this_month)):
        assert f"{fee.named} {fee.told} £22.00 £24.09 £23.00 – £5,668.00" in text_of(seen)
        assert "<b>Outreach" not in html_of(seen)
        assert not [each for each in (*seen.button, *seen.text_input) if str(each.key).startswith("fee-")]


def test_a_fee_is_opened_with_what_stands_changed_and_taken_away(open_page: Open) -> None:
    page = open_page("offers")
    payer = payers_of_fees(asha())[0]
    record_fee(asha(), FeeTyped(payer.reference, "Day support", asha().today, asked="1,200.00", people=12))
    page = page.run()
    named = next(each for each in page.selectbox(key="fee-which").options if "Day support" in each)
    page = page.selectbox(key="fee-which").select(named).run()
    key = f"{payer.reference}-Day support-{asha().today}"
    assert page.text_input(key=f"fee-Asked-{key}").value == "1200.00"
    assert page.text_input(key=f"fee-service-{key}").disabled
    page = fill(page, key, agreed="1,150.00")
    page = page.button(key=f"fee-record-{key}").click().run()
    assert "An agreed fee and the day from which it counts belong together." in text_of(page)
    page.date_input(key=f"fee-from-{key}").set_value(asha().today)
    page = page.run().button(key=f"fee-record-{key}").click().run()
    assert [each.agreed and each.agreed.plain for each in fees(asha())] == ["1150.00"]
    page = page.selectbox(key="fee-which").select(named).run()
    assert "Taken away:" in text_of(page.button(key=f"fee-away-{key}").click().run())
    assert fees(asha()) == []


def test_what_cannot_be_read_or_may_not_stand_there_is_said_and_stays_typed(open_page: Open) -> None:
    page = fill(open_page("offers"), service="Outreach", asked="lots", people="four")
    assert "“four” is not a number." in text_of(page)
    assert page.button(key="fee-record-new").disabled
    page = fill(page, people="4")
    text = text_of(page.button(key="fee-record-new").click().run())
    assert "“lots” is not an amount of money." in text
    assert "A fee for fewer than 5 people could tell about one of them, and trustees read it." in text
    assert page.text_input(key="fee-Asked-new").value == "lots"
    assert fees(asha()) == []

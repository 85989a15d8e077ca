"""The audit pack on a fund’s page: the months that are over, and the address of the zip."""

from __future__ import annotations

from tests.screens.conftest import Open, html_of, text_of


def test_the_button_asks_for_the_months_that_are_chosen(open_page: Open) -> None:
    page = open_page("fund", fund="isf-P007")
    page.selectbox(key="pack-from").set_value("July 2026")
    page.selectbox(key="pack-to").set_value("September 2026")
    page = page.run()
    assert "Make the audit pack, July 2026 to September 2026" in text_of(page)
    assert 'href="/documents/audit-pack/isf-P007/2026-07-01/2026-09-30.zip"' in html_of(page)


def test_months_in_the_wrong_order_are_told_and_no_button_is_drawn(open_page: Open) -> None:
    page = open_page("fund", fund="isf-P007")
    page.selectbox(key="pack-from").set_value("September 2026")
    page.selectbox(key="pack-to").set_value("July 2026")
    page = page.run()
    assert "The last month is before the first. Change one of the two." in text_of(page)
    assert "/documents/audit-pack" not in html_of(page)


def test_a_fund_that_is_nobodys_has_no_audit_pack(open_page: Open) -> None:
    assert "Audit pack" not in text_of(open_page("fund", fund="reserve-NORTHSHORE-2026"))

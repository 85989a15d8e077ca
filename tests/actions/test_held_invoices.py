"""An invoice whose payer’s rule is not met is drafted and held, with the reason and who must act; everything else is issued. What was held is
asked for once nothing holds it any more: nothing is billed twice, and nothing is lost.

In October Southgate pays 60% and Northvale 40% of P003’s hour with two carers at £25.00; Peggy pays £24.00 for P004.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from invoicing.drafts import Draft
from ringfence.actions.debtors import debtors
from ringfence.actions.invoice_list import list_invoices
from ringfence.actions.month_accounts import accounts_at
from ringfence.actions.month_controls import control_totals
from ringfence.actions.month_end import lock_month
from ringfence.actions.verifying import verify
from tests.actions.exported_books import ready
from tests.actions.provider_books import DECEMBER, NOVEMBER, OCTOBER, Books, by_delivery, terms, visit

IN_DECEMBER = datetime(2026, 12, 1, 9, tzinfo=UTC)
NEEDED: dict[str, Any] = {"terms": [terms("Spot", charged_time="nearest 15", cancelled_visits="as planned", funder_share="by line"),
                                    terms("Ordered", charged_time="nearest 15", cancelled_visits="as planned", funder_share="by line",
                                          order_number_needed=True)],
                          "fundings": [by_delivery("P003", "southgate", share=60, terms="Ordered")]}


def given(books: Books, **changed: Any) -> None:
    books.apply({"fundings": [by_delivery("P003", "southgate", share=60, terms="Ordered", **changed)]})


@pytest.fixture
def ordered(delivered: Books) -> Books:
    """Southgate needs an order number, and gave none."""
    delivered.apply(NEEDED)
    return delivered


def test_one_payer_without_an_order_number_holds_its_own_invoice_and_not_the_month(ordered: Books) -> None:
    plan = ordered.preview()
    held, = plan.held
    assert (held.draft.funder, held.draft.pence, held.record.number_words) == ("southgate", 3_000, "")
    reason, = held.reasons
    assert (reason.what, reason.who) == ("Southgate Council needs an order number for the fund spot-P003, and none is given.", "Southgate Council")
    assert "with the funding" in reason.to_do
    assert plan.not_ready == ()
    assert all(each.agrees for each in control_totals(ordered.asha, plan))
    ordered.month_end()
    assert {key: pence for key, pence in ordered.asked_for().items() if "spot" in key} == {
        "2026-10|northvale|spot-P003": 2_000, "2026-10|peggy|spot-P004": 2_400}
    assert ordered.balance("spot-P003", "due", "southgate") == 3_000, "It is charged, and due, though nobody was asked for it."
    assert verify(ordered.store, referee=True) == []


def test_what_was_held_is_asked_for_with_the_next_month_once_the_number_is_there(ordered: Books) -> None:
    ordered.month_end()
    ordered.visits(visit("V-9", "P003", "2026-11-04", "08:00", "09:00", support="care"), name="november.csv")
    given(ordered, order_number="SG-1")
    plan = ordered.preview(NOVEMBER)
    assert plan.held == ()
    assert all(each.agrees for each in control_totals(ordered.asha, plan))
    ordered.month_end(NOVEMBER)
    assert ordered.asked_for()["2026-11|southgate|spot-P003"] == 3_000 + 1_500
    numbers = [each.number for each in list_invoices(ordered.asha)]
    assert sorted(numbers) == list(range(min(numbers), max(numbers) + 1)), "Numbers stay without a gap."
    ordered.at = IN_DECEMBER
    assert {each.funder for each in ordered.preview(DECEMBER).drafts if isinstance(each, Draft)} == set(), "It is asked for once."
    assert verify(ordered.store, referee=True) == []


def test_what_is_held_for_months_is_lost_in_none(ordered: Books) -> None:
    for month in (OCTOBER, NOVEMBER):
        ordered.month_end(month)
    ordered.at = IN_DECEMBER
    held, = ordered.preview(DECEMBER).held
    assert held.draft.pence == 3_000
    given(ordered, order_number="SG-1")
    ordered.month_end(DECEMBER)
    assert ordered.asked_for()["2026-12|southgate|spot-P003"] == 3_000
    assert verify(ordered.store, referee=True) == []


def test_a_month_is_locked_with_invoices_that_are_held(ordered: Books) -> None:
    ordered.month_end()
    lock_month(ordered.asha, OCTOBER)
    ordered.month_end(NOVEMBER)
    lock_month(ordered.asha, NOVEMBER)
    given(ordered, order_number="SG-1")
    ordered.month_end(DECEMBER)
    assert ordered.asked_for()["2026-12|southgate|spot-P003"] == 3_000


def test_support_that_is_held_and_put_right_is_asked_for_as_it_stands(ordered: Books) -> None:
    ordered.month_end()
    ordered.apply({"visits_corrected": [{"correction": "VC-1", "visit": "V-5", "carer": "C2", "on": "2026-11-20", "taken_back": True,
                                         "words": "Only one carer came"}]})
    given(ordered, order_number="SG-1")
    ordered.month_end(NOVEMBER)
    assert ordered.asked_for()["2026-11|southgate|spot-P003"] == 1_500
    assert verify(ordered.store, referee=True) == []


def test_an_instalment_is_held_too_and_comes_with_a_later_month(delivered: Books) -> None:
    delivered.apply({"terms": [terms("Block", order_number_needed=True)]})
    plan = delivered.preview()
    assert {(each.draft.key, len(each.reasons)) for each in plan.held} == {("SG-2026|1|southgate", 3)}, "P001, P002 and what is kept."
    delivered.month_end()
    delivered.apply({"terms": [terms("Block", order_number_needed=False)]})
    delivered.month_end(NOVEMBER)
    assert {key for key in delivered.asked_for() if key.endswith("|southgate") and key.startswith("SG")} == {
        "SG-2026|1|southgate", "SG-2026|2|southgate"}
    assert verify(delivered.store, referee=True) == []


def test_the_digest_that_is_approved_names_what_is_held(ordered: Books) -> None:
    before = ordered.preview().digest
    given(ordered, order_number="SG-1")
    assert ordered.preview().digest != before


def ordered_for(books: Books, **said: Any) -> None:
    books.apply({"orders": [{"person": "P003", "fund": "spot", "funder": "southgate", "number": "PO-7", "from": "2026-10-01",
                             "to": "2026-10-31", **said}]})


def test_support_outside_the_days_of_an_order_is_held_and_the_rest_is_invoiced(ordered: Books) -> None:
    ordered_for(ordered, to="2026-10-10")
    ordered.visits(visit("V-8", "P003", "2026-10-20", "08:00", "10:00", support="care"), name="more.csv")
    plan = ordered.preview()
    held, = plan.held
    assert held.draft.pence == 3_000
    assert [each.what for each in held.reasons] == [
        "No order of Southgate Council covers support for the fund spot-P003 on 20 October 2026: order PO-7 ends on 10 October 2026."]
    record, = (each for each in plan.invoices if each.bill_to == "Southgate Council" and each.key.startswith("2026-10"))
    assert (record.order_number, record.total_pence) == ("PO-7", 3_000)
    ordered.month_end()
    ordered.apply({"orders": [{"person": "P003", "fund": "spot", "funder": "southgate", "number": "PO-8", "from": "2026-10-11",
                               "to": "2027-03-31"}]})
    ordered.month_end(NOVEMBER)
    assert ordered.asked_for()["2026-11|southgate|spot-P003"] == 3_000
    assert ordered.invoices()[max(ordered.invoices())].order_number in ("PO-8", "")
    assert verify(ordered.store, referee=True) == []


def test_nothing_is_asked_for_beyond_the_sum_of_an_order(ordered: Books) -> None:
    ordered_for(ordered, pounds="29.99")
    held, = ordered.preview().held
    assert [each.what for each in held.reasons] == [
        "Order PO-7 of Southgate Council for the fund spot-P003 is for £29.99. £0.00 is invoiced, and this asks for £30.00 more."]
    ordered_for(ordered, pounds="30.00", to="2026-11-30")
    ordered.month_end()
    ordered.visits(visit("V-9", "P003", "2026-11-04", "08:00", "09:00", support="care"), name="november.csv")
    held, = ordered.preview(NOVEMBER).held
    assert "£30.00 is invoiced, and this asks for £15.00 more." in held.reasons[0].what


def test_a_payer_who_needs_its_own_reference_is_sent_no_invoice_without_it(ordered: Books) -> None:
    given(ordered, order_number="SG-1")
    ordered.apply({"terms": [terms("Ordered", charged_time="nearest 15", cancelled_visits="as planned", funder_share="by line",
                                   person_reference_needed=True)]})
    held, = ordered.preview().held
    assert [each.what for each in held.reasons] == [
        "Southgate Council needs its own reference for the person of the fund spot-P003, and it is not known."]
    ordered.apply({"payer_references": [{"person": "P003", "funder": "southgate", "reference": "88213", "from": "2026-10-01"}]})
    plan = ordered.preview()
    assert plan.held == ()
    assert "Person P003, your reference 88213" in {each.person_words for each in plan.invoices}


def test_what_is_held_is_income_that_is_accrued_and_nobodys_debt(ordered: Books) -> None:
    """The other invoices of October are issued in November, and accrued no more."""
    ready(ordered)
    ordered.month_end(NOVEMBER)
    found = accounts_at(ordered.asha, NOVEMBER)
    accrued = {each.payer: each.accrued for each in found.schedule if each.fund == "spot-P003"}
    assert accrued == {"southgate": 3_000, "northvale": 0}
    assert sum(each.pence for each in found.journal) == 0
    southgate, = (each for each in debtors(ordered.asha).debtors if each.payer == "southgate")
    of_fund, = (each.debt for each in southgate.people if each.fund == "spot-P003")
    assert (of_fund.not_invoiced, of_fund.open_pence) == (3_000, 0)


def test_a_person_needs_no_order_number_for_what_they_pay_themselves(ordered: Books) -> None:
    ordered.apply({"fundings": [by_delivery("P004", "peggy", terms="Ordered")]})
    assert {each.draft.funder for each in ordered.preview().held} == {"southgate"}

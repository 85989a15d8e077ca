"""The alarms of billing, and the Ombudsman's findings about charges for care, each shown where it cannot pass unseen.

The findings are those of the Local Government and Social Care Ombudsman's reports on charging: hours that were not received, days without a
service, corrections without a reason, no invoices for months and then a pile, nothing reconciled, attendance entered late, commissioned hours
that were not delivered.
"""

from __future__ import annotations

from datetime import UTC, datetime

from basics.periods import Month
from invoicing.alarms import patterns_stopped
from ringfence.actions.crediting import credit_notes
from ringfence.actions.reconciling import reconciliations
from ringfence.actions.verifying import verify
from ringfence.actions.visits import visit_told
from ringfence.actions.watching import watch_list
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, bank_line, part, visit

PAID = ("council", "fund")
FOUR = [Month(2026, n) for n in (7, 8, 9, 10)]


def billing(books: Books) -> list[str]:
    return [line.what for line in watch_list(books.asha).lines if line.matter == "Billing"]


def test_a_payer_who_was_asked_every_month_and_then_for_none_is_told() -> None:
    assert patterns_stopped({PAID: FOUR[:3]}, FOUR[3]) == [PAID]
    assert patterns_stopped({PAID: FOUR}, FOUR[3]) == []
    assert patterns_stopped({PAID: FOUR[1:3]}, FOUR[3]) == [], "two months are no pattern"


def test_nobody_is_charged_more_hours_than_they_received(issued: Books) -> None:
    """An hour was recorded and 45 minutes were given: it is credited, and charged anew by the time that was given."""
    issued.apply({"visits_corrected": [{"correction": "VC-1", "visit": "V-6", "carer": "C1", "on": "2026-11-20", "words": "The log says 14:45",
                                        "now": {"end": "14:45"}}]})
    issued.month_end(NOVEMBER)
    assert [note.pence for note in credit_notes(issued.asha)] == [2_400]
    assert issued.asked_for()["2026-11|peggy|spot-P004"] == 1_800
    assert visit_told(issued.asha, "V-6").explained[0].pence == 1_800


def test_a_day_without_a_service_is_not_charged(delivered: Books) -> None:
    """A cancelled visit under terms that do not charge it, and a planned day of which nothing is recorded at all."""
    delivered.visits(visit("V-50", "P001", "2026-10-19", "09:00", "11:00", cancelled=True), name="more.csv")
    days = {str(charge.support_on) for charge in delivered.preview(OCTOBER).charges if charge.fund == "isf-P001"}
    assert "2026-10-19" not in days
    assert "2026-10-26" not in days


def test_a_correction_says_before_now_and_why(issued: Books) -> None:
    issued.apply({"visits_corrected": [{"correction": "VC-1", "visit": "V-2", "carer": "C1", "on": "2026-11-20", "words": "The carer left early",
                                        "now": {"end": "11:00"}}]})
    issued.month_end(NOVEMBER)
    said = " ".join(str(each) for each in issued.statement("isf-P001", NOVEMBER).corrections)
    assert "The carer left early" in said
    assert [version.said["end"] for version in visit_told(issued.asha, "V-2").versions] == ["12:00", "11:00"]


def test_months_without_invoices_do_not_become_a_pile(delivered: Books) -> None:
    """A month is never run before the one ahead of it has gone out; one that is only locked says what was not charged in it."""
    assert billing(delivered) == []
    delivered.month_end()
    delivered.visits(visit("V-60", "P004", "2026-10-22", "14:00", "15:00"), name="late.csv")
    assert "October 2026 is closed, and support that was given in it is not charged: 1 visit." in billing(delivered)


def test_attendance_that_is_entered_late_is_told(issued: Books) -> None:
    issued.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    issued.visits(visit("V-60", "P004", "2026-10-22", "14:00", "15:00"), name="late.csv")
    assert "1 visit of October 2026 came in after it was issued, the last on 20 November 2026." in billing(issued)
    issued.month_end(NOVEMBER)
    assert issued.asked_for()["2026-11|peggy|spot-P004"] == 2_400, "it stands on the next invoice, at the price of its own day"


def test_commissioned_hours_that_were_not_delivered_are_told_where_they_were_invoiced(agreed: Books) -> None:
    """The block contract asks for October of everybody; only P002 had support."""
    agreed.visits(visit("V-3", "P002", "2026-10-06", "10:00", "11:30"))
    agreed.month_end()
    told = [what for what in billing(agreed) if "no support is recorded for those days" in what]
    assert len(told) == 2, "what the council and she herself pay for Amina"
    assert all("1 to 31 October 2026" in what for what in told)


def test_support_that_is_charged_by_delivery_always_stands_on_an_invoice_and_in_a_statement(issued: Books) -> None:
    assert billing(issued) == []
    assert verify(issued.store, referee=True) == []


def test_books_that_were_never_reconciled_say_so(issued: Books) -> None:
    issued.apply({"bank_lines": [bank_line("B-1", "2026-10-05", "100.00", parts=[part("isf-P001", "100.00", funder="southgate")])]})
    assert reconciliations(issued.asha).is_overdue

"""The alarms of billing, and the Ombudsman's findings about charges for care, each shown where it cannot pass unseen.

The findings are those of the Local Government and Social Care Ombudsman's reports on charging: hours that were not received, days without a
service, corrections without a reason, no invoices for months and then a pile, nothing reconciled, attendance entered late, commissioned hours
that were not delivered.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from basics.periods import Month
from invoicing.alarms import patterns_stopped
from isf.entries import Event
from ringfence.actions.crediting import credit_notes
from ringfence.actions.overview import overview_of
from ringfence.actions.reconciling import reconciliations
from ringfence.actions.verifying import verify
from ringfence.actions.visits import visit_told
from ringfence.actions.watching import watch_list
from ringfence.actions.watching_billing import billing_lines, not_asked_for_lines
from ringfence.importing.visits import VisitRow
from ringfence.store import batches, months
from ringfence.store import billing as billing_store
from ringfence.store.ledger import Ledger
from tests.actions.provider_books import ASHA, NOVEMBER, OCTOBER, Books, agreements, bank_line, part, terms, undone, visit

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
    told, = issued.statement("isf-P001", NOVEMBER).corrections
    assert (told.before_pence, told.after_pence, told.why) == (7_200, 4_800, "The carer left early")
    assert [version.said["end"] for version in visit_told(issued.asha, "V-2").versions] == ["12:00", "11:00"]


def test_months_without_invoices_do_not_become_a_pile(delivered: Books) -> None:
    """A month is never run before the one ahead of it has gone out; one that is only locked says what was not charged in it."""
    assert billing(delivered) == []
    delivered.month_end()
    delivered.visits(visit("V-60", "P004", "2026-10-22", "14:00", "15:00"), name="late.csv")
    assert "October 2026 is closed, and support that was given in it is not charged: 1 visit." in billing(delivered)


def test_months_that_nobody_ran_are_told_late_with_the_day_on_which_the_first_ended(delivered: Books) -> None:
    """The first page tells October from the day after it ended; once November has ended too, it stands on the watch list and is late."""
    delivered.at = datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert overview_of(delivered.asha).months_waiting == (OCTOBER,)
    assert billing(delivered) == []
    delivered.at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert overview_of(delivered.asha).months_waiting == (OCTOBER, NOVEMBER)
    late, = (each for each in watch_list(delivered.asha).lines if each.what.startswith("Nobody has run"))
    assert (late.what, late.since, late.is_late) == (
        "Nobody has run the month end of October 2026, which ended on 31 October 2026, nor of November 2026.", date(2026, 10, 31), True)
    delivered.month_end()
    assert overview_of(delivered.asha).months_waiting == (NOVEMBER,)
    assert not any(what.startswith("Nobody has run") for what in billing(delivered))


def test_instalments_that_nobody_asked_for_wait_though_no_support_was_recorded(agreed: Books) -> None:
    assert overview_of(agreed.asha).months_waiting == (OCTOBER,)


def test_books_in_which_there_is_nothing_to_run_wait_for_nothing(peopled: Books) -> None:
    assert overview_of(peopled.asha).months_waiting == ()


def test_attendance_that_is_entered_late_is_told(issued: Books) -> None:
    issued.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    issued.visits(visit("V-60", "P004", "2026-10-22", "14:00", "15:00"), name="late.csv")
    assert "1 visit of October 2026 came in after it was issued, the last on 20 November 2026." in billing(issued)
    issued.month_end(NOVEMBER)
    assert issued.asked_for()["2026-11|peggy|spot-P004"] == 2_400, "it stands on the next invoice, at the price of its own day"


def test_commissioned_hours_that_were_not_delivered_are_told_where_they_were_invoiced(agreed: Books) -> None:
    """The block contract asks for October of everybody; only P002 had support, an hour and a half of the 17 h 42 m that were agreed."""
    agreed.visits(visit("V-3", "P002", "2026-10-06", "10:00", "11:30"))
    reviewed = [str(problem) for problem in agreed.preview().warnings]
    assert any("£1,000.00 is asked for 1 to 31 October 2026, and no support is recorded for those days." in each for each in reviewed)
    assert any("£800.00 is asked for 1 to 31 October 2026, and 1 h 30 m of the 17 h 42 m agreed for those days were given." in each
               for each in reviewed)
    agreed.month_end()
    told = [what for what in billing(agreed) if "1 to 31 October 2026" in what]
    assert len([each for each in told if each.endswith("and no support is recorded for those days.")]) == 2, "the council’s part and her own"
    assert [each for each in told if "1 h 30 m of the" in each]


def test_half_of_what_was_invoiced_is_not_told_at_once(agreed: Books) -> None:
    """P002 had nine hours: more than half of what was agreed. Three months of that would be told."""
    agreed.visits(*(visit(f"V-{day}", "P002", f"2026-10-{day:02d}", "10:00", "13:00") for day in (6, 13, 20)))
    assert not [each for each in agreed.preview().warnings if each.place == "isf-P002"]
    agreed.month_end()
    assert not [each for each in watch_list(agreed.asha).lines if each.fund == "isf-P002" and each.matter == "Billing"]


def test_support_that_is_charged_by_delivery_always_stands_on_an_invoice_and_in_a_statement(issued: Books) -> None:
    assert not [what for what in billing(issued) if "on no invoice" in what or "no statement" in what]
    assert verify(issued.store, referee=True) == []


def test_support_on_no_invoice_and_a_fund_without_a_statement_are_told_whatever_went_wrong(issued: Books) -> None:
    """No month end leaves either behind; so November is closed here by hand, with two charges that nobody asked for or stated."""
    issued.visits(visit("N-1", "P001", "2026-11-01", "09:00", "10:00"), visit("N-2", "P004", "2026-11-01", "14:00", "15:00"), name="november.csv")
    charges = [charge for charge in issued.preview(NOVEMBER).charges if charge.visit in ("N-1", "N-2")]
    with undone(issued.store) as connection:
        batch = batches.open_batch(connection, kind="by hand", key="november", digest="0" * 64, prepared_by=ASHA,
                                   recorded_at=issued.asha.recorded_at, body="")
        events = [Event(each.key, "visit", each.fund, "", each.plan_line_id) for each in charges]
        ids = Ledger(connection, batch, issued.asha.recorded_at).write_events(events)
        billing_store.add_charges(connection, charges, ids, batch)
        months.close(connection, NOVEMBER, months.ISSUED, batch)
        told = [line.what for line in (*not_asked_for_lines(connection, {}), *billing_lines(connection, {}, {}))]
    assert "Support of November 2026 is charged and on no invoice: 1 visit." in told
    assert "Support of November 2026 is charged, and the fund has no statement for it." in told


def cut_short(reason: str = "") -> VisitRow:
    """An hour was planned at midday, and forty minutes were given."""
    return visit("V-70", "P004", "2026-10-15", "12:00", "12:40", planned=60, reason=reason)


def test_time_that_differs_from_the_plan_without_a_reason_is_told_in_the_review_and_afterwards(agreed: Books) -> None:
    agreed.visits(cut_short())
    words = "he time given is not the time planned, and no reason is recorded (20 m between them)."
    assert f"October 2026, 1 visit: T{words}" in " ".join(map(str, agreed.preview().warnings))
    agreed.month_end()
    assert f"October 2026, 1 visit: t{words}" in billing(agreed)


def test_a_reason_is_all_that_is_asked_for(agreed: Books) -> None:
    agreed.visits(cut_short("She asked the carer to go"))
    assert "no reason is recorded" not in " ".join(map(str, agreed.preview().warnings))


@pytest.mark.parametrize(("end", "told"), [("12:40", "by the rule of rounding that was agreed: 5 minutes"), ("12:45", "")])
def test_more_time_charged_than_given_is_told_before_it_is_charged(agreed: Books, end: str, told: str) -> None:
    """Peggy is charged to the nearest 15 minutes."""
    agreed.visits(visit("V-70", "P004", "2026-10-15", "12:00", end))
    found = [each.what for each in agreed.preview().warnings if each.what.startswith("More time is charged")]
    assert found == ([f"More time is charged than was given, {told}."] if told else [])
    agreed.month_end()
    assert "more than was given" not in " ".join(billing(agreed)), "what rounding adds is told once"


def test_a_night_that_is_charged_as_planned_and_was_cut_short_cannot_pass_unseen(agreed: Books) -> None:
    agreed.apply({"terms": [terms("Spot", **{"from": "2026-10-10"}, nights="as planned", cancelled_visits="as planned", funder_share="by line")]})
    agreed.visits(visit("N-1", "P004", "2026-10-15", "22:00", "03:00", planned=540, reason="She went to hospital"))
    found, = (each for each in agreed.preview().warnings if each.what.startswith("More time is charged"))
    assert str(found).startswith("visit N-1, carer C1: More time is charged than was given, and no rule of rounding adds so much: 240 minutes.")
    agreed.month_end()
    assert "1 visit of October 2026 charged for 4 h more than was given: N-1." in billing(agreed)


def test_two_carers_in_one_row_that_the_terms_multiply_are_no_more_time_than_was_given(agreed: Books) -> None:
    agreed.apply({"terms": [terms("Spot", **{"from": "2026-10-10"}, carers="count multiplies", funder_share="by line")]})
    agreed.visits(visit("V-80", "P003", "2026-10-14", "08:00", "09:00", support="care", carers=2))
    plan = agreed.preview()
    assert sum(charge.minutes for charge in plan.charges if charge.visit == "V-80") == 120
    assert not [each for each in plan.warnings if each.what.startswith("More time is charged")]
    agreed.month_end()
    assert "more than was given" not in " ".join(billing(agreed))


def test_people_who_share_a_visit_are_charged_together_for_the_time_that_was_given(agreed: Books) -> None:
    rows = [visit("V-90", person, "2026-10-14", "10:00", "11:00") for person in ("P001", "P002")]
    agreed.visits(*rows)
    assert not [each for each in agreed.preview().warnings if each.what.startswith("More time is charged")]
    agreed.month_end()
    assert "more than was given" not in " ".join(billing(agreed))


def test_a_payer_whose_pattern_stops_is_told_before_the_month_is_issued(peopled: Books) -> None:
    """Peggy is asked from July to September, and nothing has come in of October."""
    peopled.apply(agreements())
    for n in (7, 8, 9):
        peopled.visits(visit(f"V-{n}", "P004", f"2026-{n:02d}-08", "14:00", "15:00"), name=f"{n}.csv")
        peopled.month_end(Month(2026, n))
    stopped = "was asked for support every month before October 2026, and would be asked for none of it."
    assert any(each.place == "spot-P004" and each.what.endswith(stopped) for each in peopled.preview().warnings)
    peopled.visits(visit("V-10", "P004", "2026-10-08", "14:00", "15:00"), name="10.csv")
    assert not any(each.what.endswith(stopped) for each in peopled.preview().warnings)


def test_a_payer_whose_pattern_stopped_is_told_once_the_month_has_gone_out(peopled: Books) -> None:
    peopled.apply(agreements())
    for n in (7, 8, 9, 10):
        if n < 10:
            peopled.visits(visit(f"V-{n}", "P004", f"2026-{n:02d}-08", "14:00", "15:00"), name=f"{n}.csv")
        peopled.month_end(Month(2026, n))
    assert [what for what in billing(peopled) if what.endswith("was asked for support every month before October 2026, and for none in it.")]


def test_what_is_open_of_closed_months_stands_in_the_review_of_the_next(issued: Books) -> None:
    issued.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    issued.visits(visit("V-60", "P004", "2026-10-22", "14:00", "15:00"), name="late.csv")
    reviewed = " ".join(map(str, issued.preview(NOVEMBER).warnings))
    assert "came in after it was issued" in reviewed
    assert "V-60" in {charge.visit for charge in issued.preview(NOVEMBER).charges}
    assert "is closed, and support that was given in it is not charged" not in reviewed, "this run charges it"
    assert "is asked for 1 to 30 November 2026" not in reviewed, "what did not come of November is told once it is over"
    issued.at = datetime(2026, 12, 2, 9, tzinfo=UTC)
    assert "is asked for 1 to 30 November 2026" in " ".join(map(str, issued.preview(NOVEMBER).warnings))


def test_books_that_were_never_reconciled_say_so(issued: Books) -> None:
    issued.apply({"bank_lines": [bank_line("B-1", "2026-10-05", "100.00", parts=[part("isf-P001", "100.00", funder="southgate")])]})
    assert reconciliations(issued.asha).is_overdue


def test_a_month_that_is_not_over_says_so_before_it_is_issued(delivered: Books) -> None:
    said = "It is not over: it ends on 31 October 2026."
    assert said not in {each.what for each in delivered.preview().warnings}
    delivered.at = datetime(2026, 10, 31, 20, tzinfo=UTC)
    assert said in {each.what for each in delivered.preview().warnings}

"""What a month asks each funder for, and that nothing is asked for twice."""

from dataclasses import replace
from datetime import date

import pytest

from basics.errors import InputError
from basics.periods import Month, Period
from invoicing.drafts import DraftLine, InstalmentLine, ScheduleRow, draft_instalments, draft_invoices
from tests.invoicing.support_records import TERMS, agreed, charged, funding, line, pence, price, visit

MARCH, JUNE = Month(2026, 3), Month(2026, 6)
GO_LIVE = date(2026, 6, 1)
COUNCIL = agreed()
SHARED = agreed(plan=(line(funder=None),), fundings=(funding(percent="50"), funding(funder="icb", percent="50")))


def row(n=1, *, invoice_on=date(2026, 6, 1), parts=(("fund-A", "council", 100), ("fund-B", "council", 50))):
    return ScheduleRow("block", n, Period(date(2026, 6, 1), date(2026, 6, 28)), invoice_on, date(2026, 7, 1), parts)


def test_a_draft_is_for_one_funder_and_one_person():
    by = agreed(plan=(line(), line("P002", number=2)), fundings=(funding(), funding("fund-P002"), funding("fund-P002", "icb")))
    drafts = draft_invoices(charged(visit("V1"), visit("V2", "P002"), visit("V3"), by=by), MARCH)
    assert [(draft.key, draft.funder, draft.fund, draft.pence) for draft in drafts] == [
        ("2026-03|council|fund-P001", "council", "fund-P001", 4880), ("2026-03|council|fund-P002", "council", "fund-P002", 2440)]


def test_funders_who_share_support_are_asked_apart():
    drafts = draft_invoices(charged(visit(), by=SHARED), MARCH)
    assert [(draft.funder, draft.pence, len(draft.lines)) for draft in drafts] == [("council", 1220, 1), ("icb", 1220, 1)]


def test_late_visits_of_earlier_months_come_first_in_the_order_of_their_days():
    days = (date(2026, 3, 12), date(2026, 2, 20), date(2026, 1, 5), date(2026, 3, 2))
    draft, = draft_invoices(charged(*(visit(f"V{n}", day=day) for n, day in enumerate(days)), by=COUNCIL), MARCH)
    assert [one.support_on for one in draft.lines] == sorted(days)
    assert draft.period == Period(date(2026, 1, 5), date(2026, 3, 12))


def test_a_line_carries_what_its_charge_says():
    charge, = charged(visit(), by=COUNCIL)
    draft, = draft_invoices([charge], MARCH)
    assert draft.lines == (DraftLine(charge.key, charge.support_on, 60, 0, charge.pounds, 2440, "fund-P001"),)


def test_the_lines_of_a_draft_add_to_it():
    charges = charged(*(visit(f"V{n}", minutes=20 + n) for n in range(30)), by=COUNCIL)
    draft, = draft_invoices(charges, MARCH)
    assert draft.pence == sum(one.pence for one in draft.lines) == pence(charges)


def test_support_of_later_months_waits():
    assert draft_invoices(charged(visit(day=date(2026, 4, 1)), by=COUNCIL), MARCH) == []


def test_support_under_a_schedule_raises_no_invoice():
    assert draft_invoices(charged(visit(), by=agreed(fundings=(funding(how="schedule"),))), MARCH) == []


def test_support_at_no_price_is_not_asked_for():
    assert draft_invoices(charged(visit(), by=agreed(rates=(price("0"),))), MARCH) == []


def test_a_charge_is_never_asked_for_twice():
    charges = charged(visit(), by=COUNCIL)
    with pytest.raises(InputError, match=r"The charge V1\|A\|P001\|P001\|council\|2026-03-12 stands twice"):
        draft_invoices(charges * 2, MARCH)


def test_a_charge_that_nobody_pays_is_not_drafted_in_silence():
    charge, = charged(visit(), by=COUNCIL)
    with pytest.raises(InputError, match="names no funder"):
        draft_invoices([charge._replace(funder=None)], MARCH)


def instalments(*rows, month=JUNE, invoiced=frozenset(), live_from=GO_LIVE):
    return draft_instalments(rows, month, invoiced=invoiced, live_from=live_from)


def test_an_instalment_is_drafted_once_for_each_funder_with_a_line_for_each_fund():
    parts = (("fund-B", "council", 50), ("fund-A", "person", 9), ("fund-A", "council", 100))
    drafts = instalments(row(parts=parts))
    assert [(draft.key, draft.pence, draft.lines) for draft in drafts] == [
        ("block|1|council", 150, (InstalmentLine("fund-A", 100), InstalmentLine("fund-B", 50))),
        ("block|1|person", 9, (InstalmentLine("fund-A", 9),))]


def test_none_or_two_instalments_in_a_month_are_normal():
    rows = (row(1), row(2, invoice_on=date(2026, 6, 29)), row(3, invoice_on=date(2026, 8, 3)))
    assert [draft.n for draft in instalments(*rows)] == [1, 2]
    assert instalments(rows[2], month=Month(2026, 7)) == []


def test_an_instalment_that_an_earlier_month_left_out_is_drafted_now():
    assert [draft.n for draft in instalments(row(1), month=Month(2026, 8))] == [1]


def test_an_instalment_that_was_asked_for_is_not_asked_for_again():
    both = (("fund-A", "council", 100), ("fund-A", "person", 9))
    assert [draft.funder for draft in instalments(row(parts=both), invoiced={("block", 1, "council")})] == ["person"]


def test_instalments_before_the_books_went_live_are_opening_figures_and_not_drafts():
    assert instalments(row(invoice_on=date(2026, 5, 31))) == []


def test_a_fund_without_a_part_has_no_line():
    assert [draft.lines for draft in instalments(row(parts=(("fund-A", "council", 100), ("fund-B", "council", 0))))] == [
        (InstalmentLine("fund-A", 100),)]


@pytest.mark.parametrize(("rows", "what"), [
    ((row(1), row(1)), r"The instalment block\|1 stands twice"),
    ((row(parts=(("fund-A", "council", 100), ("fund-A", "council", 50))),), r"The part block\|1\|fund-A\|council stands twice")])
def test_an_instalment_or_a_part_of_it_never_stands_twice(rows, what):
    with pytest.raises(InputError, match=what):
        instalments(*rows)


def test_the_order_of_the_rows_moves_no_draft():
    rows = (row(1), row(2, invoice_on=date(2026, 6, 29)))
    assert instalments(*rows) == instalments(*reversed(rows))
    charges = charged(visit("V1"), visit("V2", day=date(2026, 3, 2)), by=SHARED)
    assert draft_invoices(charges, MARCH) == draft_invoices(charges[::-1], MARCH)


def test_terms_do_not_stop_a_draft():
    bare = agreed(terms=(replace(TERMS, vat=None, days_to_pay=None, order_number_needed=True),))
    assert len(draft_invoices(charged(visit(), by=bare), MARCH)) == 1

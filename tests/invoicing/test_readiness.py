"""What stops a draft from being issued."""

from dataclasses import replace
from datetime import date

import pytest

from basics.periods import Month, Period
from invoicing.drafts import ScheduleRow, draft_instalments, draft_invoices
from invoicing.readiness import not_ready
from tests.invoicing.support_records import TERMS, YEAR, agreed, charged, funding, line, visit

MARCH = Month(2026, 3)
DRAFT, = draft_invoices(charged(visit(), by=agreed()), MARCH)
ROW = ScheduleRow("block", 1, Period(date(2026, 3, 1), date(2026, 3, 28)), date(2026, 3, 1), date(2026, 3, 31),
                  (("fund-P001", "council", 100), ("fund-P002", "council", 50)))
INSTALMENT, = draft_instalments([ROW], MARCH, invoiced=(), live_from=YEAR.first)


def said(draft, **changed):
    by = agreed(fundings=(funding(), funding("fund-P002")), terms=(replace(TERMS, **changed),))
    return [str(problem) for problem in not_ready([draft], by)]


@pytest.mark.parametrize("draft", [DRAFT, INSTALMENT])
def test_a_draft_of_which_all_is_known_may_be_issued(draft):
    assert said(draft) == []


@pytest.mark.parametrize("draft", [DRAFT, INSTALMENT])
def test_nothing_is_issued_while_the_vat_is_unknown(draft):
    assert said(draft, vat=None) == [
        f"draft {draft.key}: The terms “usual” do not say how VAT stands (vat), so nothing can be issued under them. "
        "Give vat, with its reason, in an apply file."]


def test_an_invoice_for_deliveries_needs_the_days_to_pay_and_an_instalment_brings_its_own_day():
    assert said(DRAFT, days_to_pay=None) == [
        "draft 2026-03|council|fund-P001: The terms “usual” do not say how many days there are to pay (days_to_pay), so nothing can be "
        "issued under them. Give days_to_pay in an apply file."]
    assert said(INSTALMENT, days_to_pay=None) == []


def test_a_draft_without_a_funding_or_without_terms_is_told():
    assert [problem.what for problem in not_ready([DRAFT], agreed(fundings=()))] == [
        "No funding covers the fund fund-P001 for council on 12 March 2026."]
    assert [problem.what for problem in not_ready([DRAFT], agreed(terms=()))] == ["The terms “usual” say nothing for 12 March 2026."]


def test_one_gap_in_the_terms_is_told_once_for_all_the_drafts_it_stops():
    people = tuple(f"P{number:03d}" for number in range(7))
    by = agreed(plan=tuple(line(person, number=number) for number, person in enumerate(people)),
                fundings=tuple(funding(f"fund-{person}") for person in people), terms=(replace(TERMS, vat=None),))
    drafts = draft_invoices(charged(*(visit(f"V{person}", person) for person in people), by=by), MARCH)
    problem, = not_ready(drafts, by)
    assert problem.place.startswith("7 drafts: 2026-03|council|fund-P000, ")
    assert problem.place.endswith(" and 2 more")

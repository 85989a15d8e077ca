"""The review of a month end: what differs from last month and why, and totals that are reached by two ways."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from basics.errors import NotAllowed, Refused
from basics.money import Money
from basics.periods import Month
from ringfence.actions import month_run
from ringfence.actions.invoice_list import list_invoices
from ringfence.actions.month_controls import controls_of
from ringfence.actions.month_differences import Asked, Charged, MonthAmounts, by_fund, by_payer
from ringfence.actions.month_end import prepare_month
from ringfence.actions.month_review import MonthReview
from ringfence.actions.month_standing import closed_months, first_open_month, month_standing
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, bank_line, visit


def review(books: Books, month: Month) -> MonthReview:
    return month_run.review(books.asha, None, month=month)


def november(books: Books) -> None:
    books.visits(visit("N-1", "P001", "2026-11-03", "09:00", "15:00"), visit("N-2", "P004", "2026-11-05", "14:00", "16:30"),
                 name="november.csv")


def charged(fund: str = "isf-P001", *, code: str = "outreach-hour", per: str = "hour", pounds: str = "24.00", visits: int = 1, minutes: int = 60,
            pence: int = 2400, funder: str = "southgate", how: str = "schedule") -> Charged:
    return Charged(fund, funder, how, code, per, Decimal(pounds), visits, minutes, pence)


def why(before: list[Charged], now: list[Charged]) -> str:
    (found,) = by_fund(MonthAmounts(before, ()), MonthAmounts(now, ()), {})
    return found.why


def test_a_review_says_what_the_preview_says_and_stores_nothing(delivered: Books) -> None:
    before, plan = delivered.everything(), delivered.preview()
    seen = review(delivered, OCTOBER)
    assert (seen.digest, seen.support_pence, seen.invoiced_pence) == (plan.digest, plan.support.pence, plan.invoiced.pence)
    assert (len(seen.invoices), len(seen.statements), seen.charges) == (len(plan.invoices), len(plan.statements), len(plan.charges))
    assert delivered.everything() == before


def test_a_draft_invoice_is_for_whom_the_issued_one_is(delivered: Books) -> None:
    drafts = sorted((one.payer, one.for_whom, one.period, one.pence) for one in review(delivered, OCTOBER).invoices)
    delivered.month_end(OCTOBER)
    assert drafts == sorted((one.payer, one.for_whom, str(one.period), one.pence) for one in list_invoices(delivered.asha))
    assert any("(P" in for_whom for _, for_whom, *_ in drafts)


def test_every_control_total_of_a_month_agrees(delivered: Books) -> None:
    seen = review(delivered, OCTOBER)
    assert seen.all_agree
    found = {control.what: (control.first, control.second) for control in seen.controls}
    assert found["Visits"] == ("8", "8")
    assert found["Support charged"] == ("£416.00", "£416.00")
    assert found["Instalments"] == ("£2,000.00", "£2,000.00")
    assert found["Invoices"] == ("£2,074.00", "£2,074.00")
    assert found["Paid for as it is given"] == ("£74.00", "£74.00")


@pytest.mark.parametrize(("what", "lost"), [
    ("Visits", "charges"), ("Support charged", "entries"), ("Paid for as it is given", "drafts"), ("Instalments", "drafts"),
    ("Support of people in the month", "statements"), ("Money held at the start", "")])
def test_a_control_total_differs_where_something_is_lost_on_the_way(delivered: Books, what: str, lost: str) -> None:
    plan = delivered.preview()
    wrong = replace(plan, **{lost: ()}) if lost else replace(plan, statements=tuple(
        replace(one, money=replace(one.money, opening_pence=one.money.opening_pence + 1)) for one in plan.statements))
    with delivered.asha.reading() as connection:
        found = {control.what: control.agrees for control in controls_of(connection, wrong)}
    assert not found[what]


def test_what_is_held_for_one_person_is_never_set_against_what_is_owed_for_another(delivered: Books) -> None:
    delivered.apply({"bank_lines": [bank_line("BK-1", "2026-10-06", "1,900.00", instalment={"contract": "SG-2026", "n": 1})]})
    delivered.month_end(OCTOBER)
    seen = review(delivered, NOVEMBER)
    held, owed = (next(one for one in seen.controls if one.what == what) for what in (
        "Money held at the start", "Owed at the start for support given"))
    openings = [one.money.opening_pence for one in delivered.preview(NOVEMBER).statements]
    assert held.first == held.second == str(Money(sum(pence for pence in openings if pence > 0)))
    assert owed.first == owed.second == str(Money(-sum(pence for pence in openings if pence < 0)))
    assert min(openings) < 0 < max(openings)


def test_openings_that_changed_places_do_not_agree_though_their_sum_does(issued: Books) -> None:
    plan = issued.preview(NOVEMBER)
    first, second = (one for one in plan.statements[:2])
    openings = {first.fund_key: second.money.opening_pence, second.fund_key: first.money.opening_pence}
    wrong = replace(plan, statements=tuple(
        replace(one, money=replace(one.money, opening_pence=openings.get(one.fund_key, one.money.opening_pence))) for one in plan.statements))
    with issued.asha.reading() as connection:
        found = next(one for one in controls_of(connection, wrong) if one.what == "Owed at the start for support given")
    assert (found.first == found.second, found.agrees) == (True, False)


def test_visits_that_are_held_back_are_told_apart_from_visits_that_are_lost(delivered: Books) -> None:
    delivered.visits(visit("X-1", "P005", "2026-10-20", "09:00", "10:00"), name="more.csv")
    seen = review(delivered, OCTOBER)
    control = next(one for one in seen.controls if one.what == "Visits")
    assert control.agrees
    assert control.second_words == "in all: 8 charged, 0 cancelled and not charged, 1 not charged yet"
    assert seen.problems


def test_the_first_month_has_nothing_to_be_compared_with(delivered: Books) -> None:
    seen = review(delivered, OCTOBER)
    assert seen.before is None
    assert {one.before_pence for one in (*seen.by_fund, *seen.by_payer)} == {0}


def test_differences_are_this_month_less_last_month_and_the_largest_comes_first(issued: Books) -> None:
    november(issued)
    seen = review(issued, NOVEMBER)
    october = issued.rows("SELECT f.key, sum(c.pence) FROM charge c JOIN fund f ON f.id = c.fund_id GROUP BY f.key")
    assert seen.before == OCTOBER
    assert {one.key: one.before_pence for one in seen.by_fund} == {key: int(pence) for key, pence in october}
    assert {one.key: one.now_pence for one in seen.by_fund if one.now_pence} == {"isf-P001": 14_400, "spot-P004": 6_000}
    assert sum(one.now_pence for one in seen.by_fund) == seen.support_pence
    assert [abs(one.pence) for one in seen.by_fund] == sorted((abs(one.pence) for one in seen.by_fund), reverse=True)


def test_payers_are_compared_by_what_they_are_asked_for(issued: Books) -> None:
    november(issued)
    seen = review(issued, NOVEMBER)
    assert sum(one.now_pence for one in seen.by_payer) == seen.invoiced_pence
    assert sum(one.before_pence for one in seen.by_payer) == sum(issued.asked_for().values())
    peggy = next(one for one in seen.by_payer if one.key == "peggy")
    assert (peggy.name, peggy.before_pence, peggy.now_pence, peggy.why) == ("Margaret Ellis", 2_400, 6_000, "1 h 30 m more.")


def test_a_difference_says_why_where_the_books_can() -> None:
    assert why([charged()], [charged(minutes=90, pence=3600)]) == "30 m more."
    assert why([charged(minutes=90)], [charged()]) == "30 m less."
    assert why([charged()], [charged(pounds="25.50", pence=2550)]) == "The rate “outreach-hour” is now £25.50, it was £24.00."
    assert why([], [charged()]) == "New: nothing was charged the month before."
    assert why([charged()], []) == "Nothing is charged this month."
    night = charged(code="sleep-in", per="night", minutes=0, visits=3)
    assert why([night], [replace(night, visits=1)]) == "2 nights fewer."
    assert why([charged()], [charged()]) == ""


def test_a_night_that_two_payers_share_is_one_night() -> None:
    first = charged(code="sleep-in", per="night", minutes=0, visits=2)
    assert why([first, replace(first, funder="northvale")], [replace(first, visits=3)]) == "1 night more."


def test_a_payer_with_more_instalments_than_last_month_is_told() -> None:
    one, two = Asked("southgate", "SG-2026", 1, 100), Asked("southgate", "SG-2026", 2, 200)
    (found,) = by_payer(MonthAmounts((), [one]), MonthAmounts((), [two]), {"southgate": "Southgate Council"})
    assert (found.name, found.pence, found.why) == ("Southgate Council", 100, "2 instalments, and 1 the month before.")


def test_where_a_month_stands_is_in_the_books(delivered: Books, tmp_path: Path) -> None:
    assert first_open_month(delivered.asha) == OCTOBER
    before = month_standing(delivered.asha, OCTOBER)
    assert (before.is_open, before.prepared, before.papers, before.visits) == (True, None, None, 8)
    prepared = month_run.prepare(delivered.asha, None, month=OCTOBER, out=tmp_path, hold_back=False)
    after = month_standing(delivered.ben, OCTOBER)
    assert after.prepared is not None
    assert (after.prepared.by, after.prepared.digest, after.prepared.approved_by) == ("asha", prepared.review.digest, "")
    assert not after.is_issued


def test_an_issued_month_says_who_approved_it_and_which_documents_were_written(delivered: Books, tmp_path: Path) -> None:
    digest = prepare_month(delivered.asha, OCTOBER, None).digest
    done = month_run.issue(delivered.ben, None, month=OCTOBER, digest=digest, out=tmp_path)
    standing = month_standing(delivered.asha, OCTOBER)
    assert standing.prepared is not None
    assert standing.papers is not None
    assert (standing.prepared.approved_by, standing.seal, standing.is_open) == ("ben", done.seal, False)
    assert (standing.papers.invoices, standing.papers.statements, standing.papers.files, standing.papers.files_in_all) == (5, 4, 13, 13)
    assert standing.papers.invoiced_pence == 207_400
    assert first_open_month(delivered.asha) == NOVEMBER
    (closed,) = closed_months(delivered.asha)
    assert (closed.month, closed.approved_by, closed.invoices, closed.invoiced_pence, closed.is_locked) == (OCTOBER, "ben", 5, 207_400, False)


def test_issuing_again_writes_the_same_documents_and_says_so(issued: Books, tmp_path: Path) -> None:
    digest = month_standing(issued.asha, OCTOBER).prepared
    assert digest is not None
    done = month_run.issue(issued.ben, None, month=OCTOBER, digest=digest.digest, out=tmp_path)
    assert (done.again, done.written, done.set_aside) == (True, 13, ())


def test_a_locked_month_says_who_locked_it(issued: Books) -> None:
    month_run.lock(issued.asha, None, month=OCTOBER)
    standing = month_standing(issued.asha, OCTOBER)
    assert (standing.locked_by, closed_months(issued.asha)[0].is_locked) == ("asha", True)


def test_refusals_are_those_of_the_month_end(delivered: Books, tmp_path: Path) -> None:
    delivered.visits(visit("X-1", "P005", "2026-10-20", "09:00", "10:00"), name="more.csv")
    with pytest.raises(Refused):
        month_run.prepare(delivered.asha, None, month=OCTOBER, out=tmp_path, hold_back=False)
    prepared = month_run.prepare(delivered.asha, None, month=OCTOBER, out=tmp_path, hold_back=True)
    assert Money(prepared.review.support_pence) == Money(41_600)
    with pytest.raises(NotAllowed, match="somebody else"):
        month_run.issue(delivered.asha, None, month=OCTOBER, digest=prepared.review.digest, out=tmp_path)

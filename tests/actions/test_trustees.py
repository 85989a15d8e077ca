"""The trustees' page: the figures of other pages added up, read without a name, and few never counted."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from basics.errors import InputError, NotAllowed
from basics.money import Money
from basics.periods import Month
from invoicing.aged_debt import Bucket
from isf.trustees import FEWEST_SHOWN, NOT_SHOWN, Count, TrusteesPage, shown
from isf.watch import Matter
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.books import add_user
from ringfence.actions.debtors import debtors
from ringfence.actions.overview import overview_of
from ringfence.actions.reconciling import propose_reconciliation, reconcile
from ringfence.actions.rights import Role
from ringfence.actions.subsidies import register
from ringfence.actions.trustees import Paper, keep_paper, paper_of, trustees_page
from ringfence.actions.trustees_lines import LINES, OF_HOW_MANY, lines_of
from ringfence.actions.watching import watch_list
from tests.actions.provider_books import NAMES, OCTOBER, Books

LAST = OCTOBER.last


def trustee(books: Books) -> Acting:
    add_user(books.store, "tess", added_by="asha", at=books.at, roles=[Role.TRUSTEE])
    return Acting(books.store, "tess", books.at)


def test_a_trustee_reads_the_figures_that_other_pages_show(issued: Books) -> None:
    page = trustees_page(trustee(issued), OCTOBER)
    held, day = reconcile(issued.asha, LAST, Money(0)), debtors(issued.asha, LAST)
    said = {each.key: each.now for each in page.lines}
    assert said["must_be_held"] == Money(held.must_be_held_pence)
    assert (said["held"], said["earned"]) == (Money(held.held_pence), Money(held.earned_pence))
    assert (said["overspend"], said["overspent"]) == (Money(held.borne_pence), Count(0, "fund"))
    assert said["with_provider"] == Money(held.with_provider_pence)
    assert said["debts"] == Money(day.open_pence)
    assert said["debts_over_90"] == Money(day.total(Bucket.OVER_90))
    assert said["below_cost_year"] == register(issued.asha, LAST).per_year
    watched = [each for each in watch_list(issued.asha, LAST).lines if each.matter is Matter.SURPLUS]
    assert (said["surplus"], said["surpluses"]) == (Money(sum(each.pence or 0 for each in watched)), Count(len(watched), "fund"))
    assert page.month == OCTOBER
    assert page.on == LAST
    assert page.before == date(2026, 9, 30)
    today = trustees_page(issued.asha, Month.of(issued.at.date()))
    assert today.of("owed").now == Money(overview_of(issued.asha).owed_for_support_pence)


def test_without_a_month_it_is_the_last_closed_one_and_before_any_the_present(agreed: Books, issued: Books) -> None:
    assert trustees_page(issued.asha).month == OCTOBER
    assert trustees_page(agreed.asha).month == Month.of(agreed.at.date())
    assert trustees_page(agreed.asha).of("given").now == "Not charged yet"


def test_the_month_before_is_what_its_own_page_says(issued: Books) -> None:
    now, before = trustees_page(issued.asha, OCTOBER), trustees_page(issued.asha, OCTOBER.previous)
    assert {each.key: each.before for each in now.lines} == {each.key: each.now for each in before.lines}


def test_free_cash_is_what_we_hold_less_what_is_peoples_wherever_it_lies(issued: Books) -> None:
    ours = Money(10_000_000)
    held = reconcile(issued.asha, LAST, Money(0))
    assert trustees_page(issued.asha, OCTOBER).of("free_cash").now is None
    assert trustees_page(issued.asha, OCTOBER, our_cash=ours).of("free_cash").now == ours - Money(held.must_be_held_pence + held.with_provider_pence)
    apart = reconcile(issued.asha, LAST, Money(held.expected_pence))
    approve(issued.ben, propose_reconciliation(issued.asha, apart))
    page = trustees_page(issued.asha, OCTOBER, our_cash=ours)
    assert page.of("free_cash").now == ours - Money(held.with_provider_pence)
    assert (page.of("bank").now, page.of("difference").now) == (Money(held.expected_pence), Money(0))
    assert page.of("reconciled").now == "31 October 2026"
    assert page.of("bank").before is None


def test_no_name_and_no_reference_stands_on_it_in_any_form(issued: Books, tmp_path: Path) -> None:
    page = trustees_page(trustee(issued), OCTOBER)
    said = " ".join(f"{each.what} {each.means} {shown(each.now)} {shown(each.before)}" for each in page.lines)
    assert [name for name in (*NAMES, *NAMES.values(), *(each.split()[0] for each in NAMES.values())) if name in said] == []
    assert [each.key for each in page.lines] == [key for key, *_ in LINES]
    assert paper_of(page, Paper.PDF).startswith(b"%PDF")
    assert paper_of(page, Paper.PDF) == paper_of(page, Paper.PDF)
    assert paper_of(page, Paper.WORKBOOK) == paper_of(page, Paper.WORKBOOK)
    keep_paper(page, tmp_path / "page.pdf")
    for name in ("page.pdf", "page.doc"):
        with pytest.raises(InputError, match=r"left as it is|ends in \.pdf or \.xlsx"):
            keep_paper(page, tmp_path / name)


def test_who_may_read_no_figures_and_a_month_to_come_are_refused(issued: Books) -> None:
    add_user(issued.store, "cora", added_by="asha", at=issued.at, roles=[Role.CO_ORDINATOR])
    with pytest.raises(NotAllowed, match="read figures without names"):
        trustees_page(Acting(issued.store, "cora", issued.at))
    with pytest.raises(InputError, match="still to come"):
        trustees_page(issued.asha, Month(2027, 1))


@given(st.integers(0, 40))
def test_a_count_of_few_is_never_told(of: int) -> None:
    count = Count(of, "fund")
    assert count.is_hidden == (0 < of < FEWEST_SHOWN)
    assert str(of) in str(count) or not of or count.is_hidden
    if count.is_hidden:
        assert str(count) == "Fewer than 5 funds"


@settings(max_examples=10)
@given(st.integers(0, 9), st.integers(0, 9))
def test_pounds_of_so_few_that_their_count_is_hidden_are_not_told_either(now: int, before: int) -> None:
    def said(count: int) -> dict[str, Money | Count]:
        return {key: Count(count, "fund") if key in OF_HOW_MANY.values() else Money(820_00) for key, *_ in LINES}

    lines = list(lines_of(said(now), said(before)))
    for line in lines:
        wanted = [NOT_SHOWN if line.key in OF_HOW_MANY and 0 < count < FEWEST_SHOWN else said(count)[line.key] for count in (now, before)]
        assert [line.now, line.before] == wanted
    written = load_workbook(BytesIO(paper_of(TrusteesPage("Us", OCTOBER, LAST, date(2026, 9, 30), tuple(lines)), Paper.WORKBOOK)))
    beside = {row[0].value: row[1].value for row in written.active.iter_rows()}
    assert all((beside[line.what] == NOT_SHOWN) == (0 < now < FEWEST_SHOWN) for line in lines if line.key in OF_HOW_MANY)

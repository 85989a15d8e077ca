"""Surplus by service at actual cost: only totals are kept, nothing of few people, and trustees read it without a name on one side of A4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from basics.errors import InputError, NotAllowed, Refused
from basics.money import Money
from basics.periods import Month, Period
from isf.fees import LONGEST_SERVICE, Fee, Per
from isf.few import FEWEST_SHOWN, NOT_SHOWN
from isf.service_surplus import OTHERS, ServiceSurplus, SurplusKept
from isf.trustees import Count, MeetingWords, TrusteesPage
from isf.trustees_tables import MOST_ON_PAPER, surplus_table, tables_of
from ringfence.actions.acting import Acting
from ringfence.actions.actual_cost import ActualBeside, actual_of_content, example_files
from ringfence.actions.books import add_user
from ringfence.actions.log import log_between
from ringfence.actions.rights import Right, Role
from ringfence.actions.service_totals import Accounts, keep_for_trustees, take_totals_away, totals_kept, what_would_be_kept
from ringfence.actions.trustees import Paper, paper_of, trustees_page
from ringfence.actions.trustees_words import LONGEST_WORDS
from ringfence.actions.verifying import verify
from ringfence.documents.trustees_workbook import SHEETS
from ringfence.store import told_trustees
from tests.actions.provider_books import NAMES, OCTOBER, Books

FILES = example_files()
WEEK = Period(date(2026, 10, 5), date(2026, 10, 11))
OUTREACH = ServiceSurplus("Outreach", 2715, Money(133_397), Money(105_737 + 28_510))
LIVING = ServiceSurplus("Supported living", 6510, Money(265_000), Money(237_290 + 18_000))


def beside(files: Mapping[str, bytes] = FILES, **changes: tuple[str, str]) -> ActualBeside:
    """The documented example, with a part of some files changed."""
    sent = dict(files)
    for name, (old, new) in changes.items():
        name = next(each for each in sent if each.startswith(name))
        sent[name] = sent[name].replace(old.encode(), new.encode())
    return actual_of_content(sent["actual.yaml"], "actual.yaml", sent)


EXAMPLE = beside()


def trustee(books: Books) -> Acting:
    add_user(books.store, "tess", added_by="asha", at=books.at, roles=[Role.TRUSTEE])
    return Acting(books.store, "tess", books.at)


def test_a_trustee_reads_what_each_service_left_over_of_which_days_and_who_kept_it(agreed: Books) -> None:
    tess = trustee(agreed)
    assert trustees_page(tess, OCTOBER).surplus is None
    for _ in range(2):
        keep_for_trustees(agreed.asha, EXAMPLE, EXAMPLE.accounts)
    assert trustees_page(tess, OCTOBER).surplus == SurplusKept(WEEK, (OUTREACH, LIVING), "asha", date(2026, 11, 2))
    assert (OUTREACH.surplus, LIVING.surplus) == (Money(-850), Money(9_710)), "the greatest loss first"
    assert trustees_page(tess, OCTOBER.previous).surplus is None, "it had not ended then"
    done = [each.about for each in log_between(agreed.asha) if each.did == "Kept totals by service for the trustees"]
    assert done == ["5 to 11 October 2026"], "saying the same again is nothing new"
    assert verify(agreed.store, referee=True) == []


def test_the_last_time_that_had_ended_stands_and_what_is_kept_later_of_it_takes_its_place(agreed: Books) -> None:
    keep_for_trustees(agreed.asha, EXAMPLE, EXAMPLE.accounts)
    dearer = {**EXAMPLE.accounts, "Outreach": Accounts(Money(100_000), Money(0))}
    keep_for_trustees(agreed.asha, EXAMPLE, dearer)
    assert trustees_page(agreed.asha, OCTOBER).surplus == totals_kept(agreed.asha, WEEK)
    later = replace(EXAMPLE, period=Period(date(2026, 10, 26), date(2026, 11, 1)))
    keep_for_trustees(agreed.asha, later, EXAMPLE.accounts)
    seen = trustees_page(agreed.asha, OCTOBER).surplus
    assert seen is not None
    assert (seen.period, seen.services[0].charged) == (WEEK, Money(100_000))
    november = trustees_page(agreed.asha, Month(2026, 11)).surplus
    assert november is not None
    assert november.period == later.period
    take_totals_away(agreed.asha, WEEK)
    assert trustees_page(agreed.asha, OCTOBER).surplus is None
    with pytest.raises(InputError, match="Nothing is kept"):
        take_totals_away(agreed.asha, WEEK)


def test_a_service_of_four_people_is_told_with_others_or_without_figures_and_none_of_it_is_kept(agreed: Books) -> None:
    small = beside(rota=("P005", "P004"))
    assert len(small.found.services[0].people) == FEWEST_SHOWN - 1
    kept = keep_for_trustees(agreed.asha, small, small.accounts)
    assert kept.services == (LIVING, ServiceSurplus(OTHERS, None, None, None))
    tess = trustee(agreed)
    with tess.reading(Right.FIGURES) as connection:
        body = str(told_trustees.kept(connection, told_trustees.BY_SERVICE))
    assert [each for each in ("Outreach", "133397", "105737", "134247", "2715", "'P0", "'W0", *NAMES, *NAMES.values()) if each in body] == []
    row = surplus_table(kept).rows[-1]
    assert (row.what, row.below, set(row.cells)) == (OTHERS, "Together of fewer than 5 people.", {"Not shown"})


def test_nothing_of_the_payroll_is_kept_but_totals_by_service(agreed: Books) -> None:
    keep_for_trustees(agreed.asha, EXAMPLE, EXAMPLE.accounts)
    with agreed.asha.reading(Right.FIGURES) as connection:
        body, = told_trustees.kept(connection, told_trustees.BY_SERVICE)
    assert set(body) == {"first", "last", "services", "by", "on"}
    assert [set(each) for each in body["services"]] == [{"service", "minutes", "charged", "cost"}] * 2


@pytest.mark.parametrize(("accounts", "says"), [
    ({}, "what it was charged"), ({"Outreach": Accounts(Money(1), None)}, "beside support staff"),
])
def test_a_blank_is_no_nil_and_all_that_nobody_said_is_told_at_once(agreed: Books, accounts: dict[str, Accounts], says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        keep_for_trustees(agreed.asha, EXAMPLE, accounts)
    assert {each.place for each in refused.value.problems} == {"Outreach", "Supported living"}
    with pytest.raises(Refused, match=says):
        what_would_be_kept(EXAMPLE, accounts)
    assert totals_kept(agreed.asha, WEEK) is None


def test_a_time_to_come_and_services_that_name_somebody_are_refused(agreed: Books) -> None:
    early = replace(agreed.asha, at=datetime(2026, 10, 9, 9, tzinfo=UTC))
    with pytest.raises(Refused, match="still to come"):
        keep_for_trustees(early, EXAMPLE, EXAMPLE.accounts)
    for name, says in ((f"{NAMES['P003']} at home", "no name stands"), ("W" * (LONGEST_SERVICE + 1), "Shorten it"), (OTHERS, "under this name")):
        called = beside(actual=("service: Outreach", f"service: {name}"), rota=(",Outreach,", f",{name},"), payroll=(",Outreach,", f",{name},"))
        with pytest.raises(Refused, match=says):
            keep_for_trustees(agreed.asha, called, called.accounts)
    assert totals_kept(agreed.asha, WEEK) is None


def test_only_finance_keeps_and_takes_away(agreed: Books) -> None:
    for role in (Role.TRUSTEE, Role.APPROVER, Role.AUDITOR, Role.CO_ORDINATOR, Role.ADMINISTRATOR):
        add_user(agreed.store, role.value, added_by="asha", at=agreed.at, roles=[role])
        with pytest.raises(NotAllowed):
            keep_for_trustees(Acting(agreed.store, role.value, agreed.at), EXAMPLE, EXAMPLE.accounts)
        with pytest.raises(NotAllowed):
            take_totals_away(Acting(agreed.store, role.value, agreed.at), WEEK)


FULL_FEE = Fee("X", "The Metropolitan Borough Council of a Long Name " * 9, "W" * LONGEST_SERVICE, Per.WEEK, Money(123_456_789), Money(133_456_789),
               date(2026, 1, 5), Money(123_456_789), Money(125_456_789), date(2026, 4, 1), 20, 52_000, "asha")


def fullest(page: TrusteesPage) -> TrusteesPage:
    """Everything that anybody may write, as long as it may be."""
    words = MeetingWords(("WHAT " * LONGEST_WORDS)[:LONGEST_WORDS], ("WANTED " * LONGEST_WORDS)[:LONGEST_WORDS], "a user of a long name", page.on)
    lines = tuple(replace(each, now="somebody on 30 September 2026; signed off by somebody else" if each.key == "reconciled_by"
                          else Count(FEWEST_SHOWN - 1, "fund"), before=NOT_SHOWN) for each in page.lines)
    services = tuple(ServiceSurplus(f"{n:02}{'M' * (LONGEST_SERVICE - 2)}", 1_234_567, Money(123_456_789), Money(133_456_789)) for n in range(30))
    kept = SurplusKept(Period(date(2026, 9, 14), page.on), services, "a user of a long name", page.on)
    return replace(page, words=words, lines=lines, surplus=kept,
                   fees=tuple(replace(FULL_FEE, service=f"{n:02}{FULL_FEE.service[2:]}") for n in range(30)))


def test_the_fullest_page_is_one_side_of_a4_and_the_workbook_has_what_the_paper_leaves_out(issued: Books) -> None:
    full = fullest(trustees_page(issued.asha, OCTOBER))
    file = pypdfium2.PdfDocument(paper_of(full, Paper.PDF))
    assert len(file) == 1
    printed = " ".join(file[0].get_textpage().get_text_range().split())
    assert f"{30 - MOST_ON_PAPER} more are in the app and in the workbook." in printed
    assert "Must be held for people" in printed
    assert "What those contracts come to" in printed, "the last line is not cut off"
    book = load_workbook(BytesIO(paper_of(full, Paper.WORKBOOK)))
    for name, table in zip(SHEETS, tables_of(full), strict=True):
        sheet = book[name]
        assert {each.what for each in table.rows} <= {row[0].value for row in sheet.iter_rows()}


def test_every_paper_says_the_figures_and_an_empty_table_says_why(issued: Books) -> None:
    page = replace(trustees_page(issued.asha, OCTOBER), surplus=SurplusKept(WEEK, (OUTREACH, LIVING), "asha", date(2026, 11, 2)),
                   fees=(replace(FULL_FEE, payer_name="Southgate Council", service="Outreach"),))
    file = pypdfium2.PdfDocument(paper_of(page, Paper.PDF))
    assert len(file) == 1
    printed = " ".join(file[0].get_textpage().get_text_range().split())
    for said in ("Outreach -£8.50 £1,333.97 £1,342.47 45 h 15 m", "5 to 11 October 2026, as asha kept it on 2 November 2026.",
                 "Southgate Council: Outreach", FULL_FEE.told, "£4,160,000,000.00", "Their whole sums, over all their days."):
        assert said in printed
    empty = " ".join(pypdfium2.PdfDocument(paper_of(replace(page, surplus=None, fees=()), Paper.PDF))[0].get_textpage().get_text_range().split())
    assert "Nothing is kept yet: a finance manager keeps it on Actual cost." in empty
    cells = [row[1].value for row in load_workbook(BytesIO(paper_of(page, Paper.WORKBOOK)))["Surplus by service"].iter_rows()]
    assert -8.5 in cells

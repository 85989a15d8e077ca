"""Invoices that are held, in the app: told beside the month that is issued without them, and on the page of invoices afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from basics.money import Money
from basics.periods import Month
from ringfence.actions import month_run
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import add_user, open_books
from ringfence.actions.held_invoices import held_invoices
from ringfence.actions.invoice_list import list_invoices
from ringfence.actions.month_end import approve_month, prepare_month
from ringfence.actions.rights import Role
from ringfence.screens.components.markup import how_many
from ringfence.screens.components.work import works
from ringfence.screens.month_buttons import key
from sample_data.agreements import TERMS
from tests.screens.conftest import Open, text_of

OCTOBER = Month(2026, 10)
MUST_ACT = "needs its own reference for the person of the fund"


def acting(books_file: Path, user: str = "asha") -> Acting:
    return Acting(open_books(str(books_file), key=None), user, datetime.now(UTC))


def test_what_is_held_is_told_with_the_reason_and_who_must_act(open_page: Open, books_file: Path) -> None:
    asha, ben = acting(books_file), acting(books_file, "ben")
    health = {**TERMS[2], "from": date(2026, 10, 1), "person_reference_needed": True}
    approve(ben, apply_content(asha, {"terms": [health]}, "health.yaml").digest)
    seen = month_run.review(asha, None, month=OCTOBER)
    assert seen.held
    assert seen.invoices
    page = open_page("month-end")
    next(each for each in page.button if each.label.startswith("Calculate")).click().run()
    work = works().of(key(OCTOBER))
    assert work is not None
    assert work.finished.wait(60)
    text = text_of(page.run())
    assert MUST_ACT in text
    assert f"held, {Money(seen.held_pence)}. The rest of the month is issued without" in text
    approve_month(ben, OCTOBER, prepare_month(asha, OCTOBER, None).digest, None)
    held = held_invoices(asha)
    assert sum(each.pence for each in held) == seen.held_pence
    listed = text_of(open_page("invoices"))
    assert MUST_ACT in listed
    assert all(f"{one.who} must act." in listed for each in held[:3] for one in each.reasons)


def with_one_ready(books_file: Path) -> int:
    """October issued without what the board’s own references are missing for; then the board needs none. What is ready, in pence."""
    asha, ben = acting(books_file), acting(books_file, "ben")
    for is_needed in (True, False):
        health = {**TERMS[2], "from": date(2026, 10, 1), "person_reference_needed": is_needed}
        approve(ben, apply_content(asha, {"terms": [health]}, "health.yaml").digest)
        if is_needed:
            approve_month(ben, OCTOBER, prepare_month(asha, OCTOBER, None).digest, None)
    return sum(each.pence for each in held_invoices(asha) if not each.reasons)


def test_what_is_ready_is_prepared_on_the_page_and_issued_once_another_approves(open_page: Open, books_file: Path) -> None:
    pence = with_one_ready(books_file)
    count, before = len(held_invoices(acting(books_file))), len(list_invoices(acting(books_file)))
    what = f"{how_many(count, 'invoice')}, {Money(pence)}"
    page = open_page("invoices")
    assert f"{count} of {count} {'is' if count == 1 else 'are'} ready: nothing holds" in text_of(page)
    assert "Order number:" in text_of(page), "What each asks for is read before it is prepared."
    next(each for each in page.button if each.label == f"Prepare to issue {what}").click().run()
    assert f"asha prepared the issue of {what}. It waits for another person to approve it." in text_of(page)
    assert not [each for each in page.button if each.label.startswith("Prepare to issue")]
    mine = open_page("approvals")
    assert "You prepared this, so somebody else must approve it" in text_of(mine)
    theirs = open_page("approvals", user="ben")
    assert "Issue an invoice that was held:" in text_of(theirs)
    theirs.button[0].click().run()
    assert held_invoices(acting(books_file)) == ()
    issued = list_invoices(acting(books_file))
    assert len(issued) == before + count
    assert sum(each.pence for each in issued if each.was_held) == pence
    opened = text_of(open_page("invoices", invoice=str(issued[0].number)))
    assert "Prepared by itself: it had been held" in opened
    assert "With the documents of" in opened


def test_who_may_not_prepare_reads_whose_it_is(open_page: Open, books_file: Path) -> None:
    with_one_ready(books_file)
    add_user(open_books(str(books_file), key=None), "uma", added_by="asha", at=datetime.now(UTC), roles=[Role.AUDITOR])
    page = open_page("invoices", user="uma")
    assert "only a finance manager may do this" in text_of(page)
    assert not [each for each in page.button if each.label.startswith("Prepare to issue")]

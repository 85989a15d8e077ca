"""Invoices that are held, in the app: told beside the month that is issued without them, and on the page of invoices afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from basics.money import Money
from basics.periods import Month
from ringfence.actions import month_run
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import open_books
from ringfence.actions.held_invoices import held_invoices
from ringfence.actions.month_end import approve_month, prepare_month
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

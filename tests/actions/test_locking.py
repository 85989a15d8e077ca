"""Locks: when a month may be closed for good, and how it is opened again."""

from __future__ import annotations

from pathlib import Path

import pytest

from basics.errors import NotAllowed, Refused
from basics.periods import Month
from ringfence.actions.applying import approve
from ringfence.actions.month_end import approve_month, lock_month, prepare_month, preview_month, reopen_month
from ringfence.actions.month_standing import closed_months, month_standing
from ringfence.actions.overview import waiting_for_approval
from tests.actions.provider_books import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    Books,
    bank_line,
    visit,
)


def test_a_locked_month_refuses_a_month_end(agreed: Books) -> None:
    lock_month(agreed.asha, SEPTEMBER)
    with pytest.raises(NotAllowed, match="September 2026 is closed"):
        preview_month(agreed.asha, SEPTEMBER)
    with pytest.raises(NotAllowed, match="September 2026 is closed"):
        prepare_month(agreed.asha, SEPTEMBER, None)
    with pytest.raises(NotAllowed, match="locked already"):
        lock_month(agreed.asha, SEPTEMBER)


def test_a_month_prepared_and_locked_since_is_not_approved(agreed: Books) -> None:
    digest = prepare_month(agreed.asha, SEPTEMBER, None).digest
    lock_month(agreed.asha, SEPTEMBER)
    with pytest.raises(NotAllowed, match="September 2026 is closed"):
        approve_month(agreed.ben, SEPTEMBER, digest, None)


def test_a_month_with_support_that_is_not_charged_is_not_locked(delivered: Books) -> None:
    with pytest.raises(Refused, match="cannot be locked yet") as found:
        lock_month(delivered.asha, OCTOBER)
    assert [problem.what for problem in found.value.problems] == ["17 charges and instalments are not invoiced or posted."]


def test_a_month_is_locked_once_its_money_is_placed_or_explained(issued: Books) -> None:
    lines = [bank_line("BK-1", "2026-11-03", "50.00"), bank_line("BK-2", "2026-11-04", "-12.50", "provider")]
    issued.apply({"bank_lines": lines})
    issued.month_end(NOVEMBER)
    with pytest.raises(Refused) as found:
        lock_month(issued.asha, NOVEMBER)
    assert [problem.what for problem in found.value.problems] == ["£50.00 is not placed: BACS BK-1.", "£12.50 is not placed: BACS BK-2."]
    issued.apply({"bank_lines": [{**lines[0], "explained": "Sent to us by mistake"}, {**lines[1], "explained": "The bank’s charge"}]})
    lock_month(issued.asha, NOVEMBER)
    assert issued.rows("SELECT month, step FROM month_lock ORDER BY id") == [
        ("2026-10", "issued"), ("2026-11", "issued"), ("2026-11", "locked")]


def test_a_lock_holds_for_every_month_before_it(issued: Books) -> None:
    issued.month_end(NOVEMBER)
    with pytest.raises(NotAllowed, match="October 2026 lies before November 2026, which is closed") as found:
        lock_month(issued.asha, OCTOBER)
    assert found.value.problem.to_do == "Lock November 2026: that locks every month before it too."
    lock_month(issued.asha, NOVEMBER)
    with pytest.raises(NotAllowed, match="October 2026 is locked already"):
        lock_month(issued.asha, OCTOBER)
    assert [(each.month, each.is_locked) for each in closed_months(issued.asha)] == [(NOVEMBER, True), (OCTOBER, True)]
    assert month_standing(issued.asha, OCTOBER).locked_by == "asha"


def test_a_lock_is_taken_off_by_another_person_than_who_asked(agreed: Books) -> None:
    lock_month(agreed.asha, SEPTEMBER)
    digest = reopen_month(agreed.asha, SEPTEMBER)
    with pytest.raises(NotAllowed, match="somebody else"):
        approve(agreed.asha, digest)
    with pytest.raises(NotAllowed, match="is closed"):
        preview_month(agreed.asha, SEPTEMBER)
    assert approve(agreed.ben, digest).said == ("September 2026 is open again.",)
    preview_month(agreed.asha, SEPTEMBER)
    lock_month(agreed.asha, SEPTEMBER)
    with pytest.raises(NotAllowed, match="not the last locked month"):
        reopen_month(agreed.asha, OCTOBER)


def test_who_asks_for_a_month_to_be_opened_says_why_once_and_whoever_approves_reads_it(agreed: Books) -> None:
    lock_month(agreed.asha, SEPTEMBER)
    digest = reopen_month(agreed.asha, SEPTEMBER, "A receipt came late")
    assert reopen_month(agreed.asha, SEPTEMBER, "Asked again") == digest
    assert [each.says for each in waiting_for_approval(agreed.ben)] == [("Open September 2026 again: A receipt came late",)]
    approve(agreed.ben, digest)
    lock_month(agreed.asha, SEPTEMBER)
    assert reopen_month(agreed.asha, SEPTEMBER) != digest


@pytest.mark.parametrize("month", [DECEMBER, Month(2040, 1)])
def test_a_month_that_has_not_begun_can_not_be_worked_on(delivered: Books, month: Month, tmp_path: Path) -> None:
    before = delivered.everything()
    for work in (lambda: preview_month(delivered.asha, month), lambda: prepare_month(delivered.asha, month, tmp_path / "out"),
                 lambda: lock_month(delivered.asha, month)):
        with pytest.raises(NotAllowed, match=f"{month.in_words} has not begun"):
            work()
    assert delivered.everything() == before
    assert not (tmp_path / "out").exists()


def test_a_month_whose_statements_are_issued_stays_closed(issued: Books) -> None:
    with pytest.raises(NotAllowed, match="statements of October 2026 are issued"):
        reopen_month(issued.asha, OCTOBER)
    lock_month(issued.asha, OCTOBER)
    with pytest.raises(NotAllowed, match="statements of October 2026 are issued"):
        reopen_month(issued.asha, OCTOBER)


def test_support_of_a_locked_month_is_posted_in_the_first_open_one(agreed: Books) -> None:
    lock_month(agreed.asha, SEPTEMBER)
    agreed.visits(visit("V-9", "P004", "2026-09-28", "14:00", "15:00"))
    agreed.month_end()
    assert agreed.rows("SELECT happened_on, posted_on FROM entry WHERE key LIKE 'V-9|%' AND unit = 'pence'") == [
        ("2026-09-28", "2026-10-01")]
    assert agreed.statement("spot-P004").corrections[0].month == "September 2026"

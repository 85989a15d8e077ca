"""Misspent money that somebody puts back, worries about somebody’s money, and the watch list that tells of both until they are done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from basics.errors import Refused
from isf.watch import Matter, Watched
from ringfence.actions.recording import record_content
from ringfence.actions.spending import spending, to_put_back
from ringfence.actions.verifying import verify
from ringfence.actions.watching import watch_list
from tests.actions.provider_books import OCTOBER, Books, agreements, bank_line, part, refused

FUND = "isf-P001"
MISSPENT = {"misspent": "MS-1", "person": "P001", "fund": "isf", "on": "2026-10-06", "pounds": "60.00", "who": "Ali Khan", "by": "2026-11-30",
            "words": "A round of drinks"}
WORRY = {"worry": "WO-1", "person": "P001", "fund": "isf", "on": "2026-10-06", "raised_by": "Peggy, support worker", "words": "Cash goes missing"}
RAISED = {"raised_with": "Mo Reid, social worker", "raised_on": "2026-10-07"}
ENDED = {"outcome": "Her cousin no longer shops for her", "outcome_on": "2026-10-20"}


def back(line: str, on: str, pounds: str, **changed: Any) -> dict[str, Any]:
    return bank_line(line, on, pounds, parts=[part(FUND, pounds, "put back") | {"misspent": "MS-1"} | changed])


def watched(books: Books, matter: Matter, on: date) -> list[Watched]:
    return [each for each in watch_list(books.asha, on).lines if each.matter is matter]


def test_what_is_put_back_may_be_used_again_and_takes_off_what_was_used(delivered: Books) -> None:
    delivered.apply({"misspent": [MISSPENT]})
    before, draft = delivered.balance(FUND, "available"), delivered.draft(FUND)
    delivered.apply({"bank_lines": [back("BK-1", "2026-10-12", "25.00"), back("BK-2", "2026-10-13", "15.00")]})
    assert (delivered.balance(FUND, "available"), delivered.balance(FUND, "held")) == (before + 4_000, 4_000)
    after = delivered.draft(FUND)
    assert [(each.words, each.pence) for each in after.money.paid_in] == [
        ("Put back by Ali Khan, on 12 October", 2_500), ("Put back by Ali Khan, on 13 October", 1_500)]
    assert [each.words for each in after.budgets] == [each.words for each in draft.budgets]
    assert [(then.used_pence or 0) - (now.used_pence or 0) for then, now in zip(draft.budgets, after.budgets, strict=True)] == [4_000, 4_000]
    one, = spending(delivered.asha, FUND).misspent
    assert (one.put_back, one.left) == (4_000, 2_000)
    assert to_put_back(one, date(2026, 12, 1)) == "£20.00 of £60.00 is still to be put back and is late."
    delivered.month_end(OCTOBER)
    assert delivered.statement(FUND).budgets[-1].left_pence == delivered.balance(FUND, "available")
    assert verify(delivered.store, referee=True) == []


def test_money_that_was_brought_over_by_mistake_was_never_used(peopled: Books) -> None:
    """It stands between the same accounts as money that is put back, and its correction is no spending."""
    peopled.apply(agreements())
    before = peopled.draft("spot-P004").budgets
    peopled.apply({"openings": [{"opening": "OP-1", "on": "2026-10-01", "control": {"held_only": "40.00"},
                                 "funds": [{"person": "P004", "fund": "spot", "held_only": "40.00"}]}]})
    peopled.apply({"corrections": [{"correction": "CO-1", "person": "P004", "fund": "spot", "entry": "opening OP-1|held_only|spot-P004|",
                                    "on": "2026-10-21", "words": "It was her brother’s"}]})
    assert peopled.draft("spot-P004").budgets == before


def test_a_repayment_that_was_placed_wrongly_is_owed_again_once_it_is_put_right(agreed: Books) -> None:
    agreed.apply({"misspent": [MISSPENT], "bank_lines": [back("BK-1", "2026-10-12", "60.00")]})
    draft = agreed.draft(FUND)
    agreed.apply({"corrections": [{"correction": "CO-1", "person": "P001", "fund": "isf", "entry": f"bank BK-1|{FUND}||put back MS-1",
                                   "on": "2026-10-21", "words": "It was her wages"}]})
    one, = spending(agreed.asha).misspent
    assert one.left == 6_000
    assert agreed.draft(FUND).budgets[-1].used_pence == (draft.budgets[-1].used_pence or 0) + 6_000
    assert verify(agreed.store, referee=True) == []


@pytest.mark.parametrize(("line", "said"), [
    (back("BK-1", "2026-10-12", "60.01"), "is £60.01, and £60.00 of MS-1 is still to be put back."),
    (back("BK-1", "2026-10-12", "10.00", misspent="MS-2"), "“MS-2” is no misspent sum of isf-P001."),
    (back("BK-1", "2026-10-12", "10.00", person="P002"), "“MS-1” is no misspent sum of isf-P002."),
    (bank_line("BK-1", "2026-10-12", "-10.00", parts=[part(FUND, "10.00", "put back") | {"misspent": "MS-1"}]),
     "is “put back”, and the money went out."),
    (back("BK-1", "2026-10-12", "10.00", **{"as": "payment", "funder": "southgate"}), "does not belong here where “as” is “payment”."),
])
def test_no_more_is_put_back_than_was_misspent_in_that_fund(agreed: Books, line: dict[str, Any], said: str) -> None:
    agreed.apply({"misspent": [MISSPENT]})
    assert [what for _, what in refused(agreed, {"bank_lines": [line]})] == [said]


def test_money_to_be_put_back_is_watched_until_it_is(agreed: Books) -> None:
    agreed.apply({"misspent": [MISSPENT]})
    one, = watched(agreed, Matter.MISSPENT, date(2026, 12, 1))
    assert (one.what, one.pence, one.by, one.is_late) == ("Ali Khan puts back £60.00: A round of drinks", 6_000, date(2026, 11, 30), True)
    assert watched(agreed, Matter.MISSPENT, date(2026, 10, 5)) == []
    agreed.apply({"bank_lines": [back("BK-1", "2026-10-12", "60.00")]})
    assert watched(agreed, Matter.MISSPENT, date(2026, 12, 1)) == []


def test_a_worry_is_watched_until_what_came_of_it_is_recorded(agreed: Books) -> None:
    on = date(2026, 10, 21)
    assert record_content(agreed.asha, {"worries": [WORRY]}, "noted") == ("New: worry WO-1 about the money of P001: Cash goes missing",)
    one, = watched(agreed, Matter.WORRY, on)
    assert (one.what, one.is_late, one.since) == ("A worry, raised with nobody at the council yet: Cash goes missing", True, date(2026, 10, 6))
    record_content(agreed.ben, {"worries": [WORRY | RAISED]}, "noted")
    one, = watched(agreed, Matter.WORRY, on)
    assert (one.what, one.is_late) == ("A worry, raised with Mo Reid, social worker: Cash goes missing", False)
    record_content(agreed.ben, {"worries": [WORRY | RAISED | ENDED]}, "noted")
    assert watched(agreed, Matter.WORRY, on) == []
    told, = spending(agreed.asha, FUND).worries
    assert (told.is_open, told.item.outcome, told.recorded_by) == (False, "Her cousin no longer shops for her", "ben")
    with pytest.raises(Refused, match="“raised_with” is there"):
        record_content(agreed.asha, {"worries": [WORRY | {"raised_with": "Mo"}]}, "noted")


def test_a_bill_that_was_due_is_watched_until_it_is_paid(delivered: Books) -> None:
    bill = {"bill": "BL-1", "person": "P002", "fund": "isf", "supplier": "Swift Gardens", "number": "7", "on": "2026-10-05", "due_on": "2026-10-26",
            "kind": "other", "pounds": "60.00", "words": "Lessons", "line": "P002-swimming"}
    prepared = delivered.prepare({"bills": [bill]})
    on = date(2026, 10, 27)
    assert [each.to_do for each in watched(delivered, Matter.BILL, on)] == ["Approve it, or send it back"]
    delivered.apply({"bills": [bill]})
    assert prepared.said
    assert [(each.to_do, each.by) for each in watched(delivered, Matter.BILL, on)] == [("Pay it", date(2026, 10, 26))]
    assert watched(delivered, Matter.BILL, date(2026, 10, 26)) == []
    delivered.apply({"bank_lines": [
        bank_line("BK-1", "2026-10-02", "1900.00", instalment={"contract": "SG-2026", "n": 1}),
        bank_line("BK-2", "2026-10-20", "-60.00", parts=[part("isf-P002", "60.00", "bill") | {"bill": "BL-1"}])]})
    assert watched(delivered, Matter.BILL, on) == []


def test_money_put_back_is_no_money_brought_over_for_the_surplus(issued: Books) -> None:
    issued.at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    capped = {"person": "P001", "fund": "isf", "funder": "southgate", "from": "2026-10-01", "source": "Page 7", "surplus_weeks": 2,
              "surplus_base": "net weekly budget", "surplus_stays_weeks": 12, "surplus_stays": "the part above the cap",
              "contribution_spent": "contribution first"}
    issued.apply({"bank_lines": [bank_line("BK-1", "2026-10-02", "1900.00", instalment={"contract": "SG-2026", "n": 1})], "fund_terms": [capped]})
    one, = watched(issued, Matter.SURPLUS, date(2026, 11, 22))
    issued.apply({"misspent": [MISSPENT], "bank_lines": [back("BK-2", "2026-11-12", "60.00")]})
    after, = watched(issued, Matter.SURPLUS, date(2026, 11, 22))
    assert "It is Southgate Council’s." in one.what
    assert (after.pence, "It is Southgate Council’s." in after.what) == ((one.pence or 0) + 6_000, True)

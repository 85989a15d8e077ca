"""Bills and purchases on a fund’s page: what is agreed and not paid, each purchase with why, and names that mean harm shown as they are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.bills import bills
from ringfence.actions.desk import books
from ringfence.actions.recording import record_content
from tests.screens.conftest import Open, html_of, text_of

FUND = "isf-P007"
ASKED = {"answer": True, "who": "Mo & Co", "on": "2026-10-02"}
PURCHASE = {"purchase": "PU-1", "person": "P007", "fund": "isf", "on": "2026-10-01", "kind": "other", "pounds": "90.00", "words": "A <b>ticket</b>",
            "legal": ASKED, "disrepute": ASKED | {"answer": False}, "works": ASKED}
BILL = {"bill": "BL-1", "person": "P007", "fund": "isf", "supplier": "Swift & <i>Sons</i>", "number": "7", "on": "2026-10-05", "due_on": "2026-10-20",
        "kind": "other", "pounds": "60.00", "words": "Lessons", "purchase": "PU-1"}
WORRY = {"worry": "WO-1", "person": "P007", "fund": "isf", "on": "2026-10-06", "raised_by": "Peggy", "words": "Cash goes missing"}
MISSPENT: dict[str, Any] = {"misspent": "MS-1", "person": "P007", "fund": "isf", "on": "2026-10-06", "pounds": "32.00", "who": "Ali Khan",
                            "by": "2026-10-30", "words": "Scratch cards"}


def acting(user: str) -> Acting:
    return Acting(books(), user, datetime.now(UTC))


def test_a_fund_without_bills_says_so(open_page: Open) -> None:
    text = text_of(open_page("fund", fund=FUND))
    assert "Bills and purchases No bill of anybody else is entered for this fund." in text
    assert "Worries" not in text


def test_bills_purchases_misspent_money_and_worries_stand_on_the_page_of_their_fund(open_page: Open) -> None:
    page = open_page("fund", fund=FUND)
    record_content(acting("asha"), {"purchases": [PURCHASE], "worries": [WORRY]}, "by hand")
    prepared = apply_content(acting("asha"), {"bills": [BILL], "misspent": [MISSPENT]}, "by hand")
    assert "▲ Awaiting approval" in text_of(page.run())
    approve(acting("ben"), prepared.digest)
    text = text_of(page.run())
    one, = bills(acting("asha"), FUND)
    assert one.is_owed
    assert "Swift & <i>Sons</i> BL-1, number 7 Lessons by purchase PU-1 £60.00 ● Approved not paid 05/10/2026 due 20/10/2026" in text
    assert "Agreed and not paid £60.00" in text
    assert "A <b>ticket</b> PU-1, 1 October 2026 £90.00 ✓ Allowed" in text
    assert "Is it legal? Yes. Answered by Mo & Co on 2 October 2026" in text
    assert "Scratch cards MS-1, 6 October 2026 £32.00 £0.00 Ali Khan, 30 October 2026" in text
    assert "with nobody at the council yet ● Open" in text
    assert "<b>ticket" not in html_of(page)
    assert "<i>Sons" not in html_of(page)
    assert "Swift" not in text_of(open_page("fund", fund="isf-P002"))

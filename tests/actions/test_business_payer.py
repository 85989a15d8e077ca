"""A business that pays for somebody’s support: it is asked like an organisation, and the law adds interest to what it pays late.

Brightside pays for two hours of P005 at £24.00 in October: £48.00, due on 30 November.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ringfence.actions.debtors import Debtor, debtors
from ringfence.actions.debts_noted import note_late_claim
from ringfence.actions.exports_made import Export
from ringfence.actions.reminding import reminders
from ringfence.actions.verifying import verify
from tests.actions.exported_books import sent, settings
from tests.actions.provider_books import Books, bank_line, by_delivery, part, plan_line, refused, visit
from tests.actions.test_debts_noted import RATE

LADDER = {"ladder": "business", "of_kind": "business", "from": "2026-04-01", "source": "Trustees, 3 March 2026",
          "steps": [{"days": 7, "tone": "before a claim"}]}


def business(**changed: Any) -> dict[str, Any]:
    return {"reference": "brightside", "kind": "business", "name": "Brightside Homes Ltd", "address": ["9 Quay Road"],
            "contact": {"name": "Accounts", "telephone": "01632 960 222"},
            "einvoice": {"endpoint": {"scheme": "GLN", "number": "5060000000009"}, "buyer_reference": "B-1"}, **changed}


@pytest.fixture
def books(delivered: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Books:
    (tmp_path / "late_payment_base_rate.yaml").write_text(RATE, encoding="utf-8")
    monkeypatch.setenv("RINGFENCE_PARAMETERS", str(tmp_path))
    delivered.apply(settings())
    delivered.apply({"funders": [business()], "fundings": [by_delivery("P005", "brightside")], "plan": [plan_line("P005", "outreach", 120)],
                     "reminder_terms": [LADDER]})
    delivered.visits(visit("V-10", "P005", "2026-10-20", "09:00", "11:00"), name="more.csv")
    delivered.month_end()
    return delivered


def of(books: Books) -> Debtor:
    return next(each for each in debtors(books.asha).debtors if each.payer == "brightside")


def test_a_business_has_a_name_of_its_own_and_is_not_a_supported_person(agreed: Books) -> None:
    assert refused(agreed, {"funders": [{"reference": "brightside", "kind": "business"}]}) == [
        ("agreed.yaml, funders, item 1 (brightside), name", "is missing, and “kind” is “business”.")]
    (_, what), = refused(agreed, {"funders": [business(person="P005")]})
    assert "business" in what


def test_the_law_adds_interest_to_what_a_business_pays_late_until_it_is_claimed(books: Books) -> None:
    """£48.00 that was due on 30 November and came on 22 December: 12% × £48.00 × 22 / 365 = £0.35, and £40.00."""
    books.at = datetime(2027, 1, 10, 9, tzinfo=UTC)
    books.apply({"bank_lines": [bank_line("BK-1", "2026-12-22", "48.00", "provider", parts=[part("spot-P005", "48.00", funder="brightside")])]})
    (number, added), = of(books).late
    assert (added.interest_pence, added.fixed_pence) == (35, 40_00)
    note_late_claim(books.asha, "brightside", [int(number)], on=date(2027, 1, 10), words="By letter")
    assert [each for each in debtors(books.asha).debtors if each.payer == "brightside" and each.late] == []
    assert verify(books.store, referee=True) == []


def test_the_last_letter_to_a_business_is_an_organisations_and_not_that_of_the_debt_protocol(books: Books) -> None:
    books.at = datetime(2026, 12, 20, 9, tzinfo=UTC)
    letter, = (each.letter for each in reminders(books.asha).letters if each.payer == "brightside")
    assert not letter.is_individual
    assert letter.late_pence > 40_00


def test_a_business_has_an_electronic_invoice_as_organisations_have(books: Books) -> None:
    assert b"Brightside Homes Ltd" in b"".join(file.content for file in sent(books, Export.EINVOICE).files)

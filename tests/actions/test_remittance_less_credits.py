"""A council that takes our credit note off what it pays: its bank line finds the invoices, and every penny is placed where it belongs.

Southgate owes £30.00 on invoice 503 for P003. The visit had one carer and not two: £15.00 of it is credited, by credit note 1.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ringfence.actions.applying import approve
from ringfence.actions.bank_in import take_bank, take_remittance
from ringfence.actions.crediting import credit_notes
from ringfence.actions.receipts import likely, prepare_matches, receipts
from ringfence.actions.verifying import verify
from tests.actions.provider_books import Books, bank_line

TAKEN_BACK = {"correction": "VC-1", "visit": "V-5", "carer": "C2", "on": "2026-11-12", "words": "One carer came", "taken_back": True}


def credited(books: Books) -> dict[int, int]:
    """The credit notes by number, of Southgate alone."""
    books.at = datetime(2026, 11, 12, 9, tzinfo=UTC)
    books.apply({"visits_corrected": [TAKEN_BACK]})
    return {each.number: each.pence for each in credit_notes(books.asha) if each.invoice == 503}


def bank(books: Books, pounds: str) -> str:
    """A line of the bank that says nothing of what it is for; the reason for its best suggestion."""
    taken = take_bank(books.asha, f"19/11/2026,SGMBC CREDITORS,{pounds}\n".encode(), "bank.csv", "provider")
    approve(books.ben, taken.applied.digest)
    best = receipts(books.asha).to_match[0].best
    return best.why if best else ""


@pytest.mark.parametrize("row", ["CN-{number:06d},-15.00", "{number},-15.00", "503,-15.00"])
def test_however_the_credit_is_written_the_line_pays_the_rest_of_the_invoice(issued: Books, row: str) -> None:
    ((number, pence),) = credited(issued).items()
    assert (pence, issued.balance("spot-P003", "due", "southgate")) == (1_500, 1_500)
    take_remittance(issued.asha, f"invoice,amount\n503,30.00\n{row.format(number=number)}\n".encode(), "advice.csv")
    assert "lists invoice 503, less £15.00." in bank(issued, "15.00")
    approve(issued.ben, prepare_matches(issued.asha, likely(receipts(issued.asha))).digest)
    assert issued.balance("spot-P003", "due", "southgate") == 0
    assert receipts(issued.asha).to_match == ()
    assert verify(issued.asha, referee=True) == []


def test_a_credit_of_what_was_paid_before_stays_in_its_fund_and_what_is_short_elsewhere_stays_open(issued: Books) -> None:
    """Invoice 503 was paid whole, then £15.00 credited. Northvale’s £20.00 is another payer’s: £5.00 comes for it, and £15.00 stays open."""
    issued.at = datetime(2026, 11, 10, 9, tzinfo=UTC)
    issued.apply({"bank_lines": [bank_line("BK-1", "2026-11-10", "30.00", "provider", invoices=[503])]})
    credited(issued)
    assert issued.balance("spot-P003", "due", "southgate") == -1_500
    take_remittance(issued.asha, b"invoice,amount\n502,24.00\n503,-15.00\n", "advice.csv")
    assert bank(issued, "9.00").endswith("lists invoice 502, less £15.00; £15.00 stays open, for what is taken off is not credited in the same fund.")
    approve(issued.ben, prepare_matches(issued.asha, likely(receipts(issued.asha))).digest)
    assert (issued.balance("spot-P004", "due", "peggy"), issued.balance("spot-P003", "due", "southgate")) == (1_500, -1_500)
    assert verify(issued.asha, referee=True) == []

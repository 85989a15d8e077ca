"""A credit of an instalment on its way out: to the accounts of the provider, as an electronic credit note, and as a PDF."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from basics.money import Money
from ringfence.actions.applying import approve
from ringfence.actions.crediting import write_credit_notes
from ringfence.actions.crediting_lines import lines_asked, propose_credit
from ringfence.actions.exports_made import Export
from tests.actions.exported_books import ready, sent
from tests.actions.provider_books import Books

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


@pytest.fixture
def credited(delivered: Books) -> Books:
    """£250.00 of what the council’s first instalment (number 505) asked for P001, is credited."""
    n, = (each.n for each in lines_asked(ready(delivered).asha, 505) if "P001" in each.words)
    asked = propose_credit(delivered.asha, 505, [n], words="The council asked for less", sums={n: Money(25_000)})
    approve(delivered.ben, asked.applied.digest)
    return delivered


@pytest.mark.parametrize(("kind", "number", "amount"), [
    (Export.XERO, "*InvoiceNumber", "*UnitAmount"), (Export.QUICKBOOKS, "*InvoiceNo", "*ItemAmount"), (Export.SAGE, "Reference", "Net Amount")])
def test_the_accounts_get_the_sum_that_is_credited(credited: Books, kind: Export, number: str, amount: str) -> None:
    done = sent(credited, kind)
    told = done.files[0].content.decode("cp1252", "replace")
    found = [row[amount] for row in csv.DictReader(StringIO(told, newline="")) if row[number].removeprefix("CN-") == "000001"]
    assert [abs(Money.parse(each).pence) for each in found] == [25_000]
    invoices = credited.rows("SELECT sum(pence) FROM invoice")[0][0]
    assert done.sent.pence == invoices - 25_000


def test_the_electronic_credit_note_is_of_that_sum_and_of_its_invoice(credited: Books) -> None:
    note, = (each for each in sent(credited, Export.EINVOICE).files if "credit" in each.name)
    tree = ElementTree.fromstring(note.content)
    texts = [each.text for each in tree.iter(f"{CBC}CreditNoteTypeCode")] + [each.text for each in tree.iter(f"{CBC}PayableAmount")]
    assert texts == ["381", "250.00"]
    assert "000505" in [each.text for each in tree.iter(f"{CBC}ID")]
    assert "1 to 31 October 2026: was £900.00, is £650.00, because: The council asked for less" in note.content.decode()


def test_the_credit_note_is_printed(credited: Books, tmp_path: Path) -> None:
    written, set_aside = write_credit_notes(credited.asha, tmp_path)
    assert (written, list(set_aside), [each.name for each in tmp_path.rglob("*.pdf")]) == (1, [], ["credit-note-000001.pdf"])

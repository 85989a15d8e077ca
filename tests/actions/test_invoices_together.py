"""One invoice for everybody whom a payer pays for, where its terms ask for that. Each line keeps its fund, and the pence are those of the
invoices that there would have been.

In October Southgate pays 60% of P003’s hour with two carers at £25.00, and all of P005’s two hours at £24.00; Northvale pays the other 40%.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date

import pytest

from ringfence.actions.debtors import debtors
from ringfence.actions.exports_made import Export
from ringfence.actions.invoice_list import list_invoices
from ringfence.actions.month_controls import control_totals
from ringfence.actions.verifying import verify
from tests.actions.exported_books import SUPPORT, sent, settings
from tests.actions.provider_books import NAMES, Books, bank_line, by_delivery, part, plan_line, terms, visit

TOGETHER = terms("Together", charged_time="nearest 15", cancelled_visits="as planned", funder_share="by line", invoices="together",
                 vat_words="VAT Act 1994, Schedule 9, Group 7")


@pytest.fixture
def several(delivered: Books) -> Books:
    """Southgate pays for two people by delivery, and asks for one invoice."""
    delivered.apply(settings())
    delivered.apply({"terms": [TOGETHER],
                     "fundings": [by_delivery("P003", "southgate", share=60, terms="Together", order_number="SG-3"),
                                  by_delivery("P005", "southgate", terms="Together", order_number="SG-5")],
                     "plan": [plan_line("P005", "outreach", 120)],
                     "payer_references": [{"person": "P005", "funder": "southgate", "reference": "88213", "from": "2026-10-01"}]})
    delivered.visits(visit("V-10", "P005", "2026-10-20", "09:00", "11:00"), name="more.csv")
    return delivered


def test_one_invoice_names_everybody_and_is_to_the_penny_what_each_person_costs(several: Books) -> None:
    plan = several.preview()
    assert all(each.agrees for each in control_totals(several.asha, plan))
    several.month_end()
    number, = (number for number, record in several.invoices().items() if record.key == "2026-10|southgate|together 1")
    record = several.invoices()[number]
    assert (record.person_words, record.order_number, record.total_pence) == ("2 people; each line says whose support it was", "", 7_800)
    assert [(line.words.partition(":")[0], line.pence) for line in record.lines] == [
        ("Person P003, order SG-3", 1_500), ("Person P003, order SG-3", 1_500), ("Person P005, your reference 88213, order SG-5", 4_800)]
    by_fund = Counter(dict(several.rows("SELECT f.key, sum(l.pence) FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id"
                                        " JOIN fund f ON f.id = l.fund_id WHERE i.number = :n GROUP BY f.key", n=number)))
    assert by_fund == {"spot-P003": 3_000, "spot-P005": 4_800}
    assert {one.for_whom for one in list_invoices(several.asha) if one.number == number} == {"2 people"}
    assert verify(several.store, referee=True) == []


def test_what_is_owed_stands_by_person_and_a_receipt_pays_each_fund_its_own(several: Books) -> None:
    several.month_end()
    several.apply({"bank_lines": [bank_line("BK-1", "2026-11-20", "78.00", account="provider",
                                            parts=[part("spot-P003", "30.00", funder="southgate"), part("spot-P005", "48.00", funder="southgate")])]})
    assert several.balance("spot-P003", "due", "southgate") == several.balance("spot-P005", "due", "southgate") == 0
    assert debtors(several.asha, date(2026, 11, 2))
    assert verify(several.store, referee=True) == []


def test_a_credit_takes_one_persons_line_off_and_leaves_the_others(several: Books) -> None:
    several.month_end()
    several.apply({"visits_corrected": [{"correction": "VC-1", "visit": "V-10", "carer": "C1", "on": "2026-11-20", "taken_back": True,
                                         "words": "Nobody came"}]})
    assert several.balance("spot-P005", "due", "southgate") == 0
    assert several.balance("spot-P003", "due", "southgate") == 3_000
    assert verify(several.store, referee=True) == []


def test_what_leaves_the_house_adds_up_and_names_nobody(several: Books) -> None:
    several.month_end()
    every = {number: record.total_pence for number, record in several.invoices().items()}
    for kind in (Export.XERO, Export.QUICKBOOKS, Export.EINVOICE):
        done = sent(several, kind)
        content = "\n".join(file.content.decode() for file in done.files)
        assert not {name for name in NAMES.values() if name in content}
        to_people = sum(record.total_pence for record in several.invoices().values() if record.bill_to in NAMES.values())
        assert done.sent.pence == sum(every.values()) - (to_people if kind is Export.EINVOICE else 0)
    assert "2 people" in content, "The note of the e-invoice says for whom it is."


def test_the_councils_file_has_its_own_reference_of_a_person_and_the_order_of_the_day(several: Books) -> None:
    several.apply({"orders": [{"person": "P005", "fund": "spot", "funder": "southgate", "number": "PO-9", "from": "2026-10-01", "to": "2026-10-31"}]})
    several.month_end()
    file, = (each for each in sent(several, Export.DELIVERY, SUPPORT, funder="southgate").files if "control" not in each.name)
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert {(row["ServiceUserRef"], row["ContractNumber"]) for row in rows if row["OurRef"] == "V-10"} == {("88213", "PO-9")}
    assert {row["ServiceUserRef"] for row in rows if row["OurRef"] == "V-5"} == {"P003"}


def test_one_person_without_the_order_number_is_held_and_the_others_are_invoiced(several: Books) -> None:
    several.apply({"terms": [{**TOGETHER, "order_number_needed": True}],
                   "fundings": [by_delivery("P005", "southgate", terms="Together")]})
    held, = several.preview().held
    assert (held.draft.funds, held.draft.pence) == (("spot-P005",), 4_800)
    several.month_end()
    assert several.asked_for()["2026-10|southgate|spot-P003"] == 3_000
    several.apply({"fundings": [by_delivery("P005", "southgate", terms="Together", order_number="SG-5")]})
    assert verify(several.store, referee=True) == []

"""Electronic invoices of every kind: our own check and the official schema and rules find nothing, and they say what the record says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from invoicing.einvoice import Category, EInvoice, Kind, priced_line
from invoicing.einvoice_rules import problems
from ringfence.documents.einvoice import ubl
from ringfence.documents.einvoice_official import is_installed, official_findings
from tests.documents.einvoice_kinds import KINDS, OCTOBER, credit, hours, invoice, outside

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "einvoice.md"
ALL = [(name, each) for name, made in KINDS.items() for each in made()]
NAMES = {"cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
         "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"}


def texts(each: EInvoice, path: str) -> list[str]:
    return [str(node.text) for node in etree.fromstring(ubl(each)).iterfind(path, NAMES)]


def test_there_are_sixty_of_at_least_fifteen_kinds() -> None:
    assert (len(KINDS) >= 15, len(ALL) >= 60) == (True, True)
    assert {each.kind for _, each in ALL} == set(Kind)
    assert {each.category for _, each in ALL} == set(Category)


def test_our_own_check_finds_nothing() -> None:
    assert [(name, problems(each)) for name, each in ALL if problems(each)] == []


@pytest.mark.skipif(not is_installed(), reason="the optional extra einvoice is not installed")
def test_the_official_schema_and_rules_find_nothing_and_do_find_faults() -> None:
    wrong = [ubl(invoice(reason="")), ubl(invoice()).replace(b"<cbc:DueDate>", b"<cbc:Wrong/><cbc:DueDate>")]
    *found, of_rules, of_schema = official_findings([*(ubl(each) for _, each in ALL), *wrong])
    assert [(name, findings) for (name, _), findings in zip(ALL, found, strict=True) if findings] == []
    assert (len(of_rules), of_rules[0][:9], of_schema[0][:7]) == (1, "[BR-E-10]", "schema:")


def test_the_page_lists_every_kind_with_how_many() -> None:
    told = dict(re.findall(r"^\| ([^|]+?) \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert told == {name: str(sum(of == name for of, _ in ALL)) for name in KINDS}


def test_words_come_out_as_they_went_in() -> None:
    for name, each in ALL:
        assert texts(each, ".//cac:Item/cbc:Name") == [line.words for line in each.lines], name


def test_the_lines_add_to_what_is_asked_for() -> None:
    for name, each in ALL:
        lines = sum(Decimal(amount) for amount in texts(each, "./*/cbc:LineExtensionAmount")[1:])
        assert [Decimal(amount) for amount in texts(each, ".//cbc:PayableAmount")] == [lines] == [Decimal(each.total_pence) / 100], name


def test_no_element_is_empty_and_the_same_invoice_is_the_same_file() -> None:
    for name, each in ALL:
        content = ubl(each)
        assert [node.tag for node in etree.fromstring(content).iter() if not len(node) and not (node.text or "").strip()] == [], name
        assert content == ubl(each)


def test_outside_the_scope_there_is_no_percentage_and_no_vat_number() -> None:
    assert texts(outside(), ".//cbc:Percent") == []
    assert texts(outside(), ".//cac:PartyTaxScheme/cbc:CompanyID") == []
    assert set(texts(invoice(), ".//cbc:Percent")) == {"0"}


def test_a_credit_note_says_which_invoice_it_puts_right() -> None:
    assert texts(credit(hours(5)), ".//cac:InvoiceDocumentReference/cbc:ID") == ["000501"]
    assert texts(credit(hours(5)), ".//cbc:CreditNoteTypeCode") == ["381"]


def test_what_has_no_exact_quantity_is_one_of_what_it_asks_for() -> None:
    share = priced_line("A third of it", OCTOBER, 813, minutes=60, price=Decimal("24.40"), per="hour")
    assert (share.quantity, share.unit, share.price) == (1, "C62", Decimal("8.13"))
    assert (hours(5).quantity, hours(5).unit, hours(5).price) == (Decimal("1.5"), "HUR", Decimal("24.40"))
    assert (hours(6, 30, -1220).quantity, hours(6, 30, -1220).price) == (Decimal("-0.5"), Decimal("24.40"))

"""The frozen copy of what was issued: one text for one record, and the record back from it, whole."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from basics.errors import InputError
from invoicing.invoice import Invoice
from isf.statement import Statement
from ringfence.documents.records import invoice_from_json, record_json, statement_from_json
from tests.documents.document_records import COUNCIL, DANNY, INVOICES, STATEMENTS


@pytest.mark.parametrize("record", STATEMENTS.values(), ids=STATEMENTS)
def test_a_statement_comes_back_from_its_copy_as_it_was(record: Statement) -> None:
    assert statement_from_json(record_json(record)) == record


@pytest.mark.parametrize("record", INVOICES.values(), ids=INVOICES)
def test_an_invoice_comes_back_from_its_copy_as_it_was(record: Invoice) -> None:
    assert invoice_from_json(record_json(record)) == record


def test_a_copy_has_sorted_keys_and_no_spaces() -> None:
    text = record_json(replace(DANNY, known_as="Zoë"))
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "Zoë" in text


def test_two_records_that_differ_by_a_penny_have_different_copies() -> None:
    assert record_json(DANNY) != record_json(replace(DANNY, given_total_pence=DANNY.given_total_pence + 1))


@pytest.mark.parametrize(("change", "says"), [
    ({"given_total_pence": 1.0}, "float where int"),
    ({"given_total_pence": True}, "bool where int"),
    ({"seal": None}, "NoneType where str"),
    ({"given": {}}, "dict where list"),
    ({"money": []}, "list where dict"),
    ({"colour": "red"}, "other fields than it should: colour"),
])
def test_a_copy_that_was_changed_is_refused_and_says_where(change: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        statement_from_json(json.dumps(json.loads(record_json(DANNY)) | change))


def test_a_copy_that_lacks_a_field_is_refused() -> None:
    data = json.loads(record_json(COUNCIL))
    del data["total_pence"]
    with pytest.raises(InputError, match="total_pence"):
        invoice_from_json(json.dumps(data))


def test_a_statement_frozen_before_it_told_the_cap_and_the_forecast_stays_the_same_text_and_is_read() -> None:
    before = replace(DANNY, over_cap=(), forecast=None)
    assert not {"over_cap", "forecast"} & set(json.loads(record_json(before)))
    assert statement_from_json(record_json(before)) == before


def test_a_torn_copy_is_refused() -> None:
    with pytest.raises(InputError, match="not readable"):
        statement_from_json(record_json(DANNY)[:-5])

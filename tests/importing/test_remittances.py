"""Remittance advices: what is taken off is read like what is paid, and no penny of a row is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basics.errors import Refused
from basics.money import Money
from ringfence.importing.record_file import parse_record
from ringfence.importing.remittance import Advised, remittance_of

HEAD = "Invoice number,Amount paid\n"


def read(rows: str) -> Advised:
    return remittance_of((HEAD + rows).encode(), "advice.csv")


def problems_of(rows: str) -> list[str]:
    with pytest.raises(Refused) as told:
        read(rows)
    return [f"{each.place}: {each.what}" for each in told.value.problems]


def test_what_is_taken_off_for_a_credit_note_lowers_what_is_paid_in_all() -> None:
    found = read("503,30.00\n504,20.00\nCN-000012,-5.00\nTotal,45.00\n")
    assert (found.pays, found.credits) == (((503, 3000), (504, 2000)), ((12, -500),))
    assert found.in_words == "£45.00 for 2 invoices, after £5.00 that is taken off"


@pytest.mark.parametrize("written", ["CN12", "cn 12", "C/N 000012", "CR12", "CRN: 12", "Credit note 12", "CREDIT NOTE NO. 12", "credit 12", "'CN12"])
def test_a_credit_note_is_known_however_it_is_written(written: str) -> None:
    assert read(f"503,30.00\n{written},(5.00)\n").credits == ((12, -500),)


def test_a_minus_beside_the_number_of_an_invoice_stands_apart_from_what_is_paid_of_it() -> None:
    found = read("503,30.00\n503,-5.00\n503,1.00\n12,-2.50\n")
    assert found.pays == ((503, 3100), (503, -500), (12, -250))
    assert found.total == Money(2350)


def test_an_advice_that_comes_to_nothing_or_less_is_no_payment() -> None:
    assert problems_of("503,5.00\nCN1,-5.00\n") == ["advice.csv: comes to £0.00."]
    assert problems_of("503,-5.00\n") == ["advice.csv: comes to -£5.00."]


def test_a_credit_note_without_a_minus_is_not_guessed() -> None:
    assert problems_of("503,30.00\nCN12,5.00\n") == ["advice.csv, row 3, amount: “5.00” for a credit note is not below nil."]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["503", "504", "12", "CN-12", "Credit note 7"]), st.integers(1, 99_999), st.booleans()), min_size=1))
def test_what_is_read_comes_to_what_the_rows_come_to(rows: list[tuple[str, int, bool]]) -> None:
    signed = [(name, -pence if off or name.startswith("C") else pence) for name, pence, off in rows]
    total = sum(pence for _, pence in signed)
    text = "".join(f"{name},{Money(pence).plain}\n" for name, pence in signed)
    if total > 0:
        assert read(text).total.pence == total
    else:
        assert len(problems_of(text)) == 1


def test_a_file_of_record_names_an_invoice_or_a_credit_note_and_never_both() -> None:
    def findings(*pays: dict[str, object]) -> list[str]:
        with pytest.raises(Refused) as told:
            parse_record({"remittances": [{"remittance": "RA-1", "on": "2026-07-02", "pays": list(pays)}]}, "noted.yaml")
        return [each.what for each in told.value.problems]
    paid: dict[str, object] = {"invoice": 503, "pounds": "30.00"}
    assert findings(paid, {"invoice": 1, "credit_note": 2, "pounds": "-1.00"}, {"pounds": "-1.00"}) == [
        "names an invoice and a credit note, or neither."] * 2
    assert findings(paid, {"credit_note": 2, "pounds": "1.00"}) == ["is above nil for a credit note."]
    assert findings(paid, {"credit_note": 2, "pounds": "-30.00"}) == ["comes to £0.00."]
    assert findings(paid, paid) == ["503 stands there twice."]

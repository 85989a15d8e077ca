"""Broken electronic invoices: each is refused by our own check, by name, with what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from basics.periods import Period
from invoicing.einvoice import EInvoice, Endpoint, Party, Scheme
from invoicing.einvoice_rules import problems
from tests.documents.einvoice_kinds import CHARITY, COUNCIL, UNREGISTERED, credit, hours, invoice, outside, part

SEPTEMBER = Period(date(2026, 9, 30), date(2026, 9, 30))
LINE = hours(5)


def sold_by(party: Party, endpoint: Endpoint | None) -> EInvoice:
    return invoice(seller=replace(party, endpoint=endpoint))


BROKEN: dict[str, tuple[EInvoice, str]] = {
    "a draft": (invoice(number=""), "It has no number"),
    "neither buyer reference nor order number": (invoice(buyer_reference=""), "PEPPOL-R003"),
    "VAT not known": (invoice(category=None), "How VAT stands is not known"),
    "exempt without a reason": (invoice(reason=" "), "BR-E-10"),
    "outside the scope without a reason": (outside(reason=""), "BR-O-10"),
    "exempt without the VAT number": (invoice(seller=UNREGISTERED), "BR-E-02"),
    "outside the scope with a VAT number": (outside(seller=CHARITY), "BR-O-02"),
    "no registration at all": (outside(seller=replace(UNREGISTERED, registration="")), "BR-CO-26"),
    "a VAT number without GB": (invoice(seller=replace(CHARITY, vat_number="123456782")), "does not begin with GB"),
    "a VAT number whose check digits do not fit": (invoice(seller=replace(CHARITY, vat_number="GB123456783")), "is not a VAT number"),
    "no address of the provider": (sold_by(CHARITY, None), "provider: There is no address"),
    "no address of the payer": (invoice(buyer=replace(COUNCIL, endpoint=None)), "payer: There is no address"),
    "a GLN with the wrong check digit": (sold_by(CHARITY, Endpoint(Scheme.GLN, "5060000000008")), "is not a GLN"),
    "a GLN of twelve digits": (sold_by(CHARITY, Endpoint(Scheme.GLN, "036000291452")), "is not a GLN"),
    "a DUNS number of ten digits": (sold_by(CHARITY, Endpoint(Scheme.DUNS, "1234567890")), "is not a DUNS number"),
    "an address by VAT number without GB": (sold_by(CHARITY, Endpoint(Scheme.VAT, "123456782")), "is not a VAT number that begins with GB"),
    "no name of the payer": (invoice(buyer=replace(COUNCIL, name=" ")), "The name is missing"),
    "no line": (replace(invoice(), lines=(), total_pence=0), "BR-16"),
    "a line without words": (invoice(part(" ", 100)), "BR-25"),
    "a line of an earlier month": (invoice(replace(LINE, period=SEPTEMBER)), "PEPPOL-R110"),
    "a line that ends after the invoice": (invoice(replace(LINE, period=Period(date(2026, 10, 5), date(2026, 11, 1)))), "PEPPOL-R110"),
    "two pence more than quantity and price give": (invoice(replace(LINE, pence=LINE.pence + 2)), "1.5 at £24.40 is £36.60, and it asks for £36.62"),
    "a penny less": (invoice(replace(LINE, pence=LINE.pence - 1)), "a difference of a penny is a difference"),
    "a price below nil": (invoice(replace(LINE, price=Decimal(-1), pence=-150), hours(6)), "BR-27"),
    "a quantity of nil": (invoice(replace(LINE, quantity=Decimal(0), pence=0)), "Its quantity is nil"),
    "a unit of its own": (invoice(replace(LINE, unit="VISIT")), "“VISIT” is not a unit"),
    "a total that is not the lines": (invoice(total_pence=3661), "Its lines add to £36.60, and its total is £36.61"),
    "a total below nil": (invoice(part("Put right", -100)), "Write a credit note"),
    "due before it was issued": (invoice(due_on=date(2026, 11, 1)), "before it was issued"),
    "a credit note for nothing": (replace(credit(), before=None), "which invoice it puts right"),
    "a character that XML cannot hold": (invoice(part("Support\x01", 100)), "U+0001"),
    "an IBAN with a slip": (invoice(iban="GB33BUKB20201555555556"), "is not an IBAN"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_each_is_refused_by_name_and_with_what_to_do(broken: str) -> None:
    each, named = BROKEN[broken]
    found = problems(each)
    assert [str(problem) for problem in found if named in str(problem)] != [], found
    assert all(problem.to_do and problem.place.startswith(("invoice ", "credit note ")) for problem in found)


def test_each_has_one_fault_and_only_that_is_told() -> None:
    more = {"a VAT number without GB", "no line", "a total below nil"}
    assert {name for name, (each, _) in BROKEN.items() if len(problems(each)) != 1} <= more


def test_every_fault_is_told_at_once() -> None:
    found = problems(invoice(replace(LINE, pence=1), number="", buyer_reference="", category=None))
    assert [problem.place.rsplit(", ", 1)[1] for problem in found] == ["number", "buyer reference", "VAT", "line 1"]


@pytest.mark.parametrize("where", ["note", "line"])
def test_nobody_who_is_supported_is_named(where: str) -> None:
    named = invoice(note="For Amina Yusuf") if where == "note" else invoice(part("Swimming with Amina", 100))
    assert [problem.what for problem in problems(named, ("Amina Yusuf", "Amina"))][:1] == ["It names a person who is supported."]
    assert problems(invoice(part("Swimming with Aminatou", 100)), ("Amina",)) == []

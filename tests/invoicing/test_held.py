"""What a payer asks of an invoice, and what holds it; and one invoice for everybody whom a payer pays for."""

from dataclasses import replace
from datetime import date

import pytest

from basics.periods import Month, Period
from invoicing.delivery import Agreements
from invoicing.drafts import ScheduleRow, draft_instalments, draft_invoices
from invoicing.held import apart
from invoicing.payer_rules import KnownAs, Order, PayerRules
from invoicing.together import together
from tests.invoicing.support_records import DAY, TERMS, YEAR, agreed, charged, funding, line, pence, visit

MARCH = Month(2026, 3)
DRAFT, = draft_invoices(charged(visit(), by=agreed()), MARCH)
ROW = ScheduleRow("block", 1, Period(date(2026, 3, 1), date(2026, 3, 28)), date(2026, 3, 1), date(2026, 3, 31),
                  (("fund-P001", "council", 100), ("fund-P002", "council", 50)))
INSTALMENT, = draft_instalments([ROW], MARCH, invoiced=(), live_from=YEAR.first)
NEEDS = (replace(TERMS, order_number_needed=True),)
BOTH = (funding(), funding("fund-P002", order_number="PO-2"))


def why(draft, by, before=()):
    """Why a draft is held, in words; nothing where it is not."""
    ready, held = apart([draft], by, dict(before))
    assert len(ready) + len(held) == 1
    return [reason.what for each in held for reason in each.reasons]


def order(first=YEAR.first, last=YEAR.last, number="PO-1", pence=None):
    return Order("fund-P001", "council", number, Period(first, last), pence)


def with_orders(*orders, **more) -> Agreements:
    return replace(agreed(**more), orders=orders)


@pytest.mark.parametrize("draft", [DRAFT, INSTALMENT])
def test_a_payer_who_needs_an_order_number_gets_no_invoice_without_one(draft):
    assert why(draft, agreed(fundings=BOTH)) == []
    assert why(draft, agreed(fundings=BOTH, terms=NEEDS)) == ["council needs an order number for the fund fund-P001, and none is given."]


def test_the_funding_is_the_latest_that_bears_on_the_days_of_the_draft():
    first, last = Period(YEAR.first, date(2026, 3, 11)), Period(DAY, YEAR.last)
    old_number = agreed(fundings=(funding(period=first, order_number="PO-1"), funding(period=last)), terms=NEEDS)
    new_number = agreed(fundings=(funding(period=first), funding(period=last, order_number="PO-1")), terms=NEEDS)
    assert (len(why(DRAFT, old_number)), why(DRAFT, new_number)) == (1, [])


def test_an_order_that_covers_the_day_is_the_order_number_of_that_day():
    assert why(DRAFT, with_orders(order(DAY, DAY), terms=NEEDS)) == []


def test_support_after_the_last_day_of_an_order_is_held_whether_or_not_a_number_is_needed():
    said = ["No order of council covers support for the fund fund-P001 on 12 March 2026: order PO-1 ends on 11 March 2026."]
    assert why(DRAFT, with_orders(order(last=date(2026, 3, 11)))) == why(DRAFT, with_orders(order(last=date(2026, 3, 11)), terms=NEEDS)) == said


def test_a_number_of_the_funding_covers_every_day_of_it():
    assert why(DRAFT, with_orders(order(last=date(2026, 3, 11)), fundings=(funding(order_number="PO-0"),))) == []


def test_support_within_an_order_and_outside_it_are_drafted_apart():
    by = with_orders(order(last=date(2026, 3, 11)))
    charges = charged(visit("V1", day=date(2026, 3, 11)), visit("V2"), by=by)
    drafts = draft_invoices(charges, MARCH, PayerRules(by.orders, by.known_as))
    ready, held = apart(drafts, by, {})
    assert [[one.support_on for one in each.lines] for each in ready] == [[date(2026, 3, 11)]]
    assert [[one.support_on for one in each.draft.lines] for each in held] == [[DAY]]
    assert sum(each.pence for each in drafts) == pence(charges)
    assert len({each.key for each in drafts}) == 2


def test_each_order_has_an_invoice_of_its_own():
    by = with_orders(order(last=date(2026, 3, 11)), order(DAY, YEAR.last, "PO-2"))
    drafts = draft_invoices(charged(visit("V1", day=date(2026, 3, 11)), visit("V2"), by=by), MARCH, PayerRules(by.orders, by.known_as))
    assert [each.key for each in drafts] == ["2026-03|council|fund-P001|PO-1", "2026-03|council|fund-P001|PO-2"]


@pytest.mark.parametrize(("before", "held"), [(0, False), (7_560, False), (7_561, True)])
def test_an_order_of_100_pounds_is_never_asked_for_more(before, held):
    """The visit is £24.40."""
    one = order(pence=10_000)
    assert bool(why(DRAFT, with_orders(one), {one: before}.items())) is held


def test_an_instalment_is_held_where_its_order_ends_within_it():
    assert why(INSTALMENT, with_orders(order(last=date(2026, 3, 20)), fundings=BOTH)) == [
        "No order of council covers support for the fund fund-P001 on 21 to 28 March 2026: order PO-1 ends on 20 March 2026."]


def test_a_payer_who_needs_its_own_reference_gets_no_invoice_without_it():
    by = agreed(terms=(replace(TERMS, person_reference_needed=True),))
    assert why(DRAFT, by) == ["council needs its own reference for the person of the fund fund-P001, and it is not known."]
    assert why(DRAFT, replace(by, known_as=(KnownAs("fund-P001", "council", "88213"),))) == []
    assert why(DRAFT, replace(by, known_as=(KnownAs("fund-P001", "icb", "88213"),))) != []


def test_what_only_we_can_put_right_holds_no_single_invoice():
    assert why(DRAFT, agreed(fundings=())) == why(DRAFT, agreed(terms=(replace(TERMS, vat=None),))) == []


def of_two(*terms):
    people = ("P001", "P002")
    names = [each.name for each in terms] * (2 // len(terms))
    return agreed(plan=tuple(line(person, number=n) for n, person in enumerate(people)), terms=terms,
                  fundings=tuple(funding(f"fund-{person}", terms=name) for person, name in zip(people, names, strict=True)))


def drafted(by):
    drafts = draft_invoices(charged(visit("V1"), visit("V2", "P002"), visit("V3"), by=by), MARCH)
    return drafts, together(drafts, by, MARCH)


def test_a_payer_that_asks_for_one_invoice_has_one_for_everybody_and_each_line_keeps_its_fund():
    single, (one,) = drafted(of_two(replace(TERMS, invoices="together")))
    assert (one.pence, one.fund, one.funds) == (sum(each.pence for each in single), "", ("fund-P001", "fund-P002"))
    assert {each.fund: sum(one.pence for one in each.lines) for each in single} == {
        fund: sum(each.pence for each in one.lines if each.fund == fund) for fund in one.funds}


@pytest.mark.parametrize("said", [None, "one a person"])
def test_otherwise_there_is_an_invoice_for_each_person(said):
    single, found = drafted(of_two(replace(TERMS, invoices=said)))
    assert found == single


def test_what_an_invoice_can_say_only_once_keeps_invoices_apart():
    one = replace(TERMS, invoices="together")
    for other in (replace(one, name="other", days_to_pay=7), replace(one, name="other", vat="outside the scope"),
                  replace(one, name="other", vat_words="Group 7")):
        single, found = drafted(of_two(one, other))
        assert sorted(each.key for each in found) == sorted(each.key for each in single)

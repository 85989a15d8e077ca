"""Nothing is charged that was not delivered, nothing asked for that was not charged or agreed, and numbers have no gap."""

from __future__ import annotations

import pytest

from ringfence.store import schema


def test_a_charge_needs_a_delivery_that_is_not_withdrawn(books):
    with books.refused("charge_without_delivery"):
        books.charge(100, delivery=31_337)
    gone = books.delivery()
    books.add(schema.withdrawal, delivery_id=gone, batch_id=1)
    with books.refused("charge_without_delivery"):
        books.charge(100, delivery=gone)


def test_a_charge_belongs_to_the_fund_of_its_event(books):
    with books.refused("event_fund"):
        books.add(schema.charge, event_id=books.event(fund=2), delivery_id=books.delivery(), fund_id=1, funder_id=1, how="delivery",
                  support_on="2026-10-05", pence=100, batch_id=1)


@pytest.mark.parametrize("charged", [{"pence": 99}, {"funder": 2}, {"how": "schedule"}])
def test_support_paid_for_by_delivery_is_posted_as_it_was_charged(books, charged):
    event = books.charge(**{"pence": 100, **charged})
    with books.refused("needs_charge"):
        books.entry("due", "owed_provider", 100, event_id=event)


def test_support_paid_for_by_delivery_needs_a_charge_at_all(books):
    with books.refused("needs_charge"):
        books.entry("due", "owed_provider", 100)


def test_a_charge_is_posted_once_unless_it_was_put_back(books):
    event = books.charge(100)
    first = books.entry("due", "owed_provider", 100, event_id=event)
    with books.refused("needs_charge"):
        books.entry("due", "owed_provider", 100, event_id=event)
    books.reverse(first)
    books.entry("due", "owed_provider", 100, event_id=event)


def test_time_becomes_pounds_only_by_an_agreement_for_just_that_time(books):
    books.entry("agreed", "available", 600, unit="minutes", origin_id=books.origin("allocation", 600, unit="minutes"))
    books.entry("available", "banked", 600, unit="minutes")
    with books.refused("needs_conversion"):
        books.entry("banked", "converted", 60, unit="minutes")
    event = books.event()
    books.add(schema.conversion, event_id=event, minutes=60, rate_per_hour="20.00", pence=2_000, agreement="minuted")
    with books.refused("needs_conversion"):
        books.entry("banked", "converted", 61, unit="minutes", event_id=event)
    books.entry("banked", "converted", 60, unit="minutes", event_id=event)
    with books.refused("needs_conversion"):
        books.entry("banked", "converted", 60, unit="minutes", event_id=event)


def test_a_conversion_is_of_some_time_and_agreed(books):
    for wrong in ({"minutes": 0}, {"pence": -1}, {"agreement": ""}, {"event_id": 88_888}):
        with books.refused("conversion"):
            books.add(schema.conversion, **{"event_id": books.event(), "minutes": 60, "pence": 1, "agreement": "minuted", **wrong})


def test_invoice_numbers_have_no_gap(books):
    for wrong in (0, 2, 7):
        with books.refused("invoice_number"):
            books.invoice(wrong)
    books.invoice(1)
    with books.refused("invoice_number"):
        books.invoice(3)
    books.invoice(2)


def test_invoice_numbers_go_on_from_the_providers_last(books):
    books.add(schema.setting, name="first_invoice_number", value="1201")
    with books.refused("invoice_number"):
        books.invoice(1)
    books.invoice(1201)
    books.invoice(1202)


def test_invoices_put_in_together_have_no_gap_either(books):
    def rows(*numbers: int) -> str:
        listed = ", ".join(f"({n}, 'k{n}', {n}, 1, '2026-10-01', '2026-10-31', '2026-11-02', '2026-12-02', 5, 1)" for n in numbers)
        return f"INSERT INTO invoice (id, key, number, funder_id, from_on, to_on, issued_on, due_on, pence, batch_id) VALUES {listed}"

    with books.refused("invoice_number"):
        books.sql(rows(1, 2, 4))
    books.sql(rows(1, 2, 3))


@pytest.mark.parametrize("wrong", [{"pence": 99}, {"funder": 2}, {"fund": 2}])
def test_a_line_asks_for_what_was_charged(books, wrong):
    event, invoice = books.posted_charge(100), books.invoice(1)
    with books.refused("invoice_line"):
        books.line(invoice, **{"pence": 100, "event": event, **wrong})
    books.line(invoice, 100, event=event)


def test_support_under_a_schedule_is_not_asked_for_by_delivery_too(books):
    event = books.charge(100, how="schedule")
    with books.refused("invoice_line"):
        books.line(books.invoice(1), 100, event=event)


def test_one_charge_is_asked_for_once(books):
    event, invoice = books.posted_charge(100), books.invoice(1)
    books.line(invoice, 100, event=event)
    with books.refused("key"):
        books.line(invoice, 100, event=event, n=2)


def test_a_line_stands_on_an_invoice_to_its_own_payer(books):
    event = books.charge(100)
    with books.refused("invoice_line"):
        books.line(books.invoice(1, funder=2), 100, event=event)
    with books.refused("invoice_line"):
        books.line(555, 100, event=event)


def test_withdrawn_support_is_not_asked_for(books):
    delivery = books.delivery()
    event = books.charge(100, delivery=delivery)
    books.add(schema.withdrawal, delivery_id=delivery, batch_id=1)
    with books.refused("invoice_line"):
        books.line(books.invoice(1), 100, event=event)


def test_invoiced_support_is_not_withdrawn(books):
    delivery = books.delivery()
    books.line(books.invoice(1), 100, event=books.posted_charge(100, delivery=delivery))
    with books.refused("invoiced_delivery"):
        books.add(schema.withdrawal, delivery_id=delivery, batch_id=1)


def test_an_instalment_is_asked_for_as_it_was_agreed(books):
    row = books.add(schema.schedule_row, contract_id=1, n=1, from_on="2026-10-01", to_on="2026-10-28", invoice_on="2026-10-01",
                    due_on="2026-10-31", batch_id=1)
    books.add(schema.schedule_part, schedule_row_id=row, fund_id=1, funder_id=1, pence=5_000)
    invoice = books.invoice(1)
    with books.refused("invoice_line"):
        books.line(invoice, 5_001, schedule_row=row)
    with books.refused("invoice_line"):
        books.line(invoice, 5_000, schedule_row=row, fund=2)
    books.line(invoice, 5_000, schedule_row=row)

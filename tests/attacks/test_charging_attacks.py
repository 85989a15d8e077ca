"""One person's support is never charged to another's fund, never twice, and what is invoiced stays as it is."""

from __future__ import annotations

from ringfence.store import schema


def test_one_persons_visit_is_not_charged_to_another_persons_fund(books):
    of_person_1 = books.delivery()
    with books.refused("charge_person"):
        books.charge(100, delivery=of_person_1, fund=2)


def test_a_house_is_charged_only_to_who_lives_there(books):
    books.add(schema.house, id=1, reference="elm", places=2, void_paid_by="provider", body="{}", batch_id=1)
    books.add(schema.house_place, id=1, house_id=1, place=1, person_id=1, from_on="2026-10-01", version=1, batch_id=1)
    shared = books.add(schema.delivery, id=900, key="shared", version=1, visit="v", carer="c", house_id=1, happened_on="2026-10-05",
                       planned_minutes=60, actual_minutes=60, planned_carers=1, batch_id=1)
    books.charge(100, delivery=shared, fund=1)
    with books.refused("charge_person"):
        books.charge(100, delivery=shared, fund=2)


def test_one_hour_is_not_charged_twice_to_a_fund_and_payer(books):
    visit = books.delivery()
    books.charge(100, delivery=visit)
    for how in ("delivery", "schedule"):
        with books.refused("charged_twice"):
            books.charge(100, delivery=visit, how=how)


def test_a_later_version_needs_the_one_before_withdrawn(books):
    books.delivery()
    first = {"visit": "v", "carer": "c", "person_id": 1, "happened_on": "2026-10-05", "planned_minutes": 60, "actual_minutes": 60,
             "planned_carers": 1, "batch_id": 1}
    books.add(schema.delivery, id=901, key="again", version=1, **first)
    with books.refused("delivery_version"):
        books.add(schema.delivery, id=902, key="again", version=2, **first)
    books.add(schema.withdrawal, delivery_id=901, batch_id=1)
    books.add(schema.delivery, id=903, key="again", version=2, **first)


def test_what_is_on_an_invoice_is_not_reversed_and_only_what_was_posted_is_invoiced(books):
    event = books.charge(100)
    invoice = books.invoice(1)
    with books.refused("invoice_line"):
        books.line(invoice, 100, event=event)
    posted = books.entry("due", "owed_provider", 100, event_id=event)
    books.line(invoice, 100, event=event)
    with books.refused("invoiced_delivery"):
        books.reverse(posted)


def test_only_the_providers_own_fund_carries_empty_places(books):
    with books.refused("account_shape"):
        books.add(schema.account, id=950, key="void", fund_id=1, unit="pence", role="void_cost")


def test_only_a_promise_has_a_payer_so_no_account_has_a_twin(books):
    with books.refused("account_shape"):
        books.add(schema.account, id=951, key="twin", fund_id=1, unit="pence", role="owed_provider", funder_id=1)


def test_a_lock_is_taken_off_by_a_decision_of_its_own(books):
    lock = books.lock("2026-01")
    with books.refused("reopen"):
        books.add(schema.month_reopen, month_lock_id=lock, batch_id=books.batch(approved=True))

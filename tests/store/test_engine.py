"""Reading and writing, alike on both engines."""

from decimal import Decimal

import pytest

from basics.errors import GuardRefused, StoreError
from ringfence.store.engine import bulk_insert, next_id
from ringfence.store.registry import setting_of
from ringfence.store.schema import person, role, rule


def test_a_new_store_knows_its_provider_and_the_constitution(store):
    with store.reading() as connection:
        assert setting_of(connection, "sample") == "yes"
        assert connection.execute(role.select()).all()
        assert connection.execute(rule.select()).all()


def test_rows_put_in_at_once_are_read_back(store):
    with store.writing() as connection:
        bulk_insert(connection, person, [(1, "a"), (2, "b")])
        bulk_insert(connection, person, [("c", 3)], columns=["reference", "id"])
        assert next_id(connection, person) == 4
    with store.reading() as connection:
        assert connection.execute(person.select().order_by(person.c.id)).all() == [(1, "a"), (2, "b"), (3, "c")]


def test_nothing_of_a_failed_transaction_is_kept(store):
    with pytest.raises(GuardRefused) as refused, store.writing() as connection:
        bulk_insert(connection, person, [(1, "a")])
        bulk_insert(connection, person, [(2, "a")])
    assert refused.value.guard == "key"
    with store.reading() as connection:
        assert connection.execute(person.select()).all() == []


def test_reading_cannot_write(store):
    with pytest.raises(StoreError), store.reading() as connection:
        bulk_insert(connection, person, [(1, "a")])
    with store.writing() as connection:
        bulk_insert(connection, person, [(1, "a")])


def test_a_reader_sees_the_books_as_they_stood_when_it_began(store, open_again):
    with store.reading() as reader:
        assert reader.execute(person.select()).all() == []
        with open_again().writing() as writer:
            bulk_insert(writer, person, [(1, "a")])
        assert reader.execute(person.select()).all() == []


def test_a_part_of_a_penny_is_refused(store):
    for number in (1.5, Decimal("1.5")):
        with pytest.raises(GuardRefused) as refused, store.writing() as connection:
            connection.execute(person.insert(), {"id": number, "reference": "a"})
        assert refused.value.guard == "type"

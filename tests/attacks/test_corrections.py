"""What was wrong is put back by a mirror of it, once, and nothing is overwritten."""

from __future__ import annotations

import pytest

from ringfence.store import schema
from tests.attacks.conftest import DAY


@pytest.fixture
def posted(books):
    books.allocate(10_000)
    return books.entry("available", "owed_provider", 1_000)


def test_a_reversal_is_a_mirror_or_nothing(books, posted):
    other = books.origin("shared_cost", 1_000)
    for changed in (
        {"amount": 999},
        {"debit_account_id": books.account(1, "available"), "credit_account_id": books.account(1, "owed_provider")},
        {"debit_account_id": books.account(1, "held")},
        {"origin_id": other},
        {"fund_id": 2, "debit_account_id": books.account(2, "owed_provider"), "credit_account_id": books.account(2, "available"),
         "event_id": books.event(2)},
        {"reverses_id": 424_242},
    ):
        with books.refused("reversal"):
            books.reverse(posted, **changed)


def test_nothing_is_reversed_twice(books, posted):
    books.reverse(posted)
    with books.refused("reversal"):
        books.reverse(posted)


def test_a_reversal_is_not_itself_reversed(books, posted):
    with books.refused("reversal"):
        books.reverse(books.reverse(posted))


def test_an_entry_does_not_reverse_itself(books):
    account = books.account(1, "available")
    with books.refused("reversal"):
        books.entry("available", "available", 5, id=77, reverses_id=77, debit_account_id=account, credit_account_id=account)


def test_a_reversal_gives_back_the_part_that_it_used(books):
    origin = books.origin("allocation", 500)
    books.reverse(books.entry("due", "available", 500, origin_id=origin))
    assert books.all(f"SELECT used FROM part_use WHERE origin_id = {origin}") == [(0,)]


def test_a_part_of_a_bank_line_stays_used_when_its_money_is_put_back(books):
    origin = books.origin("bank_in", 500)
    books.reverse(books.entry("held", "due", 500, origin_id=origin))
    assert books.all(f"SELECT used FROM part_use WHERE origin_id = {origin}") == [(500,)]


def test_a_sealed_batch_takes_no_more_entries(books, posted):
    books.add(schema.seal, n=1, batch_id=1, covers="entries", rows=1, sha256="a" * 64)
    with books.refused("sealed"):
        books.entry("available", "owed_provider", 1)


def test_a_seal_is_the_next_and_holds_the_last(books):
    books.add(schema.seal, n=1, batch_id=1, covers="entries", sha256="a" * 64)
    for wrong in ({"n": 3, "previous": "a" * 64}, {"n": 2, "previous": "b" * 64}, {"n": 2, "previous": ""}, {"n": 1, "previous": "a" * 64},
                  {"n": 2, "previous": "a" * 64, "sha256": ""}):
        with pytest.raises(Exception, match=r"seal|key") as refused:
            books.add(schema.seal, **{"batch_id": books.batch(), "covers": "entries", "sha256": "c" * 64, **wrong})
        assert refused.value.guard in ("seal_chain", "key")
    books.add(schema.seal, n=2, batch_id=books.batch(), covers="entries", previous="a" * 64, sha256="c" * 64)


TABLES = sorted(set(schema.metadata.tables) - {"balance", "part_use"})


def changes(table):
    column = schema.metadata.tables[table].columns.keys()[0]
    return f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"


def test_nothing_is_changed_or_removed_by_the_app(books):
    for table in TABLES:
        for statement in changes(table):
            assert (statement, books.guard_against(statement)) == (statement, books.bars)


def test_nothing_is_changed_or_removed_past_the_apps_bars_either(books):
    """As the owner on PostgreSQL and without the authorizer on SQLite, a trigger refuses by itself."""
    for table in TABLES:
        fill(books, table)
        for statement in changes(table):
            assert (statement, books.guard_against(statement, as_owner=True)) == (statement, "append_only")


def fill(books, table):
    """A row in `table` if it has none: SQLite asks its triggers for each row."""
    lawful = {
        "approval": lambda: books.batch(approved=True), "charge": lambda: books.charge(100), "entry": lambda: books.allocate(100),
        "event": books.event, "invoice": lambda: books.invoice(1, id=1), "month_lock": lambda: books.lock("2026-01"),
        "origin": lambda: books.origin("bank_in", 100), "part": lambda: books.origin("bank_in", 100),
        "conversion": lambda: books.add(schema.conversion, event_id=books.event(), minutes=1, agreement="minuted"),
        "invoice_line": lambda: books.line(1, 100, event=books.posted_charge(100)),
        "month_reopen": lambda: books.add(schema.month_reopen, month_lock_id=books.lock("2026-02"),
                                          batch_id=books.batch(approved=True, kind="reopen")),
        "fund_closing": lambda: books.close_fund(2), "schedule_change": lambda: books.change_instalment(books.instalment(100), 50),
        "stand_in": lambda: books.add(schema.stand_in, user_account_id=1, absent_id=2, version=1, given_by=1),
        "credit_note": lambda: credit_of(books), "credit_line": lambda: credit_line_of(books),
        "seal": lambda: books.add(schema.seal, n=1, batch_id=1, covers="entries", sha256="a"),
    }
    if not books.all(f"SELECT 1 FROM {table} LIMIT 1"):
        lawful.get(table, lambda: books.add(schema.metadata.tables[table]))()


def credit_of(books):
    """A credit note of an invoice with one line that has none yet."""
    number = books.all("SELECT coalesce(max(number), 0) + 1 FROM invoice")[0][0]
    invoice = books.invoice(number)
    books.line(invoice, 100, event=books.posted_charge(100))
    last = books.all("SELECT coalesce(max(number), 0) + 1 FROM credit_note")[0][0]
    return books.add(schema.credit_note, number=last, invoice_id=invoice, issued_on=DAY, pence=100, words="Nobody came",
                     batch_id=books.batch(approved=True)), invoice


def credit_line_of(books):
    note, invoice = credit_of(books)
    books.add(schema.credit_line, credit_note_id=note, n=1, invoice_id=invoice, invoice_n=1, pence=100)


@pytest.mark.parametrize("place_without_links", ["postgresql"], indirect=True)
def test_no_row_takes_anothers_place_on_postgresql(books, posted):
    with books.refused("grants"):
        books.sql(f"INSERT INTO entry SELECT * FROM entry WHERE id = {posted} ON CONFLICT (id) DO UPDATE SET amount = 1")


@pytest.mark.parametrize("place_without_links", ["sqlite"], indirect=True)
@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT OR FAIL", "INSERT OR ROLLBACK"])
def test_no_row_takes_anothers_place_on_sqlite(books, posted, how):
    for table in ("entry", "approval", "person", "balance"):
        with books.refused("authorizer" if table == "balance" else "replace"):
            books.sql(f"{how} INTO {table} SELECT * FROM {table}")


def test_a_known_key_is_refused_by_its_name(books, posted):
    with books.refused("key"):
        books.add(schema.person, id=50, reference="person-1")


@pytest.mark.parametrize("place_without_links", ["sqlite"], indirect=True)
def test_a_guard_is_not_ignored_where_the_statement_ignores_conflicts(books):
    """On SQLite the outer statement decides what happens to a conflict inside a guard’s own steps."""
    origin, batch = books.origin("bank_in", 100, parts={}), books.batch()
    for how in ("IGNORE", "REPLACE", "FAIL", "ROLLBACK"):
        with books.refused("part_over_origin"):
            books.sql(f"INSERT OR {how} INTO part (id, origin_id, fund_id, unit, amount, batch_id) "
                      f"VALUES (5, {origin}, 1, 'pence', 101, {batch})")
    assert books.all("SELECT count(*) FROM part WHERE id = 5") == [(0,)]

"""The door to the database: make one, open one, read, write, and put many rows in at once.

Nothing else in Ringfence knows which engine stands behind. A refusal by a guard arrives as `GuardRefused` with the guard's name,
anything wrong with the database itself as `StoreError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Table, text

from basics.errors import StoreError
from ringfence.store import postgresql, refusals, sqlite
from ringfence.store.nameless import NAMELESS

Dialect = Literal["sqlite", "postgresql"]

ONE_WRITER = 7_465_746_963  # the advisory lock that every writer on PostgreSQL takes; the guards take the same one
ASKS_PASSPHRASE = "asks passphrase"
"""The setting of practice books that are not opened by a name alone."""
_TOGETHER = 100
"""Rows in one statement on SQLite: what it keeps to take a statement back is half the time of a row alone. More take longer to read."""
_POSTGRESQL = ("postgresql://", "postgres://", "postgresql+psycopg://")


class Store:
    """An open database of one provider."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.dialect: Dialect = "sqlite" if engine.dialect.name == "sqlite" else "postgresql"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees the books as they stood when it began, and cannot write."""
        options: dict[str, Any] = {}
        if self.dialect == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._engine.connect() as plain:
            connection = plain.execution_options(**options)
            if self.dialect == "postgresql":
                with connection.begin():
                    yield connection
                return
            with sqlite.only_reading(connection), connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes: all of it is kept, or none. There is one writer at a time, so ids may be the last plus one.

        Raises `GuardRefused` where a guard refuses a row, and `StoreError` where the database cannot take it.
        """
        with self._engine.connect() as plain:
            connection = plain.execution_options(ringfence_writes=True)
            with connection.begin():
                if self.dialect == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_WRITER})
                yield connection

    @contextmanager
    def without_names(self, connection: Connection) -> Iterator[None]:
        """For the rest of a reading transaction: what may say who somebody is cannot be read, by the database’s own refusal."""
        connection.execution_options(**{NAMELESS: True})
        try:
            if self.dialect == "sqlite":
                with sqlite.without_names(connection):
                    yield
            else:
                postgresql.forget_names(connection)
                yield
        finally:
            connection.execution_options(**{NAMELESS: False})

    def close(self) -> None:
        self._engine.dispose()


def create_store(url: str, *, provider: str, sample: bool, key: str | None = None, owner_url: str | None = None,
                 asks_passphrase: bool = False) -> Store:
    """Make a database for `provider` and open it.

    `url` is a file (`books.db`, `sqlite:///books.db`) or `postgresql://user:password@host/database`; `owner_url` is who owns the
    tables on PostgreSQL, never who the app is. `key` encrypts a file. Real data (`sample=False`) in a file needs one. With `asks_passphrase`
    even practice books are opened in the app by a passphrase.
    Raises `StoreError` where one stands there already, or the place will not do.
    """
    settings = {"provider": provider, "sample": "yes" if sample else "no", **({ASKS_PASSPHRASE: "yes"} if asks_passphrase else {})}
    if url.startswith(_POSTGRESQL):
        _refuse_key(key)
        if owner_url is None:
            raise StoreError("Who owns the tables on PostgreSQL was not given.",
                             "Give the owner’s address as well: the app itself must not own what it keeps.")
        postgresql.create(url, owner_url, settings)
    else:
        sqlite.create(sqlite.path_in(url), key, settings)
    return open_store(url, key=key)


def open_store(url: str, *, key: str | None = None, only_reads: bool = False) -> Store:
    """Open a database. A file made by an older Ringfence is brought up to date; one made by a newer is refused.

    With `only_reads` nothing can be written through it: a file is asked for no more, and on PostgreSQL the address must be that of a user
    who may only read.
    """
    if url.startswith(_POSTGRESQL):
        _refuse_key(key)
        return Store(postgresql.opened(url, only_reads=only_reads))
    return Store(sqlite.opened(sqlite.path_in(url), key, only_reads=only_reads))


def bulk_insert(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]], columns: Sequence[str] | None = None) -> None:
    """Put many rows in at once, as tuples in the order of `columns` (all of the table's, in its order, where none are given).

    `rows` is read once, as it is written: a generator need not stand in memory.
    """
    names = list(columns) if columns is not None else [column.name for column in table.columns]
    quote = connection.dialect.identifier_preparer.quote
    into, listed = quote(table.name), ", ".join(quote(name) for name in names)
    coming = iter(rows)
    if connection.dialect.name == "postgresql":
        if first := list(islice(coming, 1)):
            with refusals.translated(connection):
                postgresql.copy(connection, f"COPY {into} ({listed}) FROM STDIN", chain(first, coming))
        return
    statement, one = f"INSERT INTO {into} ({listed}) VALUES ", f"({', '.join('?' * len(names))})"
    together = statement + ", ".join([one] * _TOGETHER)
    while len(some := list(islice(coming, _TOGETHER))) == _TOGETHER:
        connection.exec_driver_sql(together, tuple(chain.from_iterable(some)))
    if some:
        connection.exec_driver_sql(statement + one, some)


def next_id(connection: Connection, table: Table) -> int:
    """The id for the next row; safe inside `writing()`, where there is no other writer."""
    name = connection.dialect.identifier_preparer.quote(table.name)
    return int(connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) + 1 FROM {name}").scalar_one())


def _refuse_key(key: str | None) -> None:
    if key is not None:
        raise StoreError("A key was given for a database on PostgreSQL.",
                         "Leave the key out: a server’s disks are encrypted by whoever runs the server.")

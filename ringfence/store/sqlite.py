"""One file for one provider, encrypted by SQLCipher where it holds real people."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from basics.errors import StoreError
from ringfence.store import migrations, place, refusals
from ringfence.store.authorizer import authorizer
from ringfence.store.nameless import READ, VIEWS

ENCRYPTS = importlib.util.find_spec("sqlcipher3") is not None
driver: ModuleType = importlib.import_module("sqlcipher3.dbapi2") if ENCRYPTS else sqlite3
"""Where there is no sqlcipher3 for a machine, the sample can still be looked at."""
driver.register_adapter(type(None), lambda nothing: nothing)  # it looks long for a way to write None, and two cost more than their row

_WAIT_SECONDS = 30
_SALT_BYTES, _KEY_BYTES, _ROUNDS = 16, 32, 256_000  # SQLCipher 4: PBKDF2-HMAC-SHA512, the salt in front of the file
_CACHE = -128_000  # KiB kept in memory: a month end of thousands of people writes to several indexes at once
_JOURNAL = "wal" if ENCRYPTS else "delete"  # an older SQLite than SQLCipher’s can damage a file in WAL mode
_URL = "sqlite:///"


def path_in(url: str) -> Path:
    """The file that `url` names: a plain path, or one after `sqlite:///`."""
    if url.startswith(_URL):
        url = url.removeprefix(_URL)
    elif re.match(r"[a-z][a-z0-9+]+://", url):
        raise StoreError(f"“{url.split('://')[0]}” is not a kind of database that Ringfence knows.",
                         "Give a file, or an address that starts with postgresql://.")
    if not url or url == ":memory:":
        raise StoreError("No file was named for the database.", "Give the path of a file, like books.db.")
    return Path(url).expanduser()


def create(path: Path, key: str | None, settings: Mapping[str, str]) -> None:
    """Make the file, readable by its owner only, with every table and guard in it; nothing is left of it where that fails."""
    place.refuse_unsafe(path)
    if settings["sample"] != "yes":
        _refuse_open_book(key)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise StoreError(f"{path} stands there already.", "Open it, or choose another name.") from None
    except OSError as error:
        raise StoreError(f"{path} cannot be made ({error.strerror}).", "Check who may write to the folder.") from error
    try:
        _build(path, key, settings)
    except BaseException:
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{path}{end}").unlink(missing_ok=True)
        raise


def opened(path: Path, key: str | None, *, foreign_keys: bool = True, only_reads: bool = False) -> Engine:
    """An engine on the file, up to date and guarded; with `only_reads` it adds nothing, whatever is asked of it.

    `foreign_keys` is off only where a test shows what the guards do alone.
    """
    place.refuse_unsafe(path)
    if not path.is_file() or path.stat().st_size == 0:
        raise StoreError(f"There is no database at {path}.", "Check the path, or make one with ‘ringfence init’.")
    secret = _secret(path, key)
    _refuse_or_migrate(path, secret, encrypted=key is not None, only_reads=only_reads)
    engine = _engine(path, secret, foreign_keys=foreign_keys)

    @event.listens_for(engine, "connect")
    def guard(connection: Any, record: Any) -> None:
        denied: list[str] = []
        usual = authorizer(driver, denied, only_reads=only_reads)
        record.info.update(denied=denied, usual=usual)
        connection.set_authorizer(usual)

    return engine


@contextmanager
def only_reading(connection: Connection) -> Iterator[None]:
    connection.exec_driver_sql("PRAGMA query_only = ON")
    connection.rollback()
    try:
        yield
    finally:
        if not connection.invalidated:
            connection.exec_driver_sql("PRAGMA query_only = OFF")
            connection.rollback()


@contextmanager
def without_names(connection: Connection) -> Iterator[None]:
    """For as long as figures are read: no column that may hold a name can be read, and nothing can be added."""
    plain, info = connection.connection.driver_connection, connection.info
    assert plain is not None, "a connection that is in use is connected"
    plain.set_authorizer(authorizer(driver, info.get("denied", []), only_reads=True, shown=READ, views=VIEWS))
    try:
        yield
    finally:
        plain.set_authorizer(info.get("usual"))


def _build(path: Path, key: str | None, settings: Mapping[str, str]) -> None:
    engine = _engine(path, _quoted(key) if key is not None else None)
    try:
        with engine.connect().execution_options(ringfence_writes=True) as connection, connection.begin():
            migrations.create(connection, settings)
    finally:
        engine.dispose()


def _refuse_or_migrate(path: Path, secret: str | None, *, encrypted: bool, only_reads: bool) -> None:
    engine = _engine(path, secret)
    try:
        with engine.connect().execution_options(ringfence_writes=True) as connection:
            if not migrations.is_current(connection):
                if only_reads:
                    raise StoreError("These books were made by an older Ringfence.", "Open them once with the app, which brings them up to date.")
                connection.rollback()
                with connection.begin():
                    migrations.upgrade(connection)
            migrations.refuse_unguarded(connection)
            if not encrypted and not migrations.is_sample(connection):
                _refuse_open_book(None)
    finally:
        engine.dispose()


def _engine(path: Path, secret: str | None, *, foreign_keys: bool = True) -> Engine:
    engine = create_engine("sqlite://", module=driver, creator=lambda: _connected(path, secret, foreign_keys), poolclass=QueuePool)
    refusals.install(engine)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("ringfence_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _connected(path: Path, secret: str | None, foreign_keys: bool) -> Any:
    connection = driver.connect(str(path), isolation_level=None, check_same_thread=False, timeout=_WAIT_SECONDS)
    try:
        if ENCRYPTS:
            connection.execute("PRAGMA cipher_log_level = NONE")
        if secret is not None:
            connection.execute(f"PRAGMA key = {secret}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        _set(connection, {"foreign_keys": int(foreign_keys), "recursive_triggers": 1, "journal_mode": _JOURNAL, "synchronous": 2,
                          "trusted_schema": 0, "cache_size": _CACHE})
    except BaseException:
        connection.close()
        raise
    return connection


def _set(connection: Any, wanted: Mapping[str, int | str]) -> None:
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        took = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if took != value:
            raise StoreError(f"The database would not take its setting {name} = {value} (it says {took}).",
                             "Keep the file on an ordinary disk of this machine, and see that nothing else has it open.")


def _secret(path: Path, key: str | None) -> str | None:
    """The key as SQLCipher wants it, worked out once: it would take a third of a second on each connection."""
    if key is None:
        return None
    _refuse_without_cipher()
    with path.open("rb") as file:
        salt = file.read(_SALT_BYTES)
    derived = hashlib.pbkdf2_hmac("sha512", key.encode(), salt, _ROUNDS, _KEY_BYTES)
    return f"\"x'{derived.hex()}{salt.hex()}'\""


def _quoted(key: str) -> str:
    _refuse_without_cipher()
    if not key or "\0" in key:
        raise StoreError("The key is empty.", "Give a key of at least a few words.")
    return "'" + key.replace("'", "''") + "'"


def _refuse_open_book(key: str | None) -> None:
    if key is None:
        raise StoreError("This database would hold real people’s money and names without encryption.",
                         "Give a key (RINGFENCE_KEY_FILE names a file that holds it); only the sample goes without.")


def _refuse_without_cipher() -> None:
    if not ENCRYPTS:
        raise StoreError("This machine has no sqlcipher3, so a file cannot be encrypted.",
                         "Install sqlcipher3, use PostgreSQL, or make a sample.")

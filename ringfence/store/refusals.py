"""What the database says when it refuses, in words for people.

A guard raises `guard:name`; a key, a link or a check is named by its constraint. Everything else is about the database itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext

from basics.errors import GuardRefused, RingfenceError, StoreError
from ringfence.store.guard_list import BY_CONSTRAINT, GUARDS

_GUARD = re.compile(r"guard:([a-z_]+)(?: \((.*)\))?")
_REPLACES = re.compile(r"^\s*(REPLACE\b|INSERT\s+OR\b)|\bON\s+CONFLICT\b", re.IGNORECASE)

_SQLITE_SAYS: tuple[tuple[str, str, str], ...] = (
    ("UNIQUE constraint failed: (.*)", "key", "A row like this is kept already ({0})."),
    ("FOREIGN KEY constraint failed", "foreign_key", "A row points at another that is not there."),
    ("CHECK constraint failed: (.*)", "check", "A row breaks the rule {0}."),
    ("NOT NULL constraint failed: (.*)", "not_empty", "{0} was left empty."),
    ("cannot store (.*) value in (.*) column (.*)", "type", "{2} takes another kind of value than {0}."),
    ("datatype mismatch|Error binding parameter|type '.*' is not supported", "type", "A value is not of its column’s kind."),
)
_POSTGRESQL_SAYS: dict[str, tuple[str, str]] = {
    "23505": ("key", "A row like this is kept already ({0})."),
    "23503": ("foreign_key", "A row points at another that is not there ({0})."),
    "23514": ("check", "A row breaks the rule {0}."),
    "23502": ("not_empty", "{0} was left empty."),
    "42501": ("grants", "The database does not let the app do this."),
}
_SQLITE_TROUBLE: tuple[tuple[str, str, str], ...] = (
    ("not a database|file is encrypted", "This is not a database that can be opened: it may be encrypted, or be another kind of file.",
     "Check the path, and the key if it has one."),
    ("malformed|corrupt", "The database file is damaged.", "Put back the latest copy of the file."),
    ("disk I/O error|is full", "The disk is full or does not take what is written; nothing of this was kept.",
     "Make room on the disk, then do it again."),
    ("locked|busy", "Somebody else is writing to the database.", "Wait until that is done, then do it again."),
    ("readonly|query only", "The database is open for reading only.", "Check who may write to the file and its folder."),
    ("unable to open", "The database file cannot be opened.", "Check the path, and who may read and write the file and its folder."),
)


def install(engine: Engine) -> None:
    """Make every error of this engine arrive in the words of `basics.errors`."""

    @event.listens_for(engine, "handle_error")
    def say(context: ExceptionContext) -> None:
        denied = context.connection.info.get("denied") if context.connection is not None else None
        if context.sqlalchemy_exception is not None:
            raise meaning(context.original_exception, context.statement or "", denied) from context.original_exception


@contextmanager
def translated(connection: Connection) -> Iterator[None]:
    """The same for what goes to the driver without SQLAlchemy."""
    try:
        yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise meaning(error, "COPY", None) from error


def meaning(error: BaseException, statement: str, denied: list[str] | None) -> RingfenceError:
    """The error for people behind an error of a driver."""
    said = str(error)
    guard = _GUARD.search(said)
    if guard is not None:
        return refusal(_or_replace(guard[1], statement), guard[2] or "")
    state = getattr(error, "sqlstate", None)
    found = _from_postgresql(error, state, said) if _from_psycopg(error) else _from_sqlite(said, denied)
    return found or StoreError(f"The database could not do what it was asked ({said.splitlines()[0] if said else type(error).__name__}).",
                               "This is a fault in Ringfence, not in what you did: please report it.")


def refusal(guard: str, where: str = "") -> GuardRefused:
    known = GUARDS[guard]
    return GuardRefused(guard, known.refuses + (f" ({where})" if where else ""), known.to_do)


def _or_replace(guard: str, statement: str) -> str:
    """A row with a known key is refused alike whether it was to be added or to take another's place; the statement tells which."""
    return "replace" if guard == "key" and _REPLACES.search(statement) else guard


def _from_psycopg(error: BaseException) -> bool:
    return type(error).__module__.startswith("psycopg")


def _from_sqlite(said: str, denied: list[str] | None) -> RingfenceError | None:
    if re.search("not authorized|prohibited|may not be modified", said):
        return refusal("authorizer", denied[-1] if denied else "")
    for pattern, guard, words in _SQLITE_SAYS:
        found = re.search(pattern, said)
        if found is not None:
            return GuardRefused(guard, words.format(*found.groups()), GUARDS[guard].to_do)
    for pattern, what, to_do in _SQLITE_TROUBLE:
        if re.search(pattern, said, re.IGNORECASE):
            return StoreError(what, to_do)
    return None


def _from_postgresql(error: Any, state: str | None, said: str) -> RingfenceError | None:
    if state in _POSTGRESQL_SAYS:
        guard, words = _POSTGRESQL_SAYS[state]
        constraint = error.diag.constraint_name or error.diag.column_name or ""
        if constraint in BY_CONSTRAINT:
            return refusal(BY_CONSTRAINT[constraint])
        detail = f" ({error.diag.message_primary})" if guard == "grants" else ""
        return GuardRefused(guard, words.format(constraint) + detail, GUARDS[guard].to_do)
    kind = (state or "")[:2]
    if kind == "22":
        return GuardRefused("type", f"A value does not fit its column ({said.splitlines()[0]}).", GUARDS["type"].to_do)
    return _trouble(kind, state, said.splitlines()[0] if said else "")


def _trouble(kind: str, state: str | None, said: str) -> StoreError | None:
    if kind == "53":
        return StoreError("The database server has no room left; nothing of this was kept.", "Make room on the server, then do it again.")
    if state in ("55P03", "40P01", "40001"):
        return StoreError("Somebody else is writing to the database.", "Wait until that is done, then do it again.")
    if state == "25006":
        return StoreError("The database is open for reading only.", "Use the address of the server that is written to.")
    if state is None or kind in ("08", "28", "3D", "57"):
        return StoreError(f"The database server cannot be reached or does not let the app in ({said}).",
                          "Check the address, the user and the password, and that the server runs.")
    return None

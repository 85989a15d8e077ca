"""What the app may do on SQLite, which has no users: read, add rows, and nothing that undoes a guard.

SQLite asks before it prepares each statement, and names the trigger that a step belongs to: so a guard may keep a balance and a
person may not. Set on every connection after its set-up; making and migrating a database is done before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType

from ringfence.store.schema import KEPT_BY_GUARDS

_OWN = ("sqlite_", "alembic_", "role", "rule")  # what only a migration writes
_READS = ("table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list", "foreign_key_check",
          "integrity_check", "quick_check")
_TELLS = ("foreign_keys", "recursive_triggers", "journal_mode", "synchronous", "trusted_schema", "read_uncommitted", "user_version",
          "cipher_version", "data_version", "page_count", "page_size")
_SWITCH = "query_only"  # the one setting that may be changed: it can only take away

Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]


def authorizer(module: ModuleType, denied: list[str], *, only_reads: bool = False, shown: Mapping[str, Sequence[str]] | None = None,
               views: Sequence[str] = ()) -> Authorizer:
    """The function that SQLite asks. What it denies is written into `denied`, so that the error can name it.

    With `only_reads` it lets nothing be added either. Where columns are `shown`, no other is read, but by the `views` themselves.
    """
    free = {module.SQLITE_SELECT, module.SQLITE_FUNCTION, module.SQLITE_TRANSACTION, module.SQLITE_SAVEPOINT,
            module.SQLITE_RECURSIVE}

    def may(action: int, first: str | None, second: str | None, trigger: str | None) -> bool:
        if action == module.SQLITE_FUNCTION:
            return (second or "").lower() not in ("load_extension", "sqlcipher_export")
        if action in free:
            return True
        if action == module.SQLITE_READ:
            return shown is None or trigger in views or second in _columns(shown, first or "")
        if action == module.SQLITE_PRAGMA:
            return _may_ask((first or "").lower(), second)
        if action == module.SQLITE_INSERT:
            return not only_reads and _may_insert(first or "", trigger)
        return not only_reads and action == module.SQLITE_UPDATE and trigger is not None and _is_kept(first or "", second or "")

    def asked(action: int, first: str | None, second: str | None, _database: str | None, trigger: str | None) -> int:
        if may(action, first, second, trigger):
            return int(module.SQLITE_OK)
        name = _NAMES.get(action, "ACTION") if action in _NAMES else str(action)
        denied[:] = [" ".join(part for part in (name, first, second) if part)]
        return int(module.SQLITE_DENY)

    return asked


def _columns(shown: Mapping[str, Sequence[str]], table: str) -> Sequence[str]:
    """What may be read of a table; rows are counted by a column without a name."""
    return ("", *shown[table]) if table in shown else ()


def _may_ask(pragma: str, value: str | None) -> bool:
    return pragma == _SWITCH or pragma in _READS or (pragma in _TELLS and value is None)


def _may_insert(table: str, trigger: str | None) -> bool:
    if table in KEPT_BY_GUARDS:
        return trigger is not None
    return not table.startswith(_OWN)


def _is_kept(table: str, column: str) -> bool:
    return table in KEPT_BY_GUARDS or (table, column) == ("origin", "placed")


_NAMES = {
    1: "CREATE INDEX", 2: "CREATE TABLE", 3: "CREATE TEMP INDEX", 4: "CREATE TEMP TABLE", 5: "CREATE TEMP TRIGGER",
    6: "CREATE TEMP VIEW", 7: "CREATE TRIGGER", 8: "CREATE VIEW", 9: "DELETE FROM", 10: "DROP INDEX", 11: "DROP TABLE",
    12: "DROP TEMP INDEX", 13: "DROP TEMP TABLE", 14: "DROP TEMP TRIGGER", 15: "DROP TEMP VIEW", 16: "DROP TRIGGER",
    17: "DROP VIEW", 18: "INSERT INTO", 19: "PRAGMA", 23: "UPDATE", 24: "ATTACH", 25: "DETACH", 20: "READ", 26: "ALTER TABLE", 27: "REINDEX",
    28: "ANALYZE", 29: "CREATE VIRTUAL TABLE", 30: "DROP VIRTUAL TABLE", 31: "FUNCTION",
}
"""The numbers of SQLite’s actions are part of its interface and never change."""

"""Whether a database still has every table, check and guard just as they were made.

A migration can lose a trigger without an error, and an owner can take one off. The fingerprint is worked out when a database is
made or brought up to date, kept beside it, and compared each time it is opened.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, text

_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
_POSTGRESQL = """
SELECT 'column', relname::text, attname, format_type(atttypid, atttypmod) || attnotnull
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r' AND relnamespace = 'public'::regnamespace
  WHERE attnum > 0 AND NOT attisdropped
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, contype::text || convalidated FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'view', viewname, '', md5(definition) FROM pg_views WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, tgenabled::text || tgtype || proname || encode(tgargs, 'hex')
  FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, prosecdef::text || coalesce(array_to_string(proconfig, ','), ''),
    md5(coalesce(prosrc, '') || coalesce(pg_get_function_sqlbody(oid), ''))
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def fingerprint(connection: Connection) -> str:
    """sha256 over everything that the database is made of, its rows left out."""
    return hashlib.sha256("\n".join(made_of(connection)).encode()).hexdigest()


def made_of(connection: Connection) -> list[str]:
    """One line for each table, index, check, guard and function, in order: what the fingerprint is taken of."""
    asked = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    return sorted("|".join(" ".join(str(part).split()) for part in row) for row in connection.execute(text(asked)))

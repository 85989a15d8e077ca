"""Who may come in: roles, passphrases, stand-ins and leavers. Rows are only added; of several versions the latest counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select, text

from ringfence.store.rows import latest
from ringfence.store.schema import caseload, fund, person, stand_in, user_account, user_identity, user_leave, user_passphrase, user_role

_LATEST = ("NOT EXISTS (SELECT 1 FROM user_role later WHERE later.user_account_id = r.user_account_id AND later.role = r.role"
           " AND later.version > r.version) AND (r.from_on = '' OR r.from_on <= :day) AND (r.to_on = '' OR r.to_on >= :day)")
_STANDING = text(f"""
SELECT u.id, r.role, '' AS stands_in_for FROM user_account u
  LEFT JOIN user_role r ON r.user_account_id = u.id AND {_LATEST}
  WHERE u.name = :name AND NOT EXISTS (SELECT 1 FROM user_leave l WHERE l.user_account_id = u.id AND l.left_on <= :day)
UNION ALL
SELECT u.id, r.role, absent.name FROM user_account u
  JOIN stand_in s ON s.user_account_id = u.id AND s.from_on <= :day AND s.to_on >= :day AND NOT EXISTS (
    SELECT 1 FROM stand_in later
    WHERE later.user_account_id = s.user_account_id AND later.absent_id = s.absent_id AND later.version > s.version)
  JOIN user_role r ON r.user_account_id = s.absent_id AND r.role = :stands_in AND {_LATEST}
  JOIN user_account absent ON absent.id = s.absent_id
  WHERE u.name = :name AND NOT EXISTS (SELECT 1 FROM user_leave l WHERE l.user_account_id = s.absent_id AND l.left_on <= :day)""")


@dataclass(frozen=True)
class Standing:
    """A user on a day: the roles that count then, and for whom they stand in."""

    id: int
    roles: frozenset[str]
    stands_in_for: tuple[str, ...]


def standing(connection: Connection, name: str, day: date, stands_in: str) -> Standing | None:
    """Who somebody is on a day; None for nobody known, or somebody who has left. `stands_in` is the role that a stand-in takes over."""
    rows = connection.execute(_STANDING, {"name": name, "day": day.isoformat(), "stands_in": stands_in}).all()
    if not rows or not any(row.stands_in_for == "" for row in rows):
        return None
    return Standing(rows[0].id, frozenset(row.role for row in rows if row.role), tuple(row.stands_in_for for row in rows if row.stands_in_for))


def has_left(connection: Connection, name: str) -> bool:
    """Whether this user is known, and has left."""
    return connection.execute(select(user_leave.c.left_on).join(user_account, user_account.c.id == user_leave.c.user_account_id)
                              .where(user_account.c.name == name)).first() is not None


def add_version(connection: Connection, table: Table, key: dict[str, Any], **row: Any) -> None:
    """Add the next version of what `key` names."""
    last = select(func.coalesce(func.max(table.c.version), 0)).where(*(table.c[name] == value for name, value in key.items()))
    connection.execute(insert(table).values(**key, version=connection.execute(last).scalar_one() + 1, **row))


def roles(connection: Connection) -> Sequence[Row[Any]]:
    """Every role that was given, as it stands now: also those that have ended."""
    return latest(connection, user_role, ["user_account_id", "role"])


def stand_ins(connection: Connection) -> Sequence[Row[Any]]:
    return latest(connection, stand_in, ["user_account_id", "absent_id"])


def leavers(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(select(user_leave)).all()


def passphrase(connection: Connection, name: str) -> tuple[int, int, str] | None:
    """The user's id, and the version and the hash of their passphrase; version 0 and no hash where none was chosen. None for nobody."""
    row = connection.execute(
        select(user_account.c.id, user_passphrase.c.version, user_passphrase.c.hash)
        .outerjoin(user_passphrase, user_passphrase.c.user_account_id == user_account.c.id)
        .where(user_account.c.name == name).order_by(user_passphrase.c.version.desc())).first()
    return None if row is None else (row.id, row.version or 0, row.hash or "")


def any_passphrase(connection: Connection) -> bool:
    return connection.execute(select(user_passphrase.c.version).limit(1)).first() is not None


def by_id(connection: Connection, user_id: int) -> str:
    """The name of a user; empty where there is none."""
    return connection.execute(select(user_account.c.name).where(user_account.c.id == user_id)).scalar_one_or_none() or ""


def by_identity(connection: Connection, issuer: str, subject: str) -> str:
    """The user whom another house knows by this name; empty where nobody is."""
    return connection.execute(select(user_account.c.name).join(user_identity, user_identity.c.user_account_id == user_account.c.id)
                              .where(user_identity.c.issuer == issuer, user_identity.c.subject == subject)).scalar_one_or_none() or ""


def supported_by(connection: Connection, user_id: int, day: date) -> frozenset[str]:
    """The references of the people whom a user supports on a day."""
    keys = {row.person_id for row in latest(connection, caseload, ["person_id"], user_account_id=user_id)
            if row.from_on <= day.isoformat() and (not row.to_on or row.to_on >= day.isoformat())}
    return frozenset(connection.execute(select(person.c.reference).where(person.c.id.in_(keys))).scalars())


def person_of_fund(connection: Connection, key: str) -> str:
    """The reference of the person whose fund it is; empty for a fund of nobody, or none."""
    return connection.execute(select(person.c.reference).join(fund, fund.c.person_id == person.c.id)
                              .where(fund.c.key == key)).scalar_one_or_none() or ""


def who_stands(connection: Connection, user_id: int) -> tuple[str, int] | None:
    """The name of a user who has not left, and the version of their passphrase (0 without one); None for anybody else."""
    row = connection.execute(
        select(user_account.c.name, func.coalesce(func.max(user_passphrase.c.version), 0).label("version"))
        .outerjoin(user_passphrase, user_passphrase.c.user_account_id == user_account.c.id)
        .where(user_account.c.id == user_id, ~select(user_leave.c.left_on).where(user_leave.c.user_account_id == user_id).exists())
        .group_by(user_account.c.name)).first()
    return None if row is None else (row.name, int(row.version))

"""Who may do what: the roles, the rights, and which role has which. What no role has a right to, nobody does.

A role stands in the books with its days. An action names the right that it needs where it opens the books (`Acting.reading`, `Acting.writing`);
one that names none needs the narrowest: the whole books to read, finance's own right to write.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is here. One person may be several; who prepares never approves the same, whatever they are."""

    FINANCE = "finance manager"
    APPROVER = "approver"
    AUDITOR = "auditor"
    TRUSTEE = "trustee"
    CO_ORDINATOR = "co-ordinator"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What an action needs, in words that finish “this is for those who may …”."""

    COME_IN = "come in"
    FIGURES = "read figures without names"
    SUPPORT = "read the plans and hours of people they support"
    BOOKS = "read the books"
    PREPARE = "prepare and record"
    APPROVE = "approve"
    USERS = "see who may come in"
    ADMINISTER = "say who may come in"


_READS = {Right.COME_IN, Right.FIGURES, Right.SUPPORT, Right.BOOKS}

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.FINANCE: frozenset(_READS | {Right.PREPARE, Right.USERS}),
    Role.APPROVER: frozenset(_READS | {Right.APPROVE}),
    Role.AUDITOR: frozenset(_READS | {Right.USERS}),
    Role.TRUSTEE: frozenset({Right.COME_IN, Right.FIGURES}),
    Role.CO_ORDINATOR: frozenset({Right.COME_IN, Right.SUPPORT}),
    Role.ADMINISTRATOR: frozenset({Right.COME_IN, Right.USERS, Right.ADMINISTER}),
}

EVERYTHING = (Role.ADMINISTRATOR, Role.FINANCE, Role.APPROVER)
"""What the first user is, and everybody in practice books of whom nothing else is said."""


def rights_of(roles: Collection[str]) -> frozenset[Right]:
    """Everything that these roles may do together."""
    known = [RIGHTS[role] for role in Role if role in roles]
    return frozenset().union(*known)


def who_may(right: Right) -> str:
    """The roles that have a right, in words: “finance manager or auditor”."""
    *others, last = [role.value for role, rights in RIGHTS.items() if right in rights]
    return f"{', '.join(others)} or {last}" if others else last

"""The users of these books: what each is and until when, who stands in for whom, and what happens when somebody leaves.

Only an administrator changes any of it, and everything that was changed stays with who did it and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from basics.errors import InputError, NotAllowed
from basics.periods import ONE_DAY, day_in_words
from ringfence.actions.acting import Acting
from ringfence.actions.applying import APPLY
from ringfence.actions.decisions import DECISIONS
from ringfence.actions.desk import books
from ringfence.actions.month_end import MONTH_END
from ringfence.actions.passphrases import hashed
from ringfence.actions.readers import refuse_no_days
from ringfence.actions.rights import Right, Role
from ringfence.actions.signing_in import is_safe_service, passphrase_link
from ringfence.store import batches, users
from ringfence.store.rows import latest
from ringfence.store.schema import caseload, person, stand_in, user_account, user_identity, user_leave, user_passphrase, user_role


@dataclass(frozen=True)
class GivenRole:
    """A role with its days, both of them counted; None for from the beginning, and until further notice."""

    role: Role
    first: date | None
    last: date | None

    def stands(self, on: date) -> bool:
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


@dataclass(frozen=True)
class StandIn:
    """Somebody approves for another who is away, on these days."""

    absent: str
    first: date
    last: date


@dataclass(frozen=True)
class User:
    """One user as the list shows them. `supports` are the references of the people they support today."""

    name: str
    roles: tuple[GivenRole, ...]
    stands_in: tuple[StandIn, ...]
    supports: tuple[str, ...]
    has_passphrase: bool
    left_on: date | None


@dataclass(frozen=True)
class Handed:
    """What happened to the work of somebody who left: the people handed on, and what they prepared that waits for somebody's approval."""

    people: tuple[str, ...]
    waiting: tuple[str, ...]


def list_users(acting: Acting) -> tuple[User, ...]:
    """Everybody who may come in, or could until they left."""
    with acting.reading(Right.USERS) as connection:
        return _all(connection, acting.today)


def administrators(on: date) -> list[str]:
    """Who says who may come in to the books of this process: for the first start, before anybody can."""
    with books().reading() as connection:
        return [each.name for each in _all(connection, on) if each.left_on is None
                and any(given.role is Role.ADMINISTRATOR and given.last is None for given in each.roles)]


def my_rights(acting: Acting) -> frozenset[Right]:
    """What the user may do today: for a menu to show what leads somewhere. Every action asks for itself."""
    return acting.rights()


def give_role(acting: Acting, name: str, role: Role, *, first: date | None = None, last: date | None = None) -> None:
    """Make somebody something here, from a day until a day, both counted."""
    if first:
        refuse_no_days(first, last)
    with acting.writing(Right.ADMINISTER) as connection:
        _add_role(connection, acting, _known(connection, name), role, _day(first), _day(last))
        _refuse_without_administrator(connection, acting.today)


def take_role(acting: Acting, name: str, role: Role) -> None:
    """Take a role away from today on. Raises `NotAllowed` where nobody would be left who says who may come in."""
    with acting.writing(Right.ADMINISTER) as connection:
        user_id = _known(connection, name)
        standing = next((each for each in users.roles(connection) if (each.user_account_id, each.role) == (user_id, role.value)), None)
        if standing is None:
            raise InputError(f"{name} is not {role.value} here.", "Look at the list of users.")
        _add_role(connection, acting, user_id, role, standing.from_on, (acting.today - ONE_DAY).isoformat())
        _refuse_without_administrator(connection, acting.today)


def name_stand_in(acting: Acting, absent: str, name: str, *, first: date, last: date) -> None:
    """Have somebody approve for an approver who is away, on these days. They still approve nothing that they prepared themselves."""
    if last < first or first < acting.today:
        raise InputError(f"From {day_in_words(first)} until {day_in_words(last)} cannot be.", "Begin today or later, and end no sooner.")
    with acting.writing(Right.ADMINISTER) as connection:
        away, who = _known(connection, absent), _known(connection, name)
        if away == who:
            raise InputError(f"{name} cannot stand in for themselves.", "Name somebody else.")
        if not any(each.user_account_id == away and each.role == Role.APPROVER and each.from_on <= _day(last)
                   and (not each.to_on or each.to_on >= _day(first)) for each in users.roles(connection)):
            raise InputError(f"{absent} is no approver on these days, so nobody is needed in their place.", "Name somebody who approves then.")
        users.add_version(connection, stand_in, {"user_account_id": who, "absent_id": away}, from_on=_day(first), to_on=_day(last),
                          **_by(connection, acting))


def give_people(acting: Acting, name: str, people: Sequence[str], *, first: date, last: date | None = None) -> None:
    """Say whom a co-ordinator supports, from a day on. Another last day for somebody they support already takes the place of the one before."""
    refuse_no_days(first, last)
    with acting.writing(Right.ADMINISTER) as connection:
        user_id = _known(connection, name)
        known = {row.reference: row.id for row in connection.execute(select(person.c.reference, person.c.id).where(person.c.reference.in_(people)))}
        if unknown := [each for each in people if each not in known]:
            raise InputError(f"{', '.join(unknown)} cannot be found here.", "Give the references that people were imported with.")
        for reference in people:
            _add_person(connection, acting, user_id, known[reference], first, last)


def set_passphrase(acting: Acting, name: str, passphrase: str) -> None:
    """Choose a passphrase for somebody. It ends every session of theirs."""
    kept = hashed(passphrase, name)
    with acting.writing(Right.ADMINISTER) as connection:
        users.add_version(connection, user_passphrase, {"user_account_id": _known(connection, name)}, hash=kept, **_by(connection, acting))


def link_for(acting: Acting, name: str) -> str:
    """The token of a link by which somebody chooses their own passphrase, once, within a day."""
    with acting.reading(Right.ADMINISTER) as connection:
        _known(connection, name)
    return passphrase_link(name, acting.at)


def name_identity(acting: Acting, name: str, issuer: str, subject: str) -> None:
    """Say by which name another house knows a user. It is never given to somebody else."""
    if not is_safe_service(issuer) or not subject.strip():
        raise InputError("An issuer’s address begins with https://, and the subject is not empty.", "Copy both from your sign-in service.")
    with acting.writing(Right.ADMINISTER) as connection:
        if known := users.by_identity(connection, issuer.rstrip("/"), subject):
            raise InputError(f"This identity is {known}’s already.", "An identity is never given to somebody else.")
        connection.execute(insert(user_identity).values(issuer=issuer.rstrip("/"), subject=subject, user_account_id=_known(connection, name),
                                                        **_by(connection, acting)))


def leave(acting: Acting, name: str, *, to: str = "") -> Handed:
    """Somebody leaves: they are signed out and may do nothing any more, and whom they support goes `to` a colleague.

    What they prepared stays prepared, for somebody else to approve. Raises `NotAllowed` for the last administrator, and `InputError` where
    they support people and nobody takes them over.
    """
    with acting.writing(Right.ADMINISTER) as connection:
        user_id = _known(connection, name)
        people = [each for each in latest(connection, caseload, ["person_id"], user_account_id=user_id)
                  if not each.to_on or each.to_on >= acting.today.isoformat()]
        successor = _known(connection, to) if to else None
        if people and successor is None:
            raise InputError(f"{name} supports {len(people)} people.", "Say who takes them over.")
        if successor == user_id:
            raise InputError("Work is handed on to somebody else.", "Name a colleague.")
        for each in people:
            _add_person(connection, acting, user_id, each.person_id, date.fromisoformat(each.from_on), acting.today - ONE_DAY)
            _hand_on(connection, acting, successor or 0, each)
        connection.execute(insert(user_leave).values(user_account_id=user_id, left_on=acting.today.isoformat(), handed_to=successor,
                                                     **_by(connection, acting)))
        _refuse_without_administrator(connection, acting.today)
        handed = select(person.c.reference).where(person.c.id.in_([each.person_id for each in people]))
        return Handed(tuple(sorted(connection.execute(handed).scalars())),
                      tuple(batches.waiting_of(connection, user_id, (APPLY, MONTH_END, *DECISIONS))))


def _all(connection: Connection, today: date) -> tuple[User, ...]:
    given, away, gone = users.roles(connection), users.stand_ins(connection), {each.user_account_id: each for each in users.leavers(connection)}
    names = {row.id: row.name for row in connection.execute(select(user_account).order_by(user_account.c.id))}
    return tuple(User(
        name=name,
        roles=tuple(GivenRole(Role(each.role), _date(each.from_on), _date(each.to_on)) for each in given if each.user_account_id == user_id),
        stands_in=tuple(StandIn(names[each.absent_id], date.fromisoformat(each.from_on), date.fromisoformat(each.to_on))
                        for each in away if each.user_account_id == user_id and each.to_on >= today.isoformat()),
        supports=tuple(sorted(users.supported_by(connection, user_id, today))),
        has_passphrase=bool((users.passphrase(connection, name) or (0, 0, ""))[2]),
        left_on=_date(gone[user_id].left_on) if user_id in gone else None) for user_id, name in names.items())


def _refuse_without_administrator(connection: Connection, today: date) -> None:
    """Books must always have somebody, here from today until further notice, who says who may come in."""
    if not any(GivenRole(each.role, each.first, each.last).stands(today) and each.last is None
               for user in _all(connection, today) if user.left_on is None for each in user.roles if each.role is Role.ADMINISTRATOR):
        raise NotAllowed("Nobody would be left who says who may come in.", "Make somebody else an administrator first.")


def _known(connection: Connection, name: str) -> int:
    """A user who has not left."""
    found = next((row for row in connection.execute(select(user_account).where(user_account.c.name == name))), None)
    if found is None or users.has_left(connection, name):
        raise InputError(f"{name} is not a user here{'' if found is None else ' any more'}.", "Look at the list of users.")
    return int(found.id)


def _add_role(connection: Connection, acting: Acting, user_id: int, role: Role, first: str, last: str) -> None:
    users.add_version(connection, user_role, {"user_account_id": user_id, "role": role.value}, from_on=first, to_on=last,
                      **_by(connection, acting))


def _add_person(connection: Connection, acting: Acting, user_id: int, person_id: int, first: date, last: date | None) -> None:
    users.add_version(connection, caseload, {"user_account_id": user_id, "person_id": person_id}, from_on=_day(first), to_on=_day(last),
                      **_by(connection, acting))


def _hand_on(connection: Connection, acting: Acting, successor: int, handed: Row[Any]) -> None:
    """Somebody supports a person in a colleague's place: no sooner than the colleague would have, and never for a shorter time than they support
    that person already."""
    first, last = max(handed.from_on, acting.today.isoformat()), handed.to_on
    for own in latest(connection, caseload, ["person_id"], user_account_id=successor):
        if own.person_id == handed.person_id and (not own.to_on or own.to_on >= acting.today.isoformat()):
            first, last = min(first, own.from_on), max(last, own.to_on) if last and own.to_on else ""
    _add_person(connection, acting, successor, handed.person_id, date.fromisoformat(first), _date(last))


def _by(connection: Connection, acting: Acting) -> dict[str, Any]:
    return {"given_by": batches.user_id(connection, acting.user), "recorded_at": acting.recorded_at}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

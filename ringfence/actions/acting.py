"""Who acts, on which books, and when: what every action is given. Nobody does anything here that they have no right to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from basics.errors import NotAllowed
from basics.periods import day_of
from ringfence.actions.rights import Right, Role, rights_of, who_may
from ringfence.store import batches, users
from ringfence.store.engine import Store


@dataclass(frozen=True)
class Acting:
    """One person at work on one provider's books. `at` is the instant that is recorded."""

    store: Store
    user: str
    at: datetime

    @property
    def recorded_at(self) -> str:
        return self.at.astimezone(UTC).isoformat(timespec="seconds")

    @property
    def today(self) -> date:
        return day_of(self.at)

    @contextmanager
    def reading(self, right: Right = Right.BOOKS) -> Iterator[Connection]:
        """A reading transaction, for a user who has the right today. Raises `NotAllowed` for anybody else.

        Figures are read through a connection that cannot read a name, whoever asks.
        """
        with self.store.reading() as connection:
            self._refuse_without(connection, right)
            if right is Right.FIGURES:
                with self.store.without_names(connection):
                    yield connection
            else:
                yield connection

    @contextmanager
    def reading_support(self, *, person: str = "", fund: str = "") -> Iterator[Connection]:
        """A reading transaction about one person's support, by the person or the fund: for those who read the books, and for who supports
        them."""
        with self.reading(Right.SUPPORT) as connection:
            supported = self.supports(connection)
            if supported is not None and (person or users.person_of_fund(connection, fund)) not in supported:
                raise NotAllowed(f"{self.user} does not support {f'the person {person}' if person else 'the person of this fund'} here.",
                                 "Open somebody from your own list; an administrator keeps it.")
            yield connection

    @contextmanager
    def writing(self, right: Right = Right.PREPARE) -> Iterator[Connection]:
        """A writing transaction, for a user who has the right today: all of it is kept, or none."""
        with self.store.writing() as connection:
            self._refuse_without(connection, right)
            yield connection

    def supports(self, connection: Connection) -> frozenset[str] | None:
        """The references of the people whose support this user may read of; None where they may read of everybody."""
        found = self._standing(connection)
        return None if Right.BOOKS in rights_of(found.roles) else users.supported_by(connection, found.id, self.today)

    def refuse_without(self, right: Right) -> None:
        """Raises `NotAllowed` for a user without the right: for an action that does much before it comes to write."""
        with self.store.reading() as connection:
            self._refuse_without(connection, right)

    def rights(self) -> frozenset[Right]:
        """What this user may do today. Raises `NotAllowed` for somebody unknown, or who has left."""
        with self.store.reading() as connection:
            return rights_of(self._standing(connection).roles)

    def _standing(self, connection: Connection) -> users.Standing:
        found = users.standing(connection, self.user, self.today, Role.APPROVER)
        if found is None:
            if users.has_left(connection, self.user):
                raise NotAllowed(f"{self.user} has left, and may do nothing here any more.", "Act as yourself.")
            batches.user_id(connection, self.user)
            raise NotAllowed(f"{self.user} may do nothing here.", "Act as yourself.")
        return found

    def _refuse_without(self, connection: Connection, right: Right) -> None:
        found = self._standing(connection)
        if right not in rights_of(found.roles):
            raise NotAllowed(f"{self.user} ({' and '.join(sorted(found.roles)) or 'without a role'}) may not {right.value} here.",
                             f"It takes the role of {who_may(right)}: ask somebody who has it, or an administrator to give it.")


class _Undo(Exception):
    pass


@contextmanager
def rehearsing(acting: Acting, right: Right = Right.PREPARE) -> Iterator[Connection]:
    """A writing transaction of which nothing is kept: the same rows, the same guards, and then it is rolled back."""
    try:
        with acting.writing(right) as connection:
            yield connection
            raise _Undo
    except _Undo:
        pass

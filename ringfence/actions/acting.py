"""Who acts, on which books, and when: what every action is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from basics.periods import day_of
from ringfence.store import batches
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
    def reading(self) -> Iterator[Connection]:
        """A reading transaction, for a user who is known. Raises `NotAllowed` for anybody else."""
        with self.store.reading() as connection:
            batches.user_id(connection, self.user)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A writing transaction, for a user who is known: all of it is kept, or none."""
        with self.store.writing() as connection:
            batches.user_id(connection, self.user)
            yield connection


class _Undo(Exception):
    pass


@contextmanager
def rehearsing(acting: Acting) -> Iterator[Connection]:
    """A writing transaction of which nothing is kept: the same rows, the same guards, and then it is rolled back."""
    try:
        with acting.writing() as connection:
            yield connection
            raise _Undo
    except _Undo:
        pass

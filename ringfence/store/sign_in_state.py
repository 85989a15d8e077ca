"""What comes and goes with the people at the door: sessions, links that count once, and what readers have opened.

It is a small file beside the books and not in them (docs/decisions/0017): the books never change a row, and while a month is posted nobody
else writes to them. It holds no names and no secrets: a session or a link is found by the hash of its token, a user or a reader is a number.
Times are seconds since 1970, in UTC.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from basics.errors import StoreError
from ringfence.store import place

_TABLES = """
CREATE TABLE IF NOT EXISTS session (token_hash TEXT PRIMARY KEY, kind TEXT NOT NULL, who INTEGER NOT NULL, proof INTEGER NOT NULL,
  began_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, ends_at INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS session_who ON session (kind, who);
CREATE TABLE IF NOT EXISTS link (token_hash TEXT PRIMARY KEY, kind TEXT NOT NULL, who INTEGER NOT NULL, proof INTEGER NOT NULL,
  ends_at INTEGER NOT NULL, used_at INTEGER) STRICT;
CREATE TABLE IF NOT EXISTS view (id INTEGER PRIMARY KEY, reader INTEGER NOT NULL, what TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS view_update BEFORE UPDATE ON view BEGIN SELECT RAISE(ABORT, 'what was looked at stays as it was noted'); END;
CREATE TRIGGER IF NOT EXISTS view_delete BEFORE DELETE ON view BEGIN SELECT RAISE(ABORT, 'what was looked at stays as it was noted'); END;
"""
_WAIT_SECONDS = 10


@dataclass(frozen=True)
class Session:
    """Somebody who has come in. `who` is a user or a reader, as `kind` says; `proof` the version of what they showed, like a passphrase."""

    kind: str
    who: int
    proof: int
    began_at: int
    seen_at: int
    ends_at: int


@dataclass(frozen=True)
class Link:
    """A link that counts once: for whom, and the version of what it takes the place of."""

    kind: str
    who: int
    proof: int


class SignInState:
    """The file. It may be removed at any time: everybody signs in again, links are sent again, and only the log of views is lost."""

    def __init__(self, path: Path) -> None:
        place.refuse_unsafe(path)
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=_WAIT_SECONDS)
            self._connection.executescript(_TABLES)
        except (OSError, sqlite3.Error) as fault:
            raise StoreError(f"Who is signed in cannot be kept in {path}: {fault}.",
                             "Check who may write there, or name another file in RINGFENCE_SIGN_IN.") from fault
        self._lock = threading.Lock()

    def begin(self, token_hash: str, found: Session) -> None:
        """Keep a session; what has ended is forgotten with it."""
        self._do("DELETE FROM session WHERE ends_at < ?", found.began_at)
        self._do("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?)", token_hash, found.kind, found.who, found.proof, found.began_at,
                 found.seen_at, found.ends_at)

    def session(self, token_hash: str) -> Session | None:
        rows = self._do("SELECT kind, who, proof, began_at, seen_at, ends_at FROM session WHERE token_hash = ?", token_hash)
        return Session(*rows[0]) if rows else None

    def seen(self, token_hash: str, at: int) -> None:
        self._do("UPDATE session SET seen_at = ? WHERE token_hash = ? AND seen_at < ?", at, token_hash, at)

    def end(self, token_hash: str) -> None:
        self._do("DELETE FROM session WHERE token_hash = ?", token_hash)

    def add_link(self, token_hash: str, link: Link, ends_at: int) -> None:
        self._do("INSERT INTO link VALUES (?, ?, ?, ?, ?, NULL)", token_hash, link.kind, link.who, link.proof, ends_at)

    def link(self, token_hash: str, kind: str, now: int) -> Link | None:
        """A link that would still count; looking at it does not use it."""
        return self._link("SELECT kind, who, proof FROM link WHERE token_hash = ? AND kind = ? AND used_at IS NULL AND ends_at > ?",
                          token_hash, kind, now)

    def use_link(self, token_hash: str, kind: str, now: int) -> Link | None:
        """Use a link up. Of two who use it at once, one gets it and the other gets None."""
        return self._link("UPDATE link SET used_at = ?3 WHERE token_hash = ?1 AND kind = ?2 AND used_at IS NULL AND ends_at > ?3"
                          " RETURNING kind, who, proof", token_hash, kind, now)

    def note_view(self, reader: int, what: str, at: int) -> None:
        self._do("INSERT INTO view (reader, what, at) VALUES (?, ?, ?)", reader, what, at)

    def views(self) -> Sequence[tuple[int, str, int]]:
        """What readers have opened, the latest first: the reader, what it was, and when."""
        return [(reader, what, at) for reader, what, at in self._do("SELECT reader, what, at FROM view ORDER BY id DESC")]

    def close(self) -> None:
        self._connection.close()

    def _link(self, statement: str, *values: Any) -> Link | None:
        rows = self._do(statement, *values)
        return Link(*rows[0]) if rows else None

    def _do(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as fault:
                raise StoreError(f"Who is signed in could not be read or kept: {fault}.", "Check the disk, then try again.") from fault

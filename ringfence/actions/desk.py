"""The books that this process serves: one provider's, opened once, and whoever works at them unless they say otherwise."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from basics.errors import InputError, StoreError
from ringfence.actions.books import open_books, provider_of
from ringfence.store.engine import Store

DATABASE_VARIABLE, KEY_VARIABLE, USER_VARIABLE = "RINGFENCE_DATABASE", "RINGFENCE_KEY_FILE", "RINGFENCE_USER"
DOCUMENTS_VARIABLE = "RINGFENCE_DOCUMENTS"
DEFAULT_DATABASE = "ringfence.db"
_OPEN_FILE = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Desk:
    """Which books, the key of an encrypted file, who works here by default, the folder that issued documents go to, and whether nothing may be
    written to the books from here."""

    url: str
    key: str | None
    user: str
    documents: Path
    only_reads: bool = False


_chosen: list[Desk] = []


def sit_down(url: str, *, key: str | None, user: str = "", documents: Path | None = None, only_reads: bool = False) -> Desk:
    """Choose the books of this process. What is not said comes from the environment."""
    _chosen[:] = [Desk(url, key, user or os.environ.get(USER_VARIABLE, ""), documents or beside(url, "documents", DOCUMENTS_VARIABLE),
                       only_reads)]
    _opened.cache_clear()
    return _chosen[0]


def desk() -> Desk:
    """The books of this process; where nobody chose, those that RINGFENCE_DATABASE and RINGFENCE_KEY_FILE name."""
    if _chosen:
        return _chosen[0]
    url = os.environ.get(DATABASE_VARIABLE, DEFAULT_DATABASE)
    return sit_down(url, key=given_key() if is_encrypted(url) else None)


def books() -> Store:
    """The books, opened once. Raises `StoreError` where there are none, or where they cannot be opened."""
    return _opened(desk())


def provider_here() -> tuple[str, bool]:
    """The provider's name, and whether these are practice books."""
    return provider_of(books())


def given_key() -> str | None:
    """The key in the file that RINGFENCE_KEY_FILE names; None where it names none. Raises `InputError` for a file without one."""
    named = os.environ.get(KEY_VARIABLE)
    if not named:
        return None
    try:
        key = Path(named).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "it is not plain text"
        raise InputError(f"The key file {named} cannot be read: {reason}.", f"Correct the path in {KEY_VARIABLE}.") from fault
    if not key:
        raise InputError(f"The key file {named} is empty.", "Put the key into it, on one line.")
    return key


def is_encrypted(url: str) -> bool:
    """Whether the books are in a file that does not begin as an open database does: encrypted, or no database at all."""
    path = Path(url.removeprefix("sqlite:///")).expanduser()
    if url.startswith("postgres") or not path.is_file() or path.stat().st_size == 0:
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_OPEN_FILE)) != _OPEN_FILE
    except OSError as fault:
        raise InputError(f"{path} cannot be read: {fault.strerror}.", "Check who may open it.") from fault


@cache
def _opened(chosen: Desk) -> Store:
    try:
        return open_books(chosen.url, key=chosen.key, only_reads=chosen.only_reads)
    except StoreError as fault:
        raise StoreError(fault.problem.what, fault.problem.to_do or "Try everything on invented books first: ringfence demo") from fault


def beside_the_books(folder: str, variable: str) -> Path:
    """The folder that a variable names, or else the one of this name beside the books: those that are open, or would be."""
    return beside(_chosen[0].url if _chosen else os.environ.get(DATABASE_VARIABLE, DEFAULT_DATABASE), folder, variable)


def beside(url: str, folder: str, variable: str) -> Path:
    """The folder that a variable names, or else the one of this name beside these books; for books on a server, in the folder at work."""
    named = os.environ.get(variable)
    if named:
        return Path(named)
    return Path(folder) if url.startswith("postgres") else Path(url.removeprefix("sqlite:///")).expanduser().parent / folder

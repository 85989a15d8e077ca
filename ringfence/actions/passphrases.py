"""Passphrases: what may be one, and how one is kept. The books hold an argon2id hash and never the words."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from basics.errors import InputError

SHORTEST, LONGEST = 12, 200
FEWEST_LETTERS = 5
_AT_ONCE = threading.BoundedSemaphore(2)  # each takes 64 MiB for a moment, and who tries to come in is not known yet
_hasher = PasswordHasher()


def hashed(passphrase: str, name: str) -> str:
    """What is kept of a new passphrase. Raises `InputError` for one that is too easily guessed."""
    refuse_weak(passphrase, name)
    with _AT_ONCE:
        return _hasher.hash(passphrase)


def fits(passphrase: str, kept: str) -> bool:
    """Whether this is the passphrase that is kept. It takes as long where none is."""
    with _AT_ONCE:
        nobodys = _nobodys()  # made the first time, whoever comes, so that the time tells nothing
        try:
            return _hasher.verify(kept or nobodys, passphrase[:LONGEST + 1]) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys() -> str:
    """The hash that an unknown name is held beside. Made when somebody first comes in: a command that asks for no passphrase takes no time."""
    return _hasher.hash("the passphrase of nobody, so that an unknown name takes as long as a known one")


def refuse_weak(passphrase: str, name: str) -> None:
    """Raises `InputError` for a passphrase that is too short, too long, too plain or made of the name."""
    rest = passphrase.casefold().replace(name.casefold(), "") if name else passphrase
    if not SHORTEST <= len(passphrase) <= LONGEST or len(rest) < SHORTEST or len(set(rest)) < FEWEST_LETTERS:
        raise InputError("This passphrase could be guessed.",
                         f"Choose several words: {SHORTEST} letters or more, besides your own name, and not the same few over and over.")

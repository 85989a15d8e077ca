"""Who the money is for, and who pays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from basics.errors import InputError

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def reference(text: str) -> str:
    """A reference by which a person, funder, contract or visit is known: letters, digits, dot, dash and underscore, up to 64.

    Nothing else is taken, so that a reference can stand in a file name, a ledger and a spreadsheet cell without harm.
    """
    if not _REFERENCE.fullmatch(text):
        raise InputError(f"“{text[:80]}” cannot be used as a reference.",
                         "Use letters, digits, dots, dashes and underscores, starting with a letter or digit, 64 at most.")
    return text


class FunderKind(StrEnum):
    """What kind of payer this is. It decides which words a letter may use and which rules bear on it."""

    COUNCIL = "council"
    ICB = "icb"
    PERSON = "person"
    FAMILY = "family"
    BUSINESS = "business"
    """A company, or another organisation, that buys support in the course of its business."""
    GRANT = "grant"

    @property
    def is_individual(self) -> bool:
        """A person or a family: somebody who pays out of their own pocket, and not an organisation."""
        return self in (FunderKind.PERSON, FunderKind.FAMILY)


@dataclass(frozen=True)
class Person:
    """Someone who is supported. The name stands only here; everything else knows the reference."""

    reference: str
    name: str
    known_as: str

    @property
    def possessive(self) -> str:
        return f"{self.known_as}’s"


@dataclass(frozen=True)
class Funder:
    """A council, an NHS integrated care board, the person, their family, a business or a grant: whoever pays."""

    reference: str
    name: str
    kind: FunderKind

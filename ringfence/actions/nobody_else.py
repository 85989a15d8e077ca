"""What leaves the house about one person names nobody else: every other person’s name and reference is taken out of what it says.

Names are looked for whole (“Thomas Hale”, “Tom Hale”), also with the family’s name first (“Hale, Thomas”, “HALE Tom”), in any letters large or
small, over the end of a line too. A first name alone is no one person’s, and so it is not looked for: a page with words that somebody typed is
read before it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from basics.people import Funder, FunderKind, Person
from ringfence.store import registry

IN_THEIR_PLACE = "(another person)"
SHORT = 5
"""A reference of figures alone that is shorter than this looks like any number, and cannot be told from one."""


@dataclass(frozen=True)
class Others:
    """Everything by which somebody else is known here."""

    names: frozenset[str]
    family_first: frozenset[str] = frozenset()

    def among(self, texts: Iterable[str]) -> list[str]:
        """Those of the names that some texts hold, the longest first; those with the family first come last, so that of “Ellis, Margaret Ellis” the
        whole name goes."""
        whole = "\n".join(map(_plain, texts))
        held = (name for name in self.names | self.family_first if name in whole and _pattern(name).search(whole))
        return sorted(held, key=lambda name: (name not in self.names, -len(name), name))


def others(connection: Connection, person: str, payers: Iterable[str]) -> Others:
    """Everybody but one person, and but those who pay for them: names, references, and the references of people who pay for themselves."""
    people, funders, of_person = registry.people(connection), registry.funders(connection), registry.person_of_funder(connection)
    own = {_plain(each) for each in (*_known_as(people[person]), *(each for key in payers for each in (key, funders[key].name)))}
    own |= {_plain(each) for each in _family_first(people[person])}
    turned = {_plain(name) for reference, each in people.items() if reference != person for name in _family_first(each)}
    found = {_plain(name) for reference, each in people.items() if reference != person for name in _known_as(each)}
    for key, funder in funders.items():
        if funder.kind.is_individual and of_person.get(key) != person:
            found |= {_plain(key), *([_plain(funder.name)] if funder.kind is FunderKind.FAMILY else [])}
            turned |= set(map(_plain, _family_first(funder))) if funder.kind is FunderKind.FAMILY else set()
    return Others(frozenset(name for name in found - own if _can_be_told(name)), frozenset(turned - found - own))


def without(names: list[str], text: str) -> str:
    """A text without these names, taken out one after the other."""
    for name in names:
        text = _pattern(name).sub(IN_THEIR_PLACE, text)
    return text


def _known_as(person: Person) -> tuple[str, ...]:
    """The reference and the names of somebody: a name of one word is nobody’s alone."""
    *_, last = person.name.split() or [""]
    return (person.reference, *(name for name in (person.name, f"{person.known_as} {last}") if " " in name.strip()))


def _family_first(somebody: Person | Funder) -> Iterator[str]:
    """“Hale, Thomas”, “Hale,Thomas” and “Hale Thomas”, wherever the family’s name begins: “van Dijk, Anna” as well as “Dijk, Anna van”."""
    words, known_as = somebody.name.split(), getattr(somebody, "known_as", "")
    for begins in range(1, len(words)):
        family = " ".join(words[begins:])
        for first in dict.fromkeys(filter(None, (" ".join(words[:begins]), words[0], known_as))):
            yield from (f"{family}{between}{first}" for between in (", ", ",", " "))


def _can_be_told(name: str) -> bool:
    return bool(name) and (any(each.isalpha() for each in name) or len(name) >= SHORT)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, name.split(" ")))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)

"""What the bank says of a line, searched for who paid and what for: numbers of invoices, references, and the names of payers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

SHORTEST_NUMBER = 3
"""An invoice number of fewer figures is believed only with noughts or “INV” in front: 12 may be a house, a day or anything."""
LONGEST_NUMBER = 12

_NUMBER = re.compile(r"(?<![0-9A-Za-z.,/-])(INV(?:OICE)?\.?\s?(?:NO\.?\s?)?[-#:]?\s?)?([0-9]+)(?![0-9A-Za-z]|[.,/-][0-9])", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_SAY_NOTHING = frozenset({
    "bacs", "bgc", "bac", "fpi", "fps", "chaps", "chg", "credit", "transfer", "payment", "payments", "pay", "from", "ref", "reference", "the", "and",
    "of", "ltd", "limited", "plc", "inv", "invoice", "sto", "standing", "order", "counter", "faster", "giro", "automated", "mr", "mrs", "ms", "miss",
    "dr", "cr", "trf", "dd", "ddr", "direct", "debit", "inst", "instalment",
})


@dataclass(frozen=True)
class PayerNames:
    """A payer by reference: their name, whether they are a person, and the words under which the bank showed their payments before."""

    reference: str
    name: str
    is_person: bool
    before: frozenset[frozenset[str]] = frozenset()


def numbers_in(words: str) -> list[int]:
    """The numbers that may be those of invoices, in the order in which they stand."""
    found = ((prefix, figures) for prefix, figures in _NUMBER.findall(words) if len(figures) <= LONGEST_NUMBER)
    return list(dict.fromkeys(int(figures) for prefix, figures in found if prefix or len(figures) >= SHORTEST_NUMBER))


def stands_in(reference: str, words: str) -> bool:
    """Whether a reference stands in the words by itself, and not within another."""
    return re.search(rf"(?<![0-9A-Za-z]){re.escape(reference)}(?![0-9A-Za-z])", words, re.IGNORECASE) is not None


def telling(words: str) -> frozenset[str]:
    """The words that may tell one payer from another, without figures and without what banks add."""
    return frozenset(word.casefold() for word in _LETTERS.findall(words)) - _SAY_NOTHING


class Payers:
    """The payers by the words that may name them, so that a line is held beside a few of them and not beside all."""

    def __init__(self, payers: Iterable[PayerNames]) -> None:
        self._by_word: dict[str, list[PayerNames]] = defaultdict(list)
        self._before: dict[frozenset[str], list[PayerNames]] = defaultdict(list)
        for payer in payers:
            for word in sorted(_wanted(payer))[:1]:
                self._by_word[word].append(payer)
            for words in payer.before:
                self._before[words].append(payer)

    def named(self, words: str) -> dict[str, str]:
        """The payers whose name, or whose words of an earlier payment, stand in these words, each with the reason."""
        said = telling(words)
        found = {payer.reference: f"the bank’s words name {payer.name}"
                 for word in said for payer in self._by_word.get(word, ()) if _is_named(payer, said)}
        found |= {payer.reference: f"{payer.name} has paid under these words before" for payer in self._before.get(said, ()) if said}
        return dict(sorted(found.items()))


def _wanted(payer: PayerNames) -> frozenset[str]:
    """The words that must all be there: of an organisation every one of its name, of a person the last."""
    name = _LETTERS.findall(payer.name)
    return frozenset({name[-1].casefold()}) if payer.is_person and len(name) > 1 else telling(payer.name)


def _is_named(payer: PayerNames, said: frozenset[str]) -> bool:
    """An organisation by all the words of its name; a person by the last name and the first one, or its first letter."""
    if not _wanted(payer) <= said:
        return False
    first = _LETTERS.findall(payer.name)[0].casefold()
    return not payer.is_person or first in said or first[0] in said

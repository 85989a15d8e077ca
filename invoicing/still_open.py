"""What payers were asked for and is still open of it, found by its number, its payer or its amount."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

Pair = tuple[str, str]
"""A fund and who pays into it."""


class AskedAs(StrEnum):
    """What somebody was asked by."""

    INVOICE = "invoice"
    INSTALMENT = "instalment"
    BROUGHT_OVER = "brought over"
    """An invoice of the books before these, by its number there."""
    COLLECTED = "collected"
    """A contribution that the provider collected and has to pay over to the account of people’s money."""


@dataclass(frozen=True)
class Asked:
    """Something that a payer was asked for. `parts` are the pence by fund and payer; `references` what may stand for it in the bank’s words;
    `number_before` its number in the books before these, where it was brought over."""

    kind: AskedAs
    name: str
    number: int | None
    payer: str
    due_on: date
    parts: tuple[tuple[Pair, int], ...]
    references: frozenset[str] = frozenset()
    number_before: str = ""

    @property
    def pence(self) -> int:
        return sum(pence for _, pence in self.parts)

    @property
    def order(self) -> tuple[date, str]:
        return self.due_on, self.name

    def less(self, gone: Mapping[tuple[str, Pair], int]) -> Asked:
        """What is left of it once so many pence of its parts are placed elsewhere."""
        parts = ((pair, pence - min(pence, gone.get((self.name, pair), 0))) for pair, pence in self.parts)
        return replace(self, parts=tuple((pair, pence) for pair, pence in parts if pence))


def still_open(asked: Iterable[Asked], paid: Mapping[Pair, int], named: Mapping[tuple[str, Pair], int], due: Mapping[Pair, int]) -> list[Asked]:
    """What is still open of everything that was asked, the oldest first; what is paid falls away.

    `paid` is all that each payer paid into each fund. What was said to be for one thing (`named`) counts there; the rest clears the oldest first.
    No more is open than the ledger says is due.
    """
    by_pair: dict[Pair, list[list[int]]] = defaultdict(list)
    ordered = sorted(asked, key=lambda each: each.order)
    left: dict[tuple[int, Pair], int] = {}
    for n, each in enumerate(ordered):
        for pair, pence in each.parts:
            theirs = min(pence, named.get((each.name, pair), 0))
            left[n, pair] = pence - theirs
            by_pair[pair].append([n, theirs])
    for pair, entries in by_pair.items():
        total = sum(left[n, pair] for n, _ in entries)
        pool = max(paid.get(pair, 0) - sum(theirs for _, theirs in entries), total - max(0, due.get(pair, 0)), 0)
        for n, _ in entries:
            taken = min(pool, left[n, pair])
            left[n, pair] -= taken
            pool -= taken
    shrunk = (replace(each, parts=tuple((pair, left[n, pair]) for pair, _ in each.parts if left[n, pair])) for n, each in enumerate(ordered))
    return [each for each in shrunk if each.parts]


class OpenNow:
    """What is open while lines are looked at one after the other: what one places is not open any more for the next."""

    def __init__(self, asked: Iterable[Asked]) -> None:
        self._asked = {each.name: each for each in sorted(asked, key=lambda each: each.order)}
        self._place = {name: n for n, name in enumerate(self._asked)}
        self._by_number: dict[int, list[str]] = defaultdict(list)
        self._by_payer: dict[str, list[str]] = defaultdict(list)
        self._by_pence: dict[int, set[str]] = defaultdict(set)
        self._totals: dict[str, int] = defaultdict(int)
        self._by_total: dict[int, set[str]] = defaultdict(set)
        for each in self._asked.values():
            if each.number is not None:
                self._by_number[each.number].append(each.name)
            self._by_payer[each.payer].append(each.name)
            self._by_pence[each.pence].add(each.name)
            self._totals[each.payer] += each.pence
        for payer, total in self._totals.items():
            self._by_total[total].add(payer)

    def numbered(self, number: int) -> list[Asked]:
        """What is open under a number."""
        return list(self._open(self._by_number.get(number, ())))

    def brought_over(self) -> list[Asked]:
        """What is open of the books before these, the oldest first."""
        return [each for each in self._open(self._asked) if each.number_before]

    def exactly(self, pence: int) -> list[Asked]:
        """Everything of which exactly this is open, the oldest first."""
        return list(self._open(sorted(self._by_pence.get(pence, ()), key=self._place.__getitem__)))

    def of_payer(self, payer: str) -> list[Asked]:
        """Everything that is open of a payer, the oldest first."""
        return list(self._open(self._by_payer.get(payer, ())))

    def payers_of(self, total: int) -> list[str]:
        """The payers of whom all that is open comes to this."""
        return sorted(self._by_total.get(total, ()))

    def take(self, name: str, pair: Pair, pence: int) -> None:
        """So many pence are placed."""
        before = self._asked[name]
        self._asked[name] = after = before.less({(name, pair): pence})
        self._by_pence[before.pence].discard(name)
        self._by_pence[after.pence].add(name)
        self._by_total[self._totals[before.payer]].discard(before.payer)
        self._totals[before.payer] -= before.pence - after.pence
        self._by_total[self._totals[before.payer]].add(before.payer)

    def _open(self, names: Iterable[str]) -> Iterator[Asked]:
        return (each for name in names if (each := self._asked[name]).parts)

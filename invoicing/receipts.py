"""What money that came in may be for: invoices, instalments and contributions that are still open, and the reason for each suggestion.

Nothing is placed here. A suggestion never places more than the line or more than what is open, the best ones of all lines together never
place anything twice, and a part payment of something that is for several people is never divided among them: only its payer knows whose it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from basics.money import Money
from invoicing.bank_words import PayerNames, Payers, numbers_in, stands_in
from invoicing.still_open import Asked, OpenNow, Pair

MOST_TRIED_TOGETHER = 12
MOST_IN_ONE_SUM = 4
MOST_SUGGESTED = 5


@dataclass(frozen=True)
class Line:
    """Money that came in and is not placed: how much of it, when, and what the bank says."""

    reference: str
    on: date
    pence: int
    words: str


@dataclass(frozen=True)
class Advice:
    """What a payer says that one payment is for: pence by the number of the invoice, below nil for what is taken off; one invoice may stand there
    more than once, and nil stands for one that is not known."""

    reference: str
    pays: tuple[tuple[int, int], ...]

    @property
    def pence(self) -> int:
        return sum(pence for _, pence in self.pays)


@dataclass(frozen=True)
class Placing:
    """Pence of a line for one fund, from one payer, for one thing that was asked; `number_before` where that was brought over."""

    asked: str
    number: int | None
    pair: Pair
    pence: int
    number_before: str = ""


class Strength(StrEnum):
    """How much speaks for a suggestion, the most first."""

    ADVISED = "the payer’s own advice"
    NAMED_EXACT = "named, and the amount is exact"
    EXACT_OF_PAYER = "the amount and the payer"
    SUM_OF_PAYER = "a sum, and the payer"
    NAMED = "named"
    EXACT_ALONE = "the amount, and nothing else has it"
    SUM_ALONE = "everything open of one payer"
    OLDEST = "the oldest of this payer"
    EXACT_OF_SEVERAL = "the amount, and others have it too, or another payer is named"


IN_ORDER = tuple(Strength)
LIKELY = IN_ORDER[:IN_ORDER.index(Strength.EXACT_ALONE) + 1]
"""Strong enough to be offered for confirming together with others; the rest a person looks at one by one."""


@dataclass(frozen=True)
class Suggestion:
    """Where a line may belong, and why, in words for a person."""

    strength: Strength
    why: str
    placings: tuple[Placing, ...]

    @property
    def pence(self) -> int:
        return sum(each.pence for each in self.placings)

    @property
    def is_likely(self) -> bool:
        return self.strength in LIKELY


def suggestions(lines: Iterable[Line], asked: Sequence[Asked], payers: Sequence[PayerNames], advices: Sequence[Advice] = ()) -> dict[
        str, tuple[Suggestion, ...]]:
    """For each line, by its reference, what it may be for, the likeliest first. The order of the lines makes no difference.

    What the best suggestion of one line places is not open any more for the next; the lines for which most speaks come first.
    """
    open_now, known, advices = OpenNow(asked), Payers(payers), sorted(advices, key=lambda each: each.reference)
    first = {line: _best(_for_line(line, open_now, known, advices)) for line in lines}
    found: dict[str, tuple[Suggestion, ...]] = {}
    for line in sorted(first, key=lambda each: (_rank(first[each]), each.on, each.reference)):
        found[line.reference] = tuple(_for_line(line, open_now, known, advices))
        for placing in found[line.reference][0].placings if found[line.reference] else ():
            open_now.take(placing.asked, placing.pair, placing.pence)
    return found


def _best(found: Sequence[Suggestion]) -> Suggestion | None:
    return found[0] if found else None


def _rank(suggestion: Suggestion | None) -> int:
    return IN_ORDER.index(suggestion.strength) if suggestion else len(IN_ORDER)


def _for_line(line: Line, asked: OpenNow, payers: Payers, advices: Sequence[Advice]) -> list[Suggestion]:
    """Every suggestion for one line, each split once, under the strongest reason for it."""
    named = payers.named(line.words)
    every = (*_advised(line, asked, advices), *_named(line, asked), *_exact(line, asked, named), *_sums(line, asked, named),
             *_oldest(line, asked, named))
    once: dict[tuple[Placing, ...], Suggestion] = {}
    for each in sorted(every, key=_rank):  # of two as strong, what was asked first stands first
        if each.placings:
            once.setdefault(tuple(sorted(each.placings, key=str)), each)
    return list(once.values())[:MOST_SUGGESTED]


def _advised(line: Line, asked: OpenNow, advices: Iterable[Advice]) -> Iterator[Suggestion]:
    """What is taken off of an invoice lowers what is paid of that one. What is left to be taken off lowers nothing of another: where the credit lies
    in the same fund, less is open there already; where it does not, the rest stays open, for no fund pays for another."""
    for advice in advices:
        if advice.pence != line.pence:
            continue
        by_invoice = Counter[int]()
        for number, pence in advice.pays:
            by_invoice[number] += pence
        listed = [(each, min(pence, each.pence)) for number, pence in by_invoice.items() if pence > 0 for each in asked.numbered(number)]
        placings, left = list[Placing](), line.pence
        for each, pence in listed:
            placings += (now := list(_placed([each], min(pence, left))))
            left -= sum(placing.pence for placing in now)
        yield Suggestion(Strength.ADVISED, _why_advised(advice, by_invoice) + _left_over(left)
                         + _stays_open(sum(pence for _, pence in listed) - line.pence) + ".", tuple(placings))


def _why_advised(advice: Advice, by_invoice: Mapping[int, int]) -> str:
    off = -sum(pence for _, pence in advice.pays if pence < 0)
    less = f", less {Money(off)}" if off else ""
    return (f"The remittance advice {advice.reference} comes to exactly this amount and lists "
            f"{_listed([f'invoice {number}' for number, pence in by_invoice.items() if pence > 0])}{less}")


def _stays_open(pence: int) -> str:
    return f"; {Money(pence)} stays open, for what is taken off is not credited in the same fund" if pence > 0 else ""


def _named(line: Line, asked: OpenNow) -> Iterator[Suggestion]:
    """What is named, of these books and of those before them; each by itself too, for a number may be both ours and theirs."""
    ours = [each for number in numbers_in(line.words) for each in asked.numbered(number)]
    before = [each for each in asked.brought_over() if _names(line.words, each.number_before)]
    for found in ([*ours, *before], ours, before):
        if found:
            yield _of_named(line, found)


def _names(words: str, number_before: str) -> bool:
    """A number of figures alone is believed as one of ours is."""
    return int(number_before) in numbers_in(words) if number_before.isdecimal() else stands_in(number_before, words)


def _of_named(line: Line, found: Sequence[Asked]) -> Suggestion:
    placings = tuple(_placed(found, line.pence))
    whole = sum(each.pence for each in found) == line.pence
    over = line.pence - sum(each.pence for each in placings)
    open_of = "exactly this amount is open" if whole else f"{Money(sum(each.pence for each in found))} is open"
    return Suggestion(Strength.NAMED_EXACT if whole else Strength.NAMED,
                      f"The bank’s words name {_listed([each.name for each in found])}, of which {open_of}{_left_over(over)}.", placings)


def _exact(line: Line, asked: OpenNow, named: Mapping[str, str]) -> Iterator[Suggestion]:
    found = asked.exactly(line.pence)
    for each in found:
        why = f"Exactly this amount is open of {each.name}"
        reference = next((one for one in sorted(each.references) if stands_in(one, line.words)), "")
        placings = tuple(_placed([each], line.pence))
        if each.payer in named:
            yield Suggestion(Strength.EXACT_OF_PAYER, f"{why}, and {named[each.payer]}.", placings)
        elif reference:
            yield Suggestion(Strength.EXACT_OF_PAYER, f"{why}, and the bank’s words name {reference}.", placings)
        elif len(found) == 1 and named:
            yield Suggestion(Strength.EXACT_OF_SEVERAL, f"{why}, and of nothing else; but {next(iter(named.values()))}.", placings)
        elif len(found) == 1:
            yield Suggestion(Strength.EXACT_ALONE, f"{why}, and of nothing else.", placings)
        else:
            yield Suggestion(Strength.EXACT_OF_SEVERAL, f"{why}, and of {len(found) - 1} more.", placings)


def _sums(line: Line, asked: OpenNow, named: Mapping[str, str]) -> Iterator[Suggestion]:
    """Several things of one payer that come to the line together: all of them, or a few of the oldest."""
    for payer in sorted({*asked.payers_of(line.pence), *named}):
        theirs = asked.of_payer(payer)
        if len(theirs) > 1 and sum(each.pence for each in theirs) == line.pence:
            strength = Strength.SUM_OF_PAYER if payer in named else Strength.SUM_ALONE
            because = f", and {named[payer]}" if payer in named else ""
            yield Suggestion(strength, f"All that is open of this payer, {_listed([each.name for each in theirs])}, is exactly this amount"
                             f"{because}.", tuple(_placed(theirs, line.pence)))
        elif payer in named:
            yield from _few(line, theirs, named[payer])


def _few(line: Line, theirs: Sequence[Asked], because: str) -> Iterator[Suggestion]:
    """As few as come to the line exactly, and of several answers the oldest: a payer who pays some of what is open pays that first."""
    looked_at = [each for each in theirs if each.pence < line.pence][:MOST_TRIED_TOGETHER]
    for count in range(2, MOST_IN_ONE_SUM + 1):
        for some in combinations(looked_at, count):
            if sum(each.pence for each in some) == line.pence:
                why = f"Together {_listed([each.name for each in some])} come to exactly this amount, and {because}."
                yield Suggestion(Strength.SUM_OF_PAYER, why, tuple(_placed(some, line.pence)))
                return


def _oldest(line: Line, asked: OpenNow, named: Mapping[str, str]) -> Iterator[Suggestion]:
    for payer in named:
        if placings := tuple(_placed(asked.of_payer(payer), line.pence)):
            over = line.pence - sum(each.pence for each in placings)
            told = _listed(list(dict.fromkeys(each.asked for each in placings)))
            yield Suggestion(Strength.OLDEST, f"The oldest that is open of this payer is {told}, and {named[payer]}{_left_over(over)}.", placings)


def _placed(asked: Collection[Asked], pence: int) -> Iterator[Placing]:
    """So many pence over these things, one after the other. It stops before what would be a part payment of something for several people."""
    left = pence
    for each in asked:
        if left < each.pence and len(each.parts) > 1:
            return
        for pair, amount in each.parts:
            if now := min(left, amount):
                yield Placing(each.name, each.number, pair, now, each.number_before)
                left -= now


def _left_over(pence: int) -> str:
    return f"; {Money(pence)} of the line is left over" if pence > 0 else ""


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

"""What does not fit together between the items of an apply file. A plain list of checks; each gives everything it finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from basics.money import Money
from basics.periods import day_in_words
from basics.rounding import line
from isf.split import Method
from ringfence.importing.apply_fields import ONE_HUNDRED
from ringfence.importing.apply_items import ApplyItem, Contract, Dated, Funding, HeldPlace, House, PlanLine, Rate
from ringfence.importing.apply_money import BankLine, Draw
from ringfence.importing.apply_splits import Split
from ringfence.importing.problems import Finding

Sections = Mapping[str, Sequence[tuple[int, ApplyItem]]]
"""The items that are right in themselves, with their number in the file."""

Spell = TypeVar("Spell", bound=Dated)
Kind = TypeVar("Kind", bound=ApplyItem)


def file_findings(sections: Sections) -> Iterator[Finding]:
    """Everything that can be seen to be wrong from the file alone."""
    for check in CHECKS:
        yield from check(sections)


def each_item_once(sections: Sections) -> Iterator[Finding]:
    for section, items in sections.items():
        seen = dict[tuple[object, ...], int]()
        for n, item in items:
            known = tuple(getattr(item, field) for field in item.known_by)
            if known and seen.setdefault(known, n) != n:
                yield Finding((section, n), f"is the same {_in_words(item)} as item {seen[known] + 1}.", "Keep one of the two.")


def _in_words(item: ApplyItem) -> str:
    return " and ".join(type(item).model_fields[field].alias or field for field in item.known_by)


def each_bank_line_once(sections: Sections) -> Iterator[Finding]:
    """A draw is a line of the bank too."""
    lines = {item.line for item in _all(sections, "bank_lines", BankLine).values()}
    for n, draw in _all(sections, "draws", Draw).items():
        if draw.line in lines:
            yield Finding(("draws", n, "line"), f"“{draw.line}” is among the bank lines too.", "Say once what the line was.")


def rates_do_not_overlap(sections: Sections) -> Iterator[Finding]:
    rates = _all(sections, "rates", Rate)
    yield from _overlaps("rates", rates, lambda rate: (rate.rate,), "this rate")
    per = dict[str, str]()
    for n, rate in rates.items():
        if per.setdefault(rate.rate, rate.per) != rate.per:
            yield Finding(("rates", n, "per"), f"is “{rate.per}”, and “{per[rate.rate]}” elsewhere for {rate.rate}.",
                          "A rate that counts something else needs a code of its own.")


def fundings_do_not_overlap(sections: Sections) -> Iterator[Finding]:
    yield from _overlaps("fundings", _all(sections, "fundings", Funding), lambda one: (one.person, one.fund, one.funder),
                         "the same fund by the same funder")


def plan_lines_do_not_overlap(sections: Sections) -> Iterator[Finding]:
    yield from _overlaps("plan", _all(sections, "plan", PlanLine), lambda planned: (planned.line,), "this line")


def _overlaps(section: str, items: Mapping[int, Spell], key: Callable[[Spell], tuple[str, ...]], what: str) -> Iterator[Finding]:
    """An item that begins while another of its key still holds. Two that begin on one day are the same item twice."""
    groups = defaultdict[tuple[str, ...], list[tuple[int, Spell]]](list)
    for n, item in items.items():
        groups[key(item)].append((n, item))
    for group in groups.values():
        group.sort(key=lambda pair: (pair[1].from_on, pair[0]))
        for (first, one), (n, other) in pairwise(group):
            if one.from_on < other.from_on <= one.to_on:
                yield Finding((section, n, "from"), f"is {day_in_words(other.from_on)}, and item {first + 1} has {what} until "
                              f"{day_in_words(one.to_on)}.", "End the one before the other starts.")


def shares_are_within_the_whole(sections: Sections) -> Iterator[Finding]:
    """On no day do the funders of one fund promise more than all of what is delivered."""
    by_fund = defaultdict[tuple[str, str], list[tuple[int, Funding]]](list)
    for n, funding in _all(sections, "fundings", Funding).items():
        if funding.how == "delivery" and funding.weekly_pounds is None:
            by_fund[(funding.person, funding.fund)].append((n, funding))
    for fundings in by_fund.values():
        for n, funding in fundings:
            others = [one for _, one in fundings if one.from_on <= funding.from_on <= one.to_on]
            promised = sum((one.share for one in others), Decimal(0))
            if promised > ONE_HUNDRED and funding.from_on == max(one.from_on for one in others) and funding is others[-1]:
                yield Finding(("fundings", n, "share"), f"makes {promised:f}% with the other funders on "
                              f"{day_in_words(funding.from_on)}.", "The shares of a fund are 100% together, or less.")


def nobody_holds_two_places(sections: Sections) -> Iterator[Finding]:
    stays = defaultdict[str, list[tuple[date, date, int, int]]](list)
    for n, house in _all(sections, "houses", House).items():
        for m, held, until in _stays(house.held):
            if held.person is not None:
                stays[held.person].append((held.from_on, until, n, m))
    for person, places in stays.items():
        for one, other in pairwise(sorted(places)):
            if other[0] < one[1]:
                yield Finding(("houses", other[2], "held", other[3], "person"),
                              f"{person} already has a place on {day_in_words(other[0])}.",
                              "Say from which day the other place is someone else’s or empty.")


def _stays(held: Sequence[HeldPlace]) -> Iterator[tuple[int, HeldPlace, date]]:
    """Each holding of a place, with the day on which the next one of that place begins."""
    for n, one in enumerate(held):
        later = [other.from_on for other in held if other.place == one.place and other.from_on > one.from_on]
        yield n, one, min(later, default=date.max)


def amounts_are_the_contract(sections: Sections) -> Iterator[Finding]:
    """Where the council set each sum: the sums and the top-slices are the contract, to the penny."""
    contracts = {contract.reference: contract for contract in _all(sections, "contracts", Contract).values()}
    for n, split in _all(sections, "splits", Split).items():
        contract = contracts.get(split.contract)
        if contract is None or split.method is not Method.AMOUNTS:
            continue
        whole = contract.whole_sum
        people = Money.total(person.pounds for person in split.people if person.pounds)
        slices = Money.total(one.pounds or line(whole.pounds, (one.percent or Decimal(0)) / ONE_HUNDRED) for one in split.top_slices)
        if people + slices != whole:
            yield Finding(("splits", n, "people"), f"come to {people} and the top-slices to {slices}; the contract is {whole}: "
                          f"a difference of {Money(abs((people + slices - whole).pence))}.", "Correct a sum.")


def _all(sections: Sections, section: str, kind: type[Kind]) -> dict[int, Kind]:
    return {n: item for n, item in sections.get(section, ()) if isinstance(item, kind)}


CHECKS: Iterable[Callable[[Sections], Iterator[Finding]]] = (
    each_item_once, each_bank_line_once, rates_do_not_overlap, fundings_do_not_overlap, plan_lines_do_not_overlap,
    shares_are_within_the_whole, nobody_holds_two_places, amounts_are_the_contract,
)

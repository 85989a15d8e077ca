"""Receipts to match: every bank line that is not placed, with what it may be for; a person confirms, and another approves."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, get_args

from basics.errors import InputError, Problem, Refused
from basics.money import Money
from invoicing.receipts import Line, Placing, Suggestion, suggestions
from isf.accounts import OriginKind
from ringfence.actions.acting import Acting
from ringfence.actions.applying import Applied, prepare
from ringfence.actions.brought_over import number_before
from ringfence.actions.receipts_open import Beside, read_beside
from ringfence.actions.rights import Right
from ringfence.importing.apply_fields import PartAs
from ringfence.importing.apply_file import parse_apply
from ringfence.importing.parts_typed import TypedPart, read_typed
from ringfence.store import bank_lines
from ringfence.store.bank_lines import KeptLine

MOST_LATELY = 50

Placed: TypeAlias = bank_lines.Placed
"""A part of a line that stands, as a list reads it."""


@dataclass(frozen=True)
class ToMatch:
    """A line of which something is not placed, with its suggestions, the likeliest first; `waits` where a match of it waits for approval."""

    line: KeptLine
    suggestions: tuple[Suggestion, ...]
    waits: bool

    @property
    def best(self) -> Suggestion | None:
        return self.suggestions[0] if self.suggestions else None


@dataclass(frozen=True)
class Receipts:
    """Every line to match, in the order of their days; the latest parts that are placed, the last first; what each fund is called, and each
    payer, by reference."""

    to_match: tuple[ToMatch, ...]
    placed_lately: tuple[Placed, ...]
    called: Mapping[str, str]
    payers: Mapping[str, str]

    @property
    def in_pence(self) -> int:
        return sum(each.line.left_pence for each in self.to_match if each.line.pence > 0)

    @property
    def out_pence(self) -> int:
        return sum(each.line.left_pence for each in self.to_match if each.line.pence < 0)


@dataclass(frozen=True)
class Choice:
    """What a person decided of a line: one of its suggestions, by its mark, or what they typed themselves."""

    line: str
    mark: str = ""
    typed: str = ""


def mark_of(suggestion: Suggestion) -> str:
    """A short text that stands for exactly this split."""
    return hashlib.sha256(repr(sorted(suggestion.placings, key=str)).encode()).hexdigest()[:16]


def receipts(acting: Acting) -> Receipts:
    """Everything that is to be matched, and what was matched lately."""
    with acting.reading() as connection:
        beside = read_beside(connection, acting.today)
    found = _suggested(beside)
    to_match = tuple(ToMatch(line, found.get(line.reference, ()), line.reference in beside.waiting) for line in beside.lines if line.left_pence)
    lately = [each for each in reversed(beside.placed) if each.funder or each.what_for][:MOST_LATELY]
    return Receipts(to_match, tuple(lately), beside.called, {key: payer.name for key, payer in beside.funders.items()})


def likely(found: Receipts) -> list[Choice]:
    """The best suggestion of every line for which enough speaks, and of which nothing waits for approval already."""
    return [Choice(each.line.reference, mark_of(each.best)) for each in found.to_match if each.best and each.best.is_likely and not each.waits]


def matches(acting: Acting, choices: Sequence[Choice]) -> dict[str, object]:
    """What was decided, as the section `bank_lines` of an apply file.

    Raises `Refused` with everything that is wrong: a line that is placed by now, a suggestion that no longer stands, two lines that would
    place the same money.
    """
    with acting.reading() as connection:
        beside = read_beside(connection, acting.today)
    found, problems = _suggested(beside), list[Problem]()
    lines = {line.reference: line for line in beside.lines if line.left_pence}
    items, taken = list[dict[str, object]](), list[tuple[str, Placing]]()
    for choice in choices:
        line = lines.get(choice.line)
        if line is None:
            problems.append(Problem(choice.line, "is no line with anything left to place.", "Look at the list again."))
            continue
        suggestion = next((each for each in found.get(choice.line, ()) if mark_of(each) == choice.mark), None)
        if choice.typed:
            items += _typed_item(beside, line, choice.typed, problems)
        elif suggestion is None:
            problems.append(Problem(choice.line, "has another suggestion now than the one that was chosen.", "Look at the list again."))
        else:
            taken += [(choice.line, placing) for placing in suggestion.placings]
            items.append(_item(line, [*_standing(beside, line), *(_part(beside, placing) for placing in suggestion.placings)]))
    problems += _placed_twice(beside, taken)
    if problems or not items:
        raise Refused("Nothing was prepared:", problems or [Problem("", "No line was chosen.", "Choose at least one.")])
    return {"bank_lines": items}


def prepare_matches(acting: Acting, choices: Sequence[Choice]) -> Applied:
    """Prepare what was decided, for another person to approve."""
    acting.refuse_without(Right.PREPARE)
    return prepare(acting, parse_apply(matches(acting, choices), "the matches"))


def put_back(acting: Acting, event: str, why: str) -> Applied:
    """Prepare one placed part to be put back: its money is there to be matched again once another person has approved that."""
    with acting.reading(Right.PREPARE) as connection:
        beside = read_beside(connection, acting.today)
    part = next((each for each in beside.placed if each.event == event), None)
    if part is None:
        raise InputError(f"“{event}” is not placed, or is put back already.", "Look at the list again.")
    whose = beside.funds[part.fund]
    if not whose.person:
        raise InputError(f"{part.fund} is not one person’s fund.", "Money of a contract’s reserve is put right by a later split.")
    mark = hashlib.sha256(event.encode()).hexdigest()[:12]
    item = {"correction": f"CO-{mark}", "person": whose.person, "fund": whose.kind, "entry": event, "on": acting.today, "words": why}
    return prepare(acting, parse_apply({"corrections": [item]}, "what is put back"))


def _suggested(beside: Beside) -> dict[str, tuple[Suggestion, ...]]:
    """What every line that came in may be for; the account of people's money first, so that nothing is suggested through both."""
    found: dict[str, tuple[Suggestion, ...]] = {}
    gone: dict[tuple[str, tuple[str, str]], int] = defaultdict(int)
    for account in ("people", "provider"):
        lines = _lines(line for line in beside.lines if line.account == account and line.kind is OriginKind.BANK_IN)
        asked = [each.less(gone) for each in beside.open_through(account)]
        of_account = suggestions(lines, [each for each in asked if each.parts], beside.payers, beside.advices)
        for placing in (placing for each in of_account.values() if each for placing in each[0].placings):
            gone[placing.asked, placing.pair] += placing.pence
        found |= of_account
    over = _lines(line for line in beside.lines if line.kind is OriginKind.BANK_TRANSFER)
    return found | suggestions(over, beside.collected(), ())


def _lines(lines: Iterable[KeptLine]) -> list[Line]:
    return [Line(line.reference, line.on, line.left_pence, line.words) for line in lines if line.left_pence]


def _placed_twice(beside: Beside, taken: Iterable[tuple[str, Placing]]) -> list[Problem]:
    """Each suggestion alone fits what is open; two that were chosen together may not."""
    is_open = {(each.name, pair): pence for each in (*beside.open, *beside.collected()) for pair, pence in each.parts}
    sums, by = defaultdict[tuple[str, tuple[str, str]], int](int), defaultdict[tuple[str, tuple[str, str]], list[str]](list)
    for line, placing in taken:
        sums[placing.asked, placing.pair] += placing.pence
        by[placing.asked, placing.pair].append(line)
    return [Problem(" and ".join(by[key]), f"would place {Money(pence)} on {key[0]}, of which {Money(is_open.get(key, 0))} is open.",
                    "Choose another suggestion for one of them.") for key, pence in sums.items() if pence > is_open.get(key, 0)]


def _item(line: KeptLine, parts: Sequence[Mapping[str, object]]) -> dict[str, object]:
    item: dict[str, object] = {"line": line.reference, "on": line.on, "account": line.account, "pounds": Money(line.pence), "words": line.words}
    if line.kind is OriginKind.BANK_TRANSFER:
        item["transfer"] = True
    return item | ({"parts": list(parts)} if parts else {})


def _part(beside: Beside, placing: Placing) -> dict[str, object]:
    fund, funder = placing.pair
    if not funder:
        return _whose(beside, fund) | {"pounds": Money(placing.pence), "as": "paid over"}
    about: dict[str, object] = {"invoice": placing.number} if placing.number is not None else {}
    about |= {"brought_over": placing.number_before} if placing.number_before else {}
    return _whose(beside, fund) | {"funder": funder, **about, "pounds": Money(placing.pence), "as": beside.paid_as(placing.pair)}


def _standing(beside: Beside, line: KeptLine) -> list[dict[str, object]]:
    """What is placed of the line already, named again as the file of a later part has to."""
    sums = defaultdict[tuple[str, str, str], int](int)
    for each in beside.placed:
        if each.line == line.reference:
            sums[each.fund, each.funder, each.what_for] += each.pence
    return [_whose(beside, fund) | ({"funder": funder} if funder else {}) | _what_for(what_for) | {"pounds": Money(pence)}
            for (fund, funder, what_for), pence in sums.items()]


def _what_for(said: str) -> dict[str, object]:
    """“payment”, “payment 503” or “bill B-1”, as a part names it."""
    as_ = next(each for each in get_args(PartAs) if said.startswith(each))
    about = said.removeprefix(as_).strip()
    if before := number_before(about):
        return {"as": as_, "brought_over": before}
    key = {"bill": "bill", "put back": "misspent"}.get(as_, "invoice")
    return {"as": as_} | ({key: int(about) if key == "invoice" else about} if about else {})


def _whose(beside: Beside, fund: str) -> dict[str, object]:
    whose = beside.funds[fund]
    return {"person": whose.person, "fund": whose.kind} if whose.person else {"contract": whose.contract}


def _typed_item(beside: Beside, line: KeptLine, text: str, problems: list[Problem]) -> list[dict[str, object]]:
    try:
        typed = read_typed(text, line.reference)
    except Refused as error:
        problems += error.problems
        return []
    if typed.explained or not typed.parts:
        return [_item(line, []) | {"explained": typed.explained}]
    parts = [part for each in typed.parts if (part := _typed_part(beside, line, each, problems))]
    return [_item(line, [*_standing(beside, line), *parts])] if len(parts) == len(typed.parts) else []


def _typed_part(beside: Beside, line: KeptLine, typed: TypedPart, problems: list[Problem]) -> dict[str, object] | None:
    if typed.fund not in beside.funds:
        problems.append(Problem(line.reference, f"There is no fund {typed.fund}.", "Its key is like isf-P001."))
        return None
    if typed.funder and typed.funder not in beside.funders:
        problems.append(Problem(line.reference, f"“{typed.funder}” is not a payer here.", "Write the payer’s reference."))
        return None
    what_for = typed.what_for or (beside.paid_as((typed.fund, typed.funder)) if typed.funder and line.pence > 0 else "")
    if not what_for:
        problems.append(Problem(line.reference, f"It is not said what the part of {typed.fund} is for.", "Add it, like “as back to person”."))
        return None
    about: dict[str, object] = {"invoice": typed.invoice} if typed.invoice is not None else {}
    about |= {"brought_over": typed.brought_over} if typed.brought_over else {}
    return _whose(beside, typed.fund) | ({"funder": typed.funder} if typed.funder else {}) | about | {"pounds": typed.money, "as": what_for}



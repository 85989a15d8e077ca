"""The lines of a bank file, whatever its format: each with a reference that is the same whenever the same line comes again."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from basics.errors import InputError, Problem
from basics.money import Money
from basics.periods import day_in_figures
from ringfence.importing.table_rows import place

LONGEST_WORDS = 500
NO_WORDS = "No words from the bank"

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\\s]+")


@dataclass(frozen=True)
class Seen:
    """A line as a reader found it. `account` is the number that the file gives, `bank_id` the bank's own name of the line, empty where there is
    none; `pence` are below nil where money went out."""

    row_number: int
    account: str
    on: date
    pence: int
    words: str
    bank_id: str = ""
    balance_pence: int | None = None


@dataclass(frozen=True)
class BankRow:
    """A line with its reference, which is made of the bank's own id, or of account, day, amount, words and how many such came before."""

    row_number: int
    reference: str
    on: date
    pence: int
    words: str
    balance_pence: int | None = None


@dataclass(frozen=True)
class Found:
    """What a reader found: the lines, a problem for every row that is none, and how many rows there were."""

    seen: Sequence[Seen]
    problems: Sequence[Problem]
    rows: int
    ends: Sequence[tuple[int, int, int]] = ()
    """For each statement of the file that says so: its opening and closing balance, and what its lines come to, in pence."""


@dataclass(frozen=True)
class BankFile:
    """A bank file that was read: every row of it is a line, or a problem with its row number. `how` says what kind of file it is."""

    name: str
    digest: str
    how: str
    rows: tuple[BankRow, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    rows_in: int


def bank_file(name: str, digest: str, how: str, found: Found, account: str) -> BankFile:
    """The lines with their references. `account` stands for the number of the account where the file has none.

    Raises `InputError` where the file holds lines of several accounts, or where its balances show that in and out are the wrong way round.
    """
    _refuse_several_accounts(name, found.seen)
    seen, doubtful = _without_doubtful(name, found.seen)
    notices = [*_balance_notices(name, found.seen), *_end_notices(name, found)]
    assert len(found.seen) + len(found.problems) == found.rows, "every row is a line or a problem"
    return BankFile(name, digest, how, tuple(_referenced(seen, account)), (*found.problems, *doubtful), tuple(notices), found.rows)


def account_number(*parts: str) -> str:
    """The number of an account as it is compared: figures and letters, without the noughts in front that a spreadsheet drops."""
    return "".join(re.sub(r"[^0-9A-Za-z]", "", part).lstrip("0").upper() for part in parts)


def plain_words(*parts: str) -> str:
    """What the bank says of a line, in one line that can stand anywhere."""
    words = " ".join(filter(None, (_UNSEEN.sub(" ", part).strip().lstrip("'").strip() for part in parts)))
    if words[:1] in ("=", "+", "-", "@"):
        words = f"Bank: {words}"  # a payer chooses these words, and a spreadsheet would run them
    return words[:LONGEST_WORDS].strip() or NO_WORDS


def _referenced(seen: Iterable[Seen], account: str) -> Iterator[BankRow]:
    before = Counter[tuple[object, ...]]()
    for each in seen:
        whose = each.account or account
        known_by: tuple[object, ...] = (whose, each.bank_id) if each.bank_id else (
            whose, each.on.isoformat(), each.pence, each.words.casefold())
        before[known_by] += 1
        n = 1 if each.bank_id else before[known_by]  # the bank's own id again is the same line told twice
        mark = hashlib.sha256(json.dumps([*known_by, n]).encode()).hexdigest()[:16]
        yield BankRow(each.row_number, f"BL-{mark}", each.on, each.pence, each.words, each.balance_pence)


def _refuse_several_accounts(name: str, seen: Sequence[Seen]) -> None:
    accounts = sorted({each.account for each in seen})
    if len(accounts) > 1:
        shown = ", ".join(f"…{each[-4:]}" if each else "none" for each in accounts[:5])
        raise InputError(f"The file holds lines of {len(accounts)} accounts ({shown}).", "Save one file for each account.", name)


def _without_doubtful(name: str, seen: Sequence[Seen]) -> tuple[list[Seen], list[Problem]]:
    """Two lines that the bank calls by one id and that differ cannot be told apart when they come again: both are set aside."""
    contents: dict[str, set[tuple[object, ...]]] = {}
    for each in seen:
        if each.bank_id:
            contents.setdefault(each.bank_id, set()).add((each.on, each.pence, each.words))
    twice = {known_by for known_by, told in contents.items() if len(told) > 1}
    return ([each for each in seen if each.bank_id not in twice],
            [Problem(place(name, each.row_number), f"The bank’s id “{each.bank_id[:60]}” stands on lines that differ.",
                     "Ask the bank for the file again, or in another format.") for each in seen if each.bank_id in twice])


def _balance_notices(name: str, seen: Sequence[Seen]) -> list[str]:
    """Where the running balance does not follow from the amounts, downwards or upwards, whichever way the file runs."""
    pairs = [(one, other) for one, other in pairwise(seen)
             if one.balance_pence is not None and other.balance_pence is not None and other.row_number == one.row_number + 1]
    if not pairs:
        return []
    breaks = min((_breaks(pairs, downwards=True), _breaks(pairs, downwards=False)), key=len)
    turned = [(replace(one, pence=-one.pence), replace(other, pence=-other.pence)) for one, other in pairs]
    if len(breaks) == len(pairs) > 1 and not all(_breaks(turned, downwards=way) for way in (True, False)):
        raise InputError("Money in and money out are the wrong way round: the balances fall where money came in.",
                         "Say which column is which, and bring the file in again.", name)
    if not breaks:
        return []
    one, other = breaks[0]
    return [f"{name}, rows {one.row_number} and {other.row_number} ({day_in_figures(one.on)}): the balances do not follow from each other, and so "
            f"in {len(breaks)} of {len(pairs)} places. Rows may be missing, or stand in another order than the bank’s."]


def _breaks(pairs: Sequence[tuple[Seen, Seen]], *, downwards: bool) -> list[tuple[Seen, Seen]]:
    def follows(one: Seen, other: Seen) -> bool:
        first, then = (one, other) if downwards else (other, one)
        assert first.balance_pence is not None
        return first.balance_pence + then.pence == then.balance_pence
    return [(one, other) for one, other in pairs if not follows(one, other)]


def _end_notices(name: str, found: Found) -> Iterator[str]:
    for opening, closing, moved in found.ends:
        if opening + moved != closing:
            yield (f"{name}: the statement opens with {Money(opening)} and closes with {Money(closing)}, and the lines that were read come to "
                   f"{Money(moved)}: {Money(abs(closing - opening - moved))} is missing or too much.")

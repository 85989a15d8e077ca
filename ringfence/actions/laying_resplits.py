"""The later versions of a contract’s split: from an instalment on, what each fund has more and less, and the instalments to come.

No entry touches two funds. Where nobody was asked yet, the instalments change and the promise with them. Where the money has come, what a
fund has too much goes back to its payer, who pays it again for another: each by lines of the bank of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Row

from basics.errors import RingfenceError
from basics.money import Money
from basics.people import FunderKind
from basics.periods import day_in_words, minutes_in_words
from isf.accounts import FundKind, OriginKind, Unit
from isf.entries import Event, allocation, entry, time_agreed
from isf.money_held import EventKind
from isf.resplit import Key, Resplit, Standing, minutes_after, resplit
from isf.split import Split as Divided
from ringfence.actions.fund_ends import settled_for_good
from ringfence.actions.laying import Laying
from ringfence.actions.laying_endings import GIVEN_BACK
from ringfence.actions.laying_splits import Part, divided_as, ensure_contributions, ensure_reserve, parts_of, refuse_yearly_minutes
from ringfence.actions.resplit_standing import Instalments, instalments, whole_of
from ringfence.actions.split_agreements import known
from ringfence.importing.apply_file import as_written
from ringfence.importing.apply_splits import Split
from ringfence.store import agreed_splits, closings, facts, ledger, registry, split_versions
from ringfence.store.rows import one
from ringfence.store.schema import contract, fund, funder
from ringfence.store.split_versions import allocation_key

PENCE, MINUTES = Unit.PENCE, Unit.MINUTES
NOT_COMPARED = ("method_agreed", "approved")


@dataclass(frozen=True)
class _Asked:
    """One later version that is to count: where it stands in the file, its contract, and how it divides."""

    place: tuple[str | int, ...]
    wanted: Split
    agreed: Row[Any]
    divided: Divided
    from_on: date

    @property
    def key(self) -> str:
        return allocation_key(self.wanted.contract, self.wanted.version)


def lay_resplits(laying: Laying) -> None:
    for n, wanted in enumerate(laying.file.splits):
        agreed = one(laying.connection, contract, reference=wanted.contract)
        if wanted.version == 1 or wanted.from_on is None:
            continue
        if agreed is None:
            laying.problem(("splits", n, "contract"), f"“{wanted.contract}” is not a contract here.", "Add it under “contracts”.")
            continue
        try:
            if _is_next(laying, n, wanted):
                refuse_yearly_minutes(laying, n, wanted, agreed)
                _lay(laying, n, _Asked(("splits", n), wanted, agreed, divided_as(wanted, agreed.pence), wanted.from_on))
        except RingfenceError as error:
            for problem in error.problems:
                laying.problem(("splits", n), f"{problem.place} {problem.what}".strip(), problem.to_do)


def _is_next(laying: Laying, n: int, wanted: Split) -> bool:
    """Whether this is the version that follows; the same again as one in force is no change."""
    there = {each.version: each for each in known(laying.connection).in_force.get(wanted.contract, ())}
    if wanted.version in there:
        if _compared(there[wanted.version]) != _compared(wanted):
            laying.problem(("splits", n), f"says something else than version {wanted.version} of the split of {wanted.contract}, which is approved.",
                           f"Give it the next number, {max(there) + 1}.")
        return False
    if wanted.version != max(there, default=0) + 1:
        laying.problem(("splits", n, "version"), f"is {wanted.version}, and the next of {wanted.contract} is {max(there, default=0) + 1}.",
                       "Give it the next number.")
        return False
    return True


def _compared(split: Split) -> dict[str, object]:
    said = as_written(split)
    people = [{key: value for key, value in each.items() if key not in NOT_COMPARED} for each in _dicts(said["people"])]
    return {key: value for key, value in said.items() if key not in NOT_COMPARED} | {"people": people}


def _dicts(items: Any) -> list[dict[str, object]]:
    return list(items)


def _lay(laying: Laying, n: int, asked: _Asked) -> None:
    parts = parts_of(laying, n, asked.wanted, asked.agreed, asked.divided)
    stands = _standing(laying, asked)
    if parts is None or stands is None:
        return
    rows = stands.since(asked.from_on)
    made = resplit(rows, _whole_before(laying, asked), {(part.fund, part.funder): part.pence for part in parts})
    before = split_versions.allocated(laying.connection, asked.wanted.contract)
    minutes = _minutes(laying, asked, rows)
    if not made.keys:
        laying.problem(asked.place, "changes nobody’s sum.", "Take it out; hours alone change in the plan.")
        return
    found = [*_refusals(laying, asked, made, minutes), *_money_refusals(laying, asked, made, stands)]
    for what, to_do in found:
        laying.problem(asked.place, what, to_do)
    if not found:
        _write(laying, asked, parts, made, before, minutes)


def _standing(laying: Laying, asked: _Asked) -> Instalments | None:
    """The instalments of the contract; None where the day is no day to begin from, which is told."""
    found, closed = instalments(laying.connection, asked.wanted.contract), laying.closed_through
    coming = [day for day in found.firsts if closed is None or day > closed.last]
    days = ", ".join(day_in_words(day) for day in coming[:3])
    to_do = f"Choose one of them: {days}." if days else "None of its instalments is still to come."
    if asked.from_on not in found.firsts:
        laying.problem((*asked.place, "from"), f"is not the first day of an instalment of {asked.wanted.contract}.", to_do)
        return None
    if asked.from_on not in coming and closed is not None:
        laying.problem((*asked.place, "from"), f"is in a month that is closed: the books are, to the end of {closed.in_words}.", to_do)
        return None
    return found


def _whole_before(laying: Laying, asked: _Asked) -> dict[Key, int]:
    council = next(reference for reference, number in laying.ids(funder).items() if number == asked.agreed.funder_id)
    last = known(laying.connection).in_force[asked.wanted.contract][-1]
    return whole_of(laying.connection, asked.wanted.contract, council, last, divided_as(last, asked.agreed.pence))


def _minutes(laying: Laying, asked: _Asked, rows: Iterable[Standing]) -> dict[str, tuple[int, int]]:
    """The agreed minutes of each fund before and now, where the new split says any."""
    before = split_versions.agreed_minutes(laying.connection, asked.wanted.contract)
    rest = Fraction(sum(row.instalment.pence for row in rows), asked.agreed.pence)
    known = {registry.fund_key(each.person, FundKind.ISF): each.minutes for each in asked.divided.allocations if each.minutes is not None}
    now = {key: minutes_after(before.get(key, 0), minutes, rest) for key, minutes in known.items()}
    now |= {key: minutes_after(was, 0, rest) for key, was in before.items() if known and key not in known}
    return {key: (before.get(key, 0), minutes) for key, minutes in sorted(now.items()) if minutes != before.get(key, 0)}


def _refusals(laying: Laying, asked: _Asked, made: Resplit, minutes: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Everything that keeps the funds from having what the new split says: what is wrong, and what to do."""
    moved = {of: sum(made.moved(key) for key in made.keys if key[0] == of) for of, _ in made.keys}
    ended = _ended(laying, asked)
    of_others = agreed_splits.still_to_come(laying.connection, asked.from_on, but=asked.wanted.contract)
    for key in sorted(moved.keys() | minutes.keys()):
        if key in ended:
            yield f"would change {key}, which has ended.", "Leave its sum as it stands, or open it again first."
        usable = laying.balances[key, PENCE, "available", None] - of_others.get((key, PENCE), 0)
        if moved.get(key, 0) < 0 and usable + moved[key] < 0:
            yield (f"takes {Money(-moved[key])} off {key}, and {Money(max(0, usable))} of it is not used: a part never goes below what was used.",
                   "Leave it at least what was used, or begin with a later instalment.")
        was, now = minutes.get(key, (0, 0))
        left = laying.balances[key, MINUTES, "available", None] - of_others.get((key, MINUTES), 0)
        if left + now - was < 0 and now < was:
            yield (f"takes {minutes_in_words(was - now)} off {key}, and {minutes_in_words(max(0, left))} are not given yet.",
                   "Leave at least the hours that were given.")


def _money_refusals(laying: Laying, asked: _Asked, made: Resplit, stands: Instalments) -> Iterator[tuple[str, str]]:
    """What came for an instalment goes back only as far as it did come, and as far as the fund still holds it."""
    back = {key: pence for key in made.keys if (pence := made.going_back(key))}
    for key, pence in sorted(back.items()):
        if (unpaid := stands.unpaid(key, asked.from_on)) > 0:
            yield (f"takes back {Money(pence)} of what {key[1]} was asked for {key[0]}, and {Money(unpaid)} of it has not been paid.",
                   "Wait for the money, or begin with an instalment that nobody was asked for.")
    for key in made.keys:
        due = laying.balances[key[0], PENCE, "due", key[1]]
        if made.released(key) > due:
            yield (f"leaves {key[0]} less than {key[1]} has paid: {Money(made.released(key))} off a promise of which {Money(due)} is still to come.",
                   "Begin with a later instalment.")
    for fund_key in sorted({of for of, _ in back}):
        whole = sum(pence for (of, _), pence in back.items() if of == fund_key)
        balance = {role: laying.balances[fund_key, PENCE, role, None] for role in ("held", "owed_provider", "borne", "owed_supplier")}
        holds = max(0, balance["held"] - (balance["owed_provider"] - balance["borne"]) - balance["owed_supplier"] - _going_back(laying, fund_key))
        if whole > holds:
            yield (f"would give back {Money(whole)} out of {fund_key}, which holds {Money(holds)} that is not owed to anybody.",
                   "Never more than the fund still holds: begin with a later instalment.")


def _going_back(laying: Laying, key: str) -> int:
    return sum(pence for (of, unit, role, _), pence in laying.balances.items() if (of, unit) == (key, PENCE) and role in GIVEN_BACK)


def _ended(laying: Laying, asked: _Asked) -> set[str]:
    """The funds that have ended, all of the contract's where the contract has."""
    connection = laying.connection
    found = settled_for_good(connection) | set(closings.closed_funds(connection))
    if any(each.said["contract"] == asked.wanted.contract for each in facts.facts(connection, "contract ending")):
        found |= set(closings.funds_of_contract(connection, asked.wanted.contract))
    return found


def _write(laying: Laying, asked: _Asked, parts: list[Part], made: Resplit, before: Mapping[Key, int],
           minutes: Mapping[str, tuple[int, int]]) -> None:
    reserve = registry.reserve_key(asked.wanted.contract)
    if any(part.fund == reserve for part in parts) and reserve not in laying.ids(fund, "key"):
        ensure_reserve(laying, reserve, asked.agreed)
    ensure_contributions(laying, asked.agreed, parts)
    _change_instalments(laying, asked, made)
    raised: dict[str, int] = {}
    for key in sorted(made.keys, key=lambda key: (-made.moved(key), key)):
        _post(laying, asked, key, made, before.get(key, 0))
        if more := made.raised(key):
            raised[key[0]] = raised.get(key[0], 0) + more
    words = f"Split of {asked.wanted.contract}, version {asked.wanted.version}"
    laying.origins.append(ledger.Origin(asked.key, OriginKind.ALLOCATION, PENCE, sum(raised.values()), asked.from_on, words,
                                        tuple(sorted(raised.items()))))
    _write_time(laying, asked, minutes, words)


def _change_instalments(laying: Laying, asked: _Asked, made: Resplit) -> None:
    funds, payers = laying.ids(fund, "key"), laying.ids(funder)
    changed = 0
    rows: dict[int, int] = {}
    standing: dict[tuple[int, str, str], int] = {}
    for row in split_versions.instalments(laying.connection, asked.wanted.contract):
        rows[row.n] = row.id
        standing[row.n, row.fund, row.funder] = int(row.pence)
    for n, parts in made.parts.items():
        new = {key: pence for key, pence in parts.items() if standing.get((n, *key), 0) != pence}
        changed += bool(new)
        for (fund_key, payer), pence in new.items():
            part = closings.PartOfInstalment(rows[n], funds[fund_key], payers[payer])
            closings.change_part(laying.connection, part, pence, laying.batch_id)
    laying.said.append(f"New: version {asked.wanted.version} of the split of {asked.wanted.contract}, by {asked.wanted.method}, from "
                       f"{day_in_words(asked.from_on)}: {changed} instalments change, each with the same sum")


def _post(laying: Laying, asked: _Asked, key: Key, made: Resplit, was: int) -> None:
    """What one payer promises one fund: more by the new origin; less by a promise that is released, or by money to go back."""
    (fund_key, payer), more, back = key, made.moved(key), made.going_back(key)
    now, is_person = f"{Money(was + more)} of {asked.wanted.contract}", laying.payers[payer].kind is FunderKind.PERSON
    who = "you pay" if is_person else f"{laying.payers[payer].name} pays"
    event = Event(f"{asked.key}|{fund_key}|{payer}", EventKind.RESPLIT, fund_key,
                  f"From {day_in_words(asked.from_on)}, {who} {now} for this fund, and not {Money(was)}")
    laying.said.append(f"Changed: {fund_key} has {now} from {payer}, and had {Money(was)}: {Money(abs(more))} {'more' if more > 0 else 'less'}")
    if raised := made.raised(key):
        laying.post(allocation(event, payer, raised, asked.from_on, asked.key))
    if released := made.released(key):
        laying.post(entry(event, ("available", None), ("due", payer), released, asked.from_on))
    if back:
        laying.post(entry(event, ("available", None), ("owed_person", None) if is_person else ("owed_funder", payer), back, asked.from_on))
        laying.said.append(f"{Money(back)} goes back to {payer} out of {fund_key}, by a bank line of its own, because it was asked for already")
    if (again := made.asked.get(key, 0)) > 0:
        laying.said.append(f"{payer} pays {Money(again)} of it for {fund_key} by a bank line of its own, because its instalment was asked for")


def _write_time(laying: Laying, asked: _Asked, minutes: Mapping[str, tuple[int, int]], words: str) -> None:
    raised = {key: now - was for key, (was, now) in minutes.items() if now > was}
    origin_key = f"{asked.key} minutes"
    if raised:
        laying.origins.append(ledger.Origin(origin_key, OriginKind.ALLOCATION, MINUTES, sum(raised.values()), asked.from_on, words,
                                            tuple(sorted(raised.items()))))
    for key, (was, now) in minutes.items():
        event = Event(f"{origin_key}|{key}", EventKind.RESPLIT, key)
        if now > was:
            laying.post(time_agreed(event, now - was, asked.from_on, origin_key))
        else:
            laying.post(entry(event, ("available", None), ("agreed", None), was - now, asked.from_on, unit=MINUTES))
        laying.said.append(f"Changed: {key} has {minutes_in_words(now)} of support agreed, and had {minutes_in_words(was)}")

"""Everybody’s funds in one list: the money held as the books have it now, and the budget and status as the last statement says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from basics.people import FunderKind
from basics.periods import Month
from isf.accounts import INSIDE_MONEY_HELD, FundKind
from isf.position import Status
from ringfence.actions.acting import Acting
from ringfence.actions.rights import Right
from ringfence.documents import words
from ringfence.store import listing


class Standing(StrEnum):
    """How a fund stands by its last statement and in its words, what needs attention first."""

    OVER = words.status(Status.OVER)[1]
    NOT_KNOWN = words.status(Status.NOT_KNOWN)[1]
    UNDER = words.status(Status.UNDER)[1]
    NO_STATEMENT = "No statement yet"
    ON_TARGET = words.status(Status.ON_TARGET)[1]
    NOBODYS = "Nobody’s own"
    """A contract's reserve or the provider's own fund: no person, no statement."""


STANDING = {Status.ON_TARGET: Standing.ON_TARGET, Status.OVER: Standing.OVER, Status.UNDER: Standing.UNDER,
            Status.NOT_KNOWN: Standing.NOT_KNOWN}
THE_PERSON, THE_FAMILY = "The person", "The family"


@dataclass(frozen=True, slots=True)
class ListedFund:
    """One fund. `held_pence` is the money held for the person now: below nil, owed for support already given, and nil in the provider's own
    fund, which holds nobody's. The budget of the year is as the statement of the list's month prints it, None where that is not known, and
    so is `carried_pence`, support beyond what was left. `payers` are named; a person pays as “The person”."""

    fund: str
    kind: FundKind
    person: str
    name: str
    known_as: str
    payers: tuple[str, ...]
    contract: str
    order_numbers: tuple[str, ...]
    held_pence: int
    budget_pence: int | None
    used_pence: int | None
    left_pence: int | None
    carried_pence: int
    standing: Standing


@dataclass(frozen=True)
class FundsList:
    """Every fund, in the order of its key, and the month whose statements the budgets are from: None before any was issued."""

    funds: tuple[ListedFund, ...]
    stated: Month | None


def list_funds(acting: Acting) -> FundsList:
    """Every fund as a list shows it, or those of the people whom the user supports. What is not known exactly is None: nothing here is estimated."""
    with acting.reading(Right.SUPPORT) as connection:
        supported = acting.supports(connection)
        stated = listing.last_issued(connection)
        held = listing.kept_of_funds(connection, INSIDE_MONEY_HELD)
        promises = _by_fund(listing.every_promise(connection))
        said = listing.statements_say(connection, stated) if stated else {}
        funds = [row for row in listing.every_fund(connection) if supported is None or row.person in supported]
    return FundsList(tuple(_listed(row, promises.get(row.key, []), held, said.get(row.key), acting.today) for row in funds), stated)


def paying_on(promises: Iterable[Row[Any]], day: date) -> list[Row[Any]]:
    """Who pays on a day; where nobody does, who paid last before it, or else who pays next."""
    listed = list(promises)
    current = [each for each in listed if each.from_on <= day.isoformat() <= each.to_on]
    before = [each for each in listed if each.to_on < day.isoformat()]
    if current or not listed:
        return current
    if before:
        return [each for each in before if each.to_on == max(one.to_on for one in before)]
    return [each for each in listed if each.from_on == min(one.from_on for one in listed)]


def payer_name(promise: Row[Any]) -> str:
    """The payer as a list names it: a person who pays for themselves is “The person”, and is found by their own name."""
    return {FunderKind.PERSON: THE_PERSON, FunderKind.FAMILY: THE_FAMILY}.get(promise.kind) or str(promise.name)


def in_words(payers: Iterable[str]) -> str:
    """“Northshore Council and the person”; “Nobody yet” where nobody pays."""
    first, *others = [*payers] or ["Nobody yet"]
    return " and ".join([first, *(each[0].lower() + each[1:] if each in (THE_PERSON, THE_FAMILY) else each for each in others)])


def _by_fund(promises: Iterable[Row[Any]]) -> Mapping[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for each in promises:
        found[each.fund].append(each)
    return found


def _listed(row: Row[Any], promises: list[Row[Any]], held: Mapping[str, int], said: Row[Any] | None, today: date) -> ListedFund:
    paying = paying_on(promises, today)
    contracts = [each.contract for each in paying if each.contract] or [row.contract or ""]
    return ListedFund(
        fund=row.key, kind=FundKind(row.kind), person=row.person or "", name=row.name or fund_without_a_person(row),
        known_as=row.known_as or "", payers=_once(payer_name(each) for each in paying), contract=contracts[0],
        order_numbers=_once(each.order_number for each in paying if each.order_number),
        held_pence=held.get(row.key, 0) if row.kind != FundKind.PROVIDER else 0, budget_pence=said.budget_pence if said else None,
        used_pence=said.used_pence if said else None, left_pence=said.left_pence if said else None,
        carried_pence=int(said.carried_pence or 0) if said else 0, standing=_standing(row, said))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def fund_without_a_person(row: Row[Any]) -> str:
    """What a fund is called that is nobody’s own."""
    return f"Reserve of {row.contract}" if row.contract else "Empty places, paid by us"


def _standing(row: Row[Any], said: Row[Any] | None) -> Standing:
    if not row.person:
        return Standing.NOBODYS
    if said is None:
        return Standing.NO_STATEMENT
    return STANDING[Status(said.status)]

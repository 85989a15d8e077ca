"""Contracts of the books: who is in each, how it is split, and what the next one would be made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from basics.errors import InputError
from basics.periods import ONE_DAY, Period
from isf.accounts import FundKind
from isf.plan import Measure, planned
from isf.split import Claim, Method
from ringfence.actions.acting import Acting
from ringfence.actions.laying_splits import claims_of, divided_as, homes_of, top_slices_of
from ringfence.importing.apply_file import parse_apply
from ringfence.importing.apply_splits import Split
from ringfence.importing.split_file import SplitRequest
from ringfence.store import agreed_splits, registry, split_versions

AGREED_HOURS_ARE, PLANNED_HOURS_ARE = "agreed a year", "planned for the contract"


@dataclass(frozen=True)
class ContractInBooks:
    """A contract: its payer by name, its days, its sum, whether it is split, and the rest of it as an apply file says it."""

    reference: str
    payer: str
    period: Period
    pence: int
    is_split: bool
    body: Mapping[str, Any]


@dataclass(frozen=True)
class SplitInBooks:
    """A contract with its people. `agreed` is its split where there is one, as the apply file said it, and who decided it when;
    `asked` is what that split was made from, or, where there is none yet, what the books know of the people."""

    contract: ContractInBooks
    asked: SplitRequest
    agreed: Split | None = None
    prepared_by: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None


def contracts(acting: Acting) -> tuple[ContractInBooks, ...]:
    """Every contract of the books, the last to begin first."""
    with acting.reading() as connection:
        return tuple(contracts_by_reference(connection).values())


def known_names(acting: Acting) -> Mapping[str, str]:
    """What everybody who is supported is called, by their reference."""
    with acting.reading() as connection:
        return {reference: one.known_as for reference, one in registry.people(connection).items()}


def split_in_books(acting: Acting, reference: str) -> SplitInBooks:
    """A contract with its people and its split. Raises `InputError` where there is no such contract."""
    with acting.reading() as connection:
        known = contracts_by_reference(connection)
        if reference not in known:
            raise InputError(f"There is no contract {reference} in the books.", "Choose one of the list.")
        contract = known[reference]
        return _as_agreed(connection, contract) if contract.is_split else _not_split_yet(connection, contract, known.values())


def next_year(found: SplitInBooks, pence: int) -> SplitRequest:
    """The same people by the same weights, for the year that follows and another sum; last year is what stands in the books."""
    if found.agreed is None:
        raise InputError(f"{found.contract.reference} is not split yet.", "Split it first; the next year follows from it.")
    now = divided_as(found.agreed, found.contract.pence)
    before = {each.person: each.pence for each in now.allocations} | dict(found.asked.last_year)
    return replace(found.asked, contract=next_reference(found.contract), contract_pence=pence, last_year=before,
                   kept_last_year=dict(now.top_slices))


def next_reference(contract: ContractInBooks) -> str:
    """A reference for the contract that follows: the year in it goes up by one, or the new year is added."""
    year = contract.period.first.year
    before, found, after = contract.reference.rpartition(str(year))
    following = str(next_period(contract.period).first.year)
    return f"{before}{following}{after}" if found and following != str(year) else f"{contract.reference}-next"


def next_period(period: Period) -> Period:
    """The year that begins on the day after a contract ends."""
    first = period.last + ONE_DAY
    last_day = first - ONE_DAY
    ends = date(last_day.year + 1, 3, 1) - ONE_DAY if (last_day.month, last_day.day) == (2, 29) else last_day.replace(year=last_day.year + 1)
    return Period(first, ends)


def contracts_by_reference(connection: Connection) -> dict[str, ContractInBooks]:
    payers, split = registry.funders(connection), agreed_splits.divided_contracts(connection)
    return {row.reference: ContractInBooks(
        row.reference, payers[row.payer].name, Period(date.fromisoformat(row.first_on), date.fromisoformat(row.last_on)), row.pence,
        row.reference in split, json.loads(row.body)) for row in agreed_splits.every_contract(connection)}


def _as_agreed(connection: Connection, contract: ContractInBooks) -> SplitInBooks:
    row, agreed = next((row, split) for row, split in splits_of(agreed_splits.prepared_with_splits(connection))
                       if row.approved_by and split.contract == contract.reference)
    claims = claims_of(agreed)
    asked = SplitRequest(
        contract.reference, contract.pence, agreed.method, tuple(claims), tuple(top_slices_of(agreed)), (), {},
        AGREED_HOURS_ARE if any(claim.minutes is not None for claim in claims) else None, _in_funds(connection, contract.reference),
        house_budgets=tuple(homes_of(agreed)))
    return SplitInBooks(contract, asked, agreed, row.prepared_by, row.approved_by, datetime.fromisoformat(row.approved_at))


def splits_of(rows: Iterable[Row[Any]]) -> Iterable[tuple[Row[Any], Split]]:
    """Every split of these apply files, with the row that holds the file."""
    for row in rows:
        for split in parse_apply({"splits": json.loads(row.body)["splits"]}, "the prepared file").splits:
            yield row, split


def _in_funds(connection: Connection, reference: str) -> dict[str, int]:
    """What the versions of a contract's split put into each person's fund together, in pence."""
    found: dict[str, int] = {}
    for (fund, _), pence in split_versions.allocated(connection, reference).items():
        if fund.startswith(f"{FundKind.ISF}-"):
            person = fund.removeprefix(f"{FundKind.ISF}-")
            found[person] = found.get(person, 0) + pence
    return found


def _not_split_yet(connection: Connection, contract: ContractInBooks, known: Iterable[ContractInBooks]) -> SplitInBooks:
    """The people whom the contract pays for, with the hours of their plans; each empty place that it pays for stands beside them."""
    lines = registry.plan_lines(connection)
    rows = [row for row in agreed_splits.paid_by_schedule(connection, contract.reference) if row.is_main]
    claims = [Claim(person=row.person, minutes=_minutes(row.fund, row.payer, lines, contract.period)) for row in rows]
    claims = list({claim.person: claim for claim in claims}.values()) + _empty_places(connection, contract)
    have_hours = claims and all(claim.minutes is not None for claim in claims)
    before = next((one for one in known if one.is_split and one.payer == contract.payer and one.period.last + ONE_DAY == contract.period.first),
                  None)
    asked = SplitRequest(contract.reference, contract.pence, Method.HOURS if have_hours else Method.EQUAL, tuple(claims), (), (), {},
                         PLANNED_HOURS_ARE, _in_funds(connection, before.reference) if before else {})
    return SplitInBooks(contract, asked)


def _minutes(fund: str, payer: str, lines: Iterable[Any], period: Period) -> int | None:
    """What is planned in time over the contract; None where nothing is."""
    found = [planned(line, period) for line in lines
             if line.fund == fund and line.measure is Measure.MINUTES and line.funder in (None, payer) and line.period.overlap(period)]
    return sum(found) if found else None


def _empty_places(connection: Connection, contract: ContractInBooks) -> list[Claim]:
    """The places that nobody has on the contract's first day, of houses whose empty places its reserve pays for."""
    reserve = registry.reserve_key(contract.reference)
    return [Claim(person=f"{house.reference}, place {place}", empty_place=True)
            for house in registry.houses(connection) if house.void_fund == reserve
            for place in range(1, house.places + 1) if house.holder(place, contract.period.first) is None]

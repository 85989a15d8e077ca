"""`ringfence contracts`: every contract with the versions of its split, or one of them in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_words, minutes_in_words
from ringfence.actions.contracts import ContractTold, Stage, VersionTold, list_contracts, one_contract
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, in_json


def contracts(
    reference: Annotated[str, typer.Argument(metavar="CONTRACT", help="One contract, in full; without it, all of them.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List the contracts: sums, versions of each split and what is agreed of them, what is in funds, kept back and paid in."""
    with acting(database, user) as who:
        found = [one_contract(who, reference)] if reference else list(list_contracts(who))
    if json_:
        typer.echo(in_json({"contracts": [as_data(each) for each in found]}))
    elif not found:
        typer.echo("There is no contract in the books yet.")
    else:
        typer.echo("\n\n".join("\n".join(as_text(each, in_full=bool(reference))) for each in found))


def as_text(told: ContractTold, *, in_full: bool) -> Iterator[str]:
    """One contract: its sums, each version with its stage, and what is missing; in full with what each person has by each version."""
    yield f"{told.contract.reference}: {told.contract.payer}, {told.contract.period}, {Money(told.contract.pence)}"
    yield (f"  {told.people} people with {Money(told.allocated_pence)}, {Money(told.kept_back_pence)} kept back, "
           f"{Money(told.not_placed_pence)} in no fund; {Money(told.paid_in_pence)} paid in so far")
    if not told.versions:
        yield "  It is not split yet."
    for version in told.versions:
        yield f"  version {version.number}, by {version.said.method}, from {day_in_words(version.from_on)}: {_stage(version)}"
        yield from (f"    missing: {each.missing}" for each in version.missing)
    if in_full and told.versions:
        yield ""
        yield from (f"  {line}" for line in aligned(list(_side_by_side(told))))


def _stage(version: VersionTold) -> str:
    by = f", prepared by {version.prepared_by}" + (f", approved by {version.approved_by}" if version.approved_by else "")
    digest = f", {version.digest[:16]}" if version.stage in (Stage.DRAFT, Stage.METHOD_AGREED, Stage.READY) else ""
    return f"{version.stage.lower()}{by}{digest}"


def _side_by_side(told: ContractTold) -> Iterator[tuple[str, ...]]:
    """What each person has of the whole contract by each version, hours beside pounds."""
    yield "", *(heading for each in told.versions for heading in (f"version {each.number}", "hours"))
    parts = [{each.person: each for each in version.divided.allocations} for version in told.versions]
    for who in dict.fromkeys(person for of_version in parts for person in of_version):
        yield who, *(cell for of_version in parts for cell in (
            (str(Money(of_version[who].pence)), _hours(of_version[who].minutes)) if who in of_version else ("-", "-")))
    yield "kept back", *(cell for each in told.versions for cell in (str(Money(each.divided.top_sliced_pence)), ""))
    yield "total", *(cell for each in told.versions for cell in (
        str(Money(each.divided.top_sliced_pence + sum(part.pence for part in each.divided.allocations))), ""))


def _hours(minutes: int | None) -> str:
    return "Not known" if minutes is None else minutes_in_words(minutes)


def as_data(told: ContractTold) -> dict[str, object]:
    """The same for another program."""
    return {
        "contract": told.contract.reference, "payer": told.contract.payer, "from": told.contract.period.first.isoformat(),
        "to": told.contract.period.last.isoformat(), "sum": Money(told.contract.pence).plain, "people": told.people,
        "allocated": Money(told.allocated_pence).plain, "kept_back": Money(told.kept_back_pence).plain,
        "paid_in": Money(told.paid_in_pence).plain, "in_no_fund": Money(told.not_placed_pence).plain,
        "versions": [_version(each) for each in told.versions],
    }


def _version(version: VersionTold) -> dict[str, object]:
    return {
        "version": version.number, "stage": version.stage.lower(), "method": str(version.said.method), "from": version.from_on.isoformat(),
        "digest": version.digest, "prepared_by": version.prepared_by, "approved_by": version.approved_by or None,
        "top_slices": [{"name": name, "sum": Money(pence).plain} for name, pence in version.divided.top_slices],
        "allocations": [{"person": each.person, "empty": each.empty_place, "sum": Money(each.pence).plain, "minutes": each.minutes}
                        for each in version.divided.allocations],
        "agreements": [{"of": each.person or "method", "by": each.by or None, "on": each.on.isoformat() if each.on else None,
                        "source": each.source or None, "there": each.is_there} for each in version.agreements],
        "missing": [str(each.missing) for each in version.missing],
    }

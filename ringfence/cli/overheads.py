"""`ringfence overheads FILE`: what each service bears of the accounts, pool by pool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError
from basics.money import Money
from basics.rounding import tenth
from costing.explain import explain as steps_of
from costing.figure import Figure
from costing.overheads import Divided, DividedPool, ServiceCost
from costing.package import Section
from costing.recovered import Recovered
from ringfence.actions.overheads import not_recovered, overheads_of_file
from ringfence.cli.columns import aligned
from ringfence.cli.common import show

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
NOT_KNOWN = "not known"


def overheads(
    file: Annotated[Path, typer.Argument(help="The overheads file (docs/formats/overheads.md).")],
    charged: Annotated[list[str] | None, typer.Option(
        "--charged", metavar="SERVICE=POUNDS", help="What the price of an hour of a service has in it for overheads.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show how every figure is made, step by step.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the figures for another program.")] = False,
) -> None:
    """Divide overheads among services: pounds a year, an hour of support, and as a percentage of direct spend."""
    found = overheads_of_file(file)
    earned = not_recovered(found, dict(map(_charged, charged or [])))
    show(as_data(found, explain, earned), as_text(found, explain, earned), as_json=json_)


def _charged(said: str) -> tuple[str, Money]:
    service, is_given, pounds = said.rpartition("=")
    if not is_given:
        raise InputError(f"“{said}” is not a service and pounds.", "Write it like “Outreach=4.20”.", "--charged")
    try:
        return service.strip(), Money.parse(pounds)
    except InputError as error:
        raise InputError(error.problem.what, error.problem.to_do, "--charged") from None


def as_text(found: Divided, explain: bool, earned: Sequence[Recovered]) -> Iterator[str]:
    """The overheads as lines of plain text: the services beside each other, then each pool with what it gives to whom, and what prices earn."""
    yield f"{found.overheads.name}: {found.overheads.period}"
    yield ""
    yield from aligned(list(_service_rows(found)))
    yield ""
    yield "How each pool is divided"
    for pool in found.pools:
        yield from _pool_lines(pool)
    yield f"The costs of the list add to £{found.overheads.accounts_total.value:,.2f}, the total of the accounts."
    if earned:
        yield ""
        yield "What prices earn of them in a year"
        yield from aligned([("", "Overheads", "In an hour", "Earned", "Not recovered", "Beyond"), *map(_earned_row, earned)])
    if explain:
        yield ""
        yield "How it is made"
        yield from (f"{n}. {step}" for n, step in enumerate(steps_of(*_told(found)), start=1))


def _earned_row(each: Recovered) -> Sequence[str]:
    return (f"  {each.service}", *(f"{amount.pounds:,.2f}" for amount in (
        each.overheads, each.charged_per_hour, each.recovered, each.not_recovered, each.beyond)))


def as_data(found: Divided, explain: bool, earned: Sequence[Recovered]) -> dict[str, object]:
    """The overheads for another program: every amount is text with two decimals."""
    data: dict[str, object] = {
        "name": found.overheads.name,
        "first": found.overheads.period.first.isoformat(),
        "last": found.overheads.period.last.isoformat(),
        "accounts_total": f"{found.overheads.accounts_total.value:.2f}",
        "pools": [
            {"pool": each.pool.name, "section": each.pool.section.value, "driver": str(each.pool.driver), "own": each.own.plain,
             "received": each.received.plain, "whole": each.whole.plain, "parts": {part.to: part.money.plain for part in each.parts}}
            for each in found.pools],
        "services": [
            {"service": each.service.name, "direct": each.direct.plain, "co_ordination": each.of(Section.COORDINATION).plain,
             "company_costs": each.of(Section.COMPANY).plain, "full_cost": each.full_cost.plain,
             "overheads_per_hour": _pounds(each.per_hour, None), "overheads_percent_of_direct": _percent(each.percent_of_direct, None)}
            for each in found.services],
    }
    if earned:
        data["recovered"] = [
            {"service": each.service, "overheads": each.overheads.plain, "charged_per_hour": each.charged_per_hour.plain,
             "recovered": each.recovered.plain, "not_recovered": each.not_recovered.plain, "beyond": each.beyond.plain} for each in earned]
    if explain:
        data["explanation"] = [{"label": step.label, "amount": step.amount, "made_of": step.made_of, "source": str(step.source or "")}
                               for step in steps_of(*_told(found))]
    return data


def _told(found: Divided) -> Iterator[Figure]:
    for each in found.services:
        yield from (part.figure for part in each.parts)
        if each.per_hour is not None:
            yield each.per_hour


def _service_rows(found: Divided) -> Iterator[Sequence[str]]:
    services = found.services
    yield ("Pounds a year", *(each.service.name for each in services), "Together")
    yield _money_row("Direct spend", [each.direct for each in services])
    for pool in found.pools:
        yield _money_row(f"  {pool.pool.name}", [_part(each, pool) for each in services])
    for section in (Section.COORDINATION, Section.COMPANY):
        yield _money_row(section.value, [each.of(section) for each in services])
    yield _money_row("Full cost", [each.full_cost for each in services])
    yield ("Overheads, £ an hour of support", *(_pounds(each.per_hour, NOT_KNOWN) or "" for each in services), "")
    yield ("Overheads, % of direct spend", *(_percent(each.percent_of_direct, NOT_KNOWN) or "" for each in services), "")


def _part(service: ServiceCost, pool: DividedPool) -> Money:
    return Money.total(part.money for part in service.parts if part.pool is pool.pool)


def _money_row(label: str, amounts: list[Money]) -> Sequence[str]:
    return label, *(f"{amount.pounds:,.2f}" for amount in amounts), f"{Money.total(amounts).pounds:,.2f}"


def _pool_lines(found: DividedPool) -> Iterator[str]:
    pool = found.pool
    received = f" and {found.received} from earlier pools" if found.received else ""
    parts = ", ".join(f"{part.to} {part.money}" for part in found.parts)
    yield f"  {pool.name}: {found.own}{received}, by {pool.driver.in_words if pool.driver else ''}: {parts}"


def _pounds(figure: Figure | None, otherwise: str | None) -> str | None:
    return otherwise if figure is None else f"{figure.value.quantize(HUNDREDTH, ROUND_HALF_UP):.2f}"


def _percent(percent: Fraction | None, otherwise: str | None) -> str | None:
    return otherwise if percent is None else str(tenth(percent))

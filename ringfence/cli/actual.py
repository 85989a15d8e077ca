"""`ringfence actual FILE`: what an hour of each service really cost, beside what it was priced to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from basics.errors import InputError
from basics.money import Money
from basics.periods import minutes_in_words
from costing.actual import ActualCost
from costing.laid_pay import Cost, ServiceCost
from costing.variances import VARIANCES
from ringfence.actions.actual_cost import ActualBeside, actual_of_file, staffing_in_words, steps_in_words, who_carries_whom
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.service_totals import keep_for_trustees, take_totals_away
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, acting, complain, show

HEADINGS = ("", "delivered", "priced £/h", "actual £/h", "priced £", "actual £", "difference £")


def actual(
    file: Annotated[Path, typer.Argument(help="The file of services (docs/formats/actual.md); it names the payroll, the rota and the prices.")],
    explain: Annotated[bool, typer.Option("--explain", help="Show each step from the priced cost to the actual one.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the totals by service for the trustees: charged, cost, left over.")] = False,
    take_away: Annotated[bool, typer.Option("--take-away", help="Take away the totals that were kept of this time.")] = False,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Hold the actual cost of an hour beside the priced one, by service and person, and say why they differ. Without --keep it stores nothing."""
    beside = actual_of_file(file)
    for notice in beside.notices:
        complain(notice)
    if keep and take_away:
        raise InputError("--keep and --take-away are given together.", "Give one of them.")
    if keep or take_away:
        _for_trustees(beside, keep, database, user)
    show(as_data(beside, explain), as_text(beside, explain), as_json=json_)


def _for_trustees(beside: ActualBeside, keep: bool, database: str, user: str) -> None:
    with acting(database, user) as who:
        if keep:
            keep_for_trustees(who, beside, beside.accounts)
        else:
            take_totals_away(who, beside.period)
    complain(f"The totals by service of {beside.period} are {'kept for' if keep else 'taken away from'} the trustees.")


def as_text(beside: ActualBeside, explain: bool) -> Iterator[str]:
    """The services beside their prices as lines of plain text, then the people of each, then the pay that no person explains."""
    found = beside.found
    yield f"{beside.name}: {beside.period}"
    yield ""
    yield from aligned([HEADINGS, *(_row(each.cost, each) for each in found.services)])
    yield ""
    yield from aligned([("Why they differ, £", *(name.lower() for name in VARIANCES), "difference"),
                        *(_reasons(each.cost) for each in found.services)])
    yield ""
    yield from who_carries_whom(found)
    for each in found.services:
        yield ""
        yield from aligned([(each.service.name, *HEADINGS[1:]), *(_row(person, each) for person in each.people)])
        if explain:
            yield ""
            yield from staffing_in_words(each)
            yield from aligned([("  How it is made", "£", "variance £"), *_steps(each)])
    yield ""
    yield from _unexplained(found)


def as_data(beside: ActualBeside, explain: bool) -> dict[str, object]:
    """The same for another program: amounts are text with two decimals, time is whole minutes."""
    found = beside.found
    return {
        "name": beside.name, "first": beside.period.first.isoformat(), "last": beside.period.last.isoformat(),
        "payroll": found.payroll.plain, "in_no_service": found.in_no_service.plain,
        "services": [{**_data(each.cost, each), "people": [_data(person, each) for person in each.people],
                      **({"explanation": _explanation(each)} if explain else {})} for each in found.services],
        "unexplained": [{"worker": each.worker, "service": each.service or None, "time": each.kind.value, "minutes": each.minutes,
                         "cost": Money(each.pence).plain} for each in found.unexplained],
        "beside_the_rota": [{"worker": each.worker, "paid_minutes": each.paid_minutes, "rota_minutes": each.rota_minutes,
                             "cost_on_no_visit": each.money.plain} for each in found.gaps],
    }


def _data(cost: Cost, of: ServiceCost) -> dict[str, object]:
    explained = cost.explained
    return {
        "name": cost.name, "minutes": cost.minutes, "priced_per_hour": of.service.priced.per_hour.plain,
        "actual_per_hour": cost.staffing.per_hour.plain, "priced": explained.priced.plain, "actual": explained.actual.plain,
        "difference": explained.difference.plain, "variances": {step.name: step.variance.plain for step in explained.steps}}


def _explanation(each: ServiceCost) -> dict[str, object]:
    as_priced, as_it_was = staffing_in_words(each)
    steps = [{"step": step, "cost": cost.plain, "variance": None if variance is None else variance.plain}
             for step, cost, variance in steps_in_words(each)]
    return {"as_priced": as_priced, "as_it_was": as_it_was, "steps": steps}


def _row(cost: Cost, of: ServiceCost) -> Sequence[str]:
    explained = cost.explained
    return (f"  {cost.name}", minutes_in_words(cost.minutes), of.service.priced.per_hour.plain, cost.staffing.per_hour.plain,
            explained.priced.plain, explained.actual.plain, explained.difference.plain)


def _reasons(cost: Cost) -> Sequence[str]:
    return (f"  {cost.name}", *(step.variance.plain for step in cost.explained.steps), cost.explained.difference.plain)


def _steps(each: ServiceCost) -> Iterator[tuple[str, str, str]]:
    for step, cost, variance in steps_in_words(each):
        yield f"  {step}", cost.plain, "" if variance is None else variance.plain


def _unexplained(found: ActualCost) -> Iterator[str]:
    if found.unexplained:
        yield from aligned([
            ("Paid time that no person explains", "time", "hours", "£", "in the cost of"),
            *((f"  {each.worker}", each.kind, minutes_in_words(each.minutes), Money(each.pence).plain, each.service or "no service")
              for each in found.unexplained)])
    else:
        yield "All the paid time is of workers who supported somebody."
    yield f"The people, and this list, add to {found.payroll}, the whole payroll. {found.in_no_service} of it is in no service."
    if found.gaps:
        yield ""
        yield from aligned([
            ("Worked time beside the rota", "paid", "in the rota", "on no visit", "£"),
            *((f"  {each.worker}", minutes_in_words(each.paid_minutes), minutes_in_words(each.rota_minutes), minutes_in_words(each.minutes),
               each.money.plain) for each in found.gaps)])
        yield "This is in the cost of those whom they supported. Below nil, more was delivered than was paid as worked."

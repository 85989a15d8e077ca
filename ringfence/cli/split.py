"""`ringfence split FILE`: how a contract would divide, hours beside pounds. It stores nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import minutes_in_words
from isf.split import Allocation
from ringfence.actions.splitting import SplitShown, show_split, together
from ringfence.cli.columns import aligned

Row = tuple[str, ...]


def split(
    file: Annotated[Path, typer.Argument(help="The YAML file that says what is divided between whom.")],
    json_: Annotated[bool, typer.Option("--json", help="Print figures for a program: strings with two decimals.")] = False,
) -> None:
    """Show how a contract divides between people. Stores nothing."""
    shown = show_split(file)
    typer.echo(json.dumps(as_json(shown), indent=2, ensure_ascii=False) if json_ else as_text(shown))


def as_json(shown: SplitShown) -> dict[str, object]:
    """The split for a program: money as strings with two decimals, hours as whole minutes."""
    return {
        "contract": shown.contract,
        "method": str(shown.split.method),
        "sum": Money(shown.split.contract_pence).plain,
        "top_slices": [{"name": name, "sum": Money(pence).plain} | _before(shown.kept_last_year.get(name))
                       for name, pence in shown.split.top_slices],
        "hours_are": shown.hours_are,
        "allocations": [_allocation_as_json(shown, allocation) for allocation in shown.split.allocations],
        "total": Money(_total(shown)).plain,
    }


def as_text(shown: SplitShown) -> str:
    """The split as a page: the top-slices, a line a person with hours beside pounds, and the total, which is the contract."""
    rows = list(_rows(shown))
    table = "\n".join(f"  {line}" for line in aligned(rows))
    blocks = [f"{shown.contract}: {Money(shown.split.contract_pence)} split by {shown.split.method}", table]
    if shown.layers:
        blocks.append("\n".join(["What each costs in a week:", *_layer_lines(shown)]))
    return "\n\n".join(blocks)


def _total(shown: SplitShown) -> int:
    """Added up from what is printed, so that the total line is itself a check."""
    return shown.split.top_sliced_pence + sum(allocation.pence for allocation in shown.split.allocations)


def _allocation_as_json(shown: SplitShown, allocation: Allocation) -> dict[str, object]:
    found: dict[str, object] = {"person": allocation.person, "empty": allocation.empty_place,
                                "sum": Money(allocation.pence).plain, "minutes": allocation.minutes}
    found |= _before(shown.last_year.get(allocation.person))
    if allocation.person in shown.layers:
        cost = shown.layers[allocation.person]
        found["per_week"] = {"layers": [{"name": name, "sum": Money(pence).plain} for name, pence in cost.lines],
                             "total": Money(cost.pence_per_week).plain}
    return found


def _before(pence: int | None) -> dict[str, str]:
    return {} if pence is None else {"last_year": Money(pence).plain}


def _rows(shown: SplitShown) -> Iterator[Row]:
    compared = bool(shown.last_year or shown.kept_last_year)
    yield "", "pounds", f"hours {shown.hours_are}" if shown.hours_are else "hours", *(("last year", "difference") if compared else ())
    for name, pence in shown.split.top_slices:
        yield f"top-slice: {name}", str(Money(pence)), "", *_compared(compared, pence, shown.kept_last_year.get(name))
    for allocation in shown.split.allocations:
        before = shown.last_year.get(allocation.person)
        yield _who(allocation), str(Money(allocation.pence)), _hours(allocation.minutes), *_compared(compared, allocation.pence, before)
    minutes = together(allocation.minutes for allocation in shown.split.allocations)
    yield "total", str(Money(_total(shown))), _hours(minutes), *_compared(compared, _total(shown), shown.last_year_pence)


def _compared(compared: bool, pence: int, before: int | None) -> Row:
    if not compared:
        return ()
    return ("Not known", "Not known") if before is None else (str(Money(before)), str(Money(pence - before)))


def _who(allocation: Allocation) -> str:
    return f"{allocation.person} (empty place)" if allocation.empty_place else allocation.person


def _hours(minutes: int | None) -> str:
    return "Not known" if minutes is None else minutes_in_words(minutes)


def _layer_lines(shown: SplitShown) -> Iterator[str]:
    for allocation in shown.split.allocations:
        cost = shown.layers[allocation.person]
        parts = " + ".join(f"{name} {Money(pence)}" for name, pence in cost.lines)
        yield f"  {_who(allocation)}: {parts} = {Money(cost.pence_per_week)}"
    yield f"  together: {Money(sum(cost.pence_per_week for cost in shown.layers.values()))}"

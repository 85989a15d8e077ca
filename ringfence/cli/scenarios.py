"""`ringfence scenarios FILE`: packages under what might happen, side by side with the base. It stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_of
from costing.assumptions import BreakEven
from costing.explain import in_words
from costing.package import Per
from costing.provided import Provided
from costing.scenario import Outcome, Prices
from ringfence.actions.board_paper import board_paper, keep_board_paper
from ringfence.actions.scenarios import MOST_SAMPLES, THE_ORGANISATION, Compared, Sampling, compare_scenarios
from ringfence.actions.scenarios_told import end_in_words
from ringfence.cli.columns import aligned
from ringfence.cli.common import show
from ringfence.cli.scenarios_data import as_data

Row = tuple[str, ...]
SURPLUS = "Surplus, or loss (-)"


def scenarios(
    file: Annotated[Path, typer.Argument(help="The file of scenarios (docs/formats/scenarios.md).")],
    json_: Annotated[bool, typer.Option("--json", help="Print it for another program; amounts are text with two decimals.")] = False,
    tornado: Annotated[bool, typer.Option("--tornado", help="Show what each assumption alone does, the largest effect first.")] = False,
    ranges: Annotated[bool, typer.Option("--ranges", help="Draw all assumptions at once, many times, and show where the surplus lies.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Another number draws others; the same number draws the same.")] = 1,
    paper: Annotated[Path | None, typer.Option("--paper", metavar="FILE", help="Also write a board paper, as a .pdf or an .xlsx.")] = None,
    samples: Annotated[int, typer.Option(min=10, max=MOST_SAMPLES, help="How many times to draw.")] = 2000,
) -> None:
    """Compare scenarios with the base: prices, surplus or loss, overheads. For planning only; stores nothing."""
    sampling = Sampling(seed, samples) if ranges else None
    compared = compare_scenarios(file, with_tornado=tornado, sampling=sampling)
    if paper is not None:
        keep_board_paper(board_paper(compared, day_of(datetime.now(UTC))), paper)
    show(as_data(compared, sampling), as_text(compared, sampling), as_json=json_)


def as_text(compared: Compared, sampling: Sampling | None) -> Iterator[str]:
    """The comparison as a page."""
    yield f"{compared.name}: {_scenarios(len(compared.results))} beside the base. For planning only: nothing is stored, no real price changes."
    for n, result in enumerate(compared.results, start=1):
        yield ""
        yield f"{n}. {result.scenario.name}" + (" (with assumed figures*)" if result.scenario.assumed else "")
        yield from (f"   {words}" for words in (*result.scenario.told, *result.scenario.assumed))
    yield ""
    yield from aligned(list(_table(compared)))
    if any(result.scenario.assumed for result in compared.results):
        yield ""
        yield "* made with assumed figures, which nobody has published."
    yield from _where_nil(compared.break_evens)
    yield from _effects(compared)
    yield from _ranges(compared, sampling)


def _scenarios(count: int) -> str:
    return "1 scenario" if count == 1 else f"{count} scenarios"


def _table(compared: Compared) -> Iterator[Row]:
    yield "A year", "Base", *(f"{n}*" if result.scenario.assumed else str(n) for n, result in enumerate(compared.results, start=1))
    yield (THE_ORGANISATION,)
    whole = [result.whole for result in compared.all]
    for label, amount in _AMOUNTS:
        yield f"  {label}", *(str(amount(outcome)) for outcome in whole)
    for heading, parts in (("by service", compared.by_service), ("by funder", compared.by_funder)):
        yield (f"{SURPLUS}, {heading}",)
        each = [parts(result) for result in compared.all]
        yield from ((f"  {name}", *(str(outcomes[name].surplus) for outcomes in each)) for name in each[0])
    yield (f"{SURPLUS}, by package",)
    for n, provided in enumerate(compared.provided):
        yield f"  {named(provided)}", *(str(result.outcomes[n].surplus) for result in compared.all)
    yield ("The price that each package would have",)
    for n, provided in enumerate(compared.provided):
        yield f"  {named(provided)}, {_quoted(provided)}", *(str(_price(provided, result.prices[n])) for result in compared.all)


_AMOUNTS: Sequence[tuple[str, Callable[[Outcome], Money]]] = (
    ("Income at the prices in force", lambda outcome: outcome.income), ("Full cost", lambda outcome: outcome.cost),
    (SURPLUS, lambda outcome: outcome.surplus), ("Overheads not recovered", lambda outcome: outcome.not_recovered))


def named(provided: Provided) -> str:
    """A package with who pays for it, as several may pay for one."""
    return f"{provided.package.name}, {provided.funder}"


def _quoted(provided: Provided) -> str:
    return f"{in_words(provided.in_force)} in force"


def _price(provided: Provided, prices: Prices) -> Money:
    return prices.per_hour if provided.package.quoted_per is Per.HOUR else prices.per_week


def _where_nil(found: Sequence[BreakEven]) -> Iterator[str]:
    if found:
        yield ""
        yield "Where the organisation’s surplus is nil, all else as in the base"
        yield from aligned([(f"  {each.target.name}", _nil(each)) for each in found], left=True)


def _nil(found: BreakEven) -> str:
    if found.times is None:
        return "at no value up to five times what it is now"
    percent = f"{abs(found.times - 1) * 100:.1f}"
    words = f"× {found.times:.4f}, {percent}% {'more' if found.times >= 1 else 'less'}"
    return words if found.value is None else f"{words}: {in_words(found.value)}"


def _effects(compared: Compared) -> Iterator[str]:
    if compared.effects:
        yield ""
        yield f"What each assumption alone does to the surplus of {compared.base.whole.surplus}, the largest effect first"
        rows = [("", "from", "to", "at the low end", "at the high end", "between them")]
        rows += [(f"  {each.assumption.name}", end_in_words(each.assumption, each.assumption.low),
                  end_in_words(each.assumption, each.assumption.high), str(each.low), str(each.high), str(each.spread)) for each in compared.effects]
        yield from aligned(rows)


def _ranges(compared: Compared, sampling: Sampling | None) -> Iterator[str]:
    if sampling is not None:
        yield ""
        yield f"Where the surplus lies in {sampling.samples:,} draws of all assumptions at once (seed {sampling.seed})"
        rows = [("", "1 in 10 below", "half below", "9 in 10 below", "a loss in")]
        rows += [(f"  {name}", str(each.p10), str(each.p50), str(each.p90), f"{each.losses:,} of them") for name, each in compared.ranges]
        yield from aligned(rows)

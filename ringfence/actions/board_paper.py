"""Scenarios as a paper for the board: up to five charts, a table beside the base, and every assumption; as a PDF or a workbook. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from basics.errors import InputError
from basics.money import NIL, Money
from costing.assumptions import Effect
from costing.board import Bar, BoardPaper, BoardTable, Chart
from costing.replay import How
from costing.scenario import BASE, Outcome, Result
from ringfence.actions.scenarios import Compared
from ringfence.actions.scenarios_told import called, finding, left_in_words
from ringfence.actions.trustees import Paper
from ringfence.documents.board_workbook import board_workbook
from ringfence.documents.files import write_new_document
from ringfence.documents.printing import board_pdf

MOST_BARS = 12
LATER = "Only the figures of a later day, which are named under Assumptions."
AMOUNTS: Sequence[tuple[str, Callable[[Outcome], Money]]] = (
    ("Income at the prices in force", lambda outcome: outcome.income), ("Full cost", lambda outcome: outcome.cost),
    ("Surplus, or loss", lambda outcome: outcome.surplus), ("Overheads not recovered", lambda outcome: outcome.not_recovered))
_RANGE = {How.SET: "from {} to {}", How.TIMES: "× {} to × {}", How.PLUS: "from {} more to {} more"}


def board_paper(compared: Compared, on: date) -> BoardPaper:
    """The paper of what was compared, as it is on a day."""
    return BoardPaper(compared.name, on, finding(compared), charts_of(compared), tuple(_tables(compared)),
                      tuple((called(each.scenario), each.scenario.told or (LATER,)) for each in compared.results), tuple(_assumptions(compared)))


def paper_file(paper: BoardPaper, form: Paper) -> bytes:
    """The paper as a file. The same paper gives the same bytes."""
    return board_pdf(paper) if form is Paper.PDF else board_workbook(paper)


def keep_board_paper(paper: BoardPaper, path: Path) -> None:
    """Write it to a file that ends in .pdf or .xlsx, whole or not at all. Raises `InputError` for another ending, or where something stands
    there already."""
    if path.suffix.lower() not in list(Paper):
        raise InputError("The name of a board paper ends in .pdf or .xlsx.", "Give a name that does.", str(path))
    write_new_document(path, paper_file(paper, Paper(path.suffix.lower())))


def charts_of(compared: Compared) -> tuple[Chart, ...]:
    """The charts of the paper, for a page that shows the same."""
    return tuple(_charts(compared))


def _charts(compared: Compared) -> Iterator[Chart]:
    base = compared.base.whole.surplus
    worst = min(compared.all, key=lambda result: result.whole.surplus)
    yield Chart(f"{_named(worst)} leaves {left_in_words(worst.whole.surplus)}", "Surplus, or loss, of the organisation in a year",
                tuple(Bar(_named(each), each.whole.surplus, is_base=each is compared.base) for each in compared.all))
    for about, parts in (("service", compared.by_service), ("funder", compared.by_funder)):
        yield _parted(compared, worst, about, parts)
    lost = max(compared.all, key=lambda result: result.whole.not_recovered)
    title = f"{_named(lost)} leaves {lost.whole.not_recovered} of overheads that no support earns" if lost.whole.not_recovered > NIL else (
        "Every scenario earns its overheads")
    yield Chart(title, "Overheads not recovered in a year",
                tuple(Bar(_named(each), each.whole.not_recovered, is_base=each is compared.base) for each in compared.all))
    if compared.effects:
        first = compared.effects[0]
        yield Chart(f"“{first.assumption.name}” matters most: alone it moves the surplus by {first.spread}",
                    f"The surplus at the ends of each assumption; it is {base} in the base",
                    tuple(Bar(each.assumption.name, max(each.low, each.high), min(each.low, each.high)) for each in compared.effects[:MOST_BARS]))


def _parted(compared: Compared, worst: Result, about: str, parts: Callable[[Result], Mapping[str, Outcome]]) -> Chart:
    """The surplus of each service or funder in the base, and in the scenario that leaves least."""
    base, there = parts(compared.base), parts(worst)
    least = min(there, key=lambda name: there[name].surplus)
    bars = [bar for name in list(base)[:MOST_BARS] for bar in (
        Bar(f"{name}, as it is", base[name].surplus, is_base=True), Bar(f"{name}, {_named(worst)}", there[name].surplus))]
    return Chart(f"By {about}, {least} leaves least: {left_in_words(there[least].surplus)}", f"Surplus, or loss, by {about} in a year",
                 tuple(bars if worst is not compared.base else bars[::2]))


def _tables(compared: Compared) -> Iterator[BoardTable]:
    columns = tuple(_named(each) for each in compared.all)
    yield BoardTable("The organisation in a year", columns,
                     tuple((label, tuple(amount(each.whole) for each in compared.all)) for label, amount in AMOUNTS))
    for caption, parts in (("Surplus, or loss, by service", compared.by_service), ("Surplus, or loss, by funder", compared.by_funder)):
        outcomes = [parts(each) for each in compared.all]
        yield BoardTable(caption, columns, tuple((name, tuple(each[name].surplus for each in outcomes)) for name in outcomes[0]))


def _assumptions(compared: Compared) -> Iterator[str]:
    yield from dict.fromkeys(said for each in compared.results for said in each.scenario.assumed)
    yield from map(_range, compared.effects)


def _range(effect: Effect) -> str:
    about = effect.assumption
    return f"{about.name}: {_RANGE[about.how].format(about.low, about.high)}, the surplus is {effect.low} to {effect.high}"


def _named(result: Result) -> str:
    return "As it is" if result.scenario is BASE else called(result.scenario)

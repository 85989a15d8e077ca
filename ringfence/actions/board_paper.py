"""Scenarios as a paper for the board: up to five charts, a table beside the base, and every assumption; as a PDF or a workbook. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from basics.errors import InputError
from basics.money import NIL, Money
from basics.vocabulary import listed, say
from costing.assumptions import Effect
from costing.board import Bar, BoardPaper, BoardTable, Chart
from costing.scenario import BASE, Outcome, Result
from ringfence.actions.scenarios import Compared
from ringfence.actions.scenarios_told import called, end_in_words, finding, left_in_words
from ringfence.actions.trustees import Paper
from ringfence.documents.board_workbook import board_workbook
from ringfence.documents.files import write_new_document
from ringfence.documents.printing import board_pdf

MOST_BARS = 12
AMOUNTS: Sequence[Callable[[Outcome], Money]] = (
    lambda outcome: outcome.income, lambda outcome: outcome.cost, lambda outcome: outcome.surplus, lambda outcome: outcome.not_recovered)
"""What the rows of the first table say, in the order of their words."""


def board_paper(compared: Compared, on: date) -> BoardPaper:
    """The paper of what was compared, as it is on a day."""
    return BoardPaper(compared.name, on, finding(compared), charts_of(compared), tuple(_tables(compared)),
                      tuple((called(each.scenario), each.scenario.told or (say("board.changes.later"),)) for each in compared.results),
                      tuple(_assumptions(compared)))


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
    yield Chart(say("board.whole", scenario=_named(worst), left=left_in_words(worst.whole.surplus)), say("board.whole.about"),
                tuple(Bar(_named(each), each.whole.surplus, is_base=each is compared.base) for each in compared.all))
    for about, parts in (("service", compared.by_service), ("funder", compared.by_funder)):
        yield _parted(compared, worst, about, parts)
    lost = max(compared.all, key=lambda result: result.whole.not_recovered)
    title = (say("board.lost", scenario=_named(lost), money=lost.whole.not_recovered) if lost.whole.not_recovered > NIL else say("board.lost.none"))
    yield Chart(title, say("board.lost.about"),
                tuple(Bar(_named(each), each.whole.not_recovered, is_base=each is compared.base) for each in compared.all))
    if compared.effects:
        first = compared.effects[0]
        yield Chart(say("board.matters", name=first.assumption.name, money=first.spread), say("board.matters.about", money=base),
                    tuple(Bar(each.assumption.name, max(each.low, each.high), min(each.low, each.high)) for each in compared.effects[:MOST_BARS]))


def _parted(compared: Compared, worst: Result, about: str, parts: Callable[[Result], Mapping[str, Outcome]]) -> Chart:
    """The surplus of each service or funder in the base, and in the scenario that leaves least."""
    base, there = parts(compared.base), parts(worst)
    least = min(there, key=lambda name: there[name].surplus)
    bars = [bar for name in list(base)[:MOST_BARS] for bar in (
        Bar(say("board.bar.as-it-is", name=name), base[name].surplus, is_base=True),
        Bar(say("board.bar.scenario", name=name, scenario=_named(worst)), there[name].surplus))]
    return Chart(say(f"board.{about}", name=least, left=left_in_words(there[least].surplus)), say(f"board.{about}.about"),
                 tuple(bars if worst is not compared.base else bars[::2]))


def _tables(compared: Compared) -> Iterator[BoardTable]:
    columns = tuple(_named(each) for each in compared.all)
    yield BoardTable(say("board.table"), columns,
                     tuple((label, tuple(amount(each.whole) for each in compared.all))
                           for label, amount in zip(listed("board.amounts"), AMOUNTS, strict=True)))
    for about, parts in (("service", compared.by_service), ("funder", compared.by_funder)):
        outcomes = [parts(each) for each in compared.all]
        yield BoardTable(say(f"board.table.{about}"), columns, tuple((name, tuple(each[name].surplus for each in outcomes)) for name in outcomes[0]))


def _assumptions(compared: Compared) -> Iterator[str]:
    yield from dict.fromkeys(said for each in compared.results for said in each.scenario.assumed)
    yield from map(_range, compared.effects)


def _range(effect: Effect) -> str:
    about = effect.assumption
    return say("board.range", name=about.name, low=end_in_words(about, about.low), high=end_in_words(about, about.high), least=effect.low,
               most=effect.high)


def _named(result: Result) -> str:
    return say("board.as-it-is") if result.scenario is BASE else called(result.scenario)

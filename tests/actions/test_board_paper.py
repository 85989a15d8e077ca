"""A board paper says what the comparison says: its charts and tables hold the same figures, and its bars are as long as those."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basics.errors import InputError
from basics.money import Money
from costing.board import WHOLE, Bar, BoardPaper, Chart
from ringfence.actions.board_paper import board_paper, keep_board_paper, paper_file
from ringfence.actions.scenarios import Compared, compare_scenarios
from ringfence.actions.scenarios_told import finding
from ringfence.actions.trustees import Paper

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "next_year.scenarios.yaml"
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def compared() -> Compared:
    return compare_scenarios(EXAMPLE, with_tornado=True)


@pytest.fixture(scope="module")
def paper(compared: Compared) -> BoardPaper:
    return board_paper(compared, DAY)


def test_five_charts_and_the_tables_hold_the_figures_of_the_comparison(compared: Compared, paper: BoardPaper) -> None:
    whole, service, funder, lost, matters = paper.charts
    assert [each.end for each in whole.bars] == [each.whole.surplus for each in compared.all]
    assert [each.end for each in lost.bars] == [each.whole.not_recovered for each in compared.all]
    assert Money.total(each.end for each in service.bars if each.is_base) == compared.base.whole.surplus
    assert Money.total(each.end for each in funder.bars if each.is_base) == compared.base.whole.surplus
    assert [each.label for each in matters.bars] == [each.assumption.name for each in compared.effects]
    assert dict(paper.tables[0].rows)["Surplus, or loss"] == tuple(each.whole.surplus for each in compared.all)
    assert paper.finding == finding(compared)


def test_every_assumption_stands_on_it_and_where_it_is_from(compared: Compared, paper: BoardPaper) -> None:
    assert {said for each in compared.results for said in each.scenario.assumed} <= set(paper.assumptions)
    assert all(any(said.startswith(each.assumption.name) for said in paper.assumptions) for each in compared.effects)
    assert all(told for _, told in paper.changes)


def test_without_assumptions_and_scenarios_there_is_still_a_paper(compared: Compared) -> None:
    alone = board_paper(Compared(compared.name, compared.provided, compared.base, ()), DAY)
    assert len(alone.charts) == 4
    assert alone.assumptions == ()
    assert paper_file(alone, Paper.PDF).startswith(b"%PDF")


def test_the_same_paper_gives_the_same_bytes_and_a_file_is_never_written_over(paper: BoardPaper, tmp_path: Path) -> None:
    for form in Paper:
        assert paper_file(paper, form) == paper_file(paper, form)
        keep_board_paper(paper, tmp_path / f"paper{form}")
        with pytest.raises(InputError, match="left as it is"):
            keep_board_paper(paper, tmp_path / f"paper{form}")
    with pytest.raises(InputError, match=r"ends in \.pdf or \.xlsx"):
        keep_board_paper(paper, tmp_path / "paper.doc")


@given(st.lists(st.tuples(st.integers(-10**9, 10**9), st.integers(-10**9, 10**9)), min_size=1, max_size=8))
def test_a_bar_begins_and_ends_within_its_chart_and_nil_is_on_it(ends: list[tuple[int, int]]) -> None:
    chart = Chart("", "", tuple(Bar("", Money(end), Money(start)) for start, end in ends))
    assert 0 <= chart.nil_at <= WHOLE
    assert all(0 <= start <= WHOLE and 0 < length <= WHOLE and start + length <= WHOLE + 2 for _, start, length in chart.placed())

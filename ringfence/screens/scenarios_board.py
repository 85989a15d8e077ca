"""Scenarios for the board: the base beside each scenario in charts, and the same as a paper, as a PDF and a workbook."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st
from markupsafe import Markup

from costing.board import Chart
from ringfence.actions.board_paper import board_paper, charts_of, paper_file
from ringfence.actions.scenarios import Compared
from ringfence.actions.trustees import Paper
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import pounds

WITH_THE_REST = 4
"""The fifth, which assumption matters most, stands below with its own table."""
KINDS = {Paper.PDF: ("Download the board paper as PDF", "application/pdf"),
         Paper.WORKBOOK: ("Download it as a workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")}


def for_the_board(compared: Compared, on: date) -> None:
    """Draw the charts, and the ways to take them with one."""
    part("In charts, and for the board", "The line in each chart is nil; what is lighter is as it is. The paper has the same charts, the tables and "
                                         "every assumption.")
    with st.container(horizontal=True):
        for form, (label, kind) in KINDS.items():
            st.download_button(label, partial(_file, compared, on, form), f"board-paper{form}", kind, on_click="ignore", key=f"board{form}")
    st.html(Markup('<div class="rf-blocks">{}</div>').format(Markup("").join(map(_chart, charts_of(compared)[:WITH_THE_REST]))))


def _file(compared: Compared, on: date, form: Paper) -> bytes:
    return paper_file(board_paper(compared, on), form)


def _chart(chart: Chart) -> Markup:
    """The title is the finding; each bar stands beside its words and its amount, and is nothing to whoever listens."""
    rows = Markup("").join(Markup(
        '<dt>{}</dt><dd class="rf-track" aria-hidden="true"><i{} style="left:{}%;width:{}%"></i><b style="left:{}%"></b></dd><dd>{}</dd>').format(
            bar.label, Markup(' class="rf-light"') if bar.is_base else Markup(""), _percent(start), _percent(length), _percent(chart.nil_at),
            pounds(bar.end)) for bar, start, length in chart.placed())
    return Markup('<section class="rf-chart"><h3>{}</h3><p class="rf-quiet">{}</p><dl>{}</dl></section>').format(chart.title, chart.about, rows)


def _percent(thousandths: int) -> str:
    return f"{thousandths // 10}.{thousandths % 10}"

"""Which assumption matters most, as a chart with its table beside it; and where the surplus may lie when all move at once."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup, escape

from basics.money import Money
from costing.assumptions import Effect, Range
from ringfence.actions.scenarios import Compared, Sampling
from ringfence.actions.scenarios_told import end_in_words
from ringfence.screens.components.markup import pounds
from ringfence.screens.components.table import figures, table
from ringfence.screens.components.table import words as in_column

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

LOW_COLOUR, HIGH_COLOUR, INK = "#1d70b8", "#a9c9e8", "#0b0c0c"
LONGEST_LINE, LABEL_LINES = 14, 3
ROOM_PERCENT = 60  # of what the bars span: the amounts stand beside them, on a telephone too
BAR_PIXELS = 58


def finding(effects: Sequence[Effect]) -> str:
    """What the chart shows: its first bar."""
    first = effects[0]
    return f"“{first.assumption.name}” matters most: alone it moves the surplus by {first.spread}"


def what_matters(compared: Compared) -> None:
    """The chart, and the same figures as a table."""
    base = compared.base.whole.surplus
    st.html(Markup('<p class="rf-finding">{}</p>').format(finding(compared.effects)))
    st.plotly_chart(tornado(compared.effects, base), theme=None, config={"displayModeBar": False, "staticPlot": True},
                    alt=alt_text(compared.effects, base))
    table(f"The surplus at the ends of each assumption; it is {base} in the base",
          [in_column("Assumption, alone"), figures("At the low end"), figures("At the high end"), figures("Between them")],
          [[Markup("{}<span class=\"rf-under\">{}</span>").format(each.assumption.name, range_in_words(each)), pounds(each.low), pounds(each.high),
            pounds(each.spread)] for each in compared.effects])


def where_it_lies(ranges: Sequence[tuple[str, Range]], sampling: Sampling) -> None:
    """Where the surplus lies over many draws, for the organisation and each service."""
    first = ranges[0][1]
    st.html(Markup('<p class="rf-finding">{}</p>').format(
        f"In eight of ten draws the surplus lies between {first.p10} and {first.p90}; {first.losses:,} of {first.draws:,} make a loss"))
    table("Where the surplus lies", [in_column(f"{first.draws:,} draws, seed {sampling.seed}"), figures("One in ten below"), figures("Half below"),
                                     figures("Nine in ten below"), figures("Draws with a loss")],
          [[name, pounds(each.p10), pounds(each.p50), pounds(each.p90), f"{each.losses:,}"] for name, each in ranges],
          note="Below nil is a loss. Each assumption is drawn apart from the others. The same seed draws the same.")


def range_in_words(effect: Effect) -> str:
    """“from 94% to 100%”, “from no change to 7% more”."""
    about = effect.assumption
    return f"from {end_in_words(about, about.low)} to {end_in_words(about, about.high)}"


def alt_text(effects: Sequence[Effect], base: Money) -> str:
    """The chart for somebody who cannot see it."""
    bars = "; ".join(f"{each.assumption.name} from {each.low} to {each.high}" for each in effects)
    return f"Bars on both sides of the base's surplus of {base}, the longest first: {bars}. {finding(effects)}."


def tornado(effects: Sequence[Effect], base: Money) -> Figure:
    """A bar for each assumption, from the surplus at its low end to that at its high end, across the surplus of the base."""
    import plotly.graph_objects as go  # here, as it takes most of a second to read

    places = list(range(len(effects)))
    chart = go.Figure()
    lows = [(end_in_words(each.assumption, each.assumption.low), each.low) for each in effects]
    highs = [(end_in_words(each.assumption, each.assumption.high), each.high) for each in effects]
    for colour, ends in ((LOW_COLOUR, lows), (HIGH_COLOUR, highs)):
        chart.add_bar(orientation="h", y=places, x=[(end - base).pounds for _, end in ends], base=base.pounds, marker_color=colour,
                      marker_line={"color": INK, "width": 0.5}, text=[f"{value}<br>{end}" if end != base else "" for value, end in ends],
                      textposition="outside", textfont_size=12, cliponaxis=False, hoverinfo="skip")
    reached = [base, *(end for each in effects for end in (each.low, each.high))]
    least, most = min(reached).pounds, max(reached).pounds
    room = (most - least) * ROOM_PERCENT / 100
    chart.add_vline(x=base.pounds, line={"color": INK, "width": 2})
    chart.update_layout(
        barmode="overlay", height=90 + BAR_PIXELS * len(effects), margin={"l": 0, "r": 8, "t": 30, "b": 0}, bargap=0.3, plot_bgcolor="white",
        showlegend=False, font={"family": "Source Sans, sans-serif", "size": 14, "color": INK},
        annotations=[{"x": base.pounds, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False, "text": f"Base {base}"}],
        xaxis={"range": [least - room, most + room], "tickvals": [0], "ticktext": ["£0"], "showgrid": False, "zerolinecolor": INK,
               "automargin": True},
        yaxis={"tickmode": "array", "tickvals": places, "ticktext": [_short(each.assumption.name) for each in effects], "autorange": "reversed",
               "automargin": True, "ticklabelstandoff": 6})
    return chart


def _short(label: str) -> str:
    """A name beside a bar, in two lines where it is long. Plotly reads some tags of HTML in it, so it is escaped."""
    return "<br>".join(str(escape(line)) for line in wrap(label, LONGEST_LINE, max_lines=LABEL_LINES, placeholder="…"))

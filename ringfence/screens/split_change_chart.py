"""What a version of a split changes, person by person, as a chart: the table with every figure stands under it."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup, escape

from basics.money import Money
from ringfence.screens.components.markup import how_many
from ringfence.screens.split_tables import signed

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

Changed = tuple[str, int, int]
"""Who, what they have by the earlier version and by the later one, in pence."""
MORE_COLOUR, LESS_COLOUR, INK = "#1d70b8", "#a9c9e8", "#0b0c0c"
BAR_PIXELS, MOST_BARS, LONGEST_LINE = 36, 12, 18
ROOM_PERCENT = 120


def changes(before: str, now: str, people: Sequence[Changed]) -> None:
    """The finding in words and a bar for each of those whose sum changes, the largest change first. Nothing is drawn where nothing changes."""
    changed = sorted((each for each in people if each[1] != each[2]), key=lambda each: (-abs(each[2] - each[1]), each[0]))
    st.html(Markup('<p class="rf-finding">{}</p>').format(finding(before, now, changed)))
    if changed:
        st.plotly_chart(_chart(changed[:MOST_BARS]), theme=None, config={"displayModeBar": False, "staticPlot": True},
                        alt="; ".join(f"{who} {signed(later - earlier)}" for who, earlier, later in changed[:MOST_BARS]))


def finding(before: str, now: str, changed: Sequence[Changed]) -> str:
    """“Version 2 gives 3 people more and 2 less than version 1: £1,200.00 moves between them”."""
    if not changed:
        return f"{now.capitalize()} gives everybody the same as {before}"
    more = [later - earlier for _, earlier, later in changed if later > earlier]
    less = len(changed) - len(more)
    who = " and ".join(filter(None, (f"{how_many(len(more), 'person', 'people')} more" if more else "", f"{less} less" if less else "")))
    return f"{now.capitalize()} gives {who} than {before}" + (f": {Money(sum(more))} more in all" if more else "")


def _chart(changed: Sequence[Changed]) -> Figure:
    import plotly.graph_objects as go  # here, as it takes most of a second to read

    places = list(range(len(changed)))
    by = [Money(later - earlier) for _, earlier, later in changed]
    reach = max(abs(each.pence) for each in by) * (100 + ROOM_PERCENT) / 10_000
    chart = go.Figure(go.Bar(
        orientation="h", y=places, x=[each.pounds for each in by], marker_color=[MORE_COLOUR if each.pence > 0 else LESS_COLOUR for each in by],
        marker_line={"color": INK, "width": 0.5}, text=[signed(each.pence) for each in by], textposition="outside", textfont_size=13,
        cliponaxis=False, hoverinfo="skip"))
    chart.add_vline(x=0, line={"color": INK, "width": 2})
    chart.update_layout(
        height=40 + BAR_PIXELS * len(changed), margin={"l": 0, "r": 8, "t": 8, "b": 0}, bargap=0.35, plot_bgcolor="white", showlegend=False,
        font={"family": "Source Sans, sans-serif", "size": 14, "color": INK},
        xaxis={"range": [-reach, reach], "showticklabels": False, "showgrid": False, "zeroline": False},
        yaxis={"tickmode": "array", "tickvals": places, "ticktext": [_short(who) for who, _, _ in changed], "autorange": "reversed",
               "automargin": True, "ticklabelstandoff": 6})
    return chart


def _short(name: str) -> str:
    """A name beside a bar. Plotly reads some tags of HTML in it, so it is escaped."""
    return "<br>".join(str(escape(line)) for line in wrap(name, LONGEST_LINE, max_lines=2, placeholder="…"))

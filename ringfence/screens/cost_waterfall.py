"""The way from pay to the price as a chart. The table beside it holds the same figures."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from markupsafe import escape

from basics.money import NIL, Money
from costing.package import Section
from costing.price import Price, PriceLine, money

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

COLOURS = {Section.DIRECT: "#1d70b8", Section.COORDINATION: "#4f8ec6", Section.COMPANY: "#86b3da", Section.CONTINGENCY: "#b9b3a4",
           Section.SURPLUS: "#d6cfbd"}
PRICE_COLOUR, INK, LINE = "#0b0c0c", "#0b0c0c", "#d8dadc"
LABEL_LINES, LONGEST_LINE = 2, 26
BAR_PIXELS = 38
ROOM_FOR_AMOUNTS = 135  # per cent of the price: the widest amount stands to the right of the longest bar


def finding(price: Price) -> str:
    """What the chart shows, in a sentence: its largest line."""
    line = _largest(price)
    said = line.label[0].lower() + line.label[1:] if line.label == "Pay for support" else f"“{line.label}”"
    return f"{line.shown} of each {money(price.quoted)} is {said}"


def alt_text(price: Price) -> str:
    """The chart for somebody who cannot see it."""
    parts = ", ".join(f"{part.section.value} {part.shown}" for part in price.parts)
    return f"A waterfall from pay to the price per {price.quoted_per} of {money(price.quoted)}: {parts}. {finding(price)}."


def waterfall(price: Price) -> Figure:
    """A bar for each line, each starting where the one before it ends, and the price below them all."""
    import plotly.graph_objects as go  # here, as it takes most of a second to read

    bars = [(line.label, line.shown, COLOURS[line.section]) for line in price.lines]
    if price.rounding:
        bars.append(("Rounding", price.rounding, LINE))
    starts = [Money.total(amount for _, amount, _ in bars[:n]) for n in range(len(bars))]
    bars.append((f"Price per {price.quoted_per}", money(price.quoted), PRICE_COLOUR))
    starts.append(NIL)
    chart = go.Figure(go.Bar(
        orientation="h", y=list(range(len(bars))), x=[amount.pounds for _, amount, _ in bars], base=[start.pounds for start in starts],
        marker_color=[colour for _, _, colour in bars], marker_line={"color": INK, "width": 0.5},
        text=[str(amount) for _, amount, _ in bars], textposition="outside", cliponaxis=False, hoverinfo="skip"))
    chart.update_layout(
        height=70 + BAR_PIXELS * len(bars), margin={"l": 0, "r": 8, "t": 8, "b": 0}, bargap=0.35, plot_bgcolor="white", showlegend=False,
        font={"family": "Source Sans, sans-serif", "size": 14, "color": INK},
        xaxis={"tickprefix": "£", "tickformat": ",", "range": [0, money(price.quoted).pounds * ROOM_FOR_AMOUNTS / 100], "gridcolor": LINE,
               "zerolinecolor": INK, "automargin": True, "nticks": 6},
        yaxis={"tickmode": "array", "tickvals": list(range(len(bars))), "ticktext": [_short(label) for label, _, _ in bars],
               "autorange": "reversed", "automargin": True, "ticklabelstandoff": 6})
    return chart


def _largest(price: Price) -> PriceLine:
    return max(price.lines, key=lambda line: line.shown)


def _short(label: str) -> str:
    """A label beside a bar, in two lines where it is long. Plotly reads some tags of HTML in it, so it is escaped."""
    return "<br>".join(str(escape(line)) for line in wrap(label, LONGEST_LINE, max_lines=LABEL_LINES, placeholder="…"))

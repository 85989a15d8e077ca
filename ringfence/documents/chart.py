"""The bar of a budget as a picture (SVG): one drawing for paper and for the screen. What it shows is said in words beside it.

Its lengths are whole thousandths, and nothing of a record but these stands in it. It has no namespace, which a web page does not need.
"""

from __future__ import annotations

from markupsafe import Markup

INK, CALM, BLUE, TOO_MUCH = "#1b1b1b", "#f2f4f6", "#1d64ab", "#8a1c12"
WIDTH, HEIGHT, TOP, MARK_WIDTH = 1000, 44, 7, 5


def bar_svg(used: int, expected: int | None, *, over: bool) -> Markup:
    """How much of a budget is used, and a mark across it where we expected to be by now: thousandths of the whole.

    It is stretched to the width it is given; `over` draws it in the colour of a warning.
    """
    tall = HEIGHT - 2 * TOP
    mark = "" if expected is None else f'<rect x="{min(expected, WIDTH - MARK_WIDTH)}" width="{MARK_WIDTH}" height="{HEIGHT}" fill="{INK}"/>'
    return Markup(
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="1" y="{TOP}" width="{WIDTH - 2}" height="{tall}" fill="{CALM}" stroke="{INK}" stroke-width="2"/>'
        f'<rect y="{TOP}" width="{used}" height="{tall}" fill="{TOO_MUCH if over else BLUE}"/>{mark}</svg>')

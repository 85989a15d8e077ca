"""The lines of a quote: each with its share of the price that is asked, or with what it was before."""

from __future__ import annotations

from basics.money import NIL
from basics.rounding import nearest
from basics.share import share
from costing.price import TENTHS_IN_THE_WHOLE, Price, money
from costing.quote import QuoteLine
from costing.uplift import Uplift


def quote_lines(price: Price, beside: Uplift | None, asked_pence: int) -> tuple[QuoteLine, ...]:
    """The lines for the quoted hour or week. Shares are of the price asked: where that is less than the price comes to, they are more than
    the whole, by as much as was taken off."""
    tenths = _tenths(price, asked_pence)
    if beside is None:
        return tuple(QuoteLine(line.section.value, line.label, line.shown.pence, None, each, ())
                     for line, each in zip(price.lines, tenths, strict=True))
    shares = {(line.section, line.label): each for line, each in zip(price.lines, tenths, strict=True)}
    return tuple(QuoteLine(line.section.value, line.label, (line.after or NIL).pence, (line.before or NIL).pence,
                           shares.get((line.section, line.label), 0), line.because) for line in beside.lines)


def _tenths(price: Price, asked_pence: int) -> list[int]:
    """The share of each line in tenths of a per cent."""
    whole = money(price.quoted).pence
    if asked_pence == whole:
        return [line.share_tenths for line in price.lines]
    shared = share(nearest(TENTHS_IN_THE_WHOLE * whole, asked_pence), {n: line.shown.pence for n, line in enumerate(price.lines)})
    return [shared[n] for n in range(len(price.lines))]

"""A cap in words, for whoever reads a price: whether it is kept; where not, by how much, and the price under it."""

from __future__ import annotations

from collections.abc import Iterator

from basics.rounding import tenth
from costing.package import Basis
from costing.price import Capped, money


def cap_in_words(capped: Capped) -> Iterator[str]:
    """What the cap is and of what, then a sentence for each thing to know of it."""
    of = "of the price" if capped.cap.basis is Basis.OF_PRICE else "of direct support"
    yield f"Cap of {capped.cap.percent.value.normalize():f}% {of} on {_names(capped)}"
    if not capped.is_exceeded:
        yield f"Kept: they come to {tenth(capped.covered_percent)}% {of}."
        return
    yield f"Exceeded: they come to {tenth(capped.covered_percent)}% {of}."
    yield f"Under the cap the price is {money(capped.per_hour)} an hour, {money(capped.per_week)} a week."
    yield f"Of what it covers, {capped.short_per_hour} an hour, {capped.short_per_week} a week, would then go unpaid."


def _names(capped: Capped) -> str:
    *others, last = capped.cap.lines
    return f"{', '.join(others)} and {last}" if others else last

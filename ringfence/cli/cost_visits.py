"""The part of `ringfence cost` that says what one visit costs by its length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from costing.visit_table import VisitTable
from ringfence.cli.columns import LABEL_WIDTH


def visits_as_text(tables: Sequence[VisitTable]) -> Iterator[str]:
    """A table for each kind of visit: the price of one of each length, and of an hour in such visits."""
    for table in tables:
        yield ""
        yield f"{f'What a visit costs: {table.name}' if table.name else 'What a visit costs':<{LABEL_WIDTH}}{'a visit':>12}  {'an hour of them':>18}"
        for each in table.prices:
            yield f"{f'  {each.minutes} minutes':<{LABEL_WIDTH}}{each.shown!s:>12}  {each.hour_shown!s:>18}"


def visits_as_data(tables: Sequence[VisitTable]) -> list[dict[str, object]]:
    """The same for another program: amounts are text with two decimals."""
    return [{"parts": table.name, "prices": [
        {"minutes": each.minutes, "per_visit": each.shown.plain, "per_hour": each.hour_shown.plain} for each in table.prices]} for table in tables]

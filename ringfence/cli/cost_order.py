"""The lines of a price in the order in which a council asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby

from costing.cost_of_care import cost_of_care
from costing.price import Price, money
from ringfence.cli.columns import aligned


class Order(StrEnum):
    """In what order the lines are told: as they are priced, or as a cost-of-care return has them."""

    PRICE = "price"
    COST_OF_CARE = "cost-of-care"


def care_as_text(price: Price) -> Iterator[str]:
    """Every row of the return, nil where nothing stands in it; then what has no row, the rounding and the price."""
    rows = [(f"What the {price.quoted_per.value} is made of, as a cost-of-care return", "£")]
    for group, held in groupby(cost_of_care(price), key=lambda row: row.group):
        rows.append((group.value, ""))
        rows += [(f"  {row.row}", row.shown.plain) for row in held]
    if price.rounding:
        rows.append(("Rounding", price.rounding.plain))
    yield ""
    yield from aligned([*rows, ("Price", money(price.quoted).plain)])


def care_as_data(price: Price) -> list[dict[str, object]]:
    """The same for another program, each row with the lines of the price that stand in it."""
    return [{"group": row.group.value, "row": row.row, "amount": row.shown.plain, "lines": [str(line.label) for line in row.lines]}
            for row in cost_of_care(price)]

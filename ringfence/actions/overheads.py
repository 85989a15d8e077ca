"""What do overheads cost each service, and how does a price stand beside what IAS found? Nothing is stored."""

from __future__ import annotations

from pathlib import Path

from costing.beside import Beside, beside_ias
from costing.overheads import Divided
from costing.price import Price
from ringfence.actions.parameters import published
from ringfence.importing.overheads_file import read_overheads


def overheads_of_file(path: Path) -> Divided:
    """The overheads of a file (docs/formats/overheads.md), divided among its services, to the penny.

    Raises `Refused` with every problem of the file, or `InputError`.
    """
    return read_overheads(path)


def price_beside_ias(price: Price) -> tuple[Beside, ...]:
    """The full cost of a price in its three parts, each beside the 77%, 13.5% and 9.5% that IAS found of its own in 2010."""
    return beside_ias(price, published(), price.on)

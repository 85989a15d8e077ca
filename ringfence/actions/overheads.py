"""What do overheads cost each service, and how does a price stand beside what IAS found? Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from basics.money import Money
from costing.beside import Beside, beside_ias
from costing.overheads import Divided
from costing.price import Price
from costing.recovered import Recovered, recovered
from ringfence.actions.parameters import published
from ringfence.importing.overheads_file import overheads_of, read_overheads
from ringfence.importing.templates import TEMPLATES, template


def overheads_of_file(path: Path) -> Divided:
    """The overheads of a file (docs/formats/overheads.md), divided among its services, to the penny.

    Raises `Refused` with every problem of the file, or `InputError`.
    """
    return read_overheads(path)


def overheads_of_content(content: bytes, name: str) -> Divided:
    """The same for a file that is not on this disk."""
    return overheads_of(content, name)


def example_file() -> tuple[str, bytes]:
    """The name and the content of the documented example."""
    return TEMPLATES["overheads"], template("overheads").encode()


def not_recovered(found: Divided, charged: Mapping[str, Money]) -> tuple[Recovered, ...]:
    """What prices earn of each service’s overheads, where somebody says what the price of an hour has in it for them, in pounds by service.

    Raises `Refused` for a service that is not there, or whose hours of support nobody gave.
    """
    return recovered(found, charged)


def price_beside_ias(price: Price) -> tuple[Beside, ...]:
    """The full cost of a price in its three parts, each beside the 77%, 13.5% and 9.5% that IAS found of its own in 2010."""
    return beside_ias(price, published(), price.on)

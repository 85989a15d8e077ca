"""What becomes of a price? A cost file on its own day and on a later one, or beside the file of next year. Nothing is stored."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from costing.price import price
from costing.uplift import Uplift, uplift
from ringfence.actions.parameters import published
from ringfence.importing.costing_on import CostSource, read_source


def uplift_of_file(path: Path, to: date | Path) -> Uplift:
    """The package of a cost file on its own day, and on the day or in the file that is named.

    Raises `Refused` with every published figure that is not known on that day: nothing is assumed here.
    """
    return uplifted(read_source(path, published), to)


def uplifted(source: CostSource, to: date | Path) -> Uplift:
    """The same for a file that is open."""
    later = source.on(to) if isinstance(to, date) else read_source(to, published).package
    return uplift(price(source.package), price(later))

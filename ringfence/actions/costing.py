"""What does this support cost? A cost file, priced."""

from __future__ import annotations

from pathlib import Path

from costing.price import Price, price
from ringfence.importing.costing_package import read_package


def price_of_file(path: Path, parameters_folder: Path | None = None) -> Price:
    """The price of the package in a cost file, at the rates of its day.

    `parameters_folder` holds published figures of the user's own, which continue those of Ringfence.
    Raises `Refused` with every problem of the file, or `InputError`.
    """
    return price(read_package(path, parameters_folder))

"""Is what a funder offers enough? A cost file's package beside the rate, and beside the sector's minimum price where it is known."""

from __future__ import annotations

from pathlib import Path

from basics.errors import NotKnown
from basics.money import Money
from costing.figure import Figure
from costing.offer import Checked, check_offer
from costing.package import Package, Per
from ringfence.actions.costing import costed_content, costed_file
from ringfence.actions.parameters import published

MINIMUM = "homecare_minimum_price"


def offer_on_file(path: Path, offered: Money, per: Per) -> Checked:
    """An offer for the package of a cost file. Raises `Refused` with every problem of the file, or `InputError`."""
    return _checked(costed_file(path).package, offered, per)


def offer_on_content(content: bytes, name: str, offered: Money, per: Per) -> Checked:
    """The same for the content of a cost file that is not on this disk."""
    return _checked(costed_content(content, name).package, offered, per)


def _checked(package: Package, offered: Money, per: Per) -> Checked:
    return check_offer(package, offered, per, _minimum(package))


def _minimum(package: Package) -> Figure | None:
    """The minimum price on the package's day; None where no year of it is known."""
    try:
        return published().figure(MINIMUM, package.on)
    except NotKnown:
        return None

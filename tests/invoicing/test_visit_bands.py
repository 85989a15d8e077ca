"""A visit priced by its length."""

from __future__ import annotations

from decimal import Decimal

import pytest

from basics.errors import NotKnown
from invoicing.visit_bands import banded_line

BANDS = {30: Decimal("16.00"), 45: Decimal("20.00")}
HOURLY = Decimal("24.00")


@pytest.mark.parametrize(("minutes", "pounds"), [(30, "16.00"), (44, "21.60"), (45, "20.00"), (50, "22.00"), (75, "32.00"), (90, "38.00")])
def test_the_longest_band_that_is_filled_counts_once_and_the_rest_by_the_minute(minutes: int, pounds: str) -> None:
    assert banded_line(minutes, BANDS, HOURLY).plain == pounds


def test_a_visit_shorter_than_every_band_has_no_price_that_anybody_gave() -> None:
    with pytest.raises(NotKnown, match="29 minutes is shorter than every band"):
        banded_line(29, BANDS, HOURLY)

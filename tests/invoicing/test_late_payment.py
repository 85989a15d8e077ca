"""Interest for late payment, as the Act of 1998 and the Order of 2002 have it: on councils, the NHS and businesses, never on a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from basics.errors import InputError
from basics.people import FunderKind
from invoicing.late_payment import fixed_sum, late_payment, rate_counts_on

OWE_NONE = (FunderKind.PERSON, FunderKind.FAMILY, FunderKind.GRANT)


def test_the_worked_case_of_4200_pounds_that_are_45_days_late() -> None:
    """£4,200.00 × 12% × 45 / 365 = £62.14, and £70.00: constructed, by the rule as gov.uk tells it."""
    found = late_payment(FunderKind.COUNCIL, [(4_200_00, 45)], Decimal(4))
    assert found is not None
    assert (found.interest_pence, found.fixed_pence, found.total_pence, found.percent) == (62_14, 70_00, 132_14, Decimal(12))


@pytest.mark.parametrize(("pence", "fixed"), [(1, 40_00), (999_99, 40_00), (1_000_00, 70_00), (9_999_99, 70_00), (10_000_00, 100_00)])
def test_the_fixed_sum_goes_by_the_size_of_the_debt(pence: int, fixed: int) -> None:
    assert fixed_sum(pence) == fixed


@pytest.mark.parametrize(("due_on", "counts_on"), [
    (date(2026, 6, 29), date(2026, 1, 1)), (date(2026, 6, 30), date(2026, 7, 1)), (date(2026, 12, 31), date(2027, 1, 1)),
    (date(2026, 1, 1), date(2026, 1, 1))])
def test_the_rate_is_that_of_the_half_year_in_which_the_debt_fell_late(due_on: date, counts_on: date) -> None:
    assert rate_counts_on(due_on) == counts_on


@pytest.mark.parametrize("kind", OWE_NONE)
def test_no_interest_is_ever_asked_from_a_person_a_family_or_a_grant(kind: FunderKind) -> None:
    with pytest.raises(InputError, match="No interest for late payment may be asked"):
        late_payment(kind, [(100_00, 45)], Decimal(4))


@pytest.mark.parametrize("kind", [kind for kind in FunderKind if kind not in OWE_NONE])
def test_councils_the_nhs_and_businesses_owe_interest_alike(kind: FunderKind) -> None:
    assert late_payment(kind, [(100_00, 45)], Decimal(4)) == late_payment(FunderKind.COUNCIL, [(100_00, 45)], Decimal(4))


def test_nothing_is_added_on_the_day_itself() -> None:
    assert late_payment(FunderKind.ICB, [(100_00, 0)], Decimal(4)) is None

"""Who pays for an empty place, and for how long: the funder or the reserve for the first weeks of each time, then the provider."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from basics.periods import Period
from invoicing.delivery import BY_DELIVERY, House
from invoicing.rating import VOID
from tests.invoicing.support_records import agreed_for, charged, funding, house, visit

EMPTY_FROM = date(2026, 10, 12)
COUNCIL = funding("provider", "council", period=Period(date.min, date.max))


def emptied(*later: tuple[int, date, str | None], void_fund: str = "provider", weeks: int | None = 4, by_funder: bool = True) -> House:
    """A house of three whose third place is C’s until 12 October."""
    first = house("A1", "B2", "C3")
    return replace(first, held=(*first.held, (3, EMPTY_FROM, None), *later), void_fund=void_fund, void_weeks=weeks,
                   void_funding=COUNCIL if by_funder else None, provider_fund="provider")


def test_the_funder_pays_for_four_weeks_to_the_day_and_then_the_provider() -> None:
    home = emptied()
    assert home.carrier(3, EMPTY_FROM) == home.carrier(3, EMPTY_FROM + timedelta(days=27)) == ("provider", (COUNCIL,))
    assert home.carrier(3, EMPTY_FROM + timedelta(days=28)) == ("provider", ())


def test_each_time_that_a_place_stands_empty_has_weeks_of_its_own() -> None:
    again = date(2026, 12, 7)
    home = emptied((3, date(2026, 11, 30), "D4"), (3, again, None))
    assert home.carrier(3, date(2026, 11, 20)) == ("provider", ())
    assert home.carrier(3, again) == ("provider", (COUNCIL,))


def test_a_place_that_is_said_to_be_empty_twice_became_empty_once() -> None:
    assert emptied((3, date(2026, 11, 1), None)).carrier(3, date(2026, 11, 10)) == ("provider", ())


def test_a_reserve_pays_for_its_weeks_or_as_long_as_the_place_is_empty() -> None:
    weeks, always = (emptied(void_fund="reserve-SG", weeks=each, by_funder=False) for each in (4, None))
    assert (weeks.carrier(3, EMPTY_FROM), weeks.carrier(3, date(2026, 11, 9))) == (("reserve-SG", ()), ("provider", ()))
    assert always.carrier(3, date(2027, 9, 1)) == ("reserve-SG", ())


def test_an_empty_place_that_a_funder_pays_for_is_charged_by_delivery_and_to_nobody_who_lives_there() -> None:
    by = agreed_for("A1", "B2", "C3", pounds="30.00", houses=(emptied(),))
    charges = {charge.fund: charge for charge in charged(visit(subject="H1", day=EMPTY_FROM, minutes=60), by=by)}
    assert {fund: charge.pence for fund, charge in charges.items()} == {"fund-A1": 1_000, "fund-B2": 1_000, "provider": 1_000}
    void = charges["provider"]
    assert (void.funder, void.how, void.plan_line_id, void.shared_key) == ("council", BY_DELIVERY, None, "H1")
    later, = (charge for charge in charged(visit(subject="H1", day=date(2026, 11, 9), minutes=60), by=by) if charge.fund == "provider")
    assert (later.funder, later.how, later.pence) == (None, VOID, 1_000)


@given(st.integers(0, 60), st.integers(1, 8), st.integers(1, 600))
def test_whoever_pays_for_it_an_empty_place_never_raises_the_share_of_the_others(day: int, weeks: int, minutes: int) -> None:
    people, on = ("A1", "B2", "C3"), EMPTY_FROM + timedelta(days=day)
    full = charged(visit(subject="H1", day=on, minutes=minutes), by=agreed_for(*people, houses=(house(*people),)))
    void = charged(visit(subject="H1", day=on, minutes=minutes), by=agreed_for(*people, houses=(emptied(weeks=weeks),)))
    assert [charge for charge in void if charge.fund != "provider"] == [charge for charge in full if charge.fund != "fund-C3"]
    assert sum(charge.pence for charge in void) == sum(charge.pence for charge in full)

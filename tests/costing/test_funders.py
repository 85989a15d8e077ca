"""Who pays a package: shares that add to its price, whatever they are."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from basics.errors import InputError
from basics.money import Money
from costing.figure import Typed, Unit, given
from costing.funders import Payer, shares_of


def of(value):
    return given(Decimal(value), "", Unit.NUMBER, Typed("here"))


def paid(pounds, *payers, contingency=Fraction(0)):
    shares = shares_of(Money.parse(pounds), contingency, payers)
    return {payer.name: part.plain for payer, part in shares.by_payer}, shares.not_paid.plain


@settings(max_examples=200, deadline=None)
@examples(st.integers(1, 10**7), st.lists(st.decimals(0, 33, places=2), max_size=3), st.fractions(0, 1), st.booleans())
def test_the_shares_of_the_funders_add_to_the_price(pence, percents, contingency, takes_it):
    payers = [Payer(f"F{n}", percent=of(each), takes_contingency=takes_it) for n, each in enumerate(percents)]
    shares = shares_of(Money(pence), contingency, [*payers, Payer("The rest")])
    assert Money.total(part for _, part in shares.by_payer) + shares.not_paid == Money(pence)
    assert all(part.pence >= 0 for _, part in shares.by_payer)


def test_percentages_divide_the_week_and_the_odd_penny_goes_to_the_largest_remainder():
    assert paid("100.01", Payer("Council", percent=of("62.5")), Payer("NHS", percent=of("37.5"))) == ({"Council": "62.51", "NHS": "37.50"}, "0.00")


def test_a_fixed_sum_is_taken_as_it_is_and_one_pays_the_rest():
    assert paid("500", Payer("Top-up", pounds_per_week=of("40.50")), Payer("Council")) == ({"Top-up": "40.50", "Council": "459.50"}, "0.00")


def test_a_percentage_is_of_the_price_and_not_of_what_is_left():
    assert paid("500", Payer("Top-up", pounds_per_week=of("100")), Payer("NHS", percent=of("50")), Payer("Council"))[0]["NHS"] == "250.00"


def test_a_funder_that_takes_no_contingency_pays_its_share_without_it_and_the_rest_is_in_sight():
    lottery = Payer("Lottery", percent=of(50), takes_contingency=False)
    assert paid("100", lottery, Payer("Council"), contingency=Fraction(1, 25)) == ({"Lottery": "48.00", "Council": "50.00"}, "2.00")


@pytest.mark.parametrize(("payers", "says"), [
    ([Payer("A", percent=of(60)), Payer("B", percent=of(50))], "£10.00 a week more than the price"),
    ([Payer("A", percent=of(60))], "leave £40.00 of the week that nobody pays"),
    ([Payer("A", pounds_per_week=of(120)), Payer("B")], "£20.00 a week more"),
    ([Payer("A"), Payer("B")], "Two funders pay the rest"),
    ([Payer("A", percent=of(10)), Payer("A")], "2 funders are called “A”"),
])
def test_shares_that_are_not_the_whole_are_refused(payers, says):
    with pytest.raises(InputError, match=says):
        shares_of(Money(100_00), Fraction(0), payers)

"""A cap on some lines of a price, worked out by hand; and the parts of a price beside those of IAS."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from basics.errors import InputError
from costing.beside import beside_ias
from costing.figure import Typed, Unit, given
from costing.package import Amount, Basis, Cap, Package, Per, Percentage, Section, Support
from costing.price import money, price
from ringfence.importing.parameters import built_in_parameters


def of(value, unit=Unit.NUMBER):
    return given(Decimal(str(value)), "", unit, Typed("here"))


def amount(label, pounds):
    return Amount(label, of(pounds), Per.WEEK)


HELD = Package("A package", date(2026, 10, 1), Support(of(10)), Per.WEEK, of(1), other_direct=(amount("Support", 80),),
               coordination=(amount("Team leader", 15),), company=(amount("Office", 5),))


def capped(percent, basis, *lines, package=HELD):
    return price(replace(package, cap=Cap(of(percent), basis, lines))).capped


def test_a_cap_of_the_price_leaves_the_other_lines_as_they_are():
    """£20 of £100 are 20%. At 15%, the £80 that the cap leaves alone are 85% of £94.12; £5.88 go unpaid."""
    found = capped(15, Basis.OF_PRICE, "Team leader", "Office")
    assert (found.is_exceeded, found.covered_percent) == (True, 20)
    assert (money(found.per_week).plain, found.short_per_week.plain, found.short_per_hour.plain) == ("94.12", "5.88", "0.59")


def test_a_cap_on_cost_is_of_direct_support():
    """15% of £80 are £12: with the office, which it leaves alone, the price is £97."""
    found = capped(15, Basis.ON_COST, "Team leader")
    assert (money(found.per_week).plain, found.short_per_week.plain) == ("97.00", "3.00")


def test_a_cap_covers_only_the_lines_that_it_names():
    found = capped(15, Basis.OF_PRICE, "Office")
    assert (found.is_exceeded, found.covered_percent) == (False, 5)


def test_a_cap_that_is_met_exactly_is_kept():
    assert not capped(20, Basis.OF_PRICE, "Team leader", "Office").is_exceeded
    assert capped("19.99", Basis.OF_PRICE, "Team leader", "Office").is_exceeded


def test_a_cap_may_cover_surplus():
    surplus = replace(HELD, surplus=Percentage("Surplus", of(10), Basis.ON_COST))
    assert capped(5, Basis.OF_PRICE, "Surplus", package=surplus).short_per_week.plain == "4.74"  # 110 less 100 / 0.95


@pytest.mark.parametrize(("lines", "package", "says"), [
    (("Nobody",), HELD, "which is no line of the price"),
    (("Support", "Team leader", "Office"), HELD, "The cap names every line"),
    (("Office",), replace(HELD, other_direct=()), "the price has none"),
])
def test_a_cap_that_cannot_be_held_is_refused(lines, package, says):
    with pytest.raises(InputError, match=says):
        capped(15, Basis.ON_COST, *lines, package=package)


def test_the_parts_of_full_cost_stand_beside_those_of_ias():
    with_surplus = replace(HELD, surplus=Percentage("Surplus", of(10), Basis.OF_PRICE))
    found = beside_ias(price(with_surplus), built_in_parameters(), HELD.on)
    assert [(each.section, each.ours_percent, each.theirs.value, each.difference) for each in found] == [
        (Section.DIRECT, 80, 77, 3), (Section.COORDINATION, 15, Decimal("13.5"), Decimal("1.5")),
        (Section.COMPANY, 5, Decimal("9.5"), Decimal("-4.5"))]


def test_the_parts_of_full_cost_add_to_a_hundred():
    thirds = replace(HELD, other_direct=(amount("Support", 1),), coordination=(amount("Team leader", 1),), company=(amount("Office", 1),))
    assert sum(each.ours_percent for each in beside_ias(price(thirds), built_in_parameters(), HELD.on)) == 100


def test_a_price_without_any_cost_has_nothing_to_stand_beside():
    only = replace(HELD, other_direct=(), coordination=(), company=(), contingency=amount("Contingency", 1))
    assert beside_ias(price(only), built_in_parameters(), HELD.on) == ()

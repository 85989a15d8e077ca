"""One package on two days: every line before and after, what it comes to more, and which inputs have changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from basics.errors import InputError
from basics.money import NIL, Money
from costing.figure import Dated, Typed, Unit, given
from costing.package import Amount, Basis, Package, Per, Percentage, Support
from costing.price import money, price
from costing.uplift import SPANS, charged, percent_more, uplift
from ringfence.actions.costing import as_cost_file, price_of_content
from tests.documents.price_shapes import contents

LAST_YEAR, THIS_YEAR = date(2025, 10, 1), date(2026, 10, 1)


def of(value, label="", unit=Unit.NUMBER):
    return given(Decimal(str(value)), label, unit, Typed("here"))


def wage(value, starts_on):
    return given(Decimal(value), "Living wage", Unit.POUNDS_PER_HOUR, Dated("wage", "the Government", starts_on, "an order"))


def package(pay, on=LAST_YEAR, *, hours=10, office=20, per=Per.HOUR, bought=()):
    return Package("Outreach", on, Support(of(hours), weeks_per_year=of(52)), per, of(1),
                   other_direct=(Amount("Support", pay, Per.HOUR), *bought),
                   company=(Percentage("Office", of(office, "Office", Unit.PERCENT), Basis.ON_COST),))


BEFORE = package(wage("20", date(2025, 4, 1)))
AFTER = package(wage("21", date(2026, 4, 1)), THIS_YEAR)


def assert_it_adds_up(found):
    for span in SPANS if found.after.weeks_per_year else SPANS[:2]:
        lines = Money.total(found.more(line, span) for line in found.lines)
        assert lines + found.rounding(span) == found.price_more(span)
    assert Money.total(line.after or NIL for line in found.lines) + found.after.rounding == money(found.after.quoted)
    assert Money.total(line.before or NIL for line in found.lines) + found.before.rounding == money(found.before.quoted)


def test_a_pound_more_of_wage_shows_on_its_own_line_and_on_what_is_taken_of_it():
    found = uplift(price(BEFORE), price(AFTER))
    support, office = found.lines
    assert [found.more(support, span).plain for span in SPANS] == ["1.00", "10.00", "520.00"]
    assert [found.more(office, span).plain for span in SPANS] == ["0.20", "2.00", "104.00"]
    assert [found.price_more(span).plain for span in SPANS] == ["1.20", "12.00", "624.00"]
    assert (support.percent, found.percent) == (Decimal("5.0"), Decimal("5.0"))
    assert (support.because, office.because) == ((1,), (1,))
    assert [str(change) for change in found.changes] == [
        "Living wage: £20.00 an hour before, £21.00 an hour after; set by the Government, from 1 April 2026 (an order)"]


def test_a_figure_that_is_said_again_with_another_day_has_not_changed():
    found = uplift(price(BEFORE), price(package(wage("20", date(2026, 4, 1)), THIS_YEAR)))
    assert (found.changes, found.percent) == ((), Decimal("0.0"))


def test_a_line_of_one_year_only_is_shown_against_nothing():
    car = Amount("Car", of(3, "Car", Unit.POUNDS_PER_HOUR), Per.HOUR)
    added, removed = uplift(price(BEFORE), price(package(wage("20", LAST_YEAR), bought=(car,)))), None
    removed = uplift(added.after, added.before)
    (line,) = [each for each in added.lines if each.before is None]
    assert (line.label, line.after, line.percent, added.more(line, Per.HOUR)) == ("Car", Money(300), None, Money(300))
    (line,) = [each for each in removed.lines if each.after is None]
    assert (line.label, removed.more(line, Per.WEEK)) == ("Car", Money(-3000))
    assert (added.changes[0].before, removed.changes[0].after) == ("not in it", "not in it")
    assert_it_adds_up(added)
    assert_it_adds_up(removed)


def test_each_line_names_only_the_changes_behind_it():
    found = uplift(price(BEFORE), price(package(wage("21", THIS_YEAR), office=25)))
    assert [change.label for change in found.changes] == ["Living wage", "Office"]
    assert [line.because for line in found.lines] == [(1,), (1, 2)]


def test_without_the_weeks_of_a_year_there_is_none_to_compare():
    without = replace(AFTER, support=Support(of(10)))
    found = uplift(price(BEFORE), price(without))
    assert (found.price_more(Per.YEAR), found.rounding(Per.YEAR), found.more(found.lines[0], Per.YEAR)) == (None, None, None)


def test_more_weeks_a_year_or_hours_a_week_are_the_reason_of_what_a_line_costs_more():
    """£20.00 and £4.00 an hour for ten hours: two weeks more are £400.00 and £80.00 a year; one hour a week more is £20.00 and £4.00 a week."""
    def of_time(hours, weeks):
        return price(replace(BEFORE, support=Support(of(hours, "Hours"), weeks_per_year=of(weeks, "Weeks"))))

    for key, after, more in (("Weeks", of_time(10, 54), ["400.00", "80.00"]), ("Hours", of_time(11, 52), ["1040.00", "208.00"])):
        found = uplift(of_time(10, 52), after)
        assert [change.label for change in found.changes] == [key]
        assert [found.why(line) for line in found.lines] == ["1", "1"]
        assert [found.more(line, Per.YEAR).plain for line in found.lines] == more


def test_a_line_that_is_made_otherwise_of_the_same_inputs_says_so():
    of_price = replace(BEFORE, company=(replace(BEFORE.company[0], basis=Basis.OF_PRICE),))
    found = uplift(price(BEFORE), price(of_price))
    assert [(found.why(line), line.because) for line in found.lines] == [("", ()), ("worked out in another way", ())]
    found = uplift(price(BEFORE), price(replace(BEFORE, company=())))
    assert [found.why(line) for line in found.lines] == ["", "1"]


def test_where_only_the_days_of_each_rate_differ_they_are_the_reason():
    """£20.00 for one day and £22.00 for two or for three: £21.33 and £21.50."""
    def over(until):
        later = package(wage("22", date(2025, 10, 2)), date(2025, 10, 2))
        return price(replace(package(wage("20", date(2025, 4, 1))), until=until, later=(later,)))

    found = uplift(over(date(2025, 10, 3)), over(date(2025, 10, 4)))
    assert [(line.before.plain, line.after.plain, found.why(line)) for line in found.lines] == [("21.33", "21.50", "1"), ("4.27", "4.30", "1")]
    assert [str(change) for change in found.changes] == [
        "Days of the price: from 1 October 2025 to 3 October 2025 before, from 1 October 2025 to 4 October 2025 after"]


def test_an_earlier_price_is_not_held_beside_a_later_one_as_if_it_came_after():
    with pytest.raises(InputError, match="1 October 2025 is before 1 October 2026"):
        uplift(price(AFTER), price(BEFORE))


def test_a_price_of_an_hour_is_not_held_beside_one_of_a_week():
    with pytest.raises(InputError, match="One price is for a hour, the other for a week"):
        uplift(price(BEFORE), price(package(wage("21", THIS_YEAR), per=Per.WEEK)))


def test_a_percentage_of_nothing_is_none():
    assert percent_more(None, Money(5)) is None
    assert percent_more(NIL, Money(5)) is None
    assert percent_more(Money(2000), Money(1999)) == Decimal("-0.1")


def test_an_hour_a_week_and_a_year_are_charged_as_the_price_is():
    for per in (Per.HOUR, Per.WEEK):
        found = price(package(wage("20.01", LAST_YEAR), hours="7.5", per=per))
        for span, figure in zip(SPANS, (found.per_hour, found.per_week, found.per_year), strict=True):
            assert charged(money(found.quoted).pence, per, span, found.hours_per_week.exact, found.weeks_per_year.exact) == money(figure)


@settings(max_examples=60, deadline=None)
@examples(st.decimals(1, 90, places=2), st.decimals(1, 90, places=2), st.decimals(1, 60, places=1), st.decimals(1, 60, places=1),
          st.sampled_from([Per.HOUR, Per.WEEK]))
def test_the_shown_differences_and_the_rounding_add_to_the_difference_of_the_prices(before, after, hours, later_hours, per):
    assert_it_adds_up(uplift(price(package(wage(before, LAST_YEAR), hours=hours, per=per)),
                             price(package(wage(after, THIS_YEAR), hours=later_hours, per=per))))


OF_ONE_DAY = {name: content for name, content in contents().items() if name.endswith(", 1") and "until" not in content
              and not (content.get("staff") or {}).get("sickness")}
"""One of each shape that can be priced on another day as it stands: before April 2026 sick pay needs the spells of a year."""


@pytest.mark.parametrize("name", OF_ONE_DAY)
def test_packages_of_every_shape_add_up_from_year_to_year(name):
    before, after = (price_of_content(as_cost_file({**OF_ONE_DAY[name], "on": on}), name) for on in (LAST_YEAR, THIS_YEAR))
    assert_it_adds_up(uplift(before, after))

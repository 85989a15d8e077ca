"""From a list of overheads to a first price: each hour of support bears its part, and the cost file prices the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from basics.errors import InputError, Refused
from basics.money import Money
from ringfence.actions.costing import price_of_content
from ringfence.actions.first_price import FILE_NAME, FINEST, Overhead, first_price, overheads_typed

TEAM, RENT = Overhead("Team leaders", Money(5_600_000)), Overhead("Rent", Money(2_400_000))


def test_an_hour_bears_its_part_of_each_line_and_the_file_prices_the_same() -> None:
    found = first_price([TEAM], [RENT], Decimal(20_000), Decimal(10))
    assert (found.an_hour(found.co_ordination), found.an_hour(found.company)) == (Decimal("2.8"), Decimal("1.2"))  # 56,000 and 24,000 by 20,000
    assert found.price.quoted.exact == price_of_content(found.file, FILE_NAME).quoted.exact
    dearer = first_price([TEAM], [RENT], Decimal(20_000), Decimal(10), Decimal("20.00"))
    assert dearer.price.quoted.exact > found.price.quoted.exact


@settings(max_examples=6)
@given(st.integers(1, 10**9), st.integers(1_000, 900_000))
def test_the_lines_of_an_hour_come_to_the_year_within_the_last_decimal_of_each(pence: int, hours: int) -> None:
    lines = [Overhead(f"Line {n}", Money(pence + n)) for n in range(3)]
    found = first_price(lines, [], Decimal(hours), Decimal(1))
    whole = Money.total(each.pounds for each in lines).pounds
    assert abs(found.an_hour(lines) * hours - whole) <= len(lines) * FINEST / 2 * hours


@pytest.mark.parametrize("text", ["Team leaders = 56,000", "Team leaders\t56000", " Team leaders = £56,000.00 ", "\nTeam leaders=56000\n\n",
                                  "Team leaders: 56,000", "Team leaders: £56,000", "Team leaders £56,000"])
def test_lines_are_read_as_people_type_or_paste_them(text: str) -> None:
    assert overheads_typed(text, "Here") == (TEAM,)


def test_every_line_that_cannot_be_read_is_named_with_its_number() -> None:
    with pytest.raises(Refused) as found:
        overheads_typed("Rent\nOffices = a lot\nGrant = -5\n= 10\nIT = 3", "Company costs")
    assert [each.place for each in found.value.problems] == [f"Company costs, line {n}" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("text", ["Office 365", "Grant -£5,000", "Grant: -£5,000", "£24,000", ": 24,000"])
def test_what_brings_money_in_has_no_name_or_may_be_a_name_alone_is_not_taken_for_an_overhead(text: str) -> None:
    with pytest.raises(Refused):
        overheads_typed(text, "Company costs")


@pytest.mark.parametrize(("text", "says"), [("Total\t£90,000", "counted beside the lines"), ("Grand total: 90,000", "counted beside the lines"),
                                            ("Sub-total = 90,000", "counted beside the lines"), ("Rent\t6,000\t24,000", "more than one column")])
def test_a_row_that_adds_up_the_others_and_a_second_column_of_figures_are_refused(text: str, says: str) -> None:
    """As a spreadsheet pastes them: read as they are, the price would bear the overheads twice, or those of some year or other."""
    with pytest.raises(Refused) as found:
        overheads_typed(f"IT\t48,000\n{text}", "Company costs")
    assert [(each.place, says in each.what) for each in found.value.problems] == [("Company costs, line 2", True)]
    assert overheads_typed("Totally new software = 90", "Company costs")[0].line == "Totally new software"


@pytest.mark.parametrize(("hours", "week"), [("0", "10"), ("1000", "0"), ("100", "10")])
def test_hours_that_cannot_be_are_refused(hours: str, week: str) -> None:
    with pytest.raises(InputError):
        first_price([TEAM], [RENT], Decimal(hours), Decimal(week))

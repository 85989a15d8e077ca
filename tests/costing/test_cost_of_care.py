"""The order of a cost-of-care return: each line in one row, nothing guessed, nothing lost."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from basics.money import Money
from costing.cost_of_care import BUSINESS_ROWS, CARE_WORKER_ROWS, Group, cost_of_care
from costing.price import money
from ringfence.actions.costing import price_of_file
from ringfence.cli.cost import cost
from tests.documents.price_shapes import contents, priced

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "outreach.cost.yaml"
APP = typer.Typer()
APP.command("cost")(cost)


def rows_of(price):
    return {row.row: [str(line.label) for line in row.lines] for row in cost_of_care(price)}


@pytest.mark.parametrize("name", contents())
def test_the_rows_and_the_rounding_add_to_the_price_and_hold_every_line_once(name):
    price = priced(name, contents()[name])
    rows = cost_of_care(price)
    assert Money.total(row.shown for row in rows) + price.rounding == money(price.quoted)
    assert sorted(id(line) for row in rows for line in row.lines) == sorted(id(line) for line in price.lines)


def test_every_row_of_the_return_is_there_in_its_order_also_where_it_is_nil():
    rows = [row.row for row in cost_of_care(price_of_file(EXAMPLE)) if row.group is not Group.BESIDE]
    assert rows == [*CARE_WORKER_ROWS, *BUSINESS_ROWS, "Return"]


def test_pay_travel_leave_and_on_costs_find_their_rows_by_how_they_are_made():
    rows = rows_of(priced("visits", contents()["a mix of visits, 1"]))
    assert rows["Direct care"] == [f"Visits of {length} minutes" for length in (15, 30, 45, 60)] + ["Visits by two"]
    assert len(rows["Travel time"]) == len(rows["Mileage"]) == 5
    assert rows["Training"] == ["Training"]
    assert rows["Sickness and parental pay"] == ["Sick pay"]
    assert (rows["Holiday"], rows["National Insurance"], rows["Pension"]) == (
        ["Holiday pay"], ["Employer National Insurance"], ["Employer pension"])


def test_the_lines_of_every_grade_stand_in_the_rows_of_pay():
    rows = rows_of(priced("grades", contents()["several grades, 1"]))
    assert len(rows["Direct care"]) == len(rows["Holiday"]) == len(rows["Pension"]) == 3


def test_an_agency_gives_direct_care():
    name = "unsocial hours and an agency, 1"
    assert "Agency cover" in rows_of(priced(name, contents()[name]))["Direct care"]


def test_a_year_in_which_rates_change_has_the_rows_of_any_other():
    name = "a year in which rates change, 1"
    rows = rows_of(priced(name, contents()[name]))
    assert rows["Direct care"] == ["Pay for support"]
    assert rows["Travel time"] == ["Travel time"]
    assert rows["Sickness and parental pay"] == ["Sick pay"]


def test_surplus_is_the_return_and_contingency_has_no_row():
    rows = cost_of_care(price_of_file(EXAMPLE))
    assert [row.row for row in rows if row.group is Group.RETURN and row.lines] == ["Return"]
    assert ("Contingency", Group.BESIDE) in [(row.row, row.group) for row in rows]


def test_a_name_that_points_to_two_rows_or_to_none_is_listed_under_its_own_name():
    beside = [row.row for row in cost_of_care(price_of_file(EXAMPLE)) if row.group is Group.BESIDE]
    assert beside == ["Activities with the person", "Service development", "Office and IT", "Insurance and regulator", "Contingency"]


@pytest.mark.parametrize(("name", "row"), [
    ("Gloves and masks", "PPE"), ("Mobile phones", "Telephony"), ("DBS checks", "Recruitment and DBS"), ("CQC fee", "CQC fees"),
    ("Audit", "Audit and compliance"), ("Car insurance", None), ("Profit share", None), ("Bitter lemon", None),
])
def test_a_line_of_company_costs_finds_its_row_by_whole_words(name, row):
    price = price_of_file(EXAMPLE)
    renamed = replace(price, lines=tuple(replace(line, label=name) if line.label == "Office and IT" else line for line in price.lines))
    assert (name in rows_of(renamed)[row]) if row else (rows_of(renamed)[name] == [name])


def test_the_command_tells_the_rows_in_text_and_for_another_program():
    text = CliRunner().invoke(APP, [str(EXAMPLE), "--order", "cost-of-care"], catch_exceptions=False).stdout
    assert "Care worker\n  Direct care " in text
    assert "Direct support" not in text
    data = json.loads(CliRunner().invoke(APP, [str(EXAMPLE), "--order", "cost-of-care", "--json"], catch_exceptions=False).stdout)
    rows = data["cost_of_care"]
    assert sum(Decimal(row["amount"]) for row in rows) + Decimal(data["rounding"]) == Decimal(data["price_per_hour"])
    assert rows[0] == {"group": "Care worker", "row": "Direct care", "amount": "13.26", "lines": ["Pay for support"]}


def test_the_command_writes_a_workbook_and_prints_the_price(tmp_path):
    path = tmp_path / "price.xlsx"
    result = CliRunner().invoke(APP, [str(EXAMPLE), "--xlsx", str(path)], catch_exceptions=False)
    assert "Price per hour" in result.stdout
    assert path.read_bytes().startswith(b"PK")

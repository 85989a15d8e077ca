"""`ringfence overheads`, and what `ringfence cost` says of staff, of a cap and of IAS."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ringfence
from basics.errors import RingfenceError
from ringfence.cli.main import app

EXAMPLES = Path(ringfence.__file__).parents[1] / "docs" / "examples"
OVERHEADS, COST = EXAMPLES / "overheads.yaml", EXAMPLES / "outreach.cost.yaml"
CAP = "cap: {percent: 15, basis: of_price, lines: [Team leader, Service development, Office and IT]}\n"


def printed(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_services_add_to_the_accounts_in_what_is_printed() -> None:
    data = json.loads(printed("overheads", OVERHEADS, "--json"))
    assert sum(Decimal(each["full_cost"]) for each in data["services"]) == Decimal(data["accounts_total"]) == 2_500_000
    for pool in data["pools"]:
        assert sum(map(Decimal, pool["parts"].values())) == Decimal(pool["whole"])


def test_the_page_says_pounds_a_year_an_hour_and_a_percentage() -> None:
    lines = printed("overheads", OVERHEADS).splitlines()
    assert lines[0] == "Overheads 2026/27: 1 April 2026 to 31 March 2027"
    assert "Full cost                        924,390.97      1,300,928.51         274,680.52  2,500,000.00" in lines
    assert "Overheads, £ an hour of support        5.68              5.02              11.41" in lines
    assert "Overheads, % of direct spend           28.4              25.1               59.7" in lines


def test_what_no_price_earns_is_told_by_service_and_never_set_against_anothers() -> None:
    """£4.20 over 36,000 hours is £151,200.00 of £204,390.97; £5.50 over 52,000 is £286,000.00 of £260,928.51."""
    arguments = ("overheads", OVERHEADS, "--charged", "Outreach=4.20", "--charged", "Supported living=£5.50")
    lines = printed(*arguments).splitlines()
    assert "  Outreach          204,390.97        4.20  151,200.00      53,190.97       0.00" in lines
    assert "  Supported living  260,928.51        5.50  286,000.00           0.00  25,071.49" in lines
    told = json.loads(printed(*arguments, "--json"))["recovered"]
    assert [(each["service"], each["not_recovered"], each["beyond"]) for each in told] == [
        ("Outreach", "53190.97", "0.00"), ("Supported living", "0.00", "25071.49")]
    assert "recovered" not in json.loads(printed("overheads", OVERHEADS, "--json"))


@pytest.mark.parametrize(("said", "answer"), [
    ("Outreach", "Write it like “Outreach=4.20”."), ("Outreach=much", "--charged: “much” is not an amount of money."),
    ("Nobody=1", "There is no service “Nobody”"), ("Outreach=-1", "less than nothing")])
def test_what_is_charged_for_overheads_is_read_or_refused(said: str, answer: str) -> None:
    result = CliRunner().invoke(app, ["overheads", str(OVERHEADS), "--charged", said])
    assert result.exit_code == 1 or isinstance(result.exception, RingfenceError)
    assert answer in f"{result.output} {result.exception}"


def test_what_is_not_known_is_said(tmp_path: Path) -> None:
    path = tmp_path / "no-hours.yaml"
    path.write_text("name: A\nyear: {first: 2026-04-01, last: 2027-03-31}\naccounts_total: 5\nservices: [{service: One, headcount: 1}]\n"
                    "pools: [{pool: P, section: company_costs, driver: headcount}]\ncosts: [{line: Rent, amount: 5, pool: P}]\n", encoding="utf-8")
    assert printed("overheads", path).count("not known") == 2
    service = json.loads(printed("overheads", path, "--json"))["services"][0]
    assert (service["overheads_per_hour"], service["overheads_percent_of_direct"]) == (None, None)


@pytest.mark.parametrize("arguments", [("overheads", OVERHEADS), ("cost", COST, "--staff")])
def test_every_step_is_explained(arguments: tuple[object, ...]) -> None:
    text = printed(*arguments, "--explain")
    assert "How it is made" in text
    assert "1. " in text


def test_an_hour_of_staff_is_told_for_each_contract() -> None:
    staff = json.loads(printed("cost", COST, "--staff", "--json"))["staff"]
    assert [each["hours_per_week"] for each in staff] == ["16", "37.5"]
    for each in staff:
        assert Decimal(each["cost_of_a_productive_hour"]) > Decimal(each["cost_of_a_paid_hour"]) > Decimal("13.26")
        assert set(each["hours_of_a_year"]) == {"paid", "leave", "sick", "other_paid_time", "travel", "support"}


def test_the_parts_of_a_price_stand_beside_ias() -> None:
    assert "Direct support                              81.3%       77%    +4.3" in printed("cost", COST, "--ias").splitlines()
    beside = json.loads(printed("cost", COST, "--ias", "--json"))["beside_ias"]
    assert sum(Decimal(each["percent"]) for each in beside) == sum(Decimal(each["ias_percent"]) for each in beside) == 100


def test_a_cap_that_is_exceeded_says_by_how_much(tmp_path: Path) -> None:
    path = tmp_path / "capped.cost.yaml"
    path.write_text(COST.read_text(encoding="utf-8") + CAP, encoding="utf-8")
    text, cap = printed("cost", path), json.loads(printed("cost", path, "--json"))["cap"]
    assert cap["exceeded"]
    assert Decimal(cap["price_per_hour"]) + Decimal(cap["short_per_hour"]) == Decimal("29.48")
    assert f"Of what it covers, £{cap['short_per_hour']} an hour, £{cap['short_per_week']} a week, would then go unpaid." in text
    path.write_text(COST.read_text(encoding="utf-8") + CAP.replace("15", "30"), encoding="utf-8")
    assert "  Kept: they come to " in printed("cost", path)

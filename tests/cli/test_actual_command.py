"""`ringfence actual`, as somebody types it."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest

from tests.cli.desk import EXAMPLES, Desk

FILES = ("actual.yaml", "payroll.csv", "rota.csv", "outreach.cost.yaml", "shared-house.cost.yaml")


@pytest.fixture
def with_files(desk: Desk) -> Desk:
    for name in FILES:
        shutil.copy(EXAMPLES / name, desk.folder / name)
    return desk


def words_of(text: str) -> list[str]:
    """Each line with one space between its words."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_the_services_stand_beside_their_prices_with_the_reasons(with_files: Desk) -> None:
    lines = words_of(with_files.run("actual", "actual.yaml").out)
    assert lines[0] == "The second week of October 2026: 5 to 11 October 2026"
    assert "Outreach 45 h 15 m 21.40 23.37 968.20 1057.37 89.17" in lines
    assert "Outreach 84.03 0.00 -2.70 0.00 7.84 89.17" in lines
    assert "W08 worked 7 h 30 m 111.00 no service" in lines
    assert "The people, and this list, add to £4,155.37, the whole payroll. £725.10 of it is in no service." in lines


def test_what_is_printed_for_a_program_adds_up(with_files: Desk) -> None:
    data = with_files.run("actual", "actual.yaml", "--json").data
    for service in data["services"]:
        assert sum(map(Decimal, service["variances"].values())) == Decimal(service["difference"])
        assert Decimal(service["actual"]) - Decimal(service["priced"]) == Decimal(service["difference"])
    people = sum(Decimal(person["actual"]) for service in data["services"] for person in service["people"])
    assert people + sum(Decimal(each["cost"]) for each in data["unexplained"]) == Decimal(data["payroll"])
    assert sum(Decimal(each["actual"]) for each in data["services"]) + Decimal(data["in_no_service"]) == Decimal(data["payroll"])


def test_each_step_is_explained(with_files: Desk) -> None:
    assert "With the paid time that an hour in fact took 1052.23 84.03" in words_of(with_files.run("actual", "actual.yaml", "--explain").out)
    steps = with_files.run("actual", "actual.yaml", "--explain", "--json").data["services"][0]["explanation"]["steps"]
    assert [steps[0]["cost"], steps[-1]["cost"]] == ["968.20", "1057.37"]


def test_the_example_files_are_where_the_example_names_them(desk: Desk) -> None:
    for kind, name in zip(("actual", "payroll", "rota", "cost", "shared-house"), FILES, strict=True):
        desk.write(name, desk.run("template", kind).out)
    assert desk.run("actual", "actual.yaml").err == ""


def test_everything_that_is_wrong_is_told_at_once_and_on_the_error_stream(with_files: Desk) -> None:
    with_files.change("payroll.csv", ("378.00", "a lot"), ("W08,Support worker,own,worked", "W08,Support worker,own,asleep"))
    told = with_files.run("actual", "actual.yaml", code=1)
    assert told.out == ""
    assert told.err.splitlines()[0] == "actual.yaml was not taken:"
    assert "payroll.csv, row 2, cost: “a lot” is not an amount of money." in told.err
    assert "payroll.csv, row 19, time: “asleep” is not a kind of paid time." in told.err


def test_a_name_in_a_file_is_never_printed(with_files: Desk) -> None:
    rows = (EXAMPLES / "payroll.csv").read_text(encoding="utf-8").splitlines()
    with_files.write("payroll.csv", "\n".join([f"{rows[0]},name", *(f"{row},Amina Yusuf" for row in rows[1:])]))
    assert "Amina" not in with_files.run("actual", "actual.yaml", "--json", "--explain").out


def test_what_is_no_file_of_services_is_refused_in_words(with_files: Desk) -> None:
    assert "There is no such file." in with_files.run("actual", "nothing.yaml", code=1).err
    assert "“support” is not a key that belongs here." in with_files.run("actual", "outreach.cost.yaml", code=1).err


def test_a_notice_stands_beside_the_answer(with_files: Desk) -> None:
    text = (EXAMPLES / "payroll.csv").read_text(encoding="utf-8").replace("Support worker", "Aîde")
    services = (EXAMPLES / "actual.yaml").read_text(encoding="utf-8").replace("Support worker", "Aîde")
    with_files.write("payroll.csv", text.encode("cp1252"))
    with_files.write("actual.yaml", services)
    told = with_files.run("actual", "actual.yaml")
    assert "Outreach" in told.out
    assert "payroll.csv is not in UTF-8, so it was read as Windows-1252" in told.err

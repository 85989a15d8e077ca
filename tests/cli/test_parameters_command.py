"""`ringfence parameters`: what counts on a day, until when, and how it came to be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.cli.desk import Desk

OWN = """name: National Living Wage
about: The year after.
unit: pounds an hour
set_by: the Government
values:
  - {from: 2027-04-01, value: 13.30, reference: a letter}
known_until: 2028-03-31
"""


def test_the_list_says_what_counts_on_the_day(desk: Desk) -> None:
    line = next(line for line in desk.run("parameters", "--on", "2026-11-05").out.splitlines() if "national_living_wage" in line)
    assert line.split() == ["national_living_wage", "£12.71", "an", "hour", "known", "until", "31/03/2027;", "ends", "soon"]


@pytest.mark.parametrize(("on", "value"), [("2022-11-05", "15.05"), ("2022-11-06", "13.8"), ("2025-04-05", "13.8"), ("2025-04-06", "15.0")])
def test_another_program_reads_the_value_of_a_day(desk: Desk, on: str, value: str) -> None:
    (figure,) = desk.run("parameters", "employer_ni_rate", "--on", on, "--json").data
    assert figure["value"] == value
    assert sum(Decimal(each["value"]) for each in figure["values"]) == Decimal("43.85")


def test_one_figure_has_its_history_and_says_what_is_from_memory(desk: Desk) -> None:
    told = desk.run("parameters", "employer_ni_rate", "--on", "2022-11-06").out
    assert "06/04/2022 to 05/11/2022" in told
    assert "13.8%   <- counts on that day" in told
    assert "written from memory" not in told
    assert "from memory: check it before you rely on it" in told


def test_figures_of_ones_own_are_beside_the_books(desk: Desk) -> None:
    (desk.folder / "rates").mkdir()
    (desk.folder / "rates" / "national_living_wage.yaml").write_text(OWN, encoding="utf-8")
    assert "£13.30 an hour" in desk.run("parameters", "national_living_wage", "--on", "2027-04-01").out
    elsewhere = desk.with_variables(RINGFENCE_PARAMETERS=str(desk.folder / "none"))
    assert "RINGFENCE_PARAMETERS" in elsewhere.run("parameters", code=1).err


def test_a_figure_or_a_day_that_is_not_there_is_told(desk: Desk) -> None:
    assert "Choose one of" in desk.run("parameters", "wages", code=1).err
    assert "like 2026-10-01" in desk.run("parameters", "--on", "tomorrow", code=1).err

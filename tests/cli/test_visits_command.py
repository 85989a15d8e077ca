"""`ringfence visits` as it is typed: the visits of a month, and those of which nobody said why they differ from the plan."""

from __future__ import annotations

from tests.cli.desk import Desk


def test_the_visits_of_a_month_are_listed_with_totals_of_all(with_october: Desk) -> None:
    told = with_october.run("visits", "2026-10", "--most", "2", "--as", "asha").out
    every = with_october.run("visits", "2026-10", "--as", "asha", "--json").data
    assert told.startswith(f"{every['rows']} rows of visits: ")
    assert f"… and {every['rows'] - 2} more (--most)" in told
    assert len(every["visits"]) == every["rows"]
    assert sum(each["actual_minutes"] for each in every["visits"]) == every["actual_minutes"]


def test_those_that_differ_without_a_reason_are_some_of_those_that_differ(with_october: Desk) -> None:
    every, differ, without = (with_october.run("visits", "2026-10", *how, "--as", "asha", "--json").data["visits"]
                              for how in ((), ("--differs",), ("--without-reason",)))
    assert differ == [each for each in every if each["planned_minutes"] != each["actual_minutes"]]
    assert without == [each for each in differ if not each["reason"]]
    assert len(every) > len(differ) > len(without) > 0


def test_a_month_that_cannot_be_read_is_said(with_october: Desk) -> None:
    assert "“2026-13” is not a month" in with_october.run("visits", "2026-13", "--as", "asha", code=1).err

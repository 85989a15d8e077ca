"""`ringfence visits` as it is typed: the visits of a month, and those of which nobody said why they differ from the plan."""

from __future__ import annotations

from tests.cli.desk import Desk

NOVEMBER = """visit,carer,person,support,date,start,end,planned_minutes,planned_carers,outcome,reason
V-2001,C07,P004,outreach,2026-11-05,14:00,15:00,60,1,given,
V-2002,C07,P004,outreach,2026-11-12,14:00,14:40,60,1,given,
V-2003,C07,P004,outreach,2026-11-19,14:00,14:30,60,1,given,She had a visitor
"""


def test_the_visits_of_a_month_are_listed_with_totals_of_all(with_october: Desk) -> None:
    told = with_october.run("visits", "2026-10", "--most", "2", "--as", "asha").out
    every = with_october.run("visits", "2026-10", "--as", "asha", "--json").data
    assert told.startswith(f"{every['rows']} rows of visits: ")
    assert f"… and {every['rows'] - 2} more (--most)" in told
    assert len(every["visits"]) == every["rows"]
    assert sum(each["actual_minutes"] for each in every["visits"]) == every["actual_minutes"]


def test_those_that_differ_are_told_with_a_reason_or_without(with_october: Desk) -> None:
    (with_october.folder / "november.csv").write_text(NOVEMBER, encoding="utf-8")
    with_october.run("import", "visits", "november.csv", "--as", "asha")
    found = {how: with_october.run("visits", "2026-11", *how, "--as", "asha", "--json").data for how in ((), ("--differs",), ("--without-reason",))}
    assert {how: [each["visit"] for each in data["visits"]] for how, data in found.items()} == {
        (): ["V-2001", "V-2002", "V-2003"], ("--differs",): ["V-2002", "V-2003"], ("--without-reason",): ["V-2002"]}
    assert "40 m, not charged; no reason given" in with_october.run("visits", "2026-11", "--as", "asha").out


def test_a_month_that_cannot_be_read_is_said(with_october: Desk) -> None:
    assert "“2026-13” is not a month" in with_october.run("visits", "2026-13", "--as", "asha", code=1).err

"""`ringfence watch` and `ringfence presets` as they are typed."""

from __future__ import annotations

from ringfence.importing.fund_presets import presets
from tests.cli.desk import Desk


def test_the_watch_list_says_who_what_and_what_to_do(with_october: Desk) -> None:
    told = with_october.run("watch", "--on", "2027-03-01", "--as", "asha")
    assert told.out.startswith("To look at on 1 March 2027: ")
    assert "\nEnds\n" in told.out
    assert "Support is charged through October 2026" in " ".join(told.out.split())
    found = with_october.run("watch", "--on", "2027-03-01", "--as", "asha", "--json").data
    assert found["on"] == "2027-03-01"
    assert {each["about"] for each in found["lines"]} >= {"Ends", "Nothing received"}
    assert all(each["who"] and each["what"] and each["to_do"] for each in found["lines"])
    assert sum(each["late"] for each in found["lines"]) == found["late"]


def test_terms_that_were_agreed_are_watched(with_october: Desk) -> None:
    reviews = [each for each in with_october.run("watch", "--on", "2026-08-01", "--as", "asha", "--json").data["lines"] if each["about"] == "Review"]
    assert [(each["fund"], each["by"], each["late"]) for each in reviews] == [("isf-P001", "2026-07-27", True)]


def test_a_day_that_cannot_be_read_is_said(with_agreements: Desk) -> None:
    assert "“soon” is not a day" in with_agreements.run("watch", "--on", "soon", "--as", "asha", code=1).err


def test_presets_are_listed_and_opened_with_their_source_and_what_is_not_known(desk: Desk) -> None:
    listed = desk.run("presets").out
    assert all(each.key in listed and each.sources[0] in listed for each in presets())
    one = desk.run("presets", "dorset-model-agreement").out
    assert "surplus_weeks: 4" in one
    assert "  surplus_base: It says the weekly fund" in one.split("Unclear")[1].split("It also says")[0]
    assert "  notice_weeks: how many weeks’ notice is given" in one.split("Not known")[1]
    data, = desk.run("presets", "bradford", "--json").data
    assert (data["terms"]["paid_on"], "surplus_weeks" in data["not_known"]) == ("weekly actuals", True)
    assert "Did you mean “haringey”" in desk.run("presets", "haringay", code=1).err

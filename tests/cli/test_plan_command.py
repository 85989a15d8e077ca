"""`ringfence plan` and `ringfence steps` as they are typed."""

from __future__ import annotations

from tests.cli.desk import EXAMPLES, Desk


def test_a_plan_is_told_with_its_step_budget_outcomes_answers_and_forecast(with_october: Desk) -> None:
    with_october.run("record", EXAMPLES / "record.yaml", "--as", "asha")
    told = " ".join(with_october.run("plan", "P001", "--as-at", "2026-10-31", "--as", "asha").out.split())
    assert told.startswith("Amina Yusuf, P001, on 31 October 2026 Where this plan stands: At review since 20 July 2026, 103 days.")
    assert "The indicative budget is £42,108.00 a year. 290 points at £145.20 a point are £42,108.00 a year, by southgate-ras" in told
    assert "The final budget is £41,600.00 a year from Southgate Council, given on 4 May 2026: £508.00 less than the indicative budget." in told
    assert "I swim every week with somebody I know. Partly met on 20 July 2026: Six swims of eight; the pool was shut twice." in told
    assert "Shared with the person on 6 May 2026." in told
    assert "isf-P001 at the end of October 2026:" in told
    assert "The forecast is what was given, and the plan of the days to come at the pace of the year so far." in told
    data = with_october.run("plan", "P001", "--as-at", "2026-10-31", "--as", "asha", "--json").data
    assert (data["steps"]["step"], data["steps"]["days"], data["needs"]["points"]) == ("review", 103, "290")
    assert (data["final_budget"]["more_than_indicative"], data["outcomes"][0]["found"]) == ("-508.00", "partly met")
    fund, = data["funds"]
    assert (fund["fund"], fund["month"], fund["set_aside"]) == ("isf-P001", "2026-10", [
        {"set_aside": "SA-0001", "until": "2027-03-31", "is_past": False, "pounds": "240.00", "minutes": 600}])
    assert all(line["forecast"] >= line["delivered"] for line in fund["position"]["lines"])


def test_other_thresholds_look_at_the_same_plan(with_october: Desk) -> None:
    usual, wide = (with_october.run("plan", "P002", "--as-at", "2026-10-31", "--as", "asha", "--json", *more).data["funds"][0]["position"]["lines"]
                   for more in ((), ("--under", "100")))
    assert "under" in {line["status"] for line in usual}
    assert "under" not in {line["status"] for line in wide}
    assert "under is 100 at most" in with_october.run("plan", "P002", "--under", "101", "--as", "asha", code=1).err


def test_everybody_is_listed_with_the_step_where_they_stand(with_october: Desk) -> None:
    told = with_october.run("steps", "--as-at", "2026-10-31", "--as", "asha").out
    assert told.startswith("Where everybody’s plan stands on 31 October 2026: 4 people.")
    data = with_october.run("steps", "--as-at", "2026-10-31", "--as", "asha", "--json").data
    known = [each["days"] for each in data if each["days"] is not None]
    assert known == sorted(known, reverse=True)
    assert [each["days"] for each in data[:len(known)]] == known, "of whom nobody knows since when come last"
    assert {each["person"]: each["step"] for each in data} == {"P001": "support", "P002": "support", "P003": "support", "P004": "support"}
    assert "“soon” is not a day" in with_october.run("steps", "--as-at", "soon", "--as", "asha", code=1).err
    assert "P099 is not a person here" in with_october.run("plan", "P099", "--as", "asha", code=1).err

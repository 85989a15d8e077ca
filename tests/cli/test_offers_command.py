"""`ringfence offer` and `ringfence subsidies` as they are typed."""

from __future__ import annotations

from pathlib import Path

from tests.cli.desk import EXAMPLES, Desk

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = EXAMPLES / "outreach.cost.yaml"
PROPOSED = ("offer", EXAMPLE, "24.10", "--propose", "--funder", "Northshore Council", "--why", "A new service", "--paid-from", "Reserves",
            "--until", "2099-03-31", "--as", "asha")


def test_the_documentation_prints_what_the_command_prints(with_agreements: Desk) -> None:
    said = with_agreements.run("offer", EXAMPLE, "24.10").out
    assert said.strip() in (DOCS / "offers.md").read_text(encoding="utf-8")


def test_a_price_below_full_cost_is_asked_for_approved_by_another_and_stands_in_the_register(with_agreements: Desk) -> None:
    desk = with_agreements
    said = desk.run(*PROPOSED).out
    digest = said.split("ringfence approve ")[1].split()[0]
    assert desk.run("subsidies", "--as", "asha", "--json").data["per_week"] == "0.00"
    desk.run("approve", digest, "--as", "asha", code=1)
    desk.run("approve", digest, "--as", "ben")
    found = desk.run("subsidies", "--on", "2026-11-01", "--as", "asha", "--json").data
    assert (found["per_week"], found["per_year"]) == ("78.21", "4066.92")
    assert (found["subsidies"][0]["prepared_by"], found["subsidies"][0]["approved_by"]) == ("asha", "ben")
    told = desk.run("subsidies", "--on", "2099-03-01", "--as", "asha").out
    assert "Sold below full cost on 1 March 2099: £78.21 a week, £4,066.92 a year" in told
    assert "Ends on 31 March 2099" in told


def test_what_is_left_out_or_unreadable_is_said(with_agreements: Desk) -> None:
    desk = with_agreements
    assert "--until: Nobody said which day" in desk.run(*PROPOSED[:10], "--as", "asha", code=1).err
    assert "is not a day" in desk.run("subsidies", "--on", "soon", "--as", "asha", code=1).err
    assert "24,1O" in desk.run("offer", EXAMPLE, "24,1O", code=1).err
    assert "Nobody said why" in desk.run(*PROPOSED[:6], "--until", "2099-03-31", "--as", "asha", code=1).err

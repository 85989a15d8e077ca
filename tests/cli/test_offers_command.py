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


def test_an_offer_tells_the_days_of_the_price_and_its_notes(desk: Desk) -> None:
    file = desk.change("outreach.cost.yaml", ("on: 2026-10-01", "on: 2025-10-01\nuntil: 2026-09-30"))
    said = desk.run("offer", file, "24.10").out
    assert "an offer of £24.10 an hour from 1 October 2025 to 30 September 2026, 20 hours a week" in said
    assert "The sector’s minimum price         33.28" in said
    assert "Note: One price for all days from 1 October 2025" in said
    assert desk.run("offer", file, "24.10", "--json").data["until"] == "2026-09-30"


def test_an_offer_from_a_day_on_which_the_cost_is_another_is_refused(with_agreements: Desk) -> None:
    desk = with_agreements
    file = desk.change("outreach.cost.yaml", ("on: 2026-10-01", "on: 2025-10-01"))
    said = desk.run("offer", file, *PROPOSED[2:], "--from", "2026-10-01", code=1).err
    assert "The price is £28.52 an hour on 1 October 2025, and £29.48 an hour from 1 October 2026." in said
    assert desk.run("subsidies", "--as", "asha", "--json").data["subsidies"] == []


def test_a_decision_is_to_be_checked_after_its_rates_and_says_when_it_was_replaced(with_agreements: Desk) -> None:
    desk = with_agreements
    for more in ((), ("--why", "Another")):
        digest = desk.run(*PROPOSED, *more).out.split("ringfence approve ")[1].split()[0]
        desk.run("approve", digest, "--as", "ben")
    told = desk.run("subsidies", "--on", "2027-06-01", "--as", "asha").out
    assert "1 decision was worked out at rates that have changed since, or are not known now: check that offer again." in told
    assert "Outreach, 20 hours a week, Northshore Council: Check again" in told
    assert "from 01/10/2026 until 31/03/2099, replaced from 01/10/2026" in told
    found = desk.run("subsidies", "--on", "2027-06-01", "--as", "asha", "--json").data
    assert (found["to_check"], found["per_week"]) == (1, "78.21")
    assert [(each["last"], each["replaced_from"], each["standing"], each["worked_out_on"]) for each in found["subsidies"]] == [
        ("2099-03-31", "2026-10-01", "Closed", "2026-10-01"), ("2099-03-31", None, "Check again", "2026-10-01")]


def test_what_is_left_out_or_unreadable_is_said(with_agreements: Desk) -> None:
    desk = with_agreements
    unsaid = desk.run("offer", EXAMPLE, "24.10", "--propose", "--as", "asha", code=1).err
    assert "Nobody said the funder, why, what pays for it, until when." in unsaid
    assert "is not a day" in desk.run("subsidies", "--on", "soon", "--as", "asha", code=1).err
    assert "24,1O" in desk.run("offer", EXAMPLE, "24,1O", code=1).err
    assert "Nobody said why" in desk.run(*PROPOSED[:6], "--until", "2099-03-31", "--as", "asha", code=1).err

"""`ringfence uplift`, `quote`, `quotes` and `review` as they are typed."""

from __future__ import annotations

from pathlib import Path

from tests.cli.desk import EXAMPLES, Desk

EXAMPLE = EXAMPLES / "outreach.cost.yaml"
MAKE = ("quote", "make", EXAMPLE, "--funder", "Southgate Council", "--until", "2099-01-31", "--as", "asha")
PAGE = (Path(__file__).parents[2] / "docs" / "quotes.md").read_text(encoding="utf-8")
LAST_YEAR = ("on: 2026-10-01", "on: 2025-10-01")


def test_the_documentation_prints_what_uplift_prints(desk: Desk) -> None:
    said = desk.run("uplift", desk.change("outreach.cost.yaml", LAST_YEAR), "--to", "2026-10-01").out
    assert said.strip() in PAGE


def test_the_documentation_shows_the_example_of_a_review(desk: Desk) -> None:
    page = Path(__file__).parents[2] / "docs" / "formats" / "review.md"
    assert desk.run("template", "review").out.strip() in page.read_text(encoding="utf-8")


def test_uplift_holds_a_file_beside_the_file_of_next_year(desk: Desk) -> None:
    last_year, this_year = desk.change("outreach.cost.yaml", LAST_YEAR), EXAMPLE
    by_file = desk.run("uplift", last_year, "--to", this_year, "--json").data
    assert by_file == desk.run("uplift", last_year, "--to", "2026-10-01", "--json").data
    assert by_file["more"] == {"hour": "0.96", "week": "19.20", "year": "998.40"}
    assert {line["line"] for line in by_file["lines"] if not line["because"]} == {
        "Mileage", "Activities with the person", "Team leader", "Insurance and regulator"}


def test_uplift_says_for_which_days_each_price_is_and_tells_the_notes_of_both(desk: Desk) -> None:
    over_time = desk.change("outreach.cost.yaml", ("on: 2026-10-01", "on: 2025-10-01\nuntil: 2026-09-30"))
    said = desk.run("uplift", over_time, "--to", "2026-10-01").out
    assert "the price from 1 October 2025 to 30 September 2026 and on 1 October 2026" in said
    assert "01/10/2025 to 30/09/2026  01/10/2026" in said
    assert "Note on the price before: One price for all days from 1 October 2025" in said
    found = desk.run("uplift", over_time, "--to", "2026-10-01", "--json").data
    assert (found["before_until"], found["after_until"], found["notes"]) == ("2026-09-30", None, [])
    assert found["notes_before"][0].startswith("One price for all days")
    assert all(line["why"] for line in found["lines"] if line["more"]["year"] != "0.00")


def test_uplift_to_an_earlier_day_is_refused(desk: Desk) -> None:
    said = desk.run("uplift", EXAMPLE, "--to", "2025-10-01", code=1).err
    assert "1 October 2025 is before 1 October 2026" in said
    assert "turn the two around" in said


def test_uplift_to_a_day_that_nobody_knows_the_figures_of_names_each_of_them(desk: Desk) -> None:
    said = desk.run("uplift", EXAMPLE, "--to", "2031-04-01", code=1).err
    assert "National Living Wage is known from" in said
    assert "Employer NI rate is known from" in said
    assert "There is no such file" in desk.run("uplift", EXAMPLE, "--to", "soon", code=1).err


def test_a_quote_is_made_answered_listed_and_becomes_the_plan(with_agreements: Desk) -> None:
    desk = with_agreements
    made = desk.run(*MAKE, "--for", "P003", "--from", "2026-11-01", "--out", "letters", "--json").data
    assert (made["reference"], made["standing"], made["asked_per"]) == ("Q-0001", "Offered", {"hour": "29.48", "week": "589.60", "year": "30659.20"})
    assert (desk.folder / "letters" / "quote-Q-0001.pdf").read_bytes().startswith(b"%PDF")
    desk.run("quote", "offered", "Q-0001", "--at", "28.60", "--why", "Our budget", "--as", "asha")
    assert "Say which of the two" in desk.run("quote", "accepted", "Q-0001", "--as", "asha", code=1).err
    said = desk.run("quote", "accepted", "Q-0001", "--at", "28.60", "--as", "asha").out
    assert "£28.60 for each hour, from 1 November 2026" in said
    before = desk.books
    assert desk.run("quote", "accepted", "Q-0001", "--as", "ben").out == said
    assert desk.books == before
    listed = desk.run("quotes", "--as", "asha", "--json").data["quotes"][0]
    assert (listed["standing"], listed["offered"]["why"], listed["answer"]["pounds"]) == ("Accepted", "Our budget", "28.60")
    plan = desk.write("plan.yaml", desk.run("quote", "plan", "Q-0001", "--fund", "spot-P003", "--support", "outreach", "--as", "asha").out)
    desk.apply(plan)
    assert "Outreach, 20 hours a week" in desk.run("position", "P003", "2026-11", "--as", "asha").out
    assert desk.run("verify").out.startswith("Everything adds up")


def test_what_cannot_be_asked_or_answered_is_refused_and_stores_nothing(with_agreements: Desk, refused) -> None:
    desk = with_agreements
    refused(desk, *MAKE, "--at", "24.10", says=("a week below the full cost", "ringfence offer FILE POUNDS --propose"))
    refused(desk, *MAKE[:-4], "--until", "2020-01-01", "--as", "asha", says="is over")
    refused(desk, *MAKE[:-4], "--until", "soon", "--as", "asha", says=("--until", "is not a day"))
    refused(desk, *MAKE[:-1], "nobody", says="nobody is not a user")
    refused(desk, "quote", "accepted", "Q-0001", "--as", "asha", says="None has been made yet")
    refused(desk, *MAKE, "--from", "2025-10-01", says=("£29.48 an hour on 1 October 2026", "Give the cost file that day (on: 2025-10-01)"))
    refused(desk, *MAKE, "--from", "2027-06-01", says=("no price on 1 June 2027", "“on”", "is needed on 1 June 2027"))
    desk.run(*MAKE)
    refused(desk, "quote", "refused", "Q-0001", "--on", "2020-01-01", "--as", "asha", says="was made on")
    refused(desk, "quote", "plan", "Q-0001", "--fund", "spot-P003", "--support", "x", "--as", "asha", says="has not been accepted")


def test_what_is_agreed_below_full_cost_is_said_with_what_to_do(with_agreements: Desk) -> None:
    desk = with_agreements
    desk.run(*MAKE)
    told = desk.run("quote", "accepted", "Q-0001", "--at", "24.10", "--as", "asha").out
    assert "Q-0001 was agreed £78.21 a week below full cost, and no decision covers it: ringfence offer FILE 24.10 --propose" in told
    assert "no decision covers it" in desk.run("quotes", "--as", "asha").out
    assert "no decision that stands" in desk.run("quote", "plan", "Q-0001", "--fund", "spot-P003", "--support", "x", "--as", "asha", code=1).err


def test_whoever_asks_is_told_the_days_the_part_and_the_notes(with_agreements: Desk) -> None:
    desk = with_agreements
    file = desk.change("shared-house.cost.yaml", ("on: 2026-10-01", "on: 2026-10-01\nuntil: 2027-03-31"),
                       ("surplus: {percent: 3, basis: of_price}", ""))
    command = ("quote", "make", file, "--funder", "Health board", "--until", "2099-01-31", "--as", "asha")
    made = desk.run(*command).out
    assert "That is the part of Health board of the whole price" in made
    assert "It is one price for all days from 1 October 2026 to 31 March 2027." in made
    assert "Note: This price holds no surplus." in made
    found = desk.run(*command, "--json").data
    assert (found["whole"]["per"], found["priced_until"], "This price holds no surplus." in found["notes"]) == ("week", "2027-03-31", True)


def test_the_example_of_a_review_is_asked_once_and_its_letters_are_written(with_agreements: Desk) -> None:
    desk = with_agreements
    for name in ("outreach.cost.yaml", "shared-house.cost.yaml"):
        desk.change(name)
    file = desk.change("next_year.review.yaml", ("until: 2027-02-28", "until: 2099-02-28"))
    before = desk.books
    drafted = desk.run("review", file, "--as", "asha", "--out", "out").out
    assert "Nothing is asked yet" in drafted
    assert desk.books == before
    recorded = desk.run("review", file, "--as", "asha", "--out", "out", "--record", "--json").data
    assert [(each["reference"], each["now"], each["asked"]) for each in recorded] == [
        ("Q-0001", "28.52", "29.48"), ("Q-0002", "900.47", "900.47"), ("Q-0003", "28.00", "29.48")]
    assert recorded == desk.run("review", file, "--as", "asha", "--record", "--json").data
    assert {name for name in desk.documents if not name.startswith("draft")} == {"review-Q-0001-Q-0002.pdf", "review-Q-0003.pdf"}
    listed = desk.run("quotes", "--review", "Prices for 2027", "--as", "asha", "--json").data
    assert listed["more_per_year"] == "4534.40"
    assert "4534.40" not in desk.run("quotes", "--review", "Another", "--as", "asha").out

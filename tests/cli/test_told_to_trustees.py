"""What the command keeps for the trustees' page: fees, totals by service, words for the meeting."""

from __future__ import annotations

import shutil

import pytest

from tests.cli.desk import EXAMPLES, Desk

RECORD = ("fees", "record", "southgate", "Outreach", "--as", "asha")
ASKED = ("--before", "22.00", "--asked", "9.5%", "--asked-on", "2026-01-15", "--people", "24", "--a-year", "5200")
LATER = ("--offered", "23.00", "--agreed", "23.25", "--from", "2026-04-01")


@pytest.fixture
def with_files(with_agreements: Desk) -> Desk:
    for name in ("actual.yaml", "payroll.csv", "rota.csv", "outreach.cost.yaml", "shared-house.cost.yaml"):
        shutil.copy(EXAMPLES / name, with_agreements.folder / name)
    return with_agreements


def test_a_fee_is_recorded_step_by_step_and_listed_as_the_page_of_offers_says(with_agreements: Desk) -> None:
    with_agreements.run(*RECORD, *ASKED)
    with_agreements.run(*RECORD, *LATER)
    told = with_agreements.run("fees", "list", "--as", "asha").out
    page = (EXAMPLES.parent / "offers.md").read_text(encoding="utf-8").split("then prints\n\n```\n")[1].split("```")[0]
    assert told == page
    fee, = with_agreements.run("fees", "list", "--as", "asha", "--json").data
    assert (fee["asked"], fee["percent_asked"], fee["agreed"], fee["agreed_from"], fee["short_a_year"]) == (
        "24.09", "9.5", "23.25", "2026-04-01", "4368.00")
    assert with_agreements.run("fees", "list", "--on", "2026-01-14", "--as", "asha", "--json").data == []


def test_what_is_left_out_stays_what_is_empty_goes_and_another_day_is_another_fee(with_agreements: Desk) -> None:
    with_agreements.run(*RECORD, *ASKED, *LATER)
    fee = with_agreements.run(*RECORD, "--agreed", "", "--from", "", "--json").data
    assert (fee["offered"], fee["agreed"], fee["agreed_from"]) == ("23.00", None, None)
    told = with_agreements.run(*RECORD, "--asked-on", "2026-02-01", "--asked", "25", code=1).err
    assert "Say how many people are supported for it" in told
    with_agreements.run(*RECORD, "--asked-on", "2026-02-01", "--asked", "25", "--people", "24")
    assert [each["asked"] for each in with_agreements.run("fees", "list", "--as", "asha", "--json").data] == ["25.00"]
    assert "Taken away" in with_agreements.run("fees", "take-away", "southgate", "Outreach", "--asked-on", "2026-02-01", "--as", "asha").out
    assert [each["asked"] for each in with_agreements.run("fees", "list", "--as", "asha", "--json").data] == ["24.09"]
    assert "out of their own pocket" in with_agreements.run("fees", "record", "peggy", "Outreach", *ASKED, "--as", "asha", code=1).err


def test_totals_by_service_are_kept_for_the_trustees_and_taken_away(with_files: Desk) -> None:
    before = with_files.books
    with_files.run("actual", "actual.yaml")
    assert with_files.books == before, "without --keep nothing is stored"
    told = with_files.run("actual", "actual.yaml", "--keep", "--as", "asha")
    assert "5 to 11 October 2026 are kept for the trustees." in told.err
    page = with_files.run("trustees", "--month", "2026-10", "--as", "asha")
    assert "Outreach -£8.50 £1,333.97 £1,342.47 45 h 15 m" in " ".join(page.out.split())
    kept = with_files.run("trustees", "--month", "2026-10", "--as", "asha", "--json").data["surplus_by_service"]
    assert (kept["first"], kept["last"], kept["kept_by"]) == ("2026-10-05", "2026-10-11", "asha")
    assert [(each["service"], each["surplus"]) for each in kept["services"]] == [("Outreach", "-8.50"), ("Supported living", "97.10")]
    with_files.run("actual", "actual.yaml", "--take-away", "--as", "asha")
    assert with_files.run("trustees", "--month", "2026-10", "--as", "asha", "--json").data["surplus_by_service"] is None
    assert "Give one of them" in with_files.run("actual", "actual.yaml", "--keep", "--take-away", "--as", "asha", code=1).err


def test_a_file_that_does_not_say_what_was_charged_is_not_kept(with_files: Desk) -> None:
    with_files.change("actual.yaml", ("    charged: 2650.00\n", ""))
    told = with_files.run("actual", "actual.yaml", "--keep", "--as", "asha", code=1).err
    assert "Supported living: Nobody said what it was charged in this time." in told


def test_words_for_the_meeting_are_written_by_command_and_what_is_not_given_stays(with_agreements: Desk) -> None:
    month = ("trustees", "--month", "2026-10", "--as", "asha")
    told = with_agreements.run(*month, "--matters", "The block contract ends in March.").out
    assert "What matters most\n  The block contract ends in March." in told
    said = with_agreements.run(*month, "--wanted", "Agree to ask for 4%.", "--json").data
    assert (said["what_matters_most"], said["decisions_wanted"]) == ("The block contract ends in March.", "Agree to ask for 4%.")
    said = with_agreements.run(*month, "--matters", "", "--json").data
    assert (said["what_matters_most"], said["decisions_wanted"]) == ("", "Agree to ask for 4%.")
    assert "no name stands on this page" in with_agreements.run(*month, "--wanted", "P001 needs more", code=1).err

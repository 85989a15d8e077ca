"""Months, people and digests that do not fit: what is refused, and what the books hold afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.cli.desk import Desk

Refused = Callable[..., str]
PREPARE = ("month-end", "2026-10", "--out", "out", "--as", "asha")


@pytest.mark.parametrize("month", ["2026-13", "October", "2026-10-01", "10-2026", "2026", "", "2026-1", "-1"])
@pytest.mark.parametrize("words", [("month-end", "--preview"), ("lock",), ("reopen",), ("position", "P001")], ids=lambda words: words[0])
def test_a_month_that_is_none_is_refused(with_visits: Desk, refused: Refused, words: tuple[str, ...], month: str) -> None:
    refused(with_visits, *words, "--as", "asha", "--", month,
            says=f"“{month}” is not a month. Write the year and the month, like 2026-10.")


def test_support_for_somebody_without_funding_that_day_stops_the_month_until_it_is_held_back(with_visits: Desk, refused: Refused) -> None:
    desk = with_visits
    without = desk.run("month-end", "2026-10", "--preview", "--as", "asha", "--json").data
    desk.run("import", "people", desk.write("people.csv", "reference,name\nP010,Noor Adil\n"), "--as", "asha")
    desk.import_visits("V-2001 P010 outreach 2026-10-20")
    problem = ("visit V-2001, carer C07, person P010: No funding covers P010 on 20 October 2026. "
               "Add it under “fundings” in an apply file, from 20 October 2026 or before.")
    refused(desk, *PREPARE, says=(problem, "October 2026 is not prepared.", "--hold-back"))
    refused(desk, "month-end", "2026-10", "--preview", "--as", "asha", says=problem)
    told = desk.run(*PREPARE, "--hold-back")
    assert "These are held back, and come in a later month once they are right:" in told.err
    held_back = desk.run(*PREPARE, "--hold-back", "--json").data
    assert {key: held_back[key] for key in ("support", "invoiced", "statements")} == {
        key: without[key] for key in ("support", "invoiced", "statements")}
    assert held_back["digest"] != without["digest"], "who approves it approves what is held back too"


def test_a_rate_that_is_missing_on_the_day_is_named_with_the_day(with_people: Desk, refused: Refused) -> None:
    desk = with_people
    whole_year = "pounds: 24.40, from: 2026-04-01, to: 2027-03-31"
    desk.apply(desk.change("apply.yaml", (whole_year, whole_year.replace("2027-03-31", "2026-10-10"))))
    desk.import_visits("V-1 P004 outreach 2026-10-10", "V-2 P004 outreach 2026-10-11")
    told = refused(desk, *PREPARE, says=(
        "visit V-2, carer C07, person P004: The rate “outreach-hour” is not given for 11 October 2026.",
        "Add a rate for “outreach-hour” from 11 October 2026 to an apply file."))
    assert "V-1" not in told


def test_an_invoice_without_the_order_number_that_its_payer_needs_is_drafted_and_held_and_the_rest_is_issued(with_people: Desk) -> None:
    desk = with_people
    desk.apply(desk.change("apply.yaml", ("order_number: NV-88, ", "")))
    desk.import_visits("V-1 P003 personal-care 2026-10-10")
    told = desk.run(*PREPARE)
    board = "Northvale Integrated Care Board"
    assert f"{board} needs an order number for the fund spot-P003, and none is given. {board} must act." in told.err
    assert list(desk.folder.glob("out/drafts/invoices/*northvale-icb*.pdf"))
    prepared = desk.run(*PREPARE, "--json").data
    held, = prepared["held"]
    assert held["to"] not in {each["to"] for each in prepared["invoices"]}
    assert prepared["invoices"]
    desk.run("month-end", "2026-10", "--approve", prepared["digest"], "--out", "out", "--as", "ben")
    listed, = desk.run("held", "--as", "asha", "--json").data
    assert (listed["pounds"], [each["who"] for each in listed["reasons"]]) == (held["total"], [held["to"]])
    assert held["to"] in desk.run("held", "--as", "asha").out
    assert held["to"] in desk.run("watch", "--as", "asha").out
    assert desk.run("verify", "--json").data == []


def test_a_closed_month_is_not_run_again_and_the_next_one_is_named(with_october: Desk, refused: Refused) -> None:
    refused(with_october, *PREPARE, says=("October 2026 is closed: its statements are issued, or it is locked.",
                                          "Work on November 2026 instead"))
    refused(with_october, "reopen", "2026-10", "--as", "asha", says="The statements of October 2026 are issued, so it stays closed.")
    refused(with_october, "lock", "2026-11", "--as", "asha", says="November 2026 cannot be locked yet:")


def test_a_late_visit_in_a_closed_month_comes_in_with_a_notice_and_is_charged_as_a_correction(with_october: Desk) -> None:
    desk = with_october
    told = desk.import_visits("V-3001 P004 outreach 2026-10-20").data
    assert told["notices"] == ["1 visit, on 20 October 2026, is in a month that is closed. It will stand as a correction in "
                               "November 2026 or later, and changes no statement that was sent."]
    november = desk.run("month-end", "2026-11", "--preview", "--as", "asha", "--json").data
    assert (november["support"], november["problems"]) == ("24.40", [])
    assert desk.run("verify", "--json").data == []


def test_nobody_approves_what_they_prepared(with_visits: Desk, refused: Refused) -> None:
    digest = with_visits.prepare()
    refused(with_visits, "month-end", "2026-10", "--approve", digest, "--out", "out", "--as", "asha",
            says="asha prepared this month end, so somebody else must approve it.")
    assert not (with_visits.folder / "out" / "invoices").exists()
    applied = with_visits.run("apply", with_visits.write("rate.yaml", _RATE), "--as", "asha", "--json").data
    refused(with_visits, "approve", applied["digest"], "--as", "asha", says="asha prepared this, so somebody else must approve it.")


def test_what_has_changed_since_it_was_prepared_is_not_approved(with_visits: Desk, refused: Refused) -> None:
    digest = with_visits.prepare()
    with_visits.import_visits("V-4001 P004 outreach 2026-10-21")
    refused(with_visits, "month-end", "2026-10", "--approve", digest, "--out", "out", "--as", "ben",
            says=("The books have changed since asha prepared October 2026", "Prepare it again, look at it, and approve that."))
    with_visits.run("month-end", "2026-10", "--approve", with_visits.prepare(), "--out", "out", "--as", "ben")


@pytest.mark.parametrize(("words", "says"), [
    (("approve", "deadbeef01"), "Nothing was prepared with the digest deadbeef01. Prepare it first: ringfence apply FILE.yaml"),
    (("approve", "dead"), "“dead” is too short to name a digest."),
    (("approve", "%_______"), "Nothing was prepared with the digest %_______."),
    (("month-end", "2026-10", "--approve", "deadbeef01", "--out", "out"), "No month end of October 2026 was prepared with the digest"),
    (("import", "undo", "99"), "There is no import of visits with the number 99."),
    (("import", "undo", "1"), "There is no import of visits with the number 1."),
    (("position", "P999", "2026-10"), "P999 is not a person here."),
    (("user", "add", "asha"), "There is a user called asha already."),
    (("user", "add", ""), "“” cannot be the name of a user."),
    (("user", "add", " ben"), "cannot be the name of a user."),
    (("user", "add", "a\nb"), "cannot be the name of a user."),
    (("user", "add", "=1+1"), "cannot be the name of a user."),
])
def test_what_is_not_known_or_cannot_be_is_refused(with_visits: Desk, refused: Refused, words: tuple[str, ...], says: str) -> None:
    refused(with_visits, *words, "--as", "ben", says=says)


def test_the_digest_of_a_month_end_is_approved_as_a_month_end(with_visits: Desk, refused: Refused) -> None:
    digest = with_visits.prepare()
    refused(with_visits, "approve", digest, "--as", "ben", says="Approve it with: ringfence month-end MONTH --approve DIGEST --out FOLDER")
    refused(with_visits, "month-end", "2026-11", "--approve", digest, "--out", "out", "--as", "ben",
            says="No month end of November 2026 was prepared with the digest")


@pytest.mark.parametrize("words", [
    ("user", "add", "carl"), ("import", "people", "x.csv"), ("import", "conflicts"), ("apply", "x.yaml"), ("approve", "deadbeef"),
    ("month-end", "2026-10", "--preview"), ("lock", "2026-10"), ("reopen", "2026-10"), ("position", "P001", "2026-10"),
    ("import", "undo", "3"),
], ids=" ".join)
def test_only_a_user_acts(with_visits: Desk, refused: Refused, words: tuple[str, ...]) -> None:
    with_visits.write("x.csv", "reference,name\nP010,Noor Adil\n")
    with_visits.write("x.yaml", _RATE)
    refused(with_visits, *words, says="Nobody is named as acting. Say who you are with --as USER.")
    refused(with_visits, *words, "--as", "zed", says="zed is not a user here (asha, ben).")


@pytest.mark.parametrize(("words", "says"), [
    (("month-end", "2026-10", "--as", "asha"), "Name a folder for the documents with --out FOLDER, or only look with --preview."),
    (("month-end", "2026-10", "--preview", "--approve", "deadbeef"), "Give --preview or --approve, not both."),
    (("month-end",), "Missing argument"),
    (("month-end", "2026-10", "--out", "out", "--workers", "0"), "--workers"),
    (("month-end", "2026-10", "--prevew"), "--prevew"),
    (("monthend",), "No such command 'monthend'."),
    (("sample", "--people", "3"), "--people"),
    (("import", "undo", "three"), "NUMBER"),
], ids=lambda words: " ".join(words) if isinstance(words, tuple) else None)
def test_a_command_that_is_not_understood_ends_with_2(with_visits: Desk, refused: Refused, words: tuple[str, ...], says: str) -> None:
    told = refused(with_visits, *words, says=says, code=2)
    assert re.search(r"^Usage: ringfence ", told, re.MULTILINE)


_RATE = "rates:\n  - {rate: new-hour, per: hour, pounds: 20, from: 2026-04-01, to: 2027-03-31}\n"

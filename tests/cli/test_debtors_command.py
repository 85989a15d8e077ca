"""`ringfence debtors` and `ringfence reminders` as they are typed."""

from __future__ import annotations

from basics.money import Money
from tests.cli.desk import Desk


def test_who_owes_us_is_listed_and_adds_up(with_october: Desk) -> None:
    told = with_october.run("debtors", "--as", "asha").out
    assert told.startswith("Owed on ")
    assert "It is taken off nothing above." in told
    data = with_october.run("debtors", "--as-at", "2026-10-31", "--as", "asha", "--json").data
    assert data["on"] == "2026-10-31"
    for payer in data["payers"]:
        assert sum(Money.parse(each["buckets"][name]).pence for each in payer["people"] for name in each["buckets"]) == (
            Money.parse(payer["open"]).pence)
    assert "still to come" in with_october.run("debtors", "--as-at", "2099-01-01", "--as", "asha", code=1).err


def test_letters_are_listed_with_why_there_are_none(with_october: Desk) -> None:
    told = with_october.run("reminders", "--on", "2027-03-01", "--out", "letters", "--as", "asha").out
    assert told.startswith("Letters due on 1 March 2027: ")
    data = with_october.run("reminders", "--on", "2027-03-01", "--as", "asha", "--json").data
    assert len(data["letters"]) == len(list((with_october.folder / "letters").glob("R-*.pdf")))

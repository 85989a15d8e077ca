"""`ringfence entries`: the name of everything posted in a fund, by which a correction puts it back."""

from __future__ import annotations

from basics.money import Money
from tests.cli.desk import Desk

CORRECTION = """
corrections:
  - {{correction: CO-1, person: P001, fund: isf, entry: "{name}", on: 2026-11-20, words: It was not for this fund}}
"""


def test_every_entry_is_listed_with_its_name_and_a_correction_takes_that_name(with_october: Desk) -> None:
    listed = with_october.run("entries", "isf-P001", "--as", "asha", "--json").data
    receipt = next(each for each in listed if each["receives"] == "held" and each["entry"].startswith("bank "))
    told = with_october.run("entries", "isf-P001", "--from", receipt["on"], "--to", receipt["on"], "--as", "asha").out
    assert receipt["entry"] in told
    assert str(Money.parse(receipt["pounds"])) in told
    with_october.apply(with_october.write("correction.yaml", CORRECTION.format(name=receipt["entry"])))
    again = with_october.run("entries", "isf-P001", "--as", "asha", "--json").data
    assert next(each for each in again if each["entry"] == receipt["entry"])["put_back_on"] is not None
    assert "Correction: " in next(each["what"] for each in again if each["entry"] == f"reversal of {receipt['entry']}")


def test_a_fund_that_is_not_there_is_told_and_days_without_entries_say_so(with_october: Desk) -> None:
    assert "There is no fund “isf-P099” here." in with_october.run("entries", "isf-P099", "--as", "asha", code=1).err
    told = with_october.run("entries", "isf-P001", "--from", "2025-01-01", "--to", "2025-01-31", "--as", "asha")
    assert told.out == "Nothing is posted in isf-P001 on these days.\n"
    assert "is not a day" in with_october.run("entries", "isf-P001", "--from", "soon", "--as", "asha", code=1).err

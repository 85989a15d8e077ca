"""Unpaid invoices of the books before these: each ages by its own day, is found by its own number, and is reminded about as any other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from invoicing.aged_debt import Bucket
from ringfence.actions.applying import approve
from ringfence.actions.debtors import Debtor, debtors
from ringfence.actions.receipts import Choice, likely, prepare_matches, put_back, receipts
from ringfence.actions.recording import record_content
from ringfence.actions.reminding import note_sent, reminders, write_reminders
from ringfence.actions.verifying import verify
from tests.actions.provider_books import Books, agreements, bank_line, by_delivery, part, refused

NUMBERS = {"A-417": ("48.80", "2026-11-14"), "A-418": ("31.20", "2026-11-28")}
UNPAID = [{"number": number, "person": "P004", "fund": "spot", "funder": "peggy", "pounds": pounds, "due_on": due}
          for number, (pounds, due) in NUMBERS.items()]
CONTACT = {"funder": "peggy", "from": "2026-04-01", "name": "Ann Ellis", "address": ["4 Hill Street"], "basis": "attorney", "source": "Seen in April"}
LADDER = {"ladder": "people", "of_kind": "person", "from": "2026-04-01", "source": "Trustees", "steps": [
    {"days": 7, "tone": "friendly"}, {"days": 10, "tone": "before a claim"}]}


def begun(**changed: Any) -> dict[str, Any]:
    """Peggy pays for her own support; £80.00 of two old invoices is open."""
    content = agreements()
    return {key: content[key] for key in ("provider", "funders", "terms", "rates")} | {
        "fundings": [by_delivery("P004", "peggy")], "payer_contacts": [CONTACT], "reminder_terms": [LADDER],
        "openings": [{"opening": "old", "on": "2026-10-31", "control": {"used": "80.00"},
                      "funds": [{"person": "P004", "fund": "spot", "funder": "peggy", "used": "80.00"}]}],
        "going_live": [{"going_live": "GL-1", "on": "2026-10-31", "unpaid": UNPAID, "words": "The old spreadsheet", "control": {
            "funds": 1, "available": "0.00", "held": "0.00", "overspent": "0.00", "available_minutes": 0, "unpaid_invoices": 2,
            "unpaid_pounds": "80.00", "credits_not_placed": 0, "pounds_not_placed": "0.00", "next_invoice_number": 501}}]} | changed


@pytest.fixture
def books(peopled: Books) -> Books:
    peopled.apply(begun())
    later(peopled, date(2026, 11, 21))
    return peopled


def later(books: Books, day: date) -> None:
    books.at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def peggy(books: Books, on: date | None = None) -> Debtor | None:
    return next((each for each in debtors(books.asha, on).debtors if each.payer == "peggy"), None)


def still(books: Books) -> dict[str, int]:
    found = peggy(books)
    return {each.amounts.called: each.amounts.open for each in found.invoices} if found else {}


def came(books: Books, words: str, pounds: str) -> None:
    books.apply({"bank_lines": [bank_line("BK-1", "2026-11-20", pounds, "provider", words=words)]})


def matched(books: Books) -> None:
    approve(books.ben, prepare_matches(books.asha, likely(receipts(books.asha))).digest)


@pytest.mark.parametrize(("on", "overdue", "not_yet"), [
    (date(2026, 10, 31), 0, 8_000), (date(2026, 11, 14), 0, 8_000), (date(2026, 11, 15), 4_880, 3_120), (date(2026, 11, 21), 4_880, 3_120)])
def test_an_invoice_that_was_brought_over_is_overdue_from_the_day_after_its_own(books: Books, on: date, overdue: int, not_yet: int) -> None:
    found = peggy(books, on)
    assert found is not None
    assert (found.overdue_pence, found.by_bucket[Bucket.NOT_YET_DUE], found.not_invoiced) == (overdue, not_yet, 0)
    assert [each.debt.due_pence for each in found.people] == [8_000]
    assert peggy(books, date(2026, 10, 30)) is None


@pytest.mark.parametrize(("words", "pounds", "left"), [
    ("M ELLIS A-418", "31.20", {"A-417": 4_880}), ("REF A-417", "48.80", {"A-418": 3_120}), ("A-418 PART", "10.00", {"A-417": 4_880, "A-418": 2_120}),
    ("A-417 AND A-418", "80.00", {}), ("SOMEBODY", "48.80", {"A-418": 3_120})])
def test_money_that_names_its_number_pays_that_one_though_another_is_older(books: Books, words: str, pounds: str, left: dict[str, int]) -> None:
    came(books, words, pounds)
    matched(books)
    assert still(books) == left
    assert verify(books.store, referee=True) == []


def test_a_part_that_is_put_back_is_open_again_under_its_number(books: Books) -> None:
    came(books, "A-418", "31.20")
    matched(books)
    placed = next(each for each in receipts(books.asha).placed_lately)
    assert placed.what_for == "payment brought over A-418"
    approve(books.ben, put_back(books.asha, placed.event, "Paid by mistake").digest)
    assert still(books) == {"A-417": 4_880, "A-418": 3_120}


def test_one_line_is_placed_in_two_goes_and_each_keeps_its_number(books: Books) -> None:
    came(books, "ELLIS", "40.00")
    for typed, left in (("spot-P004 peggy 30.00 brought over A-418", {"A-417": 4_880, "A-418": 120}),
                        ("spot-P004 peggy 10.00 brought over A-417", {"A-417": 3_880, "A-418": 120})):
        approve(books.ben, prepare_matches(books.asha, [Choice("BK-1", typed=typed)]).digest)
        assert still(books) == left


def test_a_number_that_was_not_brought_over_is_refused(books: Books) -> None:
    line = bank_line("BK-2", "2026-11-20", "5.00", "provider", parts=[part("spot-P004", "5.00", funder="peggy") | {"brought_over": "A-9"}])
    (place, said), = refused(books, {"bank_lines": [line]})
    assert (place.endswith("brought_over"), said) == (True, "No invoice A-9 of peggy for spot-P004 was brought over.")


def test_a_letter_counts_from_its_own_day_and_the_next_step_follows(books: Books, tmp_path: Path) -> None:
    assert [each.letter.lines[0].called for each in reminders(books.asha, date(2026, 11, 21)).letters] == ["A-417"]
    found, written, set_aside = write_reminders(books.asha, tmp_path)
    assert set_aside == []
    assert (written, (tmp_path / "sent.record.yaml").read_text(encoding="utf-8").count("A-417")) == (1, 1)
    note_sent(books.asha, found)
    assert reminders(books.asha).letters == ()
    later(books, date(2026, 11, 24))
    assert [(each.step, [line.called for line in each.letter.lines]) for each in reminders(books.asha).letters] == [(2, ["A-417"])]


def test_a_letter_about_a_number_that_was_not_brought_over_is_not_recorded(books: Books) -> None:
    said = {"reminder": "R-1", "funder": "peggy", "step": 1, "on": "2026-11-21", "how": "post", "brought_over": ["A-9"]}
    with pytest.raises(Exception, match="No invoice A-9 was brought over"):
        record_content(books.asha, {"reminders_sent": [said]}, "sent.yaml")


def test_the_same_number_is_not_brought_over_twice(books: Books) -> None:
    again = begun()["going_live"][0] | {"going_live": "GL-2"}
    assert {said for _, said in refused(books, {"going_live": [again]})} == {"A-417 was brought over before.", "A-418 was brought over before."}

"""The audit pack of one fund: complete, tied to its statements, the same bytes twice, and nobody else’s name, reference or money in it."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from basics.errors import InputError, NotAllowed
from basics.money import Money
from basics.periods import Period
from isf.reconciliation import Item
from ringfence.actions.acting import Acting
from ringfence.actions.applying import approve
from ringfence.actions.audit_pack import audit_pack
from ringfence.actions.audit_zip import AuditPack
from ringfence.actions.evidence import add_evidence
from ringfence.actions.nobody_else import IN_THEIR_PLACE, others, without
from ringfence.actions.reconciling import propose_reconciliation, reconcile
from ringfence.actions.recording import record_content
from ringfence.actions.verifying import verify
from tests.actions.provider_books import NAMES, Books, bank_line, part, visit

DAYS = Period(date(2026, 10, 1), date(2026, 10, 31))
TO_TODAY = Period(DAYS.first, date(2026, 11, 2))
"""With the first days of November, in which what came late for October is posted."""
REVIEW = {"review": "RV-1", "person": "P001", "fund": "isf", "on": "2026-10-20", "which": "six weeks",
          "words": "She swims with Thomas Hale now, and P002 pays his own"}
WORRY = {"worry": "W-1", "person": "P001", "fund": "isf", "on": "2026-10-21", "raised_by": "asha",
         "words": "Her card was asked for by MARGARET  ELLIS"}


@pytest.fixture
def told(issued: Books) -> Books:
    """One bank line for two people, whose words name a third, is placed; a review, a worry, terms and a way of holding are recorded; and the
    day’s end is reconciled."""
    both = [part("isf-P001", "900.00", funder="southgate"), part("isf-P002", "800.00", funder="southgate")]
    draw = {"line": "OUT-1", "on": "2026-11-02", "words": "BACS ellis, margaret ellis and P002", "parts": "earned"}
    issued.apply({"bank_lines": [bank_line("IN-1", "2026-10-15", "1,700.00", parts=both)], "draws": [draw], "holdings": [
        {"person": "P001", "fund": "isf", "from": "2026-10-01", "way": "provider"}], "fund_terms": [
        {"person": "P001", "fund": "isf", "funder": "southgate", "from": "2026-10-01", "surplus_weeks": 4, "source": "Schedule 3"}]})
    record_content(issued.asha, {"reviews": [REVIEW], "worries": [WORRY]}, "by hand")
    said = reconcile(issued.asha, DAYS.last, Money(169_350), explained=[Item("A fee of P002", -650, "isf-P002")])
    approve(issued.ben, propose_reconciliation(issued.asha, said))
    return issued


def files_of(pack: AuditPack) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def texts_of(pack: AuditPack) -> str:
    return "\n".join(content.decode("utf-8-sig") for name, content in files_of(pack).items() if not name.endswith(".pdf"))


def test_the_index_lists_every_file_with_its_sha256_and_what_is_missing(told: Books, tmp_path: Path) -> None:
    pack = audit_pack(told.asha, "isf-P001", DAYS, tmp_path)
    files = files_of(pack)
    index = files["index.html"].decode()
    for name, content in files.items():
        assert name == "index.html" or (f'href="{name}"' in index and hashlib.sha256(content).hexdigest() in index)
    assert set(files) == {
        "index.html", "agreement.html", "plan.html", "entries.html", "entries-money-we-hold.csv", "entries-in-the-bank.csv",
        "entries-budget-left.csv", "entries-hours-left.csv", "reviews.html", "corrections.html", "worries.html", "evidence.html",
        "reconciliation.html",
        "statements/statement-2026-10-isf-P001.pdf"}
    assert pack.missing == ()
    assert "Surplus weeks" in files["agreement.html"].decode()
    assert "The budget is held" not in index
    assert "isf budget of P001 is held as provider" in files["agreement.html"].decode()
    assert verify(told.store, referee=True) == []


def test_nobody_elses_name_or_reference_stands_in_any_file(told: Books, tmp_path: Path) -> None:
    pack = audit_pack(told.asha, "isf-P001", TO_TODAY, tmp_path)
    said = texts_of(pack)
    assert f"Paid to us for support: BACS ellis, {IN_THEIR_PLACE} and {IN_THEIR_PLACE}" in said
    assert f"She swims with {IN_THEIR_PLACE} now, and {IN_THEIR_PLACE} pays his own" in said
    assert "900.00" in said
    assert pack.taken_out >= 4
    for reference, name in NAMES.items():
        if reference != "P001":
            assert reference not in said
            assert name.casefold() not in re.sub(r"\s+", " ", said.casefold())
    assert not re.search(r"\bpeggy\b", said, re.IGNORECASE)  # the reference by which P004 pays for herself
    assert "800.00" not in said  # the part of the other
    assert "1,700.00" not in said
    assert "-£6.50" not in said  # what was explained of the other’s fund


@pytest.mark.parametrize("written", ["Hale, Thomas", "HALE Thomas", "hale,thomas", "Hale  Thomas", "Thomas\nHale"])
def test_a_name_with_the_family_first_is_somebodys_too(told: Books, written: str) -> None:
    with told.store.reading() as connection:
        found = others(connection, "P001", ["southgate", "amina"])
    assert without(found.among([f"Swims with {written}."]), f"Swims with {written}.") == f"Swims with {IN_THEIR_PLACE}."
    assert found.among(["Yusuf, Amina", "Thomas is inhaled."]) == []


def test_the_entries_add_to_the_statement_to_the_penny(told: Books, tmp_path: Path) -> None:
    pack = audit_pack(told.asha, "isf-P001", DAYS, tmp_path)
    rows = list(csv.reader(io.StringIO(files_of(pack)["entries-money-we-hold.csv"].decode("utf-8-sig"))))[1:]
    money = told.statement("isf-P001").money
    opening, *moved = rows
    assert Money.parse(opening[6]).pence == money.opening_pence
    assert Money.parse(opening[6]).pence + sum(Money.parse(row[5]).pence for row in moved) == Money.parse(moved[-1][6]).pence
    tie, = pack.ties
    assert tie.said == (money.opening_pence, money.closing_pence)
    assert tie.agrees


def test_the_same_books_give_the_same_bytes_whoever_asks_and_whenever(told: Books, tmp_path: Path) -> None:
    first = audit_pack(told.asha, "isf-P001", DAYS, tmp_path).content
    later = Acting(told.store, "ben", datetime(2027, 5, 1, 12, tzinfo=UTC))
    assert audit_pack(later, "isf-P001", DAYS, tmp_path).content == first


def test_a_kept_paper_is_in_the_pack_and_one_that_was_changed_is_told(told: Books, tmp_path: Path) -> None:
    paper, folder = tmp_path / "receipt.txt", tmp_path / "evidence"
    paper.write_bytes(b"Seen: the card is hers")
    kept = add_evidence(told.asha, "isf-P001", paper, about="W-1", words="What the bank wrote", folder=folder)
    pack = audit_pack(told.asha, "isf-P001", DAYS, folder)  # kept in November, of a worry in October
    assert files_of(pack)[f"evidence/{kept.file}"] == b"Seen: the card is hers"
    assert "receipt.txt, of W-1: What the bank wrote" in files_of(pack)["evidence.html"].decode()
    (folder / kept.file).write_bytes(b"Something else")
    pack = audit_pack(told.asha, "isf-P001", DAYS, folder)
    assert f"evidence/{kept.file}" not in files_of(pack)
    assert pack.missing == (f"The file of evidence {kept.sha256[:16]}… is named, and is not kept here, or is not what it was.",)


def test_a_statement_that_names_another_person_is_left_out_and_that_is_said(delivered: Books, tmp_path: Path) -> None:
    delivered.visits(visit("V-9", "P001", "2026-10-20", planned=60, cancelled=True, reason="Thomas Hale needed the worker"), name="more.csv")
    delivered.month_end()
    pack = audit_pack(delivered.asha, "isf-P001", DAYS, tmp_path)
    assert not [name for name in files_of(pack) if name.endswith(".pdf")]
    assert pack.missing[-1] == "The statement of October 2026 names another person, and is left out. Read it before it goes anywhere."
    assert [name for name in files_of(audit_pack(delivered.asha, "isf-P002", DAYS, tmp_path)) if name.endswith(".pdf")]


def test_two_people_of_one_name_keep_it_and_an_order_number_is_no_reference(issued: Books, tmp_path: Path) -> None:
    issued.people({"P006": "Amina Yusuf", "12": "Rosa Blum", "A-77": "Ann Lee"})
    record_content(issued.asha, {"reviews": [REVIEW | {"words": "Amina Yusuf spent 12 hours with ann  lee (A-77), and A-777 is a bus"}]}, "by hand")
    said = files_of(audit_pack(issued.asha, "isf-P001", DAYS, tmp_path))["reviews.html"].decode()
    assert f"Amina Yusuf spent 12 hours with {IN_THEIR_PLACE} ({IN_THEIR_PLACE}), and A-777 is a bus" in said


def test_what_stands_from_before_is_in_it_and_a_worry_until_something_came_of_it(told: Books, tmp_path: Path) -> None:
    told.at = datetime(2026, 12, 10, 9, tzinfo=UTC)
    november, december = (Period(date(2026, month, 1), date(2026, month, 9)) for month in (11, 12))
    files = files_of(audit_pack(told.asha, "isf-P001", november, tmp_path))
    assert "the sum of £6,000.00" in files["agreement.html"].decode()
    assert "£4,800.00" not in files["agreement.html"].decode()  # the sum of the other
    assert "the method, amounts" in files["agreement.html"].decode()
    assert "Her card was asked for" in files["worries.html"].decode()
    record_content(told.asha, {"worries": [WORRY | {"outcome": "The card was stopped", "outcome_on": "2026-11-30"}]}, "by hand")
    assert files_of(audit_pack(told.asha, "isf-P001", november, tmp_path))["worries.html"].decode().count("Her card was asked for") == 2
    assert "No worry is recorded" in files_of(audit_pack(told.asha, "isf-P001", december, tmp_path))["worries.html"].decode()


def test_what_is_not_there_is_said_with_the_reason(issued: Books, tmp_path: Path) -> None:
    issued.at = datetime(2027, 1, 15, 9, tzinfo=UTC)
    pack = audit_pack(issued.asha, "isf-P002", Period(date(2026, 9, 1), date(2026, 12, 31)), tmp_path)
    assert pack.missing == (
        "November 2026 is not issued yet, so it has no statement.", "December 2026 is not issued yet, so it has no statement.",
        "The books of this fund begin in October 2026: no month before that has a statement.",
        "Nobody has recorded in which way the budget is held on these days.", "Nobody has recorded any review on these days.",
        "Nobody has recorded a funder’s terms for these days.",
        "Between 1 September 2026 and 31 December 2026 no reconciliation was signed off: more than five weeks.")
    assert all(each in files_of(pack)["index.html"].decode() for each in pack.missing)


def test_a_pack_is_of_a_persons_fund_and_of_days_that_are_over(issued: Books, tmp_path: Path) -> None:
    for fund in ("isf-P099", "reserve-SG-2026"):
        with pytest.raises(InputError, match="No person has a fund"):
            audit_pack(issued.asha, fund, DAYS, tmp_path)
    with pytest.raises(InputError, match="still to come"):
        audit_pack(issued.asha, "isf-P001", Period(date(2026, 10, 1), date(2027, 3, 31)), tmp_path)
    with pytest.raises(NotAllowed):
        audit_pack(issued.acting("nobody"), "isf-P001", DAYS, tmp_path)

"""`ringfence export`, `exports` and `accounts` as they are typed."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from tests.cli.desk import Desk


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_export_is_written_listed_and_made_again(with_october: Desk) -> None:
    days = ("--from", "2026-01-01", "--to", "2099-12-31")
    told = with_october.run("export", "quickbooks", *days, "--out", "books", "--as", "asha", "--json").data
    lines = rows(with_october.folder / "books" / "quickbooks-0001.csv")
    assert (told["export"], told["documents"]) == (1, len({row["*InvoiceNo"] for row in lines}))
    assert Decimal(told["sum"]) == sum(Decimal(row["*ItemAmount"]) for row in lines) > 0
    assert {path.name for path in (with_october.folder / "books").iterdir()} == {each["name"] for each in told["files"]}
    again = with_october.run("export", "quickbooks", *days, "--out", "again", "--as", "asha", code=1).err
    assert "ringfence export quickbooks --again 1 --out FOLDER" in again
    with_october.run("export", "quickbooks", "--again", "1", "--out", "again", "--as", "asha")
    assert [(with_october.folder / folder / "quickbooks-0001.csv").read_bytes() for folder in ("books", "again")] == [
        (with_october.folder / "books" / "quickbooks-0001.csv").read_bytes()] * 2
    listed = with_october.run("exports", "--as", "asha").out
    assert "quickbooks" in listed
    assert f"Not sent to xero: {told['documents']} invoices, £{Decimal(told['sum']):,.2f}" in listed
    assert with_october.run("exports", "--as", "asha", "--json").data[0]["digest"] == told["digest"]


def test_one_electronic_invoice_that_cannot_be_written_is_set_aside_and_the_others_are(with_october: Desk) -> None:
    days = ("--from", "2026-01-01", "--to", "2099-12-31", "--as", "asha")
    told = with_october.run("export", "einvoice", *days, "--out", "e", code=1)
    assert "5 documents, £25,400.00. 1 was set aside and not sent, £94.20." in told.out
    assert "1 was set aside and not sent, £94.20. Why, and what to do:\n  invoice 001002, VAT: Category E needs its reason (BR-E-10)." in told.err
    written = [path.name for path in (with_october.folder / "e").iterdir() if path.suffix == ".xml"]
    assert len(written) == 5
    assert "einvoice-001002.xml" not in written
    assert "1 was set aside and not sent, £94.20, and nothing else is new (5 were sent before)" in with_october.run(
        "export", "einvoice", *days, "--out", "again", code=1).err
    assert not (with_october.folder / "again").exists()


def test_what_cannot_be_exported_is_refused_in_words(with_october: Desk) -> None:
    def refused(*words: str) -> str:
        return with_october.run("export", *words, "--out", "x", "--as", "asha", code=1).err

    assert "Choose one of: xero, sage, quickbooks, journal, delivery, einvoice" in refused("zero", "--month", "2026-10")
    assert "Give --month 2026-10, or --from and --to" in refused("xero")
    assert "Say which days, in one way." in refused("xero", "--month", "2026-10", "--from", "2026-10-01")
    assert "There is nothing to export of 1 to 31 January 2026." in refused("xero", "--month", "2026-01")
    assert "nominal_codes, owed_provider: It has no code on 31 October 2026." in refused("journal", "--month", "2026-10")
    assert "“nobody” is not a payer here. Name one with --funder" in refused("delivery", "--month", "2026-10", "--funder", "nobody")
    assert "There is no export 9" in refused("xero", "--again", "9")
    assert not (with_october.folder / "x").exists()


def test_a_delivery_file_has_names_by_choice_only(with_october: Desk) -> None:
    asked = ("export", "delivery", "--month", "2026-10", "--funder", "southgate", "--as", "asha", "--out")
    with_october.run(*asked, "plain")
    assert {row["ServiceUserDetails"] for row in rows(with_october.folder / "plain" / "delivery-0001.csv")} == {""}
    assert "was exported before" in with_october.run(*asked, "named", "--names", code=1).err


def test_the_accounts_of_a_month_are_shown_and_written(with_october: Desk) -> None:
    shown = with_october.run("accounts", "2026-10", "--as", "asha", "--csv", "accounts").out
    assert shown.startswith("The accounts at 31 October 2026\n")
    found = with_october.run("accounts", "2026-10", "--as", "asha", "--json").data
    assert sum(Decimal(pounds) for pounds in found["controls"].values()) == 0
    assert found["controls"]["provision for doubtful debt"] == "-12.00"
    assert Decimal(found["controls"]["accrued income"]) == sum(Decimal(each["accrued"]) for each in found["schedule"]) > 0
    income, _, _ = (Decimal(row["Sum"]) for row in rows(with_october.folder / "accounts" / "control-2026-10.csv"))
    assert income == sum(Decimal(each["income"]) for each in found["schedule"]) > 0
    assert "November 2026 is not closed" in with_october.run("accounts", "2026-11", "--as", "asha", code=1).err

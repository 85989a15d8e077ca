"""Contracts by command: listed with what is agreed, and a split prepared from its file, for a new version too."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.desk import Desk

FILE = """\
contract: SG-BLOCK-2026
sum: 62000.00
method: amounts
top_slices:
  - {name: kept back, sum: 5860.00}
people:
  - {person: P001, amount: 34000.00}
  - {person: P002, amount: 22140.00}
"""
AGREED = """\
methods_agreed:
  - {contract: SG-BLOCK-2026, version: 2, method: amounts, by: R. Bell, on: 2026-11-12, source: Letter C-160}
sums_approved:
  - {contract: SG-BLOCK-2026, version: 2, person: P001, pounds: 34000.00, by: T. Osei, on: 2026-11-14, source: Letter SW-77}
  - {contract: SG-BLOCK-2026, version: 2, person: P002, pounds: 22140.00, by: T. Osei, on: 2026-11-14, source: Letter SW-78}
"""


def test_a_version_is_prepared_agreed_approved_and_listed(with_agreements: Desk, refused: Callable[..., str]) -> None:
    desk = with_agreements
    assert "version 1, by hours, from 1 April 2026: in force, prepared by asha, approved by ben" in desk.run("contracts", "--as", "asha").out
    desk.write("again.split.yaml", FILE)
    told = desk.run("split", "again.split.yaml", "--prepare", "--from", "2026-12-01", "--as", "asha", "--json").data
    assert (told["total"], len(told["changes"])) == ("62000.00", 3)
    refused(desk, "approve", told["digest"], "--as", "ben", says=(
        "SG-BLOCK-2026, version 2: the council has not agreed the method, amounts.", "P001: the social work team has not approved £34,000.00"))
    listed = desk.run("contracts", "SG-BLOCK-2026", "--as", "asha").out
    assert "version 2, by amounts, from 1 December 2026: draft, prepared by asha" in listed
    assert "missing: SG-BLOCK-2026, version 2, P002" in listed
    desk.write("agreed.yaml", AGREED)
    desk.run("record", "agreed.yaml", "--as", "asha")
    desk.run("approve", told["digest"], "--as", "ben")
    contract, = desk.run("contracts", "--as", "asha", "--json").data["contracts"]
    first, second = contract["versions"]
    assert (first["allocations"][0]["sum"], second["allocations"][0]["sum"]) == ("36090.00", "34000.00")
    assert (contract["in_no_fund"], second["missing"]) == ("0.00", [])
    desk.run("verify", "--as", "asha")


def test_what_a_version_counts_from_is_asked_for_with_preparing_it(with_agreements: Desk, refused: Callable[..., str]) -> None:
    with_agreements.write("again.split.yaml", FILE)
    refused(with_agreements, "split", "again.split.yaml", "--from", "2026-12-01", says="Give --prepare with it")
    refused(with_agreements, "split", "again.split.yaml", "--prepare", "--from", "2026-12-02", "--as", "asha",
            says="is not the first day of an instalment of SG-BLOCK-2026")
    refused(with_agreements, "contracts", "SG-9", "--as", "asha", says="There is no contract SG-9 in the books.")

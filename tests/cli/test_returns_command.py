"""`ringfence audit-pack`, `monitoring` and `returns` as they are typed."""

from __future__ import annotations

import zipfile

from tests.cli.desk import Desk


def test_an_audit_pack_is_written_once_and_told(with_october: Desk) -> None:
    asked = ("audit-pack", "isf-P001", "--from", "2026-06-01", "--to", "2026-10-31", "--as", "asha")
    told = with_october.run(*asked, "--out", "pack.zip")
    assert told.out.startswith("pack.zip: ")
    assert "  statements/statement-2026-10-isf-P001.pdf: The statement of October 2026 as it was issued, seal " in told.out
    assert "Statements to which the entries add: " in told.out
    with zipfile.ZipFile(with_october.folder / "pack.zip") as archive:
        names = archive.namelist()
    assert "There is a file of this name already" in with_october.run(*asked, "--out", "pack.zip", code=1).err
    data = with_october.run(*asked, "--out", "again.zip", "--json").data
    assert [each["name"] for each in data["files"]] == names
    assert all(each["agrees"] for each in data["statements"])
    assert (with_october.folder / "again.zip").read_bytes() == (with_october.folder / "pack.zip").read_bytes()


def test_what_a_pack_cannot_be_made_of_is_told(with_october: Desk) -> None:
    asked = ("--out", "pack.zip", "--as", "asha")
    assert "No person has a fund “isf-P099” here." in with_october.run("audit-pack", "isf-P099", "--from", "2026-06-01", *asked, code=1).err
    assert "“soon” is not a day" in with_october.run("audit-pack", "isf-P001", "--from", "soon", *asked, code=1).err
    assert "ends in .zip" in with_october.run("audit-pack", "isf-P001", "--from", "2026-06-01", "--out", "pack.pdf", "--as", "asha", code=1).err


def test_monitoring_tells_each_fund_and_all_together(with_october: Desk) -> None:
    asked = ("monitoring", "--from", "2026-10-01", "--to", "2026-10-31", "--as", "asha")
    told, data = with_october.run(*asked).out, with_october.run(*asked, "--json").data
    assert told.startswith("Monitoring of everybody, 1 to 31 October 2026")
    assert all(each["fund"] in told for each in data["funds"])
    assert data["all"]["delivered_minutes"] == sum(each["delivered_minutes"] for each in data["funds"]) > 0
    assert "takes three options together" in with_october.run(*asked, "--fill", "theirs.xlsx", code=1).err


def test_returns_count_everybody_and_who_is_not_known(with_october: Desk) -> None:
    data = with_october.run("returns", "--on", "2026-10-31", "--as", "asha", "--json").data
    for groups in (data["by_way"], data["by_reason"], data["by_client"]):
        assert sum(each["funds"] for each in groups) == data["whole"]["funds"]
    told = with_october.run("returns", "--on", "2026-10-31", "--as", "asha").out
    assert "By client group (primary support reason)" in told
    assert "Not known" in told

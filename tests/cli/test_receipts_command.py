"""`ringfence import bank`, `import remittance` and `receipts` as they are typed."""

from __future__ import annotations

from tests.cli.desk import Desk

FILE = "19/10/2026,M ELLIS INV {number},{pounds}\n20/10/2026,BANK CHARGES,-6.00\n31/02/2026,BROKEN,1.00\n"


def test_a_bank_file_is_brought_in_matched_and_never_twice(with_october: Desk) -> None:
    open_now = with_october.run("receipts", "--as", "asha").out
    assert open_now.startswith(("Every bank line is placed", "Not placed: "))
    file = with_october.write("bank.csv", FILE.format(number="009999", pounds="7.77"))
    told = with_october.run("import", "bank", file, "--account", "provider", "--as", "asha", code=1)
    assert "rows 3. New: 2, £7.77 in and £6.00 out. Here already: 0. Held back: 0. Not taken: 1." in told.out
    assert "bank.csv, row 3, date: “31/02/2026” is not a day of the calendar." in told.err
    data = with_october.run("import", "bank", file, "--account", "provider", "--as", "asha", "--json", code=1).data
    assert (data["rows"], len(data["new"]) + data["same"] + len(data["held_back"]) + len(data["problems"])) == (3, 3)
    with_october.run("approve", data["digest"], "--as", "ben")
    again = with_october.run("import", "bank", file, "--account", "provider", "--as", "asha", "--json", code=1).data
    assert (again["new"], again["same"], again["digest"]) == ([], 2, "")
    line = next(each for each in with_october.run("receipts", "--as", "asha", "--json").data["lines"] if each["pounds"] == "7.77")
    assert line["suggestions"] == [] or not line["suggestions"][0]["likely"]
    assert "Nothing is likely enough" in with_october.run("receipts", "--propose", "match.yaml", "--as", "asha", code=1).err


def test_what_is_proposed_is_a_file_that_apply_takes(with_october: Desk) -> None:
    asked = with_october.run("receipts", "--as", "asha", "--json").data
    assert set(asked) == {"in", "out", "lines"}
    rows = "".join(f"19/11/2026,INV {number:06d},1.00\n" for number in range(1001, 1012))
    file = with_october.write("bank.csv", rows)
    digest = with_october.run("import", "bank", file, "--account", "provider", "--as", "asha", "--json").data["digest"]
    with_october.run("approve", digest, "--as", "ben")
    told = with_october.run("receipts", "--propose", "match.yaml", "--as", "asha")
    assert "Read it, and prepare it with: ringfence apply match.yaml" in told.out
    written = (with_october.folder / "match.yaml").read_text(encoding="utf-8")
    assert "  # The bank’s words name invoice" in written
    assert "cannot be written" in with_october.run("receipts", "--propose", "match.yaml", "--as", "asha", code=1).err
    with_october.apply("match.yaml")
    with_october.run("verify")


def test_an_advice_is_noted_once_and_a_doubtful_one_is_refused(with_october: Desk) -> None:
    file = with_october.write("advice.csv", "Invoice no,Amount\n503,30.00\nINV-000504,20.00\nTotal,50.00\n")
    assert with_october.run("import", "remittance", file, "--as", "asha").out.startswith("Noted: £50.00 for 2 invoices.")
    assert with_october.run("import", "remittance", file, "--as", "asha", "--json").data["changes"] == []
    for row in ("last one,October,20.00", "5O4,Payment for October,20.00"):
        doubtful = with_october.write("doubtful.csv", f"Invoice no,Words,Amount\n503,October,30.00\n{row}\n")
        assert "doubtful.csv, row 3, invoice" in with_october.run("import", "remittance", doubtful, "--as", "asha", code=1).err


def test_what_cannot_be_a_bank_file_is_refused_in_words(with_october: Desk) -> None:
    for name, content in (("a.csv", "Booked;Details\n1;2\n"), ("b.pdf", b"%PDF-1.7"), ("c.xml", '<!DOCTYPE a [<!ENTITY x "y">]><Document/>')):
        told = with_october.run("import", "bank", with_october.write(name, content), "--account", "people", "--as", "asha", code=1)
        assert name in told.err
    assert "is not an account here" in with_october.run("import", "bank", "a.csv", "--account", "ours", "--as", "asha", code=1).err
    with_october.run("import", "bank", "a.csv", "--as", "asha", code=2)

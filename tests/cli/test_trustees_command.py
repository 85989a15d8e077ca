"""`ringfence trustees` and `ringfence log` as they are typed."""

from __future__ import annotations

from tests.cli.desk import Desk


def test_the_page_is_told_in_words_and_for_another_program_and_written_once(with_october: Desk) -> None:
    told = with_october.run("trustees", "--month", "2026-10", "--our-cash", "50000", "--out", "page.pdf", "--as", "asha").out
    assert told.startswith("Halden Support: how we stood on 31 October 2026, beside 30 September 2026")
    assert (with_october.folder / "page.pdf").read_bytes().startswith(b"%PDF")
    found = with_october.run("trustees", "--month", "2026-10", "--our-cash", "50000", "--as", "asha", "--json").data
    said = {each["key"]: each["now"] for each in found["lines"]}
    assert (found["on"], said["bank"], said["free_cash"][-3]) == ("2026-10-31", None, ".")
    assert all(each["what"] in told and each["means"].split(":")[0] in " ".join(told.split()) for each in found["lines"])
    assert "left as it is" in with_october.run("trustees", "--out", "page.pdf", "--as", "asha", code=1).err
    assert "--our-cash" in with_october.run("trustees", "--our-cash", "much", "--as", "asha", code=1).err


def test_the_log_says_who_did_what_on_which_days(with_october: Desk) -> None:
    told = with_october.run("log", "--as", "asha").out
    assert "Approved a month end" in told
    assert "October 2026" in told
    found = with_october.run("log", "--user", "ben", "--as", "asha", "--json").data
    assert found
    assert {each["user"] for each in found} == {"ben"}
    assert "Nothing was done then." in with_october.run("log", "--to", "2020-01-01", "--as", "asha").out
    assert "is after" in with_october.run("log", "--from", "2026-02-02", "--to", "2026-02-01", "--as", "asha", code=1).err

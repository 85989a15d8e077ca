"""`ringfence documents` and `ringfence statements` as they are typed: a month goes out, and is published on purpose."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.desk import Desk

FORMS = """statement_forms:
  - {person: P001, form: large print 22, on: 2026-10-01}
  - {person: P002, form: easy read, on: 2026-10-01}
"""


def test_a_month_goes_out_in_folders_and_the_second_time_nothing_is_printed(with_october: Desk) -> None:
    told = with_october.run("documents", "2026-10", "--out", "out", "--as", "asha")
    assert "Begin with" in told.out
    assert "DIFFER" not in told.out
    assert (with_october.folder / "out" / "index.html").exists()
    again = with_october.run("documents", "2026-10", "--out", "out", "--as", "asha", "--json").data
    assert again["written"] == 0
    assert again["stood"] == sum(1 for path in (with_october.folder / "out").glob("p*/*/*"))
    assert {each["agrees"] for each in again["controls"]} == {True}
    assert again["set_aside"] == []


def test_statements_are_published_in_the_form_that_was_recorded_and_listed_with_who_did_it(with_october: Desk) -> None:
    assert "Not published" in with_october.run("statements", "list", "2026-10", "--as", "asha").out
    count = len(with_october.run("statements", "list", "2026-10", "--as", "asha", "--json").data)
    assert with_october.run("statements", "publish", "2026-10", "isf-P001", "--as", "asha").out == "October 2026: 1 statement published.\n"
    with_october.run("record", with_october.write("forms.yaml", FORMS), "--as", "asha")
    done = with_october.run("statements", "publish", "2026-10", "--as", "asha", "--json").data
    assert (done["new"], done["again"], done["same"]) == (count - 1, 1, 0)
    told = with_october.run("statements", "list", "2026-10", "--as", "asha").out
    assert "Version 1, standard, published by asha on" in told
    assert "Version 2, large print 22, published by asha on" in told
    assert "Not published" not in told
    published = with_october.run("statements", "list", "2026-10", "--as", "asha", "--json").data
    assert [[one["replaced"] for one in each["published"]] for each in published if each["fund"] == "isf-P001"] == [[True, False]]


def test_what_is_not_issued_cannot_go_out(with_visits: Desk, refused: Callable[..., str]) -> None:
    refused(with_visits, "documents", "2026-10", "--out", "out", "--as", "asha", says="October 2026 has not been issued")
    refused(with_visits, "statements", "publish", "2026-10", "--as", "asha", says="No statement of October 2026 has been issued")
    assert "No statement of October 2026 has been issued" in with_visits.run("statements", "list", "2026-10", "--as", "asha").out
    assert not (with_visits.folder / "out").exists()


def test_a_fund_that_has_no_statement_is_named(with_october: Desk, refused: Callable[..., str]) -> None:
    refused(with_october, "statements", "publish", "2026-10", "isf-P999", "--as", "asha", says="isf-P999: has no statement of October 2026")

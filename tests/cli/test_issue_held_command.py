"""`ringfence issue-held` as it is typed: what was held is looked at, prepared, and approved by another once its order number is there."""

from __future__ import annotations

from tests.cli.desk import Desk

BOARD = "Northvale Integrated Care Board"


def test_what_was_held_is_previewed_prepared_and_issued_by_command(with_people: Desk) -> None:
    desk = with_people
    desk.apply(desk.change("apply.yaml", ("order_number: NV-88, ", "")))
    desk.import_visits("V-1 P003 personal-care 2026-10-10")
    desk.run("month-end", "2026-10", "--approve", desk.prepare("october"), "--out", "october", "--as", "ben")
    still = desk.run("issue-held", "--preview", "--as", "asha")
    assert f"{BOARD} must act." in still.err
    assert "No invoice that was held may be issued now." in still.out
    assert "ringfence held says of each why" in desk.run("issue-held", "--as", "asha", code=1).err
    desk.apply()
    assert "issue it now with ringfence issue-held" in desk.run("held", "--as", "asha").out
    seen, asked = desk.run("issue-held", "--preview", "--as", "asha"), desk.run("issue-held", "--out", "out", "--as", "asha")
    assert BOARD in seen.out
    assert seen.out.splitlines()[:-1] == asked.out.splitlines()[:len(seen.out.splitlines()) - 1], "What is previewed is what is prepared."
    digest = desk.run("issue-held", "--as", "asha", "--json").data["digest"]
    assert f"--approve {digest[:16]}" in asked.out
    assert "somebody else must approve" in desk.run("issue-held", "--approve", digest, "--as", "asha", code=1).err
    approve = ("issue-held", "--approve", digest, "--out", "out", "--as", "ben")
    assert "They are issued." in desk.run(*approve).out
    first, books = desk.documents, desk.books
    assert len([name for name in first if name.startswith("invoices/")]) == 1
    assert "They were issued before, and nothing has changed." in desk.run(*approve).out
    assert (desk.documents, desk.books) == (first, books)
    assert desk.run("held", "--as", "asha", "--json").data == []
    assert desk.run("issue-held", "--preview", "--as", "asha", "--json").data["invoices"] == []
    assert desk.run("verify", "--json").data == []


def test_preview_and_approve_are_not_given_together(with_people: Desk) -> None:
    assert "not both" in with_people.run("issue-held", "--preview", "--approve", "0123456789", "--as", "asha", code=2).err

"""`ringfence bills`, `pay-bills`, `spending` and `evidence add` as they are typed, with the bill of the example."""

from __future__ import annotations

from tests.cli.desk import EXAMPLES, Desk


def test_bills_are_listed_and_paid_by_a_file_that_the_command_writes(with_agreements: Desk) -> None:
    desk = with_agreements
    told = desk.run("bills", "--as", "asha").out
    assert "BL-0001" in told
    assert told.endswith("Agreed and not paid: £45.00\n")
    one, = desk.run("bills", "--fund", "isf-P002", "--as", "asha", "--json").data
    assert (one["status"], one["pounds"], one["line"], one["approved_by"]) == ("approved", "45.00", "P002-swim", "ben")
    assert "There are no bills." in desk.run("bills", "--fund", "isf-P001", "--as", "asha").out
    planned = desk.run("pay-bills", "BK-9", "--on", "2026-07-24", "--due-by", "2026-07-31", "--out", "pay.yaml", "--as", "asha")
    assert "BK-9 pays £45.00 on 24 July 2026." in planned.out
    assert "ringfence apply pay.yaml" in planned.out
    desk.apply("pay.yaml")
    assert [each["status"] for each in desk.run("bills", "--as", "asha", "--json").data] == ["paid"]
    assert desk.run("pay-bills", "BK-10", "--as", "asha", "--json").data["bills"] == []
    assert "No bill is to be paid" in desk.run("pay-bills", "BK-10", "--out", "none.yaml", "--as", "asha", code=1).err
    assert desk.run("verify", "--referee").out == "Everything adds up, and the referee agrees.\n"


def test_what_is_due_later_is_left_out_and_why(with_agreements: Desk) -> None:
    told = with_agreements.run("pay-bills", "BK-9", "--on", "2026-07-20", "--due-by", "2026-07-30", "--as", "asha").out
    assert told == "No bill is to be paid.\nLeft out: BL-0001, £45.00: it is due later.\n"


def test_purchases_worries_and_papers_are_listed_and_a_changed_paper_is_found(with_agreements: Desk) -> None:
    desk = with_agreements
    assert desk.run("spending", "--fund", "isf-P002", "--as", "asha").out.startswith("Nothing is recorded.")
    desk.run("record", EXAMPLES / "record.yaml", "--as", "asha")
    told = desk.run("spending", "--as", "asha").out
    assert "isf-P001: PU-0001, £90.00, A season ticket for the botanical gardens: allowed" in told
    assert "Is it legal? Yes. (answered by Ruth Cole, social worker on 15 July 2026)" in told
    assert "Sam Yusuf puts it back by 31 August 2026." in told
    desk.write("till.txt", "Gardens 45.00")
    assert "Kept: till.txt for BL-0001" in desk.run("evidence", "add", "isf-P002", "till.txt", "--of", "BL-0001", "--as", "asha").out
    paper, = desk.run("spending", "--as", "asha", "--json").data["evidence"]
    assert (paper["fund"], paper["of"], paper["words"], paper["by"]) == ("isf-P002", "BL-0001", "Receipt", "asha")
    assert "Everything adds up" in desk.run("verify").out
    (desk.folder / "evidence" / paper["file"]).write_text("Gardens 95.00")
    assert "“till.txt” was changed since it was kept." in desk.run("verify", code=1).err
    assert "is no bill, purchase" in desk.run("evidence", "add", "isf-P001", "till.txt", "--of", "BL-0001", "--as", "asha", code=1).err

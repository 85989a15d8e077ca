"""`ringfence cost FILE --for-person OUT`: what a person pays for, as a PDF or a web page."""

from __future__ import annotations

from tests.cli.desk import EXAMPLES, Desk
from tests.documents import pdf_checks

OUTREACH = EXAMPLES / "outreach.cost.yaml"
ASK = "Asha Patel, 01632 960 101"


def test_the_page_is_written_as_its_name_ends(desk: Desk) -> None:
    told = desk.run("cost", OUTREACH, "--for-person", "page.pdf", "--ask", ASK)
    assert told.out == desk.run("cost", OUTREACH).out
    pdf = (desk.folder / "page.pdf").read_bytes()
    assert pdf_checks.faults(pdf) == []
    assert "One week of your support costs £589.60." in pdf_checks.text(pdf)
    desk.run("cost", OUTREACH, "--for-person", "page.HTML", "--ask", ASK)
    page = (desk.folder / "page.HTML").read_text(encoding="utf-8")
    assert "<h1>What you pay for</h1>" in page
    assert ASK in page


def test_a_file_that_stands_there_is_left_and_another_ending_refused(desk: Desk) -> None:
    desk.write("page.pdf", "mine")
    assert "left as it is" in desk.run("cost", OUTREACH, "--for-person", "page.pdf", code=1).err
    assert (desk.folder / "page.pdf").read_text(encoding="utf-8") == "mine"
    assert "ends in .pdf or .html" in desk.run("cost", OUTREACH, "--for-person", "page.docx", code=1).err


def test_scenarios_and_their_cost_files_can_be_started_from(desk: Desk) -> None:
    for kind, name in (("cost", "outreach.cost.yaml"), ("living", "living.cost.yaml"), ("scenarios", "next.scenarios.yaml")):
        desk.write(name, desk.run("template", kind).out)
    assert "£96,071.47" in desk.run("scenarios", "next.scenarios.yaml").out

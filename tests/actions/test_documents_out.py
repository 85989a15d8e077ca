"""The documents of a month: a folder a payer and a person, nothing printed twice, nothing lost, and totals that equal the books."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pypdfium2
import pytest

from basics.errors import InputError, Problem, Refused
from isf.statement_forms import Form
from ringfence.actions import documents_listed, documents_out_totals
from ringfence.actions.documents_out import DocumentsOut, Outgoing, _refuse_alike, write_documents
from ringfence.actions.recording import record_content
from ringfence.documents import kept_files
from ringfence.documents.press import Press, Printed
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books


def write(books: Books, out: Path) -> DocumentsOut:
    return write_documents(books.asha, OCTOBER, out)


def needs(books: Books, person: str, form: Form) -> None:
    record_content(books.asha, {"statement_forms": [{"person": person, "form": form.value, "on": "2026-10-01"}]}, "forms.yaml")


def files(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out).as_posix()): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_each_payer_and_each_person_has_a_folder_and_each_statement_the_form_that_its_person_needs(issued: Books, tmp_path: Path) -> None:
    for person, form in (("P001", Form.LARGE_18), ("P002", Form.PLAIN_TEXT), ("P003", Form.WEB_PAGE)):
        needs(issued, person, form)
    done = write(issued, tmp_path)
    there = set(files(tmp_path))
    assert done.set_aside == ()
    assert {name for name in there if name.startswith("people/P001")} == {
        "people/P001/statement-2026-10-isf-P001.large-18.pdf", "people/P001/statement-2026-10-isf-P001.html"}
    assert {name.rpartition("isf-")[2] for name in there if name.startswith("people/P002")} == {"P002.txt", "P002.html"}
    assert [name for name in there if name.startswith("people/P003") and name.endswith(".pdf") and "isf" in name] == []
    invoices = {name for name in there if name.startswith("payers/")}
    assert len(invoices) == len(issued.invoices())
    assert {"index.html", "control-totals.csv", "control-totals.html", "to-post-01.pdf"} <= there


def test_the_control_totals_equal_the_books(issued: Books, tmp_path: Path) -> None:
    done = write(issued, tmp_path)
    assert done.all_agree
    with (tmp_path / "control-totals.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["What"]: row for row in csv.DictReader(file)}
    asked = sum(issued.asked_for().values())
    assert rows["Invoices, sum"]["In the documents"] == rows["Invoices, sum"]["In the books"] == f"£{asked // 100:,}.{asked % 100:02d}"
    assert rows["Statements"]["In the books"] == str(len(issued.statements(OCTOBER)))
    assert {row["Do they agree?"] for row in rows.values()} == {"yes"}


def test_a_document_that_says_otherwise_than_the_books_is_found_out(issued: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true = documents_out_totals.ledger.held_before
    monkeypatch.setattr(documents_out_totals.ledger, "held_before", lambda *given: {fund: pence + 1 for fund, pence in true(*given).items()})
    assert not write(issued, tmp_path).all_agree


def test_the_second_run_prints_nothing_and_leaves_every_byte(issued: Books, tmp_path: Path) -> None:
    first = write(issued, tmp_path)
    before = files(tmp_path)
    second = write(issued, tmp_path)
    assert (second.written, second.stood) == (0, first.written)
    assert files(tmp_path) == before


def test_what_was_changed_or_taken_away_by_hand_is_written_again(issued: Books, tmp_path: Path) -> None:
    write(issued, tmp_path)
    before = files(tmp_path)
    one, other = sorted(name for name in before if name.startswith("people/") and name.endswith(".pdf"))[:2]
    (tmp_path / one).write_bytes(b"%PDF changed")
    (tmp_path / other).unlink()
    assert write(issued, tmp_path).written == 2
    assert files(tmp_path) == before


def test_another_edition_of_templates_or_letters_prints_everything_anew(issued: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write(issued, tmp_path)
    monkeypatch.setattr(documents_listed, "edition", lambda: "another")
    second = write(issued, tmp_path)
    assert (second.written, second.stood) == (first.written, 0)


def test_a_form_that_is_no_longer_needed_is_taken_away_and_nothing_that_somebody_else_put_there(issued: Books, tmp_path: Path) -> None:
    needs(issued, "P001", Form.EASY_READ)
    write(issued, tmp_path)
    (tmp_path / "people" / "P001" / "my notes.txt").write_text("ring Leila")
    needs(issued, "P001", Form.STANDARD)
    write(issued, tmp_path)
    assert {path.name for path in (tmp_path / "people" / "P001").iterdir() if "spot" not in path.name} == {
        "statement-2026-10-isf-P001.pdf", "statement-2026-10-isf-P001.html", "my notes.txt"}


@pytest.mark.parametrize("after", [0, 5])
def test_a_run_that_was_stopped_is_taken_up_where_it_was(issued: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    everything = write(issued, whole).written
    real, count = kept_files.files.write_document, 0

    def stops(folder: Path, name: str, content: bytes) -> None:
        nonlocal count
        if not name.startswith("."):
            count += 1
        if count > after:
            raise KeyboardInterrupt
        real(folder, name, content)

    with monkeypatch.context() as broken:
        broken.setattr(kept_files.files, "write_document", stops)
        with pytest.raises(KeyboardInterrupt):
            write(issued, stopped)
    with (stopped / kept_files.LIST).open("a") as noted:
        noted.write('["people/half')  # the power went while a line was written
    done = write(issued, stopped)
    assert (done.written, done.stood) == (everything - after, after)
    assert files(stopped) == files(whole)


def test_a_document_that_cannot_be_printed_is_set_aside_with_its_reason_and_goes_nowhere(issued: Books, tmp_path: Path,
                                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    real = Press.print

    def prints(press: Press, jobs: object) -> object:
        for one in real(press, jobs):
            bad = one.format == "pdf" and isinstance(one.content, bytes) and one.key == str(bad_id)
            yield Printed(one.key, one.format, Problem("P001", "No font here has the character.", "Write it in other letters.")) if bad else one

    (bad_id,), = issued.rows("SELECT id FROM document WHERE name = 'statement-2026-10-isf-P001'")
    monkeypatch.setattr(Press, "print", prints)
    done = write(issued, tmp_path)
    problem, = done.set_aside
    assert problem.place == "people/P001/statement-2026-10-isf-P001.pdf"
    assert "No font here has the character." in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert not (tmp_path / problem.place).exists()
    assert not done.all_agree
    posted = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "to-post-01.pdf"))
    assert "Amina’s money" not in posted
    assert "Thomas Hale" in posted


def test_the_index_leads_to_every_file_that_is_there_and_to_no_other(issued: Books, tmp_path: Path) -> None:
    write(issued, tmp_path)
    links = set(re.findall(r'href="([^"]+)"', (tmp_path / "index.html").read_text(encoding="utf-8")))
    assert links == {name for name in files(tmp_path) if name.startswith(("people/", "payers/", "to-post"))}


def test_only_what_goes_by_post_is_in_the_file_that_is_posted(issued: Books, tmp_path: Path) -> None:
    needs(issued, "P001", Form.WEB_PAGE)
    write(issued, tmp_path)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "to-post-01.pdf")]
    assert not any("Amina Yusuf" in page for page in pages)
    assert len([page for page in pages if re.search(r"page 1 of \d+\s*$", page)]) == len(issued.statements(OCTOBER)) - 1 + 1  # with Grace’s invoice


def test_a_month_that_is_not_issued_has_no_documents(issued: Books, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="November 2026 has not been issued"):
        write_documents(issued.asha, NOVEMBER, tmp_path / "out")
    assert not os.path.exists(tmp_path / "out")


def test_how_far_it_is_is_told(issued: Books, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_documents(issued.asha, OCTOBER, tmp_path, on_progress=lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1] == len(told)


def test_two_folders_that_differ_by_capitals_only_are_refused(tmp_path: Path) -> None:
    alike = [Outgoing(n, "statement", f"s{n}", f"people/{name}", "", "", Form.STANDARD, ("pdf",)) for n, name in enumerate(("P001", "p001"))]
    with pytest.raises(Refused, match="capital"):
        _refuse_alike(tmp_path, alike)

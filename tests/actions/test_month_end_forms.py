"""What a month end writes to its folder: each document in the form that its reader needs, to the byte as `ringfence documents` writes it."""

from __future__ import annotations

from pathlib import Path

from isf.statement_forms import Form
from ringfence.actions.documents_out import write_documents
from ringfence.actions.month_end import approve_month, prepare_month
from ringfence.actions.recording import record_content
from tests.actions.provider_books import OCTOBER, Books

NEEDS = {"P001": Form.LARGE_18, "P002": Form.EASY_READ, "P003": Form.PLAIN_TEXT}


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()}


def needed(books: Books) -> Books:
    said = [{"person": who, "form": form.value, "on": "2026-10-01"} for who, form in NEEDS.items()]
    record_content(books.asha, {"statement_forms": said}, "forms.yaml")
    return books


def test_a_month_end_writes_each_document_as_its_reader_needs_it_and_as_documents_does(delivered: Books, tmp_path: Path) -> None:
    digest = prepare_month(needed(delivered).asha, OCTOBER, None).digest
    done = approve_month(delivered.ben, OCTOBER, digest, tmp_path / "run")
    assert done.set_aside == ()
    written = files(tmp_path / "run")
    assert {name.partition("isf-")[2] for name in written if "isf-P00" in name} >= {
        "P001.large-18.pdf", "P001.html", "P002.easy.pdf", "P002.html"}
    assert "statement-2026-10-isf-P001.pdf" not in written, "Only the form that is needed, and the page."
    assert any(name.startswith("invoice-") and name.endswith(".large-18.pdf") for name in written), "P001 pays a part, and reads 18 points."
    write_documents(delivered.asha, OCTOBER, tmp_path / "documents")
    out = files(tmp_path / "documents")
    assert {name: out[name] for name in written} == written


def test_the_same_month_end_again_writes_the_same_and_a_form_that_is_recorded_later_too(delivered: Books, tmp_path: Path) -> None:
    digest = prepare_month(delivered.asha, OCTOBER, None).digest
    approve_month(delivered.ben, OCTOBER, digest, tmp_path / "first")
    first = files(tmp_path / "first")
    assert "statement-2026-10-isf-P001.pdf" in first
    needed(delivered)
    again = approve_month(delivered.ben, OCTOBER, digest, tmp_path / "again")
    assert again.set_aside == (), "A form that was not written before is no document that differs."
    second = files(tmp_path / "again")
    assert "statement-2026-10-isf-P001.large-18.pdf" in second
    assert {name: second[name] for name in first if name in second} == {name: first[name] for name in first if name in second}


def test_drafts_are_standard_as_whoever_prepares_and_approves_reads_them(delivered: Books, tmp_path: Path) -> None:
    prepare_month(needed(delivered).asha, OCTOBER, tmp_path)
    assert {path.suffix for path in (tmp_path / "drafts" / "statements").iterdir()} == {".pdf", ".html"}
    assert list(tmp_path.rglob("*.large-18.pdf")) == []

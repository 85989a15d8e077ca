"""What goes by post: everything that somebody gets, in one envelope with its address, as large as they need it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from isf.statement_forms import Form
from ringfence.actions import documents_posted
from ringfence.actions.documents_out import DocumentsOut, write_documents
from ringfence.actions.recording import record_content
from ringfence.actions.reminding import write_reminders
from tests.actions.provider_books import OCTOBER, Books
from tests.documents import pdf_checks

ADDRESS = ["12 Quay Street", "Halden HA1 2BC"]
CONTACT = {"funder": "peggy", "from": "2026-04-01", "name": "Ann Ellis", "address": ["4 Hill Street"], "basis": "attorney", "source": "Seen"}
LADDER = {"ladder": "people", "of_kind": "person", "from": "2026-04-01", "source": "Trustees", "steps": [{"days": 7, "tone": "friendly"}]}


def write(books: Books, out: Path) -> DocumentsOut:
    return write_documents(books.asha, OCTOBER, out)


def posted(out: Path, name: str = "to-post-01.pdf") -> list[str]:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out / name)]
    return [re.sub(r"\s+", " ", page) for page in pages if page.strip()]


def needs(books: Books, person: str, form: Form) -> None:
    record_content(books.asha, {"statement_forms": [{"person": person, "form": form.value, "on": "2026-10-01"}]}, "forms.yaml")


def lives_at(books: Books, payer: str, person: str, address: list[str]) -> None:
    books.apply({"funders": [{"reference": payer, "kind": "person", "person": person, "address": address}]})


def place(pages: list[str], words: str) -> int:
    found = [n for n, page in enumerate(pages) if words in page]
    assert found, words
    return found[0]


def test_a_statement_and_an_invoice_of_one_person_lie_in_one_envelope_after_the_page_with_its_address(issued: Books, tmp_path: Path) -> None:
    lives_at(issued, "peggy", "P004", ADDRESS)
    assert write(issued, tmp_path).all_agree
    pages = posted(tmp_path)
    cover = place(pages, "12 Quay Street")
    name, = {row.name for row in [issued.statement("spot-P004")]}
    assert name in pages[cover]
    assert "Papers from Halden Support" in pages[cover]
    titles = [place(pages, f"{issued.statement('spot-P004').known_as}’s money 1 to 31 October"), place(pages, "Invoice 0005")]
    assert cover < titles[0] < max(n for n, page in enumerate(pages) if "Invoice 0005" in page and name in page)


def test_the_address_stands_where_the_window_of_an_envelope_is(issued: Books, tmp_path: Path) -> None:
    """A window of 90 by 35 mm, 20 mm from the left and 45 mm from the top of a page that is folded in three."""
    lives_at(issued, "peggy", "P004", ADDRESS)
    write(issued, tmp_path)
    document = pypdfium2.PdfDocument(tmp_path / "to-post-01.pdf")
    page = next(page for page in document if "12 Quay Street" in page.get_textpage().get_text_range())
    words = page.get_textpage()
    start = words.get_text_range().index("12 Quay Street")
    left, bottom, right, top = words.get_charbox(start)
    mm = 72 / 25.4
    assert 20 * mm <= left < right <= 110 * mm
    assert page.get_height() - 80 * mm <= bottom < top <= page.get_height() - 45 * mm


def test_an_invoice_goes_to_whoever_is_recorded_for_letters_about_money_and_the_statement_home(issued: Books, tmp_path: Path) -> None:
    issued.apply({"payer_contacts": [CONTACT]})
    lives_at(issued, "peggy", "P004", ADDRESS)
    write(issued, tmp_path)
    pages = posted(tmp_path)
    ann, home = place(pages, "Ann Ellis 4 Hill Street"), place(pages, "12 Quay Street")
    assert "Invoice" in pages[ann]
    assert "money" not in pages[ann]
    assert "Invoice" not in pages[home]


def test_without_an_address_no_page_is_made_up_and_the_index_counts_it(issued: Books, tmp_path: Path) -> None:
    write(issued, tmp_path)
    assert not any("Papers from Halden Support" in page for page in posted(tmp_path))
    rows = re.sub(r"<[^>]+>|\s+", " ", (tmp_path / "index.html").read_text(encoding="utf-8"))
    papers, envelopes, without = re.findall(r"to-post-01\.pdf\s+(\d+)\s+(\d+)\s+(\d+)", rows)[0]
    assert int(papers) == len(issued.statements(OCTOBER)) + 2
    assert envelopes == without


def test_an_address_that_cannot_be_printed_is_set_aside_and_the_papers_go_all_the_same(issued: Books, tmp_path: Path) -> None:
    lives_at(issued, "peggy", "P004", ["12 Quay Street 日本", "Halden"])
    done = write(issued, tmp_path)
    assert any("U+65E5" in each.what for each in done.set_aside)
    pages = posted(tmp_path)
    assert not any("Quay Street" in page for page in pages if "Papers from Halden Support" in page)
    assert place(pages, f"{issued.statement('spot-P004').known_as}’s money") >= 0


def test_nobody_whose_statement_is_a_web_page_gets_an_invoice_by_post(issued: Books, tmp_path: Path) -> None:
    needs(issued, "P004", Form.WEB_PAGE)
    write(issued, tmp_path)
    assert not any("Invoice" in page and issued.statement("spot-P004").name in page for page in posted(tmp_path))
    assert list((tmp_path / "payers" / "peggy").glob("*.pdf"))


@pytest.mark.parametrize(("form", "size"), [(Form.LARGE_18, 18), (Form.LARGE_22, 22), (Form.EASY_READ, 16)])
def test_an_invoice_to_a_person_is_as_large_as_they_need_it(issued: Books, tmp_path: Path, form: Form, size: int) -> None:
    needs(issued, "P004", form)
    write(issued, tmp_path)
    found, = (tmp_path / "payers" / "peggy").iterdir()
    assert found.name.endswith(f".large-{size}.pdf")
    pdf = found.read_bytes()
    assert pdf_checks.faults(pdf) == []
    assert pdf_checks.smallest_letters_pt(pdf) >= size


def test_an_invoice_to_a_council_stays_as_it_is(issued: Books, tmp_path: Path) -> None:
    needs(issued, "P003", Form.LARGE_22)
    write(issued, tmp_path)
    assert {path.suffixes[-1] for path in (tmp_path / "payers" / "southgate").iterdir()} == {".pdf"}
    assert not any("large" in path.name for path in (tmp_path / "payers" / "southgate").iterdir())


def test_a_bundle_ends_between_two_envelopes(issued: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lives_at(issued, "peggy", "P004", ADDRESS)
    monkeypatch.setattr(documents_posted, "IN_A_BUNDLE", 2)
    write(issued, tmp_path)
    files = sorted(path.name for path in tmp_path.glob("to-post-*.pdf"))
    assert len(files) > 1
    name = issued.statement("spot-P004").name
    assert len([file for file in files if any(name in page for page in posted(tmp_path, file))]) == 1


class TestLetters:
    """Reminders go with a page for the window too, and are as large as their person needs them."""

    def written(self, books: Books, out: Path) -> list[str]:
        books.apply({"payer_contacts": [CONTACT], "reminder_terms": [LADDER]})
        books.at = datetime(2026, 12, 20, 9, tzinfo=UTC)
        _, count, set_aside = write_reminders(books.asha, out)
        assert (count, set_aside) == (1, [])
        return posted(out, "to-post.pdf") if (out / "to-post.pdf").exists() else []

    def test_each_stands_after_the_page_with_its_address(self, issued: Books, tmp_path: Path) -> None:
        pages = self.written(issued, tmp_path)
        assert "Ann Ellis 4 Hill Street" in pages[0]
        assert "A reminder" in pages[1]

    def test_it_is_as_large_as_the_person_needs_it(self, issued: Books, tmp_path: Path) -> None:
        needs(issued, "P004", Form.LARGE_18)
        self.written(issued, tmp_path)
        letter = next(path for path in tmp_path.glob("R-*.pdf")).read_bytes()
        assert pdf_checks.faults(letter) == []
        assert pdf_checks.smallest_letters_pt(letter) >= 18

    def test_it_is_in_no_post_of_somebody_who_reads_on_a_screen(self, issued: Books, tmp_path: Path) -> None:
        needs(issued, "P004", Form.PLAIN_TEXT)
        assert self.written(issued, tmp_path) == []
        assert list(tmp_path.glob("R-*.pdf"))

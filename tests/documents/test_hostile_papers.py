"""The two hundred hostile names on invoices, letters, pages with an address, the index and e-invoices: exactly as written, or set aside by naming
the character.

Some are tried each time, and all of them where `RINGFENCE_TEST_EVERY_NAME` is set.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from basics.errors import InputError
from basics.periods import Month
from invoicing.einvoice_rules import problems
from ringfence.actions.documents_out_totals import Tally, index
from ringfence.documents.cover_page import cover_page
from ringfence.documents.einvoice import ubl
from ringfence.documents.printing import invoice_pdf, reminder_pdf, sheet_html, sheets_pdf
from tests.documents import pdf_checks
from tests.documents.document_records import COUNCIL
from tests.documents.einvoice_kinds import COUNCIL as BUYER
from tests.documents.einvoice_kinds import invoice, part
from tests.documents.test_reminder_pdf import TO_A_PERSON
from tests.documents.test_two_hundred_names import LONG, TRIED, bare, is_read_from_right_to_left

FURNITURE = re.compile(r"(?:HarbourSupport·invoiceHS-000123·seal7f3a-91c2|HaldenSupport·R-2026-11-22-peggy-2|HaldenSupport)page\d+of\d+")


def an_invoice(name: str, size_pt: int) -> bytes:
    return invoice_pdf(replace(COUNCIL, bill_to=name, person_words=name, lines=(replace(COUNCIL.lines[0], words=name),)), size_pt=size_pt)


def a_letter(name: str, size_pt: int) -> bytes:
    return reminder_pdf(replace(TO_A_PERSON, to=(name, name), about=name), size_pt=size_pt)


def a_cover(name: str, _: int) -> bytes:
    return sheets_pdf([cover_page((name[:60], "4 Hill Street"), "Halden Support", [name, name, name])], "To post", date(2026, 10, 31))


PAPERS: dict[str, tuple[Callable[[str, int], bytes], int]] = {
    "invoice": (an_invoice, 11), "invoice in large print": (an_invoice, 22), "letter": (a_letter, 14), "letter in large print": (a_letter, 22),
    "page with an address": (a_cover, 14),
}


def on_paper(name: str, paper: str) -> str:
    """What became of a name; anything but these two is a fault."""
    make, size_pt = PAPERS[paper]
    try:
        pdf = make(name, size_pt)
    except InputError as refused:
        said = str(refused).encode().decode()
        return "set aside" if re.search(r"U\+[0-9A-F]{4,6}", said) else f"refused without naming the character: {said}"
    words = FURNITURE.sub("", bare(pdf_checks.text(pdf)))
    if is_read_from_right_to_left(name):
        missing = Counter(bare(name)) - Counter(words)
        return "exactly" if not any(letter.isalpha() for letter in missing) else f"without {missing}"
    return "exactly" if words.count(bare(name)) >= 3 else f"not there three times: {name!r}"


def test_a_hostile_name_on_any_paper_comes_out_exactly_or_is_set_aside() -> None:
    found = Counter((paper, on_paper(name, paper)) for name in TRIED for paper in PAPERS)
    assert sum(found.values()) == len(TRIED) * len(PAPERS)
    assert {what for _, what in found} == {"exactly", "set aside"}, found
    print(f"{len(TRIED)} names on {len(PAPERS)} papers: {sum(found.values())} tries, "  # noqa: T201
          f"{sum(count for (_, what), count in found.items() if what == 'exactly')} exactly")


@pytest.mark.parametrize("paper", PAPERS)
def test_a_name_of_four_hundred_letters_stays_within_the_margins_of_every_paper(paper: str) -> None:
    name = "Llanfairpwllgwyngyll" * (LONG // 20)
    assert on_paper(name, paper) == "exactly"
    make, size_pt = PAPERS[paper]
    left, right = pdf_checks.edges(make(name, size_pt))
    assert left >= pdf_checks.MARGIN_PT
    assert right <= pdf_checks.A4_WIDTH_PT - pdf_checks.MARGIN_PT


def test_the_index_has_every_name_as_words_and_none_as_an_element() -> None:
    for name in TRIED:
        rows = [("invoice", name, "", "payers/A/invoice-000501.pdf"), ("statement", name, "standard", "people/P/statement.pdf")]
        page = sheet_html(index(Month(2026, 10), rows, [], Tally(), ()))
        assert bare(html.unescape(re.sub(r"<[^>]+>", "", page))).count(bare(name)) >= 2, name
        assert "<script" not in page


def test_an_e_invoice_has_every_name_exactly_or_is_refused_before_it_is_written() -> None:
    found: Counter[str] = Counter()
    for name in TRIED:
        made = invoice(part(name, 1000), buyer=replace(BUYER, name=name), note=name)
        if problems(made):
            found["refused"] += 1
            continue
        said = [str(node.text) for node in etree.fromstring(ubl(made)).iter() if node.text]
        assert said.count(name) >= 3, name
        found["exactly"] += 1
    assert sum(found.values()) == len(TRIED)
    assert found["exactly"] > len(TRIED) // 2

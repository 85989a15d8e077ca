"""The checks themselves: a page with each fault is found out."""

from __future__ import annotations

from pathlib import Path

import typst

from tests.documents import pdf_checks

BAD = """
#set document(title: "x")
== Second before first
#table(columns: 2, [a], [b])
"""


def test_each_fault_is_found(tmp_path: Path) -> None:
    page = tmp_path / "bad.typ"
    page.write_text(BAD, encoding="utf-8")
    found = " ".join(pdf_checks.faults(typst.compile(page)))
    for fault in ("language", "PDF/UA-1", "0 first headings", "skipped", "no heads"):
        assert fault in found

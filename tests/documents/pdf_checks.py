"""What makes a PDF readable by everybody, checked on the finished file: our own reading of PDF/UA-1, and the package's beside it."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pypdfium2

A4_WIDTH_PT = 595
MARGIN_PT = 56
HEADINGS = {f"/H{n}": n for n in range(1, 7)}


def faults(pdf: bytes) -> list[str]:
    """Everything that is not as it should be, in words; nothing where all is well."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [*_catalogue_faults(file), *_structure_faults(list(elements(file)))]


def syntax_faults(pdf: bytes) -> list[str]:
    """What qpdf finds wrong with the file itself, as `qpdf --check` does."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return list(file.check_pdf_syntax())


def smallest_letters_pt(pdf: bytes) -> float:
    """The size of the smallest letters, in points."""
    sizes = []
    for page in pypdfium2.PdfDocument(pdf):
        words = page.get_textpage()
        sizes += [pypdfium2.raw.FPDFText_GetFontSize(words, n) for n in range(words.count_chars())
                  if not pypdfium2.raw.FPDFText_IsGenerated(words, n)]
    return round(min(sizes), 2)


def package_faults(pdf: bytes) -> list[str]:
    """What the pdfua package finds wrong."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(pdf)
        report = pdfua.validate(str(path))
    return [f"{finding.rule_id}: {finding.message}" for finding in report.findings if finding.severity >= pdfua.Severity.WARNING]


def text(pdf: bytes) -> str:
    """The words of every page in the order of reading, white space as one space."""
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def page_texts(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)]


def edges(pdf: bytes) -> tuple[float, float]:
    """How far left and how far right any letter stands, in points. A space at the end of a line hangs over it, and is seen by nobody."""
    left, right = [], []
    for page in pypdfium2.PdfDocument(pdf):
        words = page.get_textpage()
        boxes = [words.get_charbox(n) for n in range(words.count_chars()) if words.get_text_range(n, 1).strip()]
        left += [box[0] for box in boxes if box[2] > box[0]]
        right += [box[2] for box in boxes if box[2] > box[0]]
    return min(left), max(right)


def alternative_texts(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [str(element.Alt) for element in elements(file) if element.S == "/Figure"]


def elements(file: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure, parents first."""
    yield from _below(file.Root.StructTreeRoot.get("/K"))


def _below(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for part in node:
            yield from _below(part)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _below(node.get("/K"))


def _catalogue_faults(file: pikepdf.Pdf) -> Iterator[str]:
    root = file.Root
    if str(root.get("/Lang", "")) != "en-GB":
        yield "The language is not en-GB."
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "It does not say that it is tagged."
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "The window shows the file's name, not the title."
    with file.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "It does not say that it is made to PDF/UA-1."
        if not metadata.get("dc:title"):
            yield "It has no title."


def _structure_faults(found: list[Any]) -> Iterator[str]:
    levels = [HEADINGS[str(element.S)] for element in found if str(element.S) in HEADINGS]
    if levels.count(1) != 1:
        yield f"It has {levels.count(1)} first headings."
    if any(after > before + 1 for before, after in zip([0, *levels], levels, strict=False)):
        yield "A level of heading is skipped."
    for element in found:
        if element.S == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "A picture has no words."
        if element.S == "/Table":
            yield from _table_faults(list(_below(element.K)))


def _table_faults(inside: list[Any]) -> Iterator[str]:
    heads = [cell for cell in inside if cell.S == "/TH"]
    if not heads:
        yield "A table has no heads."
    if any(not _scope(cell) for cell in heads):
        yield "A table's head does not say what it stands over."


def _scope(cell: Any) -> str:
    attributes = cell.get("/A", [])
    listed = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(one.Scope) for one in listed if "/Scope" in one), "")

"""A statement as plain text: for a message, a braille display, or a program that reads aloud. The words of the page, one thing a line."""

from __future__ import annotations

from collections.abc import Iterator

from isf.statement import Statement
from ringfence.documents.pages import Page, statement_page


def statement_text(record: Statement) -> str:
    """The statement as lines of text. Nothing stands in columns, which a voice cannot see. Raises `InputError` as `statement_page` does."""
    return "\n".join(_lines(statement_page(record))) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield from (page["title"], page["period"], page["for_whom"])
    for mark in page["marks"]:
        yield from ("", f"{mark['word']}: {mark['sentence']}" if mark["sentence"] else mark["word"])
    yield from ("", f"{page['status']['words']}.", page["headline"])
    for part in page["parts"]:
        yield from ("", "", part["heading"], "", *_OF_PART[part["kind"]](part))
    yield from ("", "", page["contacts"]["heading"], "")
    for n, row in enumerate(page["contacts"]["rows"], start=1):
        yield f"{n}. {row['words']}: {row['name']}{', ' if row['telephone'] else ''}{row['telephone']}"
    yield from ("", "", page["footer"])


def _money(part: Page) -> Iterator[str]:
    yield from (f"{what}: {amount}" for what, amount in part["rows"])
    yield from part["after"]
    yield from (sentence for one in part["over"] for sentence in one)


def _given(part: Page) -> Iterator[str]:
    if part["rows"]:
        yield from _rows(part)
        yield ": ".join(part["total"])
    else:
        yield part["nothing"]
    yield from part["after"]
    if part["shortfalls"]:
        yield from ("", part["shortfalls_heading"], *(f"{day}: {why}" for day, why in part["shortfalls"]))


def _mistakes(part: Page) -> Iterator[str]:
    yield part["sorry"]
    yield from _rows(part)


def _budget(part: Page) -> Iterator[str]:
    if part["rows"]:
        yield from _rows(part)
    else:
        yield part["nothing"]
    yield from filter(None, [part["not_known"]])
    yield from part["after"]
    yield from part["forecast"]


def _rows(part: Page) -> Iterator[str]:
    """What a line is, what stands beneath it, and each figure after its name."""
    for row in part["rows"]:
        figures = (f"{name}: {cell}" for name, cell in zip(part["columns"][1:], row["cells"], strict=True))
        yield from (row["words"], *filter(None, [row["below"]]), *(f"  {figure}" for figure in figures))


_OF_PART = {"money": _money, "given": _given, "mistakes": _mistakes, "budget": _budget}

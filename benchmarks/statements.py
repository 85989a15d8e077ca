"""Statements a second through our own press, beside bare Typst that is handed the same template and the same finished text.

Both make the same bytes, which is checked first. What differs is all that is ours: the words, the checks, the sharing among processes.
*WeasyPrint* prints our own web page of the same statements to PDF, in one process, beside our PDFs from one process; a part of them only,
for it is slow. It needs Pango, which Debian calls `libpango-1.0-0` and `libpangoft2-1.0-0`; without it that line says why it is missing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any, Self

import typst

from basics.errors import Problem
from benchmarks.measured import Measured
from isf.statement import Statement
from ringfence import documents
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.month_end import preview_month
from ringfence.actions.papers import statement_paper
from ringfence.documents.files import document_name, write_document
from ringfence.documents.press import CHUNK, Job, Press
from ringfence.documents.printing import statement_html, statement_input
from sample_data.build import OPEN_MONTH, PREPARES, build_sample

ROUNDS = 3
FORMATS = ("pdf", "html", "json")
GOAL_PERCENT = 90
MORE, PRINTED = 5, 24
PEOPLE, PEOPLE_IN_FULL = 120, 500
WORKERS = (1, 2)
PREVIEWED_AT = datetime(2026, 11, 4, 10, tzinfo=UTC)

Input = tuple[str, datetime]
"""What the template is given, ready made: the text as JSON, and the time that the PDF carries."""


def measure(full: bool) -> list[Measured]:
    """With one process and with two: as PDFs only, and as issued (PDF, web page and frozen record, written to a folder).

    Everyone has a statement of their own. Each pace is the best of three rounds, ours and Typst's turn about, after a first round that
    does not count.
    """
    records = sample_statements(PEOPLE_IN_FULL if full else PEOPLE)
    return [*(line for workers in WORKERS for line in _with_workers(records, workers)), _beside_weasyprint(records[:PRINTED])]


def sample_statements(people: int) -> list[Statement]:
    """The October statements of a sample provider with so many people."""
    with tempfile.TemporaryDirectory() as folder:
        books = str(Path(folder) / "books.db")
        build_sample(books, people=people)
        store = open_books(books, key=None)
        try:
            return list(preview_month(Acting(store, PREPARES, PREVIEWED_AT), OPEN_MONTH).statements)
        finally:
            store.close()


def _with_workers(records: Sequence[Statement], workers: int) -> list[Measured]:
    inputs = [statement_input(record) for record in records]
    with tempfile.TemporaryDirectory() as folder, Press(workers=workers) as press, BareTypst(workers) as bare:
        few = CHUNK * workers
        assert _pdfs(press, records[:few]) == bare.compile(inputs[:few]), "Ours and Typst's are not the same documents."
        ours, issued, theirs = _best_of_rounds(
            len(records), lambda: _pdfs(press, records), lambda: _issue(press, records, Path(folder)), lambda: bare.compile(inputs))
    where = "one process" if workers == 1 else f"{workers} processes"
    return [_line(f"Statements as PDF, {where}", ours, theirs, GOAL_PERCENT),
            _line(f"Statements as issued (PDF, HTML and JSON files), {where}; Typst: PDF only, in memory", issued, theirs, None)]


def _beside_weasyprint(records: Sequence[Statement]) -> Measured:
    """Our PDFs of some statements, and WeasyPrint's of their web pages."""
    name, goal = "Statements as PDF, one process, beside their web page printed", f"at least {MORE} times as many"
    try:
        from weasyprint import HTML
    except OSError as missing:
        return Measured(name, "", f"WeasyPrint cannot run here: {str(missing).splitlines()[0]}", "", goal, None)
    pages = [statement_html(record) for record in records]
    with Press(workers=1) as press:
        _pdfs(press, records)
        ours, theirs = _best_of_rounds(len(records), lambda: _pdfs(press, records), lambda: [HTML(string=page).write_pdf() for page in pages])
    return Measured(name, f"{ours:.1f} statements/s", f"WeasyPrint {theirs:.1f} statements/s", f"{ours / theirs:.1f} times as many", goal,
                    ours / theirs >= MORE)


def _line(name: str, ours: float, theirs: float, goal: int | None) -> Measured:
    percent = 100 * ours / theirs
    return Measured(name, f"{ours:.1f} statements/s", f"bare Typst {theirs:.1f} statements/s", f"{percent:.0f}% of Typst",
                    "" if goal is None else f"at least {goal}% of Typst", None if goal is None else percent >= goal)


def _best_of_rounds(count: int, *each: Callable[[], object]) -> list[float]:
    """How many a second each does at its best, all of them in every round. The order turns, so that no one always has the warm seat."""
    seconds: dict[Callable[[], object], list[float]] = {work: [] for work in each}
    for n in range(ROUNDS):
        for work in (*each[n % len(each):], *each[:n % len(each)]):
            began = perf_counter()
            work()
            seconds[work].append(perf_counter() - began)
    return [count / min(seconds[work]) for work in each]


def _pdfs(press: Press, records: Sequence[Statement]) -> list[bytes]:
    jobs = (Job(statement_paper(record).name, record, ("pdf",)) for record in records)
    return [_whole(content) for _, _, content in press.print(jobs)]


def _issue(press: Press, records: Sequence[Statement], folder: Path) -> None:
    jobs = (Job(statement_paper(record).name, record, FORMATS) for record in records)
    for key, form, content in press.print(jobs):
        write_document(folder, document_name(key, form=form), _whole(content))


def _whole(content: bytes | Problem) -> bytes:
    assert isinstance(content, bytes), content
    return content


class BareTypst:
    """Typst with nothing of ours but the template and the fonts: one compiler a process, made once."""

    def __init__(self, workers: int) -> None:
        self._pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn")) if workers > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def compile(self, inputs: Sequence[Input]) -> list[bytes]:
        """A PDF of each input, in order; what is shared among processes travels as the press's does."""
        if self._pool is None:
            return _compile(inputs)
        chunks = [inputs[start:start + CHUNK] for start in range(0, len(inputs), CHUNK)]
        return [pdf for done in self._pool.map(_compile, chunks) for pdf in done]


def _compile(inputs: Sequence[Input]) -> list[bytes]:
    compiler = _compiler()
    return [compiler.compile(format="pdf", sys_inputs={"d": data}, pdf_standards=["ua-1"], timestamp=made_at) for data, made_at in inputs]


@cache
def _compiler() -> Any:
    folder = Path(documents.__file__).parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder / "fonts"])
    return typst.Compiler(folder / "statement.typ", font_paths=fonts, ignore_system_fonts=True)

"""Printing many documents: in this process, or shared among several.

One document that cannot be printed is set aside with its reason, and the run goes on. Threads gain nothing here, so the work is shared
among processes, each with its own compiler, in chunks and in order.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from basics.errors import InputError, Problem, RingfenceError
from costing.quote import Quote
from invoicing.invoice import Invoice
from isf.statement import Statement
from ringfence.documents.printing import letter_pdf
from ringfence.documents.records import record_json
from ringfence.documents.statement_files import INVOICES, PRINTED

CHUNK = 16
"""Documents that travel to a process together: few enough that the last chunk does not keep the others waiting."""

Item = TypeVar("Item")
Made = TypeVar("Made")


class Job(NamedTuple):
    """A record to print, in the formats asked for; `key` is what the caller knows it by."""

    key: str
    record: Statement | Invoice | Quote
    formats: tuple[str, ...]


class Printed(NamedTuple):
    """One document, or the reason why it is none."""

    key: str
    format: str
    content: bytes | Problem


def forms_of(record: Statement | Invoice | Quote) -> tuple[str, ...]:
    """Every form that a record can be printed in, by how its file ends; the last is the record itself."""
    printed = PRINTED if isinstance(record, Statement) else INVOICES if isinstance(record, Invoice) else ("pdf",)
    return (*printed, "json")


class Press:
    """Prints many records: `with Press(workers=2) as press: for key, format, content in press.print(jobs): …`.

    With one worker everything happens in this process.
    """

    def __init__(self, *, workers: int = 1) -> None:
        if workers < 1:
            raise InputError(f"{workers} is not a number of workers.", "Use one or more.")
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        if self._workers > 1:
            self._pool = ProcessPoolExecutor(self._workers, mp_context=get_context("spawn"), initializer=_end_with_whoever_asks)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def print(self, jobs: Iterable[Job]) -> Iterator[Printed]:
        """Each document of each job, in the order given. Jobs are read as they are needed, so a long run stays small in memory.

        Raises `RingfenceError` where a worker process itself was ended.
        """
        chunks = _chunks(jobs)
        if self._pool is None:
            for chunk in chunks:
                yield from _print_chunk(chunk)
            return
        for printed in _shared(self._pool, _print_chunk, chunks, 2 * self._workers):
            yield from printed


def print_each_afresh(work: Callable[[Item], Made], items: Iterable[Item], workers: int) -> Iterator[Made]:
    """What comes of each item, in order, each made by a process that ends with it: Typst keeps what it has set for its next ten calls, and of files
    of many papers that is gigabytes.

    Raises `RingfenceError` where such a process was ended from outside.
    """
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_whoever_asks, max_tasks_per_child=1) as pool:
        yield from _shared(pool, work, items, workers)


def _end_with_whoever_asks() -> None:
    """The process that asked may be killed: nothing else would end this one, which would keep its memory and wait for work for ever."""
    Thread(target=_exit_after_the_parent, daemon=True).start()


def _exit_after_the_parent() -> None:
    if asking := parent_process():
        asking.join()
        os._exit(1)


def _shared(pool: ProcessPoolExecutor, work: Callable[[Item], Made], items: Iterable[Item], ahead: int) -> Iterator[Made]:
    """What comes of each, in order, no more than so many `ahead` of what was taken."""
    waiting: deque[Future[Made]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as fault:
        raise RingfenceError("A printing process was ended from outside, perhaps for want of memory.",
                             "Give the same command again, with fewer workers.") from fault


def _chunks(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    rest = iter(jobs)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _print_chunk(jobs: list[Job]) -> list[Printed]:
    return [Printed(job.key, form, _document(job, form)) for job in jobs for form in job.formats]


def _document(job: Job, form: str) -> bytes | Problem:
    """The document, or the reason why it is none: a fault in one must not end the run of the others, whatever it is."""
    try:
        return _printed(job.record, form)
    except RingfenceError as fault:
        return fault.problem
    except Exception as fault:
        return Problem(job.key, f"The {form} could not be made: {type(fault).__name__}: {fault}.",
                       "Report this with the record that it was made from.")


def _printed(record: Statement | Invoice | Quote, form: str) -> bytes:
    if form == "json":
        return record_json(record).encode()
    if isinstance(record, Statement):
        if form in PRINTED:
            return PRINTED[form](record)
    elif isinstance(record, Invoice):
        if form in INVOICES:
            return INVOICES[form](record)
    elif form == "pdf":
        return letter_pdf([record])
    raise InputError(f"A document of this kind has no form “{form}”.", f"Ask for one of: {', '.join(forms_of(record))}.")

"""Month ends in processes of their own, which end themselves where they are asked to: before a statement, or in the midst of a document.

They are forked from one process that has Ringfence imported: that takes longer than the month end. Run by itself, this file is that
process; it is asked on its standard input, a line of JSON for all that begin at once, and answers with how each of them ended.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from basics.errors import RingfenceError
from ringfence.actions.issuing_held import HeldIssue, issue_held, prepare_held
from ringfence.actions.month_end import MonthEnd, approve_month, approved_before, prepare_month
from ringfence.store import batches
from ringfence.store.documents_issued import ISSUE_HELD
from ringfence.store.engine import open_store
from tests.actions.provider_books import ASHA, BEN, OCTOBER, Books
from tests.faults.stopping import no_file_larger_than, stop_at_document, stop_at_statement

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Task:
    """A month end on the books at `url`, by `preparer` and `approver`, with its documents in `out` (none where that is empty).

    The process ends itself before point `statement`, or at the document with the number `document`: before it is begun, in its midst, or
    before it has its name. No file may come to more than `largest_file` bytes, as where a disk is full. What it has to say goes to `told`.
    """

    url: str
    out: str
    told: str
    preparer: str = ASHA
    approver: str = BEN
    statement: int = 0
    document: int = 0
    where: str = ""
    largest_file: int = 0
    is_held: bool = False
    """Not a month end: the issue of what was held."""


@dataclass
class Workers:
    """The process that they are forked from."""

    process: subprocess.Popen[str] = field(default_factory=lambda: subprocess.Popen(
        [sys.executable, "-m", "tests.faults.workers"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"))

    def at_once(self, *tasks: Task) -> list[int]:
        """Begin all of them at the same moment; how each ended, as an exit code, below nil where a signal ended it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([asdict(task) for task in tasks]) + "\n")
        self.process.stdin.flush()
        return list(json.loads(self.process.stdout.readline()))

    def stop(self) -> None:
        self.process.communicate(timeout=60)


def month_end(books: Books, out: Path | None, preparer: str = ASHA, approver: str = BEN) -> MonthEnd:
    """October prepared and approved, by two commands; of a month that is approved, the second alone."""
    digest = approved_before(books.acting(approver), OCTOBER) or prepare_month(books.acting(preparer), OCTOBER, out).digest
    return approve_month(books.acting(approver), OCTOBER, digest, out)


def held_issue(books: Books, out: Path | None, preparer: str = ASHA, approver: str = BEN) -> HeldIssue:
    """What was held, prepared and approved; of what is approved, the second alone."""
    with books.store.reading() as connection:
        before = [each.digest for each in batches.of_kind(connection, ISSUE_HELD) if each.approved_by]
    return issue_held(books.acting(approver), before[0] if before else prepare_held(books.acting(preparer), out).digest, out)


def work(task: Task) -> dict[str, Any]:
    """Do the month end; what came of it, or the words with which it was refused, and the points that were passed."""
    store, out = open_store(task.url), Path(task.out) if task.out else None
    points = stop_at_statement(store, task.statement)
    stop_at_document(task.document, task.where)
    if task.largest_file:
        no_file_larger_than(task.largest_file)
    try:
        done = (held_issue if task.is_held else month_end)(Books(store), out, task.preparer, task.approver)
    except RingfenceError as refused:
        return {"points": points, "refused": str(refused)}
    return {"points": points, "issued": done.plan is not None, "set_aside": list(map(str, done.set_aside))}


def _begin(task: Task, starts: int, go: int) -> int:
    number = os.fork()
    if number:
        return number
    code = 70
    try:
        os.close(go)
        os.read(starts, 1)  # all of them begin when the other end is closed
        Path(task.told).write_text(json.dumps(work(task)), encoding="utf-8")
        code = 0
    finally:
        os._exit(code)


def _serve(lines: Any, answers: Any) -> None:
    gc.freeze()  # what is imported is not looked through again, and so not copied, in each that is forked
    for line in lines:
        starts, go = os.pipe()
        begun = [_begin(Task(**asked), starts, go) for asked in json.loads(line)]
        os.close(starts)
        os.close(go)
        codes = [os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number in begun]
        print(json.dumps(codes), file=answers, flush=True)


if __name__ == "__main__":
    _serve(sys.stdin, sys.stdout)

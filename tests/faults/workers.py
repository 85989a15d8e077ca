"""Month ends in processes of their own, which end themselves where they are asked to: before a statement, or in the midst of a document.

They are forked from one process that has Ringfence imported: that takes longer than the month end. Run by itself, this file is that
process; it is asked on its standard input, a line of JSON for all that begin at once, and answers with how each of them ended.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Task:
    """A month end on the books at `url`, by `preparer` and `approver`, with its documents in `out` (none where that is empty).

    The process ends itself before point `statement`, or at the document with the number `document`: before it is begun, in its midst, or
    before it has its name. What it has to say goes to the file `told`.
    """

    url: str
    out: str
    told: str
    preparer: str = "asha"
    approver: str = "ben"
    statement: int = 0
    document: int = 0
    where: str = ""


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


def work(task: Task) -> dict[str, Any]:
    """Prepare and approve the month; what came of it, or the words with which it was refused, and the points that were passed."""
    from basics.errors import RingfenceError
    from ringfence.actions.month_end import approve_month, prepare_month
    from ringfence.store.engine import open_store
    from tests.actions.provider_books import OCTOBER, Books
    from tests.faults.stopping import stop_at_document, stop_at_statement

    store, out = open_store(task.url), Path(task.out) if task.out else None
    points = stop_at_statement(store, task.statement)
    stop_at_document(task.document, task.where)
    books, told = Books(store), dict[str, Any](points=points)
    try:
        digest = prepare_month(books.acting(task.preparer), OCTOBER, out).digest
        done = approve_month(books.acting(task.approver), OCTOBER, digest, out)
        return told | {"issued": done.plan is not None, "again": done.plan is None, "set_aside": list(map(str, done.set_aside))}
    except RingfenceError as refused:
        return told | {"refused": str(refused)}


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
    from ringfence.actions import month_end
    from tests.actions import provider_books
    from tests.faults import stopping

    assert month_end and provider_books and stopping, "imported once, for all that are forked"
    for line in lines:
        starts, go = os.pipe()
        begun = [_begin(Task(**asked), starts, go) for asked in json.loads(line)]
        os.close(starts)
        os.close(go)
        codes = [os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number in begun]
        print(json.dumps(codes), file=answers, flush=True)  # noqa: T201


if __name__ == "__main__":
    _serve(sys.stdin, sys.stdout)

"""Long work in another process: it ends with a result or a refusal in words, cannot be started twice, and leaves nothing behind."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from basics.errors import GuardRefused, InputError, NotAllowed, Problem, Refused, RingfenceError
from basics.periods import Month
from ringfence.actions import month_run
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books
from ringfence.actions.desk import Desk
from ringfence.actions.month_standing import month_standing
from ringfence.screens.components.process import Work
from ringfence.screens.components.work import Works, how_far
from ringfence.screens.jobs import JOBS, Job
from ringfence.screens.worker import as_told

OCTOBER = Month(2026, 10)
PATIENCE_SECONDS = 60

LEAVES_IT_ALONE = """
import os, pickle, sys, time
from ringfence.screens.components.process import Work
work = Work(pickle.loads(bytes.fromhex(sys.argv[1])), "")
print(work.pid, flush=True)
while not work.done:
    time.sleep(0.01)
os.kill(os.getpid(), 9)
"""


needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system does not show its processes")


def acting(books_file: Path, user: str = "asha") -> Acting:
    return Acting(open_books(str(books_file), key=None), user, datetime.now(UTC))


def job(books_file: Path, name: str, *, user: str = "asha", key: str | None = None, **arguments: object) -> Job:
    return Job(name, Desk(str(books_file), key, "", books_file.parent), user, arguments)


def done(asked: Job) -> Work:
    work = Work(asked, "Working")
    assert work.finished.wait(PATIENCE_SECONDS)
    return work


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(") ")[1][:1]
    except OSError:
        return False


def test_what_another_process_works_out_is_what_this_one_does(books_file: Path) -> None:
    work = done(job(books_file, "review month", month=OCTOBER))
    here = month_run.review(acting(books_file), None, month=OCTOBER)
    assert work.error is None
    assert (work.result.digest, work.result.controls, work.result.by_fund) == (here.digest, here.controls, here.by_fund)


def test_how_far_it_is_ends_with_all_of_it(books_file: Path, tmp_path: Path) -> None:
    work = done(job(books_file, "prepare month", month=OCTOBER, out=tmp_path / "out", hold_back=False))
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert work.done == work.of == work.result.written == len(files) > 0
    assert how_far(work) == f"Working: writing {len(files)} of {len(files)} documents. Asked by asha."


def test_a_refusal_comes_back_as_itself_and_nothing_is_stored(books_file: Path, tmp_path: Path) -> None:
    digest = done(job(books_file, "prepare month", month=OCTOBER, out=tmp_path, hold_back=False)).result.review.digest
    own = done(job(books_file, "issue month", month=OCTOBER, digest=digest, out=tmp_path))
    assert isinstance(own.error, NotAllowed)
    assert "somebody else must approve it" in own.error.problem.what
    assert own.error.problems == (own.error.problem,)
    assert not month_standing(acting(books_file), OCTOBER).is_issued


def test_a_refusal_with_many_problems_brings_all_of_them() -> None:
    for error in (Refused("Not yet:", [Problem("a", "b", "c"), Problem("d", "e", "f")]), GuardRefused("a_guard", "What", "To do"),
                  RingfenceError("What", "To do", "place")):
        kind, made, args, state = as_told(error)
        again = made.__new__(made, *args)
        again.__dict__.update(state)
        assert (kind, type(again), again.problem, again.problems, str(again)) == ("error", type(error), error.problem, error.problems, str(error))


def test_a_fault_is_told_in_words_and_its_details_go_to_a_file(books_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    work = done(job(books_file, "review month", month="not a month"))
    assert work.error is not None
    assert "Something went wrong that should not have: TypeError" in work.error.problem.what
    assert [path.name for path in tmp_path.glob("ringfence-fault-*")] == [work.error.problem.to_do.split("/")[-1].split(":")[0]]


def test_books_that_are_not_there_are_told_in_words(tmp_path: Path) -> None:
    work = done(job(tmp_path / "none.db", "review month", month=OCTOBER))
    assert isinstance(work.error, RingfenceError)
    assert "none.db" in str(work.error)


@needs_proc
def test_work_that_is_killed_says_so_and_stores_nothing(books_file: Path, tmp_path: Path) -> None:
    work = Work(job(books_file, "prepare month", month=OCTOBER, out=tmp_path, hold_back=False), "Working")
    wait_for(lambda: is_running(work.pid))
    os.kill(work.pid, signal.SIGKILL)
    assert work.finished.wait(PATIENCE_SECONDS)
    assert work.error is not None
    assert "ended from outside" in work.error.problem.what
    assert month_standing(acting(books_file), OCTOBER).prepared is None


@needs_proc
def test_the_key_of_the_books_stands_on_no_command_line_and_in_no_environment(books_file: Path) -> None:
    work = Work(job(books_file, "review month", key="a key that nobody may see", month=OCTOBER), "Working")
    wait_for(lambda: Path(f"/proc/{work.pid}/cmdline").read_bytes() != b"")
    seen = [Path(f"/proc/{work.pid}/{name}").read_bytes() for name in ("cmdline", "environ")]
    work.finished.wait(PATIENCE_SECONDS)
    assert seen[0]
    assert all(b"nobody may see" not in each for each in seen)


def test_work_that_is_left_alone_stops_between_two_documents(books_file: Path, tmp_path: Path) -> None:
    work = Work(job(books_file, "prepare month", month=OCTOBER, out=tmp_path, hold_back=False), "Working")
    wait_for(lambda: work.done > 0)
    work.stop()
    assert work.finished.wait(PATIENCE_SECONDS)
    assert work.error is not None
    assert 0 < work.done < work.of
    assert not list(tmp_path.rglob("*.part"))


@needs_proc
def test_work_stops_when_the_server_is_killed(books_file: Path, tmp_path: Path) -> None:
    asked = pickle.dumps(job(books_file, "prepare month", month=OCTOBER, out=tmp_path, hold_back=False)).hex()
    server = subprocess.Popen([sys.executable, "-c", LEAVES_IT_ALONE, asked], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    pid = int(server.stdout.readline())
    server.wait(PATIENCE_SECONDS)
    server.stdout.close()
    wait_for(lambda: not is_running(pid))
    written = [path for path in tmp_path.rglob("*") if path.suffix in (".pdf", ".html")]
    assert not list(tmp_path.rglob("*.part"))
    assert len(written) < 139


def test_work_of_one_key_is_started_once(books_file: Path) -> None:
    works = Works("books")
    first = works.start(("month-end", "2026-10"), job(books_file, "review month", month=OCTOBER), "Working")
    second = works.start(("month-end", "2026-10"), job(books_file, "review month", month=OCTOBER), "Working")
    assert second is first
    first.finished.wait(PATIENCE_SECONDS)
    third = works.start(("month-end", "2026-10"), job(books_file, "review month", month=OCTOBER), "Working")
    assert third is not first
    third.finished.wait(PATIENCE_SECONDS)


def test_only_the_latest_findings_are_kept() -> None:
    works = Works("books")
    for n in range(20):
        works.keep(("review", str(n)), n)
    assert works.kept(("review", "19")) == 19
    assert works.kept(("review", "0")) is None


def test_only_what_is_on_the_list_can_be_asked_for(books_file: Path) -> None:
    assert set(JOBS) >= {"review month", "prepare month", "issue month", "lock month"}
    work = done(job(books_file, "os.system", month=OCTOBER))
    assert work.error is not None
    assert not isinstance(work.error, InputError)

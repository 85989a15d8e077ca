"""Printing a whole run: in order, the same in one process or two, and never stopped by one bad document."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from basics.errors import InputError, Problem
from ringfence.documents.press import Job, Press, Printed
from ringfence.documents.printing import invoice_pdf, statement_html, statement_pdf
from ringfence.documents.records import record_json
from tests.documents.document_records import COUNCIL, DANNY

JOBS = [
    *(Job(f"S{n}", replace(DANNY, person_reference=f"P-{n}", seal=f"{n:04d}"), ("pdf", "html", "json")) for n in range(20)),
    Job("bad", replace(DANNY, name="日本"), ("pdf", "html")),
    Job("invoice", COUNCIL, ("pdf", "json")),
]


def printed(workers: int) -> list[Printed]:
    with Press(workers=workers) as press:
        return list(press.print(JOBS))


def test_every_document_comes_out_in_the_order_asked_for() -> None:
    found = printed(1)
    assert [(one.key, one.format) for one in found] == [(job.key, form) for job in JOBS for form in job.formats]
    by_key = {(one.key, one.format): one.content for one in found}
    assert by_key["S3", "pdf"] == statement_pdf(JOBS[3].record)
    assert by_key["S3", "html"] == statement_html(JOBS[3].record).encode()
    assert by_key["invoice", "pdf"] == invoice_pdf(COUNCIL)
    assert by_key["invoice", "json"] == record_json(COUNCIL).encode()


def test_two_processes_print_the_same_bytes_as_one() -> None:
    assert printed(2) == printed(1)


def test_a_document_that_cannot_be_printed_is_set_aside_with_its_reason_and_the_run_goes_on() -> None:
    found = {(one.key, one.format): one.content for one in printed(1)}
    problem = found["bad", "pdf"]
    assert isinstance(problem, Problem)
    assert "U+65E5" in problem.what
    assert isinstance(found["bad", "html"], bytes)
    assert isinstance(found["invoice", "pdf"], bytes)


def test_a_fault_that_nobody_foresaw_in_one_record_is_set_aside_too() -> None:
    broken = replace(DANNY, given_total_pence=1.5)  # type: ignore[arg-type]
    with Press() as press:
        first, second = press.print([Job("broken", broken, ("pdf",)), Job("whole", DANNY, ("pdf",))])
    assert isinstance(first.content, Problem)
    assert "TypeError" in first.content.what
    assert isinstance(second.content, bytes)


def test_a_form_that_does_not_exist_is_a_problem_of_that_document() -> None:
    with Press() as press:
        found, = press.print([Job("invoice", COUNCIL, ("html",))])
    assert isinstance(found.content, Problem)


def test_a_long_run_is_read_as_it_is_printed_not_all_at_once() -> None:
    read: list[int] = []

    def jobs() -> Iterator[Job]:
        for n in range(1000):
            read.append(n)
            yield Job(f"S{n}", DANNY, ("json",))

    with Press() as press:
        next(press.print(jobs()))
    assert len(read) < 100


def test_no_workers_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="workers"):
        Press(workers=0)


ASKED = """
from tests.documents.test_press import JOBS
from ringfence.documents.press import Press
if __name__ == "__main__":
    with Press(workers=2) as press:
        next(press.print(JOBS))
        print("printing", flush=True)
        input()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_processes_that_print_end_with_a_command_that_was_killed(tmp_path: Path) -> None:
    """They hold what the command writes to, so its output ends only when the last of them has ended."""
    (tmp_path / "asked.py").write_text(ASKED)
    asking = subprocess.Popen([sys.executable, str(tmp_path / "asked.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
                              env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])})
    assert asking.stdout
    try:
        assert asking.stdout.readline() == b"printing\n"
        asking.kill()
        assert asking.communicate(timeout=20)[0] == b""
    finally:
        with suppress(ProcessLookupError):
            os.killpg(asking.pid, signal.SIGKILL)

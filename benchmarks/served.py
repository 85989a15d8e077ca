"""The app over many people, in a process of its own, and the browser that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.large_books import APPROVES, OCTOBER, PREPARES, acting, make_large_books
from benchmarks.running import RUN_FOLDER
from ringfence.actions.month_end import approve_month, prepare_month

PEOPLE = 10_000
PATIENCE_SECONDS = 120
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage")


@dataclass(frozen=True)
class Served:
    """A running app: its address, its process, and how long it took from launching it until it answered."""

    url: str
    process_id: int
    seconds_to_start: float


def books_of_many() -> Path:
    """Books with ten thousand people and a month whose statements are issued, made once in a run."""
    folder = Path(os.environ[RUN_FOLDER])
    whole = folder / f"issued-{PEOPLE}.db"
    if not whole.exists():
        part = folder / "part.db"
        make_large_books(part, PEOPLE)
        digest = prepare_month(acting(part, PREPARES), OCTOBER, None).digest
        approve_month(acting(part, APPROVES), OCTOBER, digest, None)
        part.rename(whole)
    return whole


@contextmanager
def serving(books: Path) -> Iterator[Served]:
    """Start `ringfence serve` over the books, wait until it answers, and stop it afterwards."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "ringfence.cli.main", "serve", "--database", str(books), "--as", PREPARES, "--port", str(port), "--no-browser"]
    with tempfile.TemporaryFile() as log:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            if not _answers(url, process):
                log.seek(0)
                raise RuntimeError(f"The app did not answer: {log.read().decode(errors='replace')[-500:]}")
            yield Served(url, process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window. Raises `RuntimeError` where this machine has none."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        raise RuntimeError("There is no Chromium on this machine: install the package chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    """Wait until the app answers; False where it ends first, or takes too long."""
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except OSError:
            time.sleep(0.02)
    return False

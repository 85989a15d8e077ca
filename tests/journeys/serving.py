"""The app as a process of its own, watched: where it listens, whom it calls, and what it writes into its log."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 90

WATCH = '''
import json, os, sys
_log = os.open(os.environ["RINGFENCE_TEST_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def _heard(event, args):
    if event in ("socket.bind", "socket.connect"):
        told = args[1]
    elif event == "socket.getaddrinfo":
        told = args[0]
    else:
        return
    os.write(_log, (json.dumps([event, told[0] if isinstance(told, tuple) else str(told)]) + "\\n").encode())

sys.addaudithook(_heard)
'''
"""What Python runs at the start of the server and of every process that it starts: it notes each address that is bound or called."""


@dataclass
class Served:
    """A running app."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    watched: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def network(self) -> set[tuple[str, str]]:
        """Each address that was bound, called or looked up, with what was done to it."""
        return {(event, address) for event, address in map(json.loads, self.watched.read_text().splitlines())}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(folder: Path, *command: str, port: int, **variables: str) -> Iterator[Served]:
    """Start a command that serves the app, wait until it answers, and stop it afterwards."""
    (folder / "sitecustomize.py").write_text(WATCH)
    served_log, watched = folder / "server.log", folder / "watched.jsonl"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("RINGFENCE_", "STREAMLIT_"))}
    environment |= {"PYTHONPATH": str(folder), "RINGFENCE_TEST_WATCH": str(watched), "HOME": str(folder)} | variables
    with served_log.open("wb") as log:
        process = _started(command, folder, log, environment)
        try:
            served = Served(process, port, served_log, watched)
            _wait_until_it_answers(served)
            yield served
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def ringfence(*words: str) -> tuple[str, ...]:
    return (str(Path(sys.executable).with_name("ringfence")), *words)


def _started(command: tuple[str, ...], folder: Path, log: IO[bytes], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=environment)


def _wait_until_it_answers(served: Served) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert served.process.poll() is None, served.said()
        try:
            with urllib.request.urlopen(f"{served.url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The app did not answer within {PATIENCE_SECONDS} s:\n{served.said()}")

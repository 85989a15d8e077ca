"""A job in a process of its own: it is started, followed, and ends with a result or with a refusal in words.

It is given its job by a pipe: the key of the books never stands on a command line or in the environment.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import threading
from datetime import UTC, datetime
from typing import IO, Any

from basics.errors import RingfenceError
from ringfence.documents.own_process import as_main
from ringfence.screens.jobs import Job

WORKER = "ringfence.screens.worker"


class Work:
    """One job at work. `words` say what it does; `done` and `of` how far it is; `finished` is set once `result` or `error` is there."""

    def __init__(self, job: Job, words: str) -> None:
        self.job, self.words = job, words
        self.started_at = datetime.now(UTC)
        self.done, self.of = 0, 0
        self.result: Any = None
        self.error: RingfenceError | None = None
        self.finished = threading.Event()
        command, environment = as_main(WORKER)
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            start_new_session=os.name == "posix")
        threading.Thread(target=self._follow, daemon=True).start()

    @property
    def is_running(self) -> bool:
        return not self.finished.is_set()

    @property
    def pid(self) -> int:
        return self._process.pid

    def stop(self) -> None:
        """Leave it alone: it ends between two documents, or after a moment."""
        if self._process.stdin:
            self._process.stdin.close()

    def _follow(self) -> None:
        """Give it its job, and take in what it tells until it ends. However it ends, `finished` is set."""
        given, told = self._process.stdin, self._process.stdout
        assert given is not None
        assert told is not None
        try:
            pickle.dump(self.job, given)
            given.flush()
            while self._take(told):
                pass
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self.error = self.error or _ended_from_outside()
        except Exception as fault:
            self.error = RingfenceError(f"The work could not be followed: {type(fault).__name__}.", "Look at what is stored, and try again.")
        finally:
            given.close()
            told.close()
            self._process.wait()
            self.finished.set()

    def _take(self, told: IO[bytes]) -> bool:
        """Take in one thing that it tells; False for the last."""
        kind, *rest = pickle.load(told)
        if kind == "progress":
            self.done, self.of = rest
            return True
        if kind == "error":
            made, args, state = rest
            self.error = made.__new__(made, *args)
            self.error.__dict__.update(state)
        else:
            self.result = rest[0]
        return False


def _ended_from_outside() -> RingfenceError:
    return RingfenceError("The work was ended from outside, perhaps for want of memory. What it was storing is kept whole or not at all.",
                          "Look at what is stored, and try again.")

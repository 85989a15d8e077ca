"""The other process: `python -m ringfence.screens.worker` reads one job from its input, does it, and tells what came of it.

What it tells are pickles on its output, one after the other: ("progress", done, of) as often as it likes, and at last ("result", …) or
("error", …). Its input stays open as long as whoever asked is there. Once they are gone it stops: between two documents where it can,
and in any case after a moment. What it was storing is then kept whole or not at all.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from contextlib import suppress
from typing import IO, Any

A_MOMENT_SECONDS = 3.0


def main() -> None:
    """Do one job. Whatever goes wrong is told in words, and nothing is printed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with suppress(BrokenPipeError):
        _tell(told, _outcome(told))


def _outcome(told: IO[bytes]) -> tuple[Any, ...]:
    from basics.errors import RingfenceError
    from ringfence.actions.faults import noted

    try:
        return "result", _done(pickle.load(sys.stdin.buffer), told)
    except RingfenceError as error:
        return as_told(error)
    except MemoryError:
        return as_told(RingfenceError("The memory of this machine was not enough. What was being stored is not kept.",
                                      "Close other programs and try again."))
    except Exception as error:
        return as_told(RingfenceError(f"Something went wrong that should not have: {type(error).__name__}. "
                                      "What was being stored is not kept.", noted(error)))


def _done(job: Any, told: IO[bytes]) -> Any:
    from datetime import UTC, datetime

    from ringfence.actions.acting import Acting
    from ringfence.actions.books import open_books

    left_alone = threading.Event()
    threading.Thread(target=_stop_once_alone, args=(left_alone,), daemon=True).start()

    def on_progress(done: int, of: int) -> None:
        if left_alone.is_set():
            raise SystemExit(1)
        _tell(told, ("progress", done, of))

    store = open_books(job.desk.url, key=job.desk.key)
    try:
        return job.run(Acting(store, job.user, datetime.now(UTC)), on_progress)
    finally:
        store.close()


def _stop_once_alone(left_alone: threading.Event) -> None:
    """The input ends when whoever asked is gone, however they went. Processes that print for this one go with it."""
    sys.stdin.buffer.read()
    left_alone.set()
    threading.Event().wait(A_MOMENT_SECONDS)
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def as_told(error: Any) -> tuple[Any, ...]:
    """An error as its parts: an exception whose making takes other arguments than its text cannot be pickled as it is."""
    return "error", type(error), error.args, error.__dict__


def _tell(told: IO[bytes], what: tuple[Any, ...]) -> None:
    pickle.dump(what, told)
    told.flush()


if __name__ == "__main__":
    main()

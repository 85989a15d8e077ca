"""Runs commands in processes of their own, forked from one that has Ringfence imported: that takes longer than most commands do.

Asked on the standard input, a line of JSON for each command; answers with the exit code. Only where the system can fork.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from ringfence.cli.main import main


def child(asked: dict[str, Any]) -> int:
    """The command, in the folder and with the variables asked for; its words go to two files."""
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["variables"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in ((1, asked["out"]), (2, asked["err"])):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    if asked["largest_file"]:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write past the limit then fails, as it does where a disk is full
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["largest_file"], asked["largest_file"]))
    sys.argv = ["ringfence", *asked["words"]]
    try:
        main()
    except SystemExit as done:
        return int(done.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def serve() -> None:
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            code = 70
            try:
                code = child(json.loads(line))
            finally:
                os._exit(code)
        answers.write(f"{os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])}\n")
        answers.flush()


if __name__ == "__main__":
    serve()

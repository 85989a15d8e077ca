"""A server for a team. The app has a role of its own, which may read and add rows and owns nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from basics.errors import StoreError
from ringfence.store import migrations, refusals
from ringfence.store.nameless import READ

READING, FIGURES = "_reading", "_figures"
"""What the names of the roles beside the app’s end in."""
_OLDEST = 160_000  # 16: the first that can say whether a text is a date
_WAIT = "-c lock_timeout=30s -c timezone=UTC"


def create(url: str, owner_url: str, settings: Mapping[str, str]) -> None:
    """Make every table and guard as the owner, and the app's role if it is missing, with the password that `url` carries."""
    app = _parsed(url)
    if app.username is None or app.username == _parsed(owner_url).username:
        raise StoreError("The app would connect as the owner of the tables, who can undo every guard.",
                         "Give the app a user of its own in the address.")
    engine = _engine(owner_url)
    try:
        with engine.begin() as connection:
            _refuse_old(connection)
            _refuse_existing(connection)
            _make_role(connection, app)
            migrations.create(connection, settings)
            grant(connection, app.username)
    finally:
        engine.dispose()


def opened(url: str, *, only_reads: bool = False) -> Engine:
    """An engine that connects as the app's own role; refused where that role could undo the guards, or write where it is only to read."""
    _import_driver()
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            _refuse_powerful(connection)
            if only_reads:
                _refuse_writing(connection)
            if not migrations.is_current(connection):
                raise StoreError("This database was made by an older Ringfence.",
                                 "Have its owner bring it up to date: see the page on databases.")
            migrations.refuse_unguarded(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def upgrade(owner_url: str, app_role: str) -> None:
    """Bring an older database up to date, as its owner."""
    engine = _engine(owner_url)
    try:
        with engine.begin() as connection:
            migrations.upgrade(connection)
            grant(connection, app_role)
    finally:
        engine.dispose()


def grant(connection: Connection, app_role: str) -> None:
    """Let the app read everything and add rows where a person may; take away what PostgreSQL gives to all."""
    quote = connection.dialect.identifier_preparer.quote
    role, database = quote(app_role), quote(connection.execute(text("SELECT current_database()")).scalar_one())
    tables = ", ".join(quote(name) for name in migrations.WRITTEN_BY_THE_APP)
    for statement in (
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {database} TO {role}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT INSERT ON {tables} TO {role}",
    ):
        connection.exec_driver_sql(statement)
    for statement in _for_readers(connection, app_role, database):
        connection.exec_driver_sql(statement)


def forget_names(connection: Connection) -> None:
    """For the rest of this transaction the app is a role that may read figures and no column that may hold a name."""
    quote = connection.dialect.identifier_preparer.quote
    role = connection.execute(text("SELECT session_user || :end"), {"end": FIGURES}).scalar_one()
    connection.exec_driver_sql(f"SET LOCAL ROLE {quote(role)}")


def _for_readers(connection: Connection, app_role: str, database: str) -> Iterator[str]:
    """Two roles beside the app's that nobody signs in as: one reads everything but passphrases, for the readers' own process; the other
    reads no column that may hold a name, and the app becomes it for trustees."""
    quote = connection.dialect.identifier_preparer.quote
    reading, figures = quote(app_role + READING), quote(app_role + FIGURES)
    for end, role in ((READING, reading), (FIGURES, figures)):
        if not connection.execute(text("SELECT count(*) FROM pg_roles WHERE rolname = :name"), {"name": app_role + end}).scalar_one():
            yield f"CREATE ROLE {role} NOLOGIN"
        yield f"GRANT CONNECT ON DATABASE {database} TO {role}"
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reading}"
    yield f"REVOKE SELECT ON user_passphrase FROM {reading}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {figures}"
    yield from (f"GRANT SELECT ({', '.join(columns)}) ON {table} TO {figures}" for table, columns in READ.items())
    if not connection.execute(text("SELECT pg_has_role(:app, :figures, 'SET')"), {"app": app_role, "figures": app_role + FIGURES}).scalar_one():
        yield f"GRANT {quote(app_role + FIGURES)} TO {quote(app_role)} WITH INHERIT FALSE, SET TRUE"


def copy(connection: Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(statement) as copying:
            for row in rows:
                copying.write_row(row)
    finally:
        cursor.close()


def _engine(url: str) -> Engine:
    engine = create_engine(_parsed(url), connect_args={"options": _WAIT}, pool_pre_ping=True)
    refusals.install(engine)

    @event.listens_for(engine, "connect")
    def whole_numbers_only(connection: Any, _record: Any) -> None:
        """PostgreSQL would round 5.5 into a whole number and say nothing."""
        from psycopg.adapt import Dumper

        class Refusing(Dumper):
            def dump(self, obj: Any) -> bytes:
                raise refusals.refusal("type", f"{obj!r} is a {type(obj).__name__}")

        for kind in (float, Decimal):
            connection.adapters.register_dumper(kind, Refusing)

    return engine


def _parsed(url: str) -> URL:
    try:
        return make_url(url).set(drivername="postgresql+psycopg")
    except ArgumentError as error:
        raise StoreError("The address of the database cannot be read.",
                         "Write it like postgresql://user:password@host/database.") from error


def _import_driver() -> None:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise StoreError("PostgreSQL needs the package psycopg, which is not installed.", "Install ringfence[team].") from error


def _refuse_old(connection: Connection) -> None:
    version = int(connection.execute(text("SHOW server_version_num")).scalar_one())
    if version < _OLDEST:
        raise StoreError(f"The server runs PostgreSQL {version // 10_000}.", f"Ringfence needs {_OLDEST // 10_000} or later.")


def _refuse_existing(connection: Connection) -> None:
    if connection.execute(text("SELECT to_regclass('public.entry')")).scalar_one() is not None:
        raise StoreError("A Ringfence database stands there already.", "Open it, or give an empty database.")


def _make_role(connection: Connection, app: URL) -> None:
    found = connection.execute(text("SELECT count(*) FROM pg_roles WHERE rolname = :name"), {"name": app.username}).scalar_one()
    if found:
        return
    if app.password is None:
        raise StoreError(f"The user {app.username} is not known to the server, and the address has no password to make it with.",
                         "Put a password into the app’s address, or have the user made first.")
    from psycopg import sql

    statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(app.username or ""), sql.Literal(app.password))
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    cursor.close()


def _refuse_powerful(connection: Connection) -> None:
    asked = text("""
        SELECT r.rolsuper
            OR EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND pg_has_role(r.oid, c.relowner, 'USAGE'))
            OR EXISTS (SELECT 1 FROM pg_database d WHERE d.datname = current_database() AND pg_has_role(r.oid, d.datdba, 'USAGE'))
        FROM pg_roles r WHERE r.rolname = current_user""")
    if connection.execute(asked).scalar_one():
        raise StoreError("The address connects as a user who owns the tables, and so could undo every guard.",
                         "Connect as the app’s own user, who may only read and add rows.")


def _refuse_writing(connection: Connection) -> None:
    if connection.execute(text("SELECT has_table_privilege('entry', 'INSERT') OR has_table_privilege('user_passphrase', 'SELECT')")).scalar_one():
        raise StoreError("The address connects as a user who may write, where only reading is wanted.",
                         "Connect as a user of the role that may only read: see the page on databases.")

"""How a database is made and brought up to date: the guards are taken out, the steps that are missing are taken, and all guards are made
afresh from their one file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, select, text

from basics.errors import StoreError
from ringfence.store.fingerprint import fingerprint
from ringfence.store.guards import install_guards, remove_guards
from ringfence.store.schema import KEPT_BY_GUARDS, metadata, setting

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

HEAD = "0007"
"""The step that this code knows as the last."""

_FINGERPRINT = f"fingerprint {HEAD}"

WRITTEN_BY_THE_APP = tuple(sorted(set(metadata.tables) - {*KEPT_BY_GUARDS, "role", "rule"}))


def create(connection: Connection, settings: Mapping[str, str]) -> None:
    """Every table, role, rule and guard, in the caller’s transaction; then what was decided about the database."""
    upgrade(connection)
    connection.execute(setting.insert(), [{"name": name, "value": value} for name, value in settings.items()])


def is_current(connection: Connection) -> bool:
    """Whether the database is at the last step. Raises `StoreError` where it is not Ringfence's, or newer than this code."""
    if not inspect(connection).has_table("alembic_version"):
        raise StoreError("This is not a Ringfence database.", "Check the path or the address.")
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    if found == HEAD:
        return True
    known = {script.revision for script in _scripts()[1].walk_revisions()}
    if found not in known:
        raise StoreError(f"This database was made by a newer Ringfence (step {found}).", "Update Ringfence, then open it again.")
    return False


def is_sample(connection: Connection) -> bool:
    return connection.execute(select(setting.c.value).where(setting.c.name == "sample")).scalar_one_or_none() == "yes"


def is_as_made(connection: Connection) -> bool:
    """Whether every table and guard is still as the last step left it."""
    kept = connection.execute(select(setting.c.value).where(setting.c.name == _FINGERPRINT)).scalar_one_or_none()
    return kept == fingerprint(connection)


def refuse_unguarded(connection: Connection) -> None:
    if not is_as_made(connection):
        raise StoreError("The tables or guards of this database are not as Ringfence made them.",
                         "Put back a copy from before, and ask who has worked on the database with another program.")


def upgrade(connection: Connection) -> None:
    """Take every step that is missing, in the caller’s transaction, and keep the fingerprint of what stands then."""
    from alembic.runtime.environment import EnvironmentContext  # reading it takes longer than most commands, and few take a step

    config, scripts = _scripts()

    remove_guards(connection)

    def steps(revision: Any, _context: Any) -> Any:
        return scripts._upgrade_revs("head", revision)

    with EnvironmentContext(config, scripts, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=metadata)
        environment.run_migrations()
    install_guards(connection)
    connection.execute(setting.insert(), {"name": _FINGERPRINT, "value": fingerprint(connection)})


def _scripts() -> tuple[Config, ScriptDirectory]:
    """Every step, and where they stand."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config, ScriptDirectory.from_config(config)

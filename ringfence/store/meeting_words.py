"""What the finance manager writes for the trustees’ meeting, month by month. It stands among the settings, which are read where no name may be."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from ringfence.store.registry import canonical
from ringfence.store.rows import add
from ringfence.store.schema import setting

FOR_TRUSTEES = "for_trustees"


def said(connection: Connection, month: str) -> list[dict[str, Any]]:
    """Everything that was written for a month, the last of it last."""
    beginning = f"{FOR_TRUSTEES} {month} "
    query = select(setting.c.name, setting.c.value).where(setting.c.name.startswith(beginning, autoescape=True))
    found = {int(row.name.removeprefix(beginning)): row.value for row in connection.execute(query)}
    return [json.loads(found[n]) for n in sorted(found)]


def say(connection: Connection, month: str, n: int, words: dict[str, str]) -> None:
    add(connection, setting, name=f"{FOR_TRUSTEES} {month} {n}", value=canonical(words))

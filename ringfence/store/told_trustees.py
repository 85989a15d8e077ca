"""What the finance manager keeps for the trustees: words for a meeting, fees, totals by service. It stands among the settings, which are read
where no name may be; nothing is overwritten, and the log has each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from ringfence.store import batches
from ringfence.store.registry import canonical
from ringfence.store.rows import add
from ringfence.store.schema import setting

WORDS, FEE, BY_SERVICE = "for_trustees", "fee_asked", "by_service"
"""The kinds, as the log and the settings have them."""


def kept(connection: Connection, series: str) -> list[dict[str, Any]]:
    """Everything that was kept in a series (a kind, and for words the month), the last of it last."""
    beginning = f"{series} "
    query = select(setting.c.name, setting.c.value).where(setting.c.name.startswith(beginning, autoescape=True))
    found = {int(row.name.removeprefix(beginning)): row.value for row in connection.execute(query)}
    return [json.loads(found[n]) for n in sorted(found)]


def keep(connection: Connection, series: str, body: Mapping[str, Any], *, by: str, recorded_at: str, about: str = "") -> None:
    """Keep one more; `about` says in the log what it was of."""
    n, said = len(kept(connection, series)) + 1, canonical(body)
    batches.open_batch(connection, kind=series.split()[0], key=f"{series} {n}{f': {about}' if about else ''}", digest="", prepared_by=by,
                       recorded_at=recorded_at, body=said)
    add(connection, setting, name=f"{series} {n}", value=said)

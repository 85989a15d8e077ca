"""Names that must never stand in a log: everybody's in the books, and one that is planted where nothing else is called like it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select

from ringfence.actions.books import open_books
from ringfence.store import registry
from ringfence.store.rows import add
from ringfence.store.schema import batch, person, person_detail

CANARY = "Quillfeather Underhay"
FAULTS = "ringfence-fault-*"


def plant(books: Path) -> frozenset[str]:
    """Add somebody of that name, who has no fund, to practice books; gives the names of everybody."""
    store = open_books(str(books), key=None)
    with store.writing() as connection:
        first = connection.execute(select(batch.c.id).order_by(batch.c.id).limit(1)).scalar_one()
        add(connection, person_detail, person_id=add(connection, person, reference="CANARY-1"), version=1, name=CANARY, known_as=CANARY, body="{}",
            batch_id=first)
    with store.reading() as connection:
        names = frozenset(each.name for each in registry.people(connection).values())
    store.close()
    return names


def refuse_names(names: Iterable[str], log: Path, folder: Path) -> None:
    """Fail where a name stands in the log, or in a file of a fault that was noted in the folder."""
    files = [log, *sorted(folder.glob(FAULTS))]
    found = {(name, each.name) for each in files for text in [each.read_text(encoding="utf-8", errors="replace")] for name in names if name in text}
    assert not found, f"Names stand where none may: {sorted(found)}"

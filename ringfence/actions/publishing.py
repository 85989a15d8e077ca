"""Publishing statements: somebody says that those of a month may be seen by whom they are for. Issuing alone shows them to nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from basics.errors import InputError, Problem, Refused
from basics.periods import Month
from isf.statement_forms import Form
from ringfence.actions.acting import Acting
from ringfence.actions.month_end import issued_batch
from ringfence.actions.papers import Progress
from ringfence.actions.published import PUBLISHED
from ringfence.actions.rights import Right
from ringfence.actions.statement_forms import forms_known
from ringfence.documents.press import Job, Press
from ringfence.documents.records import statement_from_json
from ringfence.documents.statement_files import ENDINGS
from ringfence.store import batches, documents_issued, facts, registry
from ringfence.store.schema import fund

DIGITS = 32
"""So much of a file's sha256 tells it from every other that was ever printed."""


@dataclass(frozen=True)
class Published:
    """What came of publishing: how many statements were published for the first time, and again as a new version; how many stood as they
    are; and those that could not be printed."""

    month: Month
    new: int
    again: int
    same: int
    set_aside: tuple[Problem, ...]


def publish(acting: Acting, month: Month, funds: Collection[str] = (), *, workers: int = 1, on_progress: Progress | None = None) -> Published:
    """Publish the issued statements of a month, of all funds or of those that are named, each in the form that its person needs.

    What is published already, and would be the same file, stays as it is. Raises `InputError` where the month is not issued, and `Refused`
    with every fund that has no statement in it.
    """
    acting.refuse_without(Right.PREPARE)
    with acting.reading() as connection:
        rows = _issued(connection, month, funds)
        forms = {person: each.form for person, each in forms_known(connection).items()}
    wanted = [(row, forms.get(row.person, Form.STANDARD)) for row in rows]
    prints, set_aside = _printed(acting, wanted, workers, on_progress)
    with acting.writing() as connection:
        n = len(batches.of_kind(connection, PUBLISHED)) + 1
        batch = batches.open_batch(connection, kind=PUBLISHED, key=f"{PUBLISHED} {n}", digest="", prepared_by=acting.user,
                                   recorded_at=acting.recorded_at, body=registry.canonical({"month": str(month), "funds": sorted(funds)}))
        ids = registry.ids(connection, fund, "key")
        outcomes = [facts.record(
            connection, PUBLISHED, row.key, batch, fund_id=ids[row.fund], from_on=acting.today,
            said={"document": row.id, "form": form, "month": str(month), "person": row.person, "print": prints[row.id]})
            for row, form in wanted if row.id in prints]
        if not {"new", "changed"} & set(outcomes):
            connection.rollback()
    return Published(month, outcomes.count("new"), outcomes.count("changed"), outcomes.count("same"), tuple(set_aside))


def _issued(connection: Connection, month: Month, funds: Collection[str]) -> list[Row[Any]]:
    batch = issued_batch(connection, month)
    if batch is None:
        raise InputError(f"No statement of {month.in_words} has been issued.", "Statements come with month end.")
    found = documents_issued.statements(connection, batch.id)
    missing = sorted(set(funds) - {row.fund for row in found})
    if missing:
        raise Refused("Nothing is published:", [Problem(each, f"has no statement of {month.in_words}.", "Name a fund as the list of statements does.")
                                                for each in missing])
    return [row for row in found if not funds or row.fund in funds]


def _printed(acting: Acting, wanted: Sequence[tuple[Row[Any], Form]], workers: int,
             on_progress: Progress | None) -> tuple[dict[int, str], list[Problem]]:
    """What tells each file from every other, by document; and those that could not be printed, which nobody can be shown."""
    prints, set_aside = dict[int, str](), list[Problem]()
    with acting.reading() as connection, Press(workers=workers) as press:
        records = documents_issued.each_record(connection, [row.id for row, _ in wanted])
        jobs = (Job(str(row.id), statement_from_json(record), (ENDINGS[form],)) for (row, form), record in zip(wanted, records, strict=True))
        names = {str(row.id): row.name for row, _ in wanted}
        for n, (key, ending, content) in enumerate(press.print(jobs), start=1):
            if on_progress is not None:
                on_progress(n, len(wanted))
            if isinstance(content, Problem):
                set_aside.append(Problem(f"{names[key]}.{ending}", content.what, content.to_do))
            else:
                prints[int(key)] = hashlib.sha256(content).hexdigest()[:DIGITS]
    return prints, set_aside

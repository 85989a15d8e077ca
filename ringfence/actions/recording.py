"""What one person notes of a fund by themselves: a review, an outcome, a worry. It counts at once, and says who noted it and when."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from basics.errors import Problem, Refused
from ringfence.actions.acting import Acting
from ringfence.actions.laying_debts import claims_not_owed, debts_not_there
from ringfence.actions.laying_facts import recorded
from ringfence.actions.laying_plans import outcomes_not_there
from ringfence.importing.record_file import RECORDS, RecordFile, parse_record, read_record
from ringfence.store import batches, registry

RECORD = "record"


def record_file(acting: Acting, path: Path) -> tuple[str, ...]:
    """Note everything that a file says: one line for each thing that is new or changed. Raises `Refused` with every problem of it."""
    return record(acting, read_record(path))


def record_content(acting: Acting, content: Mapping[str, object], place: str) -> tuple[str, ...]:
    """The same for what code has built."""
    return record(acting, parse_record(content, place))


def record(acting: Acting, file: RecordFile) -> tuple[str, ...]:
    """Keep the file whole or not at all; where nothing of it is new, nothing is kept."""
    problems: list[Problem] = []
    body = registry.canonical(file.digestable())
    with acting.writing() as connection:
        n = len(batches.of_kind(connection, RECORD)) + 1
        batch = batches.open_batch(connection, kind=RECORD, key=f"{RECORD} {n}", digest="", prepared_by=acting.user,
                                   recorded_at=acting.recorded_at, body=body)
        said = [f"{outcome.capitalize()}: {words}" for outcome, words in recorded(
            connection, batch, file, RECORDS, lambda place, what, to_do: problems.append(Problem(file.where(*place), what, to_do)))
            if outcome != "same"]
        problems += [Problem(file.where(*place), what, to_do)
                     for place, what, to_do in (*outcomes_not_there(connection, file), *debts_not_there(connection, file),
                                                 *claims_not_owed(connection, file))]
        if problems:
            raise Refused("The file was not taken:", problems)
        if not said:
            connection.rollback()
    return tuple(said)

"""The files of documents that were issued: written from their frozen records, and recorded the first time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from basics.errors import Problem
from ringfence.actions.acting import Acting
from ringfence.actions.papers import Paper, Progress, write_papers
from ringfence.actions.rights import Right
from ringfence.store import billing


def write_issued(acting: Acting, batch_id: int, endings: Mapping[int, tuple[str, ...]], out: Path, *, workers: int = 1,
                 on_progress: Progress | None = None) -> tuple[int, tuple[Problem, ...]]:
    """Write the documents of an approved batch, each in the forms (`endings`, by its id) that its reader needs; how many files, and what was
    set aside or differs from what was written first."""
    with acting.reading() as connection:
        documents = billing.documents_of_batch(connection, batch_id)
    papers = [Paper.frozen(row.kind, row.name, row.record, endings[row.id]) for row in documents]
    written, set_aside = write_papers(out, papers, workers=workers, on_progress=on_progress)
    ids = {row.name: row.id for row in documents}
    with acting.writing(Right.APPROVE) as connection:
        known = billing.document_files(connection, batch_id)  # read here: somebody else may have written the same documents meanwhile
        billing.add_document_files(connection, [
            (ids[each.name], each.form, each.sha256, each.size) for each in written if (ids[each.name], each.form) not in known])
    changed = [each for each in written if known.get((ids[each.name], each.form), each.sha256) != each.sha256]
    differs = [Problem(each.name, f"The {each.form} differs from the one that was first issued.",
                       "It was printed by another version of the templates; keep the first.") for each in changed]
    return len(written), (*set_aside, *differs)

"""Issued statements: those of a month, those of a person, and what a few of them say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from basics.periods import Month
from isf.statement import Statement
from isf.statement_forms import Form
from ringfence.actions.acting import Acting
from ringfence.actions.month_end import MONTH_END, issued_batch, short_seal
from ringfence.actions.published import Publication, every_version
from ringfence.actions.statement_forms import forms_known
from ringfence.documents.records import statement_from_json
from ringfence.store import documents_issued, month_figures, registry, seals


@dataclass(frozen=True, slots=True)
class IssuedStatement:
    """A statement that was issued, without what it says."""

    document_id: int
    month: Month
    fund: str
    kind: str
    person: str
    name: str
    known_as: str


@dataclass(frozen=True)
class StatementsOfMonth:
    """The statements of one month by person, and the seal that ties them to the books."""

    month: Month
    seal: str
    statements: tuple[IssuedStatement, ...]


def months_with_statements(acting: Acting) -> list[Month]:
    """The months whose statements are issued, the latest first."""
    with acting.reading() as connection:
        return sorted((Month.parse(row.key.split()[1]) for row in month_figures.month_batches(connection, MONTH_END) if row.approved_by),
                      reverse=True)


def statements_of(acting: Acting, month: Month) -> StatementsOfMonth:
    """The statements of a month, by the name each person is known by; none where the month is not issued."""
    with acting.reading() as connection:
        batch = issued_batch(connection, month)
        if batch is None:
            return StatementsOfMonth(month, "", ())
        people = registry.people(connection)
        found = [IssuedStatement(row.id, month, row.fund, row.kind, row.person, people[row.person].name, people[row.person].known_as)
                 for row in documents_issued.statements(connection, batch.id)]
        seal = short_seal(seals.seal_of(connection, batch.id))
    return StatementsOfMonth(month, seal, tuple(sorted(found, key=lambda one: (one.known_as.casefold(), one.person, one.fund))))


def what_they_say(acting: Acting, document_ids: Iterable[int]) -> dict[int, Statement]:
    """The records of a few statements, by document."""
    with acting.reading() as connection:
        return {key: statement_from_json(text) for key, text in documents_issued.records(connection, list(document_ids)).items()}


@dataclass(frozen=True)
class StatementOut:
    """An issued statement, the form that its person needs now, and every version of it that was published, the first first."""

    issued: IssuedStatement
    form: Form
    versions: tuple[Publication, ...]

    @property
    def published(self) -> Publication | None:
        """The version that stands; None where it was never published."""
        return self.versions[-1] if self.versions else None


def statements_out(acting: Acting, month: Month) -> tuple[StatementOut, ...]:
    """The issued statements of a month with what became of each, by the name each person is known by."""
    found = statements_of(acting, month).statements
    with acting.reading() as connection:
        forms, published = forms_known(connection), defaultdict[str, list[Publication]](list)
        for each in every_version(connection, month=month):
            published[each.fund].append(each)
    return tuple(StatementOut(one, forms[one.person].form if one.person in forms else Form.STANDARD, tuple(published[one.fund])) for one in found)

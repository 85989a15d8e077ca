"""Which issued statements were published: shown to the person and to whoever reads for them. A statement that is not is not seen outside.

A statement is issued once and its figures never change. It may be published again, in another form or with its words put right: that is a later
version, and the one before is replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from basics.periods import Month
from isf.statement_forms import Form
from ringfence.actions.acting import Acting
from ringfence.documents.statement_files import ENDINGS
from ringfence.store import facts
from ringfence.store.facts import Fact

PUBLISHED = "published"


@dataclass(frozen=True)
class Publication:
    """One version of a published statement: its document and form, who published it and when. `print` tells its file from every other;
    `is_replaced` once a later version stands in its place."""

    document_id: int
    month: Month
    fund: str
    form: Form
    version: int
    by: str
    at: datetime
    print: str
    is_replaced: bool = False

    @property
    def address(self) -> str:
        """What the document is opened by: “41.large-18.pdf”."""
        return f"{self.document_id}.{ENDINGS[self.form]}"


def versions_of_fund(acting: Acting, fund: str) -> tuple[Publication, ...]:
    """Everything that was published of one fund, by month, the first version of each first."""
    with acting.reading_support(fund=fund) as connection:
        return tuple(every_version(connection, fund=fund))


def standing(connection: Connection, people: Iterable[str]) -> list[Publication]:
    """What stands published for some people, the latest month first; nothing that was replaced. For a door that has seen to it that they may be
    read of."""
    by_fund = (facts.facts_of_person(connection, PUBLISHED, person) for person in people)
    return sorted((publication(each) for found in by_fund for each in found), key=lambda each: (each.month.first, each.fund), reverse=True)


def every_version(connection: Connection, *, fund: str = "", month: Month | None = None) -> list[Publication]:
    """Everything that was published of a fund or a month, by month and fund, the first version first; each that is replaced says so."""
    found = [publication(each) for each in facts.versions(connection, PUBLISHED, fund_key=fund, beginning=f"statement {month} " if month else "")]
    last = {each.document_id: each.version for each in found}
    return [replaced(each, by=last[each.document_id]) for each in found]


def replaced(each: Publication, *, by: int) -> Publication:
    return replace(each, is_replaced=each.version < by)


def publication(fact: Fact) -> Publication:
    return Publication(fact.said["document"], Month.parse(fact.said["month"]), fact.fund, Form(fact.said["form"]), fact.version, fact.recorded_by,
                       datetime.fromisoformat(fact.recorded_at), fact.said["print"])

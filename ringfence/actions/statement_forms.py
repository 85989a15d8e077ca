"""In which form each person’s statements are made, and when somebody last asked them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from isf.statement_forms import Form, form_review, form_review_by
from isf.watch import OfFund, Watched
from ringfence.actions.acting import Acting
from ringfence.actions.watching_agreed import first_fund
from ringfence.importing.fact_items_forms import StatementForm
from ringfence.store import facts
from ringfence.store.facts import Fact


@dataclass(frozen=True)
class KnownForm:
    """What is recorded of one person: the form, why, since when, and the day on which it was last looked at."""

    person: str
    form: Form
    needs: str
    recorded_on: date
    reviewed_on: date
    recorded_by: str

    @property
    def review_by(self) -> date:
        return form_review_by(self.reviewed_on)


def forms_known(connection: Connection) -> dict[str, KnownForm]:
    """What is recorded, by person. Of whoever is not there nobody has said anything: their statements are standard."""
    return {each.person: each for each in map(_known, facts.facts(connection, StatementForm.kind))}


def form_of_person(acting: Acting, person: str) -> KnownForm | None:
    """What is recorded of one person; None where nothing is."""
    with acting.reading_support(person=person) as connection:
        found = facts.every_version(connection, StatementForm.kind, person)
    return _known(found[-1]) if found else None


def form_lines(connection: Connection, of: Mapping[str, OfFund], on: date) -> Iterator[Watched]:
    """A line of the watch list for each person who was last asked a year ago or longer, under the first of their funds."""
    for each in forms_known(connection).values():
        if (fund := first_fund(of, each.person)) and (line := form_review(fund, each.form, each.reviewed_on, on)):
            yield line


def _known(fact: Fact) -> KnownForm:
    said = fact.said
    return KnownForm(said["person"], Form(said["form"]), said.get("needs", ""), fact.from_on,
                     date.fromisoformat(said.get("reviewed_on", said["on"])), fact.recorded_by)

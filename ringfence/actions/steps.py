"""Where each person stands in the seven steps from a need to a review, on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlalchemy import Connection

from isf.outcomes import Answer
from isf.steps import Standing, Step, standing
from ringfence.actions.acting import Acting
from ringfence.actions.rights import Right
from ringfence.importing.fact_items_holding import Holding
from ringfence.importing.fact_items_plan import Assessment, FinalBudget, PlanAnswer, SupportPlan
from ringfence.importing.fact_items_reviews import Review
from ringfence.store import closings, facts, first_support, listing, registry

Known = Mapping[Step, date | None]


@dataclass(frozen=True)
class PersonSteps:
    """One person, their funds that are not closed, and where they stand."""

    person: str
    name: str
    known_as: str
    funds: tuple[str, ...]
    standing: Standing


def steps_of_everybody(acting: Acting, on: date | None = None) -> tuple[PersonSteps, ...]:
    """Everybody by the days that they have been in their step, the longest first; then those of whom nobody knows since when. People all of
    whose funds are closed are left out, and whoever reads only of people that they support reads of these."""
    day = on or acting.today
    with acting.reading(Right.SUPPORT) as connection:
        supported = acting.supports(connection)
        found = [each for each in _everybody(connection, day) if supported is None or each.person in supported]
    return tuple(sorted(found, key=lambda each: (each.standing.days is None, -(each.standing.days or 0), each.person)))


def known_steps(connection: Connection, person: str = "") -> dict[str, Known]:
    """The day on which each person, or one, reached each step, None where they reached it and nobody knows when."""
    found = defaultdict[str, dict[Step, date | None]](dict)
    for step, whose, day in _reached(connection, person):
        before = found[whose].get(step)
        found[whose][step] = min(day, before) if before else day
    for whose in first_support.supported_before(connection, person):
        found[whose][Step.SUPPORT] = None
    return dict(found)


def _everybody(connection: Connection, on: date) -> Iterator[PersonSteps]:
    known, people, closed = known_steps(connection), registry.people(connection), closings.closed_funds(connection)
    of_person = defaultdict[str, list[str]](list)
    for row in listing.every_fund(connection):
        if row.person:
            of_person[row.person].append(row.key)
    for reference, person in people.items():
        funds = of_person[reference]
        if not funds or any(fund not in closed for fund in funds):
            yield PersonSteps(reference, person.name, person.known_as, tuple(fund for fund in funds if fund not in closed),
                              standing(known.get(reference, {}), on))


def _reached(connection: Connection, person: str) -> Iterator[tuple[Step, str, date]]:
    """Every day on which something says that a step was reached."""
    for fact in facts.facts_of_person(connection, Assessment.kind, person):
        yield Step.NEEDS, fact.said["person"], fact.from_on
        if "indicative_on" in fact.said:
            yield Step.INDICATIVE, fact.said["person"], date.fromisoformat(fact.said["indicative_on"])
    for fact in facts.facts_of_person(connection, SupportPlan.kind, person):
        yield Step.PLAN, fact.said["person"], fact.from_on
    for fact in facts.facts_of_person(connection, PlanAnswer.kind, person):
        if fact.said["about"] == "plan" and fact.said["answer"] == Answer.AGREED:
            yield Step.AGREED, fact.said["person"], fact.from_on
    for fact in facts.facts_of_person(connection, FinalBudget.kind, person):
        yield Step.AGREED, fact.said["person"], fact.from_on
    for fact in facts.facts_of_person(connection, Holding.kind, person):
        yield Step.CONTROL, fact.said["person"], fact.from_on
    of_fund = {row.key: row.person for row in registry.funds(connection) if row.person and person in ("", row.person)}
    for funding in chain.from_iterable(registry.fundings(connection, key) for key in (of_fund if person else [""])):
        if funding.fund in of_fund:
            yield Step.CONTROL, of_fund[funding.fund], funding.period.first
    for whose, day in first_support.first_support(connection, person).items():
        yield Step.SUPPORT, whose, day
    for fact in facts.facts_of_person(connection, Review.kind, person):
        yield Step.REVIEW, fact.said["person"], fact.from_on

"""What is recorded of plans, as it stands on a day: needs and budgets, the plan, its outcomes and what came of them, and the answers to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from basics.errors import NotKnown
from basics.money import Money
from isf.outcomes import Answer, Found
from isf.points_budget import Budget, Per, PointsTable, indicative, more
from ringfence.importing.fact_items_plan import Assessment, FinalBudget, Outcome, OutcomeFound, PlanAnswer, PointsTableItem, SupportPlan
from ringfence.store import facts
from ringfence.store.facts import Fact


@dataclass(frozen=True)
class Needs:
    """The last assessment: its points, the indicative budget worked out by the council’s table (`why_not` where it cannot be), and the one that
    the council told, with its day."""

    on: date
    points: Decimal
    words: str
    worked_out: Budget | None
    why_not: str
    told: Money | None
    told_on: date | None


@dataclass(frozen=True)
class Final:
    """The last final budget: whose, how much, and how much more than the indicative one it is. None where that is not known."""

    on: date
    payer: str
    pounds: Money
    per: Per
    words: str
    more: Money | None


@dataclass(frozen=True)
class Written:
    """The last support plan."""

    on: date
    words: str
    risks: tuple[str, ...]
    if_it_breaks_down: str


@dataclass(frozen=True)
class OutcomeAt:
    """An outcome, and what was found of it last: None before any review looked at it."""

    reference: str
    words: str
    from_on: date
    until: date | None
    found: Found | None = None
    found_on: date | None = None
    evidence: str = ""
    evidence_sha256: str = ""


@dataclass(frozen=True)
class AnswerAt:
    """A funder’s answer to a plan or a change of it. `shared_on` is None until it was shared with the person."""

    reference: str
    payer: str
    about: str
    from_on: date
    answer: Answer
    on: date
    why: str
    shared_on: date | None
    asked: Money | None
    agreed: Money | None


@dataclass(frozen=True)
class PlanFacts:
    """All of it for one person."""

    needs: Needs | None
    final: Final | None
    written: Written | None
    outcomes: tuple[OutcomeAt, ...]
    answers: tuple[AnswerAt, ...]


def plan_facts(connection: Connection, person: str, on: date, payers: Mapping[str, str]) -> PlanFacts:
    """What is recorded of a person’s plan by a day. `payers` are the names of funders."""
    needs = _needs(connection, _last(of_person(connection, Assessment.kind, person, on)))
    found = {each.said["outcome"]: each for each in of_person(connection, OutcomeFound.kind, person, on)}
    return PlanFacts(
        needs, _final(_last(of_person(connection, FinalBudget.kind, person, on)), needs, payers),
        _written(_last(of_person(connection, SupportPlan.kind, person, on))),
        tuple(_outcome(each, found.get(each.reference)) for each in of_person(connection, Outcome.kind, person, on)),
        tuple(_answer(each, payers) for each in of_person(connection, PlanAnswer.kind, person, on)))


def of_person(connection: Connection, kind: str, person: str, on: date) -> list[Fact]:
    """The facts of a kind about one person by a day, in the order of their days."""
    return [each for each in facts.facts_of_person(connection, kind, person) if each.from_on <= on]


def table_on(connection: Connection, name: str, on: date) -> PointsTable | None:
    """A council’s points table as it held on a day; None where there is none of this name."""
    found = _last(each for each in facts.facts(connection, PointsTableItem.kind) if each.said["points_table"] == name and each.from_on <= on)
    return PointsTableItem.model_validate(found.said).table if found else None


def _needs(connection: Connection, fact: Fact | None) -> Needs | None:
    if fact is None:
        return None
    worked_out, why_not, points = None, "No points table is named.", Decimal(fact.said["points"])
    if name := fact.said.get("points_table"):
        table = table_on(connection, name, fact.from_on)
        try:
            worked_out, why_not = (indicative(table, points), "") if table else (None, f"There is no points table {name} of that day.")
        except NotKnown as error:
            why_not = str(error)
    return Needs(fact.from_on, points, fact.said["words"], worked_out, why_not, _money(fact, "indicative_pounds"), _day(fact, "indicative_on"))


def _final(fact: Fact | None, needs: Needs | None, payers: Mapping[str, str]) -> Final | None:
    if fact is None:
        return None
    pounds, per = Money.parse(fact.said["pounds"]), Per(fact.said["per"])
    before = needs.worked_out if needs else None
    told = needs.told if needs else None
    first = told if told is not None else before.pounds if before else None
    than = more(first, before.per if before else per, pounds, per) if first is not None else None
    return Final(fact.from_on, payers.get(fact.said["funder"], fact.said["funder"]), pounds, per, fact.said["words"], than)


def _written(fact: Fact | None) -> Written | None:
    if fact is None:
        return None
    return Written(fact.from_on, fact.said["words"], tuple(fact.said.get("risks", ())), fact.said.get("if_it_breaks_down", ""))


def _outcome(fact: Fact, found: Fact | None) -> OutcomeAt:
    first = OutcomeAt(fact.reference, fact.said["words"], fact.from_on, _day(fact, "until"))
    if found is None:
        return first
    return OutcomeAt(first.reference, first.words, first.from_on, first.until, Found(found.said["found"]), found.from_on,
                     found.said.get("evidence", ""), found.said.get("evidence_sha256", ""))


def _answer(fact: Fact, payers: Mapping[str, str]) -> AnswerAt:
    said = fact.said
    return AnswerAt(fact.reference, payers.get(said["funder"], said["funder"]), said["about"], date.fromisoformat(said["from"]),
                    Answer(said["answer"]), fact.from_on, said["words"], _day(fact, "shared_on"), _money(fact, "asked_pounds"),
                    _money(fact, "agreed_pounds"))


def _last(found: Iterable[Fact]) -> Fact | None:
    listed = list(found)
    return listed[-1] if listed else None


def _day(fact: Fact, key: str) -> date | None:
    return date.fromisoformat(fact.said[key]) if key in fact.said else None


def _money(fact: Fact, key: str) -> Money | None:
    return Money.parse(fact.said[key]) if key in fact.said else None

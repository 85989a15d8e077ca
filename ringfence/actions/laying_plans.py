"""Whether what a file says of plans fits what is there: points have a table, funders are known. A big change of a plan is told as one to ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from basics.errors import NotKnown
from basics.periods import ONE_DAY, day_in_words
from isf.outcomes import Answer
from isf.plan_changes import PlanChange
from isf.points_budget import indicative
from ringfence.actions.laying import Laying
from ringfence.actions.plan_facts import of_person, table_on
from ringfence.actions.plans import changes_of, ruling_of
from ringfence.importing.fact_items_plan import Outcome, PlanAnswer
from ringfence.importing.record_file import RecordFile
from ringfence.store import facts, registry
from ringfence.store.schema import funder


def check_plans(laying: Laying) -> None:
    """The sections of an apply file that are about plans, once they are recorded."""
    for n, item in enumerate(laying.file.assessments):
        if item.points_table is None:
            continue
        table = table_on(laying.connection, item.points_table, item.on)
        if table is None:
            laying.problem(("assessments", n, "points_table"), f"“{item.points_table}” is no points table that holds on {day_in_words(item.on)}.",
                           "Give it under “points_tables”, or take it out.")
            continue
        try:
            indicative(table, item.points)
        except NotKnown as error:
            laying.problem(("assessments", n, "points"), error.problem.what, error.problem.to_do)
    for section in ("final_budgets", "plan_answers"):
        for n, each in enumerate(getattr(laying.file, section)):
            laying.find(funder, each.funder, (section, n, "funder"), "a funder", "Add it under “funders”.")
    if laying.said:
        laying.said.extend(_to_ask(laying))


def outcomes_not_there(connection: Connection, file: RecordFile) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """What was found of outcomes that nobody agreed: the place in the file, what is wrong and what to do."""
    agreed = {(each.reference, each.said["person"]) for each in facts.facts(connection, Outcome.kind)}
    for n, item in enumerate(file.outcomes_found):
        if (item.outcome, item.person) not in agreed:
            yield (("outcomes_found", n, "outcome"), f"{item.person} has no outcome “{item.outcome}”.",
                   "Add it under “outcomes” of an apply file, or correct the outcome or the person.")


def _to_ask(laying: Laying) -> Iterator[str]:
    """Changes of plans in this file that are to be asked, and to which no funder has agreed."""
    days = dict[str, set[date]]()
    for item in laying.file.plan:
        days.setdefault(item.person, set()).update((item.from_on, item.to_on + ONE_DAY))
    of = {row.key: row.person for row in registry.funds(laying.connection)} if days else {}
    for fund, changes in changes_of(laying.connection).items() if days else ():
        for change in changes:
            if change.on not in days.get(of[fund], ()):
                continue
            ruling = ruling_of(laying.connection, fund, change)
            if ruling.is_asked and not _is_agreed(laying, of[fund], change):
                yield (f"To be asked: the plan of {of[fund]} changes on {day_in_words(change.on)}, and {ruling.why}. "
                       "No agreement to it is recorded.")


def _is_agreed(laying: Laying, person: str, change: PlanChange) -> bool:
    answers = [each.said for each in of_person(laying.connection, PlanAnswer.kind, person, date.max) if each.said["about"] == "change"]
    return any(said["from"] == change.on.isoformat() and said["answer"] == Answer.AGREED for said in answers)

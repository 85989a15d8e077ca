"""A parallel month: what the old system shows of each person beside what stands here, with the reason for each difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from basics.money import Money
from basics.periods import Month, day_in_words
from invoicing.delivery import Charge, Delivery
from isf.parallel_month import Clues, Compared, Figures, Measured, VisitHere, compare
from isf.plan import Measure
from isf.statement import Statement
from ringfence.actions.acting import Acting
from ringfence.actions.month_end import preview_month
from ringfence.actions.month_plan import MonthPlan
from ringfence.actions.rights import Right
from ringfence.actions.statement_list import statements_of, what_they_say
from ringfence.importing.old_figures import read_old_figures
from ringfence.store import deliveries, ledger


def compare_month(acting: Acting, path: Path, month: Month) -> Compared:
    """The month here as its statements were issued, or as they would be if it ended now. Nothing is stored.

    Raises `Refused` for a file that cannot be read whole, and `NotAllowed` for a month that has not begun, or was locked without being issued.
    """
    acting.refuse_without(Right.BOOKS)
    old = read_old_figures(path)
    issued = statements_of(acting, month).statements
    if issued:
        records: Iterable[Statement] = what_they_say(acting, [each.document_id for each in issued]).values()
        return compare(old, _ours(records), {})
    plan = preview_month(acting, month)
    with acting.reading() as connection:
        return compare(old, _ours(plan.statements), _clues(connection, plan))


def _ours(statements: Iterable[Statement]) -> Mapping[str, Figures]:
    """What the statements of each person say, all of the person's funds together."""
    found: dict[str, dict[Measured, int]] = {}
    for each in statements:
        mine = found.setdefault(each.person_reference, dict.fromkeys(Measured, 0))
        mine[Measured.DELIVERED] += sum(line.given for line in each.given if line.measure == Measure.MINUTES)
        mine[Measured.CHARGED] += each.given_total_pence
        mine[Measured.PAID_IN] += sum(line.pence for line in each.money.paid_in)
        mine[Measured.BALANCE] += each.money.closing_pence
    return found


def _clues(connection: Connection, plan: MonthPlan) -> Mapping[str, Clues]:
    person_of = {each.fund_key: each.person_reference for each in plan.statements}
    carried: dict[str, int] = defaultdict(int)
    for each in plan.statements:
        carried[each.person_reference] += each.carried_pence
    visits = _visits(connection, plan, person_of)
    lines = [(f"{row.key.removeprefix('bank ')} of {day_in_words(date.fromisoformat(row.happened_on))}, {Money(row.pence)}", int(row.pence))
             for row in ledger.unplaced(connection, plan.month.last)]
    return {person: Clues(tuple(visits.get(person, ())), lines, carried[person]) for person in {*carried, *visits}}


def _visits(connection: Connection, plan: MonthPlan, person_of: Mapping[str, str]) -> dict[str, list[VisitHere]]:
    """The visits of the month by person, and each person's part of what several shared."""
    rows = {row.id: row for row in deliveries.in_period(connection, plan.month.first, plan.month.last)}
    charged: dict[tuple[str, int], list[Charge]] = defaultdict(list)
    for charge in plan.charges:
        if charge.support_on in plan.month.period and charge.fund in person_of:
            charged[person_of[charge.fund], charge.delivery_id].append(charge)
    alone = {(row.subject, row.id) for row in rows.values() if row.subject in person_of.values()}
    found: dict[str, list[VisitHere]] = defaultdict(list)
    for person, delivery in sorted({*charged, *alone}):
        if (row := rows.get(delivery)) is not None:
            found[person].append(_visit(row, charged[person, delivery], of_one=row.subject == person))
    return found


def _visit(row: Delivery, charges: Iterable[Charge], *, of_one: bool) -> VisitHere:
    """Of what several shared, the person’s part is what is charged."""
    minutes, pence = sum(each.minutes for each in charges), sum(each.pence for each in charges)
    passed, planned = (row.actual_minutes, row.planned_minutes) if of_one else (minutes, minutes)
    return VisitHere(f"Visit {row.visit} on {day_in_words(row.happened_on)} ({row.carer})", passed, planned, minutes, pence)

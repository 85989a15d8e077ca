"""What a statement says of support that did not come, and of earlier months that were put right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from basics.periods import Month
from basics.share import share
from invoicing.delivery import CANCELLED, Agreements, Charge, Delivery
from invoicing.rating import VOID
from isf.money_held import EventKind
from isf.statement_of import Missed, PutRight
from ringfence.actions.entry_words import MOVED

SHORT_BY_MINUTES = 15
"""A visit that came short by less is counted in the hours and not listed: a family asks about visits, not about minutes."""
CHARGED_ALL_THE_SAME = "It was charged all the same, because the agreement says so."
LATE = "We recorded this support late."
COUNTED_LATE = (EventKind.RECEIPT, EventKind.CONTRIBUTION, EventKind.GIVEN_BACK, EventKind.BILL, EventKind.BILL_PAID,
                EventKind.MISSPENT_BACK)
NOT_COUNTED = "We had not counted it with this money until now."


def missed_by_person(rows: Iterable[Delivery], agreements: Agreements, charged: Collection[int]) -> dict[str, list[Missed]]:
    """Visits that were cancelled, came short, or came with too few carers, for each person they were for.

    `charged` are the deliveries that were cancelled and cost all the same: each is told, and why it cost.
    """
    words = {(line.person, line.support_type): line.words for line in agreements.plan}
    houses = {house.reference: house for house in agreements.houses}
    by_visit: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
    for row in rows:
        by_visit[row.visit, row.subject].append(row)
    found: dict[str, list[Missed]] = defaultdict(list)
    for (_, subject), visit in by_visit.items():
        first, minutes = visit[0], _minutes_missed(visit)
        cancelled = any(row.outcome == CANCELLED for row in visit)
        if minutes < SHORT_BY_MINUTES and not cancelled:
            continue
        reason = "; ".join(dict.fromkeys(row.reason for row in visit if row.reason)) or "No reason was recorded."
        if any(row.id in charged for row in visit):
            reason = f"{reason.rstrip('.')}. {CHARGED_ALL_THE_SAME}"
        for person, part in _whose(subject, houses, first.happened_on, minutes):
            found[person].append(Missed(first.happened_on, words.get((person, first.support_type), "Support"), part, reason))
    return found


def put_right_by_fund(entries: Iterable[Row[Any]], charges: Iterable[Charge], month: Month, words: Mapping[int, str],
                      standing: Mapping[int, int], why: Mapping[int, str]) -> dict[str, list[PutRight]]:
    """Charges for earlier months that come late in this one, and charges that were taken back, each with its reason. What is charged in place of
    something that was taken back has the reason of that (`why`, by delivery): it was not late."""
    found: dict[str, list[PutRight]] = defaultdict(list)
    for charge in charges:
        if charge.support_on < month.first and charge.pence and charge.how != VOID:
            line = words.get(standing.get(charge.plan_line_id or 0, 0), "Support")
            found[charge.fund].append(PutRight(charge.support_on, line, 0, charge.pence, why.get(charge.delivery_id, LATE)))
    for row in entries:
        if row.event_kind == EventKind.REVERSAL and row.unit == "pence":
            line = words.get(standing.get(row.plan_line_id or 0, 0), put_back_words((row.credit_role, row.debit_role)))
            found[row.fund].append(PutRight(date.fromisoformat(row.happened_on), line, row.amount, 0, row.words))
        elif row.event_kind in COUNTED_LATE and row.happened_on < month.first.isoformat():
            line = put_back_words((row.debit_role, row.credit_role))
            found[row.fund].append(PutRight(date.fromisoformat(row.happened_on), line, 0, row.amount, NOT_COUNTED))
    return found


def put_back_words(roles: tuple[str, str]) -> str:
    """What an entry between these two accounts is called among the corrections."""
    return MOVED.get(roles, "Support")


def _minutes_missed(visit: Sequence[Delivery]) -> int:
    """Staff minutes that were planned and not given: cancelled, cut short, or by a carer who never came."""
    given = sum(row.actual_minutes for row in visit if row.outcome != CANCELLED)
    carers_away = max(0, visit[0].planned_carers - len({row.carer for row in visit}))
    planned = sum(row.planned_minutes for row in visit) + carers_away * visit[0].planned_minutes
    return planned - given


def _whose(subject: str, houses: Mapping[str, Any], day: date, minutes: int) -> Iterable[tuple[str, int]]:
    """Whose support it was: the person's, or a part for everybody who holds a place in the house."""
    if subject not in houses:
        return [(subject, minutes)]
    house = houses[subject]
    parts = share(minutes, dict.fromkeys(range(1, house.places + 1), 1))
    return [(holder, parts[place]) for place in parts if (holder := house.holder(place, day))]

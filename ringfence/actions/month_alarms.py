"""The alarms of billing in the review of a month: what is told of its own visits and payers, and what is still open of the months before it.

They stop nothing, and are no part of what is approved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from basics.errors import Problem
from basics.money import Money
from basics.periods import ONE_DAY, Month, day_in_words
from invoicing.alarms import MONTHS_OF_A_PATTERN, patterns_stopped
from invoicing.charged_over import Timed, over_given
from invoicing.delivery import BY_DELIVERY, Charge
from invoicing.finding import told_together
from isf.position import Delivered
from ringfence.actions.month_plan import MonthPlan
from ringfence.actions.watching_agreed import funds_watched
from ringfence.actions.watching_billing import (
    billing_lines,
    differs_in_words,
    how_many_visits,
    plans_by_fund,
    short_of_what_was_asked_for,
    timed,
)
from ringfence.store import billing_alarms, registry

FEW = 10
"""More lines of one kind than this would hide the others; the watch list has them all once the month is closed."""


def with_alarms(connection: Connection, plan: MonthPlan, on: date) -> MonthPlan:
    """The plan of a month with its alarms among its warnings. What did not come is told once the month is over."""
    is_over = plan.month.last < on
    did_not_come = [*_few(list(_asked_for_more(connection, plan))), *_few(list(_stopped(connection, plan)))] if is_over else []
    return replace(plan, warnings=(
        *([] if is_over else [_goes_on(plan.month)]), *plan.warnings, *_without_a_reason(connection, plan.month),
        *told_together(over_given(_charged(connection, plan)), "visits"), *did_not_come, *_few(list(_still_open(connection)))))


def _goes_on(month: Month) -> Problem:
    return Problem(month.in_words, f"It is not over: it ends on {day_in_words(month.last)}.",
                   "Wait until then, unless nothing more will be given: what comes in later is charged with the next month, as a late entry.")


def _few(found: Sequence[Problem]) -> Iterator[Problem]:
    yield from found[:FEW]
    if len(found) > FEW:
        yield Problem(f"{len(found) - FEW:,} more", f"Like the {FEW} before.", "The watch list has all of them once the month is closed.")


def _without_a_reason(connection: Connection, month: Month) -> Iterator[Problem]:
    for row in billing_alarms.without_a_reason(connection, month.last):
        place, words = f"{Month.parse(row.month).in_words}, {how_many_visits(row.visits)}", differs_in_words(row)
        yield Problem(place, f"{words[:1].upper()}{words[1:]}.",
                      "Find them under Visits (“Differs, no reason given”), or with ringfence visits, and record why.")


def _charged(connection: Connection, plan: MonthPlan) -> Iterator[Timed]:
    """Every timed visit that the plan charges, its charges added up over those who shared it."""
    charged = Counter[int]()
    for charge in plan.charges:
        if not charge.cancelled:
            charged[charge.delivery_id] += charge.minutes
    first = min((each.support_on for each in plan.charges), default=plan.month.first) - ONE_DAY  # a night may have begun the day before
    minutes, rows = Counter[tuple[str, str]](), {}
    for row in billing_alarms.timed_to_charge(connection, first, plan.month.last) if charged else ():
        if row.id in charged:
            minutes[row.visit, row.carer] += charged[row.id]
            rows[row.visit, row.carer] = row
    return (timed(rows[visit], count) for visit, count in minutes.items() if count > rows[visit].actual_minutes)


def _asked_for_more(connection: Connection, plan: MonthPlan) -> Iterator[Problem]:
    """Instalments for days that end in the month, with much less support than was agreed for them."""
    rows = billing_alarms.instalments_ending(connection, plan.month)
    plans, by_fund = plans_by_fund(connection) if rows else {}, {row.fund: list[Charge]() for row in rows}
    for charge in plan.charges:
        if charge.fund in by_fund and not charge.cancelled:
            by_fund[charge.fund].append(charge)
    for row in sorted(rows, key=lambda each: (-each.pence, each.fund, each.from_on)):
        charges = [each for each in by_fund[row.fund] if row.from_on <= each.support_on.isoformat() <= row.to_on]
        more = Delivered(sum(each.minutes for each in charges), len({each.delivery_id for each in charges if each.times}))
        days, short = short_of_what_was_asked_for(row, plans, more)
        if short:
            yield Problem(row.fund, f"{Money(int(row.pence))} is asked for {days}, and {short}.",
                          "Bring in the visits that are missing, or tell the funder and agree what becomes of the money.")


def _stopped(connection: Connection, plan: MonthPlan) -> Iterator[Problem]:
    """Payers who were asked every month before this one, still promise to pay, and would be asked for nothing of it."""
    first = plan.month
    for _ in range(MONTHS_OF_A_PATTERN):
        first = first.previous
    asked = billing_alarms.months_asked(connection, first, plan.month)
    for each in plan.charges:
        if each.how == BY_DELIVERY and each.pence > 0 and (key := (each.fund, each.funder or "")) in asked:
            asked[key].add(Month.of(each.support_on))
    stopped = patterns_stopped(asked, plan.month)
    promised = {(one.fund, one.funder) for one in registry.fundings(connection) if plan.month.last in one.period} if stopped else set()
    for fund, payer in stopped:
        if (fund, payer) in promised:
            yield Problem(fund, f"{payer} was asked for support every month before {plan.month.in_words}, and would be asked for none of it.",
                          "Check that the visits came in, or end the funding.")


def _still_open(connection: Connection) -> Iterator[Problem]:
    """What is told of the months that are closed: it does not go away because another month is run."""
    payers = {key: payer.name for key, payer in registry.funders(connection).items()}
    for line in billing_lines(connection, funds_watched(connection)[0], payers):
        yield Problem(line.who, line.what, f"{line.to_do}.")

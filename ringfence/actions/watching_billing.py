"""The lines of the watch list that are about billing: support that nobody was asked for, what was asked for without support, what came late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from basics.money import Money
from basics.periods import Month, Period, day_in_words, minutes_in_words
from invoicing.alarms import MONTHS_OF_A_PATTERN, patterns_stopped
from invoicing.charged_over import ROUNDING_ADDS_AT_MOST_MINUTES, Timed
from invoicing.charged_time import minutes_given
from isf.much_less import much_less
from isf.plan import PlanLine
from isf.position import Delivered
from isf.watch import Matter, OfFund, Watched
from ringfence.actions.held_invoices import held_lines, not_due_yet
from ringfence.actions.months_waiting import LATE, months_waiting, others_in_words
from ringfence.actions.watching_agreed import first_fund
from ringfence.store import billing_alarms, months, registry

NAMED_AT_MOST = 5
NOTHING = Delivered()


def billing_lines(connection: Connection, of: Mapping[str, OfFund], payers: Mapping[str, str]) -> Iterator[Watched]:
    """What is told of closed months, on the watch list and in the review of the next month. `of` are the funds that are still open."""
    closed = months.closed_through(connection)
    if closed is None:
        return
    first = closed
    for _ in range(MONTHS_OF_A_PATTERN):
        first = first.previous
    yield from _asked_without_support(connection, of, first, closed)
    yield from _time_charged(connection, closed)
    yield from _without_a_reason(connection, closed)
    yield from _late(connection, first, closed)
    if months.ISSUED in months.steps(connection, closed):
        for key in billing_alarms.without_statement(connection, closed):
            yield _line(of, key, f"Support of {closed.in_words} is charged, and the fund has no statement for it.", "Find out why none was issued",
                        closed.last)
    yield from _stopped(connection, of, payers, first, closed)


def not_asked_for_lines(connection: Connection, of: Mapping[str, OfFund]) -> Iterator[Watched]:
    """Support of closed months that is on no invoice, or not charged. The next month end takes it up, so its review does not tell it: the review
    tells what that run itself cannot charge, and what it holds."""
    closed = months.closed_through(connection)
    if closed is None:
        return
    held = list(held_lines(connection, of, closed))
    yield from held
    named, later = {each.fund for each in held}, not_due_yet(connection, closed)
    for row in billing_alarms.not_invoiced(connection, closed):
        if row.fund in named or later[row.fund, row.month] == row.pence:
            continue
        month = Month.parse(row.month)
        yield _line(of, row.fund, f"Support of {month.in_words} is charged and on no invoice: {how_many_visits(row.visits)}.",
                    "They go out with the next month end; what was held may be issued before, under Invoices",
                    month.last, int(row.pence))
    for row in billing_alarms.not_charged(connection, closed):
        month = Month.parse(row.month)
        about = first_fund(of, row.person) or OfFund("", row.person)
        yield Watched(matter=Matter.BILLING, fund=about.key, who=about.who, since=month.last,
                      what=f"{month.in_words} is closed, and support that was given in it is not charged: {how_many_visits(row.visits)}.",
                      to_do="The next month end charges it. Visits says why, where it will not")


def _asked_without_support(connection: Connection, of: Mapping[str, OfFund], first: Month, closed: Month) -> Iterator[Watched]:
    plans = plans_by_fund(connection)
    for row in billing_alarms.asked_for_days(connection, first, closed):
        days, short = short_of_what_was_asked_for(row, plans)
        if short:
            yield _line(of, row.fund, f"Invoice {row.number:06d} asked for {Money(row.pence)} for {days}, and {short}.",
                        "Bring in the visits, or ask the funder what becomes of the money", days.last, int(row.pence))


def plans_by_fund(connection: Connection) -> Mapping[str, list[PlanLine]]:
    found = defaultdict[str, list[PlanLine]](list)
    for line in registry.plan_lines(connection):
        found[line.fund].append(line)
    return found


def short_of_what_was_asked_for(row: Row[Any], plans: Mapping[str, list[PlanLine]], more: Delivered = NOTHING) -> tuple[Period, str]:
    """The days of an instalment, and what is told of them: nothing came, or much less than was agreed; empty where neither is so. `more` was given
    as well and is not charged yet."""
    days = Period(date.fromisoformat(row.from_on), date.fromisoformat(row.to_on))
    given = Delivered(int(row.minutes) + more.minutes, int(row.times) + more.times)
    if given == NOTHING:
        return days, "no support is recorded for those days"
    return days, much_less(plans.get(row.fund, ()), days, given)


def _time_charged(connection: Connection, closed: Month) -> Iterator[Watched]:
    """What rounding adds is told when the month is looked at, and not for a month on end."""
    rows = billing_alarms.charged_beyond(connection, closed, ROUNDING_ADDS_AT_MOST_MINUTES)
    over = [each for each in (timed(row, int(row.charged)) for row in rows) if each.is_beyond_rounding]
    if over:
        more = f" and {len(over) - NAMED_AT_MOST} more" if len(over) > NAMED_AT_MOST else ""
        minutes, named = sum(each.over for each in over), ", ".join(each.visit for each in over[:NAMED_AT_MOST])
        yield _everybody(f"{how_many_visits(len(over))} of {closed.in_words} charged for {minutes_in_words(minutes)} more than was given: "
                         f"{named}{more}.",
                         "See why under Visits. Tell whoever pays, or put it right", closed.last)


def timed(row: Row[Any], charged: int) -> Timed:
    """A row of a visit with the minutes that are charged for it."""
    starts_at, ends_at = (datetime.fromisoformat(each) if each else None for each in (row.starts_at, row.ends_at))
    given = minutes_given(row.actual_minutes, starts_at, ends_at)
    return Timed(row.visit, row.carer, date.fromisoformat(row.happened_on), given, charged, row.carers)


def _without_a_reason(connection: Connection, closed: Month) -> Iterator[Watched]:
    for row in billing_alarms.without_a_reason(connection, closed.last, charged_since=closed.first):
        yield _everybody(f"{closed.in_words}, {how_many_visits(row.visits)}: {differs_in_words(row)}.",
                         "Find them under Visits (“Differs, no reason given”), and record why", closed.last)


def differs_in_words(row: Row[Any]) -> str:
    return f"the time given is not the time planned, and no reason is recorded ({minutes_in_words(int(row.minutes))} between them)"


def not_run_lines(connection: Connection, on: date) -> Iterator[Watched]:
    """Months that nobody ran, once another has ended after the first of them. The first page tells the first of them from the day it ended."""
    waiting = months_waiting(connection, on)
    if len(waiting) >= LATE:
        yield Watched(matter=Matter.BILLING, fund="", who="Everybody", since=waiting[0].last, is_late=True,
                      what=f"Nobody has run the month end of {waiting[0].in_words}, which ended on {day_in_words(waiting[0].last)}, nor of "
                           f"{others_in_words(waiting)}.",
                      to_do=f"Run it now: ringfence month-end {waiting[0]} --out FOLDER, or Month end in the app")


def _late(connection: Connection, first: Month, closed: Month) -> Iterator[Watched]:
    for row in billing_alarms.late_entries(connection, first, closed):
        month = Month.parse(row.month)
        came = day_in_words(date.fromisoformat(row.came_at[:10]))
        yield _everybody(f"{how_many_visits(row.visits)} of {month.in_words} came in after it was issued, the last on {came}.",
                         "Ask whoever records visits to do so before the month end", month.last)


def _stopped(connection: Connection, of: Mapping[str, OfFund], payers: Mapping[str, str], first: Month, closed: Month) -> Iterator[Watched]:
    promised = {(one.fund, one.funder) for one in registry.fundings(connection) if closed.last in one.period}
    for fund, payer in patterns_stopped(billing_alarms.months_asked(connection, first, closed), closed):
        if (fund, payer) in promised:
            yield _line(of, fund, f"{payers.get(payer, payer)} was asked for support every month before {closed.in_words}, and for none in it.",
                        "Check that the visits came in, or end the funding", closed.last)


def _line(of: Mapping[str, OfFund], fund: str, what: str, to_do: str, since: date, pence: int | None = None) -> Watched:
    about = of.get(fund, OfFund(fund, fund))
    return Watched(matter=Matter.BILLING, fund=about.key, who=about.who, what=what, to_do=to_do, since=since, pence=pence)


def _everybody(what: str, to_do: str, since: date) -> Watched:
    return Watched(matter=Matter.BILLING, fund="", who="Everybody", what=what, to_do=to_do, since=since)


def how_many_visits(count: int) -> str:
    return f"{count:,} {'visit' if count == 1 else 'visits'}"

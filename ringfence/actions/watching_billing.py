"""The lines of the watch list that are about billing: support that nobody was asked for, what was asked for without support, what came late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Connection

from basics.money import Money
from basics.periods import Month, Period, day_in_words
from invoicing.alarms import MONTHS_OF_A_PATTERN, patterns_stopped
from isf.watch import Matter, OfFund, Watched
from ringfence.actions.watching_agreed import first_fund
from ringfence.store import billing_alarms, months, registry


def billing_lines(connection: Connection, of: Mapping[str, OfFund], payers: Mapping[str, str]) -> Iterator[Watched]:
    """Everything about months that are closed. `of` are the funds that are still open."""
    closed = months.closed_through(connection)
    if closed is None:
        return
    first = closed
    for _ in range(MONTHS_OF_A_PATTERN):
        first = first.previous
    yield from _not_asked_for(connection, of, closed)
    yield from _asked_without_support(connection, of, first, closed)
    yield from _late(connection, first, closed)
    if months.ISSUED in months.steps(connection, closed):
        for key in billing_alarms.without_statement(connection, closed):
            yield _line(of, key, f"Support of {closed.in_words} is charged, and the fund has no statement for it.", "Find out why none was issued.",
                        closed.last)
    yield from _stopped(connection, of, payers, first, closed)


def _not_asked_for(connection: Connection, of: Mapping[str, OfFund], closed: Month) -> Iterator[Watched]:
    for row in billing_alarms.not_invoiced(connection, closed):
        month = Month.parse(row.month)
        yield _line(of, row.fund, f"Support of {month.in_words} is charged and on no invoice: {_visits(row.visits)}.",
                    "They go out with the next month end.",
                    month.last, int(row.pence))
    for row in billing_alarms.not_charged(connection, closed):
        month = Month.parse(row.month)
        about = first_fund(of, row.person) or OfFund("", row.person)
        yield Watched(matter=Matter.BILLING, fund=about.key, who=about.who, since=month.last,
                      what=f"{month.in_words} is closed, and support that was given in it is not charged: {_visits(row.visits)}.",
                      to_do="See why under Visits, and put it right before the next month end.")


def _asked_without_support(connection: Connection, of: Mapping[str, OfFund], first: Month, closed: Month) -> Iterator[Watched]:
    for row in billing_alarms.asked_without_support(connection, first, closed):
        period = Period(date.fromisoformat(row.from_on), date.fromisoformat(row.to_on))
        yield _line(of, row.fund, f"Invoice {row.number:06d} asked for {Money(row.pence)} for {period}, and no support is recorded for those days.",
                    "Bring in the visits, or ask the funder what becomes of the money.", period.last, int(row.pence))


def _late(connection: Connection, first: Month, closed: Month) -> Iterator[Watched]:
    for row in billing_alarms.late_entries(connection, first, closed):
        month = Month.parse(row.month)
        yield Watched(matter=Matter.BILLING, fund="", who="Everybody", since=month.last,
                      what=f"{_visits(row.visits)} of {month.in_words} came in after it was issued, the last on "
                           f"{day_in_words(date.fromisoformat(row.came_at[:10]))}.",
                      to_do="Ask whoever records visits to do so before the month end.")


def _stopped(connection: Connection, of: Mapping[str, OfFund], payers: Mapping[str, str], first: Month, closed: Month) -> Iterator[Watched]:
    promised = {(one.fund, one.funder) for one in registry.fundings(connection) if closed.last in one.period}
    for fund, payer in patterns_stopped(billing_alarms.months_asked(connection, first, closed), closed):
        if (fund, payer) in promised:
            yield _line(of, fund, f"{payers.get(payer, payer)} was asked for support every month before {closed.in_words}, and for none in it.",
                        "Check that the visits came in, or end the funding.", closed.last)


def _line(of: Mapping[str, OfFund], fund: str, what: str, to_do: str, since: date, pence: int | None = None) -> Watched:
    about = of.get(fund, OfFund(fund, fund))
    return Watched(matter=Matter.BILLING, fund=about.key, who=about.who, what=what, to_do=to_do, since=since, pence=pence)


def _visits(count: int) -> str:
    return f"{count:,} {'visit' if count == 1 else 'visits'}"

"""Where a person’s funds stand: what was planned, committed, delivered and is left, line by line, in hours and in pounds, and where each line
will be at the end of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from basics.errors import InputError
from basics.periods import ONE_DAY, Month
from isf.forecast import with_forecasts
from isf.position import USUAL, FundPosition, LinePosition, Thresholds
from isf.statement_of import StatementFacts, fund_position
from ringfence.actions.acting import Acting
from ringfence.actions.bills import bills_posted
from ringfence.actions.stating import facts_of_fund
from ringfence.store import registry


def positions(acting: Acting, person: str, month: Month, *, thresholds: Thresholds = USUAL) -> dict[str, FundPosition]:
    """The position of each of a person's funds at the end of the month, by fund, as far as the books have it.

    Raises `InputError` for somebody unknown, or with no fund in that month.
    """
    with acting.reading_support(person=person) as connection:
        if person not in registry.people(connection):
            raise InputError(f"{person} is not a person here.", "Give the reference that the person was imported with.")
        found = positions_of(connection, person, month, thresholds)
    if not found:
        raise InputError(f"{person} has no fund in {month.in_words}.", "Ask for a month in which somebody pays for their support.")
    return found


def positions_of(connection: Connection, person: str, month: Month, thresholds: Thresholds = USUAL) -> dict[str, FundPosition]:
    """The same for who reads already; nothing for a person without a fund in that month."""
    funds = [fund.key for fund in registry.funds(connection) if fund.person == person]
    gathered = ((key, facts_of_fund(connection, key, month)) for key in funds)
    return {key: position_of(connection, facts, thresholds) for key, facts in gathered if facts is not None}


def position_of(connection: Connection, facts: StatementFacts, thresholds: Thresholds = USUAL) -> FundPosition:
    """One fund’s position, each line with its forecast."""
    position = _with_bills(connection, fund_position(facts), facts)
    if thresholds != USUAL:
        position = replace(position, thresholds=thresholds, lines=tuple(replace(line, thresholds=thresholds) for line in position.lines))
    return replace(position, lines=with_forecasts(position.lines))


def _with_bills(connection: Connection, position: FundPosition, facts: StatementFacts) -> FundPosition:
    """What was bought from others for each line, and beside them all: what is owed, and what was paid in the budget's year. A bill stands with
    the version of its line that holds then."""
    last, posted = facts.month.last, bills_posted(connection, facts.fund_key)
    unpaid, paid_before = posted.unpaid_by_line(last), posted.paid_by_line(_first_day(facts) - ONE_DAY)
    paid = {line: pence - paid_before.get(line, 0) for line, pence in posted.paid_by_line(last).items()}
    if not unpaid and not paid:
        return position
    lines = list(position.lines)
    for reference in sorted(unpaid.keys() | paid.keys()):
        versions = [n for n, line in enumerate(lines) if line.line.reference == reference]
        if versions:
            at, spent = max(versions, key=lambda n: _begun(lines[n], last)), paid.pop(reference, 0)
            lines[at] = replace(lines[at], committed_pence=unpaid.pop(reference, 0), paid_pence=spent,
                                delivered_pence=lines[at].delivered_pence + spent)
    return replace(position, lines=tuple(lines), beside_pence=sum(unpaid.values()) + sum(paid.values()))


def _first_day(facts: StatementFacts) -> date:
    return max((each.period.first for each in facts.budgets if each.period.overlap(facts.month.period)), default=facts.delivered_from)


def _begun(line: LinePosition, day: date) -> tuple[bool, date]:
    return line.line.period.first <= day, line.line.period.first

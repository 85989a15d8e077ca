"""Where a person’s funds stand: what was planned, committed, delivered and is left, line by line, in hours and in pounds, and where each line
will be at the end of the year."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from basics.errors import InputError
from basics.periods import Month
from isf.position import USUAL, FundPosition, Thresholds
from isf.statement_of import StatementFacts, position_ahead
from ringfence.actions.acting import Acting
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
    return {key: position_of(facts, thresholds) for key, facts in gathered if facts is not None}


def position_of(facts: StatementFacts, thresholds: Thresholds = USUAL) -> FundPosition:
    """One fund’s position, each line with its forecast."""
    position = position_ahead(facts)
    if thresholds != USUAL:
        position = replace(position, thresholds=thresholds, lines=tuple(replace(line, thresholds=thresholds) for line in position.lines))
    return position

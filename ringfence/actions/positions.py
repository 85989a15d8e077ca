"""Where a person's funds stand: what was planned, delivered and is left, line by line, in hours and in pounds."""

from __future__ import annotations

from basics.errors import InputError
from basics.periods import Month
from isf.position import FundPosition
from isf.statement_of import fund_position
from ringfence.actions.acting import Acting
from ringfence.actions.stating import statement_facts
from ringfence.store import registry


def positions(acting: Acting, person: str, month: Month) -> dict[str, FundPosition]:
    """The position of each of a person's funds at the end of the month, by fund, as far as the books have it.

    Raises `InputError` for somebody unknown, or with no fund in that month.
    """
    with acting.reading() as connection:
        if person not in registry.people(connection):
            raise InputError(f"{person} is not a person here.", "Give the reference that the person was imported with.")
        facts = [each for each in statement_facts(connection, registry.agreements(connection), month) if each.person.reference == person]
    if not facts:
        raise InputError(f"{person} has no fund in {month.in_words}.", "Ask for a month in which somebody pays for their support.")
    return {each.fund_key: fund_position(each) for each in facts}

"""Facts of a fund out of a file: each under its reference, in the fund that it names. The same again is no change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection

from ringfence.actions.laying import Laying
from ringfence.importing.apply_file import FACTS, SaidFile, as_written
from ringfence.importing.fact_items import FactItem, FactOfAFund, FactOfAPerson
from ringfence.store import facts, registry
from ringfence.store.schema import fund, person

Place = tuple[str | int, ...]


def lay_facts(laying: Laying) -> None:
    """The sections of an apply file that are facts."""
    for outcome, words in recorded(laying.connection, laying.batch_id, laying.file, FACTS, laying.problem):
        laying.say(outcome, words)


def fund_of_fact(laying: Laying, item: FactOfAFund) -> str | None:
    """The key of the fund that a fact is of; None where there is no such fund, which is told already."""
    key = registry.fund_key(item.person, item.fund)
    return key if key in laying.ids(fund, "key") else None


def recorded(connection: Connection, batch_id: int, file: SaidFile, sections: Mapping[str, type[FactItem]],
             problem: Callable[[Place, str, str], None]) -> Iterator[tuple[str, str]]:
    """Keep every fact of these sections: what became of each (“new”, “changed”, “same”), and what it is. A fund or a person that is not there
    is told by `problem`, and its fact is passed over."""
    funds, people = registry.ids(connection, fund, "key"), registry.ids(connection, person)
    for section in sections:
        for n, item in enumerate(getattr(file, section)):
            fund_id = None
            if isinstance(item, FactOfAFund):
                fund_id = funds.get(registry.fund_key(item.person, item.fund))
                if fund_id is None:
                    problem((section, n, "person"), f"{item.person} has no {item.fund} fund here.",
                            "Add one under “fundings” of an apply file, or correct the person or the fund.")
                    continue
            if isinstance(item, FactOfAPerson) and item.person not in people:
                problem((section, n, "person"), f"{item.person} is not a person here.", "Bring them in with ringfence import people, or correct it.")
                continue
            yield facts.record(connection, item.kind, item.reference, batch_id, fund_id=fund_id, from_on=item.day, said=_said(item)), item.about


def _said(item: FactItem) -> dict[str, object]:
    """The item as it was written, and what it takes from elsewhere as that is now."""
    return as_written(item) | (as_written(item.resolved) if item.resolved else {})

"""Money that was misspent and is put back, told apart from money that was brought over: both go from outside straight to what may be used.

It takes off what was used, and so stands here as the reverse of spending; no balance changes by that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from isf.money_held import EventKind
from ringfence.importing.fact_items_spending import Misspent
from ringfence.store import ledger, spent, watched

CAME_IN, TAKES_OFF = ("held", "available"), ("available", "held")


def told_apart(connection: Connection, flows: Iterable[ledger.Flow], last: date, fund_key: str = "") -> Iterator[ledger.Flow]:
    """The flows posted up to a day, with what was put back as spending taken off."""
    yield from flows
    for each in _put_back(connection, last, fund_key):
        yield ledger.Flow(each.fund, CAME_IN, each.happened_on, -each.pence)
        yield ledger.Flow(each.fund, TAKES_OFF, each.happened_on, -each.pence)


def watched_apart(connection: Connection, flows: Iterable[watched.Flow], last: date, *, by_month: bool = False) -> Iterator[watched.Flow]:
    """The same for the flows of the watch list, all months together or by the month of the books."""
    found = list(flows)
    funds = {each.fund for each in found}
    yield from found
    for each in _put_back(connection, last):
        if each.fund in funds:
            came_in = watched.Flow(each.fund, each.posted_on.isoformat()[:7] if by_month else "", CAME_IN, None, -each.pence)
            yield from (came_in, replace(came_in, roles=TAKES_OFF))


def _put_back(connection: Connection, last: date, fund_key: str = "") -> Iterator[spent.Posted]:
    """What was put back by a day of the books, and what of that was taken off again by a correction."""
    for each in spent.posted(connection, EventKind.MISSPENT_BACK, Misspent.kind, fund_key, with_lines=False):
        if each.posted_on <= last:
            yield each
            if each.put_back_on is not None and each.put_back_on <= last:
                yield replace(each, posted_on=each.put_back_on, pence=-each.pence)

"""How the end of a fund shows on its statement: its plan and its budget end with it, and what was released is no longer promised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from basics.periods import Month, Period
from isf.ending import Why
from isf.plan import PlanLine
from ringfence.store import closings, facts
from ringfence.store.ledger import Flow

RELEASED = (("available", "due"), ("available", "owed_funder"), ("available", "owed_person"))


@dataclass(frozen=True)
class Ends:
    """What has ended in one fund by a month: the last day of its support (None while it goes on), whether it is closed, and for each day
    of a settlement the day that it settled to."""

    ended_on: date | None = None
    closed_on: date | None = None
    settled: Mapping[date, date] = field(default_factory=dict)

    def within(self, period: Period) -> Period | None:
        """The days of a period before the fund ended."""
        if self.ended_on is None or self.ended_on >= period.last:
            return period
        return Period(period.first, self.ended_on) if self.ended_on >= period.first else None

    def lines(self, lines: Iterable[PlanLine]) -> list[PlanLine]:
        """The plan as far as the fund had it."""
        return [replace(line, period=period) for line in lines if (period := self.within(line.period))]

    def released(self, flows: Sequence[Flow], period: Period) -> int:
        """What of the promise for a period went back, or will not be paid, in pence."""
        return sum(flow.pence for flow in flows if flow.roles in RELEASED and self.settled.get(flow.happened_on, flow.happened_on) in period)


def ends_by(connection: Connection, month: Month, fund_key: str = "") -> dict[str, Ends]:
    """The ends of every fund that has any by the end of the month, by the fund's key."""
    found: dict[str, Ends] = {}
    for each in facts.facts(connection, "ending", fund_key):
        if each.from_on <= month.last:
            so_far, last_day = found.get(each.fund, Ends()), date.fromisoformat(each.said["ended_on"])
            goes_on = each.said["why"] == Why.YEAR_ENDED
            found[each.fund] = replace(so_far, ended_on=so_far.ended_on if goes_on else last_day, settled={**so_far.settled, each.from_on: last_day})
    for key, on in closings.closed_funds(connection).items():
        if on <= month.last:
            found[key] = replace(found.get(key, Ends()), closed_on=on)
    return found


def settled_for_good(connection: Connection, fund_key: str = "", by: date = date.max) -> set[str]:
    """The keys of the funds that were settled by a day and do not go on, as one does of which only a year was settled."""
    return {each.fund for each in facts.facts(connection, "ending", fund_key) if each.from_on <= by and each.said["why"] != Why.YEAR_ENDED}

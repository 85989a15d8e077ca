"""For how long somebody was there: two carers at once give two hours of staff and one hour of company."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from basics.periods import elapsed_minutes
from invoicing.charged_time import minutes_given
from invoicing.delivery import GIVEN, Delivery


class Attended(NamedTuple):
    """One visit: the minutes in which anybody was there, and those of each carer added up."""

    minutes: int
    staff_minutes: int


def attended(rows: Iterable[Delivery]) -> Attended:
    """The rows of one visit. One that several people shared has a row for each of them, and its carer was there once."""
    by_carer = {row.carer: row for row in rows if row.outcome == GIVEN}
    times = sorted((row.starts_at, row.ends_at) for row in by_carer.values() if row.starts_at and row.ends_at)
    return Attended(sum(elapsed_minutes(*each) for each in _together(times)),
                    sum(minutes_given(row.actual_minutes, row.starts_at, row.ends_at) for row in by_carer.values()))


def _together(times: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Spells, in the order of their start, with those that touch or overlap made one."""
    found: list[tuple[datetime, datetime]] = []
    for starts_at, ends_at in times:
        if found and starts_at <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends_at))
        else:
            found.append((starts_at, ends_at))
    return found

"""A contribution stays what it is where a visit of its month is taken back: what the person was asked for it, other visits carry instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from invoicing.delivery import Funding
from ringfence.store import credits, registry

MONTH_LETTERS = len("2026-10")


class Visit(NamedTuple):
    """One carer's visit."""

    visit: str
    carer: str


def visits_instead(connection: Connection, gone: Sequence[int], withdrawn: Sequence[int]) -> list[Visit]:
    """Which visits are to be charged anew with the next month, since deliveries that are `gone` carried a sum that bears on one payer's part: as few
    as carry it. None where nothing of such a sum was charged for them. A sum never exceeds the part off which it comes, so there may be too few."""
    lost = Counter[tuple[str, str, str]]()
    for fund_key, theirs in _by_fund(connection, gone).items():
        fundings = [each for each in registry.fundings(connection, fund_key) if each.bears_on]
        for charge in theirs:
            if bearer := _bearer(fundings, charge.funder, date.fromisoformat(charge.support_on)):
                lost[fund_key, bearer, charge.support_on[:MONTH_LETTERS]] += charge.pence
    found: list[Visit] = []
    for (fund_key, bearer, month), pence in sorted(lost.items()):
        found += _enough(credits.borne_by_visit(connection, fund_key, bearer, month, withdrawn), pence)
    return list(dict.fromkeys(found))


def _by_fund(connection: Connection, gone: Sequence[int]) -> dict[str, list[credits.Borne]]:
    found: dict[str, list[credits.Borne]] = {}
    for charge in credits.borne_of(connection, gone):
        found.setdefault(charge.fund, []).append(charge)
    return found


def _bearer(fundings: Sequence[Funding], payer: str, on: date) -> str:
    return next((each.bears_on for each in fundings if each.funder == payer and on in each.period), "")


def _enough(rows: Sequence[tuple[str, str, int]], pence: int) -> list[Visit]:
    """The smallest visit of which the bearer pays that much; where none is so big, the biggest, until they carry it together."""
    by_size = sorted(rows, key=lambda row: (row[2], row[0], row[1]))
    if one := next((row for row in by_size if row[2] >= pence), None):
        return [Visit(*one[:2])]
    found: list[Visit] = []
    for visit, carer, part in reversed(by_size):
        if pence > 0:
            found.append(Visit(visit, carer))
            pence -= part
    return found

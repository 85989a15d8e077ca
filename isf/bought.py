"""Bills of others in the position of a fund: each with the line of the plan that it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from isf.position import FundPosition, LinePosition


@dataclass(frozen=True)
class Bought:
    """What was bought from others for a fund, in pence by the reference of the plan’s line (empty for what no line has): approved and not paid,
    and paid in the budget’s year."""

    unpaid: Mapping[str, int] = field(default_factory=dict)
    paid: Mapping[str, int] = field(default_factory=dict)


def with_bills(position: FundPosition, bought: Bought, last: date) -> FundPosition:
    """The position with what was bought for each line, and beside them all what no line has. A bill stands with the version of its line that
    holds on `last`."""
    unpaid, paid = dict(bought.unpaid), dict(bought.paid)
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


def _begun(line: LinePosition, day: date) -> tuple[bool, date]:
    return line.line.period.first <= day, line.line.period.first

"""Funders who pay a fixed sum a week: what of a month's charges is theirs. The others share what is left.

The month's sum, or all of the charges where they come to less, is divided over the visits by what they cost; each visit's rest is divided
among the others by their shares. So the parts of a visit always add to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from basics.periods import Month
from basics.share import share
from invoicing.delivery import Charge, Funding

Left = Callable[[Funding, Month], int]
"""What of a funder's sum for a month is not charged yet, in pence."""


def nothing_left(_funding: Funding, _month: Month) -> int:
    """Where nobody pays a weekly sum."""
    return 0


def weekly_first(charges: Sequence[Charge], payers: Sequence[Funding], left: Left) -> list[Charge]:
    """The charges of one fund and month with the weekly sums taken first; as they are where nobody pays one."""
    fixed, weights = [payer for payer in payers if payer.weekly], {payer.funder: payer.share for payer in payers if payer.share}
    if not fixed or not weights:  # nobody pays so, or a line names the one who does
        return list(charges)
    visits: dict[tuple[str, date], list[Charge]] = {}
    for charge in charges:
        visits.setdefault((charge.key.rsplit("|", 2)[0], charge.support_on), []).append(charge)
    rest = {visit: sum(one.pence for one in theirs) for visit, theirs in visits.items()}
    taken: dict[tuple[str, date], dict[str, int]] = {visit: {} for visit in visits}
    for payer in fixed:
        due = min(left(payer, Month.of(charges[0].support_on)), sum(rest.values()))
        for visit, pence in (share(due, rest) if due > 0 else {}).items():
            rest[visit] -= pence
            taken[visit][payer.funder] = pence
    return [charge for visit, theirs in visits.items()
            for charge in _of_a_visit(theirs, taken[visit] | share(rest[visit], weights))]


def _of_a_visit(charges: Sequence[Charge], pence_of: dict[str, int]) -> Iterable[Charge]:
    """One visit's cost and time by payer; where it cost nothing, the time stays whose it was."""
    first, minutes = charges[0], sum(one.minutes for one in charges)
    if not any(pence_of.values()):
        yield from charges
        return
    minutes_of, base = share(minutes, pence_of), first.key.rsplit("|", 2)[0]
    for funder, pence in pence_of.items():
        if pence:
            yield first._replace(key=f"{base}|{funder}|{first.support_on}", funder=funder, pence=pence, minutes=minutes_of[funder])

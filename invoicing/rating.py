"""From support delivered to what it costs each payer: the rate of the day, the time charged, and everybody's part to the penny."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from basics.errors import Problem, RingfenceError
from basics.rounding import hourly_line, line
from basics.share import share
from invoicing.alarms import alarms
from invoicing.charged_time import StaffTime, staff_time
from invoicing.delivery import CANCELLED, Agreements, Charge, Delivery, Funding, Rate
from invoicing.finding import Cause, Finding, Stopped, causes_of, told_together
from invoicing.in_force import Agreed, InForce
from invoicing.shared_visit import Recipient, faults, recipients_of, shared_key

BY_THE_HOUR = "hour"
VOID = "void"
_UNTIMED_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Rated:
    """What visits cost. `problems` stop a charge, `warnings` do not; one of either may stand for many visits."""

    charges: list[Charge]
    problems: list[Problem]
    warnings: list[Problem]


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One carer's visit on one day at the rate of that day, before it is shared."""

    time: StaffTime
    rate: Rate


@dataclass(frozen=True, slots=True)
class _Priced:
    """The visit as the payers of one recipient are charged for it; a place that nobody holds has no agreement of its own."""

    recipient: Recipient
    agreed: Agreed | None
    lines: tuple[StaffLine, ...]


def rate(deliveries: Iterable[Delivery], agreements: Agreements, *, through: date) -> Rated:
    """Rate support that was given or cancelled up to and including `through`; what falls on later days is left for its own month.

    Charges come in the order of fund, day, start, visit and key, whatever the order of the rows. Every visit with a problem is
    told; a person's problem never changes the parts of those who share the visit, and nothing is charged for a visit whose rows
    contradict each other. `times` stands on the charge of each payer: a count is over deliveries and lines of the plan, not charges.
    """
    visits: defaultdict[tuple[str, str], list[Delivery]] = defaultdict(list)
    for row in deliveries:
        visits[row.visit, row.carer].append(row)
    begun = [rows for rows in visits.values() if any(row.happened_on <= through for row in rows)]
    in_force, findings = InForce(agreements), list[Finding]()
    charges = [charge for rows in begun for charge in _charge_visit(rows, in_force, through, findings)]
    charges.sort(key=lambda one: (one.fund, one.support_on, one.starts_at or _UNTIMED_FIRST, one.visit, one.key))
    return Rated(charges, told_together(findings, "visits"), told_together(alarms(begun), "visits"))


def _charge_visit(rows: Sequence[Delivery], in_force: InForce, through: date, findings: list[Finding]) -> list[Charge]:
    """The charges of one carer's visit; what stops any of them is added to `findings`."""
    wrong = faults(rows, in_force)
    if wrong:
        findings.extend(wrong)
        return []
    recipients = recipients_of(rows, in_force)
    shared = shared_key(recipients)
    return [charge for priced in _price_all(recipients, in_force, through, findings) for staff_line in priced.lines
            for charge in _charges(priced, staff_line, len(recipients), shared) if charge.pence or charge.minutes or charge.times]


def _price_all(recipients: Sequence[Recipient], in_force: InForce, through: date, findings: list[Finding]) -> list[_Priced]:
    """The visit for each recipient that it can be priced for: people first, since an empty place costs what theirs do."""
    priced: list[_Priced] = []
    for recipient in sorted(recipients, key=lambda one: one.person is None):
        try:
            priced.append(_price(recipient, in_force, through) if recipient.person else _price_void(recipient, recipients, priced))
        except RingfenceError as error:
            causes = causes_of(error, recipient.row.happened_on)
            findings.extend(Finding(cause, recipient.row.visit, recipient.place) for cause in causes)
    return priced


def _price(recipient: Recipient, in_force: InForce, through: date) -> _Priced:
    """The visit at the rates and terms of one person's plan. Plan, payers and terms are those of the day the visit started."""
    row = recipient.row
    agreed = in_force.support(recipient.person or "", row.support_type, row.happened_on)
    first = in_force.rate(agreed.line.rate_code, row.happened_on)
    lines = []
    for time in staff_time(row, agreed.terms, timed=first.per == BY_THE_HOUR):
        if time.day <= through:
            of_day = first if time.day == row.happened_on else in_force.rate(first.code, time.day)
            lines.append(StaffLine(time, _same_kind(first, of_day, time.day)))
    return _Priced(recipient, agreed, tuple(lines))


def _same_kind(first: Rate, of_day: Rate, day: date) -> Rate:
    if of_day.per != first.per:
        raise Stopped(Cause(f"The rate “{first.code}” is by the {first.per} when a visit starts and by the {of_day.per} on {{days}}.",
                            "Give the new kind of rate a code and a line of the plan of its own.", day))
    return of_day


def _price_void(place: Recipient, recipients: Sequence[Recipient], priced: Sequence[_Priced]) -> _Priced:
    """An empty place costs what the places of the others cost. Where none of those can be priced, their own problems say why."""
    day, house = place.row.happened_on, place.row.subject
    if not any(recipient.person for recipient in recipients):
        raise Stopped(Cause(f"Support was recorded for the house {house}, and nobody lives there on {{days}}.",
                            "Correct the house of the visit, or who holds its places.", day))
    found = {other.lines for other in priced if other.agreed}
    if len(found) > 1:
        raise Stopped(Cause(f"The people of the house {house} are charged for {place.row.support_type} at different rates or terms, "
                            "so the cost of its empty place is not known.", "Give them one rate and the same terms.", day))
    return _Priced(place, None, found.pop() if found else ())


def _charges(priced: _Priced, staff_line: StaffLine, among: int, shared: str) -> list[Charge]:
    """The part of one recipient in one carer's visit on one day, divided among its payers."""
    time, position = staff_line.time, priced.recipient.position
    pence = _parts(_pence(staff_line.rate.pounds, time.minutes, time.times), among)[position]
    minutes = _parts(time.minutes, among)[position]
    payers = priced.agreed.payers if priced.agreed else ()
    if len(payers) < 2:
        return [_charge(priced, staff_line, payers[0] if payers else None, pence, minutes, shared)]
    weights = tuple((payer.funder, payer.share) for payer in payers)
    pence_of, minutes_of = _by_weight(pence, weights), _by_weight(minutes, weights)
    return [_charge(priced, staff_line, payer, pence_of[payer.funder], minutes_of[payer.funder], shared)
            for payer in payers if payer.share]


def _charge(priced: _Priced, staff_line: StaffLine, payer: Funding | None, pence: int, minutes: int, shared: str) -> Charge:
    recipient, agreed, time = priced.recipient, priced.agreed, staff_line.time
    row = recipient.row
    return Charge(
        key=f"{row.key}|{recipient.name}|{payer.funder if payer else VOID}|{time.day.isoformat()}", delivery_id=row.id,
        fund=agreed.line.fund if agreed else recipient.void_fund, funder=payer.funder if payer else None,
        how=payer.how if payer else VOID, plan_line_id=agreed.line.id if agreed else None, support_on=time.day,
        starts_at=row.starts_at, visit=row.visit, minutes=minutes, times=time.times, rate_code=staff_line.rate.code,
        pounds=staff_line.rate.pounds, pence=pence, shared_key=shared, cancelled=row.outcome == CANCELLED)


@lru_cache(maxsize=100_000)
def _pence(pounds: Decimal, minutes: int, times: int) -> int:
    """What one carer's visit costs on a day: rounded once, before it is shared."""
    return (line(pounds, times) if times else hourly_line(pounds, minutes)).pence


@lru_cache(maxsize=100_000)
def _parts(total: int, among: int) -> tuple[int, ...]:
    """Equal parts; odd pennies and minutes go to the first in the order of the recipients."""
    return tuple(share(total, dict.fromkeys(range(among), 1)).values())


@lru_cache(maxsize=100_000)
def _by_weight(total: int, weights: tuple[tuple[str, Decimal], ...]) -> dict[str, int]:
    return share(total, dict(weights))

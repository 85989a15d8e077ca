"""From support delivered to what it costs each payer: the rate of the day, the time charged, and everybody's part to the penny."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from operator import attrgetter
from typing import NamedTuple, TypeVar

from basics.errors import Problem, RingfenceError
from invoicing.alarms import alarms
from invoicing.delivery import CANCELLED, Agreements, Charge, Delivery
from invoicing.finding import Cause, Finding, Stopped, causes_of, told_together
from invoicing.in_force import Agreed
from invoicing.month_total import Stands, nothing_stands
from invoicing.parts_read import PART_TERMS, with_parts
from invoicing.plain_visits import charge_plain
from invoicing.pricing import Pricing, StaffLine, carers_who_came, equal_parts
from invoicing.shared_visit import Recipient, faults, place_of, recipients_of, shared_key
from invoicing.visit_charge import VOID as VOID
from invoicing.visit_charge import Part, by_payer, charge_key
from invoicing.weekly_parts import Left, nothing_left
from invoicing.whole_lines import Regrouped, needs_regrouping, regrouped

Item = TypeVar("Item")

AT_ONCE = 50_000
"""Visits are charged so many at a time: what is worked on does not grow with the month."""
_UNTIMED_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Rated:
    """What visits cost. `problems` stop a charge, `warnings` do not; one of either may stand for many visits."""

    charges: list[Charge]
    problems: list[Problem]
    warnings: list[Problem]


class _Priced(NamedTuple):
    """The visit as the payers of one recipient are charged for it; a place that nobody holds has no agreement of its own."""

    recipient: Recipient
    agreed: Agreed | None
    lines: tuple[StaffLine, ...]


def rate(deliveries: Iterable[Delivery], agreements: Agreements, *, through: date, left: Left = nothing_left,
         stands: Stands = nothing_stands) -> Rated:
    """Rate support that was given or cancelled up to and including `through`; what falls on later days is left for its own month.

    Charges come in the order of fund, day, start, visit and key, whatever the order of the rows. Every visit with a problem is
    told; a person's problem never changes the parts of those who share the visit, and nothing is charged for a visit whose rows
    contradict each other. `left` says what of a weekly sum is not charged yet, `stands` what of a month is. `times` stands on the charge
    of each payer: a count is over deliveries and lines of the plan, not charges.
    """
    begun = [rows for rows in _visits(deliveries) if rows[0].happened_on <= through or any(row.happened_on <= through for row in rows)]
    rating, findings = OneByOne(Pricing(agreements, through, carers_who_came(begun))), list[Finding]()
    warnings = told_together(alarms(begun, agreements.absences, rating.pricing.stands_for_all), "visits")
    by_fund: defaultdict[str, list[Charge]] = defaultdict(list)
    turn = in_turn(begun)
    while some := list(islice(turn, AT_ONCE)):
        plain, others = charge_plain(some, rating.pricing)
        for charge in plain:
            by_fund[charge.fund].append(charge)
        for charge in rating.charge_each(others, findings):
            if charge.pence or charge.minutes or charge.times:
                by_fund[charge.fund].append(charge)
    for charge in regrouped(rating.to_regroup, findings, left, rating.pricing.in_force, stands):
        if charge.pence or charge.minutes or charge.times:
            by_fund[charge.fund].append(charge)
    charges = [charge for _, theirs in sorted(by_fund.items()) for charge in sorted(theirs, key=_in_order)]
    if rating.undivided:
        def again(by: Agreements) -> tuple[list[Charge], list[Problem]]:
            rated = rate(rating.undivided, by, through=through, left=left, stands=stands)
            return rated.charges, rated.problems
        findings = with_parts(findings, {charge.key for charge in charges}, agreements, again)
    return Rated(charges, told_together(findings, "visits"), warnings)


def in_turn(items: list[Item]) -> Iterator[Item]:
    """Each of a list in its order, taken out of the list: what was dealt with need not stay in memory."""
    items.reverse()
    while items:
        yield items.pop()


def _visits(deliveries: Iterable[Delivery]) -> Iterator[Sequence[Delivery]]:
    """The rows of each carer's visit together; almost every visit is a single row."""
    alone: dict[tuple[str, str], Delivery] = {}
    several: dict[tuple[str, str], list[Delivery]] = {}
    for row in deliveries:
        visit = (row.visit, row.carer)
        first = alone.setdefault(visit, row)
        if first is not row:
            several.setdefault(visit, [first]).append(row)
    return (sorted(several[visit], key=attrgetter("key")) if visit in several else (row,) for visit, row in alone.items())


def _in_order(charge: Charge) -> tuple[date, datetime, str, str]:
    return charge.support_on, charge.starts_at or _UNTIMED_FIRST, charge.visit, charge.key


class OneByOne:
    """One run: who has a part of each visit, what it costs them, and what must wait until all of its month is there."""

    def __init__(self, pricing: Pricing) -> None:
        self.pricing, self._in_force = pricing, pricing.in_force
        self.to_regroup: list[Regrouped] = []
        """Charges whose pence depend on the others of their month."""
        self.undivided: list[Delivery] = []
        """The rows of visits that are not charged because it is not known who pays which part."""

    def charge_each(self, visits: Iterable[Sequence[Delivery]], findings: list[Finding]) -> Iterator[Charge]:
        """The charges of each of these visits, one after the other; what stops any of them is added to `findings`."""
        for rows in visits:
            known = len(findings)
            yield from self._charge_visit(rows, findings)
            if len(findings) > known and any(one.cause.term in PART_TERMS for one in findings[known:]):
                self.undivided += rows

    def _charge_visit(self, rows: Sequence[Delivery], findings: list[Finding]) -> list[Charge]:
        """The charges of one carer's visit; what stops any of them is added to `findings`."""
        if len(rows) == 1 and self._in_force.house(rows[0].subject) is None:
            return self._charge_alone(rows[0], findings)
        wrong = faults(rows, self._in_force)
        if wrong:
            findings.extend(wrong)
            return []
        recipients = recipients_of(rows, self._in_force)
        shared = shared_key(recipients)
        charges: list[Charge] = []
        for priced in self._price_all(recipients, findings):
            for staff_line in priced.lines:
                found = _charges(priced, staff_line, len(recipients), shared)
                if priced.agreed is None or not needs_regrouping(priced.agreed):
                    charges += found
                else:
                    self._put_by(found, priced.agreed, plain=False)
        return charges

    def _charge_alone(self, row: Delivery, findings: list[Finding]) -> list[Charge]:
        """The same for a visit to one person, as almost all are."""
        try:
            agreed, lines = self.pricing.price(row.subject, row)
        except RingfenceError as error:
            causes = causes_of(error, row.happened_on)
            readings, place = self.pricing.readings(row.subject, row, causes), place_of(row, f"person {row.subject}")
            findings.extend(Finding(cause, row.visit, place, readings=readings) for cause in causes)
            return []
        if not needs_regrouping(agreed):
            return [_charge(row, row.subject, agreed, agreed.line.fund, part, staff_line, "") for staff_line in lines
                    for part in by_payer(agreed.payers, staff_line.pence, staff_line.time.minutes)]
        for staff_line in lines:
            parts = (_charge(row, row.subject, agreed, agreed.line.fund, part, staff_line, "")
                     for part in by_payer(agreed.payers, staff_line.pence, staff_line.time.minutes))
            self._put_by(parts, agreed, plain=staff_line.plain)
        return []

    def _put_by(self, charges: Iterable[Charge], agreed: Agreed, *, plain: bool) -> None:
        """Keep charges until all of their month are there."""
        self.to_regroup += [Regrouped(charge, agreed, plain) for charge in charges]

    def _price_all(self, recipients: Sequence[Recipient], findings: list[Finding]) -> list[_Priced]:
        """The visit for each recipient that it can be priced for: people first, since an empty place costs what theirs do."""
        priced: list[_Priced] = []
        for recipient in sorted(recipients, key=lambda one: one.person is None):
            try:
                priced.append(_Priced(recipient, *self.pricing.price(recipient.person, recipient.row)) if recipient.person
                              else _price_void(recipient, recipients, priced))
            except RingfenceError as error:
                causes = causes_of(error, recipient.row.happened_on)
                readings = self.pricing.readings(recipient.person, recipient.row, causes) if recipient.person else ()
                parts = tuple((reading, equal_parts(pence, len(recipients))[recipient.position]) for reading, pence in readings)
                findings.extend(Finding(cause, recipient.row.visit, recipient.place, readings=parts) for cause in causes)
        return priced


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


def _charges(priced: _Priced, staff_line: StaffLine, among: int, shared: str) -> Iterable[Charge]:
    """The part of one recipient in one carer's visit on one day, divided among its payers."""
    (position, *_), agreed = priced.recipient, priced.agreed
    pence, minutes = equal_parts(staff_line.pence, among)[position], equal_parts(staff_line.time.minutes, among)[position]
    fund, payers = (agreed.line.fund, agreed.payers) if agreed else priced.recipient.carrier
    return (_charge(priced.recipient.row, priced.recipient.name, agreed, fund, part, staff_line, shared)
            for part in by_payer(payers, pence, minutes))


def _charge(row: Delivery, name: str, agreed: Agreed | None, fund: str, part: Part, staff_line: StaffLine, shared: str) -> Charge:
    (payer, pence, minutes), ((day, _, times), at, *_) = part, staff_line
    funder, how = (payer.funder, payer.how) if payer else (None, VOID)
    return Charge(charge_key(row.key, name, funder, day.isoformat()), row.id, fund, funder, how, agreed.line.id if agreed else None, day,
                  row.starts_at, row.visit, minutes, times, at.code, at.pounds, pence, shared, row.outcome == CANCELLED)

"""Why a visit costs what it does: each step from the record to everybody's part, with the terms that decided it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from basics.errors import Problem, RingfenceError
from basics.money import Money
from basics.periods import day_in_words, minutes_in_words
from invoicing.charged_time import crosses_midnight
from invoicing.delivery import CANCELLED, Agreements, Delivery, Funding, Terms
from invoicing.finding import Finding, causes_of, told_together
from invoicing.in_force import Agreed
from invoicing.parts_read import PART_TERMS
from invoicing.pricing import BY_THE_HOUR, Pricing, StaffLine, carers_who_came, equal_parts
from invoicing.shared_visit import Recipient, faults, recipients_of
from invoicing.terms import AS_CANCELLED, BY_NOTICE


class Step(NamedTuple):
    """One of the steps of docs/charging.md: what it asks, what the answer is, and what decided it."""

    asks: str
    says: str
    by: str = ""


@dataclass(frozen=True)
class Explained:
    """One person's part of one carer's visit. Where a charge cannot be made, `problems` say why, with what each reading would give."""

    carer: str
    who: str
    delivery_id: int
    steps: tuple[Step, ...]
    pence: int | None
    problems: tuple[Problem, ...] = ()
    terms: tuple[str, date] | None = None
    """The terms that were used: their name, and the day from which they say this."""


class Part(NamedTuple):
    """What of a row of a visit is charged to one payer of one fund, or would be; nobody's funding is an empty text."""

    delivery_id: int
    fund: str
    funder: str
    pence: int


@dataclass(frozen=True)
class Asked:
    """What rows of a visit are charged, as it stands or as a draft of their month has it, and what keeps that draft from charging them."""

    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, row: Delivery, fund: str) -> dict[str, int]:
        """Pence by payer, in the order of their names."""
        found = Counter[str]()
        for each in self.parts:
            if (each.delivery_id, each.fund) == (row.id, fund):
                found[each.funder] += each.pence
        return dict(sorted(found.items()))


def why(rows: Iterable[Delivery], agreements: Agreements, asked: Asked) -> list[Explained]:
    """The rows of one visit, explained carer by carer, by the agreements as they stand; everybody's part is what is `asked`."""
    by_carer = [sorted(theirs, key=attrgetter("key")) for _, theirs in groupby(sorted(rows, key=attrgetter("carer")), key=attrgetter("carer"))]
    pricing = Pricing(agreements, date.max, carers_who_came(by_carer))
    return [each for theirs in by_carer for each in _of_a_carer(theirs, pricing, asked)]


def _of_a_carer(rows: Sequence[Delivery], pricing: Pricing, asked: Asked) -> Iterator[Explained]:
    wrong = faults(rows, pricing.in_force)
    if wrong:
        yield Explained(rows[0].carer, rows[0].subject, rows[0].id, (), None, tuple(told_together(wrong, "visits")))
        return
    recipients = recipients_of(rows, pricing.in_force)
    for recipient in recipients:
        if recipient.person is None:
            yield _of_an_empty_place(recipient, recipients, asked)
        else:
            yield _of_a_person(recipient, recipients, recipient.person, pricing, asked)


def _of_an_empty_place(recipient: Recipient, recipients: Sequence[Recipient], asked: Asked) -> Explained:
    fund, _ = recipient.carrier
    theirs = asked.of(recipient.row, fund)
    payers = ", ".join(f"{payer or 'nobody'} {Money(pence)}" for payer, pence in theirs.items())
    steps = [_who_had_it(recipient, recipients), Step("What it costs", "As much as the place of somebody who lives there.")]
    if theirs:
        bears = f", the fund {fund} bears it" if "" in theirs else ""
        steps.append(Step("Everybody’s part", f"{Money(sum(theirs.values()))}: {payers}{bears}."))
    return Explained(recipient.row.carer, recipient.name, recipient.row.id, tuple(steps), sum(theirs.values()) if theirs else None)


def _of_a_person(recipient: Recipient, recipients: Sequence[Recipient], person: str, pricing: Pricing, asked: Asked) -> Explained:
    row, steps = recipient.row, [_who_had_it(recipient, recipients), _recorded(recipient.row)]
    try:
        agreed = pricing.in_force.support(person, row.support_type, row.happened_on)
        used = (agreed.terms.name, agreed.terms.from_on)
        steps += _agreed(agreed)
        _, lines = pricing.price(person, row)
    except RingfenceError as error:
        causes = causes_of(error, row.happened_on)
        readings = pricing.readings(person, row, causes)
        told: Sequence[Problem] = told_together((Finding(cause, row.visit, recipient.place, readings=readings) for cause in causes), "visits")
        if any(cause.term in PART_TERMS for cause in causes):  # whose parts depend on the month: the draft tells them
            told = asked.problems or told
        return Explained(row.carer, recipient.name, row.id, tuple(steps), None, tuple(told))
    steps += [_time(row, agreed.terms, lines), *map(_cost, lines)]
    part = sum(equal_parts(line.pence, len(recipients))[recipient.position] for line in lines)
    theirs = asked.of(row, agreed.line.fund)
    if part and not theirs:
        return Explained(row.carer, recipient.name, row.id, tuple(steps), None, asked.problems, used)
    steps.append(_parts(agreed, theirs, part, sum(line.pence for line in lines), len(recipients)))
    return Explained(row.carer, recipient.name, row.id, tuple(steps), sum(theirs.values()), (), used)


def _who_had_it(recipient: Recipient, recipients: Sequence[Recipient]) -> Step:
    if len(recipients) == 1:
        return Step("Who had it", f"{recipient.name}, and nobody else.")
    if recipient.house:
        return Step("Who had it", f"The house {recipient.house.reference}: it is shared by its {len(recipients)} places, empty ones included.")
    return Step("Who had it", f"{', '.join(one.name for one in recipients)} together: it is divided among {len(recipients)}.")


def _recorded(row: Delivery) -> Step:
    took = "it was cancelled" if row.outcome == CANCELLED else f"it took {minutes_in_words(row.actual_minutes)}"
    planned = f"Planned {minutes_in_words(row.planned_minutes)}" if row.planned_minutes else "Counted, and not timed"
    carers = f", {row.planned_carers} carers" if row.planned_carers > 1 else ""
    why_so = f" Reason given: {row.reason}." if row.reason else " No reason is given." if row.outcome != CANCELLED and (
        row.actual_minutes != row.planned_minutes) else ""
    return Step("What was recorded", f"{planned}{carers}; {took}.{why_so}")


def _agreed(agreed: Agreed) -> Iterator[Step]:
    line = agreed.line
    yield Step("What was planned", f"“{line.words}”, {line.period}, at the rate {line.rate_code}.", f"line {line.id} of the plan, fund {line.fund}")
    payers = ", ".join(map(_payer, agreed.payers)) if len(agreed.payers) > 1 else agreed.payers[0].funder
    yield Step("Who pays", f"{payers}, by {agreed.payers[0].how}.",
               "named on the line of the plan" if line.funder else "everybody who pays for this fund by delivery")


def _time(row: Delivery, terms: Terms, lines: Sequence[StaffLine]) -> Step:
    if not lines:
        return Step("Which time counts", "None: nothing is charged.", _said(terms, _terms_of_time(row, terms, lines)))
    days = "; ".join(f"{minutes_in_words(line.time.minutes) if line.time.minutes else f'{line.time.times} time'} on {day_in_words(line.time.day)}"
                     for line in lines)
    return Step("Which time counts", f"{days}.", _said(terms, _terms_of_time(row, terms, lines)))


def _terms_of_time(row: Delivery, terms: Terms, lines: Sequence[StaffLine]) -> Iterator[str]:
    timed = any(line.time.minutes for line in lines)
    if row.outcome == CANCELLED:
        if terms.absences not in (None, AS_CANCELLED):
            yield "absences"
        yield from ("cancelled_visits", "notice_edge") if terms.cancelled_visits == BY_NOTICE else ("cancelled_visits",)
    if timed:
        yield "charged_time"
        yield from ("across_midnight", "nights") if crosses_midnight(row) else ()
    if row.planned_carers > 1:
        yield "carers"


def _said(terms: Terms, names: Iterable[str]) -> str:
    said = [f"{name.replace('_', ' ')}: {given}" for name in names if (given := getattr(terms, name)) is not None]
    return ", ".join(said)


def _cost(line: StaffLine) -> Step:
    pounds = line.rate.pounds.quantize(Decimal("0.01")) if line.rate.pounds == round(line.rate.pounds, 2) else line.rate.pounds.normalize()
    price = f"£{pounds:f} for each {line.rate.per}"
    how = "" if line.plain or (line.rate.per != BY_THE_HOUR and line.time.times) else " A part of the price, or a price by length: see the terms."
    return Step("What it costs", f"{price} on {day_in_words(line.time.day)}: {Money(line.pence)}.{how}", f"rate {line.rate.code}, {line.rate.period}")


def _parts(agreed: Agreed, asked: Mapping[str, int], part: int, whole: int, among: int) -> Step:
    """What each payer is asked for. Alone, the visit may cost other pence: a line of many visits, or a total that is shared, is rounded once."""
    pence = sum(asked.values())
    of = f"{Money(pence)} of {Money(whole)}" if among > 1 else str(Money(pence))
    alone = f" Alone it would be {Money(part)}: its pence are shared with others of its month." if part != pence else ""
    payers = ", ".join(f"{payer or 'nobody'} {Money(theirs)}" for payer, theirs in asked.items())
    terms = {"line": agreed.terms.line, **({"funder_share": agreed.terms.funder_share} if len(agreed.payers) > 1 else {})}
    return Step("Everybody’s part", f"{of}: {payers}.{alone}" if asked else f"{of}.",
                ", ".join(f"{name.replace('_', ' ')}: {said}" for name, said in terms.items() if said))


def _payer(one: Funding) -> str:
    if one.weekly is None:
        return f"{one.funder} {one.share.normalize():f}%"
    off = f" off the part of {one.bears_on}" if one.bears_on else " before the others"
    return f"{one.funder} £{one.weekly.pounds:.2f} a week{off}"

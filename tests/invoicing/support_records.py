"""Builders of visits and agreements for the tests: a council that pays for one person, and what a test changes of it."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zlib import crc32

from basics.periods import LONDON, Period
from basics.rounding import TimeRule
from invoicing.delivery import Agreements, Charge, Delivery, Funding, House, PlannedSupport, Rate, Terms
from invoicing.rating import Rated, rate

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
DAY = date(2026, 3, 12)
TERMS = Terms("usual", date(2026, 1, 1), TimeRule.BY_THE_MINUTE, "split", "elapsed", "not charged", "by line",
              vat="exempt", days_to_pay=30, line="visit", carers="each has a row")


def at(day: date, clock: str) -> datetime:
    """The instant at which the clock on the wall shows this time on this day."""
    return datetime.combine(day, time.fromisoformat(clock), LONDON).astimezone(UTC)


def visit(reference: str = "V1", subject: str = "P001", *, carer: str = "A", day: date = DAY, start: str = "09:00", minutes: int = 60,
          planned: int | None = None, carers: int = 1, support: str = "care", outcome: str = "given") -> Delivery:
    """A timed visit that lasts `minutes` of real time from `start`."""
    starts_at, key = at(day, start), f"{reference}|{carer}|{subject}"
    return Delivery(
        id=crc32(key.encode()), key=key, visit=reference, carer=carer,
        subject=subject, support_type=support, outcome=outcome, happened_on=day, starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes), planned_minutes=minutes if planned is None else planned,
        actual_minutes=minutes if outcome == "given" else 0, planned_carers=carers, reason="")


def untimed(delivery: Delivery) -> Delivery:
    return delivery._replace(starts_at=None, ends_at=None)


def line(person: str = "P001", *, number: int = 1, fund: str = "", support: str = "care", funder: str | None = "council",
         code: str = "CARE", period: Period = YEAR) -> PlannedSupport:
    return PlannedSupport(number, person, fund or f"fund-{person}", support, "Personal care", funder, code, period)


def funding(fund: str = "fund-P001", funder: str = "council", *, how: str = "delivery", percent: str = "100", terms: str = "usual",
            order_number: str = "", period: Period = YEAR) -> Funding:
    return Funding(fund, funder, how, Decimal(percent), terms, order_number, period)


def price(pounds: str = "24.40", *, code: str = "CARE", per: str = "hour", period: Period = YEAR) -> Rate:
    return Rate(code, per, Decimal(pounds), period)


def agreed(*, plan: tuple[PlannedSupport, ...] = (line(),), fundings: tuple[Funding, ...] = (funding(),),
           rates: tuple[Rate, ...] = (price(),), terms: tuple[Terms, ...] = (TERMS,), houses: tuple[House, ...] = ()) -> Agreements:
    return Agreements(plan, fundings, rates, terms, houses)


def agreed_for(*people: str, pounds: str = "24.40", per: str = "hour", terms: Terms = TERMS, houses: tuple[House, ...] = ()) -> Agreements:
    """One line, one funding and the same rate for each of these people."""
    return agreed(plan=tuple(line(person, number=number) for number, person in enumerate(people, 1)),
                  fundings=tuple(funding(f"fund-{person}") for person in people), rates=(price(pounds, per=per),), terms=(terms,),
                  houses=houses)


def house(*holders: str | None, reference: str = "H1") -> House:
    """A house whose places, 1 first, are held by these people all year; None is an empty place."""
    return House(reference, len(holders), tuple((place, YEAR.first, person) for place, person in enumerate(holders, 1)), "provider")


def rated(*deliveries: Delivery, by: Agreements, through: date = YEAR.last) -> Rated:
    return rate(deliveries, by, through=through)


def charged(*deliveries: Delivery, by: Agreements, through: date = YEAR.last) -> list[Charge]:
    """The charges of visits that have no problem."""
    found = rated(*deliveries, by=by, through=through)
    assert found.problems == []
    return found.charges


def pence(charges: list[Charge]) -> int:
    return sum(charge.pence for charge in charges)


def told(*deliveries: Delivery, by: Agreements) -> list[str]:
    """Every problem in words; nothing of these visits is charged."""
    found = rated(*deliveries, by=by)
    assert found.charges == []
    return [str(problem) for problem in found.problems]

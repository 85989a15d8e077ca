"""Books of many people, all invented and the same each time: what was agreed, and a month of visits that is ready to be charged.

About sixty visits a person a month. Of each fifty people thirty are paid for by a council's schedule, four of these in a shared house
with an empty place, fifteen by another council as support is given, five of these with the NHS, and five pay for themselves. Some
have two carers, some share a visit, some a night across midnight; visits are cancelled and come short; a price changes in the middle
of the month, and is put right later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

from basics.money import Money
from basics.periods import Month
from benchmarks.copied_set import FIRST_SET, copy_set
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import add_user, make_books, open_books
from ringfence.actions.importing import take_people, take_visits
from ringfence.importing.people import PersonRow
from ringfence.importing.tables import Taken
from ringfence.importing.uk_times import Clock, visit_times
from ringfence.importing.visit_cells import Outcome
from ringfence.importing.visits import VisitRow

OCTOBER = Month(2026, 10)
AGREED: dict[str, object] = {"by": "Northshore commissioning", "on": OCTOBER.first, "source": "Letter of the council"}
PREPARES, APPROVES = "asha", "ben"
PREPARED_AT, APPROVED_AT = datetime(2026, 11, 3, 10, tzinfo=UTC), datetime(2026, 11, 4, 15, tzinfo=UTC)
FIRST, LAST = date(2026, 10, 1), date(2027, 3, 31)

AN_AREA, A_SET = 50, 100
HOUSE, JOINT, BY_DELIVERY, PAYS_ALONE = range(4), range(30, 35), range(30, 45), range(45, 50)
TOGETHER, NIGHTS, OVERSPENT = (10, 11, 12), 7, 9
CANCELLED, SHORT, SECOND_CARER_AWAY = 0.02, 0.04, 0.05


@dataclass(frozen=True)
class _Someone:
    reference: str
    area: str
    position: int

    @property
    def by_schedule(self) -> bool:
        return self.position < BY_DELIVERY.start

    @property
    def payers(self) -> tuple[tuple[str, str], ...]:
        """(funder, percent) of each who pays as support is given."""
        if self.position in PAYS_ALONE:
            return ((f"{self.reference}-pays", "100"),)
        return (("Eastmere", "62.5"), ("Northshore-ICB", "37.5")) if self.position in JOINT else (("Eastmere", "100"),)


def make_large_books(path: Path, people: int) -> None:
    """Make the books of so many people (a multiple of 100) at `path`, with October's visits in them and nothing charged yet.

    The first hundred come in by the actions; the others are copies of what these became, under names of their own, past the same guards.
    """
    store = make_books(str(path), provider="Larkrise Together", sample=True, key=None)
    try:
        for user in (PREPARES, APPROVES):
            add_user(store, user, added_by=PREPARES, at=PREPARED_AT)
        preparing, approving = Acting(store, PREPARES, PREPARED_AT), Acting(store, APPROVES, APPROVED_AT)
        some = [_Someone(f"{FIRST_SET}-{n:02}", f"{FIRST_SET}-{n // AN_AREA}", n % AN_AREA) for n in range(A_SET)]
        take_people(preparing, Taken("people.csv", "made up", tuple(
            PersonRow(n, one.reference, f"Somebody {one.reference}", one.reference) for n, one in enumerate(some, start=2)), (), ()))
        for n, content in enumerate((_prices(), _agreements(some))):
            approve(approving, apply_content(preparing, content, f"agreed-{n}.yaml").digest)
        rows = tuple(row._replace(row_number=at) for at, row in enumerate(_visits(some), start=2))
        take_visits(preparing, Taken("visits.csv", "made up", rows, (), ()))
        copy_set(store, people // A_SET - 1)
        approve(approving, apply_content(preparing, _put_right(), "put-right.yaml").digest)
    finally:
        store.close()


def acting(path: Path, user: str) -> Acting:
    """One of the two who keep these books, at the time of the month's end."""
    return Acting(open_books(str(path), key=None), user, PREPARED_AT if user == PREPARES else APPROVED_AT)


def _prices() -> dict[str, object]:
    vat = {"vat": "exempt", "vat_words": "welfare services, VAT Act 1994, Schedule 9, Group 7"}
    charging = {"from": FIRST, "source": "made up", "across_midnight": "split", "nights": "elapsed", "days_to_pay": 30,
                "funder_share": "by line", "order_number_needed": False, "carers": "each has a row", "line": "visit", **vat}
    return {
        "provider": {"name": "Larkrise Together", "address": ["4 Ropewalk, Northshore"], "pay_to": ["Larkrise Together", "00000000"],
                     "contact": {"name": "Sam Okoro", "telephone": "01632 960101"}, "first_invoice_number": 1},
        "funders": [{"reference": "Northshore", "kind": "council", "name": "Northshore Council"},
                    {"reference": "Eastmere", "kind": "council", "name": "Eastmere Borough Council"},
                    {"reference": "Northshore-ICB", "kind": "icb", "name": "Northshore Integrated Care Board"}],
        "terms": [{"name": "Block", "charged_time": "nearest 15", "cancelled_visits": "not charged", **charging},
                  {"name": "As given", "charged_time": "by the minute", "cancelled_visits": "as planned", **charging}],
        "rates": [*_rate("outreach", "24.40", "24.90"), *_rate("spot", "24.92", "25.37"), *_rate("core", "22.60", "22.60"),
                  *_rate("night", "23.80", "24.15")],
    }


def _rate(code: str, before: str, after: str) -> Iterator[dict[str, object]]:
    changes = date(2026, 10, 15)
    yield {"rate": code, "per": "hour", "pounds": before, "from": FIRST, "to": changes - timedelta(days=1)}
    yield {"rate": code, "per": "hour", "pounds": after, "from": changes, "to": LAST}


def _put_right() -> dict[str, object]:
    """A price that was agreed late, for days that are over."""
    return {"rates": [*_rate("spot", "24.92", "25.45")]}


def _agreements(people: Iterable[_Someone]) -> dict[str, object]:
    people = list(people)
    areas = sorted({one.area for one in people})
    scheduled = [one for one in people if one.by_schedule]
    return {
        "funders": [{"reference": f"{one.reference}-pays", "kind": "person", "person": one.reference, "address": ["12 Ropewalk"]}
                    for one in people if one.position in PAYS_ALONE],
        "contracts": [{"reference": f"NS-{area}", "funder": "Northshore", "from": FIRST, "to": LAST,
                       "pounds": Money.total(_allocated(one) for one in scheduled if one.area == area),
                       "schedule": {"every": "month", "paid": "in advance", "days_to_pay": 14, "instalments": "equal"}}
                      for area in areas],
        "houses": [{"reference": f"house-{area}", "places": 5, "void_paid_by": "provider", "held": [
            {"place": one.position + 1, "person": one.reference, "from": FIRST} for one in scheduled
            if one.area == area and one.position in HOUSE]} for area in areas],
        "fundings": [funding for one in people for funding in _fundings(one)],
        "plan": [line for one in people for line in _plan(one)],
        "splits": [{"contract": f"NS-{area}", "version": 1, "method": "amounts", "on": FIRST, "method_agreed": AGREED, "people": [
            {"person": one.reference, "pounds": _allocated(one), "minutes": 22_000, "approved": {**AGREED, "pounds": _allocated(one)}}
            for one in scheduled if one.area == area]} for area in areas],
        "bank_lines": [{"line": f"BACS-{area}", "on": date(2026, 10, 12), "account": "people", "words": "BACS NORTHSHORE",
                        "pounds": Money(sum(_allocated(one).pence // 6 for one in scheduled if one.area == area)),
                        "parts": [{"person": one.reference, "fund": "isf", "pounds": Money(_allocated(one).pence // 6), "as": "payment",
                                   "funder": "Northshore"} for one in scheduled if one.area == area]} for area in areas],
    }


def _allocated(one: _Someone) -> Money:
    return Money(600_00 if one.position == OVERSPENT else 12_000_00 if one.position in HOUSE else 7_200_00)


def _fundings(one: _Someone) -> Iterator[dict[str, object]]:
    days = {"person": one.reference, "from": FIRST, "to": LAST}
    if one.by_schedule:
        yield {**days, "fund": "isf", "funder": "Northshore", "how": "schedule", "contract": f"NS-{one.area}", "terms": "Block"}
        return
    for funder, share in one.payers:
        yield {**days, "fund": "spot", "funder": funder, "how": "delivery", "share": share, "terms": "As given"}


def _plan(one: _Someone) -> Iterator[dict[str, object]]:
    rate = "outreach" if one.by_schedule else "spot"
    yield _line(one, "morning", "Help in the morning", rate, 7 * 45)
    yield _line(one, "evening", "Help in the evening", rate, 7 * 30 * (2 if one.position % 10 == 5 else 1))
    if one.position in HOUSE:
        yield _line(one, "core", "Shared support at home", "core", 2 * 450 * 7 // 5)
    if one.position in TOGETHER:
        yield _line(one, "cooking", "Cooking together", rate, 120 // len(TOGETHER))
    if one.position == NIGHTS:
        yield _line(one, "night", "Someone awake at night", "night", 540)


def _line(one: _Someone, support: str, words: str, rate: str, minutes: int) -> dict[str, object]:
    named = {"funder": "Northshore"} if one.by_schedule else {}
    return {"line": f"{one.reference}-{support}", "person": one.reference, "support": support, "words": words, "rate": rate,
            "minutes_per_week": minutes, "from": FIRST, "to": LAST, **named}


def _visits(people: Iterable[_Someone]) -> Iterator[VisitRow]:
    """Each person's mornings and evenings, the shifts of the houses, and what is shared."""
    for one in people:
        random = Random(f"visits {one.reference}")
        for day in OCTOBER.period:
            yield from _happened(one, "morning", day, time(7 + one.position % 4), 45, random)
            if day.day % 15:
                yield from _happened(one, "evening", day, time(17 + one.position % 4), 30, random)
            if one.position == 0:
                yield from (_row(f"house-{one.area}", "core", day, starts, 450) for starts in (time(7), time(14, 30)))
            if one.position in TOGETHER and day.weekday() == 2:
                cooks = f"{day:%y%m%d}-cooking-{one.area}"
                yield _row(one.reference, "cooking", day, time(12), 120)._replace(visit=cooks, carer=f"C-{one.area}")
            if one.position == NIGHTS and day.weekday() == 4:
                yield _row(one.reference, "night", day, time(22), 540)


def _happened(one: _Someone, support: str, day: date, starts: time, minutes: int, random: Random) -> Iterator[VisitRow]:
    """What became of a planned visit: given, cancelled or cut short; a row for each carer who came."""
    chance, two = random.random(), one.position % 10 == 5 and support == "evening"
    row = _row(one.reference, support, day, starts, minutes, carers=1 + two)
    if chance < CANCELLED:
        yield row._replace(actual_minutes=0, outcome=Outcome.CANCELLED, reason="Away with family")
        return
    if chance < SHORT:
        ends = _times(day, starts, minutes - 15)[1]
        row = row._replace(ends_at=ends, actual_minutes=minutes - 15, reason="Had finished early and was happy")
    if two and chance < SECOND_CARER_AWAY:
        row = row._replace(reason="The second carer was ill, so one came")
    yield row
    if two and chance >= SECOND_CARER_AWAY:
        yield row._replace(carer=f"{row.carer}-2")


def _row(subject: str, support: str, day: date, starts: time, minutes: int, carers: int = 1) -> VisitRow:
    starts_at, ends_at, elapsed = _times(day, starts, minutes)
    return VisitRow(0, f"{day:%y%m%d}-{subject}-{support}-{starts:%H%M}", f"C-{subject}", subject, support, day, starts_at, ends_at, minutes,
                    elapsed, carers, Outcome.GIVEN, "")


@lru_cache(maxsize=10_000)
def _times(day: date, starts: time, minutes: int) -> tuple[datetime, datetime, int]:
    ends = (datetime.combine(day, starts) + timedelta(minutes=minutes)).time()
    times = visit_times(day, Clock(starts), Clock(ends))
    return times.starts_at, times.ends_at, times.minutes

"""Books in use, all invented, and a month of charged support that is ready to be posted: what the speed of the ledger is taken on.

Each person has fifty visits in October. Of ten people eight are paid for by a council’s schedule, two of these share their visits and
so a cost with an origin of its own, and two are paid for as support is given. A visit is one charge and one event with two entries:
its pounds and its minutes. The six months before are closed, and September has opened each fund’s accounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection

from basics.periods import Month
from invoicing.delivery import BY_DELIVERY, BY_SCHEDULE, Charge
from isf.accounts import OriginKind, Unit
from isf.entries import Entry, Event, allocation, support_by_delivery, support_under_a_schedule, time_agreed, time_given
from ringfence.actions.books import add_user, make_books
from ringfence.store import batches, billing, deliveries, ledger, months, schema, seals
from ringfence.store.engine import Store, bulk_insert

OCTOBER, SEPTEMBER, APRIL = Month(2026, 10), Month(2026, 9), Month(2026, 4)
VISITS = 50
POSTINGS_A_PERSON = VISITS * 2 * 2
PROVIDER = "Larkrise Together"
COUNCIL, PREPARES, APPROVES, NOW = "Eastmere", "asha", "ben", "2026-11-03T10:00:00+00:00"
TEN, SHARING, AS_GIVEN = 10, (0, 1), (8, 9)
PENCE, MINUTES = 24_60, 60
ALLOCATED = {Unit.PENCE: 100 * PENCE, Unit.MINUTES: 100 * MINUTES}


@dataclass(frozen=True)
class MonthToPost:
    """What a month end would post: what is shared, what is charged, and the entries of both."""

    month: Month
    origins: tuple[ledger.Origin, ...]
    charges: tuple[Charge, ...]
    entries: tuple[Entry, ...]


def make_books_in_use(path: Path, people: int) -> MonthToPost:
    """Make the books of so many people (a multiple of ten) at `path` with October’s visits in them; give back what is to be posted."""
    store = make_books(str(path), provider=PROVIDER, sample=True, key=None)
    try:
        return fill_books(store, people)
    finally:
        store.close()


def fill_books(store: Store, people: int, visits: int = VISITS) -> MonthToPost:
    """The same in new books that are open, with so many visits of each person in October (at most fifty)."""
    for user in (PREPARES, APPROVES):
        add_user(store, user, added_by=PREPARES, at=datetime(2026, 11, 3, 10, tzinfo=UTC))
    with store.writing() as connection:
        _agree(connection, people)
    september, october = (_month(month, each, people) for month, each in ((SEPTEMBER, 1), (OCTOBER, visits)))
    for month in (september, october):
        with store.writing() as connection:
            _deliver(connection, month)
    post(store, september)
    with store.writing() as connection:
        for n in range(APRIL.month, OCTOBER.month):
            months.close(connection, Month(2026, n), months.ISSUED, _batch(connection, f"closing {n}"))
    return october


def post(store: Store, month: MonthToPost) -> float:
    """Post the month as a month end does. The seconds that its events, its entries and the commit took.

    Not counted is what is no entry, in the same transaction: the batch, what is shared with its approval, the charges and the seal.
    """
    aside, began = 0.0, perf_counter()
    with store.writing() as connection:
        stopped = perf_counter()
        batch_id = _batch(connection, f"month end {month.month}")
        ledger.Ledger(connection, batch_id, NOW).place(month.origins)
        batches.approve(connection, batch_id, APPROVES, NOW)
        aside += perf_counter() - stopped
        writer = ledger.Ledger(connection, batch_id, NOW)
        events = writer.write_events(Event(each.key, "visit", each.fund) for each in month.charges)
        stopped = perf_counter()
        billing.add_charges(connection, month.charges, events, batch_id)
        closed = months.closed_through(connection)
        aside += perf_counter() - stopped
        writer.post(month.entries, closed)
        stopped = perf_counter()
        seals.seal_entries(connection, batch_id)
        aside += perf_counter() - stopped
    return perf_counter() - began - aside


def _batch(connection: Connection, key: str) -> int:
    return batches.open_batch(connection, kind="month end", key=key, digest=key, prepared_by=PREPARES, recorded_at=NOW, body="")


def _agree(connection: Connection, people: int) -> None:
    """The people, their funds, and what the council has allocated to those whom it pays for by a schedule."""
    batch_id = _batch(connection, "agreed")
    bulk_insert(connection, schema.funder, [(1, COUNCIL, "council", None)])
    bulk_insert(connection, schema.person, ((n + 1, f"p-{n:05}") for n in range(people)))
    bulk_insert(connection, schema.fund, (
        (n + 1, _fund(n), "spot" if n % TEN in AS_GIVEN else "isf", n + 1, None, batch_id) for n in range(people)))
    funds = [_fund(n) for n in range(people) if n % TEN not in AS_GIVEN]
    writer = ledger.Ledger(connection, batch_id, NOW)
    writer.place(ledger.Origin(f"allocated {unit}", OriginKind.ALLOCATION, unit, each * len(funds), APRIL.first, "",
                               tuple((fund, each) for fund in funds)) for unit, each in ALLOCATED.items())
    batches.approve(connection, batch_id, APPROVES, NOW)
    writer.post([entry for fund in funds for entry in _allocated(Event(f"allocated|{fund}", "allocation", fund))], None)
    seals.seal_entries(connection, batch_id)


def _allocated(event: Event) -> list[Entry]:
    return [*allocation(event, COUNCIL, ALLOCATED[Unit.PENCE], APRIL.first, f"allocated {Unit.PENCE}"),
            *time_agreed(event, ALLOCATED[Unit.MINUTES], APRIL.first, f"allocated {Unit.MINUTES}")]


def _month(month: Month, visits: int, people: int) -> MonthToPost:
    charges = tuple(_charges(month, visits, people))
    origins = tuple(
        ledger.Origin(_origin(month, n), OriginKind.SHARED_COST, Unit.PENCE, 2 * visits * PENCE, month.last, "",
                      tuple((_fund(n + at), visits * PENCE) for at in SHARING)) for n in range(0, people, TEN))
    return MonthToPost(month, origins, charges, tuple(entry for each in charges for entry in _entries(each)))


def _charges(month: Month, visits: int, people: int) -> Iterator[Charge]:
    """A charge for each visit, fund by fund and each in its order, as a month end has them."""
    first = 1 if month == SEPTEMBER else 1 + people
    for n in range(people):
        as_given, shared = n % TEN in AS_GIVEN, n % TEN in SHARING
        for visit in range(visits):
            number = n * visits + visit
            day = month.first + timedelta(days=visit * 3 // 5)
            yield Charge(
                key=f"{month} {number}|carer-{number % 40:03}|p-{n:05}|{_fund(n)}|{COUNCIL}|{day}", delivery_id=first + number, fund=_fund(n),
                funder=COUNCIL, how=BY_DELIVERY if as_given else BY_SCHEDULE, plan_line_id=None, support_on=day,
                starts_at=datetime(day.year, day.month, day.day, 9 + visit % 2, tzinfo=UTC), visit=f"{month} {number}", minutes=MINUTES,
                times=0, rate_code="outreach", pounds=Decimal("24.60"), pence=PENCE, shared_key=_origin(month, n) if shared else "")


def _entries(charge: Charge) -> Iterable[Entry]:
    event = Event(charge.key, "visit", charge.fund)
    if charge.how == BY_DELIVERY:
        return (*support_by_delivery(event, COUNCIL, charge.pence, charge.support_on),
                *time_given(event, charge.minutes, 0, charge.support_on))
    return (*support_under_a_schedule(event, charge.pence, charge.pence, charge.support_on, charge.shared_key or None),
            *time_given(event, charge.minutes, charge.minutes, charge.support_on))


def _deliver(connection: Connection, month: MonthToPost) -> None:
    """The visits behind the charges, as an import keeps them."""
    batch_id = _batch(connection, f"visits {month.month}")
    deliveries.add_deliveries(connection, [_delivery(n, each, batch_id) for n, each in enumerate(month.charges, start=2)])


def _delivery(row_number: int, charge: Charge, batch_id: int) -> tuple[object, ...]:
    visit, carer, person, *_ = charge.key.split("|")
    starts = f"{charge.support_on}T09:00:00+00:00"
    return (f"{visit}|{carer}|{person}", 1, visit, carer, int(person.removeprefix("p-")) + 1, None, "outreach", "delivered",
            charge.support_on.isoformat(), starts, starts.replace("T09", "T10"), MINUTES, MINUTES, 1, "", "", row_number, batch_id)


def _fund(n: int) -> str:
    return f"p-{n:05} {'spot' if n % TEN in AS_GIVEN else 'isf'}"


def _origin(month: Month, n: int) -> str:
    return f"shared {month} {n // TEN}"

"""The year of the invented provider, lived through the actions: what was agreed, what was given, what was paid, and each month's end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import partial

from basics.errors import StoreError
from basics.money import Money
from basics.periods import Month
from ringfence.actions.acting import Acting
from ringfence.actions.applying import apply_content, approve
from ringfence.actions.books import add_user, make_books
from ringfence.actions.importing import take_people, take_visits
from ringfence.actions.month_end import approve_month, lock_month, prepare_month
from ringfence.actions.reconciling import propose_reconciliation, reconcile
from ringfence.actions.recording import record_content
from ringfence.importing.people import PersonRow
from ringfence.importing.tables import Taken
from sample_data.agreements import at_the_start, first_reviews, going_live, moving_out
from sample_data.block import Section, blocks
from sample_data.held import reasons
from sample_data.money import Bank
from sample_data.names import PROVIDER
from sample_data.people import cast
from sample_data.plans import LIVE_FROM, MOVES_ON, SPOT_FROM, Cast
from sample_data.plans_agreed import later_findings
from sample_data.visits import Diary

PREPARES, APPROVES = "asha", "ben"
FIRST_MONTH, OPEN_MONTH = Month.of(SPOT_FROM), Month(2026, 10)
FEWEST_PEOPLE = 15
STARTED_ON = date(2026, 1, 26)
Progress = Callable[[int, int], None]


def build_sample(url: str, *, people: int = 60, seed: int = 1, owner_url: str | None = None, on_progress: Progress | None = None) -> None:
    """Make a new database at `url` with so many invented people: January locked, February to September closed and locked, October ready.

    The same seed gives the same books. Raises `StoreError` where a database stands there, or for fewer than fifteen people, since
    each of the first fifteen has a story to tell.
    """
    if people < FEWEST_PEOPLE:
        raise StoreError(f"A sample of {people} people is too small for what it shows.", f"Ask for {FEWEST_PEOPLE} or more.")
    store = make_books(url, provider=PROVIDER, sample=True, key=None, owner_url=owner_url)
    try:
        for user in (PREPARES, APPROVES):
            add_user(store, user, added_by=PREPARES, at=_at(STARTED_ON, 9))
        _Year(partial(Acting, store), cast(people, seed), seed, on_progress).live()
    finally:
        store.close()


class _Year:
    """One year of two people at work on the books: one prepares, the other approves."""

    def __init__(self, acting: Callable[[str, datetime], Acting], everybody: Cast, seed: int, on_progress: Progress | None) -> None:
        self._acting, self._cast, self._on_progress = acting, everybody, on_progress
        self._blocks = blocks(everybody)
        self._diary, self._bank = Diary(everybody, seed), Bank(everybody, self._blocks)

    def live(self) -> None:
        months = _months(FIRST_MONTH, OPEN_MONTH)
        self._begin()
        for n, month in enumerate(months):
            self._tell(n, len(months))
            if month == Month.of(LIVE_FROM):
                self._apply(going_live(self._cast, self._blocks), "going-live.yaml", date(2026, 6, 5))
                record_content(self._prepares(date(2026, 6, 8)), first_reviews(self._cast), "first-reviews.yaml")
            if month == Month.of(MOVES_ON):
                self._apply(moving_out(self._cast), "moving-out.yaml", date(2026, 9, 10))
                record_content(self._prepares(date(2026, 9, 10)), later_findings(self._cast), "later-findings.yaml")
            self._bring_in(month)
            if month != OPEN_MONTH:
                self._end(month)
        self._tell(len(months), len(months))

    def _begin(self) -> None:
        rows = tuple(PersonRow(n, one.reference, f"{one.first_name} {one.last_name}", one.first_name)
                     for n, one in enumerate(self._cast.people, start=2))
        digest = hashlib.sha256("\n".join("|".join(row.content) for row in rows).encode()).hexdigest()
        take_people(self._prepares(STARTED_ON), Taken("people.csv", digest, rows, (), ()))
        self._apply(at_the_start(self._cast), "at-the-start.yaml", STARTED_ON)
        record_content(self._prepares(STARTED_ON), reasons(self._cast), "client-groups.yaml")
        lock_month(self._prepares(date(2026, 2, 2)), FIRST_MONTH.previous)

    def _bring_in(self, month: Month) -> None:
        """The visits and the bank lines of a month, on the second day of the next."""
        day = month.next.first.replace(day=2)
        take_visits(self._prepares(day), self._diary.month(month))
        lines = self._bank.month(month, live=month >= Month.of(LIVE_FROM))
        if lines["bank_lines"]:
            self._apply(lines, f"bank-{month}.yaml", day)

    def _end(self, month: Month) -> None:
        after = month.next.first
        prepared = prepare_month(self._prepares(after.replace(day=3)), month, None)
        done = approve_month(self._approves(after.replace(day=4)), month, prepared.digest, None)
        assert done.plan is not None, "a month that was not approved before has a plan"
        self._bank.issued(month, done.plan.drafts)
        lock_month(self._prepares(after.replace(day=5)), month)
        if month >= Month.of(LIVE_FROM):
            self._reconcile(month)

    def _reconcile(self, month: Month) -> None:
        """The bank holds what the books say, to the penny, and the other of the two signs it off."""
        day = month.next.first.replace(day=6)
        bank = Money(reconcile(self._prepares(day), month.last, Money(0)).expected_pence)
        approve(self._approves(day), propose_reconciliation(self._prepares(day), reconcile(self._prepares(day), month.last, bank)))

    def _apply(self, content: Section, name: str, day: date) -> None:
        approve(self._approves(day), apply_content(self._prepares(day), content, name).digest)

    def _prepares(self, day: date) -> Acting:
        return self._acting(PREPARES, _at(day, 10))

    def _approves(self, day: date) -> Acting:
        return self._acting(APPROVES, _at(day, 15))

    def _tell(self, done: int, of: int) -> None:
        if self._on_progress is not None:
            self._on_progress(done, of)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def _months(first: Month, last: Month) -> list[Month]:
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next)
    return found

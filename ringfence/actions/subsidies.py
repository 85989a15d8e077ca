"""Selling below full cost: proposed by one, approved by another, and kept in a register until it ends.

A decision is a batch like any other: who prepared it and who approved it, with what was offered, what it falls short, why, what pays
for it, and until when. A later decision for the same package and funder takes the place of the one before from its first day.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import Connection

from basics.errors import InputError
from basics.money import Money
from basics.periods import day_in_words
from costing.offer import Checked, Level
from ringfence.actions.acting import Acting
from ringfence.actions.rights import Right
from ringfence.store import batches, registry

BELOW_COST = "below_cost"
ENDS_SOON = timedelta(days=60)
LONGEST_WORDS = 500


class Standing(StrEnum):
    """How a decision stands on a day."""

    WAITING = "Awaiting approval"
    LATER = "Later"
    IN_FORCE = "Open"
    CHECK_AGAIN = "Check again"
    ENDS_SOON = "Ends soon"
    ENDED = "Closed"


@dataclass(frozen=True)
class Subsidy:
    """One decision to sell below full cost. `last` is the day on which it ends, as was decided; `replaced_from` is the day from which a later
    one takes its place.

    Its figures were worked out for `worked_out_on`, and every published figure among them is the same through `rates_until`. An old decision
    does not say, so nobody knows: both are None.
    """

    digest: str
    package: str
    funder: str
    offered_per_hour: Money
    short_per_week: Money
    short_per_year: Money | None
    packages: int
    why: str
    paid_from: str
    first: date
    last: date
    prepared_by: str
    approved_by: str | None
    worked_out_on: date | None = None
    rates_until: date | None = None
    replaced_from: date | None = None
    full_cost_per_hour: Money | None = None

    @property
    def per_week(self) -> Money:
        """What all packages sold like this fall short in a week."""
        return Money(self.short_per_week.pence * self.packages)

    @property
    def cost_per_week(self) -> Fraction | None:
        """The full cost of a week of all packages sold like this, in pence; None where the decision did not keep the cost of an hour."""
        full = self.full_cost_per_hour
        short = full.pence - self.offered_per_hour.pence if full else 0
        return Fraction(self.per_week.pence * full.pence, short) if full and short > 0 else None

    @property
    def per_year(self) -> Money | None:
        return None if self.short_per_year is None else Money(self.short_per_year.pence * self.packages)

    def stands(self, on: date) -> bool:
        """Whether it has been decided, has begun, and has neither ended nor been replaced."""
        return self.approved_by is not None and self.first <= on <= self.last and (self.replaced_from is None or on < self.replaced_from)

    def is_to_be_checked(self, on: date) -> bool:
        """Whether its figures were worked out at rates that have changed by then, or are not known."""
        return self.rates_until is None or on > self.rates_until

    def ends_soon(self, on: date) -> bool:
        """Whether it ends within sixty days, and nothing has taken its place."""
        return self.stands(on) and self.replaced_from is None and self.last - on <= ENDS_SOON

    def standing(self, on: date) -> Standing:
        if self.approved_by is None:
            return Standing.WAITING
        if not self.stands(on):
            return Standing.LATER if on < self.first and self.replaced_from != self.first else Standing.ENDED
        if self.is_to_be_checked(on):
            return Standing.CHECK_AGAIN
        return Standing.ENDS_SOON if self.ends_soon(on) else Standing.IN_FORCE


@dataclass(frozen=True)
class Register:
    """Every decision, and what the organisation subsidises on a day: the sum of those that stand. A package whose year is not known
    counts in the week alone, and is counted in `years_not_known`."""

    on: date
    subsidies: tuple[Subsidy, ...]

    @property
    def standing(self) -> tuple[Subsidy, ...]:
        return tuple(each for each in self.subsidies if each.stands(self.on))

    @property
    def per_week(self) -> Money:
        return Money.total(each.per_week for each in self.standing)

    @property
    def per_year(self) -> Money:
        return Money.total(each.per_year for each in self.standing if each.per_year is not None)

    @property
    def cover(self) -> Fraction | None:
        """What funders pay of the full cost of what is sold below it, as a share of one; None where nothing is, or a decision does not say."""
        costs = [each.cost_per_week for each in self.standing]
        if not costs or None in costs:
            return None
        return 1 - self.per_week.pence / sum((cost for cost in costs if cost is not None), Fraction())

    @property
    def years_not_known(self) -> int:
        return sum(each.per_year is None for each in self.standing)

    @property
    def ending(self) -> tuple[Subsidy, ...]:
        """Those that end within sixty days, the first first: decide before they do."""
        return tuple(sorted((each for each in self.standing if each.ends_soon(self.on)), key=lambda each: each.last))

    @property
    def to_check(self) -> tuple[Subsidy, ...]:
        """Those that stand with figures of rates that have changed since, or that nobody knows any more."""
        return tuple(each for each in self.standing if each.is_to_be_checked(self.on))

    @property
    def check_in_words(self) -> str:
        """What those ask for, in one sentence; empty where there are none."""
        count = len(self.to_check)
        if not count:
            return ""
        decisions, offers = ("1 decision was", "that offer") if count == 1 else (f"{count:,} decisions were", "those offers")
        return f"{decisions} worked out at rates that have changed since, or are not known now: check {offers} again."


def propose_subsidy(acting: Acting, checked: Checked, *, funder: str, why: str, paid_from: str, first: date, last: date | None,
                    packages: int = 1) -> str:
    """Ask for a package to be sold below full cost; another user approves it with the digest that is returned.

    Raises `InputError` for an offer that is not below full cost, for everything that nobody said, for an offer that was checked at the rates
    of other days than the first, and for days that are no period.
    """
    full = checked.at(Level.FULL_COST)
    if full is None or not checked.is_below_full_cost:
        raise InputError(f"{checked.offered_per_hour} an hour is not below the full cost of {checked.name}.", "There is nothing to decide.")
    _refuse_unsaid({"the funder": funder, "why": why, "what pays for it": paid_from, "until when": last.isoformat() if last else ""})
    if not checked.on <= first <= (checked.until or checked.on):
        raise InputError(f"What it falls short was worked out {checked.days_in_words}, and it is to count from {day_in_words(first)}.",
                         "Check the offer again from that day.")
    assert last is not None  # or it was refused as unsaid
    if last < first or packages < 1:
        raise InputError(f"From {day_in_words(first)} until {day_in_words(last)}, for {packages} packages, is nothing.",
                         "Give a last day that is not before the first, and at least one package.")
    body = registry.canonical({
        "package": checked.name, "funder": funder.strip(), "why": why.strip(), "paid_from": paid_from.strip(), "packages": packages,
        "offered_per_hour": checked.offered_per_hour.plain, "full_cost_per_hour": full.per_hour.plain,
        "short_per_week": full.short_per_week.plain, "short_per_year": full.short_per_year.plain if full.short_per_year else None,
        "first": first.isoformat(), "last": last.isoformat(), "worked_out_on": checked.on.isoformat(),
        "rates_until": (checked.rates_until or date.max).isoformat()})
    digest = hashlib.sha256(body.encode()).hexdigest()
    with acting.writing() as connection:
        if batches.by_key(connection, f"{BELOW_COST} {digest}") is None:
            batches.open_batch(connection, kind=BELOW_COST, key=f"{BELOW_COST} {digest}", digest=digest, prepared_by=acting.user,
                               recorded_at=acting.recorded_at, body=body)
    return digest


def approve_subsidy(connection: Connection, acting: Acting, batch: batches.Batch) -> str:
    """Record the decision, once somebody else than who asked has taken it."""
    batches.approve(connection, batch.id, acting.user, acting.recorded_at)
    return subsidy_in_words(batch)


def subsidy_in_words(batch: batches.Batch) -> str:
    """What approving it would decide, in one sentence."""
    one = _subsidy(batch)
    each = f" each for {one.packages:,} packages" if one.packages > 1 else ""
    return (f"Sell {one.package} to {one.funder} at {one.offered_per_hour} an hour, {one.short_per_week} a week below full cost{each}, "
            f"from {day_in_words(one.first)} until {day_in_words(one.last)}. Why: {one.why}. Paid from: {one.paid_from}.")


def register(acting: Acting, on: date | None = None) -> Register:
    """What is sold below full cost, and what that comes to on a day (today, where none is named)."""
    with acting.reading(Right.FIGURES) as connection:
        found = [_subsidy(each) for each in batches.of_kind(connection, BELOW_COST)]
    return Register(on or acting.today, tuple(_replaced(found)))


def _replaced(found: Sequence[Subsidy]) -> Iterable[Subsidy]:
    """Each decision until it ends or the next for the same package and funder begins; one still waiting takes nobody's place."""
    for n, one in enumerate(found):
        later = [max(each.first, one.first) for each in found[n + 1:] if each.approved_by and (each.package, each.funder) == (one.package, one.funder)
                 and each.first <= one.last]
        yield replace(one, replaced_from=min(later, default=None) if one.approved_by else None)


def _subsidy(batch: batches.Batch) -> Subsidy:
    body = json.loads(batch.body)
    year = body["short_per_year"]
    return Subsidy(
        batch.digest, body["package"], body["funder"], Money.parse(body["offered_per_hour"]), Money.parse(body["short_per_week"]),
        None if year is None else Money.parse(year), body["packages"], body["why"], body["paid_from"], date.fromisoformat(body["first"]),
        date.fromisoformat(body["last"]), batch.prepared_by, batch.approved_by, _day_of(body, "worked_out_on"), _day_of(body, "rates_until"),
        full_cost_per_hour=Money.parse(body["full_cost_per_hour"]) if "full_cost_per_hour" in body else None)


def _day_of(body: Mapping[str, str], key: str) -> date | None:
    """A day that decisions did not keep at first."""
    return date.fromisoformat(body[key]) if key in body else None


def _refuse_unsaid(said: dict[str, str]) -> None:
    unsaid = [what for what, text in said.items() if not text.strip()]
    if unsaid:
        raise InputError(f"Nobody said {', '.join(unsaid)}.", "A price below full cost needs all of these: say them in a few words.")
    if any(len(text) > LONGEST_WORDS for text in said.values()):
        raise InputError(f"One of the texts is longer than {LONGEST_WORDS} letters.", "Say it shorter.")

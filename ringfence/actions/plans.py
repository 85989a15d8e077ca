"""One person’s plan on a day: where it stands in the seven steps, what it is to reach, what the council answered, and how its funds stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from basics.errors import InputError
from basics.money import Money
from basics.periods import Month
from isf.plan import PlanLine, RatePeriod
from isf.plan_changes import PlanChange, Ruling, asked, plan_changes
from isf.position import USUAL, FundPosition, Thresholds
from isf.set_aside import Kept
from isf.steps import Standing, standing
from ringfence.actions.acting import Acting
from ringfence.actions.fund_terms_known import terms_in_force
from ringfence.actions.kept_aside import left_on
from ringfence.actions.plan_facts import AnswerAt, PlanFacts, plan_facts
from ringfence.actions.positions import positions_of
from ringfence.actions.steps import known_steps
from ringfence.store import months, registry


@dataclass(frozen=True)
class ChangeAt:
    """A change of the plan of one fund: whether it goes ahead or is asked, and the last answer to it, None where none is recorded."""

    fund: str
    change: PlanChange
    ruling: Ruling
    answer: AnswerAt | None


@dataclass(frozen=True)
class FundPlan:
    """One fund: how its lines stand at the end of `month` (None where nobody pays in it then), and what is set aside with its last day."""

    key: str
    month: Month
    position: FundPosition | None
    kept: tuple[Kept, ...]


@dataclass(frozen=True)
class PersonPlan:
    """A person’s plan on a day. Support is charged by month end, so `month` is the last that is charged by then."""

    person: str
    name: str
    known_as: str
    on: date
    standing: Standing
    facts: PlanFacts
    changes: tuple[ChangeAt, ...]
    funds: tuple[FundPlan, ...]


def plan_of(acting: Acting, person: str, on: date | None = None, thresholds: Thresholds = USUAL) -> PersonPlan:
    """A person’s plan on a day, today where none is named. Raises `InputError` for somebody unknown."""
    day = on or acting.today
    with acting.reading_support(person=person) as connection:
        known = registry.people(connection).get(person)
        if known is None:
            raise InputError(f"{person[:80]} is not a person here.", "Give the reference that the person was imported with.")
        recorded = plan_facts(connection, person, day, {key: payer.name for key, payer in registry.funders(connection).items()})
        funds = [row.key for row in registry.funds(connection) if row.person == person]
        month = _month(connection, day)
        found = positions_of(connection, person, month, thresholds)
        kept = {key: tuple(left_on(connection, day, key).get(key, ())) for key in funds}
        changes = tuple(each for key in funds for each in _changes(connection, key, recorded.answers))
        steps = standing(known_steps(connection, person).get(person, {}), day)
    return PersonPlan(person, known.name, known.known_as, day, steps, recorded, changes,
                      tuple(FundPlan(key, month, found.get(key), kept[key]) for key in funds))


def changes_of(connection: Connection, fund_key: str = "") -> dict[str, tuple[PlanChange, ...]]:
    """Every change of a plan that is known, those to come among them: by fund, of all funds or of one."""
    codes, prices = registry.rate_codes(connection, fund_key), dict[str, list[RatePeriod]]()
    for rate in registry.rates(connection):
        prices.setdefault(rate.code, []).append(RatePeriod(rate.period, rate.per, rate.pounds))
    by_fund: dict[str, list[PlanLine]] = {}
    for line in registry.plan_lines(connection, fund_key):
        by_fund.setdefault(line.fund, []).append(line)
    of_lines = {line: prices.get(code, []) for line, code in codes.items()}
    return {fund: plan_changes(lines, of_lines) for fund, lines in by_fund.items()}


def ruling_of(connection: Connection, fund: str, change: PlanChange) -> Ruling:
    """Whether a change of the plan of a fund is asked, by the terms that hold on its day."""
    return asked(change, _threshold(connection, fund, change.on))


def _changes(connection: Connection, fund: str, answers: Iterable[AnswerAt]) -> Iterable[ChangeAt]:
    listed = [each for each in answers if each.about == "change"]
    for change in changes_of(connection, fund).get(fund, ()):
        said = [each for each in listed if each.from_on == change.on]
        yield ChangeAt(fund, change, ruling_of(connection, fund, change), said[-1] if said else None)


def _threshold(connection: Connection, fund: str, on: date) -> Money | None:
    """The smallest change that any funder of the fund wants to be asked about is more than this; None where one of them does not say."""
    known = [each.terms.small_change_pounds_per_week for each in terms_in_force(connection, on, fund)]
    return None if not known or None in known else min(each for each in known if each is not None)


def _month(connection: Connection, on: date) -> Month:
    """The last month whose support is charged by a day; before any is, the month of the day."""
    whole = Month.of(on) if Month.of(on).last == on else Month.of(on).previous
    closed = months.closed_through(connection)
    return min(whole, closed) if closed else Month.of(on)

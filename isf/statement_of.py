"""A fund's statement made from its facts: the entries of the month, the plan, the charges, the budget. It reads and computes;
`isf.statement` is what it makes, and everything that prints a statement prints that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from basics.errors import InputError
from basics.money import Money
from basics.people import Funder, Person
from basics.periods import Month, Period
from isf.accounts import FundKind
from isf.bought import Bought, with_bills
from isf.budget import BudgetPeriod, PricedLines, month_budget, period_budget
from isf.forecast import with_forecasts, year_end
from isf.given import Charged, given_lines
from isf.headline import closed, headline
from isf.money_held import Moved, bought, money_held, paid_ahead, support_used
from isf.plan import PlanLine, RatePeriod
from isf.position import Delivered, FundPosition, line_positions
from isf.set_aside import Kept
from isf.statement import BudgetLine, Contact, Correction, Forecast, KeptForLater, MoneyHeld, OverCap, OwnPart, Shortfall, Statement


@dataclass(frozen=True)
class Missed:
    """Support that was planned and did not come, or came short: the minutes that were missed, and the reason recorded."""

    on: date
    words: str
    minutes: int
    reason: str


@dataclass(frozen=True)
class PutRight:
    """A charge of an earlier month put right in this one: what it was (nil for one that came late), what it is (nil for one taken
    back), and why."""

    support_on: date
    words: str
    before_pence: int
    after_pence: int
    why: str


@dataclass(frozen=True, kw_only=True)
class StatementFacts:
    """Everything that one fund's statement of one month depends on, as it was known when the month was posted.

    `opening_pence`: the effect on money held of every entry posted before the month.
    `moves`: every entry posted in the month, minutes too.
    `lines`: all lines of the plan with days in the budget's periods; `rates`: the prices of each by its id, late versions resolved;
    `by_delivery`: the ids of the lines that their funder pays for as they are given.
    `charges`: those of support that happened in the month, less what has been put back.
    `delivered_from`, `delivered`: from the year's first day, or from the day of going live, to the month's end, by line id.
    `budgets`: this year's periods for which money is promised, in order; each that has begun is printed.
    `paid_for`: instalments received, the days and the pence of each.
    `changes`: what changed of the budget, in sentences.
    `carried_pence`: the balance of `borne` at the month's end. `set_aside`: what is kept for later then;
    `bills_pence`: bills not paid; `bought`: bills of others by the line of the plan. `funders`: who pays in this fund.
    `over_cap`: what is more than may stay then, once the month’s support is charged. `own_parts`: what of it whoever pays a sum a week pays.
    """

    fund_key: str
    fund_kind: FundKind
    person: Person
    provider: str
    month: Month
    opening_pence: int
    moves: Sequence[Moved]
    lines: Sequence[PlanLine]
    rates: Mapping[int, Sequence[RatePeriod]]
    by_delivery: frozenset[int] = frozenset()
    charges: Sequence[Charged]
    delivered_from: date
    delivered: Mapping[int, Delivered]
    budgets: Sequence[BudgetPeriod]
    paid_for: Sequence[tuple[Period, int]] = ()
    carried_pence: int = 0
    set_aside: Sequence[Kept] = ()
    bills_pence: int = 0
    bought: Bought = field(default_factory=Bought)
    over_cap: Sequence[OverCap] = ()
    changes: Sequence[str] = ()
    own_parts: Sequence[OwnPart] = ()
    missed: Sequence[Missed] = ()
    put_right: Sequence[PutRight] = ()
    funders: Sequence[Funder] = ()
    contacts: Sequence[Contact] = ()
    seal: str = ""
    draft: bool = True
    practice: bool = False
    closed: bool = False
    """Whether the fund is closed: then this is its last statement."""


def build_statement(facts: StatementFacts) -> Statement:
    """The statement of one fund for one month.

    Raises `InputError` where the charges of the month are not what the ledger has as its support: then nothing may be sent.
    """
    money, used = _money(facts), support_used(facts.moves, facts.month)
    budgets = _budgets(facts, used + bought(facts.moves, facts.month))
    position = fund_position(facts)
    given = given_lines(facts.month, facts.lines, facts.rates, facts.charges)
    ring = facts.contacts[0].name if facts.contacts else ""
    return Statement(
        fund_key=facts.fund_key,
        fund_kind=facts.fund_kind,
        person_reference=facts.person.reference,
        name=facts.person.name,
        known_as=facts.person.known_as,
        provider=facts.provider,
        month=str(facts.month),
        period_words=str(facts.month.period),
        headline=closed(facts.person.known_as) if facts.closed else headline(
            facts.person.known_as, position, money.closing_pence, money.who_owes_when_below_nil, ring),
        status=position.status,
        money=money,
        budgets=budgets,
        given=given,
        given_total_pence=_tied_to_the_ledger(sum(row.pence for row in given), used, facts),
        shortfalls=_shortfalls(facts.missed),
        corrections=_corrections(facts.put_right),
        contacts=tuple(facts.contacts),
        seal=facts.seal,
        draft=facts.draft,
        practice=facts.practice,
        carried_pence=facts.carried_pence,
        bills_pence=facts.bills_pence,
        set_aside=tuple(KeptForLater(each.pence, each.minutes, each.until.isoformat()) for each in facts.set_aside),
        changes=tuple(facts.changes),
        over_cap=() if facts.closed else tuple(facts.over_cap),
        forecast=_forecast(facts),
        own_parts=tuple(facts.own_parts),
    )


def fund_position(facts: StatementFacts) -> FundPosition:
    """Where the fund stands at the end of the month, within the budget's period that holds that day."""
    current, by_delivery = _current(facts), _by_delivery(facts)
    year = period_budget(current, facts.month, by_delivery) if current else BudgetLine("", None, None, None)
    others = (one for one in facts.budgets if one is not current and one.period.first <= facts.month.last)
    return FundPosition(
        lines=line_positions(facts.lines, facts.rates, facts.delivered, _measured(facts, current), facts.month.last),
        budget_pence=year.budget_pence,
        expected_pence=year.expected_pence,
        used_pence=year.used_pence,
        carried_pence=facts.carried_pence,
        others=tuple(period_budget(one, facts.month, by_delivery) for one in others),
        aside_pence=sum(each.pence for each in facts.set_aside),
    )


def position_ahead(facts: StatementFacts) -> FundPosition:
    """The same with what was bought from others, and with where each line will be at the end of the year."""
    position = with_bills(fund_position(facts), facts.bought, facts.month.last)
    return replace(position, lines=with_forecasts(position.lines))


def _forecast(facts: StatementFacts) -> Forecast | None:
    """Of a budget that goes on after the month."""
    current = _current(facts)
    if facts.closed or current is None or current.period.last <= facts.month.last:
        return None
    position = position_ahead(facts)
    return year_end(position, _measured(facts, current), current.period, position.budget_pence)


def _money(facts: StatementFacts) -> MoneyHeld:
    block = money_held(facts.opening_pence, facts.moves, facts.month, facts.person.known_as, facts.funders)
    if not any(budget.promised_pence for budget in facts.budgets):
        return block
    ahead, days = paid_ahead(facts.paid_for, facts.month.last)
    return replace(block, paid_ahead_pence=ahead, paid_ahead_words=str(days or ""), saved_pence=block.closing_pence - ahead)


def _budgets(facts: StatementFacts, used_pence: int) -> tuple[BudgetLine, ...]:
    """The month, then each period that it is in, then what is not known."""
    by_delivery = _by_delivery(facts)
    started = [budget for budget in facts.budgets if budget.period.first <= facts.month.last]
    return (month_budget(facts.month, started, by_delivery, used_pence), *(period_budget(one, facts.month, by_delivery) for one in started))


def _by_delivery(facts: StatementFacts) -> PricedLines:
    return PricedLines(tuple(line for line in facts.lines if line.id in facts.by_delivery), facts.rates)


def _current(facts: StatementFacts) -> BudgetPeriod | None:
    """The latest of the budget's periods that has days in the month."""
    return max((one for one in facts.budgets if one.period.overlap(facts.month.period)), key=lambda one: one.period, default=None)


def _measured(facts: StatementFacts, current: BudgetPeriod | None) -> Period:
    """The days over which plan and delivery are compared: the budget's, from the day for which delivery is known line by line."""
    last = current.period.last if current else facts.month.last
    first = max(current.period.first, facts.delivered_from) if current else facts.delivered_from
    return Period(min(first, last), last)


def _tied_to_the_ledger(given_pence: int, used: int, facts: StatementFacts) -> int:
    if given_pence != used:
        raise InputError(f"The support of {facts.month.in_words} is {Money(given_pence)} by its charges and {Money(used)} in the ledger.",
                         "Run the check of the whole database, and send nothing until the two agree.", f"fund {facts.fund_key}")
    return given_pence


def _shortfalls(missed: Iterable[Missed]) -> tuple[Shortfall, ...]:
    in_order = sorted(missed, key=lambda one: (one.on, one.words))
    return tuple(Shortfall(f"{one.on.day} {one.on:%B}", one.words, one.minutes, one.reason) for one in in_order)


def _corrections(put_right: Iterable[PutRight]) -> tuple[Correction, ...]:
    """One line for the same support of the same month put right for the same reason."""
    sums: dict[tuple[Month, str, str], tuple[int, int]] = {}
    for one in put_right:
        key = (Month.of(one.support_on), one.words, one.why)
        before, after = sums.get(key, (0, 0))
        sums[key] = (before + one.before_pence, after + one.after_pence)
    return tuple(Correction(month.in_words, words, *sums[month, words, why], why) for month, words, why in sorted(sums))

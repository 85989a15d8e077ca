"""The watch list: what somebody should look at, over every fund at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from basics.periods import Month, Period
from isf.position import Delivered
from isf.watch import MONTHS_COMPARED, SOON, OfFund, Watched, ends, in_order
from ringfence.actions.acting import Acting
from ringfence.actions.drafting import price_words
from ringfence.actions.fund_terms_known import KnownTerms, terms_in_force
from ringfence.actions.kept_aside import left_on
from ringfence.actions.statement_forms import form_lines
from ringfence.actions.subsidies import register
from ringfence.actions.surpluses import funds_with_cash, surpluses
from ringfence.actions.watching_agreed import (
    agreement_lines,
    aside_lines,
    earmark_lines,
    ending_lines,
    funds_watched,
    review_lines,
    still_supported,
    under_lines,
)
from ringfence.actions.watching_billing import billing_lines, not_asked_for_lines, not_run_lines
from ringfence.actions.watching_debts import debt_lines
from ringfence.actions.watching_money import surplus_lines, unpaid_lines
from ringfence.actions.watching_spent import spent_lines
from ringfence.importing.fact_items_holding import Agreement, Holding
from ringfence.importing.fact_items_money import Earmark
from ringfence.importing.fact_items_reviews import Review
from ringfence.importing.fact_items_terms import FundTermsItem
from ringfence.store import billing, facts, months, overview, registry


@dataclass(frozen=True)
class WatchList:
    """What there is to look at on a day, late ones first. `charged_through` is the last closed month, up to which surpluses can be told;
    `compared` the days over which support is held beside the plan. `without_terms` counts the individual service funds for which no terms
    are recorded: nobody can say what may stay in them, or when they are reviewed."""

    on: date
    lines: tuple[Watched, ...]
    charged_through: Month | None
    compared: Period | None
    without_terms: int

    @property
    def late(self) -> int:
        return sum(each.is_late for each in self.lines)


def watch_list(acting: Acting, on: date | None = None) -> WatchList:
    """Everything to look at on a day (today, where none is named). Funds that are closed are left out, and of those whose support has ended
    only their money is told."""
    day = on or acting.today
    with acting.reading() as connection:
        of, isf_funds = funds_watched(connection)
        known = terms_in_force(connection, day)
        closed = months.closed_through(connection)
        compared = _compared(connection, closed, day)
        found = [*_lines(connection, day, of, known, closed, compared), *_rates(connection, day)]
    lines = in_order([*found, *_subsidies(acting, day)])
    return WatchList(day, lines, closed, compared, len(isf_funds - {each.fund for each in known}))


def _lines(connection: Connection, on: date, of: Mapping[str, OfFund], known: Sequence[KnownTerms], closed: Month | None,
           compared: Period | None) -> Iterator[Watched]:
    payers = {key: payer.name for key, payer in registry.funders(connection).items()}
    fundings, plan = list(registry.fundings(connection)), registry.plan_lines(connection)
    cash = funds_with_cash(connection, on)
    yield from surplus_lines(surpluses(connection, on, closed, known, cash), of, payers, on)
    yield from unpaid_lines(cash, of, payers, on)
    goes_on = still_supported(connection, of, on)
    reviews = [fact for fact in facts.facts(connection, Review.kind) if fact.from_on <= on]
    yield from review_lines(known, reviews, fundings, plan, goes_on, payers, on)
    yield from under_lines(plan, _given(connection, compared), compared, goes_on)
    yield from ending_lines(fundings, facts.facts(connection, FundTermsItem.kind), goes_on, payers, on)
    yield from earmark_lines(facts.facts(connection, Earmark.kind), goes_on, on)
    yield from aside_lines(left_on(connection, on), of, on)
    yield from agreement_lines(facts.facts(connection, Holding.kind), facts.facts(connection, Agreement.kind), goes_on, on)
    yield from spent_lines(connection, of, on)
    yield from debt_lines(connection, payers, on)
    yield from form_lines(connection, goes_on, on)
    yield from not_asked_for_lines(connection, of)
    yield from billing_lines(connection, of, payers)
    yield from not_run_lines(connection, on)


def _compared(connection: Connection, closed: Month | None, on: date) -> Period | None:
    """The last months whose support is charged and issued, up to three; None before any."""
    last, found = closed, list[Month]()
    while last and len(found) < MONTHS_COMPARED and months.ISSUED in months.steps(connection, last):
        if last.last <= on:
            found.append(last)
        last = last.previous
    return Period(found[-1].first, found[0].last) if found else None


def _given(connection: Connection, compared: Period | None) -> dict[int, Delivered]:
    """What stands charged over some days, in minutes and times, by the version of a line that stands now."""
    standing, found = registry.standing_line(connection), dict[int, Delivered]()
    for row in billing.charged_by_month(connection, compared.first, compared.last) if compared else ():
        line = standing.get(row.plan_line_id)
        if line is not None:
            before = found.get(line, Delivered())
            found[line] = Delivered(before.minutes + int(row.minutes), before.times + int(row.times))
    return found


def _rates(connection: Connection, on: date) -> Iterator[Watched]:
    for row in overview.rates_ending(connection, on + SOON):
        what = f"The rate {row.code}, {price_words(Decimal(row.pounds), row.per)},"
        yield from filter(None, [ends(what, date.fromisoformat(row.to_on), on, "Give the rate that follows: support after it cannot be charged",
                                      OfFund("", "Everybody with it"))])


def _subsidies(acting: Acting, on: date) -> Iterator[Watched]:
    for each in register(acting, on).ending:
        what = f"The decision to sell {each.package} below full cost"
        yield from filter(None, [ends(what, each.last, on, "Decide again, or sell it at full cost", OfFund("", each.funder))])

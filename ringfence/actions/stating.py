"""The facts of every fund's statement, gathered at once: the books up to the month, and what this month end would add to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Row

from basics.people import Funder, FunderKind, Person
from basics.periods import ONE_DAY, Month, Period, financial_year
from basics.vocabulary import say
from invoicing.delivery import BY_DELIVERY, Agreements, Charge, Funding
from isf.accounts import INSIDE_MONEY_HELD, FundKind, Unit
from isf.bought import Bought
from isf.budget import BudgetPeriod
from isf.money_held import EventKind, Moved
from isf.plan import PlanLine, RatePeriod
from isf.set_aside import Kept
from isf.statement import Contact, OverCap, OwnPart, Statement
from isf.statement_of import Missed, PutRight, StatementFacts, build_statement
from ringfence.actions.bills import BillsPosted, bills_posted
from ringfence.actions.fund_ends import Ends, ends_by
from ringfence.actions.kept_aside import left_on
from ringfence.actions.misspent_back import TAKES_OFF, told_apart
from ringfence.actions.month_entries import MonthEntries
from ringfence.actions.over_the_cap import over_the_cap
from ringfence.actions.own_parts import own_parts
from ringfence.actions.put_right import missed_by_person, put_right_by_fund
from ringfence.actions.standing import ChargesStanding
from ringfence.store import billing, deliveries, ledger, registry

Item = TypeVar("Item")

SUPPORT = (("available", "owed_provider"), ("borne", "owed_provider"), ("due", "owed_provider"))
USED = (*SUPPORT, ("available", "owed_supplier"), TAKES_OFF)
"""Support, and bills of others from their approval, less what was misspent and is put back."""
PROMISES = (("due", "available"), ("held", "available"))
RECEIVED = (("held", "due"), ("with_provider", "due"))
PROMISED_OTHERWISE = (EventKind.RESPLIT, EventKind.CREDITED)
A_YEAR_AND_A_BIT = timedelta(days=400)


@dataclass(frozen=True)
class _Books:
    """What the statements of a month read of the books."""

    month: Month
    people: Mapping[str, Person]
    funders: Mapping[str, Funder]
    fundings: Mapping[str, list[Funding]]
    lines: Mapping[str, list[PlanLine]]
    rates: Mapping[int, list[RatePeriod]]
    opening: Mapping[str, int]
    moves: Mapping[str, list[Moved]]
    flows: Mapping[str, list[ledger.Flow]]
    standing: ChargesStanding
    missed: Mapping[str, list[Missed]]
    put_right: Mapping[str, list[PutRight]]
    schedules: Mapping[str, list[Row[Any]]]
    provider: Mapping[str, Any]
    bodies: Mapping[str, dict[str, Any]]
    ends: Mapping[str, Ends]
    kept: Mapping[str, list[Kept]]
    bills: Mapping[str, BillsPosted]
    over_cap: Mapping[str, list[OverCap]]
    own_parts: Mapping[str, list[OwnPart]]
    practice: bool


def statement_records(connection: Connection, agreements: Agreements, month: Month, planned: MonthEntries) -> tuple[Statement, ...]:
    """The draft statement of every person's fund for the month, with the entries that are about to be posted in it."""
    return tuple(build_statement(facts) for facts in statement_facts(connection, agreements, month, planned))


def facts_of_fund(connection: Connection, fund_key: str, month: Month) -> StatementFacts | None:
    """What one fund's statement is made from, as the books have it: all that `statement_facts` gives but the visits that did not come,
    which stand among everybody's. None where nothing stands in the fund in that month, and where no person has such a fund.
    """
    return next(iter(statement_facts(connection, registry.agreements(connection, fund_key), month, fund_key=fund_key)), None)


def statement_facts(connection: Connection, agreements: Agreements, month: Month, planned: MonthEntries | None = None,
                    fund_key: str = "") -> Iterable[StatementFacts]:
    """What each statement is made from, fund by fund or of one fund; where nothing is planned, what is in the books."""
    books = _gather(connection, agreements, month, planned, fund_key)
    funds, posted = registry.funds(connection), books.moves.keys() | books.standing.planned_funds
    asked = [fund for fund in funds if fund.person and fund_key in ("", fund.key)]
    return (_facts(books, fund) for fund in asked if fund.key in posted or _goes_on(books, fund.key))


def _gather(connection: Connection, agreements: Agreements, month: Month, planned: MonthEntries | None, fund_key: str) -> _Books:
    lines = registry.plan_lines(connection, fund_key)
    rows = ledger.entries_posted(connection, month.first, month.last, fund_key)
    kinds = {row.id: row.event_kind for row in rows}
    standing = registry.standing_line(connection, fund_key)
    charges, funders = planned.charges if planned else (), registry.funders(connection)
    per_of_rate = {rate.code: rate.per for rate in agreements.rates}
    missed = {} if fund_key else missed_by_person(
        deliveries.may_have_been_missed(connection, month.first, month.last), agreements,
        billing.cancelled_and_charged(connection, month.first, month.last) | {one.delivery_id for one in charges if one.cancelled})
    return _Books(
        month=month, people=registry.people(connection), funders=funders,
        fundings=_grouped((one.fund, one) for one in agreements.fundings),
        lines=_grouped((line.fund, line) for line in lines),
        rates=_rates_of_lines(connection, agreements, fund_key),
        opening=ledger.held_before(connection, month.first, INSIDE_MONEY_HELD, fund_key),
        moves=_grouped((row.fund, moved(row, kinds.get(row.reverses_id, ""))) for row in rows),
        flows=_grouped((flow.fund, flow) for flow in told_apart(connection, ledger.flows(connection, month.last, fund_key), month.last, fund_key)),
        standing=ChargesStanding(connection, month, month.first - A_YEAR_AND_A_BIT, standing, per_of_rate, planned, fund_key), missed=missed,
        put_right=put_right_by_fund(rows, charges, month, {line.id: line.words for line in lines}, standing, _why_late(connection, charges, month)),
        schedules=_grouped((row.fund, row) for row in billing.all_schedule_parts(connection, fund_key)),
        provider=registry.provider(connection), bodies=registry.body_of_funder(connection),
        ends=ends_by(connection, month, fund_key), kept=left_on(connection, month.last, fund_key),
        bills=bills_posted(connection, fund_key), over_cap=over_the_cap(connection, month, planned) if planned else {},
        own_parts=own_parts(connection, month, agreements.fundings, charges, funders, fund_key), practice=registry.is_practice(connection))


def _why_late(connection: Connection, charges: Sequence[Charge], month: Month) -> Mapping[int, str]:
    """Why what support of earlier months is charged in place of was put back."""
    late = [charge.support_on for charge in charges if charge.support_on < month.first]
    return deliveries.why_put_back(connection, min(late), max(late)) if late else {}


def moved(row: Row[Any], undoes: str = "") -> Moved:
    """A stored entry as a statement reads it; `undoes` is the kind of event that it takes back."""
    inside = (row.debit_role in INSIDE_MONEY_HELD) - (row.credit_role in INSIDE_MONEY_HELD)
    return Moved(event_kind=row.event_kind, event_words=row.words, happened_on=date.fromisoformat(row.happened_on),
                 money_held_effect=row.amount * inside if row.unit == Unit.PENCE else 0, is_reversal=row.reverses_id is not None,
                 plan_line_id=row.plan_line_id, debit_role=row.debit_role, credit_role=row.credit_role, amount=row.amount,
                 unit=Unit(row.unit), undoes=undoes)


def _facts(books: _Books, fund: Row[Any]) -> StatementFacts:
    fundings = books.fundings.get(fund.key, [])
    lines, month, mine = books.lines.get(fund.key, []), books.month, books.standing.of(fund.key)
    flows, ends = [*books.flows.get(fund.key, []), *mine.flows], books.ends.get(fund.key, Ends())
    lines = ends.lines(lines)
    budgets = _budgets(books, fund.key, flows, fundings, lines)
    delivered_from = _delivered_from(books, fund.key, budgets, lines)
    payers = sorted({one.funder for one in fundings if one.period.overlap(month.period)})
    return StatementFacts(
        fund_key=fund.key, fund_kind=FundKind(fund.kind), person=books.people[fund.person], provider=books.provider["name"], month=month,
        opening_pence=books.opening.get(fund.key, 0), moves=[*books.moves.get(fund.key, []), *mine.moves], lines=lines, rates=books.rates,
        by_delivery=frozenset(line.id for line in lines if _is_by_delivery(line, fundings)), charges=mine.charged,
        delivered_from=delivered_from, delivered=books.standing.delivered(fund.key, mine.given, delivered_from), budgets=budgets,
        paid_for=_paid_for(books, fund.key, flows) if ends.ended_on is None else [], carried_pence=_balance(flows, "borne"),
        bills_pence=-_balance(flows, "owed_supplier"),
        bought=_bought(books, fund.key, budgets, delivered_from), over_cap=books.over_cap.get(fund.key, ()),
        set_aside=books.kept.get(fund.key, ()), changes=_changes(books.moves.get(fund.key, [])), missed=books.missed.get(fund.person, []),
        own_parts=books.own_parts.get(fund.key, ()),
        put_right=books.put_right.get(fund.key, []), funders=[books.funders[payer] for payer in payers],
        contacts=_contacts(books, payers), draft=True, practice=books.practice, closed=ends.closed_on is not None)


def _changes(moves: Iterable[Moved]) -> list[str]:
    """Each later version of a contract’s split, and each credit of an instalment, that changed what somebody promises this fund, said once."""
    return list(dict.fromkeys(f"{move.event_words}." for move in moves if move.event_kind in PROMISED_OTHERWISE and move.unit is Unit.PENCE))


def _goes_on(books: _Books, fund_key: str) -> bool:
    """Whether somebody pays in the fund in this month; a fund that was closed before it has had its last statement."""
    closed_on = books.ends.get(fund_key, Ends()).closed_on
    still_open = closed_on is None or closed_on in books.month.period
    return still_open and any(one.period.overlap(books.month.period) for one in books.fundings.get(fund_key, []))


def _budgets(books: _Books, fund_key: str, flows: Sequence[ledger.Flow], fundings: Sequence[Funding],
             lines: Sequence[PlanLine]) -> list[BudgetPeriod]:
    """The council's year, or the provider's for what is paid by delivery; before a start where only the money held is known, nothing."""
    periods = sorted({Period(date.fromisoformat(row.contract_first), date.fromisoformat(row.contract_last))
                      for row in books.schedules.get(fund_key, [])})
    brought = _brought_over(flows)
    if not periods and (planned := _planned_year(books.month, fundings, lines)):
        periods = [planned]
    ends = books.ends.get(fund_key, Ends())
    found = [BudgetPeriod(within, _sum(flows, PROMISES, period, brought) - ends.released(flows, period), _sum(flows, USED, period))
             for period in periods if (within := ends.within(period))]
    return [*(BudgetPeriod(Period(financial_year(day).first, day), None, None) for day in brought), *found]


def _brought_over(flows: Iterable[ledger.Flow]) -> list[date]:
    """The days on which money was brought over of which only that it was held is known."""
    sums: dict[date, int] = {}
    for flow in flows:
        if flow.roles == ("held", "available"):
            sums[flow.happened_on] = sums.get(flow.happened_on, 0) + flow.pence
    return [day for day, pence in sums.items() if pence]


def _planned_year(month: Month, fundings: Sequence[Funding], lines: Sequence[PlanLine]) -> Period | None:
    """The days of the financial year for which somebody pays by delivery and something is planned."""
    year = financial_year(month.last)
    paid = [both for one in fundings if (both := one.period.overlap(year))]
    planned = [both for line in lines if (both := line.period.overlap(year))]
    if not paid or not planned:
        return None
    return Period(min(one.first for one in paid), max(one.last for one in paid)).overlap(
        Period(min(one.first for one in planned), max(one.last for one in planned)))


def _sum(flows: Iterable[ledger.Flow], roles: Sequence[tuple[str, str]], period: Period, brought: Sequence[date] = ()) -> int:
    """Pence that moved between these roles for days of the period; money brought over the day before it counts in it."""
    return sum(flow.pence for flow in flows if flow.roles in roles and (
        flow.happened_on in period or (flow.happened_on in brought and flow.happened_on + ONE_DAY == period.first)))


def _bought(books: _Books, fund_key: str, budgets: Sequence[BudgetPeriod], delivered_from: date) -> Bought:
    """Bills by the line of the plan, paid in the budget’s year or not paid."""
    if fund_key not in books.bills:
        return Bought()
    current = [one.period.first for one in budgets if one.period.overlap(books.month.period)]
    last = books.month.last
    return books.bills[fund_key].within(Period(min(max(current, default=delivered_from), last), last))


def _delivered_from(books: _Books, fund_key: str, budgets: Sequence[BudgetPeriod], lines: Sequence[PlanLine]) -> date:
    """From when delivery is known line by line: the budget's first day, or the day on which the contract went live here."""
    live = [date.fromisoformat(row.live_from) for row in books.schedules.get(fund_key, [])
            if row.contract_first <= books.month.last.isoformat()]
    current = [one.period.first for one in budgets if one.period.overlap(books.month.period)]
    return max([*live, *current], default=min((line.period.first for line in lines), default=books.month.first))


def _is_by_delivery(line: PlanLine, fundings: Iterable[Funding]) -> bool:
    """Whether a line's own funder, or where none is named any funder, pays for it as it is given."""
    return any(one.how == BY_DELIVERY and line.funder in (None, one.funder) for one in fundings)


def _paid_for(books: _Books, fund_key: str, flows: Iterable[ledger.Flow]) -> list[tuple[Period, int]]:
    """The instalments that have been received, the oldest first: what came in pays them in their order."""
    received = _sum(flows, RECEIVED, Period(date.min, date.max))
    found = []
    for row in sorted(books.schedules.get(fund_key, []), key=lambda row: (row.from_on, row.contract, row.n)):
        received -= row.pence
        if received < 0:
            break
        found.append((Period(date.fromisoformat(row.from_on), date.fromisoformat(row.to_on)), row.pence))
    return found


def _balance(flows: Iterable[ledger.Flow], role: str) -> int:
    return sum(flow.pence * ((flow.roles[0] == role) - (flow.roles[1] == role)) for flow in flows)


def _contacts(books: _Books, payers: Iterable[str]) -> list[Contact]:
    """Whom to ask, in order: us, who pays, the Ombudsman. A council or the NHS is named though nobody there is known."""
    ours, ombudsman = books.provider.get("contact"), books.provider.get("ombudsman")
    found = [Contact(say("contacts.us"), ours["name"], ours["telephone"])] if ours else []
    for payer in payers:
        contact = (books.bodies.get(payer) or {}).get("contact")
        if contact and books.funders[payer].kind is not FunderKind.PERSON:
            name = say("contacts.payer-name", name=contact["name"], payer=books.funders[payer].name)
            found.append(Contact(say("contacts.payer"), name, contact["telephone"]))
        elif books.funders[payer].kind in (FunderKind.COUNCIL, FunderKind.ICB):
            found.append(Contact(say("contacts.payer"), books.funders[payer].name, ""))
    return [*found, Contact(say("contacts.ombudsman"), ombudsman["name"], ombudsman["telephone"])] if ombudsman else found


def _rates_of_lines(connection: Connection, agreements: Agreements, fund_key: str) -> dict[int, list[RatePeriod]]:
    by_code = _grouped((rate.code, RatePeriod(rate.period, rate.per, rate.pounds)) for rate in agreements.rates)
    return {line: by_code.get(code, []) for line, code in registry.rate_codes(connection, fund_key).items()}


def _grouped(pairs: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return found

"""The surplus of every fund whose terms limit one: how much is above what may stay, whose it is, and by when it must go back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from basics.errors import NotKnown
from basics.money import Money
from basics.people import FunderKind
from basics.periods import Month, Period
from isf.fund_terms import Base, FundTerms, Spent, Stays
from isf.surplus import PaidIn, by_when, cap, if_it_were, of_each, own, said_by_all, side_of, since, surplus, whose
from ringfence.actions.fund_cash import FundCash, days_of
from ringfence.actions.fund_terms_known import KnownTerms
from ringfence.actions.misspent_back import watched_apart
from ringfence.importing.fact_items_money import Earmark
from ringfence.store import billing, facts, registry, watched
from ringfence.store.watched import Flow

Charged = Sequence[tuple[str, str | None, int]]
"""What support cost: the month of it, the payer whom the line of the plan names, the pence."""
NOTHING: Mapping[str, Charged] = {}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the terms of a fund ask back, in pence, in one reading of them: what is above the cap of weeks of `base`, or with no base any surplus
    that has stayed since a day. Of several funders each has its `own` part of the surplus held against its own cap. `whose` is by payer. `by` is the
    day by which it must go back: none where the terms do not say how long it may stay, two where they do not say whether that is for any surplus.

    `if_spent`: the reading holds only if the terms meant this; `is_at_most`: nobody knows the funder’s own part, and it is no more than all.
    """

    base: Base | None
    cap: int
    over: int
    whose: Mapping[str, int]
    since: date
    by: tuple[date, ...]
    own: int
    if_spent: Spent | None = None
    is_at_most: bool = False


@dataclass(frozen=True, kw_only=True)
class Surplus:
    """A fund with more in it than its terms let stay. `is_open`: the terms do not say of which budget the weeks are, and that makes a
    difference; `readings` then has each in which something is above. `why_not` says why nobody knows whose it is, and `could_be` has whose it
    would be in each reading of the terms. `going_back` is on its way."""

    known: KnownTerms
    surplus: int
    going_back: int
    readings: tuple[Reading, ...]
    is_open: bool
    why_not: str
    could_be: Mapping[Spent, Mapping[str, int]]


@dataclass(frozen=True)
class _Asked:
    """What every fund is looked at with: the day, the day that support is charged to, and what kind of payer each is."""

    on: date
    charged_to: date
    payers: Mapping[str, FunderKind]


@dataclass(frozen=True)
class _Day:
    """The surplus of a fund at the end of a day, in pence, and what each payer had paid in by then."""

    on: date
    pence: int
    paid_in: list[PaidIn]


def surpluses(connection: Connection, on: date, closed: Month | None, known: Sequence[KnownTerms], funds: Mapping[str, FundCash],
              coming: Mapping[str, Charged] = NOTHING) -> list[Surplus]:
    """Every fund that has more in it than the terms of one of its funders let stay on a day, the most first.

    Support is charged by month end. So a day after the last closed month is looked at as that month left it, with what the bank shows since,
    and money for the days since is money for days to come. `coming` is what is about to be charged besides, as the month end that asks has it.
    """
    limited = [each for each in known if limits_surplus(each.terms) and each.fund in funds]
    if closed is None or not limited:
        return []
    asked = _Asked(on, min(on, closed.last), registry.funder_kinds(connection))
    some = [each for each in limited if surplus(funds[each.fund].held(asked.charged_to))]
    over = [each for each in some if _any_may_stay(each.terms) or any(most < surplus(funds[each.fund].held(asked.charged_to))
                                                                      for _, most in _caps(funds[each.fund], each, asked))]
    past = _past(connection, asked, funds, {each.fund for each in over}, coming)
    said = {each.fund: said_by_all(other.terms.contribution_spent for other in known if other.fund == each.fund) for each in over}
    found = [_surplus(each, said[each.fund], funds[each.fund], past[each.fund], asked) for each in over]
    return sorted((each for each in found if each.readings), key=lambda each: (-each.readings[0].over, each.known.fund, each.known.funder))


def limits_surplus(terms: FundTerms) -> bool:
    """Whether the terms say how much may stay, or how long."""
    return terms.surplus_weeks is not None or _any_may_stay(terms)


def _any_may_stay(terms: FundTerms) -> bool:
    return terms.surplus_stays is Stays.ANY_SURPLUS and terms.surplus_stays_weeks is not None


def funds_with_cash(connection: Connection, last: date) -> dict[str, FundCash]:
    """What stands in each individual service fund in which anything was posted by a day."""
    found = defaultdict[str, FundCash](FundCash)
    for each in watched_apart(connection, watched.flows_of_funds(connection, last), last):
        found[each.fund].flows.append(each)
    for row in billing.all_schedule_parts(connection):
        if row.fund in found:
            found[row.fund].parts.append(row)
    for key, funder, day, pence in watched.promised_beside_instalments(connection, last):
        if key in found:
            found[key].promised.append((funder, Period(day, day), pence))
    for key, funder, day, pence in watched.taken_on(connection, last):
        if key in found:
            found[key].taken_on.append((funder, Period(day, day), pence))
    for fact in facts.facts(connection, Earmark.kind):
        if fact.fund in found:
            days = Period(fact.from_on, date.fromisoformat(fact.said["until"]))
            found[fact.fund].earmarks.append((days, Money.parse(fact.said["pounds"]).pence))
    return found


def _past(connection: Connection, asked: _Asked, funds: Mapping[str, FundCash], over: Collection[str],
          coming: Mapping[str, Charged]) -> dict[str, list[_Day]]:
    """Some funds at the end of each month before the day that support is charged to, and on that day."""
    by_fund: dict[str, list[Flow]] = {key: [] for key in over}
    flows = watched.flows_by_month(connection, asked.charged_to, over)
    for each in watched_apart(connection, flows, asked.charged_to, by_month=True):
        by_fund[each.fund].append(each)
    charged, found = watched.charged_by_payer(connection, asked.on, over), {}
    for key, flows in by_fund.items():
        fund, days = funds[key], []
        for month in sorted({Month.parse(each.month) for each in flows}):
            if month.last < asked.charged_to:
                then = replace(fund, flows=[each for each in flows if each.month <= str(month)])
                days.append(_day(then, month.last, [each for each in charged.get(key, ()) if each[0] <= str(month)], asked))
        found[key] = [*days, _day(fund, asked.charged_to, [*charged.get(key, ()), *coming.get(key, ())], asked)]
    return found


def _day(fund: FundCash, on: date, charged: Iterable[tuple[str, str | None, int]], asked: _Asked) -> _Day:
    by_payer = defaultdict[str | None, int](int)
    for _, payer, pence in charged:
        by_payer[payer] += pence
    return _Day(on, surplus(fund.held(on)), fund.paid_in(on, asked.payers, by_payer))


def _caps(fund: FundCash, known: KnownTerms, asked: _Asked) -> list[tuple[Base, int]]:
    """The cap in each reading of the terms: of what this funder’s contract pays for the fund, and of all that it comes to for it."""
    weeks, begun = known.terms.surplus_weeks, [row for row in fund.parts if row.contract_first <= asked.charged_to.isoformat()]
    theirs = [row for row in begun if row.funder == known.funder]
    if weeks is None or not theirs:
        return []
    contract = max(theirs, key=lambda row: (row.contract_first, row.contract)).contract
    rows = [row for row in begun if row.contract == contract]
    days = sum(days_of(row).days for row in {row.n: row for row in rows if row.pence}.values())
    budgets = {Base.NET: sum(int(row.pence) for row in rows if row.funder == known.funder), Base.GROSS: sum(int(row.pence) for row in rows)}
    readings = [known.terms.surplus_base or Base.NET]
    if known.terms.surplus_base is None and budgets[Base.NET] != budgets[Base.GROSS]:
        readings.append(Base.GROSS)
    return [(base, cap(weeks, budgets[base], days)) for base in readings] if days else []


def _surplus(known: KnownTerms, spent: Spent | None, fund: FundCash, past: Sequence[_Day], asked: _Asked) -> Surplus:
    now, brought_over = past[-1], fund.brought_over()
    side = side_of(known.funder, asked.payers[known.funder], now.paid_in)
    is_whole = side >= {each.payer for each in now.paid_in}
    why_not, could_be = "", dict[Spent, dict[str, int]]()
    try:
        ways: Iterable[tuple[Spent | None, dict[str, int]]] = [(spent, whose(now.pence, now.paid_in, spent, brought_over))]
    except NotKnown as error:
        why_not, could_be = str(error), if_it_were(now.pence, now.paid_in, spent, brought_over)
        ways = could_be.items() if could_be and not is_whole else [(None, {})]
    caps, readings = _caps(fund, known, asked), list[Reading]()
    for way, owners in ways:
        own_past = [(day.on, _own(day, way, side, brought_over) if owners and not is_whole else day.pence) for day in past]
        found = _readings(known.terms, caps, own_past, own(owners, side), asked)
        readings += [replace(each, if_spent=way if why_not else None, is_at_most=bool(why_not) and not is_whole and way is None) for each in found]
    return Surplus(known=known, surplus=now.pence, going_back=fund.held(asked.charged_to).going_back, readings=tuple(readings),
                   is_open=len(caps) > 1, why_not=why_not, could_be=could_be)


def _own(day: _Day, spent: Spent | None, side: frozenset[str], brought_over: int) -> int:
    """What counted against one funder’s cap at the end of a day; a day of which nobody can say it counts as one without."""
    try:
        return sum(own(whose(day.pence, day.paid_in, spent, brought_over), side).values()) if day.pence else 0
    except NotKnown:
        return 0


def _readings(terms: FundTerms, caps: Sequence[tuple[Base, int]], past: Sequence[tuple[date, int]], owners: Mapping[str, int],
              asked: _Asked) -> list[Reading]:
    """What is above each cap, and what has stayed too long, of a surplus as it stood day by day."""
    found = [_reading(terms, base, most, past, owners) for base, most in caps if past[-1][1] > most]
    if _any_may_stay(terms) and past[-1][1]:
        stayed = _reading(terms, None, 0, past, owners)
        if min(stayed.by) <= asked.on:
            found.append(stayed)
    return found


def _reading(terms: FundTerms, base: Base | None, most: int, past: Sequence[tuple[date, int]], owners: Mapping[str, int]) -> Reading:
    """What is above `most` now; of any surplus, what has stayed all along since its first day."""
    first, always = since(past, most), since(past, 0)
    assert first is not None, "a fund is read only where its surplus is above what may stay"
    assert always is not None, "and then it has one"
    over = past[-1][1] - most if base else min(pence for day, pence in past if day >= first)
    weeks, by = terms.surplus_stays_weeks, tuple[date, ...]()
    if weeks is not None:
        begun = {Stays.ANY_SURPLUS: [always], Stays.ABOVE_THE_CAP: [first], None: [always, first]}[terms.surplus_stays]
        by = tuple(sorted({by_when(day, weeks) for day in begun}))
    return Reading(base=base, cap=most, over=over, whose=of_each(over, dict(owners)) if owners else {}, since=first, by=by, own=past[-1][1])

"""The surplus of every fund whose terms limit one: how much is above what may stay, whose it is, and by when it must go back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from basics.errors import NotKnown
from basics.money import Money
from basics.people import FunderKind
from basics.periods import Month, Period
from isf.fund_terms import Base, FundTerms, Spent, Stays
from isf.surplus import by_when, cap, of_each, since, surplus, whose
from ringfence.actions.fund_cash import FundCash, days_of
from ringfence.actions.fund_terms_known import KnownTerms
from ringfence.actions.misspent_back import watched_apart
from ringfence.store import billing, facts, registry, watched
from ringfence.store.watched import Flow


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the terms of a fund ask back, in pence, in one reading of them: what is above the cap of weeks of `base`, or with no base any surplus
    that has stayed since a day. `whose` is by payer. `by` is the day by which it must go back: none where the terms do not say how long it
    may stay, two where they do not say whether that is for any surplus."""

    base: Base | None
    cap: int
    over: int
    whose: Mapping[str, int]
    since: date
    by: tuple[date, ...]


@dataclass(frozen=True, kw_only=True)
class Surplus:
    """A fund with more in it than its terms let stay. `is_open`: the terms do not say of which budget the weeks are, and that makes a
    difference; `readings` then has each in which something is above. `why_not` says why nobody knows whose it is. `going_back` is on its way."""

    known: KnownTerms
    surplus: int
    going_back: int
    readings: tuple[Reading, ...]
    is_open: bool
    why_not: str


@dataclass(frozen=True)
class _Asked:
    """What every fund is looked at with: the day, the day that support is charged to, and what kind of payer each is (None: nobody asks)."""

    on: date
    charged_to: date
    payers: Mapping[str, FunderKind] | None


def surpluses(connection: Connection, on: date, closed: Month | None, known: Sequence[KnownTerms], funds: Mapping[str, FundCash],
              *, with_owners: bool = True) -> list[Surplus]:
    """Every fund that has more in it than its terms let stay on a day, the most first; without owners, nobody asks whose it is.

    Support is charged by month end. So a day after the last closed month is looked at as that month left it, with what the bank shows since,
    and money for the days since is money for days to come.
    """
    limited = [each for each in known if each.terms.surplus_weeks is not None or _any_may_stay(each.terms)]
    limited = [each for each in limited if each.fund in funds]
    if closed is None or not limited:
        return []
    kinds = {key: payer.kind for key, payer in registry.funders(connection).items()} if with_owners else None
    asked = _Asked(on, min(on, closed.last), kinds)
    some = [each for each in limited if surplus(funds[each.fund].held(asked.charged_to))]
    over = [each for each in some if _any_may_stay(each.terms) or any(most < surplus(funds[each.fund].held(asked.charged_to))
                                                                      for _, most in _caps(funds[each.fund], each, asked))]
    past = _past(connection, asked, funds, {each.fund for each in over})
    apart_of = {each.fund for each in over if each.terms.contribution_spent is Spent.APART} if with_owners else set[str]()
    apart = watched.charged_by_payer(connection, on, apart_of)
    found = [_surplus(each, funds[each.fund], past[each.fund], apart.get(each.fund, {}), asked) for each in over]
    return sorted((each for each in found if each.readings), key=lambda each: (-each.readings[0].over, each.known.fund, each.known.funder))


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
    for fact in facts.facts(connection, "earmark"):
        if fact.fund in found:
            days = Period(fact.from_on, date.fromisoformat(fact.said["until"]))
            found[fact.fund].earmarks.append((days, Money.parse(fact.said["pounds"]).pence))
    return found


def _past(connection: Connection, asked: _Asked, funds: Mapping[str, FundCash], over: Collection[str]) -> dict[str, list[tuple[date, int]]]:
    """The surplus of some funds at the end of each month before the day that support is charged to, and on that day."""
    by_fund: dict[str, list[Flow]] = {key: [] for key in over}
    flows = watched.flows_by_month(connection, asked.charged_to, over)
    for each in watched_apart(connection, flows, asked.charged_to, by_month=True):
        by_fund[each.fund].append(each)
    found = {}
    for key, flows in by_fund.items():
        fund, days = funds[key], []
        for month in sorted({Month.parse(each.month) for each in flows}):
            if month.last < asked.charged_to:
                then = replace(fund, flows=[each for each in flows if each.month <= str(month)])
                days.append((month.last, surplus(then.held(month.last))))
        found[key] = [*days, (asked.charged_to, surplus(fund.held(asked.charged_to)))]
    return found


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


def _surplus(known: KnownTerms, fund: FundCash, past: Sequence[tuple[date, int]], charged: Mapping[str | None, int], asked: _Asked) -> Surplus:
    held = fund.held(asked.charged_to)
    pence, owners, why_not = surplus(held), dict[str, int](), ""
    try:
        if asked.payers is not None:
            owners = whose(pence, fund.paid_in(asked.charged_to, asked.payers, charged), known.terms.contribution_spent, fund.brought_over())
    except NotKnown as error:
        why_not = str(error)
    caps = _caps(fund, known, asked)
    readings = [_reading(known.terms, base, most, past, owners) for base, most in caps if pence > most]
    if _any_may_stay(known.terms):
        stayed = _reading(known.terms, None, 0, past, owners)
        if min(stayed.by) <= asked.on:
            readings.append(stayed)
    return Surplus(known=known, surplus=pence, going_back=held.going_back, readings=tuple(readings), is_open=len(caps) > 1, why_not=why_not)


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
    return Reading(base=base, cap=most, over=over, whose=of_each(over, dict(owners)) if owners else {}, since=first, by=by)

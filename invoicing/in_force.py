"""What is agreed on a day: the line of the plan, who pays for it and on which terms, and the rate. Indexed once for many visits."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from basics.periods import ONE_DAY, Period
from invoicing.bearing import refuse_unclear
from invoicing.delivery import BY_DELIVERY, Agreements, Funding, House, PlannedSupport, Rate, Terms
from invoicing.finding import Cause, Stopped
from invoicing.not_given import Absence
from invoicing.price_list import OnHolidays, rate_of_day
from invoicing.terms import CHARGING_TERMS, LISTS, require

ONE_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed for one person's support on a day: its line of the plan, its payers in the order of their names, the terms."""

    line: PlannedSupport
    payers: tuple[Funding, ...]
    terms: Terms


@dataclass(frozen=True, slots=True)
class _Steps:
    """The days on which what is agreed for somebody's support may change, and what was found to be agreed since each of them."""

    days: list[date]
    agreed: dict[int, Agreed] = field(default_factory=dict)


class InForce:
    """The agreements, found by day. Each of its questions raises `Stopped` where there is not exactly one answer."""

    def __init__(self, agreements: Agreements) -> None:
        self._lines: defaultdict[tuple[str, str], list[PlannedSupport]] = defaultdict(list)
        self._funds: defaultdict[str, set[str]] = defaultdict(set)
        for line in sorted(agreements.plan, key=lambda line: (line.period, line.id)):
            self._lines[line.person, line.support_type].append(line)
            self._funds[line.person].add(line.fund)
        self._fundings: defaultdict[str, list[Funding]] = defaultdict(list)
        for funding in sorted(agreements.fundings, key=lambda funding: (funding.funder, funding.period, funding.how)):
            self._fundings[funding.fund].append(funding)
        self._terms: defaultdict[str, list[Terms]] = defaultdict(list)
        for terms in sorted(agreements.terms, key=lambda terms: terms.from_on, reverse=True):
            self._terms[terms.name].append(terms)
        self._rates: defaultdict[str, list[Rate]] = defaultdict(list)
        for rate in agreements.rates:
            self._rates[rate.code].append(rate)
        self._houses = {house.reference: house for house in agreements.houses}
        self._absences: defaultdict[str, list[Absence]] = defaultdict(list)
        for absence in agreements.absences:
            self._absences[absence.person].append(absence)
        self._rate_on: dict[tuple[str, date], Rate] = {}
        self._steps: dict[tuple[str, str], _Steps] = {}
        self._holders: dict[tuple[str, date], tuple[str | None, ...]] = {}

    def house(self, subject: str) -> House | None:
        """The shared house of that reference; None where it is a person's."""
        return self._houses.get(subject)

    def holders(self, house: House, day: date) -> tuple[str | None, ...]:
        """Who holds each place of the house on that day, place 1 first; None for an empty one."""
        if (house.reference, day) not in self._holders:
            self._holders[house.reference, day] = tuple(house.holder(place, day) for place in range(1, house.places + 1))
        return self._holders[house.reference, day]

    def absence(self, person: str, day: date) -> Absence | None:
        """Why somebody is away on that day; the longest, where two say so."""
        return min((one for one in self._absences.get(person, ()) if day in one), key=lambda one: one.first, default=None)

    def support(self, person: str, support_type: str, day: date) -> Agreed:
        """The line of the person's plan for that support, its payers and its terms: looked up once for all days between two changes."""
        steps = self._steps_of(person, support_type)
        step = bisect_right(steps.days, day)
        found = steps.agreed.get(step)
        if found is None:
            found = steps.agreed[step] = self._support(person, support_type, day)
        return found

    def changes(self, person: str, support_type: str) -> Sequence[date]:
        """The days from which something else may be agreed for that support, the earliest first."""
        return self._steps_of(person, support_type).days

    def _steps_of(self, person: str, support_type: str) -> _Steps:
        found = self._steps.get((person, support_type))
        if found is None:
            found = self._steps[person, support_type] = _Steps(self._changes(person, support_type))
        return found

    def _changes(self, person: str, support_type: str) -> list[date]:
        lines = self._lines.get((person, support_type), ())
        fundings = [funding for fund in {line.fund for line in lines} for funding in self._fundings.get(fund, ())]
        terms = [terms.from_on for name in {funding.terms for funding in fundings} for terms in self._terms.get(name, ())]
        return sorted({*_first_days([*(line.period for line in lines), *(funding.period for funding in fundings)]), *terms})

    def _support(self, person: str, support_type: str, day: date) -> Agreed:
        line = self._line(person, support_type, day)
        fundings = self._named_payer(line, day) if line.funder else self._payers_by_share(line, day)
        terms = self._shared_terms(line, fundings, day)
        if sum(not funding.weekly for funding in fundings) > 1:
            require(terms, ("funder_share",), day)
        return Agreed(line, tuple(fundings), terms)

    def rate(self, code: str, day: date) -> Rate:
        """The rate of that code on that day."""
        found = self._rate_on.get((code, day))
        if found is None:
            found = self._rate_on[code, day] = self._find_rate(code, day)
        return found

    def price(self, code: str, terms: Terms, day: date) -> Rate:
        """The rate that holds on that day for support whose plan line names `code`: of the day, where the terms list one for it."""
        listed = terms.price_list(code)
        if listed is None and terms.public_holiday_days is None:
            return self.rate(code, day)
        found = self.rate(rate_of_day(listed, code, day, OnHolidays(terms.name, terms.public_holiday_days, terms.nation)), day)
        if listed and listed.public_holiday_times and found.code == listed.public_holiday:
            _hold_to_multiple(found, self.rate(code, day), listed.public_holiday_times, terms.name, day)
        return found

    def terms(self, name: str, day: date) -> Terms:
        """The latest version of those terms that had begun by that day."""
        for terms in self._terms.get(name, ()):
            if terms.from_on <= day:
                return terms
        raise Stopped(Cause(f"The terms “{name}” say nothing for {{days}}.",
                            f"Add the terms “{name}”, from {{from}} or before, to an apply file.", day))

    def funding(self, fund: str, funder: str, first: date, last: date) -> Funding:
        """The latest promise of that funder in that fund that bears on those days."""
        found = [one for one in self._fundings.get(fund, ())
                 if one.funder == funder and one.period.first <= last and first <= one.period.last]
        if not found:
            raise Stopped(_no_funding(f"the fund {fund} for {funder}", last))
        return max(found, key=lambda one: (one.period, one.how))

    def fundings(self, fund: str, day: date) -> list[Funding]:
        """Every promise in that fund on that day, in the order of the funders."""
        return [funding for funding in self._fundings.get(fund, ()) if day in funding.period]

    def _line(self, person: str, support_type: str, day: date) -> PlannedSupport:
        lines = [line for line in self._lines.get((person, support_type), ()) if day in line.period]
        if len(lines) == 1:
            return lines[0]
        if lines:
            both = " and ".join(f"“{line.words}” (line {line.id})" for line in lines)
            raise Stopped(Cause(f"{len(lines)} lines of the plan cover {support_type} for {person} on {{days}}: {both}.",
                                "End one of them before that day, in an apply file.", day))
        if not any(day in funding.period for fund in self._funds.get(person, ()) for funding in self._fundings.get(fund, ())):
            raise Stopped(_no_funding(person, day))
        raise Stopped(Cause(f"No line of the plan covers {support_type} for {person} on {{days}}.",
                            "Add a line to the plan, from {from}, to an apply file; or correct the type of support.", day))

    def _named_payer(self, line: PlannedSupport, day: date) -> list[Funding]:
        all_of_day = self.fundings(line.fund, day)
        fundings = [funding for funding in all_of_day if funding.funder == line.funder]
        if not fundings:
            whose = f"{line.person} for {line.funder} in the fund {line.fund}" if all_of_day else line.person
            raise Stopped(_no_funding(whose, day))
        _refuse_twice(line, fundings, day)
        off = [one for one in all_of_day if one.bears_on == line.funder] if fundings[0].how == BY_DELIVERY and not fundings[0].weekly else []
        return sorted([*fundings, *off], key=lambda one: one.funder)

    def _payers_by_share(self, line: PlannedSupport, day: date) -> list[Funding]:
        all_of_day = self.fundings(line.fund, day)
        if not all_of_day:
            raise Stopped(_no_funding(line.person, day))
        fundings = [funding for funding in all_of_day if funding.how == BY_DELIVERY]
        if not fundings:
            raise Stopped(Cause(
                f"“{line.words}” (line {line.id}) of {line.person} names no funder, and nobody pays for the fund {line.fund} by delivery "
                "on {days}.", "Name the funder on that line of the plan, in an apply file.", day))
        _refuse_twice(line, fundings, day)
        total = sum((funding.share for funding in fundings), Decimal(0))
        if total != ONE_HUNDRED:
            shares = ", ".join(f"{funding.funder} {funding.share.normalize():f}" for funding in fundings)
            raise Stopped(Cause(f"The shares of the fund {line.fund} add to {total.normalize():f} and not to 100 on {{days}}: {shares}.",
                                "Correct the shares of its fundings, in an apply file.", day))
        refuse_unclear(fundings, day)
        return fundings

    def _shared_terms(self, line: PlannedSupport, fundings: list[Funding], day: date) -> Terms:
        """The terms of the first payer; several payers must agree on everything that decides what a visit is charged at."""
        first = self.terms(fundings[0].terms, day)
        for other in fundings[1:]:
            terms = self.terms(other.terms, day)
            differ = [name for name in (*CHARGING_TERMS, *LISTS) if getattr(terms, name) != getattr(first, name)]
            if differ:
                raise Stopped(Cause(
                    f"The terms “{first.name}” and “{terms.name}” share the fund {line.fund} and differ on {', '.join(differ)}.",
                    "Agree one reading with these funders, and put it in both terms in an apply file.", day))
        return first

    def _find_rate(self, code: str, day: date) -> Rate:
        rates = [rate for rate in self._rates.get(code, ()) if day in rate.period]
        if len(rates) == 1:
            return rates[0]
        if not rates:
            raise Stopped(Cause(f"The rate “{code}” is not given for {{days}}.",
                                f"Add a rate for “{code}” from {{from}} to an apply file.", day))
        both = " and ".join(f"£{rate.pounds} ({rate.period})" for rate in sorted(rates, key=lambda rate: (rate.period, rate.pounds)))
        raise Stopped(Cause(f"The rate “{code}” is given {len(rates)} times for {{days}}: {both}.",
                            "End one of them before that day, in an apply file.", day))


def _hold_to_multiple(found: Rate, usual: Rate, times: Decimal, terms: str, day: date) -> None:
    if found.pounds != usual.pounds * times:
        raise Stopped(Cause(f"The rate “{found.code}” is £{found.pounds} on {{days}}, and the terms “{terms}” say {times.normalize():f} times "
                            f"“{usual.code}”, £{usual.pounds * times}.", "Correct the rate, or public_holiday_times, in an apply file.", day))


def _first_days(periods: Iterable[Period]) -> Iterable[date]:
    """The first day of each, and the first after it."""
    for period in periods:
        yield period.first
        if period.last < date.max:
            yield period.last + ONE_DAY


def _no_funding(whose: str, day: date) -> Cause:
    return Cause(f"No funding covers {whose} on {{days}}.", "Add it under “fundings” in an apply file, from {from} or before.", day)


def _refuse_twice(line: PlannedSupport, fundings: list[Funding], day: date) -> None:
    for one, other in pairwise(fundings):
        if one.funder == other.funder:
            raise Stopped(Cause(
                f"{one.funder} pays for the fund {line.fund} twice on {{days}}: by {one.how} ({one.period}) and by {other.how} "
                f"({other.period}).", "End one of these fundings before that day, in an apply file.", day))

"""Our figures for the cases of people's money: contracts divided, costs shared, weekly sums turned into months and years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from basics.money import Money
from basics.people import FunderKind
from basics.periods import Month, Period, financial_year, four_weekly
from basics.rounding import MINUTES_PER_HOUR, line
from basics.share import share
from invoicing.late_payment import late_payment
from isf.layers import House, Layer, LayerUnit, layers_cost
from isf.split import Claim, Method, Split, TopSlice, split
from isf.weekly import PeriodRounding, WeeklyBasis, weekly_sum, weekly_sums
from ringfence.importing.cases_file import CaseFile

Found = dict[str, Decimal]


def divided(case: CaseFile) -> Found:
    """A contract among people, by name or by number; again after a top-slice; and what is left for the others once somebody takes their part."""
    given = case.inputs
    method, people = Method(given["method"]), given["people"]
    claims = _claims(method, people if isinstance(people, Mapping) else {f"P{n:03d}": 1 for n in range(people)})
    plain = split(_pence(given["sum"]), method, claims)
    found = {"All": Money(plain.allocated_pence).pounds, **_parts(plain)}
    found |= {f"How many have {Money(pence)}": Decimal(count) for pence, count in Counter(each.pence for each in plain.allocations).items()}
    if "top_slice_percent" in given:
        after = split(plain.contract_pence, method, claims, [TopSlice("kept back", percent=Decimal(given["top_slice_percent"]))])
        found |= {"Top-slice": Money(after.top_sliced_pence).pounds} | _parts(after, ", after the top-slice")
    return found | (_without(given["leaver"], plain, claims) if "leaver" in given else {})


def layers(case: CaseFile) -> Found:
    """A house for a week: what it shares divided by its places, and everybody's own on top; and the same sum split by these costs."""
    given = case.inputs
    shared = Layer("Shared hours", LayerUnit.HOUR, Decimal(given["shared_hours"]), given["shared_rate_per_hour"])
    sleep_ins = Layer("Sleep-ins", LayerUnit.NIGHT, Decimal(given["sleep_ins"]), given["rate_per_sleep_in"])
    own = {person: [Layer("One to one", LayerUnit.HOUR, Decimal(hours), given["own_rate_per_hour"])] for person, hours in given["own_hours"].items()}
    costs = layers_cost([House("house", tuple(own), (shared, sleep_ins))], own)
    pence = {person: cost.pence_per_week for person, cost in costs.items()}
    again = split(sum(pence.values()), Method.LAYERS, [Claim(person=person, cost_pence=cost) for person, cost in pence.items()])
    found = {f"{person}: {name}": Money(part).pounds for person, cost in costs.items() for name, part in cost.lines}
    return found | _pounds(pence) | {"House": Money(sum(pence.values())).pounds} | _parts(again, ", of the same sum split")


def ratio(case: CaseFile) -> Found:
    """Workers with people, for some hours at a rate: the hours of staff, what they cost, and each person's part, an hour and in all."""
    rate, found = case.inputs["rate_per_hour"], dict[str, Decimal]()
    for name, visit in case.inputs["visits"].items():
        people = {f"person {n}": 1 for n in range(1, visit["people"] + 1)}
        hours = visit["workers"] * visit["hours"]
        cost, an_hour = line(rate, hours), line(rate, visit["workers"])
        found |= {f"{name}: staff hours": Decimal(hours), f"{name}: cost": cost.pounds}
        found |= _pounds(share(cost.pence, people), f"{name}: ")
        found |= _pounds(share(an_hour.pence, people), f"{name}, an hour: ")
    return found


def shares(case: CaseFile) -> Found:
    """Hours among funders by their percentages; or each of some sums."""
    percent, given = case.inputs["percent"], case.inputs
    if "hours" in given:
        return {funder: Decimal(part) / MINUTES_PER_HOUR for funder, part in share(given["hours"] * MINUTES_PER_HOUR, percent).items()}
    return {name: amount for what, pounds in given["sums"].items() for name, amount in _pounds(share(_pence(pounds), percent), f"{what}: ").items()}


def of_weekly_sums(case: CaseFile) -> Found:
    """A weekly sum over four weeks, a month and a year, in each way that a contract may say."""
    weekly, starts = case.inputs["weekly"], case.inputs["year_starts"]
    year, month, four_weeks = financial_year(starts), Month.of(starts).period, four_weekly(starts, 1)
    ways = {"Four weeks": (four_weeks, WeeklyBasis.FOUR_WEEKS), "13 periods of four weeks": (year, WeeklyBasis.FOUR_WEEKS),
            "Month, x 52/12": (month, WeeklyBasis.MONTH_52_12), "Month, x 365/7/12": (month, WeeklyBasis.MONTH_365_7_12),
            "Year, x 365/7": (year, WeeklyBasis.YEAR_365_7)}
    return {name: weekly_sum(weekly, period, basis).pounds for name, (period, basis) in ways.items()}


def part_month(case: CaseFile) -> Found:
    """A fund that starts within a month: that month and the next, in each way that a contract may say."""
    weekly, starts = case.inputs["weekly"], case.inputs["starts"]
    first = Period(starts, Month.of(starts).last)
    months = [first, Month.of(first.last + timedelta(days=1)).period]
    contribution = weekly_sum(case.inputs["contribution_weekly"], first, WeeklyBasis.DAILY)
    alone, cumulative = (weekly_sums(weekly, months, WeeklyBasis.DAILY, rounding) for rounding in PeriodRounding)
    found = {"First month, by days": alone[0], "First month, contribution": contribution, "First month, council net": alone[0] - contribution,
             "Second month, by days": alone[1], "First month, by days, cumulative": cumulative[0],
             "Second month, by days, cumulative": cumulative[1], "Both, by days, cumulative": Money.total(cumulative),
             "First month, x 52/12": weekly_sum(weekly, first, WeeklyBasis.MONTH_52_12),
             "First month, x 365/7/12": weekly_sum(weekly, first, WeeklyBasis.MONTH_365_7_12)}
    return {name: amount.pounds for name, amount in found.items()}


def paid_late(case: CaseFile) -> Found:
    """An invoice to a council whose parts were or are so many days late: the interest, the fixed sum, and both."""
    parts = [(_pence(part["pounds"]), int(part["days_late"])) for part in case.inputs["parts"]]
    added = late_payment(FunderKind.COUNCIL, parts, case.inputs["base_rate_percent"])
    if added is None:
        return {"Together": Decimal(0)}
    return {"Interest": Money(added.interest_pence).pounds, "Fixed sum": Money(added.fixed_pence).pounds, "Together": Money(added.total_pence).pounds}


def _claims(method: Method, people: Mapping[str, Decimal | int]) -> list[Claim]:
    if method is Method.HOURS:
        return [Claim(person=person, minutes=int(hours * MINUTES_PER_HOUR)) for person, hours in people.items()]
    return [Claim(person=person, points=Decimal(points)) for person, points in people.items()]


def _without(leaver: str, before: Split, claims: Sequence[Claim]) -> Found:
    """The others once the leaver takes their part with them, and the hours of the house before and after."""
    part = next(each.pence for each in before.allocations if each.person == leaver)
    after = split(before.allocated_pence - part, before.method, [claim for claim in claims if claim.person != leaver])
    hours = {f"Hours {when}": Decimal(sum(each.minutes or 0 for each in found.allocations)) / MINUTES_PER_HOUR
             for when, found in (("before", before), ("after", after))}
    return {**_parts(after, ", after"), **hours}


def _parts(found: Split, ending: str = "") -> dict[str, Decimal]:
    return {f"{each.person}{ending}": Money(each.pence).pounds for each in found.allocations}


def _pounds(parts: Mapping[str, int], before: str = "") -> dict[str, Decimal]:
    return {f"{before}{key}": Money(pence).pounds for key, pence in parts.items()}


def _pence(pounds: Decimal) -> int:
    return Money.parse(str(pounds)).pence

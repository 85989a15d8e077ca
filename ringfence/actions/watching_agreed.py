"""The lines of the watch list that are about what was agreed: reviews, what ends, agreements that are missing, and support that did not come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from basics.money import Money
from basics.periods import Month, Period
from invoicing.delivery import Funding
from isf.accounts import FundKind
from isf.holding import NEEDS_AGREEMENT
from isf.plan import Measure, PlanLine, planned
from isf.position import Delivered
from isf.review_schedule import next_review
from isf.set_aside import Kept
from isf.watch import FEW, SOON, OfFund, Planned, Watched, ends, last_day_of, no_agreement, review_due, under_delivery
from ringfence.actions.fund_ends import ends_by
from ringfence.actions.fund_terms_known import KnownTerms
from ringfence.store import closings, listing, registry
from ringfence.store.facts import Fact

Funds = Mapping[str, OfFund]
Names = Mapping[str, str]


def review_lines(known: Iterable[KnownTerms], reviews: Iterable[Fact], fundings: Iterable[Funding], plan: Iterable[PlanLine], of: Funds,
                 payers: Names, on: date) -> Iterator[Watched]:
    """Reviews that are due: the day that was agreed at the last one, or else what each funder’s terms ask for."""
    held, starts, plans = _by_fund(reviews), dict[tuple[str, str], date](), defaultdict[str, list[PlanLine]](list)
    for paid in fundings:
        starts[paid.fund, paid.funder] = min(paid.period.first, starts.get((paid.fund, paid.funder), paid.period.first))
    for line in plan:
        plans[line.fund].append(line)
    agreed = {key: date.fromisoformat(facts[-1].said["next_on"]) for key, facts in held.items() if facts[-1].said.get("next_on")}
    for key, day in agreed.items():
        if key in of and (due := review_due(of[key], Period(day, day), on, whose="what was agreed at the last review")):
            yield due
    for each in known:
        start, schedule = starts.get((each.fund, each.funder)), each.terms.review_schedule
        if each.fund not in of or each.fund in agreed or start is None or schedule is None:
            continue
        days = [fact.from_on for fact in held.get(each.fund, [])]
        wanted = next_review(schedule, start, days, [day for day in _changes(plans[each.fund]) if start < day <= on])
        if wanted and (due := review_due(of[each.fund], wanted, on, whose=f"the terms of {payers[each.funder]}")):
            yield due


def _changes(lines: Iterable[PlanLine]) -> Iterator[date]:
    """The days on which a plan changed: a line that is new, or is of another amount than before."""
    by_line = defaultdict[str, list[PlanLine]](list)
    for line in lines:
        by_line[line.reference].append(line)
    for versions in by_line.values():
        before = None
        for line in sorted(versions, key=lambda each: each.period):
            if before is None or (before.per_week, before.support_type) != (line.per_week, line.support_type):
                yield line.period.first
            before = line


def under_lines(plan: Iterable[PlanLine], given: Mapping[int, Delivered], compared: Period | None, of: Funds) -> Iterator[Watched]:
    """People who had less support than was agreed. `given` is what stands charged, by the line of the plan. A plan that began later is compared
    from its first day."""
    if compared is None:
        return
    by_fund: dict[str, dict[tuple[str, Measure], list[PlanLine]]] = defaultdict(lambda: defaultdict(list))
    for line in plan:
        if line.fund in of and line.period.overlap(compared):
            by_fund[line.fund][line.reference, line.measure].append(line)
    for key, lines in by_fund.items():
        first = max(compared.first, min(line.period.first for versions in lines.values() for line in versions))
        found = [_planned(versions, given, compared) for versions in lines.values()]
        if short := under_delivery(of[key], found, Period(first, compared.last), since_the_plan_began=first > compared.first):
            yield short


def _planned(versions: Sequence[PlanLine], given: Mapping[int, Delivered], compared: Period) -> Planned:
    days, measure = sum(both.days for each in versions if (both := each.period.overlap(compared))), versions[-1].measure
    came = sum(given.get(each.id, Delivered()).of(measure) for each in versions)
    return Planned(versions[-1].words, sum(planned(each, compared) for each in versions), came, days, measure)


def ending_lines(fundings: Iterable[Funding], terms: Iterable[Fact], of: Funds, payers: Names, on: date) -> Iterator[Watched]:
    """Fundings and terms of funds that end, with nothing after them. Many that end on one day are one line."""
    last_paid, last_terms = dict[tuple[str, str], date](), dict[tuple[str, str], date]()
    for each in fundings:
        key = each.fund, each.funder
        last_paid[key] = max(each.period.last, last_paid.get(key, date.min))
    for fact in terms:
        last_terms[fact.fund, fact.said["funder"]] = date.fromisoformat(fact.said.get("until", date.max.isoformat()))
    for what, found, to_do in (("What {} pays", last_paid, "Agree what follows, and bring the funding in with an apply file"),
                               ("Terms of {}", last_terms, "Ask for the next, and bring them in with an apply file")):
        together = defaultdict[tuple[str, date], list[OfFund]](list)
        for (fund, payer), last in found.items():
            if fund in of and abs(last - on) <= SOON:
                together[payer, last].append(of[fund])
        for (payer, last), funds in together.items():
            for one in funds if len(funds) <= FEW else [OfFund("", f"{len(funds)} people")]:
                yield from filter(None, [ends(what.format(payers[payer]), last, on, to_do, one)])


def earmark_lines(earmarks: Iterable[Fact], of: Funds, on: date) -> Iterator[Watched]:
    """Earmarks in force that end soon: what is left of them then counts as surplus."""
    for fact in earmarks:
        last, pounds = date.fromisoformat(fact.said["until"]), Money.parse(fact.said["pounds"])
        if fact.fund in of and pounds and last >= on and (line := ends(
                f"The earmark of {pounds} for “{fact.said['words']}”", last, on, "Spend it, agree it anew, or it counts as surplus", of[fact.fund])):
            yield line


def aside_lines(kept: Mapping[str, Sequence[Kept]], of: Funds, on: date) -> Iterator[Watched]:
    """What is set aside and left near its last day, or past it."""
    for key, found in kept.items():
        for each in found if key in of else ():
            yield from filter(None, [last_day_of(of[key], each.reference, each.how_much, each.until, on)])


def agreement_lines(holdings: Iterable[Fact], agreements: Sequence[Fact], of: Funds, on: date) -> Iterator[Watched]:
    """Budgets that somebody else holds with no agreement in force, and agreements that end."""
    in_force = {fact.fund for fact in agreements if fact.from_on <= on and fact.said.get("until", on.isoformat()) >= on.isoformat()}
    standing = {fact.fund: fact for fact in holdings if fact.from_on <= on}
    for key, fact in standing.items():
        if key in of and fact.said["way"] in NEEDS_AGREEMENT and key not in in_force and fact.said.get("until", on.isoformat()) >= on.isoformat():
            yield no_agreement(of[key], fact.said["held_by"], fact.from_on)
    last = {fact.fund: fact for fact in sorted(agreements, key=lambda fact: str(fact.said.get("until", date.max)))}
    for key, fact in last.items():
        if key in of and (until := fact.said.get("until")):
            yield from filter(None, [ends(f"The agreement that {fact.said['who']} decides", date.fromisoformat(until), on,
                                          "Ask for the next, and bring it in with an apply file", of[key])])


def funds_watched(connection: Connection) -> tuple[dict[str, OfFund], set[str]]:
    """Every person’s fund that is not closed, with who it is about; and which of them are held for a person."""
    closed = closings.closed_funds(connection)
    rows = [row for row in listing.every_fund(connection) if row.person and row.key not in closed]
    return ({row.key: OfFund(row.key, f"{row.known_as}, {row.person}") for row in rows}, {row.key for row in rows if row.kind == FundKind.ISF})


def still_supported(connection: Connection, of: Funds, on: date) -> dict[str, OfFund]:
    """Those of the funds whose support goes on: of the others only their money is told."""
    ended = {key for key, each in ends_by(connection, Month.of(on)).items() if each.ended_on is not None and each.ended_on < on}
    return {key: each for key, each in of.items() if key not in ended}


def first_fund(of: Funds, person: str) -> OfFund | None:
    """A person’s fund that is still open, an individual service fund before any other; None where they have none."""
    return next((of[key] for kind in (FundKind.ISF, FundKind.SPOT) if (key := registry.fund_key(person, kind)) in of), None)


def _by_fund(found: Iterable[Fact]) -> dict[str, list[Fact]]:
    by_fund = defaultdict[str, list[Fact]](list)
    for fact in found:
        by_fund[fact.fund].append(fact)
    return by_fund

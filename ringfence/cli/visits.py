"""`ringfence visit`: why one visit costs what it does, what stands charged, and what was ever said of it. `ringfence visits` lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import Month, day_in_figures, day_in_words, day_of, minutes_in_words
from invoicing.why import Explained
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.visits import Charged, Version, VisitListed, VisitsFound, VisitTold, Wanted, find_visits, visit_told
from ringfence.cli.common import As, Database, Json, acting, show


def visit(
    reference: Annotated[str, typer.Argument(metavar="VISIT", help="The reference of the visit, like V-1001.")],
    carer: Annotated[str, typer.Option("--carer", metavar="CARER", help="Only what this carer gave.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Say why a visit costs what it does: each step with the terms that decided it, what stands charged, and its history."""
    with acting(database, user) as who:
        told = visit_told(who, reference, carer)
    show(as_data(told), _in_words(told), as_json=json_)


def visits(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="Those of which month, like 2026-10.")],
    differs: Annotated[bool, typer.Option("--differs", help="Only those whose time given is not the time planned.")] = False,
    without_reason: Annotated[bool, typer.Option("--without-reason", help="Only those that differ and of which nobody said why.")] = False,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="How many to list; the totals are of all.")] = 50,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List the visits of a month, with the totals of all that are found."""
    days = Month.parse(month).period
    wanted = Wanted(days.first, days.last, differs=True if differs or without_reason else None, reason=False if without_reason else None)
    with acting(database, user) as who:
        found = find_visits(who, wanted, most=most)
    show(_list_as_data(found), _list_in_words(found), as_json=json_)


def _list_in_words(found: VisitsFound) -> Iterator[str]:
    yield (f"{found.count:,} {'row of a visit' if found.count == 1 else 'rows of visits'}: {minutes_in_words(found.planned_minutes)} planned, "
           f"{minutes_in_words(found.actual_minutes)} given, {Money(found.pence)} charged.")
    yield from map(_listed, found.rows)
    if found.count > len(found.rows):
        yield f"  … and {found.count - len(found.rows):,} more (--most)"


def _listed(each: VisitListed) -> str:
    charged = "not charged" if each.pence is None else f"{Money(each.pence)} charged"
    reason = f"; {each.reason}" if each.reason else "; no reason given" if each.actual_minutes != each.planned_minutes else ""
    return (f"  {each.visit}, {day_in_figures(each.on)}{f' {each.starts}' if each.starts else ''}, {each.known_as or each.subject}, {each.support}, "
            f"{each.carer}: {minutes_in_words(each.planned_minutes)} planned, {each.outcome}, {minutes_in_words(each.actual_minutes)}, "
            f"{charged}{reason}")


def _list_as_data(found: VisitsFound) -> dict[str, object]:
    return {
        "rows": found.count, "planned_minutes": found.planned_minutes, "actual_minutes": found.actual_minutes,
        "charged": Money(found.pence).plain,
        "visits": [{"visit": each.visit, "carer": each.carer, "who": each.subject, "support": each.support, "on": each.on.isoformat(),
                    "starts": each.starts, "planned_minutes": each.planned_minutes, "actual_minutes": each.actual_minutes,
                    "outcome": each.outcome, "reason": each.reason, "charged": None if each.pence is None else Money(each.pence).plain}
                   for each in found.rows]}


def _in_words(told: VisitTold) -> Iterator[str]:
    for each in told.explained:
        yield from _explained(each, told)
    if not told.explained:
        yield f"Visit {told.visit} was taken back: it costs nothing."
    if told.attended.staff_minutes != told.attended.minutes:
        yield (f"Somebody was there for {minutes_in_words(told.attended.minutes)}; the staff’s time comes to "
               f"{minutes_in_words(told.attended.staff_minutes)}.")
    yield "Charged:" if told.charged else "Nothing stands charged for it yet."
    yield from (f"  {_charge(each)}" for each in told.charged)
    yield "History:"
    yield from (f"  {_history(each)}" for each in told.versions)


def _explained(each: Explained, told: VisitTold) -> Iterator[str]:
    price = "not known" if each.pence is None else str(Money(each.pence))
    yield f"Visit {told.visit}{f', carer {each.carer}' if each.carer else ''}, {each.who}: {price}"
    yield from (f"  {step.asks}: {step.says}{f' ({step.by})' if step.by else ''}" for step in each.steps)
    if each.terms:
        name, from_on = each.terms
        yield f"  The terms: “{name}” from {day_in_words(from_on)}. Where it says so: {told.sources[each.terms]}."
    yield from (f"  {problem}" for problem in each.problems)


def _charge(each: Charged) -> str:
    asked = f", invoice {each.invoice:06d}" if each.invoice is not None else ""
    quantity = minutes_in_words(each.minutes) if each.minutes else f"{each.times} {'time' if each.times == 1 else 'times'}"
    return (f"{day_in_words(each.on)}: {Money(each.pence)} to {each.funder or 'nobody'} ({each.how}), fund {each.fund}: {quantity} at £{each.pounds} "
            f"({each.rate}){asked}")


def _history(each: Version) -> str:
    said = ", ".join(f"{name} {value}" for name, value in each.said.items() if value)
    gone = f"; withdrawn on {day_in_words(day_of(each.withdrawn_at))} by {each.withdrawn_by}" if each.withdrawn_at else ""
    return f"{each.carer}, {each.subject}, version {each.version}, {day_in_words(day_of(each.came_at))}, by {each.brought_by}: {said}{gone}"


def as_data(told: VisitTold) -> dict[str, object]:
    """The same for another program: amounts as text with two decimals."""
    return {
        "visit": told.visit, "attended_minutes": told.attended.minutes, "staff_minutes": told.attended.staff_minutes,
        "why": [{"carer": each.carer, "who": each.who, "pounds": None if each.pence is None else Money(each.pence).plain,
                 "steps": [{"asks": step.asks, "says": step.says, "by": step.by} for step in each.steps],
                 "terms": {"name": each.terms[0], "from": each.terms[1].isoformat(), "source": told.sources[each.terms]} if each.terms else None,
                 "problems": [str(problem) for problem in each.problems]} for each in told.explained],
        "charged": [{"fund": each.fund, "funder": each.funder, "how": each.how, "on": each.on.isoformat(), "minutes": each.minutes,
                     "times": each.times, "rate": each.rate, "price": str(each.pounds), "pounds": Money(each.pence).plain, "invoice": each.invoice}
                    for each in told.charged],
        "history": [{"carer": each.carer, "who": each.subject, "version": each.version, **each.said, "by": each.brought_by,
                     "recorded_at": each.came_at.isoformat(), "withdrawn_at": each.withdrawn_at.isoformat() if each.withdrawn_at else None}
                    for each in told.versions]}

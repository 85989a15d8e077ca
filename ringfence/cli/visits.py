"""`ringfence visit`: why one visit costs what it does, what stands charged, and what was ever said of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_words, day_of, minutes_in_words
from invoicing.why import Explained
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.visits import Charged, Version, VisitTold, visit_told
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

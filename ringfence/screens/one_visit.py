"""One visit: why it costs what it does, what stands charged, everything that was ever said of it, and putting it right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from basics.errors import RingfenceError
from basics.money import Money
from basics.periods import day_in_figures, day_in_words, day_of, minutes_in_words
from invoicing.why import Explained
from ringfence.actions.drafting import price_words
from ringfence.actions.visits import Charged, Version, VisitTold, visit_told
from ringfence.screens.components.desk import acting
from ringfence.screens.components.failure import problem_summary, show_problems
from ringfence.screens.components.frame import back_to, heading, part
from ringfence.screens.components.markup import address, how_many, link, pounds, tag, under
from ringfence.screens.components.table import Row, figures, table, words
from ringfence.screens.visit_put_right import put_right


def show(visit: str, carer: str) -> None:
    """The visit of that reference; one carer's part of it where a carer is named."""
    back_to(("Visits", address("visits")))
    try:
        told = visit_told(acting(), visit, carer)
    except RingfenceError as error:
        heading("There is no such visit", "")
        show_problems(error)
        return
    heading(f"Visit {told.visit}", _first_line(told), _status(told))
    for n, each in enumerate(told.explained):
        if n and each.carer == told.explained[n - 1].carer and not each.problems:
            with st.expander(f"{_who(each, told)}: {_cost(each)}"):
                _steps(each, told)
        else:
            part(f"Why it costs {_cost(each)}: {_who(each, told)}{f', carer {each.carer}' if each.carer else ''}")
            _steps(each, told)
    part("What stands charged")
    _charged(told.charged)
    put_right(told)
    part("History", "Every version of it that was ever kept. Nothing is overwritten.")
    _history(told.versions)


def _first_line(told: VisitTold) -> str:
    standing = [each for each in told.versions if each.withdrawn_at is None]
    if not standing:
        return "It was taken back, and costs nothing."
    first = standing[0]
    who = ", ".join(dict.fromkeys(each.known_as or each.subject for each in standing))
    times = f", {first.said['start']} to {first.said['end']}" if first.said["start"] else ""
    charged = f"{Money(sum(each.pence for each in told.charged))} is charged." if told.charged else "Nothing is charged for it yet."
    there = told.attended
    company = f"Somebody was there for {minutes_in_words(there.minutes)}, and the staff’s time comes to {minutes_in_words(there.staff_minutes)}. "
    together = company if there.staff_minutes != there.minutes else ""
    return f"{who}, {first.said['support']}, {day_in_words(date.fromisoformat(first.said['date']))}{times}. {together}{charged}"


def _status(told: VisitTold) -> Markup:
    standing = [each for each in told.versions if each.withdrawn_at is None]
    if not standing:
        return tag("Taken back")
    return tag("Cancelled", "grey") if standing[0].said["outcome"] == "cancelled" else tag("Given", "blue")


def _who(each: Explained, told: VisitTold) -> str:
    return {one.subject: one.known_as for one in told.versions}.get(each.who) or each.who


def _cost(each: Explained) -> str:
    return "what is not known" if each.pence is None else str(Money(each.pence))


def _steps(each: Explained, told: VisitTold) -> None:
    if each.problems:
        st.html(problem_summary(each.problems, title="It cannot be charged yet"))
    if each.steps:
        table(f"Why {_who(each, told)}’s part costs {_cost(each)}, step by step", [words("Step"), words("Answer"), words("Decided by")],
              [[step.asks, step.says, step.by] for step in each.steps])
    if each.terms:
        source, (name, from_on) = told.sources[each.terms], each.terms
        st.html(Markup('<p class="rf-quiet">The terms are “{}” from {}. Where it says so: {}.</p>').format(name, day_in_words(from_on), source))


def _charged(charged: Sequence[Charged]) -> None:
    columns = [words("Day"), words("Payer, and fund"), figures("How much"), figures("Price"), figures("Charged"), words("Invoice")]
    table("What stands charged for the visit", columns, map(_charge, charged),
          total=["In all", "", "", "", pounds(sum(each.pence for each in charged)), ""] if charged else None,
          empty="Nothing is charged for it yet. A month end charges what was given in it.")


def _charge(each: Charged) -> Row:
    quantity = minutes_in_words(each.minutes) if each.minutes else how_many(each.times, "time")
    invoice = link(f"{each.invoice:06d}", address("invoices", invoice=each.invoice)) if each.invoice is not None else (
        "Not invoiced yet" if each.how == "delivery" else "No invoice: drawn from the budget")
    payer = each.funder or "Nobody: an empty place"
    return [day_in_figures(each.on), Markup("{}{}").format(payer, under(link(each.fund, address("fund", fund=each.fund)))), quantity,
            Markup("{}{}").format(price_words(each.pounds, "").removesuffix(" a "), under(each.rate)), pounds(each.pence), invoice]


def _history(versions: Sequence[Version]) -> None:
    table("History of the visit", [words("Carer, and who had it"), words("It said"), words("Came in"), words("Stands")],
          [[Markup("{}{}").format(each.carer, under(each.known_as or each.subject)), ", ".join(
              f"{name.replace('_', ' ')} {said}" for name, said in each.said.items() if said),
            Markup("{}{}").format(day_in_figures(day_of(each.came_at)), under(each.brought_by)), _stands(each)] for each in versions])


def _stands(each: Version) -> Markup:
    if each.withdrawn_at is None:
        return tag("Counts", "green")
    return tag("Taken back") + under(f"{day_in_figures(day_of(each.withdrawn_at))}, {each.withdrawn_by}")

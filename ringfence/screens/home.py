"""Home: what waits for somebody, each a link to where it is done, and where the money stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from basics.periods import day_in_words, day_of
from isf.watch import Matter
from ringfence.actions.acting import Acting
from ringfence.actions.falling_due import FallingDue, falling_due
from ringfence.actions.first_steps import FirstSteps, first_steps
from ringfence.actions.months_waiting import LATE, others_in_words
from ringfence.actions.overview import Overview, Waiting, overview_of
from ringfence.actions.people_and_funds import Standing
from ringfence.actions.reconciling import RECONCILIATION
from ringfence.actions.rights import Right
from ringfence.actions.users import my_rights
from ringfence.screens.components.desk import acting, kept, who
from ringfence.screens.components.frame import heading, part, words
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import address, button_link, how_many, link, pounds, tag
from ringfence.screens.components.table import figures, table
from ringfence.screens.components.table import words as text
from ringfence.screens.first_steps import guide

LINES_SHOWN = 3
"""More bank lines than these are told as one thing to do."""
MANY = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
NUMBERS = ("Nothing", "One thing", *(f"{each} things" for each in MANY))
FEW_RATES = 3
WAITS_LONGER = {"Watch": 1, "Later": 2}
"""What stands below the rest, as it stops nothing and nothing of it is late."""


@dataclass(frozen=True)
class Task:
    """Something to do: what, why, how urgent in one word, the link that leads to it, and what it takes (None where looking is all there is to do).
    `is_others` is what only somebody else can do."""

    what: str
    why: str
    status: str
    verb: str
    to: str
    needs: Right | None = Right.PREPARE
    is_others: bool = False

    def for_whoever_has(self, rights: Collection[Right]) -> Task:
        """The same, which is somebody else’s where these rights do not do: then there is only something to look at."""
        return self if self.needs is None or self.needs in rights else replace(self, verb="Look", is_others=True)


def page() -> None:
    """What stands in the books at once; what is late or due is looked for in all of them, and joins it."""
    caller = acting()
    with st.spinner("Reading the books …"):
        seen = _overview(caller)
    above = st.empty()
    with above.container():
        _waiting(caller, seen, None)
    _standing(seen)
    due = _falling_due(caller)
    with above.container():
        _waiting(caller, seen, due)


def _waiting(caller: Acting, seen: Overview, due: FallingDue | None) -> None:
    """The heading and the tasks; without `due` while that is still looked for."""
    rights = my_rights(caller)
    found = sorted((*_tasks(seen, caller.today), *(tasks_due(due) if due else ())), key=lambda each: WAITS_LONGER.get(each.status, 0))
    tasks = [each.for_whoever_has(rights) for each in found]
    mine, others = [each for each in tasks if not each.is_others], [each for each in tasks if each.is_others]
    more = f"{_how_many(len(others)).lower()} for somebody else; " if others else ""
    waits = f"{_how_many(len(mine))} for you; {more}{seen.open_month.in_words} is open." if due else "Looking for what is late or due …"
    heading("Home", f"{caller.today:%A} {day_in_words(caller.today)}. {waits}")
    steps = _first_steps(caller)
    if steps.is_beginning:
        guide(steps)
    part("To do")
    if mine:
        _list(mine)
    elif due:
        words("Nothing waits for you." if others else f"Nothing waits. {seen.open_month.in_words} can be run once its visits are in.")
    if others:
        part("Waits for somebody else")
        _list(others)


def _list(tasks: Iterable[Task]) -> None:
    st.html(Markup('<ul class="rf-tasks">{}</ul>').format(Markup("").join(map(_item, tasks))))


@kept(8)
def _overview(caller: Acting) -> Overview:
    return overview_of(caller)


@kept(8)
def _falling_due(caller: Acting) -> FallingDue:
    return falling_due(caller)


@kept(8)
def _first_steps(caller: Acting) -> FirstSteps:
    return first_steps(caller)


def _how_many(count: int) -> str:
    found = NUMBERS[count] if count < len(NUMBERS) else f"{count} things"
    return f"{found} wait" if count > 1 else f"{found} waits"


def _tasks(seen: Overview, today: date) -> Iterable[Task]:
    yield from map(_approval, seen.waiting)
    yield from _month_tasks(seen, today)
    if len(seen.unplaced) > LINES_SHOWN:
        yield Task(f"Match {how_many(len(seen.unplaced), 'bank line')}", "Their months cannot be locked until each is placed or explained.",
                   "Stops the lock", "Match", address("receipts"))
    for line in seen.unplaced if len(seen.unplaced) <= LINES_SHOWN else ():
        yield Task(f"Place {Money(line.pence)} of the bank line of {day_in_words(line.happened_on)}",
                   f"{line.words}. Its month cannot be locked until it is placed or explained.", "Stops the lock", "Place", address("receipts"))
    if seen.is_reconciling_overdue and not any(each.kind == RECONCILIATION for each in seen.waiting):
        yield Task("Reconcile people’s money with the bank", "That is done at least every five weeks, and none of the last five is signed off.",
                   "Overdue", "Start", address("reconciliation"))
    if seen.conflicts:
        yield Task(f"{how_many(seen.conflicts, 'visit')} came again with other content",
                   "What was known first is kept until somebody decides.", "Watch", "Look", address("import"))
    if seen.carried_pence > 0:
        yield Task(f"In {how_many(seen.carried_funds, 'fund')} support cost {Money(seen.carried_pence)} more than there was left",
                   "We carry this until more is agreed.", "Watch", "Open", address("people", status=Standing.OVER), needs=None)
    yield from _rates(seen)


def tasks_due(due: FallingDue) -> Iterable[Task]:
    """What is late or due, each with how many and what they come to, leading to the list of just those."""
    if due.letters.count:
        yield Task(f"Send {how_many(due.letters.count, 'reminder')} about {Money(due.letters.pence)}",
                   "They are due by the ladders that were agreed. Read each before it goes, and note there that it went.", "Now", "Read",
                   address("debtors"))
    if due.free.count:
        yield Task(f"Issue {how_many(due.free.count, 'invoice')} that {'was' if due.free.count == 1 else 'were'} held: {Money(due.free.pence)}",
                   "Nothing holds it any more." if due.free.count == 1 else "Nothing holds them any more.", "Now", "Look", address("invoices"))
    if due.overdue.count and due.oldest_on:
        yield Task(f"{how_many(due.overdue.count, 'invoice is', 'invoices are')} overdue: {Money(due.overdue.pence)}",
                   f"The oldest was to be paid by {day_in_words(due.oldest_on)}.", "Overdue", "Open", address("invoices", status="Overdue"))
    if due.brought_over.count:
        yield Task(f"{how_many(due.brought_over.count, 'invoice is', 'invoices are')} overdue from the books before these: "
                   f"{Money(due.brought_over.pence)}", "They stand with who owes them.", "Overdue", "Open", address("debtors", show="Overdue"))
    if due.reviews:
        yield Task(f"{how_many(due.reviews, 'review is', 'reviews are')} overdue", "Arrange each, and record what came of it.", "Overdue", "Open",
                   address("watch", about=Matter.REVIEW))
    if due.month and due.not_published:
        yield Task(f"Publish {how_many(due.not_published, 'statement')} of {due.month.in_words}",
                   "They are issued, and nobody outside has seen them in the form that is needed.", "Watch", "Open",
                   address("statements", month=due.month))


def _approval(waiting: Waiting) -> Task:
    is_own = waiting.prepared_by == who()
    prepared = f"{'You' if is_own else waiting.prepared_by} prepared it on {day_in_words(day_of(waiting.prepared_at))}."
    if is_own and not waiting.stale:
        what = f"The month end of {waiting.about}" if waiting.kind == "month_end" else _first(waiting)
        return Task(what, f"{prepared} Another person approves it.", "Awaiting approval", "Look",
                    address("month-end" if waiting.kind == "month_end" else "approvals"), is_others=True)
    if waiting.kind == "month_end":
        return Task(f"Approve {waiting.about}", prepared, "Awaiting approval", "Review", address("month-end"), needs=Right.APPROVE)
    if waiting.stale:
        return Task(f"Prepare again: {waiting.about.lower()}", f"{prepared} {waiting.stale}", "Watch", "Look", address("approvals"))
    return Task(f"Approve: {_first(waiting)}", prepared, "Awaiting approval", "Review", address("approvals"), needs=Right.APPROVE)


def _first(waiting: Waiting) -> str:
    """The first change of a prepared file, and how many more there are."""
    more = f" and {len(waiting.says) - 1} more" if len(waiting.says) > 1 else ""
    return f"{waiting.says[0]}{more}"


def _month_tasks(seen: Overview, today: date) -> Iterable[Task]:
    month = seen.open_month
    if any(each.kind == "month_end" for each in seen.waiting):
        return
    if month.last < today:
        why = f"{how_many(seen.uncharged_visits, 'row')} of visits not charged yet." if seen.uncharged_visits else "No visits of it are in yet."
        others = f" Nor has anybody run {others_in_words(seen.months_waiting)}." if len(seen.months_waiting) >= LATE else ""
        yield Task(f"Run the month end of {month.in_words}", f"It ended on {day_in_words(month.last)}.{others} {why}", "Now", "Start",
                   address("month-end"))
    elif not seen.uncharged_visits:
        yield Task(f"Bring in the visits of {month.in_words}", f"None are in yet; the month ends on {day_in_words(month.last)}.", "Later",
                   "Import", address("import"))


def _rates(seen: Overview) -> Iterable[Task]:
    for ends, of_day in groupby(seen.rates_ending, key=lambda each: each.ends_on):
        said = [each.words for each in of_day]
        listed = "; ".join(said[:FEW_RATES]) + (f"; and {len(said) - FEW_RATES} more" if len(said) > FEW_RATES else "")
        yield Task(f"{how_many(len(said), 'rate ends', 'rates end')} on {day_in_words(ends)}",
                   f"{listed[:1].upper()}{listed[1:]}. Support after that day cannot be charged until a rate is given.", "Later", "Add",
                   address("import"))


def _item(task: Task) -> Markup:
    return Markup('<li><div><strong>{}</strong><span class="rf-why">{}</span></div>{}{}</li>').format(
        task.what, task.why, tag(task.status), button_link(task.verb, task.to, about=task.what))


def _standing(seen: Overview) -> None:
    part("Where we stand")
    what_is("money held", "kept back", "overspend")
    if seen.closed:
        table("The last months that were run", [text("Month"), figures("Invoices"), figures("Invoiced"), text("Approved by")], [
            [link(each.month.in_words, address("month-end", month=each.month)), f"{each.invoices:,}", pounds(each.invoiced_pence),
             each.approved_by] for each in seen.closed])
    table("Held and carried today", [text("Today"), figures("Amount")], [
        ["People’s money that we hold", pounds(seen.money_held_pence)],
        ["Kept back of contracts, as agreed", pounds(seen.kept_back_pence)],
        ["Owed to us for support that was given", pounds(seen.owed_for_support_pence)],
        [f"Support beyond what was left, which we carry ({how_many(seen.carried_funds, 'fund')})", pounds(seen.carried_pence)],
    ], note="Each person’s fund counts by itself: what one is owed is never set against what we hold for another. "
                "Our own empty places are not in these sums.")

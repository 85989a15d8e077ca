"""Month end: check, calculate, look at the differences, approve, issue. One person prepares, another approves."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError, RingfenceError
from basics.periods import Month, day_in_words, day_of
from ringfence.actions.month_review import MonthReview
from ringfence.actions.month_run import PreparedMonth
from ringfence.actions.month_standing import ClosedMonth, MonthStanding, closed_months, first_open_month, month_standing
from ringfence.screens import month_buttons, month_lock
from ringfence.screens.components.desk import acting, who
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import heading, part, words
from ringfence.screens.components.glossary import what_is
from ringfence.screens.components.markup import address, how_many, link, pounds, tag
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as column
from ringfence.screens.components.work import finished, watching, works
from ringfence.screens.month_figures import kept_review, show_checks, show_review
from ringfence.screens.month_steps import show_steps, steps_of


def page() -> None:
    month, problem = _asked_month()
    with st.spinner(f"Reading {month.in_words} …"):
        standing = month_standing(acting(), month)
    _take_in(month)
    review = _fitting(standing)
    heading(f"Month end, {month.in_words}", _first_line(standing, review), _tag(standing))
    what_is("control total", "digest", "locked", "credit note")
    if problem:
        show_problems(problem)
    if _is_to_come(standing):
        words(f"It can be calculated from {day_in_words(month.first)}, as often as you like, and be issued once all its visits are in.")
    elif standing.is_open or standing.papers:
        show_steps(steps_of(standing, review))
    else:
        words(f"{month.in_words} is locked, and had no month end here.")
    _what_came_of_it(month)
    if not _is_to_come(standing) and not watching(month_buttons.key(month)):
        _work_on(standing, review)
    _other_months(month)


def _asked_month() -> tuple[Month, RingfenceError | None]:
    """The month in the address, else the first that is open."""
    named = st.query_params.get("month", "")
    try:
        return (Month.parse(named), None) if named else (first_open_month(acting()), None)
    except InputError as error:
        return first_open_month(acting()), error


def _is_to_come(standing: MonthStanding) -> bool:
    return standing.is_open and standing.month > Month.of(acting().today)


def _take_in(month: Month) -> None:
    """Keep the figures of work that has ended, so that they are still there after the next step is begun."""
    work = finished(month_buttons.key(month))
    found = work.result if work else None
    review = found.review if isinstance(found, PreparedMonth) else found
    known = kept_review(month)
    if isinstance(review, MonthReview) and (known is None or known.at < review.at):
        works().keep(("review", str(month)), review)


def _fitting(standing: MonthStanding) -> MonthReview | None:
    return None if standing.papers or not standing.is_open else kept_review(standing.month)


def _first_line(standing: MonthStanding, review: MonthReview | None) -> str:
    prepared, month = standing.prepared, standing.month
    if standing.papers and prepared and prepared.approved_at:
        to_do = "It is locked, and nothing is left to do." if standing.locked_by else "What is left: to send what was issued, and to lock it."
        return f"Issued on {day_in_words(day_of(prepared.approved_at))}. {to_do}"
    if _is_to_come(standing):
        return f"{month.in_words} has not begun, so there is nothing to calculate yet."
    if not standing.is_open:
        return "Nothing is left to do here."
    if prepared and review and review.digest != prepared.digest:
        return "The books have changed since it was prepared. Look at what is different, then prepare it again."
    if prepared and who() == prepared.by:
        return f"You prepared it on {day_in_words(day_of(prepared.at))}. Another person approves it; then it is issued."
    if prepared:
        return f"{prepared.by} prepared it on {day_in_words(day_of(prepared.at))}. Look at the figures, then approve it."
    if review:
        return "Look at what is different, then prepare it for another person to approve. Nothing is stored yet."
    if acting().today <= month.last:
        return f"{month.in_words} is not over. Calculate it as often as you like: nothing is stored."
    return f"{how_many(standing.visits, 'row')} of visits are in the books. Calculate what the month would do: nothing is stored."


def _tag(standing: MonthStanding) -> Markup:
    if standing.papers:
        return tag("Closed", "grey") if standing.locked_by else tag("Issued")
    if _is_to_come(standing):
        return tag("Later")
    if not standing.is_open:
        return tag("Closed")
    return tag("Awaiting approval") if standing.prepared else tag("Open")


def _what_came_of_it(month: Month) -> None:
    """What the last work of this month came to, for whoever asked for it."""
    work = finished(month_buttons.key(month))
    if work is None or work.job.user != who():
        return
    if work.error:
        show_problems(work.error)
    else:
        month_buttons.show_outcome(work.result)


def _work_on(standing: MonthStanding, review: MonthReview | None) -> None:
    if standing.papers:
        month_buttons.show_issued(standing)
    elif standing.is_open:
        show_checks(standing, review)
        if review:
            show_review(review, month_buttons.drafts_at(standing, review))
        month_buttons.show_next(standing, review)
    month_lock.show_lock(standing)
    month_lock.show_reopening(standing)


def _other_months(month: Month) -> None:
    closed = closed_months(acting())
    now = first_open_month(acting())
    part("Other months")
    if month != now:
        words(Markup("The first open month is {}.").format(link(now.in_words, address("month-end"))))
    table("Closed months", [column("Month"), figures("Invoices"), figures("Invoiced"), column("Approved by"), column("Status")],
          map(_closed, closed), empty="No month is closed yet.")


def _closed(one: ClosedMonth) -> Row:
    return [link(one.month.in_words, address("month-end", month=one.month)), f"{one.invoices:,}", pounds(one.invoiced_pence),
            one.approved_by or "No month end", tag("Locked", "grey") if one.is_locked else tag("Issued")]

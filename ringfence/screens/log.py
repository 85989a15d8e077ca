"""The log: who did what and when, a page at a time; one entry opened to what stood before and what stands after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError, RingfenceError
from basics.periods import LONDON, day_in_words, day_of, days_said_in_words
from ringfence.actions.acting import Acting
from ringfence.actions.log import MOST_CHANGES, Change, Entry, Opened, log_between, open_entry
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import back_to, heading, part, words
from ringfence.screens.components.markup import NOT_KNOWN, address, how_many, link
from ringfence.screens.components.paged import announce, in_address, paged
from ringfence.screens.components.table import Row, table
from ringfence.screens.components.table import words as text

ENTRY = "entry"
LONGEST_NUMBER = 15
EVERYBODY = "Everybody"
COLUMNS = (text("What was done"), text("About"), text("Who"), text("When"))
CALLED = {
    "provider_detail": "our own particulars", "person_detail": "people", "funder_detail": "funders", "terms": "terms of contracts", "rate": "rates",
    "funding": "who pays in a fund", "plan_line": "lines of plans", "house_place": "places in houses", "schedule_change": "parts of instalments",
    "fact": "facts about a fund", "entry": "entries of the ledger", "event": "events", "delivery": "visits", "document": "documents",
    "origin": "bank lines and other origins", "part": "parts of them", "month_lock": "months closed", "schedule_row": "instalments"}


def page() -> None:
    """Draw the list, or the entry that the address names."""
    asked = st.query_params.get(ENTRY, "")
    if asked:
        _one(asked)
    else:
        _list()


@st.fragment
def _list() -> None:
    caller, above = acting(), st.container()
    left, middle, right = st.columns(3)
    first = left.text_input("From", placeholder="2026-10-01", autocomplete="off", **in_address("from"))
    last = middle.text_input("To", placeholder="2026-10-31", autocomplete="off", **in_address("to"))
    with st.spinner("Reading the log …"):
        everything = _entries(caller, None, None)
    names = sorted({each.user for each in everything})
    user = right.selectbox("Who", [EVERYBODY, *names], **in_address("who"))
    try:
        found = _entries(caller, _day(first, "From"), _day(last, "To"))
    except RingfenceError as error:
        with above:
            heading("Who did what?", "The days that are written cannot be read yet.")
        show_problems(error)
        return
    shown = [each for each in found if user in (EVERYBODY, None, each.user)]
    with above:
        heading("Who did what?", f"{how_many(len(shown), 'thing was', 'things were')} done{_on(first, last)}, the latest first. Nothing here can be "
                                 "changed by anybody.")
    announce(f"{how_many(len(shown), 'entry', 'entries')} found.")
    paged(shown, "page", _table)


@kept(8)
def _entries(caller: Acting, first: date | None, last: date | None) -> tuple[Entry, ...]:
    return log_between(caller, first, last)


def _day(said: str | None, place: str) -> date | None:
    try:
        return date.fromisoformat(said.strip()) if said and said.strip() else None
    except ValueError:
        raise InputError(f"“{said}” is not a day.", "Write it like 2026-10-01.", place) from None


def _on(first: str | None, last: str | None) -> str:
    return " on the days asked for" if first or last else ""


def _table(rows: Sequence[Entry]) -> None:
    table("What was done", COLUMNS, map(_row, rows), empty="Nothing was done on these days by whom you ask for.")


def _row(each: Entry) -> Row:
    did = link(each.did, address("log", entry=each.number)) if each.number else each.did
    return [did, each.about, each.user, f"{each.at.astimezone(LONDON):%d/%m/%Y %H:%M}"]


def _one(asked: str) -> None:
    back_to(("Log", "/log"))
    try:
        found = _opened(acting(), int(asked) if asked.isdecimal() and len(asked) < LONGEST_NUMBER else 0)
    except RingfenceError as error:
        heading("There is no such entry", "")
        show_problems(error)
        return
    entry = found.entry
    about = f", {entry.about}" if entry.about else ""
    heading(f"{entry.did}{about}", _who(found))
    counted = {**found.changed, **found.added}
    if counted:
        part("What came in with it")
        table("What came in with it", [text("What"), text("How many")], [[_called(name), f"{count:,}"] for name, count in counted.items()])
    if not counted:
        words("It added nothing to the books: it waits, it was refused, or it only closed or opened something.")
    if found.changes:
        _changes(found)


@kept(8)
def _opened(caller: Acting, number: int) -> Opened:
    return open_entry(caller, number)


def _who(found: Opened) -> str:
    done = f"{found.entry.user}, {_when(found.entry)}."
    if not found.approved_at:
        return done
    return f"{done} Approved by {found.approved_by} on {day_in_words(day_of(found.approved_at))}."


def _when(entry: Entry) -> str:
    at = entry.at.astimezone(LONDON)
    return f"{day_in_words(at.date())} at {at:%H:%M}"


def _changes(found: Opened) -> None:
    part("Before and after", "What is new has nothing before it. Each version before still stands in the books.")
    if any(count > MOST_CHANGES for count in found.changed.values()):
        words(f"Of each kind the first {MOST_CHANGES} are shown.", quiet=True)
    for name in dict.fromkeys(each.table for each in found.changes):
        versions = [each for each in found.changes if each.table == name]
        rows = [row for each in versions for row in _differences(each)]
        with st.expander(f"{_called(name)}: {found.changed[name]:,}"):
            table(_called(name), [text("Which"), text("Field"), text("Before"), text("After")], rows, empty="Nothing but the version differs.")


def _differences(change: Change) -> list[Row]:
    """The fields that differ; of what is new, all. What it is of stands once, in the first."""
    before, after = change.before, change.after
    differ = [name for name in dict.fromkeys([*after, *before]) if before.get(name) != after.get(name)]
    about = days_said_in_words(change.about)
    return [["" if n else about, name.replace("_", " "), _side(before.get(name), is_new=not before), _side(after.get(name))]
            for n, name in enumerate(differ)]


def _side(value: str | None, *, is_new: bool = False) -> str | Markup:
    return days_said_in_words(value) if value else Markup("–") if is_new else NOT_KNOWN


def _called(name: str) -> str:
    said = CALLED.get(name, f"{name.replace('_', ' ')}s")
    return f"{said[:1].upper()}{said[1:]}"

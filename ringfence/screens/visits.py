"""Visits: found by person, carer, day and what came of them, with totals of all that match; one of them opened to why it costs what it does."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from basics.periods import Month, day_in_figures
from invoicing.delivery import CANCELLED, GIVEN
from ringfence.actions.acting import Acting
from ringfence.actions.visits import VisitListed, VisitsFound, Wanted, find_visits, months_of_visits
from ringfence.screens import one_visit
from ringfence.screens.components.desk import acting, kept
from ringfence.screens.components.frame import heading
from ringfence.screens.components.markup import address, hours, how_many, link, pounds, tag, under
from ringfence.screens.components.paged import ROWS_A_PAGE, in_address, month_box, paged
from ringfence.screens.components.table import Row, figures, table, words

ALL = "All"
CHARGED, NOT_CHARGED = "Charged", "Not charged"
PLANNED_AND_GIVEN = {"As planned": (False, None), "Not as planned": (True, None), "Differs, no reason given": (True, False)}
OUTCOMES = {"Given": GIVEN, "Cancelled": CANCELLED}
NOT_CHARGED_YET = Markup(f'<span class="rf-not-known">{NOT_CHARGED}</span>')


def page() -> None:
    """Draw the list, or the visit that the address names."""
    if visit := st.query_params.get("visit", ""):
        one_visit.show(visit, st.query_params.get("carer", ""))
        return
    with st.spinner("Reading the visits …"):
        months = _months(acting())
    heading("Visits", "Find a visit, see why it costs what it does, and put it right where it was recorded wrongly." if months else "")
    if months:
        _list(months)
    else:
        st.html(Markup('<p class="rf-empty">No visit has come in yet. {}</p>').format(link("Bring in a file of visits", address("import"))))


@kept(4)
def _months(caller: Acting) -> list[Month]:
    return months_of_visits(caller)


@kept(16)
def _found(caller: Acting, wanted: Wanted, after: int) -> VisitsFound:
    return find_visits(caller, wanted, most=ROWS_A_PAGE, after=after)


@st.fragment
def _list(months: Sequence[Month]) -> None:
    """The filters and the list below them; every total is of all that match."""
    wanted = _wanted(months)
    first = _found(acting(), wanted, 0)
    st.html(Markup('<p class="rf-quiet" role="status">{} found, {} planned, {} given, {} charged.</p>').format(
        how_many(first.count, "row of a visit", "rows of visits"), hours(first.planned_minutes), hours(first.actual_minutes), pounds(first.pence)))
    paged(range(first.count), "page", lambda shown: _table(wanted, shown, first))


def _wanted(months: Sequence[Month]) -> Wanted:
    filters = st.container(key="rf-filters")
    one, two, three, four = filters.columns([4, 3, 3, 3])
    search = one.text_input("Search", live=True, **in_address("search"), autocomplete="off", placeholder="A person, a house or a visit")
    month = month_box(two, "Month", months, months[0].in_words)
    outcome = three.selectbox("Outcome", [ALL, *OUTCOMES], **in_address("outcome"))
    charged = four.selectbox("Charged", [ALL, CHARGED, NOT_CHARGED], **in_address("charged"))
    five, six, seven, _ = filters.columns([4, 3, 3, 3])
    carer = five.text_input("Carer", **in_address("carer_is"), autocomplete="off", placeholder="The carer’s reference")
    differs = six.selectbox("Planned and given", [ALL, *PLANNED_AND_GIVEN], **in_address("planned"))
    period = _month(months, month).period
    day = seven.selectbox("Day", [ALL, *map(day_in_figures, period)], **in_address("day"))
    days = [each for each in period if day_in_figures(each) == day] or list(period)
    return Wanted(days[0], days[-1], tuple((search or "").casefold().split()), (carer or "").strip(), OUTCOMES.get(outcome or ALL, ""),
                  {CHARGED: True, NOT_CHARGED: False}.get(charged or ALL), *PLANNED_AND_GIVEN.get(differs or ALL, (None, None)))


def _month(months: Sequence[Month], named: str) -> Month:
    return next((month for month in months if month.in_words == named), months[0])


def _table(wanted: Wanted, shown: Sequence[int], first: VisitsFound) -> None:
    found = _found(acting(), wanted, shown[0]) if shown and shown[0] else first
    columns = [words("Visit"), words("Day"), words("Who had it"), words("Support, and carer"), figures("Planned"), figures("Given"),
               figures("Charged"), words("Outcome")]
    table("Visits", columns, map(_row, found.rows), total=[
        f"All {how_many(first.count, 'row', 'rows')} found", "", "", "", hours(first.planned_minutes), hours(first.actual_minutes),
        pounds(first.pence), ""] if shown else None,
        empty="No visit is like this. Write less in the search, choose another month, or choose “All” in the filters.")


def _row(one: VisitListed) -> Row:
    who = Markup("{}{}").format(one.known_as or one.subject, under(one.subject) if one.known_as else "")
    charged = NOT_CHARGED_YET if one.pence is None else pounds(one.pence)
    cancelled = one.outcome == CANCELLED
    outcome = tag("Cancelled", "grey") if cancelled else tag("Given", "blue")
    day = Markup("{}{}").format(day_in_figures(one.on), under(one.starts) if one.starts else "")
    support = Markup("{}{}").format(one.support, under(one.carer))
    return [link(one.visit, address("visits", visit=one.visit)), day, who, support, hours(one.planned_minutes) if one.planned_minutes else "Counted",
            hours(one.actual_minutes) if one.actual_minutes else "", charged, outcome + (under(one.reason) if one.reason else "")]

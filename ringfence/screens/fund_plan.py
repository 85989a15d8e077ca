"""Plan and delivery, line by line: hours beside pounds."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from isf.budget import total_or_not_known
from isf.position import USUAL
from isf.statement import GivenLine
from ringfence.actions.one_fund import Ahead, FundMonth, PlanRow
from ringfence.actions.people_and_funds import STANDING
from ringfence.actions.plan_words import method
from ringfence.documents import words
from ringfence.screens.components.frame import words as sentence
from ringfence.screens.components.markup import NOT_KNOWN, pounds, tag, under
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text

COLUMNS = (text("Line"), figures("Planned"), figures("Given"), figures("Left of year"), figures("Cost"), figures("Left of year, £"), text("Status"))
AHEAD = (text("Line"), figures("Planned"), figures("Forecast"), figures("Planned, £"), figures("Committed, £"), figures("Forecast, £"), text("Then"))


def plan_table(seen: FundMonth) -> None:
    """Planned, given and left of each line, in hours or times and in pounds, and what all lines come to."""
    table(f"Plan and delivery, {seen.month.in_words}", COLUMNS, (_row(row, seen.issued) for row in seen.plan), total=_total(seen),
          note="What is left of the plan is what is planned and not given yet, in the days for which we know what was given line by line. "
               "It need not be what is left of the budget. The status is of the year so far, not of the month.",
          empty="Nothing is planned in this fund, and nothing was given in this month.")


def year_ahead(seen: FundMonth) -> None:
    """How each line will end the year, behind a heading that is opened by whoever asks: hours beside pounds, and what is committed."""
    rows = [(row, row.ahead) for row in seen.plan if row.ahead is not None]
    if not rows or not seen.issued:
        return
    with st.expander("How will the year end?"):
        table(f"Forecast at the end of {seen.month.in_words}", AHEAD, (_ahead(row, ahead) for row, ahead in rows),
              total=_all_ahead([ahead for _, ahead in rows]))
        sentence(method(USUAL), quiet=True)


def _ahead(row: PlanRow, ahead: Ahead) -> Row:
    forecast = Markup("By bill") if ahead.quantity is None else _quantity(row.given, ahead.quantity)
    return [row.given.words, _quantity(row.given, ahead.planned), forecast, pounds(ahead.planned_pence), pounds(ahead.committed_pence),
            pounds(ahead.pence), tag(STANDING[ahead.status])]


def _all_ahead(found: list[Ahead]) -> Row:
    planned, pence = (total_or_not_known(parts) for parts in ([each.planned_pence for each in found], [each.pence for each in found]))
    return ["All lines", "", "", pounds(planned), pounds(sum(each.committed_pence for each in found)), pounds(pence), ""]


def _row(row: PlanRow, issued: bool) -> Row:
    line = row.given
    price = Markup('<span class="rf-under">{}</span>').format(line.price_words) if line.price_words else Markup("")
    return [Markup("{}{}").format(line.words, price), _quantity(line, line.planned), _quantity(line, line.given), _left(row),
            pounds(line.pence), Markup("") if row.status is None else pounds(row.left_pence), _status(row, issued)]


def _quantity(line: GivenLine, count: int | None) -> Markup:
    return Markup('<span class="rf-figure">{}</span>').format(words.quantity(count, line.measure))


def _left(row: PlanRow) -> Markup:
    return Markup("") if row.left is None else _quantity(row.given, row.left)


def _status(row: PlanRow, issued: bool) -> Markup:
    """How the line stands, and from what: before its month's support is charged, nothing can be said."""
    if row.status is None:
        return Markup("Not in the plan")
    if not issued:
        return Markup('<span class="rf-not-known">After month end</span>')
    so_far = (words.quantity(count, row.given.measure) for count in (row.given_so_far, row.planned_so_far))
    return tag(STANDING[row.status]) + under("{} of {} planned so far".format(*so_far))


def _total(seen: FundMonth) -> Row:
    """What all lines cost in the month, and what is left of them all: not known as soon as one of them is not."""
    known = [row for row in seen.plan if row.status is not None]
    left = NOT_KNOWN if any(row.left_pence is None for row in known) else pounds(sum(row.left_pence or 0 for row in known))
    return ["All lines", "", "", "", pounds(seen.statement.given_total_pence), left, ""]

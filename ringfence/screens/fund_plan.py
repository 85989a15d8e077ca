"""Plan and delivery, line by line: hours beside pounds."""

from __future__ import annotations

from markupsafe import Markup

from isf.statement import GivenLine
from ringfence.actions.one_fund import FundMonth, PlanRow
from ringfence.actions.people_and_funds import STANDING
from ringfence.documents import words
from ringfence.screens.components.markup import NOT_KNOWN, pounds, tag, under
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text

COLUMNS = (text("Line"), figures("Planned"), figures("Given"), figures("Left of year"), figures("Cost"), figures("Left of year, £"), text("Status"))


def plan_table(seen: FundMonth) -> None:
    """Planned, given and left of each line, in hours or times and in pounds, and what all lines come to."""
    table(f"Plan and delivery, {seen.month.in_words}", COLUMNS, (_row(row, seen.issued) for row in seen.plan), total=_total(seen),
          note="What is left of the plan is what is planned and not given yet, in the days for which we know what was given line by line. "
               "It need not be what is left of the budget. The status is of the year so far, not of the month.",
          empty="Nothing is planned in this fund, and nothing was given in this month.")


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

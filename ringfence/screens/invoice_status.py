"""How the status of an invoice looks: a tag, and what to do next in words."""

from __future__ import annotations

from markupsafe import Markup

from basics.periods import day_in_words
from ringfence.actions.invoice_standing import Standing, Status
from ringfence.screens.components.markup import tag
from ringfence.screens.components.table import figures

COLOURS = {Status.ISSUED: "blue", Status.SENT: "blue", Status.PART_PAID: "orange", Status.DISPUTED: "orange", Status.PAID: "green",
           Status.CREDITED: "grey", Status.WRITTEN_OFF: "grey"}
OVERDUE = "Overdue"
BUCKETS = (figures("Not due yet"), figures("1–30 days"), figures("31–60 days"), figures("61–90 days"), figures("Over 90"))
"""The columns of what is open by how long it is overdue, in the order of `Bucket`."""


def status_tag(one: Standing) -> Markup:
    """What became of it, and whether it is overdue."""
    late = Markup(" ") + tag(OVERDUE) if one.is_overdue else Markup("")
    return tag(one.status.value, COLOURS[one.status]) + late


def what_next(one: Standing) -> str:
    """What to do about an invoice, in a sentence; nothing where it is settled and nobody asks about it."""
    open_queries = [query for query in one.queries if query.is_open]
    if open_queries:
        return f"Answer {open_queries[0].raised_by} by {day_in_words(open_queries[0].reply_by)}, and record what came of it."
    if not one.amounts.open:
        return ""
    if one.is_overdue:
        return "Debtors says which letter is due, or why none is."
    if not one.sent:
        return "Send it, and note below when, how and to whom."
    return f"Wait: it is to be paid by {day_in_words(one.amounts.due_on)}."

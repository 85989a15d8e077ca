"""Invoices that are held: for whom, how much, why, and who must act. Of a month that is worked out, and of those that are closed."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from basics.money import Money
from invoicing.held import Reason
from ringfence.actions.held_invoices import HeldNow
from ringfence.actions.month_review import HeldDraft
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import how_many, pounds
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import Cell, figures, table, words
from ringfence.screens.held_issued import may_be_issued

FREE = "Nothing holds it any more: it may be issued now, or goes out with the next month end."


def held_of_the_month(held: Sequence[HeldDraft]) -> Markup:
    """What is not issued with the rest of the month, as a note."""
    items = Markup("").join(Markup("<li><strong>{}</strong>, {}, {}: {}</li>").format(
        one.draft.payer, one.draft.for_whom, Money(one.draft.pence), _why(one.reasons)) for one in held)
    return Markup('<div class="rf-note" role="status"><p><strong>{} {} held, {}. The rest of the month is issued without {}.</strong></p>'
                  "<ul>{}</ul></div>").format(how_many(len(held), "invoice"), "is" if len(held) == 1 else "are",
                                             Money(sum(one.draft.pence for one in held)), "it" if len(held) == 1 else "them", items)


def show_held(held: Sequence[HeldNow]) -> None:
    """What closed months did not ask for; a part of the page only where there is any."""
    if not held:
        return
    part("Held", "Drawn up and not issued. Once its reason is gone, each may be issued at once, or goes out with the next month end.")

    def draw(shown: Sequence[HeldNow]) -> None:
        table("Invoices that are held", [words("Payer, and for whom"), words("Period"), figures("Amount"), words("Why, and who must act")],
              ([Markup('{}<span class="rf-under">{}</span>').format(one.payer, one.for_whom), one.period, pounds(one.pence), _why(one.reasons)]
               for one in shown), total=[f"All {how_many(len(held), 'invoice')}", "", pounds(sum(one.pence for one in held)), ""])

    paged(held, "held", draw)
    may_be_issued(held)


def _why(reasons: Sequence[Reason]) -> Cell:
    if not reasons:
        return FREE
    said = Markup("<br>").join(Markup("{} <strong>{} must act.</strong> {}").format(one.what, one.who, one.to_do) for one in reasons)
    return Markup('<span class="rf-wide">{}</span>').format(said)

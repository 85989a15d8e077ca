"""Interest for late payment that may be claimed: of every payer in a line, and of one payer invoice by invoice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from invoicing.late_payment import LatePayment
from ringfence.actions.debtors import Debtor, Debtors
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import address, how_many, link, pounds
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text

TITLE = "Interest for late payment that may be claimed"
COLUMNS = (figures("Paid late, or late and open"), figures("Interest"), figures("Fixed sums"), figures("Together"))
EXPLAINED = "From councils, the NHS and businesses only. What was claimed already is not in it."


def of_all(found: Debtors) -> None:
    """The payers from whom something may be claimed; nothing where there is none."""
    owing = [each for each in found.debtors if each.late]
    if owing:
        part(TITLE)
        every = [added for each in owing for _, added in each.late]
        paged(owing, "late", lambda shown: table(TITLE, [text("Payer"), *COLUMNS], ([
            link(each.name, address("debtors", payer=each.payer)), *_sums([added for _, added in each.late])] for each in shown),
            total=[f"All {how_many(len(owing), 'payer')}", *_sums(every)], note=EXPLAINED))


def of_payer(each: Debtor) -> None:
    """The same of one payer, invoice by invoice, also of invoices that are paid."""
    if each.late:
        part(TITLE)
        paged(each.late, "late", lambda shown: table(TITLE, [text("Invoice"), text("How late"), *COLUMNS], (_row(*one) for one in shown), total=[
            f"All {how_many(len(each.late), 'invoice')}", "", *_sums([added for _, added in each.late])], note=EXPLAINED))


def _row(called: str, added: LatePayment) -> Row:
    opens = link(called, address("invoices", invoice=int(called))) if called.isdecimal() else called
    return [opens, f"{how_many(added.days, 'day')}, at {added.percent.normalize():f}%", *_sums([added])]


def _sums(added: Iterable[LatePayment]) -> Sequence[str]:
    each = list(added)
    return [pounds(sum(one.pence for one in each)), pounds(sum(one.interest_pence for one in each)), pounds(sum(one.fixed_pence for one in each)),
            pounds(sum(one.total_pence for one in each))]

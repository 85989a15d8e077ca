"""One payer: what it owes person by person, each open invoice, what was asked about them, and what the law adds."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from basics.money import Money
from basics.periods import day_in_figures, day_in_words
from invoicing.aged_debt import Bucket
from ringfence.actions.debtors import Debtor, Debtors
from ringfence.actions.invoice_standing import Standing
from ringfence.screens import debtor_acts, debtor_late
from ringfence.screens.components.desk import acting
from ringfence.screens.components.frame import back_to, heading, part, words
from ringfence.screens.components.markup import address, how_many, link, pounds, tag
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text
from ringfence.screens.invoice_status import BUCKETS, status_tag

PEOPLE = (text("Person"), figures("Open"), *BUCKETS, figures("Not invoiced"))
INVOICES = (text("Invoice"), text("Due"), figures("Asked for"), figures("Open"), figures("Days late"), text("Status"))


def show(found: Debtors, payer: str) -> None:
    """The payer of that reference."""
    back_to(("Debtors", address("debtors")))
    each = next((one for one in found.debtors if one.payer == payer), None)
    if each is None:
        heading("One payer", f"Nothing stands of “{payer[:64]}” on {day_in_words(found.on)}. Choose one of the list.")
        return
    held = tag(f"No letters: {each.held.why}", "grey") if each.held else Markup("")
    heading(each.name, f"{Money(each.overdue_pence)} is overdue on {day_in_words(found.on)}, of {Money(each.open_pence)} that is open.", held)
    for said in _said(each):
        words(said)
    part("For whom")
    paged(each.people, "people", lambda rows: table("For whom", PEOPLE, ([
        of.called, pounds(of.debt.open_pence), *(_pounds(of.debt.by_bucket.get(bucket, 0)) for bucket in Bucket), _pounds(of.debt.not_invoiced)]
        for of in rows), total=_total(each)))
    part("Open invoices")
    paged(each.invoices, "invoices", lambda rows: table("Open invoices", INVOICES, (_invoice(one) for one in rows), total=[
        "All open", "", pounds(sum(one.amounts.asked for one in each.invoices)), pounds(sum(one.amounts.open for one in each.invoices)), "", ""]
        if each.invoices else None, empty="No invoice of this payer is open."))
    debtor_late.of_payer(each)
    if found.on == acting().today:
        debtor_acts.may_be_done(each)


def _said(each: Debtor) -> Iterator[str]:
    if each.held:
        until = f"until {day_in_words(each.held.until)}" if each.held.until else "until further notice"
        yield f"No letter about money goes out {until}: {each.held.why}. {each.held.words}."
    for query in each.disputed:
        yield (f"{query.raised_by} asked about invoice {query.invoice:06d} on {day_in_words(query.on)}: {query.words}. "
               f"An answer is due by {day_in_words(query.reply_by)}.")
    if each.late:
        yield (f"For paying late, the law adds {Money(each.late_pence)} of interest and fixed sums, on {how_many(len(each.late), 'invoice')}. "
               "It may be asked for; it is not in the books.")
    if each.late_not_known:
        yield f"What the law adds {'to the others ' if each.late else ''}is not known. {each.late_not_known}"
    if each.paid_ahead:
        yield f"{Money(each.paid_ahead)} was paid beyond all that is due."


def _pounds(pence: int) -> str | Markup:
    return pounds(pence) if pence else ""


def _total(each: Debtor) -> Row:
    return ["All", pounds(each.open_pence), *(pounds(each.by_bucket[bucket]) for bucket in Bucket), pounds(each.not_invoiced)]


def _invoice(one: Standing) -> Row:
    of = one.amounts
    called = link(of.called, address("invoices", invoice=of.number)) if of.number else f"{of.called}, brought over"
    return [called, day_in_figures(of.due_on), pounds(of.asked), pounds(of.open),
            f"{one.days_late:,}" if one.days_late else "", status_tag(one)]

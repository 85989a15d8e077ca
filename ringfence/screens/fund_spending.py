"""What others ask of a fund and what was bought from it: bills with how far each has come, purchases with why, misspent money, worries, papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from basics.periods import day_in_figures, day_in_words
from isf.spending import QUESTIONS, Verdict
from ringfence.actions.acting import Acting
from ringfence.actions.bills import OneBill, Status, bills
from ringfence.actions.evidence import Kept, evidence_of
from ringfence.actions.spending import OneMisspent, OnePurchase, OneWorry, Spending, spending, to_put_back
from ringfence.screens.components.desk import kept
from ringfence.screens.components.frame import part
from ringfence.screens.components.markup import pounds, tag, under
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text

TAG_OF = {Status.WAITING: "Awaiting approval", Status.APPROVED: "Approved", Status.IN_A_RUN: "Prepared", Status.PAID: "Paid",
          Status.CORRECTED: "Taken back"}
BELOW = {Status.APPROVED: "not paid", Status.IN_A_RUN: "its payment waits for approval"}
VERDICTS = {Verdict.ALLOWED: ("Allowed", "green"), Verdict.ASK: ("To ask", "orange"), Verdict.NEVER: ("Never", "red")}


def bills_and_purchases(caller: Acting, fund: str) -> None:
    """Draw the part of a fund’s page that is about spending. What there is none of is left out; nothing at all is said in a sentence."""
    owed, found, papers = _read(caller, fund)
    part("Bills and purchases")
    table("Bills of others", [text("Bill"), text("For"), figures("Amount"), text("How far"), text("Dated")], map(_bill, owed),
          total=_total(owed), empty="No bill of anybody else is entered for this fund. Bills come in with an apply file, on the Import page.")
    if found.purchases:
        table("Purchases that were asked about", [text("Purchase"), figures("At most"), text("Rules"), text("Why")], map(_purchase, found.purchases),
              show_caption=True)
    if found.misspent:
        table("Money that was misspent", [text("On what"), figures("Amount"), figures("Put back"), text("Who, and by when"), text("How far")],
              (_misspent(each, caller.today) for each in found.misspent), show_caption=True)
    if found.worries:
        table("Worries about this money", [text("Worry"), text("Raised"), text("What came of it")], map(_worry, found.worries), show_caption=True)
    if papers:
        table("Receipts and other papers", [text("Paper"), text("For"), text("Kept"), text("sha256")], map(_paper, papers), show_caption=True,
              note="Each is kept under its sha256, so that a changed one is found out. ‘ringfence verify’ looks at all of them.")


@kept(64)
def _read(caller: Acting, fund: str) -> tuple[tuple[OneBill, ...], Spending, tuple[Kept, ...]]:
    return bills(caller, fund), spending(caller, fund), evidence_of(caller, fund)


def _bill(each: OneBill) -> Row:
    below = BELOW[each.status] if each.status in BELOW else f"on {day_in_figures(each.paid_on)}" if each.paid_on else ""
    return [Markup("{}{}").format(each.supplier, under(f"{each.reference}, number {each.number}")),
            Markup("{}{}").format(each.words, under(f"by line {each.line} of the plan" if each.line else f"by purchase {each.purchase}")),
            pounds(each.pence), Markup("{}{}").format(tag(TAG_OF[each.status]), under(below) if below else ""),
            Markup("{}{}").format(day_in_figures(each.on), under(f"due {day_in_figures(each.due_on)}") if each.due_on else "")]


def _total(owed: Sequence[OneBill]) -> Row | None:
    return ["Agreed and not paid", "", pounds(sum(each.pence for each in owed if each.is_owed)), "", ""] if owed else None


def _purchase(each: OnePurchase) -> Row:
    name, colour = VERDICTS[each.checked.verdict]
    return [Markup("{}{}").format(each.item.words, under(f"{each.item.purchase}, {day_in_words(each.item.on)}")), pounds(each.item.pounds),
            tag(name, colour), Markup("").join(Markup("{}{}").format(words, under(source)) for words, source in _why(each))]


def _why(each: OnePurchase) -> Iterator[tuple[str, str]]:
    yield from ((reason.why, f"{reason.source[:1].upper()}{reason.source[1:]}") for reason in each.checked.reasons)
    if each.checked.to_answer:
        yield "Still to be asked:", " ".join(QUESTIONS[question] for question in each.checked.to_answer)


def _misspent(each: OneMisspent, today: date) -> Row:
    return [Markup("{}{}").format(each.item.words, under(f"{each.item.misspent}, {day_in_words(each.item.on)}")), pounds(each.item.pounds),
            pounds(each.put_back), f"{each.item.who}, {day_in_words(each.item.by)}", to_put_back(each, today)]


def _worry(each: OneWorry) -> Row:
    raised = f"with {each.item.raised_with}, {day_in_words(each.item.raised_on)}" if each.item.raised_on else "with nobody at the council yet"
    came_of_it = f"{each.item.outcome} ({day_in_words(each.item.outcome_on)})" if each.item.outcome_on else tag("Open")
    who = under(f"{each.item.worry}, {day_in_words(each.item.on)}, by {each.item.raised_by}")
    return [Markup("{}{}").format(each.item.words, who), raised, came_of_it]


def _paper(each: Kept) -> Row:
    return [Markup("{}{}").format(each.words, under(each.name)), each.about, f"{each.recorded_by}, {day_in_figures(each.recorded_on)}",
            Markup("<code>{}…</code>").format(each.sha256[:12])]

"""What is late or due in the books as they stand, for the first page: invoices past their day, letters, reviews, statements that nobody was shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from basics.periods import Month
from isf.statement_forms import Form
from ringfence.actions.acting import Acting
from ringfence.actions.debts_open import Amounts, debts_open
from ringfence.actions.fund_terms_known import terms_in_force
from ringfence.actions.issuing_held import preview_held
from ringfence.actions.month_end import MONTH_END, issued_batch
from ringfence.actions.published import every_version
from ringfence.actions.reminding import reminders
from ringfence.actions.statement_forms import forms_known
from ringfence.actions.watching_agreed import funds_watched, review_lines, still_supported
from ringfence.importing.fact_items_reviews import Review
from ringfence.store import documents_issued, facts, month_figures, registry


@dataclass(frozen=True)
class HowMuch:
    """How many of something, and what they come to in pence."""

    count: int = 0
    pence: int = 0


@dataclass(frozen=True)
class FallingDue:
    """`overdue`: issued invoices that were to be paid before today, with what is open of them, the first of which was due on `oldest_on`;
    `brought_over`: the same of the books before these. `letters` are due by the ladders of reminders. `reviews` were to be held before today.
    `not_published`: of the last `month` that is issued, the statements that nobody outside was shown in the form that is needed. `free`: invoices
    that were held and nothing holds any more, which nobody has prepared to issue."""

    overdue: HowMuch
    oldest_on: date | None
    brought_over: HowMuch
    letters: HowMuch
    reviews: int
    month: Month | None
    not_published: int
    free: HowMuch = HowMuch()


def falling_due(acting: Acting) -> FallingDue:
    """All of it, today."""
    with acting.reading() as connection:
        debts = debts_open(connection, acting.today)
        late = [each for each in debts.invoices.values() if each.open and each.due_on < acting.today]
        before = [each for each in debts.brought_over if each.open and each.due_on < acting.today]
        reviews, (month, not_published) = _reviews_late(connection, acting.today), _not_published(connection)
    letters = [each.letter.open_pence for each in reminders(acting).letters] if late or before else []
    return FallingDue(_how_much(late), min((each.due_on for each in late), default=None), _how_much(before),
                      HowMuch(len(letters), sum(letters)), reviews, month, not_published, _free(acting))


def _free(acting: Acting) -> HowMuch:
    plan = preview_held(acting)
    return HowMuch(len(plan.drafts), plan.pence) if plan and not plan.prepared_by else HowMuch()


def _how_much(found: list[Amounts]) -> HowMuch:
    return HowMuch(len(found), sum(each.open for each in found))


def _reviews_late(connection: Connection, on: date) -> int:
    """As the watch list tells them."""
    of = still_supported(connection, funds_watched(connection)[0], on)
    held = [fact for fact in facts.facts(connection, Review.kind) if fact.from_on <= on]
    names = {key: payer.name for key, payer in registry.funders(connection).items()}
    due = review_lines(terms_in_force(connection, on), held, registry.fundings(connection), registry.plan_lines(connection), of, names, on)
    return sum(each.is_late for each in due)


def _not_published(connection: Connection) -> tuple[Month | None, int]:
    """As the list of statements counts them: published in another form than is needed now is not published."""
    issued = [Month.parse(row.key.split()[1]) for row in month_figures.month_batches(connection, MONTH_END) if row.approved_by]
    month = max(issued, default=None)
    batch = issued_batch(connection, month) if month else None
    if month is None or batch is None:
        return None, 0
    forms = {person: each.form for person, each in forms_known(connection).items()}
    last = {each.document_id: each.form for each in every_version(connection, month=month)}
    rows = documents_issued.statements(connection, batch.id)
    return month, sum(last.get(row.id) is not forms.get(row.person, Form.STANDARD) for row in rows)

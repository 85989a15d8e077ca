"""What is late or due today in the books: invoices, letters, reviews, statements nobody was shown; each as the page that it leads to says."""

from __future__ import annotations

from datetime import UTC, date, datetime

from basics.periods import ONE_DAY, Month
from ringfence.actions.debtors import debtors
from ringfence.actions.falling_due import HowMuch, falling_due
from ringfence.actions.invoice_standing import invoice_standings
from ringfence.actions.issuing_held import prepare_held
from ringfence.actions.publishing import publish
from ringfence.actions.recording import record_content
from ringfence.actions.statement_list import statements_out
from ringfence.actions.watching import watch_list
from tests.actions.provider_books import Books, bank_line, part
from tests.actions.test_held_invoices import NEEDED, given

OCTOBER = Month(2026, 10)
LADDER = {"ladder": "people", "of_kind": "person", "from": "2026-04-01", "source": "Trustees", "steps": [{"days": 7, "tone": "friendly"}]}
CONTACT = {"funder": "peggy", "from": "2026-04-01", "name": "Ann Ellis", "address": ["4 Hill Street"], "basis": "attorney", "source": "Seen"}


def on(books: Books, day: date) -> Books:
    books.at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return books


def test_an_invoice_is_overdue_from_the_day_after_it_was_to_be_paid_with_what_is_open_of_it_alone(issued: Books) -> None:
    first = min(each.amounts.due_on for each in invoice_standings(issued.asha).values() if each.amounts.open)
    assert falling_due(on(issued, first).asha).overdue == HowMuch(0, 0)
    on(issued, first + ONE_DAY).apply({"bank_lines": [
        bank_line("BK-1", first.isoformat(), "10.00", "provider", parts=[part("spot-P004", "10.00", funder="peggy")])]})
    found, late = falling_due(issued.asha), [each for each in invoice_standings(issued.asha).values() if each.is_overdue]
    assert found.overdue == HowMuch(len(late), sum(each.amounts.open for each in late))
    assert 1_400 in [each.amounts.open for each in late], "£10.00 of £24.00 is paid."
    assert found.oldest_on == first
    assert found.overdue.pence + found.brought_over.pence == debtors(issued.asha).overdue_pence


def test_a_letter_is_due_by_its_ladder_and_not_before(issued: Books) -> None:
    issued.apply({"reminder_terms": [LADDER], "payer_contacts": [CONTACT]})
    due = next(each.amounts.due_on for each in invoice_standings(issued.asha).values() if each.amounts.payer == "peggy" and each.amounts.open)
    assert falling_due(on(issued, due + 6 * ONE_DAY).asha).letters == HowMuch(0, 0)
    assert falling_due(on(issued, due + 7 * ONE_DAY).asha).letters == HowMuch(1, 2_400)


def test_a_review_is_overdue_once_its_last_day_has_passed_and_until_it_is_held(issued: Books) -> None:
    review = {"review": "RV-1", "person": "P001", "fund": "isf", "which": "yearly", "words": "It goes well", "on": "2026-10-01",
              "next_on": "2026-12-10"}
    record_content(issued.asha, {"reviews": [review]}, "reviews.yaml")
    before, after = (falling_due(on(issued, day).asha).reviews for day in (date(2026, 12, 10), date(2026, 12, 11)))
    assert after == before + 1
    assert after == sum(each.matter == "Review" and each.is_late for each in watch_list(issued.asha).lines)
    record_content(issued.asha, {"reviews": [review | {"review": "RV-2", "on": "2026-12-11", "next_on": "2027-12-10"}]}, "reviews.yaml")
    assert falling_due(issued.asha).reviews == before


def test_a_statement_is_published_in_the_form_that_is_needed_now_or_waits(issued: Books) -> None:
    statements = statements_out(issued.asha, OCTOBER)
    assert (falling_due(issued.asha).month, falling_due(issued.asha).not_published) == (OCTOBER, len(statements))
    one = statements[0].issued
    publish(issued.asha, OCTOBER, [one.fund])
    assert falling_due(issued.asha).not_published == len(statements) - 1
    record_content(issued.asha, {"statement_forms": [{"person": one.person, "form": "large print 18", "on": "2026-11-01"}]}, "forms.yaml")
    assert falling_due(issued.asha).not_published == len(statements)


def test_before_the_first_month_is_issued_no_statement_waits(agreed: Books) -> None:
    assert (falling_due(agreed.asha).month, falling_due(agreed.asha).not_published) == (None, 0)


def test_an_invoice_that_was_held_waits_until_it_is_prepared_once_nothing_holds_it_any_more(delivered: Books) -> None:
    delivered.apply(NEEDED)
    delivered.month_end()
    assert falling_due(delivered.asha).free == HowMuch(), "Its order number is missing still."
    given(delivered, order_number="SG-1")
    assert falling_due(delivered.asha).free == HowMuch(1, 3_000)
    prepare_held(delivered.asha)
    assert falling_due(delivered.asha).free == HowMuch(), "It waits for its approval now, which is a task of its own."

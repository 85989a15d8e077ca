"""A held invoice goes out as soon as what it waited for is there, and nothing else with it: it asks for what was charged in closed months.

In October Southgate pays 60% and Northvale 40% of P003’s hour with two carers at £25.00. Southgate’s part, £30.00, is held for its order number.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from basics.errors import InputError, NotAllowed, Refused
from basics.periods import Period
from ringfence.actions.applying import approve
from ringfence.actions.crediting import credit_notes
from ringfence.actions.debtors import debtors
from ringfence.actions.documents_out import write_documents
from ringfence.actions.exports_made import Export
from ringfence.actions.held_invoices import held_invoices
from ringfence.actions.invoice_list import list_invoices, open_invoice
from ringfence.actions.issuing_held import HeldPlan, issue_held, prepare_held, preview_held
from ringfence.actions.month_end import approve_month, prepare_month
from ringfence.actions.overview import waiting_for_approval
from ringfence.actions.verifying import verify
from tests.actions.conftest import Shelf
from tests.actions.exported_books import ready, sent
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, by_delivery, files_in, plan_line, terms, visit
from tests.actions.test_held_invoices import NEEDED, given
from tests.actions.test_invoiced_every_4_weeks import FOUR_WEEKS
from tests.actions.test_invoices_together import TOGETHER

THE_12TH, IN_DECEMBER = datetime(2026, 11, 12, 9, tzinfo=UTC), datetime(2026, 12, 2, 9, tzinfo=UTC)
HELD = "2026-10|southgate|spot-P003|held 1"


@pytest.fixture
def held(delivered: Books) -> Books:
    """October is issued without Southgate’s £30.00; on 12 November its order number is there."""
    held_in(delivered)
    given(delivered, order_number="SG-1")
    return delivered


def held_in(books: Books) -> None:
    books.apply(NEEDED)
    books.month_end()
    books.at = THE_12TH


def planned(books: Books) -> HeldPlan:
    plan = preview_held(books.asha)
    assert plan is not None
    return plan


def issue(books: Books, out: Path | None = None) -> None:
    done = issue_held(books.ben, prepare_held(books.asha).digest, out)
    assert done.plan is not None
    assert done.set_aside == ()


def test_it_goes_out_on_the_day_on_which_nothing_holds_it_any_more_with_the_next_number(held: Books) -> None:
    before, last = held.balances(), max(held.invoices())
    assert [(draft.key, draft.pence) for draft in planned(held).drafts] == [(HELD, 3_000)]
    issue(held)
    record = held.invoices()[last + 1]
    assert (record.key, record.total_pence, record.order_number, record.draft) == (HELD, 3_000, "SG-1", False)
    assert (record.issued_words, record.due_words) == ("12 November 2026", "10 December 2026"), "Days to pay count from the day of issue."
    assert record.seal
    listed = list_invoices(held.asha)[0]
    assert (listed.number, listed.issued_on, listed.due_on, listed.month) == (last + 1, date(2026, 11, 12), date(2026, 12, 10), NOVEMBER)
    opened = open_invoice(held.asha, last + 1)
    assert (opened.prepared_by, opened.approved_by) == ("asha", "ben")
    assert held.balances() == before, "It was charged with October, and nothing is charged anew."
    assert held_invoices(held.asha) == ()
    assert verify(held.store, referee=True) == []


def test_what_is_shown_is_what_is_prepared_and_what_is_issued(held: Books, tmp_path: Path) -> None:
    shown = planned(held)
    prepared = prepare_held(held.asha, tmp_path)
    assert prepared.plan is not None
    assert (prepared.digest, prepared.plan.lines) == (shown.digest, shown.lines)
    assert shown.lines == ("Southgate Council, Grace (P003), 7 October 2026: £30.00",)
    assert {path.name for path in tmp_path.rglob("*.pdf")} == {"draft-2026-10-southgate-spot-P003-held-1.pdf"}
    assert HELD not in held.asked_for(), "Nothing is issued by preparing it."
    done = issue_held(held.ben, prepared.digest)
    assert done.plan is not None
    assert done.plan.invoices == shown.invoices


def test_whoever_prepared_it_never_approves_it(held: Books) -> None:
    digest = prepare_held(held.asha).digest
    with pytest.raises(NotAllowed, match="somebody else must approve"):
        issue_held(held.asha, digest)
    with pytest.raises(NotAllowed, match="somebody else must approve"):
        approve(held.asha, digest)
    assert HELD not in held.asked_for()


def test_it_waits_for_approval_with_the_rest_and_is_approved_like_it(held: Books) -> None:
    digest = prepare_held(held.asha).digest
    waits, = waiting_for_approval(held.ben)
    assert (waits.digest, waits.prepared_by) == (digest, "asha")
    assert waits.says == ("Issue an invoice that was held: Southgate Council, Grace (P003), 7 October 2026: £30.00",)
    assert approve(held.ben, digest).said == ("1 invoice issued that had been held: £30.00.",)
    assert held.asked_for()[HELD] == 3_000
    assert waiting_for_approval(held.ben) == []


def test_doing_it_again_changes_nothing_and_writes_the_same_documents(held: Books, tmp_path: Path) -> None:
    digest = prepare_held(held.asha).digest
    assert prepare_held(held.asha).digest == digest
    assert issue_held(held.ben, digest, tmp_path).written == 1
    everything, files = held.everything(), files_in(tmp_path)
    again = issue_held(held.ben, digest, tmp_path)
    assert (again.plan, again.set_aside) == (None, ())
    assert (held.everything(), files_in(tmp_path)) == (everything, files)
    with pytest.raises(NotAllowed, match="No invoice that was held may be issued now"):
        prepare_held(held.asha)
    assert held.everything() == everything


def test_what_something_still_holds_is_not_issued_and_says_why(delivered: Books) -> None:
    held_in(delivered)
    plan = planned(delivered)
    assert plan.drafts == ()
    assert [reason.who for each in plan.still for reason in each.reasons] == ["Southgate Council"]
    with pytest.raises(NotAllowed, match="No invoice that was held"):
        prepare_held(delivered.asha)


def test_nothing_is_prepared_before_a_month_is_closed_or_where_nothing_waits(delivered: Books, issued: Books) -> None:
    for books in (delivered, issued):
        assert preview_held(books.asha) is None
        with pytest.raises(NotAllowed, match="No invoice that was held"):
            prepare_held(books.asha)
    with pytest.raises(InputError, match="No invoices that were held"):
        issue_held(issued.ben, "0123456789")


def test_4_weeks_that_are_not_over_are_not_taken(delivered: Books) -> None:
    """Southgate’s 4 weeks end on 18 October and 15 November; it needs an order number for each."""
    delivered.apply({"terms": [{**FOUR_WEEKS, "order_number_needed": True}],
                     "fundings": [by_delivery("P003", "southgate", share=60, terms="Four weeks")]})
    delivered.visits(visit("V-21", "P003", "2026-10-19", "08:00", "09:00", support="care"), name="more.csv")
    delivered.month_end()
    delivered.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    delivered.apply({"fundings": [by_delivery("P003", "southgate", share=60, terms="Four weeks", order_number="SG-1")]})
    assert [draft.pence for draft in planned(delivered).drafts] == [3_000], "The visit of 19 October waits, though its 4 weeks are over today."
    issue(delivered)
    delivered.visits(visit("V-22", "P003", "2026-11-04", "08:00", "09:00", support="care"), name="november.csv")
    delivered.month_end(NOVEMBER)
    assert delivered.asked_for()["2026-11|southgate|spot-P003|to 2026-11-15"] == 1_500 + 1_500
    assert verify(delivered.store, referee=True) == []


def test_the_next_month_end_asks_for_what_is_new_and_the_money_is_as_if_it_had_gone_with_it(shelf: Shelf) -> None:
    found = []
    for at_once in (True, False):
        with shelf.opened("delivered") as books:
            held_in(books)
            given(books, order_number="SG-1")
            if at_once:
                issue(books)
            books.visits(visit("V-9", "P003", "2026-11-04", "08:00", "09:00", support="care"), name="november.csv")
            books.at = IN_DECEMBER
            books.month_end(NOVEMBER)
            asked = {key: pence for key, pence in books.asked_for().items() if "southgate|spot" in key}
            assert asked == ({HELD: 3_000, "2026-11|southgate|spot-P003": 1_500} if at_once else {"2026-11|southgate|spot-P003": 4_500})
            numbers = sorted(books.invoices())
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers))), "Numbers stay without a gap."
            told = {key: str(each).replace(each.seal, "") for key, each in books.statements().items()}
            owed = {each.payer: sum(one.debt.open_pence + one.debt.not_invoiced for one in each.people) for each in debtors(books.asha).debtors}
            found.append((books.balances(), told, owed))
            assert verify(books.store, referee=True) == []
    assert found[0] == found[1]


def test_its_document_is_with_those_of_the_month_in_which_it_was_issued(held: Books, tmp_path: Path) -> None:
    issue(held, tmp_path / "at once")
    number = max(held.invoices())
    held.at = IN_DECEMBER
    held.month_end(NOVEMBER)
    for month, is_there in ((OCTOBER, False), (NOVEMBER, True)):
        done = write_documents(held.asha, month, tmp_path / str(month))
        assert done.all_agree
        assert (tmp_path / str(month) / f"payers/southgate/invoice-{number:06d}.pdf").is_file() is is_there
    at_once = (tmp_path / "at once" / f"invoices/invoice-{number:06d}.pdf").read_bytes()
    assert at_once == (tmp_path / str(NOVEMBER) / f"payers/southgate/invoice-{number:06d}.pdf").read_bytes()


def test_exports_of_its_day_of_issue_have_it(delivered: Books) -> None:
    delivered.apply(NEEDED)
    ready(delivered)
    delivered.at = THE_12TH
    delivered.apply({"terms": [terms("Ordered", charged_time="nearest 15", cancelled_visits="as planned", funder_share="by line",
                                     vat_words="VAT Act 1994, Schedule 9, Group 7", order_number_needed=True)]})
    given(delivered, order_number="SG-1")
    issue(delivered)
    day = Period(THE_12TH.date(), THE_12TH.date())
    out = sent(delivered, Export.XERO, day)
    rows = list(csv.DictReader(out.files[0].content.decode("utf-8-sig").splitlines()))
    assert {row["*InvoiceNumber"] for row in rows} == {f"{max(delivered.invoices()):06d}"}


def test_books_that_changed_since_it_was_prepared_refuse_it_and_it_waits_no_more(held: Books) -> None:
    digest = prepare_held(held.asha).digest
    assert planned(held).prepared_by == "asha"
    given(held, order_number="SG-2")
    assert planned(held).prepared_by == ""
    assert waiting_for_approval(held.ben) == []
    with pytest.raises(NotAllowed, match="The books have changed since asha prepared"):
        issue_held(held.ben, digest)
    given(held, order_number="SG-1")
    assert [each.digest for each in waiting_for_approval(held.ben)] == [digest], "It would do the same again."
    held.month_end(NOVEMBER)
    assert waiting_for_approval(held.ben) == [], "It went out with the month end."
    with pytest.raises(NotAllowed, match="The books have changed"):
        issue_held(held.ben, digest)
    assert held.asked_for()["2026-11|southgate|spot-P003"] == 3_000


def test_a_month_end_that_was_prepared_with_it_is_prepared_again(held: Books) -> None:
    digest = prepare_month(held.asha, NOVEMBER, None).digest
    issue(held)
    with pytest.raises(NotAllowed, match="The books have changed"):
        approve_month(held.ben, NOVEMBER, digest, None)
    held.month_end(NOVEMBER)
    assert "2026-11|southgate|spot-P003" not in held.asked_for()


def test_of_one_invoice_for_several_people_what_was_held_is_one_too(delivered: Books) -> None:
    """Southgate asks for one invoice, and its orders end on 10 October: what was given after that is held until it sends others."""
    delivered.apply({"terms": [TOGETHER], "plan": [plan_line("P005", "outreach", 120)], "orders": [ordered(person) for person in ("P003", "P005")],
                     "fundings": [by_delivery("P003", "southgate", share=60, terms="Together"), by_delivery("P005", "southgate", terms="Together")]})
    delivered.visits(visit("V-8", "P003", "2026-10-20", "08:00", "10:00", support="care"),
                     visit("V-9", "P005", "2026-10-08", "09:00", "10:00", row=3),
                     visit("V-10", "P005", "2026-10-20", "09:00", "11:00", row=4), name="more.csv")
    delivered.month_end()
    assert delivered.asked_for()["2026-10|southgate|together 1"] == 3_000 + 2_400
    delivered.apply({"orders": [ordered(person, number="PO-8", **{"from": "2026-10-11", "to": "2027-03-31"}) for person in ("P003", "P005")]})
    issue(delivered)
    assert delivered.asked_for()["2026-10|southgate|together 1|held 1"] == 3_000 + 4_800
    assert verify(delivered.store, referee=True) == []


def ordered(person: str, **said: str) -> dict[str, str]:
    return {"person": person, "fund": "spot", "funder": "southgate", "number": "PO-7", "from": "2026-10-01", "to": "2026-10-10", **said}


def test_a_held_instalment_goes_out_with_as_many_days_to_pay_as_were_agreed(delivered: Books) -> None:
    delivered.apply({"terms": [terms("Block", order_number_needed=True)]})
    delivered.month_end()
    delivered.apply({"terms": [terms("Block", order_number_needed=False)]})
    delivered.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert [draft.key for draft in planned(delivered).drafts] == ["SG-2026|1|southgate|held 1"], "The second falls due with November."
    issue(delivered)
    listed = list_invoices(delivered.asha)[0]
    assert (listed.due_on - listed.issued_on).days == 30
    assert verify(delivered.store, referee=True) == []


def test_what_must_be_known_before_an_invoice_is_issued_is_asked_for_here_too(held: Books) -> None:
    digest = prepare_held(held.asha).digest
    held.apply({"terms": [{key: said for key, said in NEEDED["terms"][1].items() if key != "days_to_pay"}]})
    assert planned(held).not_ready
    with pytest.raises(Refused, match="days_to_pay"):
        prepare_held(held.asha)
    with pytest.raises(NotAllowed, match="The books have changed"):
        issue_held(held.ben, digest)


def test_what_it_asked_for_is_credited_like_that_of_any_invoice(held: Books) -> None:
    issue(held)
    held.apply({"visits_corrected": [{"correction": "VC-1", "visit": "V-5", "carer": "C2", "on": "2026-11-20", "taken_back": True,
                                      "words": "Only one carer came"}]})
    number = max(held.invoices())
    credits = {note.invoice: note.pence for note in credit_notes(held.asha)}
    assert credits[number] == 1_500
    assert verify(held.store, referee=True) == []

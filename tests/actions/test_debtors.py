"""Who owes us in the books: statuses of invoices, aged debt as at a day, write-offs by two people, reminders with their holds.

Of October P004 owes £24.00 herself (due 2 December), Southgate and Northvale £30.00 and £20.00 for P003.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from basics.errors import InputError, NotAllowed, Refused
from invoicing.aged_debt import Bucket
from invoicing.reminders import Basis, Tone
from ringfence.actions.applying import approve
from ringfence.actions.debtors import Debtor, debtors
from ringfence.actions.invoice_standing import Status, invoice_standings, paid_towards
from ringfence.actions.recording import record_content
from ringfence.actions.reminding import Reminders, note_sent, reminders, write_reminders
from ringfence.actions.verifying import verify
from ringfence.actions.watching import watch_list
from tests.actions.provider_books import Books, bank_line, part, refused

LADDER = {"ladder": "people", "of_kind": "person", "from": "2026-04-01", "source": "Trustees, 3 March 2026",
          "steps": [{"days": 60, "tone": "before a claim"}, {"days": 7, "tone": "friendly"}]}
CONTACT = {"funder": "peggy", "from": "2026-04-01", "name": "Ann Ellis", "address": ["4 Hill Street"], "basis": "attorney",
           "source": "Seen on 2 April"}
QUERY = {"query": "Q-1", "invoice": 0, "on": "2026-11-10", "raised_by": "Ann Ellis", "words": "Nobody came", "reply_by": "2026-11-17"}


def of(books: Books, payer: str, on: date | None = None) -> Debtor:
    return next(each for each in debtors(books.asha, on).debtors if each.payer == payer)


def number_of(books: Books, payer: str) -> int:
    return next(each.amounts.number for each in of(books, payer).invoices if each.amounts.funds[0].startswith("spot"))


def later(books: Books, day: date) -> None:
    books.at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def note(books: Books, **sections: list[dict[str, Any]]) -> None:
    record_content(books.asha, sections, "noted.yaml")


def paid(books: Books, pounds: str, **more: Any) -> None:
    books.apply({"bank_lines": [
        bank_line("BK-1", "2026-11-09", pounds, "provider", parts=[part("spot-P004", pounds, funder="peggy") | more])]})


def status(books: Books, number: int) -> Status:
    return invoice_standings(books.asha)[number].status


def test_what_is_listed_adds_up_to_the_ledger_and_what_is_promised_stands_apart(issued: Books) -> None:
    found = debtors(issued.asha)
    for each in found.debtors:
        for person in each.people:
            assert person.debt.due_pence == issued.balance(person.fund, "due", each.payer)
    peggy = of(issued, "peggy")
    assert (peggy.open_pence, peggy.by_bucket[Bucket.NOT_YET_DUE], peggy.overdue_pence) == (2_400, 2_400, 0)
    assert of(issued, "southgate").not_invoiced > 0
    assert verify(issued.store, referee=True) == []


def test_only_receipts_up_to_the_day_count(issued: Books) -> None:
    number = number_of(issued, "peggy")
    later(issued, date(2026, 12, 20))
    paid(issued, "10.00", invoice=number)
    assert (of(issued, "peggy", date(2026, 11, 8)).open_pence, of(issued, "peggy", date(2026, 11, 9)).open_pence) == (2_400, 1_400)
    assert of(issued, "peggy").overdue_pence == 1_400
    assert [(each.line, each.pence) for each in paid_towards(issued.asha, number)] == [("BK-1", 1_000)]
    with pytest.raises(InputError, match="still to come"):
        debtors(issued.asha, date(2026, 12, 21))


def test_a_day_before_a_credit_note_still_has_the_debt(issued: Books) -> None:
    later(issued, date(2026, 11, 20))
    issued.apply({"visits_corrected": [
        {"correction": "VC-1", "visit": "V-6", "carer": "C1", "on": "2026-11-20", "words": "Nobody came", "taken_back": True}]})
    before = of(issued, "peggy", date(2026, 11, 19))
    assert (before.open_pence, before.not_invoiced, before.people[0].debt.due_pence) == (2_400, 0, 2_400)
    assert all(each.payer != "peggy" for each in debtors(issued.asha).debtors)


def test_an_invoice_is_issued_sent_part_paid_and_paid(issued: Books) -> None:
    number = number_of(issued, "peggy")
    later(issued, date(2026, 11, 10))
    assert status(issued, number) is Status.ISSUED
    note(issued, invoices_sent=[{"invoice": number, "on": "2026-11-02", "how": "post", "to": "Margaret Ellis"}])
    assert status(issued, number) is Status.SENT
    paid(issued, "10.00", invoice=number)
    assert status(issued, number) is Status.PART_PAID
    issued.apply({"bank_lines": [bank_line("BK-2", "2026-11-10", "14.00", "provider", parts=[part("spot-P004", "14.00", funder="peggy")])]})
    assert status(issued, number) is Status.PAID


def test_a_query_makes_an_invoice_disputed_until_something_came_of_it_and_late_replies_are_watched(issued: Books) -> None:
    number = number_of(issued, "peggy")
    note(issued, invoice_queries=[QUERY | {"invoice": number}])
    assert status(issued, number) is Status.ISSUED, "It was asked later."
    later(issued, date(2026, 11, 18))
    assert status(issued, number) is Status.DISPUTED
    told = [(each.is_late, each.by) for each in watch_list(issued.asha).lines if each.matter == "Query about an invoice"]
    assert told == [(True, date(2026, 11, 17))]
    note(issued, invoice_queries=[QUERY | {"invoice": number, "outcome": "She was at the shops", "outcome_on": "2026-11-18"}])
    assert status(issued, number) is Status.ISSUED
    assert all(each.matter != "Query about an invoice" for each in watch_list(issued.asha).lines)


def test_what_is_left_of_an_invoice_is_written_off_by_two_people(issued: Books) -> None:
    number = number_of(issued, "peggy")
    later(issued, date(2026, 11, 20))
    paid(issued, "10.00", invoice=number)
    content = {"written_off": [{"written_off": "WO-1", "invoice": number, "on": "2026-11-20", "words": "Trustees, 18 November"}]}
    prepared = issued.prepare(content)
    with pytest.raises(NotAllowed):
        approve(issued.asha, prepared.digest)
    issued.approve(prepared)
    assert status(issued, number) is Status.WRITTEN_OFF
    assert {role: pence for role, pence in issued.balances().get("spot-P004", {}).items() if "minutes" not in role} == {}
    assert issued.prepare(content).said == ()
    assert verify(issued.store, referee=True) == []


def test_money_held_for_a_person_is_not_touched_by_a_write_off(issued: Books) -> None:
    number = next(each.amounts.number for each in of(issued, "amina").invoices)
    available = issued.balance("isf-P001", "available")
    issued.apply({"written_off": [{"written_off": "WO-2", "invoice": number, "on": "2026-11-02", "words": "Trustees, 2 November"}]})
    assert (issued.balance("isf-P001", "available"), issued.balance("isf-P001", "borne")) == (available, 10_000)
    assert status(issued, number) is Status.WRITTEN_OFF
    assert verify(issued.store, referee=True) == []


def test_an_invoice_is_written_off_once_though_more_is_due(issued: Books) -> None:
    number = next(each.amounts.number for each in of(issued, "amina").invoices)
    assert issued.balance("isf-P001", "due", "amina") > 2 * 10_000
    item = {"invoice": number, "on": "2026-11-02", "words": "Trustees, 2 November"}
    assert refused(issued, {"written_off": [item | {"written_off": "WO-1"}, item | {"written_off": "WO-2"}]}) == [
        ("agreed.yaml, written_off, item 2, invoice", f"Invoice {number} is written off twice in this file.")]


def test_an_invoice_with_nothing_open_cannot_be_written_off(issued: Books) -> None:
    assert refused(issued, {"written_off": [{"written_off": "WO-1", "invoice": 999, "on": "2026-11-02", "words": "x"}]}) == [
        ("agreed.yaml, written_off, item 1, invoice", "Nothing is open of an invoice 999 on that day.")]


def ladder(books: Books) -> Reminders:
    """The ladder and the contact are agreed, and it is twelve days after the invoice was to be paid."""
    books.apply({"reminder_terms": [LADDER], "payer_contacts": [CONTACT]})
    due_on = next(each.amounts.due_on for each in of(books, "peggy").invoices)
    later(books, date.fromordinal(due_on.toordinal() + 12))
    return reminders(books.asha)


def test_a_letter_goes_to_the_recorded_contact_on_their_legal_basis(issued: Books) -> None:
    letter, = (each for each in ladder(issued).letters if each.payer == "peggy")
    assert (letter.step, letter.basis, letter.letter.to, letter.letter.about, letter.letter.tone) == (
        1, Basis.ATTORNEY, ("Ann Ellis", "4 Hill Street"), "Margaret Ellis", Tone.FRIENDLY)
    assert (letter.letter.open_pence, letter.letter.late_pence) == (2_400, 0)


def test_what_was_sent_is_noted_and_the_last_letter_is_the_end(issued: Books, tmp_path: Path) -> None:
    found = ladder(issued)
    _, written, set_aside = write_reminders(issued.asha, tmp_path)
    assert (written, set_aside, len(list(tmp_path.glob("R-*.pdf")))) == (len(found.letters), [], len(found.letters))
    note_sent(issued.asha, found)
    assert note_sent(issued.asha, found) == ()
    assert reminders(issued.asha).letters == ()
    later(issued, date(2027, 3, 1))
    last = reminders(issued.asha)
    assert [each.letter.tone for each in last.letters if each.payer == "peggy"] == [Tone.BEFORE_A_CLAIM]
    note_sent(issued.asha, last)
    later(issued, date(2027, 4, 2))
    end = reminders(issued.asha)
    assert all(each.payer != "peggy" for each in end.letters)
    assert "Every letter of the ladder was sent." in [each.why for each in end.none if each.payer == "peggy"]
    assert "Time to answer is over" in {each.matter for each in watch_list(issued.asha).lines}


@pytest.mark.parametrize("why", ["query", "breathing space", "death", "capacity"])
def test_a_payer_who_is_held_gets_no_letter(issued: Books, why: str) -> None:
    ladder(issued)
    note(issued, payment_holds=[{"hold": "H-1", "funder": "peggy", "from": "2026-12-01", "why": why, "words": "Told on 1 December"}])
    found = reminders(issued.asha)
    assert all(each.payer != "peggy" for each in found.letters)
    assert [each.why for each in found.none if each.payer == "peggy"] == [f"Held until further notice: {why}. Told on 1 December"]


def test_nobody_is_written_to_who_is_not_recorded_or_has_asked_something(issued: Books) -> None:
    number = number_of(issued, "peggy")
    issued.apply({"reminder_terms": [LADDER]})
    later(issued, date(2027, 1, 10))
    assert [each.why for each in reminders(issued.asha).none if each.payer == "peggy"] == ["Nobody is recorded who may be written to."]
    issued.apply({"payer_contacts": [CONTACT]})
    note(issued, invoice_queries=[QUERY | {"invoice": number}])
    assert [each.why for each in reminders(issued.asha).none if each.payer == "peggy"] == ["Something about it was asked and is not answered."]


def test_nothing_follows_the_letter_before_a_claim(issued: Books) -> None:
    more = LADDER | {"steps": [*LADDER["steps"], {"days": 90, "tone": "firm"}]}
    assert [what for _, what in refused(issued, {"reminder_terms": [more]})] == ["goes on after the letter before a claim."]


def test_interest_is_told_of_councils_only_and_where_the_rate_is_not_known_it_says_so(issued: Books) -> None:
    later(issued, date(2027, 2, 1))
    southgate, peggy = of(issued, "southgate"), of(issued, "peggy")
    assert (southgate.late, "late_payment_base_rate.yaml" in southgate.late_not_known) == ((), True)
    assert (peggy.late, peggy.late_not_known) == ((), "")


def test_a_file_that_names_what_is_not_here_is_refused_whole(issued: Books) -> None:
    with pytest.raises(Refused) as found:
        note(issued, payment_holds=[{"hold": "H-1", "funder": "nobody", "from": "2026-12-01", "why": "death", "words": "x"}],
             invoices_sent=[{"invoice": 999, "on": "2026-11-02", "how": "post", "to": "x"}])
    assert [problem.what for problem in found.value.problems] == ["“nobody” is not a funder here.", "There is no invoice 999."]

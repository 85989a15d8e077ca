"""An instalment that was invoiced is credited, whole or in part: the debt and the promise fall by the same pence, and the statement says so.

October’s instalment of SG-2026 (£12,000.00 for half a year) is £2,000.00: P001 £1,000.00, of which she pays £100.00 herself; P002 £800.00; £200.00
kept for empty places. By the end of October P001 has used £120.00 for 5 hours of her own and £60.00 shared.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from basics.errors import InputError, NotAllowed, Refused
from basics.money import Money
from isf.entries import Event, entry
from isf.money_held import EventKind
from ringfence.actions.applying import Applied, apply_content, approve
from ringfence.actions.crediting import credit_notes
from ringfence.actions.crediting_lines import credit_waiting, lines_asked, preview_credit, propose_credit
from ringfence.actions.debtors import debtors
from ringfence.actions.month_accounts import accounts_at
from ringfence.actions.verifying import verify
from ringfence.documents.records import invoice_from_json
from tests.actions.provider_books import DECEMBER, NOVEMBER, OCTOBER, Books, bank_line, part

WHY = "The council asked on 20 November for less"
TODAY = datetime(2026, 11, 20, 9, tzinfo=UTC)


def council_invoice(books: Books) -> int:
    rows = books.rows("SELECT min(i.number) FROM invoice i JOIN funder f ON f.id = i.funder_id WHERE f.reference = 'southgate'"
                      " AND i.contract_id IS NOT NULL")
    return int(rows[0][0])


def invoice_of(books: Books, n: int) -> int:
    """The invoice of the council for an instalment."""
    return int(books.rows("SELECT i.number FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id JOIN schedule_row r ON r.id = l.schedule_row_id"
                          " JOIN funder f ON f.id = i.funder_id WHERE f.reference = 'southgate' AND r.n = :n", n=n)[0][0])


def line_of(books: Books, fund: str = "isf-P001") -> int:
    rows = books.rows("SELECT l.n FROM invoice_line l JOIN fund f ON f.id = l.fund_id JOIN invoice i ON i.id = l.invoice_id"
                      " WHERE i.number = :number AND f.key = :fund", number=council_invoice(books), fund=fund)
    return int(rows[0][0])


def credited(books: Books, pounds: str = "", fund: str = "isf-P001", **said: Any) -> Applied:
    """A credit of a line of October’s invoice, asked for by Asha and approved by Ben."""
    books.at = max(books.at, TODAY)
    n = line_of(books, fund)
    asked = propose_credit(books.asha, council_invoice(books), [n], words=WHY, sums={n: Money.parse(pounds)} if pounds else {}, **said)
    return approve(books.ben, asked.applied.digest)


def item(books: Books, **changed: Any) -> dict[str, Any]:
    books.at = max(books.at, TODAY)
    said = {"credit": "IC-1", "invoice": council_invoice(books), "line": line_of(books), "on": "2026-11-20", "words": WHY}
    return {"instalments_credited": [said | changed]}


def refused(books: Books, content: dict[str, Any]) -> str:
    with pytest.raises((Refused, InputError)) as found:
        apply_content(books.asha, content, "agreed.yaml")
    return str(found.value)


def owed_by_southgate(books: Books) -> int:
    return sum(each.amounts.open for one in debtors(books.asha).debtors if one.payer == "southgate" for each in one.invoices
               if each.amounts.number == council_invoice(books))


def test_a_part_of_a_line_lowers_the_debt_and_the_promise_by_the_same_pence(issued: Books) -> None:
    due, available, owed = (issued.balance("isf-P001", "due", "southgate"), issued.balance("isf-P001", "available"), owed_by_southgate(issued))
    credited(issued, "250.00")
    note, = credit_notes(issued.asha)
    assert (note.invoice, note.pence, note.words) == (council_invoice(issued), 25_000, WHY)
    assert issued.balance("isf-P001", "due", "southgate") == due - 25_000
    assert issued.balance("isf-P001", "available") == available - 25_000
    assert owed_by_southgate(issued) == owed - 25_000
    assert verify(issued.store, referee=True) == []


def test_a_line_is_credited_in_several_sums_until_nothing_of_it_is_left(issued: Books) -> None:
    for pounds in ("250.00", "400.00"):
        credited(issued, pounds)
    line = lines_asked(issued.asha, council_invoice(issued))[line_of(issued) - 1]
    assert (line.left_pence, line.may_be_credited) == (25_000, True)
    assert "£250.00 of the line is neither credited nor written off" in refused(issued, item(issued, pounds="250.01"))
    credited(issued)
    assert [note.pence for note in reversed(credit_notes(issued.asha))] == [25_000, 40_000, 25_000]
    with pytest.raises(Refused, match="It is credited already"):
        preview_credit(issued.asha, council_invoice(issued), [line_of(issued)], words=WHY)
    assert "Nothing is left of it" in refused(issued, item(issued))
    assert verify(issued.store, referee=True) == []


def test_who_prepares_a_credit_does_not_approve_it_and_it_is_told_as_waiting(issued: Books) -> None:
    issued.at, number = TODAY, council_invoice(issued)
    before = issued.everything()
    assert preview_credit(issued.asha, number, [1], words=WHY).pence > 0
    assert issued.everything() == before
    asked = propose_credit(issued.asha, number, [1], words=WHY)
    assert credit_waiting(issued.asha, lines_asked(issued.asha, number)) == "asha"
    with pytest.raises(NotAllowed, match="somebody else must approve"):
        approve(issued.asha, asked.applied.digest)
    approve(issued.ben, asked.applied.digest)
    assert credit_waiting(issued.asha, lines_asked(issued.asha, number)) == ""


def test_the_credit_note_and_the_statement_say_what_it_was_what_it_is_and_why(issued: Books) -> None:
    credited(issued, "250.00")
    record = invoice_from_json(issued.rows("SELECT record FROM document WHERE kind = 'credit_note'")[0][0])
    assert [(line.words, line.pence) for line in record.lines] == [("Support for person P001", 25_000)]
    assert record.total_pence == 25_000
    assert [(one.period_words, one.before_pence, one.now_pence, one.why) for one in record.adjustments] == [
        ("1 to 31 October 2026", 90_000, 65_000, WHY)]
    drafted = issued.draft("isf-P001", NOVEMBER)
    assert drafted.changes == ("For 1 to 31 October 2026, Southgate Council was asked for £900.00 for this fund, and it is £650.00 now, because: "
                               f"{WHY}.",)
    assert drafted.budgets[-1].budget_pence == 600_000 - 25_000


def test_a_promise_never_falls_below_what_was_used(issued: Books) -> None:
    """Of £6,000.00 all but £100.00 is used."""
    left = issued.balance("isf-P001", "available")
    issued.post("used", list(entry(Event("used", EventKind.NOTICE, "isf-P001", "used"), ("available", None), ("owed_provider", None),
                                   left - 10_000, date(2026, 11, 5))))
    assert "£100.00 of it is not used" in refused(issued, item(issued, pounds="100.01"))
    assert "Credit at most £100.00" in refused(issued, item(issued))
    credited(issued, "100.00")
    assert issued.balance("isf-P001", "available") == 0
    assert "Nothing of it can be credited" in refused(issued, item(issued, credit="IC-2"))
    assert verify(issued.store, referee=True) == []


def test_what_was_paid_already_stays_with_the_fund_and_pays_what_is_asked_next(issued: Books) -> None:
    """As with a credit of support: what is over clears the next invoice, and is told as paid ahead until then."""
    number = council_invoice(issued)
    issued.apply({"bank_lines": [bank_line("B-1", "2026-11-10", "900.00") | {"parts": [
        part("isf-P001", "900.00", funder="southgate") | {"invoice": number}]}]})
    held = issued.balance("isf-P001", "held")
    credited(issued)
    assert issued.balance("isf-P001", "held") == held
    southgate, = (each for each in debtors(issued.asha).debtors if each.payer == "southgate")
    assert [each.amounts.open for each in southgate.invoices if each.amounts.number == number] != [0]  # P002 and the reserve have not paid
    assert verify(issued.store, referee=True) == []
    issued.at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    issued.month_end(NOVEMBER)
    assert verify(issued.store, referee=True) == []


def test_what_was_written_off_is_not_credited_as_well(issued: Books) -> None:
    issued.at = TODAY
    issued.apply({"written_off": [{"written_off": "WO-1", "invoice": council_invoice(issued), "on": "2026-11-20", "words": "The trustees"}]})
    assert "Nothing is left of it" in refused(issued, item(issued))


def test_a_line_that_is_not_there_a_visit_and_a_sum_of_a_visit_are_refused(issued: Books) -> None:
    assert "asks for no instalment" in refused(issued, item(issued, line=99))
    assert "asks for no instalment" in refused(issued, item(issued, invoice=9_999))
    spot = int(issued.rows("SELECT min(i.number) FROM invoice i JOIN funder f ON f.id = i.funder_id WHERE f.reference = 'peggy'")[0][0])
    with pytest.raises(Refused, match="A line for support is credited whole"):
        preview_credit(issued.asha, spot, [1], words=WHY, sums={1: Money(100)})
    assert "putting its visit right" in refused(issued, item(issued, invoice=spot, line=1))


def test_a_day_before_the_invoice_or_to_come_and_the_same_line_twice_are_refused(issued: Books) -> None:
    assert "the invoice was issued on" in refused(issued, item(issued, on="2026-10-31"))
    assert "Give a day from then to today" in refused(issued, item(issued, on="2026-11-21"))
    twice = item(issued)["instalments_credited"] + item(issued, credit="IC-2", pounds="1.00")["instalments_credited"]
    assert "credited twice in this file" in refused(issued, {"instalments_credited": twice})


def test_the_same_credit_again_changes_nothing(issued: Books) -> None:
    issued.apply(item(issued, pounds="50.00"))
    assert issued.prepare(item(issued, pounds="50.00")).digest == ""


def test_a_credit_note_is_not_taken_back_by_a_correction(issued: Books) -> None:
    issued.apply(item(issued, pounds="50.00"))
    correction = {"correction": "CO-1", "person": "P001", "fund": "isf", "entry": "credit of an instalment IC-1", "on": "2026-11-20", "words": "No"}
    assert "A credit note is never taken back" in refused(issued, {"corrections": [correction]})


def test_a_credited_instalment_is_not_asked_again_and_is_not_divided_anew(issued: Books) -> None:
    credited(issued)
    issued.at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    asked = issued.asked_for()
    issued.month_end(NOVEMBER)
    assert not [key for key in issued.asked_for().keys() - asked.keys() if key.startswith("SG-2026|1|")]
    assert verify(issued.store, referee=True) == []


def test_an_instalment_that_was_moved_while_it_was_paid_is_not_credited_as_well(agreed: Books) -> None:
    """December was paid in November, and the second version sent £166.67 of it back: another credit would give it twice."""
    agreed.apply({"bank_lines": [bank_line(f"BK-{n}", f"2026-11-0{n}", "1,900.00", instalment={"contract": "SG-2026", "n": n}) for n in (1, 2, 3)]})
    people = [{"person": "P001", "pounds": "5,000.00", "contribution_pounds": "600.00"}, {"person": "P002", "pounds": "5,800.00"}]
    agreed.apply({"splits": [{"contract": "SG-2026", "version": 2, "method": "amounts", "on": "2026-11-20", "from": "2026-12-01",
                              "top_slices": [{"name": "empty places", "pounds": "1,200.00"}], "people": people}]})
    for month in (OCTOBER, NOVEMBER, DECEMBER):
        agreed.month_end(month)
    december, november = (invoice_of(agreed, n) for n in (3, 2))
    assert "went back by a line of the bank" in refused(agreed, item(agreed, invoice=december, on="2026-12-01"))
    agreed.apply(item(agreed, invoice=november, on="2026-12-01"))
    assert verify(agreed.store, referee=True) == []


def test_a_later_version_of_the_split_goes_on_from_what_is_left(issued: Books) -> None:
    credited(issued, "300.00")
    people = [{"person": "P001", "pounds": "5,000.00", "contribution_pounds": "600.00"}, {"person": "P002", "pounds": "5,800.00"}]
    issued.apply({"splits": [{"contract": "SG-2026", "version": 2, "method": "amounts", "on": "2026-11-20", "from": "2026-12-01",
                              "top_slices": [{"name": "empty places", "pounds": "1,200.00"}], "people": people}]})
    assert issued.balance("isf-P001", "due", "southgate") == 540_000 - 30_000 - 66_667
    assert verify(issued.store, referee=True) == []


def test_after_a_settlement_nothing_is_credited_and_before_it_what_is_left_is_settled(issued: Books) -> None:
    issued.at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    issued.month_end(NOVEMBER)
    credited(issued, "300.00")
    issued.apply({"endings": [{"ending": "EN-1", "person": "P001", "fund": "isf", "why": "left", "ended_on": "2026-11-30", "on": "2026-12-01",
                               "contribution_pounds": "200.00", "words": "She moves"}]})
    assert issued.balance("isf-P001", "available") == 0
    assert "isf-P001 was settled" in refused(issued, item(issued, on="2026-12-01"))
    assert verify(issued.store, referee=True) == []


def test_the_contribution_of_a_person_is_credited_and_the_statement_speaks_to_them(issued: Books) -> None:
    number = int(issued.rows("SELECT min(i.number) FROM invoice i JOIN funder f ON f.id = i.funder_id WHERE f.reference = 'amina'")[0][0])
    issued.apply(item(issued, invoice=number, line=1, pounds="40.00"))
    change, = issued.draft("isf-P001", NOVEMBER).changes
    assert change.startswith("For 1 to 31 October 2026, you were asked for £100.00 for this fund, and it is £60.00 now, because: ")
    assert verify(issued.store, referee=True) == []


def test_as_at_a_day_before_the_credit_the_debt_is_what_it_was(issued: Books) -> None:
    """Asked for on 20 November and approved on the 24th: until then the invoice is open whole."""
    issued.at = TODAY
    prepared = issued.prepare(item(issued, pounds="250.00"))
    issued.at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    approve(issued.ben, prepared.digest)
    on_22, on_24 = (next(each for each in debtors(issued.asha, day).debtors if each.payer == "southgate") for day in
                    (date(2026, 11, 22), date(2026, 11, 24)))
    number = council_invoice(issued)
    open_22, open_24 = (next(each.amounts.open for each in one.invoices if each.amounts.number == number) for one in (on_22, on_24))
    assert open_22 - open_24 == 25_000


def test_the_accounts_of_the_month_count_less_as_invoiced_and_the_same_as_given(issued: Books) -> None:
    credited(issued, "250.00")
    issued.at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    issued.month_end(NOVEMBER)
    now = next(each for each in accounts_at(issued.asha, NOVEMBER).schedule if each.fund == "isf-P001")
    before = next(each for each in accounts_at(issued.asha, OCTOBER).schedule if each.fund == "isf-P001")
    asked_in_november = 100_000
    assert now.invoiced == before.invoiced + asked_in_november - 25_000
    assert now.given == before.given

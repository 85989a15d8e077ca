"""A credit that somebody starts from lines of an invoice: what it would do is told first, and what is prepared is the same.

In October P003 had an hour with two carers at £25.00 (60% Southgate, 40% Northvale): two lines of £15.00 on Southgate’s invoice 503, two of £10.00 on
Northvale’s. P004 had an hour at £24.00, the one line of invoice 502. Invoice 501 and others are instalments of a contract.
"""

from __future__ import annotations

import pytest

from basics.errors import InputError, NotAllowed, Refused
from ringfence.actions.applying import approve
from ringfence.actions.crediting import credit_notes
from ringfence.actions.crediting_lines import credit_waiting, lines_asked, preview_credit, propose_credit
from ringfence.actions.debtors import debtors
from ringfence.actions.verifying import verify
from tests.actions.provider_books import Books

WHY = "Ruth Bell rang on 10 November: nobody came"


def number_of(books: Books, payer: str) -> int:
    rows = books.rows("SELECT min(i.number) FROM invoice i JOIN funder f ON f.id = i.funder_id WHERE f.reference = :payer"
                      " AND i.contract_id IS NULL", payer=payer)
    return int(rows[0][0])


def test_the_lines_of_an_invoice_name_the_visit_behind_each(issued: Books) -> None:
    lines = lines_asked(issued.asha, number_of(issued, "southgate"))
    assert [(each.n, each.visit, each.carer, each.printed.pence, each.may_be_credited) for each in lines] == [
        (1, "V-5", "C1", 1_500, True), (2, "V-5", "C2", 1_500, True)]
    assert lines_asked(issued.asha, 9_999) == ()


def test_a_preview_tells_what_is_taken_off_this_invoice_and_off_others_and_keeps_nothing(issued: Books) -> None:
    ours, other, before = number_of(issued, "southgate"), number_of(issued, "northvale"), issued.everything()
    asked = preview_credit(issued.asha, ours, [2], words=WHY)
    assert (asked.pence, asked.others) == (1_500, ((other, 1_000),))
    assert issued.everything() == before


def test_what_is_prepared_is_what_was_previewed_and_counts_once_another_approves_it(issued: Books) -> None:
    number = number_of(issued, "southgate")
    seen = preview_credit(issued.asha, number, [2], words=WHY)
    asked = propose_credit(issued.asha, number, [2], words=WHY, read=seen.applied.digest)
    assert asked == seen
    assert credit_waiting(issued.asha, lines_asked(issued.asha, number)) == "asha"
    with pytest.raises(NotAllowed, match="somebody else must approve"):
        approve(issued.asha, asked.applied.digest)
    approve(issued.ben, asked.applied.digest)
    assert [(note.invoice, note.pence, note.words) for note in credit_notes(issued.asha) if note.invoice == number] == [(number, 1_500, WHY)]
    southgate, = (each for each in debtors(issued.asha).debtors if each.payer == "southgate")
    assert issued.balance("spot-P003", "due", "southgate") == 1_500
    assert [each.amounts.open for each in southgate.invoices if each.amounts.number == number] == [1_500]
    assert [each.is_credited for each in lines_asked(issued.asha, number)] == [False, True]
    assert credit_waiting(issued.asha, lines_asked(issued.asha, number)) == ""
    assert verify(issued.store, referee=True) == []


def test_a_credit_of_every_line_leaves_nothing_open_of_the_invoice(issued: Books) -> None:
    number = number_of(issued, "southgate")
    approve(issued.ben, propose_credit(issued.asha, number, [1, 2, 2], words=WHY).applied.digest)
    assert (issued.balance("spot-P003", "due", "southgate"), issued.balance("spot-P003", "due", "northvale")) == (0, 0)
    with pytest.raises(Refused, match="It is credited already"):
        preview_credit(issued.asha, number, [1], words=WHY)


def test_books_that_changed_after_the_preview_are_read_again_first(issued: Books) -> None:
    number = number_of(issued, "southgate")
    seen = preview_credit(issued.asha, number, [1, 2], words=WHY)
    approve(issued.ben, propose_credit(issued.asha, number_of(issued, "peggy"), [1], words=WHY).applied.digest)
    with pytest.raises(NotAllowed, match="changed since you read"):
        propose_credit(issued.asha, number, [1], words=WHY, read=seen.applied.digest)


def test_a_credit_without_a_reason_a_line_or_an_invoice_is_refused(issued: Books) -> None:
    number = number_of(issued, "peggy")
    for invoice, lines, words, said in ((number, [1], " ", "Nobody said why"), (number, [], WHY, "No line is chosen"),
                                        (9_999, [1], WHY, "There is no invoice")):
        with pytest.raises(InputError, match=said):
            preview_credit(issued.asha, invoice, lines, words=words)
    with pytest.raises(Refused, match="has no such line"):
        preview_credit(issued.asha, number, [2], words=WHY)

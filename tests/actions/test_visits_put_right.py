"""A visit that was recorded or priced wrongly is put right: its charge is put back, what an invoice asked for it is credited, and what stands
instead is charged with the next month. Nothing that was sent is changed.

In October P003 had an hour with two carers at £25.00 (60% Southgate, 40% Northvale), P004 an hour at £24.00 that she pays for herself, and
P001 two hours and three hours of outreach under the block contract.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from basics.errors import NotAllowed
from ringfence.actions.applying import approve
from ringfence.actions.crediting import credit_notes, write_credit_notes
from ringfence.actions.recording import record_content
from ringfence.actions.verifying import verify
from ringfence.documents.records import invoice_from_json
from tests.actions.provider_books import NOVEMBER, Books, bank_line, rate, refused, visit


def corrected(visit: str = "V-6", carer: str = "C1", **changed: Any) -> dict[str, Any]:
    said = {"correction": f"VC-{visit}-{carer}", "visit": visit, "carer": carer, "on": "2026-11-20",
            "words": "Margaret rang on 12 November: nobody came", "taken_back": True}
    return {key: value for key, value in (said | changed).items() if value is not None}


def put_right(books: Books, *items: dict[str, Any]) -> None:
    books.apply({"visits_corrected": list(items)})


def number_of(books: Books, funder: str) -> int:
    found, = books.rows("SELECT i.number FROM invoice i JOIN funder f ON f.id = i.funder_id WHERE f.reference = :funder"
                        " AND i.contract_id IS NULL AND i.key LIKE '2026-10%'", funder=funder)
    return int(found[0])


def test_a_charge_for_a_visit_that_did_not_happen_is_credited_with_its_reason(issued: Books) -> None:
    number, before = number_of(issued, "peggy"), issued.invoices()
    put_right(issued, corrected())
    note, = credit_notes(issued.asha)
    assert (note.number, note.invoice, note.funder, note.pence) == (1, number, "peggy", 2_400)
    record = invoice_from_json(issued.rows("SELECT record FROM document WHERE kind = 'credit_note'")[0][0])
    assert (record.number_words, record.credits, record.why) == (
        "000001", f"Invoice {number:06d} of 2 November 2026", "Margaret rang on 12 November: nobody came")
    assert record.lines == before[number].lines
    assert issued.invoices() == before, "An issued invoice is never rewritten."
    assert issued.balance("spot-P004", "due", "peggy") == 0
    assert verify(issued.store, referee=True) == []


def test_a_visit_of_several_payers_has_a_credit_note_for_each(issued: Books) -> None:
    put_right(issued, corrected("V-5", "C2"))
    assert [(note.funder, note.pence) for note in credit_notes(issued.asha)] == [("southgate", 1_500), ("northvale", 1_000)]
    assert verify(issued.store, referee=True) == []


def test_what_stands_instead_is_charged_with_the_next_month(issued: Books) -> None:
    put_right(issued, corrected(taken_back=None, now={"end": "14:45"}, words="She came at two and left at a quarter to three"))
    issued.month_end(NOVEMBER)
    assert issued.asked_for()["2026-11|peggy|spot-P004"] == 1_800
    assert issued.balance("spot-P004", "due", "peggy") == 1_800
    assert verify(issued.store, referee=True) == []


def test_under_a_schedule_nothing_is_credited_and_the_statement_says_before_and_now(issued: Books) -> None:
    before = issued.statement("isf-P001")
    put_right(issued, corrected("V-2", taken_back=None, now={"end": "11:00"}, words="The carer left an hour early"))
    assert credit_notes(issued.asha) == []
    issued.month_end(NOVEMBER)
    assert issued.statement("isf-P001") == before
    told, = issued.statement("isf-P001", NOVEMBER).corrections
    assert (told.before_pence, told.after_pence, told.why) == (7_200, 4_800, "The carer left an hour early"), "One line: it was not late."
    assert issued.balance("isf-P001", "owed_provider") == 12_000 + 6_000 - 2_400
    assert verify(issued.store, referee=True) == []


def test_everybody_of_a_shared_visit_is_put_right_together(issued: Books) -> None:
    """Elm House: six hours at £30.00 among three places."""
    put_right(issued, corrected("V-7", taken_back=None, now={"end": "18:00"}, words="Three hours, not six"))
    issued.month_end(NOVEMBER)
    assert issued.balance("isf-P001", "owed_provider") == 12_000 + 3_000
    assert issued.balance("isf-P002", "owed_provider") == 3_600 + 600 + 3_000
    assert verify(issued.store, referee=True) == []


def test_the_same_correction_again_changes_nothing(issued: Books) -> None:
    put_right(issued, corrected())
    assert issued.prepare({"visits_corrected": [corrected()]}).said == ()
    assert len(credit_notes(issued.asha)) == 1


def test_support_that_is_not_charged_yet_is_put_right_without_a_trace_in_the_money(delivered: Books) -> None:
    before = delivered.count("entry")
    put_right(delivered, corrected(taken_back=None, now={"outcome": "cancelled", "reason": "In hospital"}))
    assert delivered.count("entry") == before
    draft, = (each for each in delivered.preview().drafts if each.funder == "peggy")
    assert draft.pence == 2_400, "Her terms charge a cancelled visit as planned."
    assert verify(delivered.store) == []


@pytest.mark.parametrize(("item", "said"), [
    (corrected("V-99"), "No visit V-99 of carer C1 stands here"),
    (corrected(now={"end": "15:00"}, taken_back=None), "says what is kept of visit V-6 already"),
    (corrected(now={"end": "25:00"}, taken_back=None), "25:00"),
    (corrected(now={"end": "14:30"}), "both"),
    (corrected(taken_back=None), "does not say what becomes"),
])
def test_what_cannot_be_put_right_is_refused_with_a_reason(issued: Books, item: dict[str, Any], said: str) -> None:
    assert said in " ".join(str(problem) for problem in refused(issued, {"visits_corrected": [item]}))


def test_the_preparer_does_not_approve_a_credit(issued: Books) -> None:
    prepared = issued.prepare({"visits_corrected": [corrected()]})
    with pytest.raises(NotAllowed, match="somebody else"):
        approve(issued.asha, prepared.digest)
    assert credit_notes(issued.asha) == []


def test_a_price_agreed_late_credits_what_was_billed_and_charges_it_anew(issued: Books) -> None:
    """£25.00 an hour becomes £26.00 from 1 October: 60 minutes with each of two carers, 60% and 40%."""
    number = number_of(issued, "southgate")
    issued.apply({"rates": [rate("care-hour", "25.00", "2026-02-01", "2026-09-30"), rate("care-hour", "26.00", "2026-10-01", "2027-03-31")],
                  "visits_repriced": [{"correction": "VR-1", "rate": "care-hour", "from": "2026-10-01", "to": "2026-10-31", "on": "2026-11-20",
                                       "words": "The price from 1 October, agreed on 18 November"}]})
    assert {(note.invoice, note.funder, note.pence) for note in credit_notes(issued.asha)} >= {(number, "southgate", 3_000)}
    issued.month_end(NOVEMBER)
    asked = issued.asked_for()
    assert (asked["2026-11|southgate|spot-P003"], asked["2026-11|northvale|spot-P003"]) == (3_120, 2_080)
    assert verify(issued.store, referee=True) == []


def test_month_end_tells_what_stands_at_an_old_price(issued: Books) -> None:
    issued.apply({"rates": [rate("care-hour", "25.00", "2026-02-01", "2026-09-30"), rate("care-hour", "26.00", "2026-10-01", "2027-03-31")]})
    problem, = (each for each in issued.preview(NOVEMBER).warnings if "care-hour" in each.place)
    assert str(problem).startswith("rate care-hour, October 2026: £50.00 of support is charged at £25.00 an hour, and the price is £26.00")


def test_support_whose_days_have_no_price_any_more_is_told_and_stops_no_month_end(issued: Books) -> None:
    issued.apply({"rates": [rate("care-hour", "25.00", "2026-02-01", "2026-09-30")]})
    problem, = (each for each in issued.preview(NOVEMBER).warnings if "care-hour" in each.place)
    assert str(problem).startswith("rate care-hour, October 2026: £50.00 of support is charged at £25.00 an hour, and these days do not have one")
    repriced = {"correction": "VR-1", "rate": "care-hour", "from": "2026-10-01", "to": "2026-10-31", "on": "2026-11-20", "words": "A new price"}
    (place, what), = refused(issued, {"visits_repriced": [repriced]})
    assert (place, what) == ("agreed.yaml, visits_repriced, item 1 (VR-1), rate",
                             "“care-hour” does not have one price on 7 October 2026, when support was given at it.")


def test_a_price_that_did_not_change_is_not_charged_anew(issued: Books) -> None:
    repriced = {"correction": "VR-1", "rate": "care-hour", "from": "2026-10-01", "to": "2026-10-31", "on": "2026-11-20", "words": "Nothing new"}
    assert "is charged at another price" in str(refused(issued, {"visits_repriced": [repriced]})[0])


def test_an_invoice_that_is_credited_in_part_is_paid_with_what_is_left(issued: Books) -> None:
    put_right(issued, corrected("V-5", "C2"))
    number = number_of(issued, "southgate")
    issued.apply({"bank_lines": [bank_line("BK-1", "2026-11-25", "15.00", account="provider", invoices=[number])]})
    assert issued.balance("spot-P003", "due", "southgate") == 0
    assert verify(issued.store, referee=True) == []


def test_credit_notes_are_written_as_documents_the_same_each_time(issued: Books, tmp_path: Path) -> None:
    put_right(issued, corrected())
    for folder in ("one", "two"):
        assert write_credit_notes(issued.asha, tmp_path / folder) == (1, [])
    one, two = (next((tmp_path / folder).rglob("credit-note-000001.pdf")).read_bytes() for folder in ("one", "two"))
    assert one == two


def test_a_credit_note_is_written_as_large_as_whoever_pays_needs_it(issued: Books, tmp_path: Path) -> None:
    put_right(issued, corrected(), corrected("V-5", "C2"))
    form = {"person": "P004", "form": "large print 22", "on": "2026-11-01"}
    record_content(issued.asha, {"statement_forms": [form]}, "forms.yaml")
    notes = {each.funder: f"credit-note-{each.number:06d}" for each in credit_notes(issued.asha)}
    assert write_credit_notes(issued.asha, tmp_path) == (len(notes), [])
    assert {each.name for each in tmp_path.rglob("credit-note-*")} == {
        f"{name}.large-22.pdf" if payer == "peggy" else f"{name}.pdf" for payer, name in notes.items()}
    assert {"peggy", "southgate"} <= notes.keys()


def test_a_visit_put_right_twice_has_a_credit_note_for_each_charge(issued: Books) -> None:
    put_right(issued, corrected(taken_back=None, now={"end": "14:45"}))
    issued.month_end(NOVEMBER)
    put_right(issued, corrected(correction="VC-2"))
    assert [note.pence for note in credit_notes(issued.asha)] == [1_800, 2_400]
    assert issued.balance("spot-P004", "due", "peggy") == 0
    assert verify(issued.store, referee=True) == []
    assert issued.visits(visit("V-6", "P004", "2026-10-08", "14:00", "15:00")).new == 1, "What was taken back may come in again."

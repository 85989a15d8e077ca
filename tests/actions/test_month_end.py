"""Month end: previewed, prepared by one, approved by another, and then it counts; what comes late is put right in the next month."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from basics.errors import InputError, NotAllowed, Refused
from basics.periods import Month
from isf.statement import Correction
from ringfence.actions.applying import approve
from ringfence.actions.month_end import approve_month, lock_month, prepare_month, preview_month
from ringfence.actions.verifying import verify
from tests.actions.provider_books import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    Books,
    agreements,
    bank_line,
    block_contract,
    by_delivery,
    by_schedule,
    files_in,
    house,
    part,
    plan_line,
    rate,
    terms,
    ties,
    visit,
)

MARCH, APRIL = Month(2026, 3), Month(2026, 4)


# preview, prepare, approve


def test_a_preview_stores_nothing(delivered: Books) -> None:
    before = delivered.everything()
    plan = delivered.preview()
    assert (plan.support.pence, plan.invoiced.pence) == (41_600, 207_400)
    assert delivered.everything() == before


def test_what_is_prepared_is_what_was_previewed_and_posts_nothing(delivered: Books, tmp_path: Path) -> None:
    before = delivered.everything()
    digest = delivered.preview().digest
    prepared = prepare_month(delivered.asha, OCTOBER, tmp_path)
    assert prepared.digest == digest
    assert not prepared.approved
    assert delivered.everything() == before | {"batch": before["batch"] + 1}
    drafts = files_in(tmp_path)
    assert len(drafts) == prepared.written == 5 + 2 * 4
    assert all(name.startswith("drafts/") for name in drafts)


def test_who_prepared_a_month_does_not_approve_it(delivered: Books) -> None:
    digest = prepare_month(delivered.asha, OCTOBER, None).digest
    before = delivered.everything()
    with pytest.raises(NotAllowed, match="somebody else must approve"):
        approve_month(delivered.asha, OCTOBER, digest, None)
    assert delivered.everything() == before


def test_a_digest_that_was_not_prepared_for_that_month_approves_nothing(delivered: Books) -> None:
    digest = prepare_month(delivered.asha, OCTOBER, None).digest
    with pytest.raises(InputError, match="No month end of November 2026"):
        approve_month(delivered.ben, NOVEMBER, digest, None)
    with pytest.raises(InputError, match="with: ringfence month-end"):
        approve(delivered.ben, digest)


def a_new_visit(books: Books) -> None:
    books.visits(visit("V-9", "P004", "2026-10-20", "14:00", "15:00"))


def a_visit_that_cannot_be_charged(books: Books) -> None:
    books.visits(visit("V-9", "P004", "2026-10-20", "14:00", "15:00", support="singing"))


def a_bank_line(books: Books) -> None:
    line = bank_line("BK-1", "2026-10-20", "100.00", "provider", parts=[part("isf-P001", "100.00", "contribution", "amina")])
    books.apply({"bank_lines": [line]})


def a_rate(books: Books) -> None:
    books.apply({"rates": [rate("outreach-hour", "24.50", "2026-04-01", "2027-03-31")]})


def an_undone_import(books: Books) -> None:
    books.undo(books.imports()[0])


@pytest.mark.parametrize("change", [a_new_visit, a_visit_that_cannot_be_charged, a_bank_line, a_rate, an_undone_import],
                         ids=lambda change: change.__name__)
def test_whatever_changed_since_refuses_the_old_digest(delivered: Books, change: Callable[[Books], None]) -> None:
    digest = prepare_month(delivered.asha, OCTOBER, None).digest
    change(delivered)
    before = delivered.everything()
    with pytest.raises(NotAllowed, match="have changed since asha prepared October 2026"):
        approve_month(delivered.ben, OCTOBER, digest, None)
    assert delivered.everything() == before


def test_a_visit_that_cannot_be_charged_stops_the_month_unless_it_is_held_back(delivered: Books) -> None:
    a_visit_that_cannot_be_charged(delivered)
    with pytest.raises(Refused) as found:
        prepare_month(delivered.asha, OCTOBER, None)
    (problem,) = found.value.problems
    assert "V-9" in problem.place
    assert problem.what == "No line of the plan covers singing for P004 on 20 October 2026."
    digest = prepare_month(delivered.asha, OCTOBER, None, hold_back=True).digest
    approve_month(delivered.ben, OCTOBER, digest, None)
    assert "2026-10|peggy|spot-P004" in delivered.asked_for()


def test_an_approved_month_is_posted_numbered_sealed_and_closed(issued: Books) -> None:
    assert [number for number, in issued.rows("SELECT number FROM invoice ORDER BY number")] == [501, 502, 503, 504, 505]
    assert issued.rows("SELECT month, step FROM month_lock") == [("2026-10", "issued")]
    assert issued.rows("SELECT covers FROM seal ORDER BY n DESC LIMIT 2") == [("documents",), ("entries",)]
    assert issued.balance("isf-P001", "owed_provider") == 12_000 + 6_000
    assert verify(issued.store, referee=True) == []
    with pytest.raises(NotAllowed, match="October 2026 is closed"):
        issued.preview()


def test_an_issued_document_has_its_number_dates_and_seal_and_a_draft_has_none(delivered: Books) -> None:
    draft = delivered.preview().invoices[0]
    assert (draft.number_words, draft.issued_words, draft.seal, draft.draft) == ("", "", "", True)
    delivered.month_end()
    (seal,), = delivered.rows("SELECT sha256 FROM seal WHERE covers = 'entries' ORDER BY n DESC LIMIT 1")
    shown = f"{seal[:4]}-{seal[4:8]}"
    record = delivered.invoices()[501]
    assert (record.number_words, record.issued_words, record.due_words) == ("000501", "2 November 2026", "30 November 2026")
    assert {each.seal for each in delivered.invoices().values()} == {each.seal for each in delivered.statements().values()} == {shown}
    assert not any(each.draft for each in delivered.statements().values())


def test_the_same_digest_again_changes_nothing_and_writes_the_same_bytes(delivered: Books, tmp_path: Path) -> None:
    digest = prepare_month(delivered.asha, OCTOBER, None).digest
    first = approve_month(delivered.ben, OCTOBER, digest, tmp_path / "first")
    before, files = delivered.everything(), files_in(tmp_path / "first")
    again = approve_month(delivered.ben, OCTOBER, digest, tmp_path / "first")
    elsewhere = approve_month(delivered.ben, OCTOBER, digest, tmp_path / "second")
    assert len(files) == 5 + 2 * 4
    assert files_in(tmp_path / "first") == files_in(tmp_path / "second") == files
    assert delivered.everything() == before
    assert (again.seal, again.set_aside) == (elsewhere.seal, elsewhere.set_aside) == (first.seal, ())


def test_a_document_that_cannot_be_printed_is_set_aside_and_the_others_are_written(delivered: Books, tmp_path: Path) -> None:
    delivered.people({"P002": "日本 Hale"})
    done = delivered.month_end(out=tmp_path)
    assert [(problem.place, "U+65E5" in problem.what) for problem in done.set_aside] == [("statement-2026-10-isf-P002.pdf", True)]
    assert done.written == len(files_in(tmp_path)) - len(list((tmp_path / "drafts").rglob("*.*"))) == 5 + 2 * 4 - 1
    assert (tmp_path / "statements" / "statement-2026-10-isf-P002.html").is_file()
    assert delivered.rows("SELECT month FROM month_lock") == [("2026-10",)]


# months that follow one another


def test_numbers_go_on_over_months_without_a_gap(issued: Books) -> None:
    issued.visits(visit("V-20", "P004", "2026-11-05", "10:00", "11:00"))
    issued.month_end(NOVEMBER)
    issued.month_end(DECEMBER)
    assert list(issued.invoices()) == list(range(501, 501 + 5 + 3 + 2))
    assert verify(issued.store) == []


def test_support_that_comes_late_is_a_correction_of_the_next_month_and_a_line_of_its_own(issued: Books) -> None:
    before = issued.statement("isf-P001")
    issued.visits(visit("V-21", "P001", "2026-10-19", "09:00", "10:00"), visit("V-22", "P004", "2026-10-20", "14:00", "15:00"),
                  visit("V-23", "P004", "2026-11-05", "14:00", "15:00"))
    issued.month_end(NOVEMBER)
    late = issued.statement("isf-P001", NOVEMBER)
    assert late.corrections == (Correction("October 2026", "Outreach", 0, 2_400, "We recorded this support late."),)
    assert [(line.words, line.pence) for line in late.money.put_right] == [("Support in October that we had not counted", -2_400)]
    assert late.given_total_pence == 0
    assert issued.statement("isf-P001") == before
    peggy = issued.invoices()[506]
    assert [(line.day, line.pence) for line in peggy.lines] == [("20/10/2026", 2_400), ("05/11/2026", 2_400)]
    ties(issued.statements().values())


def test_each_hour_costs_the_rate_of_its_day(agreed: Books) -> None:
    agreed.apply({"terms": [terms("Spot", funder_share="by line")]})
    agreed.visits(visit("V-30", "P004", "2026-03-31", "22:00", "02:00"), visit("V-31", "P004", "2026-04-06", "10:00", "11:00"))
    agreed.month_end(MARCH)
    agreed.month_end(APRIL)
    assert agreed.rows("SELECT support_on, minutes, pounds, pence FROM charge ORDER BY support_on") == [
        ("2026-03-31", 120, "22.8", 4_560), ("2026-04-01", 120, "24", 4_800), ("2026-04-06", 60, "24", 2_400)]
    assert agreed.asked_for() == {"2026-03|peggy|spot-P004": 4_560, "2026-04|peggy|spot-P004": 7_200}


def test_what_is_paid_by_delivery_is_one_invoice_a_funder_and_person(delivered: Books) -> None:
    delivered.visits(visit("V-9", "P003", "2026-10-20", "08:00", "08:50", support="care"))
    delivered.month_end()
    asked = {key: pence for key, pence in delivered.asked_for().items() if key.startswith("2026-10|")}
    assert asked == {"2026-10|northvale|spot-P003": 2_750, "2026-10|peggy|spot-P004": 2_400, "2026-10|southgate|spot-P003": 4_125}


def test_an_hour_is_never_asked_for_by_schedule_and_by_delivery(delivered: Books) -> None:
    """P001 has both in one fund: outreach under the block, and physiotherapy that the NHS pays for as it is given."""
    physio = plan_line("P001", "physio", 60, rate="care-hour", funder="northvale")
    delivered.apply({"fundings": [by_delivery("P001", "northvale", fund="isf")], "plan": [physio]})
    delivered.visits(visit("V-9", "P001", "2026-10-21", "10:00", "11:00", support="physio"))
    delivered.month_end()
    asked = delivered.rows("SELECT c.how, c.pence FROM invoice_line l JOIN charge c ON c.event_id = l.event_id JOIN fund f"
                           " ON f.id = c.fund_id WHERE f.key = 'isf-P001'")
    assert asked == [("delivery", 2_500)]
    paid = delivered.rows("SELECT c.how, sum(c.pence) FROM charge c JOIN fund f ON f.id = c.fund_id WHERE f.key = 'isf-P001'"
                          " GROUP BY c.how ORDER BY c.how")
    assert paid == [("delivery", 2_500), ("schedule", 18_000)]
    assert delivered.balance("isf-P001", "due", "northvale") == 2_500
    assert verify(delivered.store) == []


def test_each_instalment_is_invoiced_once_none_or_two_in_a_month(peopled: Books) -> None:
    content = agreements()
    four_weeks = {"every": "4 weeks", "paid": "in advance", "days_to_pay": 14, "odd_days": "own instalment"}
    arrears = {"every": "month", "paid": "in arrears", "days_to_pay": 30, "instalments": "equal"}
    content["contracts"] = [
        block_contract(schedule=four_weeks, pounds="5,600.00", to="2026-12-23"),
        block_contract(reference="SG-2027", schedule=arrears, pounds="1,200.00", to="2026-12-31"),
    ]
    people = content["splits"][0]["people"][0] | {"pounds": "5,600.00"}
    content["splits"] = [
        {"contract": "SG-2026", "version": 1, "method": "amounts", "on": "2026-09-20", "people": [people]},
        {"contract": "SG-2027", "version": 1, "method": "equal", "on": "2026-09-20", "people": [{"person": "P002"}]}]
    content["fundings"] = [by_schedule("P001", to="2026-12-23"), by_schedule("P002", contract="SG-2027", to="2026-12-31")]
    content["plan"] = []
    peopled.apply(content)
    asked = []
    for month in (OCTOBER, NOVEMBER, DECEMBER, Month(2027, 1)):
        before = peopled.asked_for()
        peopled.month_end(month)
        asked.append([key for key in peopled.asked_for() if key not in before])
    assert asked == [
        ["SG-2026|1|amina", "SG-2026|1|southgate", "SG-2026|2|amina", "SG-2026|2|southgate"],
        ["SG-2026|3|amina", "SG-2026|3|southgate", "SG-2027|1|southgate"],
        ["SG-2027|2|southgate"], ["SG-2027|3|southgate"]]
    assert sum(peopled.asked_for().values()) == 560_000 + 120_000


def test_a_night_over_the_end_of_a_month_is_charged_in_both_and_each_hour_once(agreed: Books) -> None:
    agreed.apply({"terms": [terms("Spot", funder_share="by line")]})
    agreed.visits(visit("V-32", "P004", "2026-10-31", "22:00", "03:00"), visit("V-33", "P001", "2026-10-31", "23:30", "00:30"))
    agreed.month_end(OCTOBER)
    agreed.month_end(NOVEMBER)
    agreed.month_end(DECEMBER)
    assert agreed.rows("SELECT d.visit, c.support_on, c.minutes FROM charge c JOIN delivery d ON d.id = c.delivery_id ORDER BY 1, 2") == [
        ("V-32", "2026-10-31", 120), ("V-32", "2026-11-01", 180), ("V-33", "2026-10-31", 30), ("V-33", "2026-11-01", 30)]
    assert agreed.statement("spot-P004", NOVEMBER).corrections == ()
    assert verify(agreed.store) == []


def test_a_month_waits_until_the_support_of_the_month_before_it_is_charged(delivered: Books) -> None:
    for refused_month in (preview_month, lock_month):
        with pytest.raises(NotAllowed, match="October 2026 has support that is not charged yet"):
            refused_month(delivered.asha, NOVEMBER)
    delivered.month_end(OCTOBER)
    delivered.month_end(NOVEMBER)
    ties(delivered.statements().values())


def test_a_late_row_of_a_shared_visit_that_is_charged_to_others_is_not_charged(delivered: Books) -> None:
    delivered.visits(visit("V-40", "P001", "2026-10-22", "09:00", "10:00"))
    delivered.month_end(OCTOBER)
    delivered.visits(visit("V-40", "P002", "2026-10-22", "09:00", "10:00"))
    with pytest.raises(Refused) as found:
        prepare_month(delivered.asha, NOVEMBER, None)
    assert [problem.what for problem in found.value.problems] == ["P002 comes late to a visit that is charged to others."]


# cancelled visits, and empty places


def test_a_cancelled_visit_costs_nothing_where_it_is_not_charged(delivered: Books) -> None:
    before = delivered.draft("isf-P001")
    delivered.visits(visit("V-9", "P001", "2026-10-21", "10:00", "11:00", cancelled=True, reason="Amina was at the dentist"))
    after = delivered.draft("isf-P001")
    assert (after.money, after.given) == (before.money, before.given)
    assert [(one.day, one.minutes, one.reason) for one in after.shortfalls] == [("21 October", 60, "Amina was at the dentist")]


def test_a_cancelled_visit_that_is_charged_as_planned_costs_and_gives_no_time(delivered: Books) -> None:
    before = delivered.draft("spot-P004")
    delivered.visits(visit("V-9", "P004", "2026-10-21", "10:00", "11:00", cancelled=True))
    after = delivered.draft("spot-P004")
    assert after.given_total_pence == before.given_total_pence + 2_400
    assert [line.given for line in after.given] == [line.given for line in before.given] == [60]
    delivered.month_end()
    assert delivered.balance("spot-P004", "delivered", unit="minutes") == 60
    assert delivered.asked_for()["2026-10|peggy|spot-P004"] == 4_800


def test_a_void_never_changes_the_statements_of_the_others(delivered: Books) -> None:
    """Whether the third place of Elm House is empty or P005’s, P001 and P002 pay for theirs and no more."""
    empty = [delivered.draft(fund) for fund in ("isf-P001", "isf-P002")]
    void = [charge.pence for charge in delivered.preview().charges if charge.how == "void"]
    delivered.apply({
        "houses": [house("P001", "P002", "P005")], "fundings": [by_delivery("P005", "southgate")],
        "plan": [plan_line("P005", "shared-support", 120, rate="shared-hour")]})
    assert [delivered.draft(fund) for fund in ("isf-P001", "isf-P002")] == empty
    assert void == [6_000]
    assert [charge.pence for charge in delivered.preview().charges if charge.visit == "V-7"] == [6_000, 6_000, 6_000]

"""Bills of others: checked against the plan and the rules, entered by one and approved by another, paid once, and put back only before that.

P002’s plan has a session of swimming a week at £6.00 from 1 October to 31 March, 26 of them: £156.00. P001’s plan has no such line.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from basics.errors import InputError, NotAllowed, Refused
from ringfence.actions.applying import approve
from ringfence.actions.bills import Status, bills, bills_posted
from ringfence.actions.paying_bills import plan_payment, write_payment
from ringfence.actions.recording import record_content
from ringfence.actions.verifying import verify
from ringfence.documents.pages import statement_page
from ringfence.importing.apply_file import read_apply
from tests.actions.provider_books import OCTOBER, Books, bank_line, part, plan_line, refused

FUND = "isf-P002"
PAID_IN = bank_line("BK-1", "2026-10-02", "1900.00", instalment={"contract": "SG-2026", "n": 1})
HELD = 80_000  # P002’s part of an instalment of the contract


def bill(reference: str = "BL-1", **changed: Any) -> dict[str, Any]:
    return {"bill": reference, "person": "P002", "fund": "isf", "supplier": "Swift Gardens", "number": f"N-{reference}", "on": "2026-10-05",
            "due_on": "2026-10-26", "kind": "other", "pounds": "60.00", "words": "A block of swimming lessons", "line": "P002-swimming", **changed}


def payment(line: str, *paid: dict[str, Any], on: str = "2026-10-20", **changed: Any) -> dict[str, Any]:
    """One line out of the people’s account, for whole bills."""
    parts = [part(f"isf-{each['person']}", each["pounds"], "bill") | {"bill": each["bill"]} for each in paid]
    pounds = sum(int(each["pounds"].replace(".", "")) for each in paid)
    return bank_line(line, on, f"-{pounds // 100}.{pounds % 100:02}", parts=parts, **changed)


def answers(**changed: str) -> dict[str, Any]:
    said = {"legal": "yes", "disrepute": "no", "works": "yes"} | changed
    return {key: {"answer": value == "yes", "who": "Mo Reid, social worker", "on": "2026-10-04"} for key, value in said.items() if value}


def purchase(**changed: Any) -> dict[str, Any]:
    return {"purchase": "PU-1", "person": "P001", "fund": "isf", "on": "2026-10-03", "kind": "other", "pounds": "90.00",
            "words": "A season ticket for the gardens", **answers(), **changed}


def statuses(books: Books) -> dict[str, Status]:
    return {each.reference: each.status for each in bills(books.asha)}


@pytest.fixture
def paid_in(delivered: Books) -> Books:
    delivered.apply({"bank_lines": [PAID_IN]})
    return delivered


def test_a_bill_is_set_apart_once_another_approves_it_and_leaves_when_it_is_paid(paid_in: Books) -> None:
    before = paid_in.balance(FUND, "available")
    prepared = paid_in.prepare({"bills": [bill()]})
    assert prepared.said == ("New: bill BL-1 from Swift Gardens, £60.00, for P002: A block of swimming lessons",
                             "BL-1: The plan has it: Swimming. (The agreed plan.)")
    assert (statuses(paid_in), paid_in.balance(FUND, "available")) == ({"BL-1": Status.WAITING}, before)
    with pytest.raises(NotAllowed, match="somebody else must approve"):
        approve(paid_in.asha, prepared.digest)
    approve(paid_in.ben, prepared.digest)
    assert [paid_in.balance(FUND, role) for role in ("available", "owed_supplier", "held")] == [before - 6_000, 6_000, HELD]
    assert statuses(paid_in) == {"BL-1": Status.APPROVED}
    assert paid_in.prepare({"bills": [bill()]}).said == ()
    run = paid_in.prepare({"bank_lines": [payment("BK-9", bill())]})
    assert statuses(paid_in) == {"BL-1": Status.IN_A_RUN}
    approve(paid_in.ben, run.digest)
    one, = bills(paid_in.asha, FUND)
    assert (one.status, one.paid_on, one.entered_by, one.approved_by) == (Status.PAID, date(2026, 10, 20), "asha", "ben")
    assert (paid_in.balance(FUND, "owed_supplier"), paid_in.balance(FUND, "held")) == (0, HELD - 6_000)
    assert bills(paid_in.asha, "isf-P001") == ()
    assert verify(paid_in.store, referee=True) == []


def test_the_statement_says_what_was_paid_and_the_budget_what_was_used(paid_in: Books) -> None:
    paid_in.apply({"bills": [bill(), bill("BL-2", pounds="20.00")]})
    support = paid_in.draft(FUND).given_total_pence
    paid_in.apply({"bank_lines": [payment("BK-9", bill())]})
    draft = paid_in.draft(FUND)
    assert [(each.words, each.pence) for each in draft.money.paid_out if "bill" in each.words] == [
        ("A bill from Swift Gardens of 5 October 2026, paid on 20 October", -6_000)]
    in_month, year = draft.budgets
    assert (in_month.used_pence, year.used_pence, draft.given_total_pence) == (support + 8_000, support + 8_000, support)
    paid_in.month_end(OCTOBER)
    statement = paid_in.statement(FUND)
    assert (statement.budgets[-1].left_pence, statement.bills_pence) == (paid_in.balance(FUND, "available"), 2_000)
    money, = (page for page in statement_page(statement)["parts"] if page["kind"] == "money")
    assert money["after"][-2:] == ["£20.00 of the money we hold is for bills that are agreed.", "We have not paid them yet."]
    assert verify(paid_in.store, referee=True) == []


def test_what_is_committed_and_paid_is_told_by_line_of_the_plan(paid_in: Books) -> None:
    record_content(paid_in.asha, {"purchases": [purchase(person="P002")]}, "noted")
    paid_in.apply({"bills": [bill(), bill("BL-2", pounds="20.00"), bill("BL-3", pounds="30.00", line=None, purchase="PU-1")]})
    paid_in.apply({"bank_lines": [payment("BK-9", bill())]})
    with paid_in.store.reading() as connection:
        assert bills_posted(connection, FUND)[FUND].unpaid_by_line(date(2026, 10, 31)) == {"P002-swimming": 2_000, "": 3_000}
        assert bills_posted(connection, FUND)[FUND].unpaid_by_line(date(2026, 10, 19)) == {"P002-swimming": 8_000, "": 3_000}
        assert bills_posted(connection, FUND)[FUND].paid_by_line(date(2026, 10, 31)) == {"P002-swimming": 6_000}
        assert bills_posted(connection, FUND)[FUND].unpaid_by_line(date(2026, 10, 4)) == {}


@pytest.mark.parametrize(("changed", "said"), [
    ({"line": "P001-outreach"}, "“P001-outreach” is no line of the plan of isf-P002 on 5 October 2026."),
    ({"kind": "gambling"}, "BL-1 is not for this fund to pay. A fund never pays for gambling. (Surrey Heartlands ICB, personal health budgets; South "
                           "Tyneside Council, What a payment can’t be used for.)"),
    ({"pounds": "156.01"}, "BL-1 must be asked about. It is £156.01, and £150.00 is left of “Swimming”. (The agreed plan.)"),
    ({"line": None}, "BL-1 must be asked about. It is in no line of the agreed plan. (The agreed plan.)"),
    ({"line": None, "purchase": "PU-9"}, "“PU-9” is not a purchase of this kind in isf-P002."),
    ({"kind": "capital goods", "line": None}, "BL-1 is not for this fund to pay. Capital goods are bought only where the plan has them. (The usual "
                                              "agreement with a funder; look in yours.)"),
    ({"due_on": "2026-10-04"}, "is before the day of the bill."),
    ({"kind": "sweets"}, "“sweets” is not one of the choices."),
    ({"person": "P003"}, "P003 has no isf fund here."),
])
def test_a_bill_that_the_rules_do_not_let_be_is_refused_with_its_reason(issued: Books, changed: dict[str, Any], said: str) -> None:
    (_, what), = refused(issued, {"bills": [{key: value for key, value in bill(**changed).items() if value is not None}]})
    assert what == said


def test_two_bills_of_one_file_share_what_is_left_of_a_line(agreed: Books) -> None:
    (_, what), = refused(agreed, {"bills": [bill(pounds="100.00"), bill("BL-2", pounds="56.01")]})
    assert "It is £56.01, and £56.00 is left of “Swimming”." in what
    agreed.apply({"bills": [bill(pounds="100.00"), bill("BL-2", pounds="56.00")]})


def test_what_the_plan_does_not_have_needs_its_three_answers_and_no_more_than_was_asked_about(agreed: Books) -> None:
    asked = bill(person="P001", line=None, purchase="PU-1")
    asked = {key: value for key, value in asked.items() if value is not None}
    record_content(agreed.asha, {"purchases": [purchase(works=None)]}, "noted")
    (_, what), = refused(agreed, {"bills": [asked]})
    assert what.startswith("BL-1 must be asked about.")
    record_content(agreed.ben, {"purchases": [purchase(**answers(works="no"))]}, "noted")
    (_, what), = refused(agreed, {"bills": [asked]})
    assert "Will it work for the outcome? No. (Answered by Mo Reid, social worker on 4 October 2026.)" in what
    record_content(agreed.ben, {"purchases": [purchase()]}, "noted")
    (_, what), = refused(agreed, {"bills": [asked, asked | {"bill": "BL-2", "number": "N-2", "pounds": "30.01"}]})
    assert what == "makes £90.01 of bills for PU-1, which was asked about as £90.00."
    agreed.apply({"bills": [asked, asked | {"bill": "BL-2", "number": "N-2", "pounds": "30.00"}]})
    assert agreed.balance("isf-P001", "owed_supplier") == 9_000


def test_a_relative_in_the_same_home_is_paid_only_by_an_agreement_in_force(agreed: Books) -> None:
    paid = bill(kind="relative in the same home")
    (_, what), = refused(agreed, {"bills": [paid]})
    assert "only by agreement" in what
    said = {"agreement": "AG-1", "person": "P002", "fund": "isf", "who": "Southgate Council", "basis": "consent", "from": "2026-10-01",
            "until": "2026-10-04", "may_decide": ["Pay a close relative in the same home"], "words": "Letter of 1 October"}
    assert len(refused(agreed, {"agreements": [said], "bills": [paid]})) == 1
    agreed.apply({"agreements": [said | {"until": "2026-12-31"}], "bills": [paid]})


def test_a_bill_is_entered_once_whatever_its_reference_and_letters(agreed: Books) -> None:
    agreed.apply({"bills": [bill()]})
    again = bill("BL-2", number="n-BL-1", supplier="SWIFT  gardens")
    assert refused(agreed, {"bills": [again]}) == [
        ("agreed.yaml, bills, item 1 (BL-2), number", "“n-BL-1” of SWIFT  gardens is entered already, as BL-1.")]
    assert len(refused(agreed, {"bills": [bill("BL-3"), bill("BL-4", number="N-BL-3")]})) == 2
    assert [what for _, what in refused(agreed, {"bills": [bill(pounds="61.00")]})] == ["says something else than the bill that is approved as BL-1."]


def test_a_bill_approved_wrongly_is_put_back_until_it_is_paid_and_may_be_entered_anew(paid_in: Books) -> None:
    before = paid_in.balance(FUND, "available")
    back = {"correction": "CO-1", "person": "P002", "fund": "isf", "entry": "bill BL-1", "on": "2026-10-21", "words": "It was for somebody else"}
    paid_in.apply({"bills": [bill(), bill("BL-2", number="N-9")]})
    paid_in.apply({"bank_lines": [payment("BK-9", bill())]})
    assert ("agreed.yaml, corrections, item 1 (CO-1), entry", "“bill BL-1” is paid.") in refused(paid_in, {"corrections": [back]})
    undo = {"correction": "CO-2", "person": "P002", "fund": "isf", "entry": "bank BK-9|isf-P002||bill BL-1", "on": "2026-10-21",
            "words": "Not theirs"}
    paid_in.apply({"corrections": [undo]})
    assert statuses(paid_in) == {"BL-1": Status.APPROVED, "BL-2": Status.APPROVED}
    paid_in.apply({"corrections": [back]})
    assert statuses(paid_in) == {"BL-2": Status.APPROVED, "BL-1": Status.CORRECTED}
    assert paid_in.balance(FUND, "available") == before - 6_000
    right = bill("BL-3", number="N-BL-1", pounds="50.00")
    paid_in.apply({"bills": [right], "bank_lines": [payment("BK-9", right) | {"pounds": "-60.00"}]})
    assert paid_in.balance(FUND, "owed_supplier") == 6_000
    assert paid_in.draft(FUND).budgets[0].used_pence == paid_in.draft(FUND).given_total_pence + 11_000
    assert verify(paid_in.store, referee=True) == []


@pytest.mark.parametrize(("paying", "said"), [
    ([bill("BL-9")], "“BL-9” is no approved bill of isf-P002."),
    ([bill(person="P001")], "“BL-1” is no approved bill of isf-P001."),
    ([bill(pounds="59.00")], "is £59.00, and BL-1 is £60.00."),
    ([bill(), bill()], "is £120.00, and BL-1 is £60.00."),
])
def test_only_a_whole_bill_of_the_same_fund_is_paid(paid_in: Books, paying: list[dict[str, Any]], said: str) -> None:
    paid_in.apply({"bills": [bill()]})
    assert [what for _, what in refused(paid_in, {"bank_lines": [payment("BK-9", *paying)]})] == [said]


def test_a_bill_is_paid_once_and_only_from_money_that_its_fund_holds(agreed: Books) -> None:
    agreed.apply({"bills": [bill()]})
    assert [what for _, what in refused(agreed, {"bank_lines": [payment("BK-9", bill())]})] == ["is £60.00, and £0.00 is held (isf-P002)."]
    agreed.apply({"bank_lines": [PAID_IN, payment("BK-9", bill())]})
    assert [what for _, what in refused(agreed, {"bank_lines": [payment("BK-10", bill())]})] == ["“BL-1” is paid already."]
    assert agreed.prepare({"bank_lines": [payment("BK-9", bill())]}).said == ()
    missing = payment("BK-11", bill())
    del missing["parts"][0]["bill"]
    assert [what for _, what in refused(agreed, {"bank_lines": [missing]})] == ["is missing, and “as” is “bill”."]


def test_a_payment_is_planned_from_what_is_due_and_what_each_fund_holds(paid_in: Books, tmp_path: Path) -> None:
    late = bill("BL-2", number="N-2", pounds="40.00", due_on="2026-11-30")
    record_content(paid_in.asha, {"purchases": [purchase(purchase="PU-2", person="P002", pounds="790.00")]}, "noted")
    large = {key: value for key, value in bill("BL-3", pounds="790.00", purchase="PU-2", due_on="2026-10-30").items() if key != "line"}
    paid_in.apply({"bills": [bill(), late, large]})
    planned = plan_payment(paid_in.asha, "BK-9", date(2026, 10, 20), date(2026, 10, 31))
    assert ([each.reference for each in planned.paid], planned.pence) == (["BL-1"], 6_000)
    assert {each.reference: why for each, why in planned.left_out} == {"BL-2": "it is due later", "BL-3": "isf-P002 holds £740.00"}
    write_payment(planned, tmp_path / "pay.yaml")
    file = read_apply(tmp_path / "pay.yaml")
    assert (file.bank_lines[0].line, file.bank_lines[0].pounds.pence) == ("BK-9", -6_000)
    paid_in.apply(planned.content)
    assert statuses(paid_in)["BL-1"] is Status.PAID
    nothing = plan_payment(paid_in.asha, "BK-10", date(2026, 10, 1))
    assert nothing.paid == ()
    with pytest.raises(InputError, match="No bill is to be paid"):
        write_payment(nothing, tmp_path / "none.yaml")


def test_a_bill_may_come_with_the_line_of_the_plan_that_has_it_wherever_that_stands_in_the_file(agreed: Books) -> None:
    lines = [plan_line("P002", support, rate="swim", funder="southgate", times_per_week=1) for support in ("yoga", "art")]
    agreed.apply({"plan": lines, "bills": [bill(line="P002-yoga")]})
    with agreed.store.reading() as connection:
        assert bills_posted(connection, FUND)[FUND].unpaid_by_line(date(2026, 10, 31)) == {"P002-yoga": 6_000}


def test_a_fund_that_ends_pays_its_bills_before_it_closes(delivered: Books) -> None:
    delivered.apply({"bank_lines": [PAID_IN], "bills": [bill()]})
    delivered.month_end(OCTOBER)
    delivered.at = datetime(2026, 11, 3, 9, tzinfo=UTC)
    ending = {"ending": "EN-1", "person": "P002", "fund": "isf", "why": "left", "ended_on": "2026-10-31", "on": "2026-11-01",
              "words": "He moves away"}
    closing = {"person": "P002", "fund": "isf", "on": "2026-11-02"}
    prepared = delivered.prepare({"endings": [ending]})
    assert "isf-P002, step 2: bills still to be paid: £60.00" in prepared.said
    delivered.apply({"endings": [ending]})
    with pytest.raises(Refused):
        delivered.prepare({"closings": [closing]})
    back = delivered.balance(FUND, "owed_funder", "southgate")
    earned = delivered.balance(FUND, "owed_provider")
    assert back + earned + 6_000 == HELD
    delivered.apply({"bank_lines": [payment("BK-9", bill(), on="2026-11-01"),
                                    bank_line("BK-10", "2026-11-02", f"-{back // 100}.{back % 100:02}", parts=[
                                        part(FUND, f"{back // 100}.{back % 100:02}", "back to funder", "southgate")])],
                     "draws": [{"line": "BK-11", "on": "2026-11-02", "words": "Support", "parts": [
                         {"person": "P002", "fund": "isf", "pounds": f"{earned // 100}.{earned % 100:02}"}]}]})
    delivered.apply({"closings": [closing]})
    assert {role for role, pence in delivered.balances().get(FUND, {}).items() if pence and not role.endswith("minutes")} == set()
    assert verify(delivered.store, referee=True) == []

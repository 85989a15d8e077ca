"""One fund: its month is the statement that was issued, or what a statement would print; its plan is hours beside pounds."""

from __future__ import annotations

import pytest

from basics.errors import InputError, NotAllowed
from isf.accounts import FundKind
from isf.position import Status
from ringfence.actions.one_fund import FundMonth, fund_month, fund_of
from ringfence.actions.positions import positions
from tests.actions.provider_books import NOVEMBER, OCTOBER, SEPTEMBER, Books, plan_line, visit


def month_of(books: Books, fund: str) -> FundMonth:
    found = fund_month(books.asha, fund, OCTOBER)
    assert found is not None
    return found


def test_a_fund_says_whose_it_is_who_pays_and_by_which_split(issued: Books) -> None:
    fund = fund_of(issued.asha, "isf-P001")
    assert (fund.kind, fund.person, fund.name, fund.known_as) == (FundKind.ISF, "P001", "Amina Yusuf", "Amina")
    assert [(payer.name, payer.how, payer.contract) for payer in fund.payers] == [
        ("Southgate Council", "schedule", "SG-2026"), ("The person", "schedule", "SG-2026")]
    assert {str(payer.period) for payer in fund.payers} == {"1 October 2026 to 31 March 2027"}
    assert fund.split == "Split of SG-2026, version 1"
    assert (fund.stated, [one.month for one in fund.statements]) == (OCTOBER, [OCTOBER])
    assert fund.statements[0].seal == issued.statement("isf-P001").seal != ""


def test_a_fund_can_be_asked_about_from_its_first_entry_to_the_open_month(issued: Books) -> None:
    assert fund_of(issued.asha, "isf-P001").months == (OCTOBER, NOVEMBER)


def test_a_fund_without_entries_can_be_asked_about_from_the_day_somebody_pays(agreed: Books) -> None:
    months = fund_of(agreed.asha, "spot-P003").months
    assert (str(months[0]), str(months[-1])) == ("2026-02", "2026-11")


def test_a_fund_that_is_not_there_is_refused_and_names_no_other(issued: Books) -> None:
    with pytest.raises(InputError, match="There is no fund “isf-P999” here"):
        fund_of(issued.asha, "isf-P999")
    with pytest.raises(InputError):
        fund_of(issued.asha, "isf-P001' OR '1'='1")
    with pytest.raises(NotAllowed):
        fund_of(issued.acting("nobody"), "isf-P001")


@pytest.mark.parametrize("fund", ["isf-P001", "isf-P002", "spot-P003", "spot-P004"])
def test_an_issued_month_is_the_statement_that_was_issued_and_the_position_of_the_books(issued: Books, fund: str) -> None:
    found = month_of(issued, fund)
    assert (found.issued, found.statement) == (True, issued.statement(fund))
    assert found.position == positions(issued.asha, fund.split("-")[1], OCTOBER)[fund]


def test_a_month_that_is_not_issued_is_what_its_statement_would_print_now(issued: Books) -> None:
    issued.visits(visit("V-20", "P001", "2026-11-02", "09:00", "12:00"), name="november.csv")
    found = fund_month(issued.asha, "isf-P001", NOVEMBER)
    assert found is not None
    assert (found.issued, found.statement.draft) == (False, True)
    assert found.statement.money.opening_pence == issued.statement("isf-P001").money.closing_pence
    assert found.statement.given_total_pence == 0, "support is charged at month end"


def test_before_anything_stands_in_a_fund_there_is_no_month(issued: Books) -> None:
    assert fund_month(issued.asha, "isf-P001", SEPTEMBER) is None


def test_the_rows_of_the_plan_are_the_statements_rows_and_add_to_its_total(issued: Books) -> None:
    for key in ("isf-P001", "isf-P002", "spot-P003", "spot-P004"):
        found = month_of(issued, key)
        assert [row.given for row in found.plan if row.given.planned or row.given.given] == list(found.statement.given)
        assert sum(row.given.pence for row in found.plan) == found.statement.given_total_pence
        assert sum(row.left_pence or 0 for row in found.plan) == sum(line.left_pence or 0 for line in found.position.lines)


def test_a_line_of_the_plan_is_left_in_hours_and_in_pounds(issued: Books) -> None:
    swimming = next(row for row in month_of(issued, "isf-P002").plan if row.given.words == "Swimming")
    assert (swimming.given.measure, swimming.given.planned, swimming.given.given, swimming.given.pence) == ("times", 4, 1, 600)
    assert (swimming.left, swimming.left_pence, swimming.status) == (25, 25 * 600, Status.UNDER)


def test_support_outside_the_plan_has_nothing_left_and_no_status(delivered: Books) -> None:
    delivered.apply({"plan": [plan_line("P001", "company", 60, to="2026-09-30", from_on="2026-09-01")]})
    delivered.month_end()
    rows = {row.given.words: row for row in month_of(delivered, "isf-P001").plan}
    assert all(row.status is not None for row in rows.values()), "every line that was given is in the plan"
    assert "Company" not in rows, "a line that ended before the month is in no row of it"


def test_two_versions_of_a_line_are_one_row(agreed: Books) -> None:
    agreed.apply({"plan": [plan_line("P004", "outreach", 120, from_on="2026-10-15", words="More company")]})
    agreed.visits(visit("V-6", "P004", "2026-10-08", "14:00", "15:00"))
    agreed.month_end()
    row, = month_of(agreed, "spot-P004").plan
    assert (row.given.words, row.given.given, row.given.pence) == ("More company", 60, 2_400)


def test_a_correction_after_the_issue_leaves_the_months_rows_as_they_were_printed(delivered: Books) -> None:
    delivered.visits(visit("V-9", "P001", "2026-10-20", "09:00", "10:00"), name="second.csv")
    delivered.month_end()
    before = month_of(delivered, "isf-P001")
    delivered.undo(delivered.imports()[-1])
    after = month_of(delivered, "isf-P001")
    assert after.statement == before.statement
    assert [row.given for row in after.plan] == [row.given for row in before.plan]
    changed = [(one.left, other.left) for one, other in zip(before.plan, after.plan, strict=True) if one.left != other.left]
    assert changed == [(before.plan[0].left, (before.plan[0].left or 0) + 60)], "what is left is as the books have it now"

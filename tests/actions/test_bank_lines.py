"""What the bank shows: whose each line is, what nobody has placed yet, and what the provider draws for support already given."""

from __future__ import annotations

from typing import Any

import pytest

from ringfence.actions.receipts import receipts
from ringfence.actions.verifying import verify
from tests.actions.provider_books import NOVEMBER, Books, bank_line, part, refused, visit


def test_the_parts_of_a_bank_line_never_come_to_more_than_the_line(agreed: Books) -> None:
    parts = [part("isf-P001", "900.00", funder="southgate"), part("isf-P002", "800.01", funder="southgate")]
    (place, what), = refused(agreed, {"bank_lines": [bank_line("BK-1", "2026-10-06", "1,700.00", parts=parts)]})
    assert place.endswith("(BK-1), parts")
    assert what == "come to £1,700.01, which is £0.01 more than the line, £1,700.00."


def test_an_instalment_is_more_than_the_line_that_pays_it(agreed: Books) -> None:
    line = bank_line("BK-1", "2026-10-06", "1,899.99", instalment={"contract": "SG-2026", "n": 1})
    (place, what), = refused(agreed, {"bank_lines": [line]})
    assert place == "agreed.yaml, bank_lines, item 1 (BK-1)"
    assert what == "is £1,899.99, and its parts come to £1,900.00."


def test_one_receipt_for_two_people_is_one_line_with_two_parts(agreed: Books) -> None:
    parts = [part("isf-P002", "800.00", funder="southgate"), part("isf-P001", "900.00", funder="southgate")]
    agreed.apply({"bank_lines": [bank_line("BK-1", "2026-10-06", "1,700.00", parts=parts)]})
    assert (agreed.balance("isf-P001", "held"), agreed.balance("isf-P002", "held")) == (90_000, 80_000)
    assert agreed.rows("SELECT amount, placed FROM origin WHERE key = 'bank BK-1'") == [(170_000, 170_000)]


def test_money_that_nobody_has_placed_stays_visible_until_it_is_placed(agreed: Books) -> None:
    line = bank_line("BK-1", "2026-10-06", "100.00", "provider")
    agreed.apply({"bank_lines": [line]})
    assert agreed.unplaced() == ["bank line BK-1, 2026-10-06: £100.00 is not placed: BACS BK-1. Place it or explain it under Receipts to match; "
                                "the month cannot be locked until then."]
    agreed.apply({"bank_lines": [{**line, "parts": [part("isf-P001", "100.00", "contribution", "amina")]}]})
    assert agreed.unplaced() == []
    assert agreed.balance("isf-P001", "with_provider") == 10_000


def test_what_is_left_of_a_line_is_placed_later_and_what_was_placed_stays(agreed: Books) -> None:
    line = bank_line("BK-1", "2026-10-06", "1,700.00", parts=[part("isf-P001", "900.00", funder="southgate")])
    agreed.apply({"bank_lines": [line]})
    assert "£800.00 is not placed" in agreed.unplaced()[0]
    whole = {**line, "parts": [part("isf-P002", "800.00", funder="southgate"), *line["parts"]]}
    agreed.apply({"bank_lines": [whole]})
    assert (agreed.balance("isf-P001", "held"), agreed.balance("isf-P002", "held")) == (90_000, 80_000)
    assert agreed.prepare({"bank_lines": [whole]}).digest == ""
    assert agreed.unplaced() == []


@pytest.mark.parametrize("again", [["1.00", "2.00"], ["3.00"]])
def test_the_rest_of_a_line_may_go_to_who_has_a_part_of_it_already(agreed: Books, again: list[str]) -> None:
    line = bank_line("BK-1", "2026-10-06", "3.00")
    agreed.apply({"bank_lines": [line | {"parts": [part("isf-P001", "1.00", funder="southgate")]}]})
    whole = line | {"parts": [part("isf-P001", pounds, funder="southgate") for pounds in again]}
    assert "New: £2.00 of BK-1 is a payment of isf-P001 (southgate)" in agreed.prepare({"bank_lines": [whole]}).said
    agreed.apply({"bank_lines": [whole]})
    assert agreed.balance("isf-P001", "held") == 300
    assert agreed.prepare({"bank_lines": [whole]}).said == ()
    assert {each.line for each in receipts(agreed.asha).placed_lately} == {"BK-1"}
    assert verify(agreed.store, referee=True) == []


def test_one_line_is_not_both_paid_in_and_paid_over(agreed: Books) -> None:
    agreed.apply({"bank_lines": [bank_line("BK-1", "2026-10-06", "5.00", "provider", parts=[part("isf-P001", "5.00", "contribution", "amina")])]})
    both = bank_line("BK-2", "2026-10-07", "3.00", parts=[part("isf-P001", "1.00", "paid over"), part("isf-P001", "2.00", funder="southgate")])
    (place, what), = refused(agreed, {"bank_lines": [both]})
    assert place == "agreed.yaml, bank_lines, item 1 (BK-2), parts"
    assert what == "are both: money that was collected and is paid over, and money that somebody paid in."


def test_what_is_left_of_a_line_can_be_explained(agreed: Books) -> None:
    line = bank_line("BK-1", "2026-10-06", "905.00", parts=[part("isf-P001", "900.00", funder="southgate")])
    agreed.apply({"bank_lines": [line]})
    agreed.apply({"bank_lines": [{key: said for key, said in line.items() if key != "parts"} | {"explained": "Interest of the bank"}]})
    assert agreed.unplaced() == []
    assert agreed.balance("isf-P001", "held") == 90_000


def test_what_is_placed_is_not_placed_again_with_somebody_else(agreed: Books) -> None:
    line = bank_line("BK-1", "2026-10-06", "900.00", parts=[part("isf-P001", "900.00", funder="southgate")])
    agreed.apply({"bank_lines": [line]})
    (_, what), = refused(agreed, {"bank_lines": [{**line, "parts": [part("isf-P002", "800.00", funder="southgate")]}]})
    assert what == "is placed already: £900.00 of it."


def test_one_line_that_pays_two_invoices_of_one_person_is_one_part(issued: Books) -> None:
    issued.apply({"bank_lines": [bank_line("BK-0", "2026-11-01", "24.00", "provider", invoices=[502])]})
    issued.visits(visit("V-20", "P004", "2026-11-05", "10:00", "11:00"),
                  visit("V-21", "P003", "2026-11-05", "10:00", "11:00", support="care"))
    issued.month_end(NOVEMBER)
    issued.apply({"bank_lines": [bank_line("BK-1", "2026-12-01", "45.00", "provider", invoices=[503, 508])]})
    assert issued.balance("spot-P003", "due", "southgate") == 0


def test_a_bank_line_that_is_kept_is_not_rewritten(agreed: Books) -> None:
    line = bank_line("BK-1", "2026-10-06", "900.00")
    agreed.apply({"bank_lines": [line]})
    for changed in ({"pounds": "901.00"}, {"on": "2026-10-07"}, {"pounds": "-900.00"}):
        (_, what), = refused(agreed, {"bank_lines": [{**line, **changed}]})
        assert "something else than the bank line that is kept" in what


def test_no_more_is_paid_to_the_provider_than_is_owed_for_support(issued: Books) -> None:
    line = bank_line("BK-1", "2026-11-05", "30.01", "provider", parts=[part("spot-P004", "30.01", funder="peggy")])
    (_, what), = refused(issued, {"bank_lines": [line]})
    assert what == "is £30.01, and £24.00 is owed for support in this fund (spot-P004)."


def test_a_line_that_pays_invoices_pays_each_of_their_funds(issued: Books) -> None:
    assert issued.asked_for()["2026-10|southgate|spot-P003"] == 3_000
    issued.apply({"bank_lines": [bank_line("BK-1", "2026-11-01", "30.00", "provider", invoices=[503])]})
    assert issued.balance("spot-P003", "due", "southgate") == 0
    assert issued.balance("spot-P003", "due", "northvale") == 2_000
    assert issued.balance("spot-P003", "held") == 0


# what the provider draws


@pytest.fixture
def earned(issued: Books) -> Books:
    """October's support of P001 is £180.00 and of P002 £102.00; P001 holds £900.00 and P002 £60.00."""
    parts = [part("isf-P001", "900.00", funder="southgate"), part("isf-P002", "60.00", funder="southgate")]
    issued.apply({"bank_lines": [bank_line("BK-1", "2026-11-01", "960.00", parts=parts)]})
    return issued


def draw(parts: Any, **more: Any) -> dict[str, Any]:
    return {"draws": [{"line": "BK-9", "on": "2026-11-02", "words": "Support given in October", "parts": parts, **more}]}


def test_a_draw_of_more_than_was_earned_is_refused_with_both_figures(earned: Books) -> None:
    parts = [{"person": "P001", "fund": "isf", "pounds": "180.01"}]
    assert refused(earned, draw(parts)) == [
        ("agreed.yaml, draws, item 1 (BK-9), parts, item 1 (P001)", "is £180.01, and £180.00 can be drawn from isf-P001.")]


def test_a_draw_that_names_a_fund_twice_draws_no_more_from_it(earned: Books) -> None:
    twice = [{"person": "P001", "fund": "isf", "pounds": pounds} for pounds in ("100.00", "80.01")]
    assert [what for _, what in refused(earned, draw(twice))] == ["is £180.01, and £180.00 can be drawn from isf-P001."]
    earned.apply(draw([*twice[:1], twice[1] | {"pounds": "80.00"}]))
    assert earned.balance("isf-P001", "owed_provider") == 0


def test_what_was_earned_is_drawn_as_far_as_each_fund_holds_it(earned: Books) -> None:
    earned.apply(draw("earned"))
    assert (earned.balance("isf-P001", "owed_provider"), earned.balance("isf-P001", "held")) == (0, 72_000)
    assert (earned.balance("isf-P002", "owed_provider"), earned.balance("isf-P002", "held")) == (4_200, 0)
    assert refused(earned, {"draws": [{"line": "BK-10", "on": "2026-11-03", "words": "Again", "parts": "earned"}]})


def test_a_draw_that_names_another_sum_than_was_earned_is_refused_with_both_figures(earned: Books) -> None:
    (_, what), = refused(earned, draw("earned", pounds="282.00"))
    assert what == "is £282.00, and what was earned and can be drawn comes to £240.00."

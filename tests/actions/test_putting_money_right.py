"""A mistake in the money is put back whole, with its reason and the day it was asked for, and what is right is placed anew."""

from __future__ import annotations

from typing import Any

import pytest

from ringfence.actions.entries_named import entries_named
from ringfence.actions.verifying import verify
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, bank_line, part, refused, ties

WRONG = "bank BK-1|isf-P002|southgate|payment"
LINE = bank_line("BK-1", "2026-10-06", "1,700.00")
PLACED = LINE | {"parts": [part("isf-P001", "900.00", funder="southgate"), part("isf-P002", "800.00", funder="southgate")]}
PUT_RIGHT = LINE | {"parts": [part("isf-P001", "1,700.00", funder="southgate")]}


def correction(entry: str = WRONG, **changed: Any) -> dict[str, Any]:
    return {"correction": "CO-1", "person": "P002", "fund": "isf", "entry": entry, "on": "2026-11-20",
            "words": "The council wrote on 20 November that this was not for this fund", **changed}


def held(books: Books) -> tuple[int, int]:
    return books.balance("isf-P001", "held"), books.balance("isf-P002", "held")


def test_what_is_put_back_and_not_placed_again_stays_visible(agreed: Books) -> None:
    agreed.apply({"bank_lines": [PLACED]})
    right = LINE | {"parts": [part("isf-P001", "900.00", funder="southgate")]}
    assert "is placed already" in refused(agreed, {"bank_lines": [PUT_RIGHT]})[0][1]
    agreed.apply({"corrections": [correction()], "bank_lines": [right]})
    assert held(agreed) == (90_000, 0)
    problem, = agreed.unplaced()
    assert problem.startswith("bank line BK-1, put back by CO-1, 2026-10-06: £800.00 is not placed")
    assert verify(agreed.store, referee=True) == []


def test_what_is_put_back_is_placed_again_with_somebody_else_to_the_penny(agreed: Books) -> None:
    both = LINE | {"parts": [part("isf-P002", "1,700.00", funder="southgate")]}
    agreed.apply({"bank_lines": [both]})
    content = {"corrections": [correction()], "bank_lines": [PUT_RIGHT]}
    prepared = agreed.prepare(content)
    assert "New: £1,700.00 of BK-1 is a payment of isf-P001 (southgate)" in prepared.said
    agreed.apply(content)
    assert held(agreed) == (170_000, 0)
    assert agreed.unplaced() == []
    assert agreed.prepare(content).said == ()
    assert "is placed already" in refused(agreed, {"bank_lines": [both]})[0][1]
    assert verify(agreed.store, referee=True) == []


def test_what_is_put_back_may_go_with_what_was_left_of_the_line_to_the_same_person(agreed: Books) -> None:
    agreed.apply({"bank_lines": [LINE | {"parts": [part("isf-P002", "800.00", funder="southgate")]}]})
    agreed.apply({"corrections": [correction()]})
    agreed.apply({"bank_lines": [LINE | {"parts": [part("isf-P002", "1,700.00", funder="southgate")]}]})
    assert held(agreed) == (0, 170_000)
    names = {each.name for each in entries_named(agreed.asha, "isf-P002") if each.put_back_on is None and each.name.startswith("bank")}
    assert names == {"bank BK-1, again 2|isf-P002|southgate|payment", "bank BK-1, put back by CO-1|isf-P002|southgate|payment"}
    agreed.apply({"corrections": [correction(name, correction=f"CO-2{n}") for n, name in enumerate(sorted(names))], "bank_lines": [PUT_RIGHT]})
    assert held(agreed) == (170_000, 0)
    assert verify(agreed.store, referee=True) == []


def test_what_is_put_back_already_is_not_put_back_by_another_correction(agreed: Books) -> None:
    agreed.apply({"bank_lines": [PLACED]})
    twice = [correction(), correction(correction="CO-2")]
    assert [what for _, what in refused(agreed, {"corrections": twice})] == [f"“{WRONG}” is put back twice in this file."]
    agreed.apply({"corrections": [correction()]})
    assert [what for _, what in refused(agreed, {"corrections": [correction(correction="CO-2")]})] == [
        f"“{WRONG}” is put back already, since 20 November 2026 (CO-1)."]
    assert agreed.prepare({"corrections": [correction()]}).said == ()


def test_a_correction_is_of_one_thing(agreed: Books) -> None:
    agreed.apply({"bank_lines": [PLACED]})
    agreed.apply({"corrections": [correction()]})
    other = correction("bank BK-1|isf-P001|southgate|payment", person="P001")
    assert [what for _, what in refused(agreed, {"corrections": [other]})] == [
        f"is “bank BK-1|isf-P001|southgate|payment”, and CO-1 put “{WRONG}” back."]


def test_money_that_is_put_back_may_turn_out_to_be_nobodys(agreed: Books) -> None:
    agreed.apply({"bank_lines": [PLACED]})
    agreed.apply({"corrections": [correction()]})
    agreed.apply({"bank_lines": [LINE | {"explained": "Sent by mistake, and asked for again"}]})
    assert agreed.unplaced() == []
    assert held(agreed) == (90_000, 0)


def test_a_correction_of_an_issued_month_stands_on_both_statements_with_its_reason(delivered: Books) -> None:
    delivered.apply({"bank_lines": [LINE | {"parts": [part("isf-P002", "1,700.00", funder="southgate")]}]})
    delivered.month_end(OCTOBER)
    issued = delivered.statement("isf-P002")
    delivered.apply({"corrections": [correction()], "bank_lines": [PUT_RIGHT]})
    delivered.month_end(NOVEMBER)
    wrong, right = delivered.statement("isf-P002", NOVEMBER), delivered.statement("isf-P001", NOVEMBER)
    assert delivered.statement("isf-P002") == issued
    assert [(line.words, line.pence) for line in wrong.money.put_right] == [("Money counted in October by mistake, taken off", -170_000)]
    assert [(line.words, line.pence) for line in right.money.put_right] == [("Money that came in during October, counted now", 170_000)]
    assert [(each.words, each.before_pence, each.after_pence, each.why) for each in wrong.corrections] == [
        ("Paid in", 170_000, 0, "The council wrote on 20 November that this was not for this fund")]
    assert [(each.words, each.before_pence, each.after_pence, each.why) for each in right.corrections] == [
        ("Paid in", 0, 170_000, "We had not counted it with this money until now.")]
    ties(delivered.statements().values())
    assert verify(delivered.store, referee=True) == []


def test_money_that_was_used_since_is_not_put_back(issued: Books) -> None:
    issued.apply({"bank_lines": [PLACED], "draws": [{"line": "BK-2", "on": "2026-11-02", "words": "October", "parts": "earned"}]})
    (_, what), = refused(issued, {"corrections": [correction()]})
    assert what == "would leave “held” of isf-P002 £102.00 below nil: what it brought was used since."


def test_an_extra_that_was_not_for_this_fund_is_put_back_in_pounds_and_hours(agreed: Books) -> None:
    before = agreed.balances()
    agreed.apply({"extras": [{"extra": "EX-1", "person": "P002", "fund": "isf", "funder": "southgate", "pounds": "100.00", "minutes": 60,
                              "on": "2026-10-03", "words": "A mistake"}]})
    agreed.apply({"corrections": [correction("extra EX-1")]})
    assert agreed.balances() == before


def test_support_is_put_right_where_it_came_from(issued: Books) -> None:
    of_schedule, = issued.rows("SELECT v.key FROM event v JOIN charge c ON c.event_id = v.id WHERE c.how = 'schedule' AND v.key LIKE 'V-3%'")[0]
    invoiced, = issued.rows("SELECT v.key FROM event v JOIN charge c ON c.event_id = v.id WHERE v.key LIKE 'V-6%'")[0]
    for key, person, fund, to_do in ((of_schedule, "P002", "isf", "visits_corrected"), (invoiced, "P004", "spot", "it is credited")):
        with pytest.raises(Exception, match=to_do):
            issued.prepare({"corrections": [correction(key, person=person, fund=fund)]})


@pytest.mark.parametrize(("changed", "said"), [
    ({"entry": "bank BK-7|isf-P002|southgate|payment"}, "is not posted in isf-P002."), ({"person": "P001"}, "is not posted in isf-P001."),
    ({"entry": "allocation SG-2026|isf-P002|southgate"}, "is not put back by a correction."),
])
def test_only_what_is_posted_in_the_fund_is_put_back(agreed: Books, changed: dict[str, str], said: str) -> None:
    agreed.apply({"bank_lines": [PLACED]})
    (place, what), = refused(agreed, {"corrections": [correction() | changed]})
    assert place.endswith("corrections, item 1 (CO-1), entry")
    assert what.endswith(said)


# money that will not come


def never_paid(**changed: Any) -> dict[str, Any]:
    return {"never_paid": "NP-1", "person": "P001", "fund": "isf", "funder": "amina", "pounds": "100.00", "on": "2026-10-31",
            "words": "The contribution of October", **changed}


def test_a_contribution_that_is_never_paid_lowers_nothing_that_the_person_may_use(agreed: Books) -> None:
    agreed.apply({"never_paid": [never_paid()]})
    assert (agreed.balance("isf-P001", "due", "amina"), agreed.balance("isf-P001", "borne"), agreed.balance("isf-P001", "available")) == (
        50_000, 10_000, 600_000)
    agreed.apply({"never_paid": [never_paid(never_paid="NP-2", taken_on_by="southgate")]})
    assert (agreed.balance("isf-P001", "due", "amina"), agreed.balance("isf-P001", "due", "southgate"), agreed.balance("isf-P001", "available")) == (
        40_000, 550_000, 600_000)
    assert agreed.prepare({"never_paid": [never_paid()]}).said == ()
    (_, what), = refused(agreed, {"never_paid": [never_paid(never_paid="NP-3", pounds="400.01")]})
    assert what == "is £400.01, and £400.00 is due from amina in isf-P001."
    assert verify(agreed.store, referee=True) == []


def test_overspend_is_given_up_as_far_as_the_provider_carries_it(issued: Books) -> None:
    issued.apply({"never_paid": [never_paid()]})
    given_up = {"given_up": "GU-1", "person": "P001", "fund": "isf", "pounds": "100.01", "on": "2026-11-02", "words": "We do not ask for it"}
    (_, what), = refused(issued, {"given_up": [given_up]})
    assert what == "is £100.01, and the provider carries £100.00 in isf-P001."
    owed = issued.balance("isf-P001", "owed_provider")
    issued.apply({"given_up": [given_up | {"pounds": "100.00"}]})
    assert (issued.balance("isf-P001", "borne"), issued.balance("isf-P001", "owed_provider")) == (0, owed - 10_000)


def test_what_was_carried_without_support_is_given_up_once_there_is_support(agreed: Books) -> None:
    agreed.apply({"never_paid": [never_paid()]})
    given_up = {"given_up": "GU-1", "person": "P001", "fund": "isf", "pounds": "100.00", "on": "2026-11-02", "words": "We do not ask for it"}
    (_, what), = refused(agreed, {"given_up": [given_up]})
    assert what == "is £100.00, and £0.00 of support is charged and not drawn in isf-P001."

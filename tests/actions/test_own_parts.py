"""Whoever pays a sum a week for their own support reads on the statement what they pay, as the ledger has it.

P003’s October costs £200.00. The NHS pays 40% of it and Southgate the rest; £10.00 a week of that is P003’s own, £44.29 for October.
"""

from __future__ import annotations

from typing import Any

import pytest

from isf.statement import OwnPart
from ringfence.actions.verifying import verify
from ringfence.documents.easy_page import easy_page
from ringfence.documents.records import record_json, statement_from_json
from ringfence.documents.statement_files import PRINTED
from tests.actions.provider_books import NOVEMBER, Books, by_delivery, visit

WEEKLY = {"weekly_pounds": "10.00", "weekly_basis": "weekly / 7 x days", "weekly_rounding": "each period alone"}
SAID = ["You pay £44.29 of this.", "What is agreed is £10.00 a week."]


def pays(payer: dict[str, str], **changed: Any) -> dict[str, Any]:
    return {"funders": [payer], "fundings": [
        by_delivery("P003", payer["reference"], bears_on="southgate", **WEEKLY) | {"from": "2026-10-01"} | changed]}


def grace(**changed: Any) -> dict[str, Any]:
    return pays({"reference": "grace", "kind": "person", "person": "P003"}, **changed)


@pytest.fixture
def october(agreed: Books) -> Books:
    """Four visits of two hours with one carer at £25.00: £50.00 each."""
    agreed.visits(*(visit(f"V-{n}", "P003", f"2026-10-{n:02}", "09:00", "11:00", support="care") for n in (5, 12, 19, 26)))
    return agreed


def test_the_part_of_the_month_is_what_the_ledger_says_is_due_from_them_in_draft_and_issued(october: Books) -> None:
    october.apply(grace())
    draft = october.draft("spot-P003")
    october.month_end()
    issued = october.statement("spot-P003")
    assert draft.own_parts == issued.own_parts == (OwnPart("", october.balance("spot-P003", "due", "grace"), 1_000),)
    assert issued.own_parts[0].pence == 4_429
    assert issued.given_total_pence == 20_000
    assert verify(october.store, referee=True) == []


def test_every_form_of_the_statement_says_it_in_the_same_words(october: Books) -> None:
    october.apply(grace())
    october.month_end()
    record = october.statement("spot-P003")
    for form in ("txt", "html"):
        assert all(said in PRINTED[form](record).decode() for said in SAID)
    assert SAID in [idea["words"] for part in easy_page(record)["parts"] for idea in part["ideas"]]
    assert PRINTED["pdf"](record)
    assert statement_from_json(record_json(record)) == record


def test_a_family_that_pays_is_named_and_a_sum_that_changed_is_no_sum_a_week(october: Books) -> None:
    october.apply(pays({"reference": "ellis", "kind": "family", "name": "The Ellis family"}, to="2026-10-15"))
    october.apply({"fundings": [by_delivery("P003", "ellis", bears_on="southgate", **WEEKLY) | {"from": "2026-10-16", "weekly_pounds": "12.00"}]})
    october.month_end()
    part, = october.statement("spot-P003").own_parts
    assert (part.name, part.pence, part.week_pence) == ("The Ellis family", october.balance("spot-P003", "due", "ellis"), None)
    assert "The Ellis family pays £" in PRINTED["txt"](october.statement("spot-P003")).decode()


def test_whoever_pays_no_sum_a_week_or_nothing_of_the_month_reads_of_no_part(october: Books) -> None:
    october.month_end()
    assert [each.own_parts for each in october.statements().values()] == [()] * len(october.statements())
    assert "own_parts" not in record_json(october.statement("spot-P003")), "What was frozen before stays the same text."
    october.apply(grace(**{"from": "2026-11-01"}))
    october.month_end(NOVEMBER)
    assert october.statement("spot-P003", NOVEMBER).own_parts == ()

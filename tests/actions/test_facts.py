"""What is recorded of a fund besides money: two people agree an earmark, one person notes a review, and nothing that was said is lost."""

from __future__ import annotations

from datetime import date

import pytest

from basics.errors import GuardRefused, Refused
from ringfence.actions.recording import record_content
from ringfence.actions.verifying import verify
from ringfence.store import facts
from ringfence.store.facts import Fact
from tests.actions.provider_books import ASHA, BEN, Books

EARMARK = {"earmark": "EM-1", "person": "P001", "fund": "isf", "pounds": "400.00", "words": "A week away", "from": "2026-10-01",
           "until": "2027-03-31"}
REVIEW = {"review": "RV-1", "person": "P001", "fund": "isf", "on": "2026-10-20", "which": "six weeks", "words": "The plan works"}


def kept(books: Books, kind: str, fund: str = "") -> list[Fact]:
    with books.store.reading() as connection:
        return facts.facts(connection, kind, fund)


def test_an_earmark_counts_once_two_people_agree_it(agreed: Books) -> None:
    prepared = agreed.prepare({"earmarks": [EARMARK]})
    assert kept(agreed, "earmark") == []
    assert prepared.said == ("New: earmark EM-1 of £400.00 for P001 until 31 March 2027: A week away",)
    agreed.apply({"earmarks": [EARMARK]})
    found, = kept(agreed, "earmark", "isf-P001")
    assert (found.version, found.from_on, found.said["pounds"], found.recorded_by, found.approved_by) == (
        1, date(2026, 10, 1), "400.00", ASHA, BEN)
    assert kept(agreed, "earmark", "isf-P002") == []
    assert verify(agreed.store, referee=True) == []


def test_the_same_again_is_no_change_and_another_sum_is_a_later_version(agreed: Books) -> None:
    agreed.apply({"earmarks": [EARMARK]})
    assert agreed.prepare({"earmarks": [EARMARK]}).said == ()
    agreed.apply({"earmarks": [EARMARK | {"pounds": "0.00"}]})
    found, = kept(agreed, "earmark")
    assert (found.version, found.said["pounds"]) == (2, "0.00")
    with agreed.store.reading() as connection:
        assert [each.said["pounds"] for each in facts.every_version(connection, "earmark", "EM-1")] == ["400.00", "0.00"]


def test_a_review_is_noted_by_one_person_and_counts_at_once(agreed: Books) -> None:
    assert record_content(agreed.asha, {"reviews": [REVIEW]}, "noted") == ("New: review RV-1 of P001, six weeks: The plan works",)
    found, = kept(agreed, "review")
    assert (found.fund, found.recorded_by, found.approved_by) == ("isf-P001", ASHA, None)
    before = agreed.everything()
    assert record_content(agreed.ben, {"reviews": [REVIEW]}, "noted") == ()
    assert agreed.everything() == before
    assert record_content(agreed.ben, {"reviews": [REVIEW | {"words": "Twice a week"}]}, "noted") == (
        "Changed: review RV-1 of P001, six weeks: Twice a week",)


def test_nothing_of_a_file_is_kept_where_a_fund_of_it_is_not_there(agreed: Books) -> None:
    with pytest.raises(Refused, match=r"reviews, item 2 \(P099\), person: P099 has no isf fund here"):
        record_content(agreed.asha, {"reviews": [REVIEW, REVIEW | {"review": "RV-2", "person": "P099"}]}, "noted")
    assert kept(agreed, "review") == []
    with pytest.raises(Refused, match="P099 has no isf fund here"):
        agreed.prepare({"earmarks": [EARMARK | {"person": "P099"}]})


@pytest.mark.parametrize(("wrong", "said"), [
    ({"which": "sometimes"}, "is not one of the choices"), ({"next_on": "2026-10-20"}, "is not after this review"),
    ({"person": "P 1"}, "cannot be used as a reference"), ({"pounds": "5.00"}, "is not a key"),
])
def test_what_is_wrong_with_a_note_is_said(agreed: Books, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(Refused, match=said):
        record_content(agreed.asha, {"reviews": [REVIEW | wrong]}, "noted")


def test_a_fact_is_never_changed_or_removed(agreed: Books) -> None:
    record_content(agreed.asha, {"reviews": [REVIEW]}, "noted")
    for statement in ("UPDATE fact SET body = '{}'", "DELETE FROM fact"):
        with pytest.raises(GuardRefused), agreed.store.writing() as connection:
            connection.exec_driver_sql(statement)

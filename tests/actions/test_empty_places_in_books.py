"""An empty place in a shared house in the books: asked of who agreed to pay for it, and posted in nobody’s fund."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ringfence.actions.verifying import verify
from tests.actions.provider_books import OCTOBER, Books, agreements, bank_line, house, october_visits, refused


def paid_by(**changed: Any) -> dict[str, Any]:
    """The agreements of the provider, with an empty place of Elm House that Southgate pays for, for four weeks."""
    void = {"void_paid_by": "funder", "funder": "southgate", "terms": "Spot", "void_weeks": 4} | changed
    return agreements() | {"houses": [house(**{key: value for key, value in void.items() if value is not None})]}


def test_the_council_is_invoiced_for_the_place_and_pays_the_provider(peopled: Books, tmp_path: Path) -> None:
    peopled.apply(paid_by())
    assert peopled.prepare(paid_by()).said == ()
    peopled.visits(*october_visits())
    done = peopled.month_end(OCTOBER, tmp_path)
    assert (done.set_aside, peopled.balances()["provider"]) == ((), {"due southgate": 6_000, "owed_provider": 6_000})
    number, = (number for number, invoice in peopled.invoices().items() if invoice.key.endswith("|provider"))
    invoice = peopled.invoices()[number]
    assert (invoice.person_words, invoice.total_pence) == ("Empty places in shared houses", 6_000)
    assert [line.words for line in invoice.lines] == ["An empty place (its part of the support shared in elm-house)"]
    peopled.apply({"bank_lines": [bank_line("BK-1", "2026-11-02", "60.00", "provider", invoices=[number])]})
    assert "provider" not in peopled.balances()
    assert verify(peopled.store, referee=True) == []


@pytest.mark.parametrize(("changed", "said"), [
    ({"funder": "amina"}, "amina is a person or a family, and an empty place is not theirs to pay for."),
    ({"funder": "eastgate"}, "“eastgate” is not a funder here."), ({"terms": "Void"}, "“Void” are not terms here."),
    ({"void_weeks": None}, "is missing, and “void_paid_by” is “funder”."),
    ({"void_paid_by": "provider", "void_weeks": None, "terms": None}, "does not belong here where “void_paid_by” is “provider”."),
])
def test_what_was_agreed_of_an_empty_place_must_fit(peopled: Books, changed: dict[str, Any], said: str) -> None:
    assert [what for _, what in refused(peopled, paid_by(**changed))] == [said]


def test_another_agreement_about_its_empty_places_is_another_house(peopled: Books) -> None:
    peopled.apply(paid_by())
    (_, what), = refused(peopled, paid_by(void_weeks=6))
    assert what == "has other places or another payer of empty ones than the house that is kept."

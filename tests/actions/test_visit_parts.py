"""The page of a visit tells the parts that are charged: those of the draft before the month is issued, and those that stand after it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from basics.money import Money
from ringfence.actions.visits import visit_told
from tests.actions.provider_books import OCTOBER, Books, october_visits, terms, visit
from tests.actions.test_contribution_models import contribution

SPOT = {"charged_time": "by the minute", "cancelled_visits": "as planned"}


def told(books: Books, reference: str) -> Counter[str]:
    """Pence by payer, as the page of the visit says them."""
    found = Counter[str]()
    for each in visit_told(books.asha, reference).explained:
        said = next((step.says for step in each.steps if step.asks == "Everybody’s part"), "")
        for name, pounds in re.findall(r"([a-z]+) (£[0-9,]+\.[0-9]{2})", said.partition(": ")[2].partition(" Alone")[0]):
            found[name.replace("nobody", "")] += Money.parse(pounds.removeprefix("£")).pence
    return found


@pytest.mark.parametrize("changed", [
    {"funder_share": "by line"}, {"funder_share": "on the total"}, {"funder_share": "by line", "line": "rate"},
    {"funder_share": "on the total", "line": "rate", "charged_time": "nearest 5"}])
@pytest.mark.parametrize("with_contribution", [False, True])
def test_what_a_visit_tells_is_what_is_charged_payer_by_payer(agreed: Books, changed: dict[str, Any], with_contribution: bool) -> None:
    agreed.apply({"terms": [terms("Spot", **SPOT | changed)]} | (contribution() if with_contribution else {}))
    more = [visit(f"V-{n}", "P003", f"2026-10-{n}", "09:00", f"09:{n}", support="care") for n in (17, 20, 23)]
    night = visit("V-31", "P003", "2026-10-31", "23:10", "00:20", support="care")
    agreed.visits(*october_visits(), *more, night)
    visits = sorted({row.visit for row in (*october_visits(), *more)})
    drafted = {each: told(agreed, each) for each in visits}
    charged = {each: Counter[str]() for each in (*visits, night.visit)}
    for charge in agreed.preview().charges:
        charged[charge.visit][charge.funder or ""] += charge.pence
    assert drafted == {each: charged[each] for each in visits}
    whole = told(agreed, night.visit)
    assert sum(whole.values()) > sum(charged[night.visit].values()) > 0, "November’s twenty minutes are told, too"
    agreed.month_end(OCTOBER)
    assert {each: told(agreed, each) for each in visits} == drafted
    assert set(told(agreed, night.visit)) == set(whole)


def test_a_visit_that_is_issued_keeps_the_parts_it_was_issued_with(agreed: Books) -> None:
    """A contribution that is agreed only afterwards, for October too, changes nothing of what October asked."""
    agreed.visits(*october_visits())
    agreed.month_end(OCTOBER)
    before = told(agreed, "V-5")
    agreed.apply(contribution())
    assert told(agreed, "V-5") == before == {"northvale": 2_000, "southgate": 3_000}, "two carers"

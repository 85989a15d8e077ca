"""What is said of one visit is what is charged for it, payer by payer, whatever the terms."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from basics.money import Money
from basics.people import FunderKind
from invoicing.rating import rate
from invoicing.why import Asked, Explained, Part, why
from tests.invoicing.support_records import TERMS, YEAR, agreed, funding, house, line, price, visit
from tests.invoicing.test_weekly_parts import SUM

COUNCIL, ICB = replace(funding(percent="60"), kind=FunderKind.COUNCIL), replace(funding(funder="icb", percent="40"), kind=FunderKind.ICB)
PERSON = replace(funding(funder="person", percent="0"), kind=FunderKind.PERSON, weekly=SUM._replace(bears_on="council"))


def parts(explained: Explained) -> dict[str, int]:
    """What the page says that each payer is asked for."""
    said = next(step.says for step in explained.steps if step.asks == "Everybody’s part")
    payers = said.partition(": ")[2].partition(" Alone")[0]
    return {name: Money.parse(pounds).pence for name, pounds in re.findall(r"([a-z]+) £([0-9,]+\.[0-9]{2})", payers)}


def asked(charges):
    return Asked(tuple(Part(one.delivery_id, one.fund, one.funder or "", one.pence) for one in charges))


@given(st.lists(st.integers(1, 300), min_size=1, max_size=6), st.integers(0, 30_000), st.sampled_from(("visit", "rate")),
       st.sampled_from(("by line", "on the total")), st.booleans())
def test_the_parts_that_a_visit_tells_are_its_charges_payer_by_payer(minutes, due, way, how, with_person):
    visits = [visit(f"V{n}", minutes=each, day=date(2026, 3, 1) + timedelta(days=n)) for n, each in enumerate(minutes)]
    by = agreed(plan=(line(funder=None),), rates=(price("24.4153"),), terms=(replace(TERMS, line=way, funder_share=how),),
                fundings=(COUNCIL, ICB, *([PERSON] if with_person else [])))
    charges = rate(visits, by, through=YEAR.last, left=lambda *_: due).charges
    for one in visits:
        explained, = why([one], by, asked(charges))
        theirs = {charge.funder: charge.pence for charge in charges if charge.visit == one.visit}
        assert (parts(explained), explained.pence) == (theirs, sum(theirs.values()))


def test_of_a_visit_that_two_people_share_each_has_the_parts_of_their_own_fund():
    by = agreed(plan=(line("P001", number=1), line("P002", number=2, funder="icb")), fundings=(
        funding(), funding("fund-P002", "icb", percent="100")), houses=(house("P001", "P002"),))
    row = visit(subject="H1")
    found = why([row], by, asked(rate([row], by, through=YEAR.last).charges))
    assert [(each.who, each.pence, parts(each)) for each in found] == [("P001", 1_220, {"council": 1_220}), ("P002", 1_220, {"icb": 1_220})]


def test_an_empty_place_says_who_is_asked_for_it():
    by = agreed(plan=(line("P001"),), fundings=(funding(),), houses=(house("P001", None),))
    row = visit(subject="H1")
    _, empty = why([row], by, asked(rate([row], by, through=YEAR.last).charges))
    assert (empty.pence, empty.steps[-1].says) == (1_220, "£12.20: nobody £12.20, the fund provider bears it.")


def test_who_pays_says_a_sum_a_week_as_a_sum_and_not_as_nil_per_cent():
    by = agreed(plan=(line(funder=None),), fundings=(COUNCIL, ICB, PERSON))
    explained, = why([visit()], by, asked(rate([visit()], by, through=YEAR.last, left=lambda *_: 500).charges))
    assert [step.says for step in explained.steps if step.asks == "Who pays"] == [
        "council 60%, icb 40%, person £150.00 a week off the part of council, by delivery."]


def test_a_visit_that_its_month_cannot_charge_says_why_and_no_price():
    by = agreed(plan=(line(),), rates=(price("24.41"),), terms=(replace(TERMS, line=None),))
    visits = [visit(f"V{n}", minutes=20, day=date(2026, 3, 1) + timedelta(days=n)) for n in range(3)]
    rated = rate(visits, by, through=YEAR.last)
    explained, = why(visits[:1], by, replace(asked(rated.charges), problems=tuple(rated.problems)))
    assert explained.pence is None
    assert "whether a line is a visit or all visits of one rate" in str(explained.problems[0])

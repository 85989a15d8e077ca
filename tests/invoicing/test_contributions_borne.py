"""A contribution bears on the council’s part alone: NHS care is free at the point of use, and so nobody else’s part depends on it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basics.people import FunderKind
from basics.periods import Month
from invoicing.delivery import WeeklyPart
from invoicing.rating import rate
from tests.invoicing.support_records import TERMS, YEAR, agreed, funding, line, pence, price, visit
from tests.invoicing.test_weekly_parts import SUM, paid

MARCH = Month(2026, 3)
COUNCIL = replace(funding(percent="60"), kind=FunderKind.COUNCIL)
ICB = replace(funding(funder="icb", percent="40"), kind=FunderKind.ICB)


def person(bears_on="council", weekly=SUM, **changed):
    return replace(funding(funder="person", percent="0"), kind=FunderKind.PERSON, weekly=weekly._replace(bears_on=bears_on), **changed)


SHARED = line(funder=None)


def rated(visits, *fundings, left=10_000, plan=(SHARED,), **more):
    by = agreed(plan=plan, fundings=fundings, **more)
    return rate(visits, by, through=YEAR.last, left=lambda _, days: left if days == MARCH.period else 0)


def hours(*minutes):
    return [visit(f"V{n}", minutes=each, day=date(2026, 3, 1) + timedelta(days=n)) for n, each in enumerate(minutes)]


def test_the_nhs_is_asked_what_it_would_be_asked_without_the_contribution():
    """£1,800.00 of support, of which the NHS pays 40%: £720.00, whatever the person’s £281.44 is. Taken off everybody it would be £607.44."""
    found = rated(hours(*[60] * 18), COUNCIL, ICB, person(), left=28_144, rates=(price("100.00"),))
    assert found.problems == []
    assert (paid(found.charges, "icb"), paid(found.charges, "council"), paid(found.charges, "person")) == (72_000, 79_856, 28_144)


def test_a_contribution_never_exceeds_what_the_councils_part_costs():
    found = rated(hours(60), COUNCIL, ICB, person(), left=99_999)
    assert (paid(found.charges, "icb"), paid(found.charges, "council"), paid(found.charges, "person")) == (976, 0, 1_464)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=12), st.integers(0, 90_000), st.integers(1, 98), st.booleans(),
       st.sampled_from(("by line", "on the total")))
def test_parts_are_the_charge_to_the_penny_and_an_icbs_part_is_never_lowered(minutes, due, percent, with_grant, how):
    """With a council’s own line beside the shared ones, and with a grant that comes off everybody’s part, too."""
    visits = [*hours(*minutes), visit("OWN", minutes=45, day=date(2026, 3, 20), support="shopping")]
    lines = (line(funder=None), line(number=2, support="shopping"))
    shares = [replace(COUNCIL, share=COUNCIL.share * 0 + percent), replace(ICB, share=ICB.share * 0 + 100 - percent)]
    grant = [replace(funding(funder="grant", percent="0"), kind=FunderKind.GRANT, weekly=SUM)] if with_grant else []
    said = {"plan": lines, "rates": (price("24.4153"),), "terms": (replace(TERMS, funder_share=how),), "left": due}
    without, found = (rated(visits, *shares, *grant, *more, **said) for more in ([], [person()]))
    assert found.problems == without.problems == []
    for payer in ("icb", "grant"):
        assert [one for one in found.charges if one.funder == payer] == [one for one in without.charges if one.funder == payer]
    assert (pence(found.charges), sum(one.minutes for one in found.charges)) == (pence(without.charges), sum(one.minutes for one in without.charges))
    assert paid(found.charges, "person") == min(due, paid(without.charges, "council"))
    assert len({one.key for one in found.charges}) == len(found.charges)
    assert rated(visits[::-1], *shares, *grant, person(), **said).charges == found.charges, "the order of the rows changes no figure"


def test_a_line_that_the_council_pays_alone_is_part_of_what_the_contribution_bears_on():
    found = rated(hours(60, 60), COUNCIL, ICB, person(), plan=(line(),), left=3_000)
    assert (paid(found.charges, "council"), paid(found.charges, "person")) == (1_880, 3_000)


@pytest.mark.parametrize(("fundings", "said"), [
    ((COUNCIL, ICB, person("")), "shared by council and icb, and it is not said off whose part it comes (bears_on)"),
    ((COUNCIL, replace(ICB, funder="moor", kind=FunderKind.COUNCIL), person("")), "shared by council and moor, and it is not said"),
    ((replace(ICB, share=ICB.share * 0 + 100), person("")), "The NHS pays all the rest, and NHS care is free"),
    ((COUNCIL, ICB, person("icb")), "that is the NHS’s, whose care is free"),
    ((COUNCIL, ICB, person("elsewhere")), "who pays no share of it by delivery on 1 March 2026"),
])
def test_where_it_is_not_known_or_cannot_be_off_whose_part_it_comes_nothing_is_charged(fundings, said):
    found = rated(hours(60), *fundings)
    assert found.charges == []
    assert said in str(found.problems[0])


def test_off_whose_part_it_comes_is_asked_for_with_what_each_pays_by_each_reading():
    moor = replace(ICB, funder="moor", kind=FunderKind.COUNCIL)
    problem, = rated(hours(60, 60), COUNCIL, moor, person(""), left=1_000).problems
    assert problem.what.endswith(
        "It would be: council, where it comes off the part of council, £19.28, moor, where it comes off the part of council, £19.52, "
        "person, where it comes off the part of council, £10.00, council, where it comes off the part of moor, £29.28, "
        "moor, where it comes off the part of moor, £9.52, person, where it comes off the part of moor, £10.00.")


def test_beside_the_nhs_only_the_councils_part_is_a_reading():
    problem, = rated(hours(60, 60), COUNCIL, ICB, person(""), left=1_000).problems
    assert "icb, where it comes off the part of council, £19.52" in problem.what
    assert "off the part of icb" not in problem.what


def test_beside_one_council_alone_nothing_needs_saying():
    found = rated(hours(60), replace(COUNCIL, share=COUNCIL.share * 0 + 100), person(""), left=1_000)
    assert found.problems == []
    assert (paid(found.charges, "council"), paid(found.charges, "person")) == (1_440, 1_000)


def test_sums_that_come_off_everybodys_part_leave_the_rest_to_be_shared_on_the_total():
    """Three visits cost £73.21. Less £10.00 of a grant that is £63.21: 70% of it £44.25, 30% £18.96."""
    grant = replace(funding(funder="grant", percent="0"), weekly=WeeklyPart(*SUM[:3]))
    found = rated(hours(61, 61, 58), replace(COUNCIL, share=COUNCIL.share * 0 + 70), replace(ICB, share=ICB.share * 0 + 30), grant, left=1_000,
                  terms=(replace(TERMS, funder_share="on the total"),))
    assert pence(found.charges) == 7_321
    assert (paid(found.charges, "council"), paid(found.charges, "icb")) == (4_425, 1_896)

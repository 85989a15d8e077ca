"""Funders who share on the total share the month’s total also where some of it was taken back and is charged anew: what stands and what is new."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from basics.people import FunderKind
from basics.periods import Month
from basics.share import share
from invoicing.month_total import Stood, over_visits
from invoicing.rating import rate
from tests.invoicing.support_records import TERMS, YEAR, agreed, at, funding, line, pence, price, visit
from tests.invoicing.test_weekly_parts import SUM, paid

MARCH = Month(2026, 3)
TOTAL = replace(TERMS, funder_share="on the total")
CARE = (line(funder=None), line(number=2, support="shopping"))


def payers(council="62.5", icb="37.5", *, person=False, grant=False):
    return (replace(funding(percent=council), kind=FunderKind.COUNCIL), replace(funding(funder="icb", percent=icb), kind=FunderKind.ICB),
            *([replace(funding(funder="person", percent="0"), kind=FunderKind.PERSON, weekly=SUM._replace(bears_on="council"))] if person else []),
            *([replace(funding(funder="grant", percent="0"), kind=FunderKind.GRANT, weekly=SUM)] if grant else []))


def minutes(*each):
    return [visit(f"V{n}", minutes=one, day=MARCH.first + timedelta(days=n)) for n, one in enumerate(each)]


def stood(charges):
    return [Stood(one.delivery_id, one.support_on, one.support_on, one.funder, one.pence, one.plan_line_id == 1) for one in charges]


def charged_of(visits, by, *, due=0, before=()):
    """What these visits are charged, where `before` stands; a sum a week comes to `due` in March."""
    found = rate(visits, by, through=YEAR.last, stands=lambda _fund, month: stood(before) if month == MARCH else (),
                 left=lambda one, days: max(0, due - paid(before, one.funder)) if days == MARCH.period else 0)
    assert found.problems == []
    return found.charges


def of(visits, charges):
    ids = {one.id for one in visits}
    return [one for one in charges if one.delivery_id in ids]


def test_what_is_charged_anew_completes_each_payers_share_of_the_months_total():
    """Three visits of 10 minutes at £24.40 are £4.07 each, £12.21: 62.5% of it £7.63, 37.5% £4.58. The last one took 25 minutes, £10.17: then it is
    £18.31, £11.44 and £6.87. By itself £10.17 is £6.36 and £3.81, which would make it £11.45 and £6.86."""
    by = agreed(plan=CARE, fundings=payers(), terms=(TOTAL,))
    first = charged_of(was := minutes(10, 10, 10), by)
    assert (paid(first, "council"), paid(first, "icb")) == (763, 458)
    stands = of(was[:2], first)
    assert (paid(stands, "council"), paid(stands, "icb")) == (509, 305)
    anew = charged_of([visit("V2", minutes=25, day=was[2].happened_on)._replace(id=1, key="anew")], by, before=stands)
    assert (paid(anew, "council"), paid(anew, "icb")) == (1_144 - 509, 687 - 305)


def test_the_example_of_a_penny_that_moves():
    """Visits of £0.01 each, half and half: three are £0.02 and £0.01. A fourth that comes late, shared by itself, would be the first payer’s, too."""
    by = agreed(plan=CARE, fundings=payers("50", "50"), rates=(price("0.06"),), terms=(TOTAL,))
    parts = [(paid(found, "council"), paid(found, "icb"))
             for found in (charged_of(minutes(10, 10, 10), by), charged_of(minutes(10, 10, 10, 10), by))]
    assert parts == [(2, 1), (2, 2)]
    before = charged_of(minutes(10, 10, 10), by)
    late = charged_of([visit("LATE", minutes=10, day=date(2026, 3, 20))], by, before=before)
    assert [(one.funder, one.pence) for one in late if one.pence] == [("icb", 1)]


@given(st.lists(st.tuples(st.integers(10, 200), st.booleans(), st.integers(10, 200)), min_size=1, max_size=12), st.integers(20, 80),
       st.booleans(), st.booleans(), st.integers(0, 2_000))
def test_after_part_of_a_month_is_put_right_everybody_pays_what_the_right_month_would_have_asked(visits, percent, person, grant, due):
    """A visit of a minute or two more or less carries its own part of a contribution; so the sums due here are small beside the new charges."""
    by = agreed(plan=CARE, fundings=payers(str(percent), str(100 - percent), person=person, grant=grant), rates=(price("24.4153"),), terms=(TOTAL,))
    own = visit("OWN", minutes=45, day=date(2026, 3, 25), support="shopping")
    was, now = (minutes(*each) for each in ([one for one, _, _ in visits], [new if wrong else one for one, wrong, new in visits]))
    wrong = [n for n, (_, changed, _) in enumerate(visits) if changed]
    first = charged_of([*was, own], by, due=due)
    before = of([own, *(one for n, one in enumerate(was) if n not in wrong)], first)
    anew = charged_of([now[n]._replace(id=n + 1, key=f"{now[n].key}|v2") for n in wrong], by, due=due, before=before)
    right, all_of_it = charged_of([*now, own], by, due=due), [*before, *anew]
    assert pence(all_of_it) == pence(right), "What the payers pay together is what the visits cost."
    shared = [one for one in all_of_it if one.plan_line_id == 1]
    if wrong:
        rest = pence(shared) - paid(shared, "grant")
        parts = share(rest, {"council": percent, "icb": 100 - percent})
        assert (paid(shared, "council") + paid(shared, "person"), paid(shared, "icb")) == (parts["council"], parts["icb"])
    if not grant:
        assert paid(all_of_it, "icb") == paid(right, "icb")


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 500), min_size=1), st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_the_parts_of_a_visit_are_its_cost_and_those_of_a_payer_its_part(costs, weights):
    parts = share(sum(costs.values()), dict(zip("abcd", weights, strict=False))) if any(weights) else {"a": sum(costs.values())}
    found = over_visits(parts, costs)
    assert {key: sum(theirs.values()) for key, theirs in found.items()} == costs
    assert {funder: sum(theirs[funder] for theirs in found.values()) for funder in parts} == parts
    assert all(part >= 0 for theirs in found.values() for part in theirs.values())


def test_shares_that_were_changed_since_do_not_change_what_was_asked_for():
    """£40.68 stands at 50% each. A visit of £8.13 that comes once the shares are 62.5% and 37.5% is £5.08 and £3.05, and not all the council’s."""
    before = charged_of(minutes(100), agreed(plan=CARE, fundings=payers("50", "50"), terms=(TOTAL,)))
    late = charged_of([visit("LATE", minutes=20, day=date(2026, 3, 20))], agreed(plan=CARE, fundings=payers(), terms=(TOTAL,)), before=before)
    assert (paid(late, "council"), paid(late, "icb")) == (508, 305)


def test_a_night_that_was_charged_up_to_midnight_has_no_part_in_what_is_new_of_its_month():
    """It is read again for its second day; 31 March stands charged, and a late visit of March has the rest of March to itself."""
    night = visit("NIGHT", day=MARCH.last, start="22:10", minutes=200)
    by = agreed(plan=CARE, fundings=payers(), terms=(TOTAL,))
    before = [one for one in charged_of([night], by) if one.support_on == MARCH.last]
    late = visit("LATE", minutes=61, day=date(2026, 3, 20))
    found = [one for one in charged_of([night, late], by, before=before) if one.support_on <= MARCH.last]
    assert {one.visit for one in found} == {"LATE"}
    assert (paid([*before, *found], "council"), paid([*before, *found], "icb")) == tuple(
        share(pence([*before, *found]), {"council": 5, "icb": 3}).values())
    assert night.starts_at == at(MARCH.last, "22:10")

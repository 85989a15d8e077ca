"""Totals by service: few people are merged, and what is still of few is without figures."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from basics.money import Money
from isf.few import FEWEST_SHOWN
from isf.service_surplus import OTHERS, ServiceSurplus, ServiceTotal, without_few

PEOPLE = [f"P{n:03}" for n in range(12)]
POUNDS = st.integers(0, 900_000).map(Money)
TOTALS = st.lists(st.builds(ServiceTotal, st.sampled_from("ABCDEFGH"), st.integers(1, 9_000), POUNDS, POUNDS,
                            st.frozensets(st.sampled_from(PEOPLE), min_size=1)), unique_by=lambda each: each.service)


def total(service: str, people: list[str], pounds: int = 100) -> ServiceTotal:
    return ServiceTotal(service, 60, Money(pounds * 100), Money(9_000), frozenset(people))


def test_a_service_of_four_people_is_told_with_the_other_small_ones() -> None:
    found = without_few([total("Outreach", PEOPLE[:5]), total("House A", PEOPLE[:4], 80), total("House B", PEOPLE[4:8], 70)])
    assert found == [ServiceSurplus("Outreach", 60, Money(10_000), Money(9_000)), ServiceSurplus(OTHERS, 120, Money(15_000), Money(18_000))]
    assert [each.surplus for each in found] == [Money(1_000), Money(-3_000)]


def test_where_the_small_ones_together_are_of_few_they_have_no_figures_and_somebody_in_two_counts_once() -> None:
    alone = ServiceSurplus(OTHERS, None, None, None)
    assert without_few([total("House A", PEOPLE[:4])]) == [alone]
    assert without_few([total("House A", PEOPLE[:4]), total("House B", PEOPLE[:3])]) == [alone]
    assert alone.surplus is None


def test_the_greatest_loss_comes_first() -> None:
    found = without_few([total("A", PEOPLE), total("B", PEOPLE, 50), total("C", PEOPLE, 70)])
    assert [each.service for each in found] == ["B", "C", "A"]


@given(TOTALS)
def test_no_figure_is_of_fewer_than_five_people_and_none_that_may_be_told_is_lost(totals: list[ServiceTotal]) -> None:
    small = [each for each in totals if len(each.people) < FEWEST_SHOWN]
    together = len(set[str]().union(*(each.people for each in small)))
    found = {each.service: each for each in without_few(totals)}
    assert set(found) == {each.service for each in totals if each not in small} | ({OTHERS} if small else set())
    told = [each for each in totals if each not in small or together >= FEWEST_SHOWN]
    for field in ("charged", "cost"):
        assert sum(value.pence for each in found.values() if (value := getattr(each, field)) is not None) == sum(
            getattr(each, field).pence for each in told)
    assert sum(each.minutes or 0 for each in found.values()) == sum(each.minutes for each in told)
    assert (OTHERS in found and found[OTHERS].cost is None) == (0 < together < FEWEST_SHOWN)

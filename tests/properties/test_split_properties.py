"""What holds for every split and every schedule, over contracts that nobody would think of."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from basics.periods import Period
from basics.share import share
from isf.layers import House, Layer, LayerUnit, layers_cost
from isf.schedule import Every, Instalment, InstalmentRule, OddDays, Paid, ScheduleTerms, divide_over_funds, schedule
from isf.split import Claim, Method, TopSlice, split
from isf.weekly import PeriodRounding, WeeklyBasis, weekly_sum, weekly_sums

quiet = settings(deadline=None, max_examples=120)

CONTRACTS = st.integers(1, 10**10)
CLAIMS = st.lists(
    st.tuples(st.decimals(0, 1000, places=2), st.integers(0, 600_000), st.booleans()), min_size=1, max_size=25,
).filter(lambda rows: any(row[0] for row in rows) and any(row[1] for row in rows)).map(lambda rows: [
    Claim(person=f"P{n:02d}", points=points, minutes=minutes, cost_pence=minutes, empty_place=empty)
    for n, (points, minutes, empty) in enumerate(rows)])
PERCENTS = st.lists(st.decimals(0, 30, places=3), max_size=3)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
TERMS = st.builds(
    ScheduleTerms, every=st.sampled_from(Every), paid=st.sampled_from(Paid), days_to_pay=st.integers(0, 90),
    instalments=st.just(InstalmentRule.BY_DAYS), odd_days=st.sampled_from(OddDays))
PERIODS = st.builds(lambda first, days: Period(first, first + timedelta(days=days)), DAYS, st.integers(27, 800))


@quiet
@given(CONTRACTS, st.sampled_from([Method.EQUAL, Method.POINTS, Method.HOURS, Method.LAYERS]), CLAIMS, PERCENTS)
def test_allocations_and_top_slices_are_the_contract_to_the_penny(
        contract_pence: int, method: Method, claims: list[Claim], percents: list[Decimal]) -> None:
    divided = split(contract_pence, method, claims, [TopSlice(f"slice {n}", percent=one) for n, one in enumerate(percents)])
    parts = [allocation.pence for allocation in divided.allocations]
    assert min(parts) >= 0
    assert sum(parts) + sum(pence for _, pence in divided.top_slices) == contract_pence


@quiet
@given(CONTRACTS, CLAIMS)
def test_an_empty_place_changes_nobodys_sum(contract_pence: int, claims: list[Claim]) -> None:
    nobody_empty = [Claim(person=claim.person, points=claim.points) for claim in claims]
    with_voids = [Claim(person=claim.person, points=claim.points, empty_place=claim.empty_place) for claim in claims]
    assert [part.pence for part in split(contract_pence, Method.POINTS, with_voids).allocations] == [
        part.pence for part in split(contract_pence, Method.POINTS, nobody_empty).allocations]


@quiet
@given(st.lists(st.tuples(st.integers(0, 20_000), st.decimals(0, 200, places=2)), max_size=4), st.integers(1, 12))
def test_the_places_of_a_house_add_to_its_layers(layers: list[tuple[int, Decimal]], places: int) -> None:
    shared = tuple(Layer(f"layer {n}", LayerUnit.HOUR, Decimal(quarters) / 4, rate) for n, (quarters, rate) in enumerate(layers))
    costs = layers_cost([House("house", tuple(f"P{n:02d}" for n in range(places)), shared)], {}).values()
    assert sum(cost.pence_per_week for cost in costs) == sum(layer.pence_per_week for layer in shared)
    assert sum(cost.minutes_per_week for cost in costs) == sum(layer.minutes_per_week for layer in shared)


@quiet
@given(CONTRACTS, PERIODS, TERMS)
def test_a_schedule_is_the_contract_and_leaves_no_day_out(contract_pence: int, period: Period, terms: ScheduleTerms) -> None:
    found = schedule(contract_pence, period, terms)
    assert found.allocated_pence + found.not_allocated_pence == contract_pence
    assert all(instalment.pence >= 0 for instalment in found.instalments)
    days = [day for instalment in found.instalments for day in instalment.period]
    left_out = period.days % 28 if terms.every is Every.FOUR_WEEKS and terms.odd_days is OddDays.NOT_ALLOCATED else 0
    assert days == list(period)[: period.days - left_out]
    assert [instalment.n for instalment in found.instalments] == list(range(1, len(found.instalments) + 1))


def instalments(sums: Sequence[int]) -> list[Instalment]:
    day = date(2026, 4, 1)
    return [Instalment(n, Period(day, day), day, day, pence) for n, pence in enumerate(sums, start=1)]


@settings(deadline=None, max_examples=400)
@given(st.lists(st.one_of(st.integers(0, 3), st.integers(0, 10**7)), min_size=1, max_size=20),
       st.lists(st.one_of(st.integers(0, 2), st.integers(0, 1000)), min_size=1, max_size=30).filter(any))
def test_an_instalment_divides_over_funds_by_row_and_by_fund(sums: list[int], weights: list[int]) -> None:
    total = sum(sums)
    allocations = share(total, {f"F{n:02d}": weight for n, weight in enumerate(weights)})
    parts = divide_over_funds(instalments(sums), allocations)
    assert [sum(part.values()) for part in parts] == sums
    for fund, allocation in allocations.items():
        column = [part[fund] for part in parts]
        assert min(column) >= 0
        assert sum(column) == allocation
        exact = [Fraction(allocation * so_far, total or 1) for so_far in accumulate(sums)]
        assert all(abs(had - due) < 1 for had, due in zip(accumulate(column), exact, strict=True))


@quiet
@given(st.lists(st.integers(10**5, 10**7), min_size=1, max_size=14), st.lists(st.integers(1, 1000), min_size=1, max_size=30))
def test_funds_of_a_penny_or_more_an_instalment_have_the_share_of_the_running_total(sums: list[int], weights: list[int]) -> None:
    allocations = share(sum(sums), {f"F{n:02d}": weight for n, weight in enumerate(weights)})
    had = dict.fromkeys(allocations, 0)
    for part, so_far in zip(divide_over_funds(instalments(sums), allocations), accumulate(sums), strict=True):
        had = {fund: had[fund] + part[fund] for fund in allocations}
        assert had == share(so_far, allocations)


@quiet
@given(st.decimals(0, 5000, places=2), PERIODS, st.integers(1, 26), st.sampled_from([WeeklyBasis.DAILY, WeeklyBasis.MONTH_52_12]))
def test_cumulative_rounding_leaves_no_penny_between_the_parts_and_the_whole(
        weekly: Decimal, period: Period, cut: int, basis: WeeklyBasis) -> None:
    day = period.first + timedelta(days=cut - 1)
    parts = [Period(period.first, day), Period(day + timedelta(days=1), period.last)]
    found = weekly_sums(weekly, parts, basis, PeriodRounding.CUMULATIVE)
    assert found[0] + found[1] == weekly_sum(weekly, period, basis)

"""What always holds of a surplus, whatever the fund."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from basics.errors import NotKnown
from basics.people import FunderKind
from isf.fund_terms import Spent
from isf.surplus import Held, PaidIn, of_each, own, side_of, surplus, whose

PENCE = st.integers(0, 10**7)
EARMARKS = st.lists(PENCE, max_size=5)
FUNDS = st.builds(Held, held=PENCE, paid_ahead=PENCE, owed_provider=PENCE, borne=st.just(0), owed_supplier=PENCE, earmarks=st.builds(tuple, EARMARKS))
PAYERS = st.tuples(PENCE, st.sampled_from([FunderKind.COUNCIL, FunderKind.ICB, FunderKind.PERSON]), PENCE)
PAID = st.lists(PAYERS, min_size=1, max_size=4).map(
    lambda rows: [PaidIn(payer=f"payer {n}", pence=pence, kind=kind, spent=spent) for n, (pence, kind, spent) in enumerate(rows)])


def with_earmarks(fund: Held, earmarks: list[int]) -> Held:
    return replace(fund, earmarks=tuple(earmarks))


@given(FUNDS)
def test_a_surplus_is_never_below_nil_nor_more_than_is_in_the_bank(fund: Held) -> None:
    assert 0 <= surplus(fund) <= fund.held


@given(FUNDS, PENCE)
def test_an_earmark_never_makes_it_go_up(fund: Held, earmark: int) -> None:
    assert surplus(with_earmarks(fund, [*fund.earmarks, earmark])) <= surplus(fund)


@given(FUNDS, st.randoms())
def test_the_order_of_earmarks_does_not_matter(fund: Held, chance) -> None:
    shuffled = list(fund.earmarks)
    chance.shuffle(shuffled)
    assert surplus(with_earmarks(fund, shuffled)) == surplus(fund)


@given(PENCE, PAID, st.sampled_from(Spent))
def test_the_parts_add_to_the_surplus_and_none_is_below_nil(pence: int, paid_in: list[PaidIn], spent: Spent) -> None:
    try:
        parts = whose(pence, paid_in, spent)
    except NotKnown:
        assert len(paid_in) > 1
        return
    assert sum(parts.values()) == pence
    assert min(parts.values()) >= 0
    above = of_each(pence // 2, parts)
    assert sum(above.values()) == pence // 2
    assert all(above[payer] <= parts[payer] for payer in parts)


@given(st.integers(1, 10**7), st.integers(1, 10**7), st.data())
def test_spending_the_contribution_first_never_leaves_the_person_more_than_alongside(council: int, person: int, data: st.DataObject) -> None:
    left = data.draw(st.integers(0, council + person))
    paid_in = [PaidIn(payer="council", pence=council), PaidIn(payer="person", pence=person, kind=FunderKind.PERSON)]
    first, alongside = (whose(left, paid_in, how)["person"] for how in (Spent.CONTRIBUTION_FIRST, Spent.ALONGSIDE))
    assert first <= alongside


@given(PENCE, st.lists(st.tuples(PENCE, PENCE), min_size=1, max_size=3), st.none() | PENCE, st.sampled_from(Spent))
def test_what_counts_against_the_caps_of_all_funders_together_is_the_surplus(
        pence: int, rows: list[tuple[int, int]], contribution: int | None, spent: Spent) -> None:
    """With one council among the funders nothing is counted twice, and nothing is left out."""
    kinds = [FunderKind.COUNCIL, FunderKind.ICB, FunderKind.ICB]
    paid_in = [PaidIn(payer=f"payer {n}", pence=paid, kind=kinds[n], spent=used) for n, (paid, used) in enumerate(rows)]
    paid_in += [] if contribution is None else [PaidIn(payer="person", pence=contribution, kind=FunderKind.PERSON, spent=0)]
    try:
        owners = whose(pence, paid_in, spent)
    except NotKnown:
        return
    assert sum(sum(own(owners, side_of(each.payer, each.kind, paid_in)).values()) for each in paid_in if not each.is_person) == pence

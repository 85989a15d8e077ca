"""The invented provider is what it says it is, and its October is ready to be run."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from basics.errors import StoreError
from basics.periods import Month
from isf.holding import Way
from isf.statement import Statement
from ringfence.actions.acting import Acting
from ringfence.actions.books import open_books, users
from ringfence.actions.month_end import preview_month
from ringfence.actions.month_plan import MonthPlan
from ringfence.actions.reconciling import reconciliations
from ringfence.actions.verifying import verify
from ringfence.importing.fact_items_holding import Holding
from ringfence.store import billing, facts, ledger, months, registry
from ringfence.store.schema import invoice, person
from sample_data.block import TOP_SLICE_PERCENT, blocks
from sample_data.build import APPROVES, OPEN_MONTH, PREPARES, build_sample
from sample_data.people import IN_ARREARS, IN_HOSPITAL, MOVES, OVERSPENT, cast
from sample_data.visits import Diary

FIFTEEN = 15
LATER = datetime(2026, 11, 4, 10, tzinfo=UTC)


def budgets(plan: MonthPlan) -> dict[str, int]:
    """The whole year’s budget of each fund, in pence."""
    return {one.fund_key: one.budgets[-1].budget_pence or 0 for one in plan.statements}


def statement_of(plan: MonthPlan, position: int) -> Statement:
    reference = cast(60, 1).at(0, position).reference
    return next(one for one in plan.statements if one.person_reference == reference)


def test_october_is_ready_to_be_issued(october: MonthPlan) -> None:
    assert october.charges
    assert october.drafts
    assert not october.problems
    assert not october.not_ready


def test_october_warns_of_carers_who_did_not_come_the_nights_of_the_clock_change_and_instalments_with_little_support(october: MonthPlan) -> None:
    others = [warning.what for warning in october.warnings if "came" not in warning.what]
    assert len(others) < len(october.warnings)
    told = ("no reason is recorded", "More time is charged than", "those days", "after it was issued")
    assert not [what for what in others if not any(words in what for words in told)]


def test_january_to_september_are_locked_and_october_is_open(sample: Acting) -> None:
    with sample.reading() as connection:
        assert months.closed_through(connection) == Month(2026, 9)
        assert all(months.LOCKED in months.steps(connection, Month(2026, n)) for n in range(1, 10))
        assert not ledger.unplaced(connection, OPEN_MONTH.last)


def test_two_people_keep_the_books(sample: Acting) -> None:
    assert users(sample.store) == [PREPARES, APPROVES]


def test_peoples_money_is_reconciled_each_month_and_signed_off_by_the_other(sample: Acting) -> None:
    found = reconciliations(sample)
    assert [each.reconciled.on for each in found.all] == [Month(2026, n).last for n in (9, 8, 7, 6)]
    assert {(each.prepared_by, each.approved_by) for each in found.all} == {(PREPARES, APPROVES)}
    assert all(each.reconciled.agrees and each.reconciled.must_be_held_pence for each in found.all)


def test_everybody_with_a_budget_has_a_way_in_which_it_is_held(sample: Acting) -> None:
    with sample.reading() as connection:
        ways = Counter(each.said["way"] for each in facts.facts(connection, Holding.kind))
    assert ways[Way.PROVIDER] == sum(one.fund == "isf" for one in cast(60, 1).people)
    assert ways[Way.FRIEND_OR_RELATIVE] > 0


def test_everything_adds_up(sample: Acting) -> None:
    assert verify(sample.store) == []


def test_about_sixty_people_are_supported(sample: Acting, october: MonthPlan) -> None:
    with sample.reading() as connection:
        assert connection.execute(select(func.count()).select_from(person)).scalar_one() == 60
    assert len(october.statements) == 60


def test_the_block_contract_of_about_1_200_000_is_its_allocations_and_its_top_slice(sample: Acting) -> None:
    with sample.reading() as connection:
        [(contract, allocated)] = billing.allocations_of_contracts(connection).values()
        kept_back = sum(row.pence for row in billing.all_schedule_parts(connection) if row.fund == "reserve-NORTHSHORE-2026")
    assert 1_150_000_00 <= contract <= 1_250_000_00
    assert contract == allocated
    assert kept_back * 100 == contract * TOP_SLICE_PERCENT


def test_budgets_are_spread_as_the_sectors_are(october: MonthPlan) -> None:
    """A fifth under £1,000 a year, a quarter £10,000 or more."""
    yearly = budgets(october).values()
    assert sum(pence < 1_000_00 for pence in yearly) == 12
    assert sum(pence >= 10_000_00 for pence in yearly) == 15


def test_most_funds_are_on_target_one_is_over_and_one_under(october: MonthPlan) -> None:
    assert Counter(one.status for one in october.statements) == {"on target": 58, "over": 1, "under": 1}
    assert statement_of(october, OVERSPENT).status == "over"
    assert statement_of(october, IN_HOSPITAL).status == "under"


def test_the_provider_carries_what_one_fund_has_overspent(sample: Acting, october: MonthPlan) -> None:
    overspent = statement_of(october, OVERSPENT)
    with sample.reading() as connection:
        borne = {fund: pence for (fund, _, role, _), pence in ledger.balances(connection).items() if role == "borne" and pence}
    assert list(borne) == [overspent.fund_key]
    assert 0 < borne[overspent.fund_key] < overspent.carried_pence
    assert [one.fund_key for one in october.statements if one.carried_pence] == [overspent.fund_key]


def test_the_empty_place_is_the_providers_cost_and_raises_nobodys(sample: Acting, october: MonthPlan) -> None:
    shared = [charge for charge in october.charges if charge.shared_key == "rope-street-1" and charge.delivery_id == _night(october)]
    assert {charge.fund: charge.pence for charge in shared} == {
        "isf-P001": 26_00, "isf-P002": 26_00, "isf-P003": 26_00, registry.PROVIDER_FUND: 26_00}
    with sample.reading() as connection:
        cost = {fund: pence for (fund, _, role, _), pence in ledger.balances(connection).items() if role == "void_cost"}
    assert cost.keys() == {registry.PROVIDER_FUND}
    assert cost[registry.PROVIDER_FUND] > 0


def _night(plan: MonthPlan) -> int:
    return next(charge.delivery_id for charge in plan.charges if charge.rate_code == "sleep-in")


def test_whoever_moved_out_has_support_in_a_flat_instead(october: MonthPlan) -> None:
    moved = statement_of(october, MOVES)
    assert [line.words for line in moved.given] == [f"Support just for {moved.known_as}", f"Help at home in {moved.known_as}’s own flat"]


def test_a_visit_recorded_late_stands_as_a_correction_in_october(october: MonthPlan) -> None:
    late = [one for one in october.statements if one.corrections]
    assert len(late) == 2
    assert {correction.month for one in late for correction in one.corrections} == {"September 2026"}


def test_one_fund_was_not_paid_for_since_april(sample: Acting, october: MonthPlan) -> None:
    fund = statement_of(october, IN_ARREARS).fund_key
    with sample.reading() as connection:
        due = {key: pence for (key, _, role, _), pence in ledger.balances(connection).items() if role == "due"}
        asked = [int(row.pence) for number in connection.execute(select(invoice.c.number)).scalars()
                 for row in billing.parts_of_invoice(connection, number) if row.fund == fund]
    assert due[fund] == sum(asked[2:])


def test_a_contribution_is_an_invoice_of_its_own(october: MonthPlan) -> None:
    assert [draft.funder for draft in october.drafts if draft.funder == "P006-pays"] == ["P006-pays"]


def test_a_package_shared_with_the_nhs_is_divided_line_by_line(october: MonthPlan) -> None:
    shared = [draft for draft in october.drafts if draft.funds == ("spot-P008",)]
    assert {draft.funder for draft in shared} == {"Eastmere", "Northshore-ICB"}
    council, health = sorted((draft.pence for draft in shared), reverse=True)
    assert abs(council * 375 - health * 625) <= len(october.charges) * 625


def test_nights_cross_the_midnight_of_the_new_prices_and_the_clock_change() -> None:
    diary = Diary(cast(FIFTEEN, 1), 1)
    nights = {row.happened_on.isoformat(): row.actual_minutes for month in (Month(2026, 3), OPEN_MONTH)
              for row in diary.month(month).rows if row.support_type == "night"}
    assert nights["2026-03-28"] == 8 * 60
    assert nights["2026-03-31"] == 9 * 60
    assert nights["2026-10-24"] == 10 * 60


def test_two_carers_come_together_and_once_one_of_them_does_not() -> None:
    rows = [row for row in Diary(cast(FIFTEEN, 1), 1).month(OPEN_MONTH).rows if row.planned_carers == 2]
    came = Counter(row.visit for row in rows)
    assert set(came.values()) == {1, 2}
    assert all(row.reason for row in rows if came[row.visit] == 1)


def test_every_cancelled_visit_says_why() -> None:
    cancelled = [row for row in Diary(cast(60, 1), 1).month(OPEN_MONTH).rows if row.outcome == "cancelled"]
    assert cancelled
    assert all(row.reason for row in cancelled)


def test_every_area_of_a_large_sample_has_a_contract_that_is_wholly_allocated() -> None:
    for block in blocks(cast(180, 1)):
        assert sum(block.allocations.values()) == block.pence
        assert sum(row.pence for row in block.instalments) == block.pence


def test_the_same_seed_gives_the_same_october_on_either_engine(tmp_path: Path, new_on_postgresql: tuple[str, str]) -> None:
    first, again, (url, owner_url) = str(tmp_path / "first.db"), str(tmp_path / "again.db"), new_on_postgresql
    build_sample(first, people=FIFTEEN)
    build_sample(again, people=FIFTEEN)
    build_sample(url, people=FIFTEEN, owner_url=owner_url)
    assert _digest(first) == _digest(again) == _digest(url)


def _digest(url: str) -> str:
    store = open_books(url, key=None)
    try:
        assert verify(store) == []
        return preview_month(Acting(store, PREPARES, LATER), OPEN_MONTH).digest
    finally:
        store.close()


def test_another_seed_gives_other_people() -> None:
    assert cast(FIFTEEN, 1).people == cast(FIFTEEN, 1).people
    assert cast(FIFTEEN, 1).people != cast(FIFTEEN, 2).people


def test_a_sample_of_a_few_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="15 or more"):
        build_sample(str(tmp_path / "few.db"), people=3)

"""The cases that a whole month runs (`kind: whole_books`): agreed, delivered, paid, and read off the statements that come out."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from basics.money import Money
from basics.periods import ONE_DAY, Month
from isf.nominal import Nominal
from isf.surplus import surplus
from isf.watch import Matter
from ringfence.actions.month_accounts import accounts_at
from ringfence.actions.surpluses import funds_with_cash
from ringfence.actions.verifying import verify
from ringfence.actions.visits import visit_told
from ringfence.actions.watching import watch_list
from ringfence.importing.cases_file import case_names, read_case
from ringfence.store.engine import Store
from tests.actions.provider_books import NOVEMBER, OCTOBER, SEPTEMBER, Books, bank_line, by_delivery, by_schedule, plan_line, rate, terms, visit

Inputs = Mapping[str, Any]
Found = Mapping[str, Decimal | int | None]


def pounds(pence: int | None) -> Decimal | None:
    return None if pence is None else Money(pence).pounds


def opened(store: Store, people: Iterable[str]) -> Books:
    books = Books(store)
    books.open()
    books.people({person: f"{person} Example" for person in people})
    return books


def agreed(**sections: Any) -> dict[str, Any]:
    provider = {"name": "Example", "address": ["1 Road"], "pay_to": ["Example"], "contact": {"name": "Ann", "telephone": "01632 960 000"}}
    return {"provider": provider, "funders": [{"reference": "southgate", "kind": "council", "name": "Southgate Council"}], **sections}


def two_carers_unequal(given: Inputs, store: Store) -> Found:
    """The same two visits to two people: one is charged by the minute, the other to the nearest 15."""
    rules = {"P001": "by the minute", "P002": "nearest 15"}
    books = opened(store, rules)
    books.apply(agreed(
        terms=[terms(rule, charged_time=rule) for rule in rules.values()],
        rates=[rate("carer-hour", str(given["rate_per_hour"]), "2026-04-01", "2027-03-31")],
        fundings=[by_delivery(person, "southgate", terms=rule) for person, rule in rules.items()],
        plan=[plan_line(person, "care", 120, rate="carer-hour") for person in rules]))
    books.visits(*(carers_visit(each, person, given) for person in rules for each in given["visits"]))
    plan = books.preview(OCTOBER)
    cost = {(person, each["visit"]): sum(charge.pence for charge in plan.charges if charge.visit == f"{each['visit']}-{person}")
            for person in rules for each in given["visits"]}
    first = [charge for charge in plan.charges if charge.visit == "V1-P001"]
    told = " ".join(problem.what for problem in plan.warnings)
    (planned, came), = set(re.findall("planned ([0-9]+) carers, ([0-9]+) came", told))
    short = {one.day: one.minutes for one in books.draft("spot-P001").shortfalls}
    return {
        "First visit, by the minute": pounds(cost["P001", "V1"]), "First visit, nearest 15": pounds(cost["P002", "V1"]),
        "First visit, minutes of staff": sum(one.minutes for one in first),
        "First visit, rows kept": len(books.rows("SELECT id FROM delivery WHERE visit = 'V1-P001'")),
        "First visit, minutes with anybody there": visit_told(books.asha, "V1-P001").attended.minutes,
        "Second visit, by the minute": pounds(cost["P001", "V2"]), "Second visit, carers planned": int(planned),
        "Second visit, carers who came": int(came), "Second visit, minutes of staff under plan": short["7 October"],
    }


def carers_visit(each: Inputs, person: str, given: Inputs) -> Any:
    start = datetime.fromisoformat(each["starts_at"])
    end = start + timedelta(minutes=each["minutes"])
    return visit(f"{each['visit']}-{person}", person, start.date().isoformat(), f"{start:%H:%M}", f"{end:%H:%M}", support="care",
                 carer=each["carer"], planned=given["planned_minutes"], carers=given["planned_carers"])


def four_weekly_monthly(given: Inputs, store: Store) -> Found:
    """The contract is for 365 days from the first payment; what the story says of September is what makes its first of October."""
    payments = {date.fromisoformat(day): paid for day, paid in given["payments"].items()}
    first_day = min(payments)
    last_day = first_day + timedelta(days=364)
    spell: dict[str, Any] = {"from": first_day.isoformat(), "to": last_day.isoformat()}
    used = {"2026-09-25": payments[first_day] - given["held_on_2026_10_01"], "2026-10-12": given["used_to_18_october"],
            "2026-10-26": given["used_in_october"] - given["used_to_18_october"]}
    books = opened(store, ["P001"])
    books.apply(agreed(
        contracts=[{"reference": "SG-2026", "funder": "southgate", **spell, "weekly_pounds": str(given["weekly"]), "schedule": {
            "every": "4 weeks", "paid": "in advance", "days_to_pay": 0, "odd_days": "own instalment"}}],
        terms=[terms("Block")], fundings=[by_schedule("P001", **spell)],
        fund_terms=[{"person": "P001", "fund": "isf", "funder": "southgate", "from": first_day.isoformat(), "source": "Page 7",
                     "surplus_weeks": int(given["surplus_cap"] / given["weekly"]), "surplus_base": "net weekly budget"}],
        contract_accounts=[{"contract": "SG-2026", "from": first_day.isoformat(), "source": "The auditor’s letter", "acts_as": "principal",
                            "restricted": False}],
        rates=[rate(f"on-{day}", str(cost), first_day.isoformat(), last_day.isoformat(), per="visit") for day, cost in used.items()],
        plan=[plan_line("P001", f"on-{day}", rate=f"on-{day}", funder="southgate", times_per_week="0.25", **spell) for day in used],
        splits=[{"contract": "SG-2026", "version": 1, "method": "equal", "on": "2026-09-01", "people": [{"person": "P001"}]}]))
    for n, (day, paid) in enumerate(sorted(payments.items()), start=1):
        if day <= OCTOBER.last:
            books.apply({"bank_lines": [bank_line(f"BK-{n}", day.isoformat(), str(paid), instalment={"contract": "SG-2026", "n": n})]})
    books.visits(*(visit(f"V-{day}", "P001", day, "10:00", "11:00", support=f"on-{day}") for day in used))
    for month in (SEPTEMBER, OCTOBER):
        books.month_end(month)
    september, october = (books.statement("isf-P001", month) for month in (SEPTEMBER, OCTOBER))
    money, budget = october.money, october.budgets[0]
    instalments = [(date.fromisoformat(last) - date.fromisoformat(first), pence) for first, last, pence in books.rows(
        "SELECT r.from_on, r.to_on, p.pence FROM schedule_row r JOIN schedule_part p ON p.schedule_row_id = r.id ORDER BY r.n")]
    whole = sum(pence for length, pence in instalments if length.days == given["each_payment_covers_days"] - 1)
    return within_october(books, sorted(payments)[1]) | october_accounts(books) | {
        "October opens with": pounds(money.opening_pence), "October in": pounds(sum(line.pence for line in money.paid_in)),
        "October out": pounds(-sum(line.pence for line in money.paid_out)), "October closes with": pounds(money.closing_pence),
        "Budget for October": pounds(budget.budget_pence), "Under budget in October": pounds(budget.under_pence),
        "Of closing, for 1 to 15 November": pounds(money.paid_ahead_pence), "Of closing, saved": pounds(money.saved_pence),
        "Saved on 1 October": pounds(september.money.saved_pence), "13 payments": pounds(whole),
        "Budget of 365 days": pounds(october.budgets[1].budget_pence),
        "One day short": pounds((october.budgets[1].budget_pence or 0) - whole),
    }


def within_october(books: Books, paid_on: date) -> Found:
    """The day on which the money for four weeks comes in, with support charged up to the day before."""
    with books.store.reading() as connection:
        held = funds_with_cash(connection, paid_on)["isf-P001"].held(paid_on - ONE_DAY)
    over = [line.pence for line in watch_list(books.asha, paid_on).lines if line.matter is Matter.SURPLUS]
    return {
        "19 October, held for the person": pounds(held.held - held.owed_provider + held.borne), "19 October, paid ahead": pounds(held.paid_ahead),
        "19 October, saved": pounds(surplus(held)), "19 October, over the cap": pounds(sum(filter(None, over))),
    }


def october_accounts(books: Books) -> Found:
    accounts = accounts_at(books.asha, OCTOBER)
    return {"Income of October": pounds(sum(each.income for each in accounts.schedule)),
            "Contract liability on 31 October": pounds(-accounts.controls[Nominal.LIABILITY])}


def mid_year_go_live(given: Inputs, store: Store) -> Found:
    """A, B and C come over with what the old books say of their money; D with the budget and what was used of it."""
    year = {"from": given["D"]["budget_from"].isoformat(), "to": "2027-03-31"}
    day = (given["goes_live"] - timedelta(days=1)).isoformat()
    schedule = {"every": "month", "paid": "in advance", "days_to_pay": 30, "instalments": "by days"}
    books = opened(store, "ABCD")
    books.apply(agreed(
        contracts=[{"reference": f"SG-{person}", "funder": "southgate", **year, "live_from": given["goes_live"].isoformat(),
                    "weekly_pounds": str(given["D"]["weekly"]), "schedule": schedule} for person in "ABCD"],
        terms=[terms("Block")], fundings=[by_schedule(person, contract=f"SG-{person}", **year) for person in "ABCD"],
        splits=[{"contract": "SG-D", "version": 1, "method": "equal", "on": day, "people": [{"person": "D"}]}],
        openings=[
            {"opening": "money", "on": day, "control": {"held_only": str(given["accounts_say"]["money_held_for_people"]),
                                                        "overspent": str(given["accounts_say"]["overspends_carried"])},
             "funds": [{"person": person, "fund": "isf", "held_only" if sum_held > 0 else "overspent": str(abs(sum_held))}
                       for person, sum_held in given["opening"].items()]},
            {"opening": "usage", "on": day, "control": {"used": str(given["D"]["used"])},
             "funds": [{"person": "D", "fund": "isf", "used": str(given["D"]["used"])}]}]))
    budget = books.draft("isf-D", Month.of(given["goes_live"]).previous).budgets[1]
    return {
        "Money that must be in the bank": pounds(sum(books.balance(f"isf-{person}", "held") for person in "ABCD")),
        "Overspend carried by the charity": pounds(sum(books.balance(f"isf-{person}", "borne") for person in "ABCD")),
        "D, budget of the year": pounds(budget.budget_pence), "D, used": pounds(budget.used_pence), "D, left": pounds(budget.left_pence),
        "D, budget to 31 October": pounds(budget.expected_pence), "D, under by": pounds(budget.under_pence),
    }


def void_four_weeks(given: Inputs, store: Store) -> Found:
    """What the house shares is recorded once a week; D lives there in the week before the place stands empty."""
    first, weeks = given["empty_from"], given["empty_weeks"]
    costs = {"core-hours": given["shared_hours"] * given["shared_rate_per_hour"], "sleep-ins": given["sleep_ins_per_week"]}
    books = opened(store, "ABCD")
    home = {"reference": "elm-house", "places": 4, "void_paid_by": "funder", "funder": "southgate", "terms": "Spot",
            "void_weeks": given["paid_weeks"], "held": [
                *({"place": n, "person": person, "from": "2026-10-01"} for n, person in enumerate("ABCD", start=1)),
                {"place": 4, "empty": True, "from": first.isoformat()}]}
    books.apply(agreed(
        terms=[terms("Spot")], houses=[home],
        rates=[rate(support, str(cost), "2026-04-01", "2027-03-31", per="item") for support, cost in costs.items()],
        fundings=[by_delivery(person, "southgate") for person in "ABCD"],
        plan=[plan_line(person, support, rate=support, times_per_week=1) for person in "ABCD" for support in costs]))
    mondays = [first + timedelta(days=7 * week) for week in range(-1, weeks)]
    books.visits(*(visit(f"{support}-{day}", "elm-house", day.isoformat(), support=support) for day in mondays for support in costs))
    for month in (OCTOBER, NOVEMBER):
        books.month_end(month)
    assert verify(store, referee=True) == []
    each_week = {person: {sum(pence) for pence in by_week(books, f"spot-{person}", mondays[1:])} for person in "ABC"}
    asked = sum(pence for key, pence in books.asked_for().items() if key.endswith("|provider"))
    assert books.balance("provider", "due", "southgate") == asked
    mine = books.rows("SELECT count(*) FROM charge c JOIN fund f ON f.id = c.fund_id WHERE f.key <> 'provider' AND c.plan_line_id IS NULL")
    return {
        **{f"{person} a week": pounds(*sums) for person, sums in each_week.items()},
        "The council is asked for the empty place": pounds(asked), "The provider carries of it": pounds(books.balance("provider", "void_cost")),
        "The empty place in the funds of A and B and C": pounds(mine[0][0]),
    }


def by_week(books: Books, fund: str, mondays: Iterable[date]) -> Iterable[list[int]]:
    """What the fund was charged for each of these days."""
    for day in mondays:
        yield [pence for pence, in books.rows(
            "SELECT c.pence FROM charge c JOIN fund f ON f.id = c.fund_id WHERE f.key = :fund AND c.support_on = :day",
            fund=fund, day=day.isoformat())]


WORKED: Mapping[str, Callable[[Inputs, Store], Found]] = {
    "two-carers-unequal": two_carers_unequal, "four-weekly-monthly": four_weekly_monthly, "mid-year-go-live": mid_year_go_live,
    "void-four-weeks": void_four_weeks,
}


@pytest.mark.parametrize("name", WORKED)
def test_the_month_end_comes_to_what_the_case_says(store: Store, name: str) -> None:
    case = read_case(name)
    assert WORKED[name](case.inputs, store) == {each.figure: each.theirs for each in case.figures}


def test_every_case_that_needs_whole_books_is_run() -> None:
    assert {name for name in case_names() if read_case(name).kind == "whole_books"} == WORKED.keys()

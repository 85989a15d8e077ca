"""A purchase held against the books: the line of the plan that it is in, what is left of that line, and what the rules then say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from basics.periods import Month, Period
from isf.budget import total_or_not_known
from isf.holding import PAYS_A_RELATIVE
from isf.money_held import EventKind
from isf.plan import PlanLine, planned_pence
from isf.position import Delivered
from isf.spending import Answer, Checked, Kind, Line, Purchase, check
from ringfence.actions.stating import facts_of_fund
from ringfence.importing.fact_items_holding import Agreement
from ringfence.importing.fact_items_spending import Bill
from ringfence.store import facts, registry, spent


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a fund is to pay for, on a day; `line` is the reference of the plan’s line, empty where it names none."""

    fund: str
    kind: Kind
    pence: int
    on: date
    line: str = ""
    answers: tuple[tuple[str, Answer], ...] = ()


def check_wanted(connection: Connection, wanted: Wanted, *, apart: Iterable[str] = (), besides: int = 0) -> Checked:
    """What the rules say of it. `apart` are names of bills that do not count, `besides` pence of the same line that are promised already and not
    in the books yet."""
    line = line_on(connection, wanted.fund, wanted.line, wanted.on) if wanted.line else None
    left = left_of_line(connection, wanted.fund, wanted.line, wanted.on, apart) if line else None
    return check(Purchase(
        kind=wanted.kind, pence=wanted.pence, line=Line(line.words, None if left is None else left - besides) if line else None,
        answers=wanted.answers, by_agreement=wanted.kind is Kind.RELATIVE and _agreed(connection, wanted.fund, wanted.on)))


def line_on(connection: Connection, fund_key: str, reference: str, on: date) -> PlanLine | None:
    """The version of a line of a fund’s plan that holds on a day; None where there is none."""
    return next((each for each in registry.plan_lines(connection, fund_key) if each.reference == reference and on in each.period), None)


def left_of_line(connection: Connection, fund_key: str, reference: str, on: date, apart: Iterable[str] = ()) -> int | None:
    """What a line’s plan comes to over the budget’s year, less what was charged on it and less the bills approved on it, in pence.

    None where no budget holds that day, or the line has no price.
    """
    found = facts_of_fund(connection, fund_key, Month.of(on))
    year = next((each.period for each in found.budgets if on in each.period), None) if found else None
    if found is None or year is None:
        return None
    days = Period(min(max(year.first, found.delivered_from), year.last), year.last)
    lines = [each for each in found.lines if each.reference == reference]
    planned = total_or_not_known(planned_pence(each, days, found.rates.get(each.id, ())) for each in lines)
    given = sum(found.delivered.get(each.id, Delivered()).pence for each in lines)
    bills = [each for each in spent.posted(connection, EventKind.BILL, Bill.kind, fund_key) if each.stands and each.line == reference]
    billed = sum(each.pence for each in bills if each.happened_on in year and each.key not in apart)
    return None if planned is None else planned - given - billed


def _agreed(connection: Connection, fund_key: str, on: date) -> bool:
    """Whether an agreement in force on that day says that a close relative in the same home may be paid."""
    return any(PAYS_A_RELATIVE in _decided(fact.said["may_decide"]) for fact in facts.facts(connection, Agreement.kind, fund_key)
               if fact.from_on <= on and fact.said.get("until", on.isoformat()) >= on.isoformat())


def _decided(said: Sequence[str]) -> list[str]:
    return [each.casefold() for each in said]

"""Control totals of a month end: the same thing reached by two ways that share no step, which must agree to the penny and the minute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from basics.money import Money
from basics.periods import minutes_in_words
from invoicing.delivery import BY_DELIVERY, CANCELLED
from invoicing.drafts import Draft
from invoicing.rating import VOID
from isf.accounts import INSIDE_MONEY_HELD, Unit
from ringfence.actions.month_plan import MonthPlan
from ringfence.store import billing, ledger, month_figures, registry


@dataclass(frozen=True)
class Control:
    """Two numbers that must be the same: what is compared, where each comes from, and each as it is shown."""

    what: str
    first_words: str
    first: str
    second_words: str
    second: str
    agrees: bool


def controls_of(connection: Connection, plan: MonthPlan) -> tuple[Control, ...]:
    """Every control of a month that is not issued yet, in the order in which money and time go through it."""
    return (_visits(connection, plan), *_support(plan), *_invoices(connection, plan), *_statements(connection, plan))


def _visits(connection: Connection, plan: MonthPlan) -> Control:
    """Rows of visits in the books. What is held back is known by its problems; without a problem nothing may be missing."""
    charging = {charge.delivery_id for charge in plan.charges}
    rows = month_figures.visits_of(connection, plan.month.first, plan.month.last)
    charged = sum(1 for key, _, before in rows if key in charging or before)
    cancelled = sum(1 for key, outcome, before in rows if outcome == CANCELLED and key not in charging and not before)
    missing = len(rows) - charged - cancelled
    held = missing if plan.problems else 0
    words = f"{charged:,} charged, {cancelled:,} cancelled and not charged, {held:,} not charged yet"
    return Control("Visits", f"in the books for {plan.month.in_words}", f"{len(rows):,}", words, f"{charged + cancelled + held:,}",
                   missing == held)


def _support(plan: MonthPlan) -> Iterator[Control]:
    yield _money("Support charged", "sum of the charges", sum(charge.pence for charge in plan.charges),
                 "posted to the funds", sum(entry.amount for entry in plan.entries if entry.unit is Unit.PENCE))
    given = sum(charge.minutes for charge in plan.charges if charge.how != VOID and not charge.cancelled)
    posted = sum(entry.amount for entry in plan.entries if entry.unit is Unit.MINUTES)
    yield Control("Time given", "charged, without empty places and cancelled visits", minutes_in_words(given), "posted to the funds",
                  minutes_in_words(posted), given == posted)


def _invoices(connection: Connection, plan: MonthPlan) -> Iterator[Control]:
    yield _money("Paid for as it is given", "sum of those charges", sum(one.pence for one in plan.charges if one.how == BY_DELIVERY),
                 "on invoices for support", sum(one.pence for one in plan.drafts if isinstance(one, Draft)))
    yield _money("Instalments", "due by the contracts, and not asked for yet",
                 sum(row.pence for row in billing.schedule_parts(connection, plan.month.last)),
                 "on invoices for instalments", sum(one.pence for one in plan.drafts if not isinstance(one, Draft)))
    yield _money("Invoices", "sum of their lines", sum(line.pence for record in plan.invoices for line in record.lines),
                 f"sum of the {len(plan.invoices):,} totals", sum(record.total_pence for record in plan.invoices))


def _statements(connection: Connection, plan: MonthPlan) -> Iterator[Control]:
    people = {row.key for row in registry.funds(connection) if row.person}
    in_month = [one for one in plan.charges if one.fund in people and one.support_on in plan.month.period]
    yield _money("Support of people in the month", "sum of the charges", sum(one.pence for one in in_month),
                 f"on {len(plan.statements):,} statements", sum(one.given_total_pence for one in plan.statements))
    held = ledger.held_before(connection, plan.month.first, INSIDE_MONEY_HELD)
    yield _money("Money held at the start", "in the books", sum(pence for fund, pence in held.items() if fund in people),
                 "first lines of the statements", sum(one.money.opening_pence for one in plan.statements))


def _money(what: str, first_words: str, first: int, second_words: str, second: int) -> Control:
    return Control(what, first_words, str(Money(first)), second_words, str(Money(second)), first == second)

"""Control totals of a month end: the same thing reached by two ways that share no step, which must agree to the penny and the minute."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from basics.money import Money
from basics.periods import minutes_in_words
from invoicing.delivery import BY_DELIVERY, CANCELLED
from invoicing.drafts import Draft, InstalmentDraft
from invoicing.rating import VOID
from isf.accounts import INSIDE_MONEY_HELD, Unit
from ringfence.actions.acting import Acting
from ringfence.actions.month_plan import MonthPlan
from ringfence.store import billing, billing_alarms, ledger, month_figures, registry


@dataclass(frozen=True)
class Control:
    """Two numbers that must be the same: what is compared, where each comes from, and each as it is shown."""

    what: str
    first_words: str
    first: str
    second_words: str
    second: str
    agrees: bool


def control_totals(acting: Acting, plan: MonthPlan) -> tuple[Control, ...]:
    """The controls of a month that was just worked out, for whoever looks at it."""
    with acting.reading() as connection:
        return controls_of(connection, plan)


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
    words = f"in all: {charged:,} charged, {cancelled:,} cancelled and not charged, {held:,} not charged yet"
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
    waited = sum(int(row.pence) for row in billing_alarms.not_invoiced(connection, plan.month))
    charged = sum(one.pence for one in plan.charges if one.how == BY_DELIVERY)
    yield _money("Paid for as it is given", "sum of those charges, and of earlier ones on no invoice yet", charged + waited,
                 *_on_invoices("support", plan, Draft))
    yield _money("Instalments", "due by the contracts, and not asked for yet",
                 sum(row.pence for row in billing.schedule_parts(connection, plan.month.last)), *_on_invoices("instalments", plan, InstalmentDraft))
    yield _money("Invoices", "sum of their lines", sum(line.pence for record in plan.invoices for line in record.lines),
                 f"sum of the {len(plan.invoices):,} totals", sum(record.total_pence for record in plan.invoices))


def _on_invoices(what: str, plan: MonthPlan, kind: type[Draft | InstalmentDraft]) -> tuple[str, int]:
    """In words and in pence: what the invoices of one kind ask for, and those that are held."""
    held = sum(each.draft.pence for each in plan.held if isinstance(each.draft, kind))
    later = sum(each.pence for each in plan.later) if kind is Draft else 0
    words = f"on invoices for {what}" + (f", {Money(held)} of it held" if held else "") + (
        f", and {Money(later)} in 4 weeks that are not over" if later else "")
    return words, held + later + sum(one.pence for one in plan.drafts if isinstance(one, kind))


def _statements(connection: Connection, plan: MonthPlan) -> Iterator[Control]:
    people = {row.key for row in registry.funds(connection) if row.person}
    in_month = [one for one in plan.charges if one.fund in people and one.support_on in plan.month.period]
    yield _money("Support of people in the month", "sum of the charges", sum(one.pence for one in in_month),
                 f"on {len(plan.statements):,} statements", sum(one.given_total_pence for one in plan.statements))
    yield from _at_the_start(ledger.held_before(connection, plan.month.first, INSIDE_MONEY_HELD), people,
                             {one.fund_key: one.money.opening_pence for one in plan.statements})


def _at_the_start(held: Mapping[str, int], people: Collection[str], stated: Mapping[str, int]) -> Iterator[Control]:
    """What is held and what is owed are never set against each other, and the two sides agree only where each fund's do: two openings that
    changed places would leave the sums as they are."""
    in_books = {fund: pence for fund, pence in held.items() if fund in people and pence}
    on_statements = {fund: pence for fund, pence in stated.items() if pence}
    for what, sign in (("Money held at the start", 1), ("Owed at the start for support given", -1)):
        first, second = ({fund: pence * sign for fund, pence in side.items() if pence * sign > 0} for side in (in_books, on_statements))
        yield Control(what, f"in the books, in {len(first):,} funds", str(Money(sum(first.values()))),
                      f"first lines of statements, fund by fund, {len(second):,}", str(Money(sum(second.values()))), first == second)


def _money(what: str, first_words: str, first: int, second_words: str, second: int) -> Control:
    return Control(what, first_words, str(Money(first)), second_words, str(Money(second)), first == second)

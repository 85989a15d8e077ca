"""Bills of others and misspent money in the ledger: what is approved, paid and put back, and what stands of it.

An event of one of these kinds is found through the funds that have such facts: nobody reads every entry of the books for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, null, select

from ringfence.store.schema import approval, batch, entry, event, fact, fund, plan_line, user_account


@dataclass(frozen=True)
class Posted:
    """One event in pence: its fund, the day on which it happened and that of the books, the line of the plan by its reference (none is empty),
    and the day of the books on which it was put back, where it was."""

    key: str
    fund: str
    happened_on: date
    posted_on: date
    pence: int
    line: str
    put_back_on: date | None

    @property
    def about(self) -> str:
        """The reference of the bill or the misspent sum: the last word of the event’s name."""
        return self.key.rsplit(" ", 1)[-1]

    @property
    def stands(self) -> bool:
        return self.put_back_on is None


def posted(connection: Connection, kind: str, fact_kind: str, fund_key: str = "", *, with_lines: bool = True) -> list[Posted]:
    """Every event of a kind in the funds that have a fact of `fact_kind` (in one, where it is named), in the order of the books. Without lines,
    no plan is read: where figures are told without names it may not be."""
    line = plan_line.c.reference if with_lines else null()
    back, with_facts = entry.alias("back"), select(fact.c.fund_id).where(fact.c.kind == fact_kind)
    query = (
        select(event.c.key, fund.c.key.label("fund"), entry.c.happened_on, entry.c.posted_on, func.sum(entry.c.amount).label("pence"),
               line.label("line"), func.max(back.c.posted_on).label("put_back_on"))
        .join(event, event.c.id == entry.c.event_id).join(fund, fund.c.id == entry.c.fund_id)
        .outerjoin(back, back.c.reverses_id == entry.c.id)
        .where(entry.c.fund_id.in_(with_facts), event.c.kind == kind, entry.c.unit == "pence")
        .group_by(event.c.id, event.c.key, fund.c.key, entry.c.happened_on, entry.c.posted_on, *([line] if with_lines else []))
        .order_by(entry.c.posted_on, event.c.id)
    )
    query = query.outerjoin(plan_line, plan_line.c.id == event.c.plan_line_id) if with_lines else query
    return [_posted(row) for row in connection.execute(query.where(fund.c.key == fund_key) if fund_key else query)]


def waiting(connection: Connection, kind: str) -> list[tuple[str, str]]:
    """What was prepared and nobody has approved yet, the oldest first: who prepared it, and what it says."""
    query = (select(user_account.c.name, batch.c.body).join(user_account, user_account.c.id == batch.c.prepared_by)
             .outerjoin(approval, approval.c.batch_id == batch.c.id).where(batch.c.kind == kind, approval.c.batch_id.is_(None)).order_by(batch.c.id))
    return [(row.name, row.body) for row in connection.execute(query)]


def _posted(row: Any) -> Posted:
    return Posted(row.key, row.fund, date.fromisoformat(row.happened_on), date.fromisoformat(row.posted_on), int(row.pence), row.line or "",
                  date.fromisoformat(row.put_back_on) if row.put_back_on else None)

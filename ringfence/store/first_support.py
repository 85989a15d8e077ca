"""When each person was first supported, as far as the books know: one query over everybody each."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, text

_VISITED = (
    "SELECT p.reference, min(y.happened_on) FROM delivery y JOIN person p ON p.id = y.person_id WHERE y.outcome <> 'cancelled'"
    " AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = y.id) GROUP BY p.reference")
_SHARED = (
    "SELECT p.reference, min(h.support_on) FROM charge h JOIN fund f ON f.id = h.fund_id JOIN person p ON p.id = f.person_id"
    " JOIN delivery y ON y.id = h.delivery_id WHERE y.house_id IS NOT NULL AND y.outcome <> 'cancelled'"
    " AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = y.id) GROUP BY p.reference")
_BEFORE = (
    "SELECT DISTINCT p.reference FROM entry e JOIN origin o ON o.id = e.origin_id JOIN fund f ON f.id = e.fund_id"
    " JOIN person p ON p.id = f.person_id JOIN account c ON c.id = e.credit_account_id"
    " WHERE o.kind = 'opening' AND c.role IN ('owed_provider', 'delivered')")


def first_support(connection: Connection) -> dict[str, date]:
    """The first day on which support was given to each person: a visit of their own, or one to their house that was charged to them."""
    found: dict[str, date] = {}
    for query in (_VISITED, _SHARED):
        for reference, day in connection.execute(text(query)):
            first = date.fromisoformat(day)
            found[reference] = min(first, found.get(reference, first))
    return found


def supported_before(connection: Connection) -> set[str]:
    """The people who had support before the books began here, on days that nobody recorded."""
    return set(connection.execute(text(_BEFORE)).scalars())

"""When each person was first supported, as far as the books know: queries over everybody, or over one person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, TextClause, text

_VISITED = (
    "SELECT p.reference, min(y.happened_on) FROM delivery y JOIN person p ON p.id = y.person_id WHERE y.outcome <> 'cancelled'"
    " AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = y.id){of} GROUP BY p.reference")
_SHARED = (
    "SELECT p.reference, min(h.support_on) FROM charge h JOIN fund f ON f.id = h.fund_id JOIN person p ON p.id = f.person_id"
    " JOIN delivery y ON y.id = h.delivery_id WHERE y.house_id IS NOT NULL AND y.outcome <> 'cancelled'"
    " AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = y.id){of} GROUP BY p.reference")
_BEFORE = (
    "SELECT DISTINCT p.reference FROM entry e JOIN origin o ON o.id = e.origin_id JOIN fund f ON f.id = e.fund_id"
    " JOIN person p ON p.id = f.person_id JOIN account c ON c.id = e.credit_account_id"
    " WHERE o.kind = 'opening' AND c.role IN ('owed_provider', 'delivered') AND e.reverses_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM entry l WHERE l.reverses_id = e.id){of}")


def first_support(connection: Connection, person: str = "") -> dict[str, date]:
    """The first day on which support was given to each person, or to one: a visit of their own, or one to their house that was charged to them."""
    found: dict[str, date] = {}
    for query in (_VISITED, _SHARED):
        for reference, day in connection.execute(*_of(query, person)):
            first = date.fromisoformat(day)
            found[reference] = min(first, found.get(reference, first))
    return found


def supported_before(connection: Connection, person: str = "") -> set[str]:
    """The people, or the one person, who had support before the books began here, on days that nobody recorded."""
    return set(connection.execute(*_of(_BEFORE, person)).scalars())


def _of(query: str, person: str) -> tuple[TextClause, dict[str, str]]:
    return text(query.format(of=" AND p.reference = :person" if person else "")), {"person": person} if person else {}

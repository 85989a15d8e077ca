"""What the alarms of billing read, each as one query over all funds: support nobody was asked for, and what was asked for without support."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, text

from basics.periods import Month

_STANDS = " NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = d.id)"


def not_invoiced(connection: Connection, through: Month) -> list[Row[Any]]:
    """Support by delivery of closed months that is charged and on no invoice: fund, month, visits and pence."""
    return list(connection.execute(text(
        "SELECT f.key AS fund, substr(c.support_on, 1, 7) AS month, count(DISTINCT d.visit) AS visits, sum(c.pence) AS pence"
        " FROM charge c JOIN delivery d ON d.id = c.delivery_id JOIN fund f ON f.id = c.fund_id"
        " LEFT JOIN invoice_line l ON l.event_id = c.event_id"
        f" WHERE c.how = 'delivery' AND c.pence > 0 AND l.invoice_id IS NULL AND c.support_on <= :last AND{_STANDS}"
        " GROUP BY 1, 2 ORDER BY 1, 2"), {"last": through.last.isoformat()}))


def not_charged(connection: Connection, through: Month) -> list[Row[Any]]:
    """Support given in closed months that is not charged at all: person, month and visits."""
    return list(connection.execute(text(
        "SELECT p.reference AS person, substr(d.happened_on, 1, 7) AS month, count(DISTINCT d.visit) AS visits"
        " FROM delivery d JOIN person p ON p.id = d.person_id"
        " WHERE d.outcome = 'given' AND d.actual_minutes > 0 AND d.happened_on <= :last"
        f" AND NOT EXISTS (SELECT 1 FROM charge c WHERE c.delivery_id = d.id) AND{_STANDS}"
        " GROUP BY 1, 2 ORDER BY 1, 2"), {"last": through.last.isoformat()}))


def asked_without_support(connection: Connection, first: Month, through: Month) -> list[Row[Any]]:
    """Parts of instalments that were invoiced for days that have passed without any support recorded for the person, in a house or alone:
    fund, from, to, invoice number and pence."""
    return list(connection.execute(text(
        "SELECT f.key AS fund, r.from_on, r.to_on, i.number, l.pence FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id"
        " JOIN schedule_row r ON r.id = l.schedule_row_id JOIN fund f ON f.id = l.fund_id"
        " WHERE l.pence > 0 AND f.person_id IS NOT NULL AND r.to_on BETWEEN :first AND :last"
        " AND NOT EXISTS (SELECT 1 FROM credit_line k WHERE k.invoice_id = l.invoice_id AND k.invoice_n = l.n)"
        " AND NOT EXISTS (SELECT 1 FROM charge c JOIN delivery d ON d.id = c.delivery_id"
        " WHERE c.fund_id = l.fund_id AND c.support_on BETWEEN r.from_on AND r.to_on AND d.outcome = 'given' AND" + _STANDS + ")"
        " ORDER BY f.key, r.from_on"), {"first": first.first.isoformat(), "last": through.last.isoformat()}))


def late_entries(connection: Connection, first: Month, through: Month) -> list[Row[Any]]:
    """Visits that came in after the documents of their month were issued: month, visits, and the latest day on which any came."""
    return list(connection.execute(text(
        "SELECT substr(d.happened_on, 1, 7) AS month, count(DISTINCT d.visit) AS visits, max(b.recorded_at) AS came_at"
        " FROM delivery d JOIN batch b ON b.id = d.batch_id"
        " JOIN (SELECT k.month, min(kb.recorded_at) AS issued_at FROM month_lock k JOIN batch kb ON kb.id = k.batch_id"
        " WHERE k.step = 'issued' GROUP BY k.month) m ON m.month = substr(d.happened_on, 1, 7)"
        f" WHERE d.version = 1 AND d.happened_on BETWEEN :first AND :last AND b.recorded_at > m.issued_at AND{_STANDS} GROUP BY 1 ORDER BY 1"),
        {"first": first.first.isoformat(), "last": through.last.isoformat()}))


def without_statement(connection: Connection, month: Month) -> list[str]:
    """Funds of people to which support of an issued month is charged, and of which that month has no statement."""
    found = connection.execute(text(
        "SELECT DISTINCT f.key FROM charge c JOIN fund f ON f.id = c.fund_id JOIN delivery d ON d.id = c.delivery_id"
        f" WHERE f.kind = 'isf' AND c.support_on BETWEEN :first AND :last AND{_STANDS}"
        " AND NOT EXISTS (SELECT 1 FROM document t WHERE t.fund_id = f.id AND t.key = :start || f.key) ORDER BY f.key"),
        {"first": month.first.isoformat(), "last": month.last.isoformat(), "start": f"statement {month} "})
    return list(found.scalars())


def months_asked(connection: Connection, first: Month, through: Month) -> dict[tuple[str, str], set[Month]]:
    """The months whose support each payer was charged for by delivery, by fund and payer."""
    found: dict[tuple[str, str], set[Month]] = {}
    for fund, payer, month in connection.execute(text(
            "SELECT DISTINCT f.key, u.reference, substr(c.support_on, 1, 7) FROM charge c JOIN fund f ON f.id = c.fund_id"
            " JOIN funder u ON u.id = c.funder_id JOIN delivery d ON d.id = c.delivery_id"
            f" WHERE c.how = 'delivery' AND c.pence > 0 AND c.support_on BETWEEN :first AND :last AND{_STANDS}"),
            {"first": first.first.isoformat(), "last": through.last.isoformat()}):
        found.setdefault((fund, payer), set()).add(Month.parse(month))
    return found

"""What the alarms of billing read, each as one query over all funds: support nobody was asked for, and what was asked for without support."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from basics.periods import Month

_STANDS = " NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.delivery_id = d.id)"

_GIVEN_IN = ", ".join(
    f"coalesce((SELECT {what} FROM charge c JOIN delivery d ON d.id = c.delivery_id WHERE c.fund_id = {{fund}}"
    f" AND c.support_on BETWEEN r.from_on AND r.to_on AND d.outcome = 'given' AND{_STANDS}), 0) AS {name}"
    for what, name in (("sum(c.minutes)", "minutes"), ("count(DISTINCT CASE WHEN c.times > 0 THEN c.delivery_id END)", "times")))
"""What was given to a fund in the days of an instalment `r`."""
_LEFT = ("({asked} - coalesce((SELECT CAST(sum(k.pence) AS bigint) FROM credit_line k WHERE k.invoice_id = l.invoice_id AND k.invoice_n = l.n),"
         " 0))")
"""What of a line `l` of an invoice is not credited."""
_TIMED = (
    "d.visit, d.carer, d.happened_on, d.actual_minutes, d.starts_at, d.ends_at,"
    " CASE WHEN v.came = 1 THEN d.planned_carers ELSE 1 END AS carers")
_CARERS_WHO_CAME = (
    " LEFT JOIN (SELECT visit, count(DISTINCT carer) AS came FROM delivery"
    " WHERE planned_carers > 1 AND happened_on BETWEEN :first AND :last GROUP BY visit) v ON d.planned_carers > 1 AND v.visit = d.visit")
"""One row may stand for all the carers of a visit, where the terms let the count multiply."""


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


def asked_for_days(connection: Connection, first: Month, through: Month) -> list[Row[Any]]:
    """Parts of instalments that were invoiced for days that have passed: fund, from, to, invoice number and pence, with the minutes and the
    times of support that stand charged to the fund for those days and were given. What was credited is left out."""
    left = _LEFT.format(asked="l.pence")
    return list(connection.execute(text(
        f"SELECT f.key AS fund, r.from_on, r.to_on, i.number, {left} AS pence, {_GIVEN_IN.format(fund='l.fund_id')}"
        " FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id"
        " JOIN schedule_row r ON r.id = l.schedule_row_id JOIN fund f ON f.id = l.fund_id"
        f" WHERE {left} > 0 AND f.person_id IS NOT NULL AND r.to_on BETWEEN :first AND :last"
        " ORDER BY f.key, r.from_on, i.number"), {"first": first.first.isoformat(), "last": through.last.isoformat()}))


def instalments_ending(connection: Connection, month: Month) -> list[Row[Any]]:
    """Instalments of people whose days end in a month, invoiced or not: fund, from, to and what is not credited in pence, with what was given as
    above. What an old system invoiced before a contract went live is left out: its visits are not here."""
    left = _LEFT.format(asked="t.pence")
    return list(connection.execute(text(
        f"SELECT f.key AS fund, r.from_on, r.to_on, s.pence, {_GIVEN_IN.format(fund='s.fund_id')}"
        f" FROM (SELECT t.schedule_row_id, t.fund_id, sum({left}) AS pence FROM schedule_standing t LEFT JOIN invoice_line l"
        " ON l.schedule_row_id = t.schedule_row_id AND l.fund_id = t.fund_id AND l.funder_id = t.funder_id GROUP BY t.schedule_row_id, t.fund_id) s"
        " JOIN schedule_row r ON r.id = s.schedule_row_id JOIN contract k ON k.id = r.contract_id JOIN fund f ON f.id = s.fund_id"
        " WHERE s.pence > 0 AND f.person_id IS NOT NULL AND r.invoice_on >= k.live_from AND r.to_on BETWEEN :first AND :last"
        " ORDER BY f.key, r.from_on"),
        {"first": month.first.isoformat(), "last": month.last.isoformat()}))


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


def without_a_reason(connection: Connection, last: date, charged_since: date | None = None) -> list[Row[Any]]:
    """Visits whose time given is not the time planned, and of which nobody said why: month, visits and the minutes between the two. Those that
    are not charged yet, up to a day; or with `charged_since`, all from that day on."""
    which = "d.happened_on >= :first" if charged_since else "NOT EXISTS (SELECT 1 FROM charge c WHERE c.delivery_id = d.id)"
    return list(connection.execute(text(
        "SELECT substr(d.happened_on, 1, 7) AS month, count(DISTINCT d.visit) AS visits, sum(abs(d.actual_minutes - d.planned_minutes)) AS minutes"
        " FROM delivery d WHERE d.outcome = 'given' AND d.reason = '' AND d.actual_minutes <> d.planned_minutes"
        f" AND d.happened_on <= :last AND {which} AND{_STANDS} GROUP BY 1 ORDER BY 1"),
        {"last": last.isoformat(), **({"first": charged_since.isoformat()} if charged_since else {})}))


def timed_to_charge(connection: Connection, first: date, last: date) -> Iterator[Row[Any]]:
    """Timed support given on some days that is not charged yet: each row with its id, visit, carer, day, minutes, start, end and carers."""
    yield from connection.execute(text(
        f"SELECT d.id, {_TIMED} FROM delivery d{_CARERS_WHO_CAME} WHERE d.outcome = 'given' AND d.actual_minutes > 0"
        f" AND d.happened_on BETWEEN :first AND :last AND NOT EXISTS (SELECT 1 FROM charge c WHERE c.delivery_id = d.id) AND{_STANDS}"),
        {"first": first.isoformat(), "last": last.isoformat()})


def charged_beyond(connection: Connection, month: Month, minutes: int) -> list[Row[Any]]:
    """Carers’ visits of a month that stand charged for more than so many minutes above the time that was given: as above, with the minutes
    charged. Those who shared a visit are added up."""
    return list(connection.execute(text(
        "SELECT t.visit, t.carer, max(t.happened_on) AS happened_on, max(t.actual_minutes) AS actual_minutes, max(t.starts_at) AS starts_at,"
        " max(t.ends_at) AS ends_at, max(t.carers) AS carers, sum(t.minutes) AS charged"
        f" FROM (SELECT {_TIMED}, c.minutes FROM charge c JOIN delivery d ON d.id = c.delivery_id{_CARERS_WHO_CAME}"
        f" WHERE d.outcome = 'given' AND c.minutes > 0 AND d.happened_on BETWEEN :first AND :last AND{_STANDS}) t"
        " GROUP BY t.visit, t.carer HAVING sum(t.minutes) > (max(t.actual_minutes) + :over) * max(t.carers) ORDER BY 3, 1, 2"),
        {"first": month.first.isoformat(), "last": month.last.isoformat(), "over": minutes}))

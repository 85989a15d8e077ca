"""What an apply file posts once it is approved: what is put back first, then its entries, then the funds that close."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from basics.periods import day_of
from ringfence.actions.crediting import freeze_credits
from ringfence.actions.laying import Laying
from ringfence.store import closings, credits, deliveries, ledger, seals
from ringfence.store.rows import add
from ringfence.store.schema import conversion, fund


def post_laid(connection: Connection, laying: Laying) -> None:
    """Post everything of an approved file. What is put back goes in by itself: a floor that only a reversal may pass is judged
    statement by statement on PostgreSQL."""
    writer = ledger.Ledger(connection, laying.batch_id, laying.recorded_at)
    _close(connection, laying, closings.OPENED)
    today = _today(laying)
    numbered = credits.add_credits(connection, laying.visits.credits, today.isoformat(), laying.batch_id)
    for back in laying.put_back:
        writer.reverse(back.rows, laying.closed_through, back.why)
    _write_agreements(connection, laying, writer)
    if laying.entries:
        writer.post(laying.entries, laying.closed_through)
    if laying.entries or laying.put_back:
        seals.seal_entries(connection, laying.batch_id)
    numbered += credits.add_credits(connection, laying.instalments.credits, today.isoformat(), laying.batch_id)  # behind each stands its entry
    _put_visits_right(connection, laying)
    if numbered:
        freeze_credits(connection, numbered, on=today, batch_id=laying.batch_id)
    _close(connection, laying, closings.CLOSED)


def _put_visits_right(connection: Connection, laying: Laying) -> None:
    """What was recorded wrongly no longer stands, and what stands in its place waits for the next month end."""
    if laying.visits.withdrawn:
        deliveries.withdraw(connection, laying.visits.withdrawn, laying.batch_id)
        deliveries.add_deliveries(connection, laying.visits.instead)


def _today(laying: Laying) -> date:
    return day_of(datetime.fromisoformat(laying.recorded_at))


def _close(connection: Connection, laying: Laying, step: str) -> None:
    """Close, or open again, the funds that are to be: open ones first of all, closed ones last."""
    funds = laying.ids(fund, "key")
    for each in laying.closings:
        if each.step == step:
            closings.close(connection, funds[each.fund], each.step, each.on, laying.batch_id)


def _write_agreements(connection: Connection, laying: Laying, writer: ledger.Ledger) -> None:
    """Behind hours that become pounds stands who agreed it, at what rate."""
    if not laying.conversions:
        return
    events = writer.write_events(each.event for each in laying.conversions)
    for each in laying.conversions:
        add(connection, conversion, event_id=events[each.event.key], minutes=each.minutes, rate_per_hour=each.rate_per_hour, pence=each.pence,
            agreement=each.agreement)

"""Invoices of the books before these that were not paid when these began: listed at the going-live, aged by their own day, matched by their own
number. What they ask for is in the fund as an opening; nothing here is asked for twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from invoicing.still_open import Asked, AskedAs, Pair
from ringfence.actions.laying import Laying
from ringfence.importing.apply_money import BROUGHT_OVER
from ringfence.importing.fact_items_going_live import GoingLive, UnpaidInvoice
from ringfence.store import facts, registry


def invoices_brought_over(connection: Connection, on: date) -> list[Asked]:
    """Every one that stood in the books on a day. Before the day on which the books began there was none."""
    return [_asked(each) for began, unpaid in _agreed(connection) if began <= on for each in unpaid]


def asked_before(laying: Laying, number: str) -> list[Pair]:
    """Of whom an invoice asks that was brought over, and for which fund; in this file too. Nobody where there is none of that number."""
    agreed = (each for _, unpaid in _agreed(laying.connection) for each in unpaid)
    return [_pair(each) for each in (*agreed, *(each for item in laying.file.going_live for each in item.unpaid)) if each.number == number]


def name_before(number: str) -> str:
    """What it is called in a reason."""
    return f"invoice {number} of the earlier books"


def number_before(about: str) -> str:
    """The number, where a part of a bank line is about such an invoice; empty otherwise."""
    return about.removeprefix(BROUGHT_OVER) if about.startswith(BROUGHT_OVER) else ""


def _agreed(connection: Connection) -> Iterator[tuple[date, list[UnpaidInvoice]]]:
    """The day of each going-live that was approved, and what was listed then."""
    for each in facts.facts(connection, GoingLive.kind):
        if each.approved_by:
            yield each.from_on, [UnpaidInvoice.model_validate(one) for one in each.said.get("unpaid", ())]


def _asked(each: UnpaidInvoice) -> Asked:
    return Asked(AskedAs.BROUGHT_OVER, name_before(each.number), None, each.funder, each.due_on, ((_pair(each), each.pounds.pence),),
                 frozenset({each.number, each.person}), each.number)


def _pair(each: UnpaidInvoice) -> Pair:
    return registry.fund_key(each.person, each.fund), each.funder

"""The lines of the watch list that are about spending: open worries, misspent money that is not put back, and bills that are late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Connection

from isf.watch import OfFund, Watched, bill_to_pay, to_put_back, worry
from ringfence.actions.bills import Status, bills_in
from ringfence.actions.spending import misspent_in, worries_in


def spent_lines(connection: Connection, of: Mapping[str, OfFund], on: date) -> Iterator[Watched]:
    """Everything of this kind that began by a day, in the funds that are not closed."""
    for each in worries_in(connection):
        if each.fund in of and each.is_open and each.item.on <= on:
            yield worry(of[each.fund], each.item.words, each.item.on, each.item.raised_with)
    for sum_ in misspent_in(connection):
        if sum_.fund in of and sum_.left > 0 and sum_.item.on <= on:
            yield to_put_back(of[sum_.fund], sum_.item.words, sum_.item.who, sum_.left, sum_.item.by, on)
    for bill in bills_in(connection):
        if bill.fund in of and bill.due_on and bill.status in (Status.WAITING, Status.APPROVED, Status.IN_A_RUN):
            late = bill_to_pay(of[bill.fund], bill.supplier, bill.pence, bill.due_on, on, approved=bill.status is not Status.WAITING)
            yield from filter(None, [late])

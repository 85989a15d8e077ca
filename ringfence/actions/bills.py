"""The bills of others: which wait for approval, which are approved and not paid, which are on their way, paid or put back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from basics.money import Money
from basics.periods import ONE_DAY, Period
from isf.bought import Bought
from isf.money_held import EventKind
from isf.spending import Kind
from ringfence.actions.acting import Acting
from ringfence.importing.fact_items_spending import Bill
from ringfence.store import facts, registry, spent

PREPARED = "apply"
PAYS = "bill"


class Status(StrEnum):
    """How far a bill has come."""

    WAITING = "waits for approval"
    APPROVED = "approved"
    IN_A_RUN = "in a payment that waits for approval"
    PAID = "paid"
    CORRECTED = "put back"


@dataclass(frozen=True, kw_only=True)
class OneBill:
    """A bill as it stands. `line` is the reference of the plan’s line, empty where the plan has none; `paid_on` the bank’s day; `entered_by` who
    prepared it, `approved_by` who approved it, empty while nobody has."""

    reference: str
    fund: str
    person: str
    supplier: str
    number: str
    on: date
    due_on: date | None
    pence: int
    words: str
    kind: Kind
    line: str
    purchase: str
    status: Status
    entered_by: str
    approved_by: str
    paid_on: date | None

    @property
    def is_owed(self) -> bool:
        """Whether its money is set apart and still in the bank."""
        return self.status in (Status.APPROVED, Status.IN_A_RUN)


def bills(acting: Acting, fund_key: str = "") -> tuple[OneBill, ...]:
    """Every bill (of one fund, where it is named), what is still to be done first, then the latest."""
    with acting.reading() as connection:
        return bills_in(connection, fund_key)


def bills_in(connection: Connection, fund_key: str = "") -> tuple[OneBill, ...]:
    """The same, for another action."""
    waiting = [(who, json.loads(body)) for who, body in spent.waiting(connection, PREPARED)]
    known = [*_approved(connection, fund_key, _in_a_run(body for _, body in waiting)), *_waiting(connection, fund_key, waiting)]
    order = list(Status)
    return tuple(sorted(known, key=lambda each: (order.index(each.status), each.due_on or each.on, each.reference)))


@dataclass(frozen=True)
class BillsPosted:
    """The bills of a fund that were approved, and their payments, as the books have them."""

    approved: list[spent.Posted]
    payments: list[spent.Posted]

    def unpaid_by_line(self, on: date) -> dict[str, int]:
        """What is approved and was not paid at the end of a day, in pence by the reference of the plan’s line; empty for what no line has."""
        return self._by_line(on, paid=False)

    def paid_by_line(self, on: date) -> dict[str, int]:
        """What was paid by the end of a day, in the same way."""
        return self._by_line(on, paid=True)

    def within(self, period: Period) -> Bought:
        """What is not paid at the end of some days, and what was paid in them."""
        before, now = self.paid_by_line(period.first - ONE_DAY), self.paid_by_line(period.last)
        return Bought(self.unpaid_by_line(period.last), {line: pence - before.get(line, 0) for line, pence in now.items()})

    def _by_line(self, on: date, *, paid: bool) -> dict[str, int]:
        paid_by, found = {each.about for each in self.payments if _stood(each, on)}, defaultdict[str, int](int)
        for each in self.approved:
            if _stood(each, on) and (each.about in paid_by) is paid:
                found[each.line] += each.pence
        return dict(found)


def bills_posted(connection: Connection, fund_key: str = "") -> dict[str, BillsPosted]:
    """What is posted of the bills of each fund that has any (or of one), read once for whatever days are asked for."""
    found: dict[str, BillsPosted] = {}
    for each in spent.posted(connection, EventKind.BILL, Bill.kind, fund_key):
        found.setdefault(each.fund, BillsPosted([], [])).approved.append(each)
    for each in spent.posted(connection, EventKind.BILL_PAID, Bill.kind, fund_key):
        found.setdefault(each.fund, BillsPosted([], [])).payments.append(each)
    return found


def _stood(each: spent.Posted, on: date) -> bool:
    """Whether it stood at the end of a day of the books."""
    return each.posted_on <= on and (each.put_back_on is None or each.put_back_on > on)


def _approved(connection: Connection, fund_key: str, in_a_run: Iterable[str]) -> Iterator[OneBill]:
    posted = {each.about: each for each in spent.posted(connection, EventKind.BILL, Bill.kind, fund_key)}
    paid = {each.about: each for each in spent.posted(connection, EventKind.BILL_PAID, Bill.kind, fund_key) if each.stands}
    for fact in facts.facts(connection, Bill.kind, fund_key):
        if not posted[fact.reference].stands:
            status = Status.CORRECTED
        elif fact.reference in paid:
            status = Status.PAID
        else:
            status = Status.IN_A_RUN if fact.reference in in_a_run else Status.APPROVED
        day = paid[fact.reference].happened_on if fact.reference in paid else None
        yield _bill(fact.reference, fact.fund, fact.said, status, fact.recorded_by, fact.approved_by or "", day)


def _waiting(connection: Connection, fund_key: str, waiting: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[OneBill]:
    """Bills of files that nobody has approved yet; one that came in by another file since is no longer among them."""
    known = {fact.reference for fact in facts.facts(connection, Bill.kind)}
    found: dict[str, OneBill] = {}
    for who, body in waiting:
        for said in body.get("bills", ()):
            fund = registry.fund_key(said["person"], said["fund"])
            if said["bill"] not in known and fund_key in ("", fund):
                found[said["bill"]] = _bill(said["bill"], fund, said, Status.WAITING, who, "", None)
    yield from found.values()


def _in_a_run(waiting: Iterable[Mapping[str, Any]]) -> set[str]:
    """The bills that a prepared payment pays once it is approved."""
    lines = [line for body in waiting for line in body.get("bank_lines", ())]
    return {part["bill"] for line in lines for part in line.get("parts", ()) if part.get("as") == PAYS}


def _bill(reference: str, fund: str, said: Mapping[str, Any], status: Status, entered_by: str, approved_by: str, paid_on: date | None) -> OneBill:
    return OneBill(
        reference=reference, fund=fund, person=said["person"], supplier=said["supplier"], number=said["number"],
        on=date.fromisoformat(said["on"]), due_on=date.fromisoformat(said["due_on"]) if "due_on" in said else None,
        pence=Money.parse(said["pounds"]).pence, words=said["words"], kind=Kind(said["kind"]), line=said.get("line", ""),
        purchase=said.get("purchase", ""), status=status, entered_by=entered_by, approved_by=approved_by, paid_on=paid_on)

"""A payment of bills: which of the approved ones one line of the bank pays, as an apply file that somebody prepares and another approves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from basics.errors import InputError
from basics.money import Money
from isf.accounts import Unit
from ringfence.actions.acting import Acting
from ringfence.actions.bills import OneBill, Status, bills_in
from ringfence.store import ledger


@dataclass(frozen=True)
class Payment:
    """The bills that one line of the bank pays, and those that it leaves out, each with why."""

    line: str
    on: date
    paid: tuple[OneBill, ...]
    left_out: tuple[tuple[OneBill, str], ...]

    @property
    def pence(self) -> int:
        return sum(each.pence for each in self.paid)

    @property
    def content(self) -> dict[str, Any]:
        """The bank line as an apply file has it."""
        parts = [{"person": each.person, "fund": each.fund.split("-", 1)[0], "bill": each.reference, "pounds": Money(each.pence).plain, "as": "bill"}
                 for each in self.paid]
        return {"bank_lines": [{"line": self.line, "on": self.on, "account": "people", "pounds": Money(-self.pence).plain,
                                "words": "Bills of others", "parts": parts}]} if parts else {}


def plan_payment(acting: Acting, line: str, on: date, due_by: date | None = None) -> Payment:
    """Every approved bill that is due by a day (all, where none is named) and that its fund holds the money for, the first due first.

    Nothing is kept. A fund that holds too little for one bill may still pay a smaller one.
    """
    with acting.reading() as connection:
        held = {fund: pence for (fund, unit, role, _), pence in ledger.balances(connection).items() if (unit, role) == (Unit.PENCE, "held")}
        found = bills_in(connection)
    paid, left_out = [], []
    for each in found:
        why = _why_not(each, on, due_by, held.get(each.fund, 0)) if each.is_owed else None
        if why:
            left_out.append((each, why))
        elif why is not None:
            paid.append(each)
            held[each.fund] -= each.pence
    return Payment(line, on, tuple(paid), tuple(left_out))


def write_payment(payment: Payment, path: Path) -> None:
    """The payment as a file for `ringfence apply`. Raises `InputError` where there is nothing to pay, or the file cannot be written."""
    if not payment.paid:
        raise InputError("No bill is to be paid, so no file was written.", "ringfence bills lists them all, with how far each has come.")
    try:
        path.write_text(yaml.safe_dump(payment.content, sort_keys=False, allow_unicode=True, width=200), encoding="utf-8")
    except OSError as fault:
        raise InputError(f"{path} cannot be written: {fault.strerror}.", "Choose another place.") from fault


def _why_not(bill: OneBill, on: date, due_by: date | None, held: int) -> str:
    """Why a bill is left out of a payment; empty where it is not."""
    if bill.status is Status.IN_A_RUN:
        return "it is in a payment that waits for approval"
    if on < bill.on:
        return "the bill is of a later day"
    if due_by is not None and (bill.due_on or bill.on) > due_by:
        return "it is due later"
    return f"{bill.fund} holds {Money(held)}" if bill.pence > held else ""

"""MT940, the statement of the SWIFT network, read record by record, so that a damaged one does not hide the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from mt940.models import Amount, Balance, Transactions
from mt940.options import Options

from basics.errors import InputError, Problem
from ringfence.importing.bank_lines import Found, Seen, account_number, plain_words
from ringfence.importing.bank_money import whole_pence
from ringfence.importing.table_rows import place

_STATEMENT = re.compile(r"(?m)^(?=:20:)")
_ACCOUNT = re.compile(r"(?m)^:25[A-Z]?:(.*)$")
_RECORD = re.compile(r"(?m)^(?=:6[0-9][A-Z]?:)")
_HEADER = re.compile(r"\{[1235]:(?:[^{}]|\{[^{}]*\})*\}|\{4:|-\}")
_NO_WORDS = {"", "NONREF", "NOTPROVIDED"}
_DETAILS = ("applicant_name", "purpose", "additional_purpose", "transaction_details", "end_to_end_reference", "extra_details")
_DAMAGED = "Ask the bank for the file again."
OPENING, CLOSING = "final_opening_balance", "final_closing_balance"


def read_mt940(text: str, name: str) -> Found:
    """The lines of every statement in the file. Raises `InputError` where it is in another currency than pounds, or holds no line."""
    seen, problems, ends = list[Seen](), list[Problem](), list[tuple[int, int, int]]()
    number = 0
    for statement in _STATEMENT.split(_HEADER.sub("", text.replace("\r\n", "\n").lstrip("\ufeff"))):
        head, *records = _RECORD.split(statement)
        whose = _ACCOUNT.search(head)  # nothing else in front of the lines is needed, so damage there hides none of them
        account = account_number(whose[1] if whose else "")
        balances, moved = dict[str, int](), 0
        for record in records:
            if record.startswith(":61:"):
                number += 1
                found = _line(record, name, number, account)
                if isinstance(found, Seen):
                    seen.append(found)
                    moved += found.pence
                else:
                    problems.append(found)
            else:
                balances |= _balances(record, name)
        if OPENING in balances and CLOSING in balances:
            ends.append((balances[OPENING], balances[CLOSING], moved))
    if not number:
        raise InputError("There is no line in the file.", "Choose other days at the bank, and save the file again.", name)
    return Found(seen, problems, number, ends)


def _read(record: str) -> tuple[Sequence[Any], dict[str, Any]]:
    """One record by itself. The reader's habit of moving 30 February to the 28th is switched off: such a day is damage, not a day."""
    reader = Transactions(processors={"pre_statement": []}, options=Options.all())
    reader.parse(record)
    return reader.transactions, reader.data


def _line(record: str, name: str, number: int, account: str) -> Seen | Problem:
    try:
        (line,), _ = _read(record)
        told = line.data
        on, amount = told.get("entry_date") or told["date"], told["amount"].amount  # the day of booking, as the other formats give it
        pence = whole_pence(amount if isinstance(amount, Decimal) else Decimal(str(amount)))
    except (RuntimeError, ValueError, ArithmeticError, KeyError, InputError) as error:
        what = error.problem.what if isinstance(error, InputError) else "cannot be read as a line of a statement."
        shown, *_ = record[4:64].split("\n")
        return Problem(place(name, number), f"“{shown}” {what}", _DAMAGED)
    if not pence:
        return Problem(place(name, number), "is nil: no money moved.", "There is nothing to do.")
    references = [text for key in ("customer_reference", "bank_reference") if (text := str(told.get(key) or "").strip()) not in _NO_WORDS]
    details = [text for key in _DETAILS if (text := str(told.get(key) or "").strip())]
    return Seen(number, account, date(on.year, on.month, on.day), pence, plain_words(*details, *references))


def _balances(record: str, name: str) -> dict[str, int]:
    """The balances of a record, by what the format calls them; one that cannot be read is no check, and no more than that."""
    try:
        told = _read(record)[1]
    except (RuntimeError, ValueError, ArithmeticError):
        return {}
    found = {key: each.amount for key, each in told.items() if isinstance(each, Balance) and isinstance(each.amount, Amount)}
    for amount in found.values():
        if amount.currency not in (None, "GBP"):
            raise InputError(f"The account is in {amount.currency}, and only pounds sterling are read.", "Choose an account in pounds.", name)
    try:
        return {key: whole_pence(amount.amount) for key, amount in found.items()}
    except InputError:
        return {}

"""OFX, the file that most banks call “Money” or “QuickBooks”: SGML of version 1 and XML of version 2 alike.

Only its values are read, tag by tag, so nothing that the file points at is ever fetched or put in.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date

from basics.errors import InputError, Problem
from ringfence.importing.bank_lines import Found, Seen, account_number, plain_words
from ringfence.importing.bank_money import pence_of
from ringfence.importing.row_check import RowCheck
from ringfence.importing.table_rows import place

_VALUE = re.compile(r"<([A-Z0-9.]+)>([^<\r\n]*)", re.IGNORECASE)
_LINE = re.compile(r"<STMTTRN>", re.IGNORECASE)
_END = re.compile(r"</STMTTRN>", re.IGNORECASE)
_STATEMENT = re.compile(r"<(?:CC)?STMTRS>", re.IGNORECASE)
_DECLARED = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHER_CURRENCY = re.compile(r"<CURRENCY>.*?<CURSYM>\s*(?!GBP)[A-Z]", re.IGNORECASE | re.DOTALL)
"""A line that says so itself. What `ORIGCURRENCY` tells of was turned into pounds by the bank."""
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DAMAGED = "Ask the bank for the file again."


def read_ofx(text: str, name: str) -> Found:
    """The lines of every statement in the file. Raises `InputError` where it declares entities, or is of another currency."""
    if _DECLARED.search(text):
        raise InputError("The file declares entities or a document type, which a bank file has no need of.", "It was not read. " + _DAMAGED, name)
    seen, problems = list[Seen](), list[Problem]()
    for statement in _STATEMENT.split(text)[1:]:
        head, *lines = _LINE.split(statement)
        told = _values(head)
        if (currency := told.get("CURDEF", "GBP")) != "GBP":
            raise InputError(f"The account is in {currency[:10]}, and only pounds sterling are read.", "Choose an account in pounds.", name)
        account = account_number(told.get("ACCTID", ""))
        for line in lines:
            number = len(seen) + len(problems) + 1
            content, *rest = _END.split(line, maxsplit=1)
            check = RowCheck(place(name, number))
            if not rest:
                check.problems.append(Problem(check.where, "is not closed: the file ends within it, or is damaged.", _DAMAGED))
            found = _line(check, number, account, content)
            if found is not None:
                seen.append(found)
            else:
                problems.append(check.problems[0])
    if not seen and not problems:
        raise InputError("There is no line in the file.", "Choose other days at the bank, and save the file again.", name)
    return Found(seen, problems, len(seen) + len(problems))


def _line(check: RowCheck, number: int, account: str, content: str) -> Seen | None:
    told = _values(content)
    on = check.read("DTPOSTED", _day, told.get("DTPOSTED", ""))
    pence = check.read("TRNAMT", _moved, told.get("TRNAMT", ""))
    if _OTHER_CURRENCY.search(content):
        check.problems.append(Problem(check.where, "is in another currency.", "Enter the line by hand, in pounds."))
    if check.problems or on is None or pence is None:
        return None
    words = plain_words(told.get("NAME", ""), told.get("MEMO", ""), told.get("CHECKNUM", ""))
    return Seen(number, account, on, pence, words, told.get("FITID", ""))


def _values(text: str) -> dict[str, str]:
    """The first value of each tag."""
    return {tag: value for tag, value in reversed(list(_each(text))) if value}


def _each(text: str) -> Iterator[tuple[str, str]]:
    return ((tag.upper(), html.unescape(value).strip()) for tag, value in _VALUE.findall(text))


def _day(text: str) -> date:
    """The day as the bank wrote it. What follows is its clock and its zone: turned into another, 1 October could become 30 September."""
    found = _DAY.match(text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise InputError(f"“{text[:60]}” is not a day.", _DAMAGED)


def _moved(text: str) -> int:
    pence = pence_of(text)
    if not pence:
        raise InputError("is nil: no money moved.", "There is nothing to do.")
    return pence

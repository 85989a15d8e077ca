"""CAMT.053, the bank statement of ISO 20022, as XML. Entities and document types are refused before anything of it is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from basics.errors import InputError, Problem
from ringfence.importing.bank_lines import Found, Seen, account_number, plain_words
from ringfence.importing.bank_money import pence_of
from ringfence.importing.row_check import RowCheck
from ringfence.importing.table_rows import place

_DAMAGED = "Ask the bank for the file again."
_NOT_PROVIDED = {"", "NOTPROVIDED", "NONREF"}
_WORDS = ("{*}RmtInf/{*}Ustrd", "{*}RmtInf/{*}Strd/{*}CdtrRefInf/{*}Ref", "{*}Refs/{*}EndToEndId", "{*}AddtlTxInf")


def read_camt(content: bytes, name: str) -> Found:
    """The entries of every statement in the file. Raises `InputError` where it is no statement, or XML that may do harm."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise InputError("The file declares entities or a document type, which a bank file has no need of.", "It was not read. " + _DAMAGED,
                         name) from None
    except (ParseError, LookupError, ValueError) as error:
        raise InputError(f"The file is damaged XML ({error}).", _DAMAGED, name) from None
    statements = root.findall("{*}BkToCstmrStmt/{*}Stmt")
    if not statements:
        raise InputError("The file is XML and no bank statement (CAMT.053).", "Ask the bank for CAMT.053, not 052 or 054.", name)
    seen, problems, ends = list[Seen](), list[Problem](), list[tuple[int, int, int]]()
    for statement in statements:
        account, before = _account(statement), len(seen)
        for entry in statement.findall("{*}Ntry"):
            number = len(seen) + len(problems) + 1
            check = RowCheck(place(name, number))
            found = _line(check, number, account, entry)
            if found is not None:
                seen.append(found)
            else:
                problems.append(check.problems[0])
        ends += _ends(statement, sum(each.pence for each in seen[before:]))
    if not seen and not problems:
        raise InputError("There is no line in the file.", "Choose other days at the bank, and save the file again.", name)
    return Found(seen, problems, len(seen) + len(problems), ends)


def _line(check: RowCheck, number: int, account: str, entry: Any) -> Seen | None:
    status = _text(entry, "{*}Sts/{*}Cd") or _text(entry, "{*}Sts")
    if status not in ("BOOK", ""):
        check.problems.append(Problem(check.where, f"is not booked yet ({status[:10]}).", "It comes with a later statement, once it is."))
    on = check.read("BookgDt", _day, _text(entry, "{*}BookgDt/{*}Dt") or _text(entry, "{*}BookgDt/{*}DtTm")[:10])
    pence = check.read("Amt", lambda _: _moved(entry), "")
    if check.problems or on is None or pence is None:
        return None
    bank_id = _text(entry, "{*}AcctSvcrRef")
    return Seen(number, account, on, pence, plain_words(*_words(entry, came_in=pence > 0)), "" if bank_id in _NOT_PROVIDED else bank_id)


def _words(entry: Any, *, came_in: bool) -> Iterator[str]:
    """Who paid or was paid, what they wrote, their reference."""
    party = "Dbtr" if came_in else "Cdtr"
    for each in entry.findall("{*}NtryDtls/{*}TxDtls"):
        yield _text(each, f"{{*}}RltdPties/{{*}}{party}/{{*}}Nm") or _text(each, f"{{*}}RltdPties/{{*}}{party}/{{*}}Pty/{{*}}Nm")
        yield from (text for path in _WORDS for found in each.findall(path) if (text := (found.text or "").strip()) not in _NOT_PROVIDED)
    yield _text(entry, "{*}AddtlNtryInf")


def _moved(entry: Any) -> int:
    """An entry says which way it went by itself, a reversal too: a payment that came back is a credit."""
    amount = entry.find("{*}Amt")
    currency = amount.get("Ccy", "") if amount is not None else ""
    if currency != "GBP":
        raise InputError(f"is in “{currency[:10]}” and not in pounds sterling.", "Enter the line by hand, in pounds.")
    pence, way = pence_of(amount.text or ""), _text(entry, "{*}CdtDbtInd")
    if way not in ("CRDT", "DBIT"):
        raise InputError("does not say whether money came in or went out.", _DAMAGED)
    if pence <= 0:
        raise InputError("is nil or below: no money moved.", _DAMAGED)
    return pence if way == "CRDT" else -pence


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"“{text[:60]}” is not a day.", _DAMAGED) from None


def _account(statement: Any) -> str:
    return account_number(_text(statement, "{*}Acct/{*}Id/{*}IBAN") or _text(statement, "{*}Acct/{*}Id/{*}Othr/{*}Id"))


def _ends(statement: Any, moved: int) -> list[tuple[int, int, int]]:
    found: dict[str, int] = {}
    for balance in statement.findall("{*}Bal"):
        try:
            sign = -1 if _text(balance, "{*}CdtDbtInd") == "DBIT" else 1
            found[_text(balance, "{*}Tp/{*}CdOrPrtry/{*}Cd")] = sign * pence_of(_text(balance, "{*}Amt"))
        except InputError:  # a balance that cannot be read is no check, and no more than that
            continue
    opening = found.get("OPBD", found.get("PRCD"))
    return [(opening, found["CLBD"], moved)] if opening is not None and "CLBD" in found else []


def _text(element: Any, path: str) -> str:
    return (element.findtext(path) or "").strip()

"""The kinds of value that stand in an apply file: days, pounds, references, words. Each says what it takes and what to write instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BeforeValidator, PlainValidator

from basics.errors import InputError
from basics.money import Money
from basics.people import FunderKind, reference
from basics.rounding import TimeRule
from isf.schedule import Every, InstalmentRule, OddDays, Paid
from isf.split import Method
from isf.weekly import PeriodRounding, WeeklyBasis
from ringfence.importing.problems import wrong

LONGEST_WORDS = 500
LARGEST_NUMBER = 10**9
ONE_HUNDRED = Decimal(100)

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,30}")
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Kind = TypeVar("Kind")


def _reference(value: object) -> str:
    text = str(value) if type(value) is int else value
    if not isinstance(text, str):
        raise wrong(f"“{_shown(value)}” cannot be used as a reference.", "Write it between quotes.")
    try:
        return reference(text.strip())
    except InputError as error:
        raise wrong(error.problem.what, error.problem.to_do) from None


def _words(value: object) -> str:
    text = str(value) if type(value) is int else value
    if not isinstance(text, str):
        raise wrong(f"There is “{_shown(value)}” where words belong.",
                    "Write the words, between quotes if they look like a number or a day.")
    text = text.strip()
    if not text:
        raise wrong("is blank.", "Write it, or take the key out where it is optional.")
    if len(text) > LONGEST_WORDS:
        raise wrong(f"is {len(text)} characters long.", f"Shorten it to {LONGEST_WORDS}.")
    if _CONTROL.search(text):
        raise wrong("has a line break or another character that cannot be seen in it.", "Write it in one line.")
    if text[0] in "=+-@":
        raise wrong(f"“{text[:60]}” begins with “{text[0]}”, which a spreadsheet would run as a formula.",
                    "Begin with a letter or a figure.")
    return text


def _event_key(value: object) -> str:
    """The name of something posted, as `ringfence entries` prints it: not words that anybody reads, so bars may stand in it."""
    if isinstance(value, str) and (text := value.strip()) and len(text) <= LONGEST_WORDS and not _CONTROL.search(text):
        return text
    raise wrong(f"“{_shown(value)}” does not name anything posted.", "Copy it from what “ringfence entries” prints, between quotes.")


def _telephone(value: object) -> str:
    if isinstance(value, str) and _TELEPHONE.fullmatch(value.strip()):
        return value.strip()
    raise wrong(f"“{_shown(value)}” is not a telephone number.", "Write it between quotes, like \"020 7946 0000\".")


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO_DAY.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise wrong(f"{value} is not a day of the calendar.", "Check the day and the month.") from None
    raise wrong(f"“{_shown(value)}” is not a day.", "Write year-month-day, like 2026-10-05.")


def _signed_pounds(value: object) -> Money:
    """Pounds as text or a number; a whole `Money` from code that builds a file. A float is never taken: it is nearly right."""
    if isinstance(value, Money):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise wrong(f"“{_shown(value)}” is not an amount of money.", "Write pounds and pence, like 1234.50.")
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if re.fullmatch(r"-?£?[0-9,]+\.[0-9]{3,}", text.strip()):
        raise wrong(f"“{text}” has more than two decimals.", "Write whole pence.")
    try:
        return Money.parse(text)
    except InputError as error:
        raise wrong(error.problem.what, error.problem.to_do) from None


def _pounds(value: object) -> Money:
    money = _signed_pounds(value)
    if money.pence < 0:
        raise wrong(f"{money} is below nil.", "Write nil or more. Only the pounds of a bank line may be below nil: money that went out.")
    return money


def _pounds_above_nil(value: object) -> Money:
    money = _pounds(value)
    if not money:
        raise wrong("is nil.", "Write an amount above nil.")
    return money


def _pounds_moved(value: object) -> Money:
    money = _signed_pounds(value)
    if not money:
        raise wrong("is nil.", "Write what came in, or what went out with a minus.")
    return money


def _number(value: object, decimals: int, lowest: Decimal = Decimal(0), largest: int = LARGEST_NUMBER) -> Decimal:
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = Decimal(value.strip().replace(",", ""))
    if type(value) is int:
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise wrong(f"“{_shown(value)}” is not a number.", "Write figures and a point, like 37.5.")
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > decimals:
        raise wrong(f"{value:f} has more than {decimals} decimals.", f"Round it to {decimals}.")
    if not lowest <= value <= largest:
        raise wrong(f"{value:f} is out of bounds.", f"Write {lowest:f} to {largest:,}.")
    return value


def _whole(value: object, lowest: int) -> int:
    if type(value) is not int:
        raise wrong(f"“{_shown(value)}” is not a whole number.", "Write figures only, without quotes.")
    if not lowest <= value <= LARGEST_NUMBER:
        raise wrong(f"{value} is out of bounds.", f"Write {lowest} or more.")
    return value


def choice(kind: Any) -> PlainValidator:
    """One of a few words: of an `Enum`, or of a `Literal`."""
    is_enum = isinstance(kind, type) and issubclass(kind, Enum)
    choices: dict[str, object] = {member.value: member for member in kind} if is_enum else {word: word for word in get_args(kind)}

    def read(value: object) -> object:
        found = choices.get(str(value).strip())
        if found is None:
            near = difflib.get_close_matches(str(value), choices, 1)
            raise wrong(f"“{_shown(value)}” is not one of the choices.",
                        (f"Did you mean “{near[0]}”? " if near else "") + "Choose " + ", ".join(f"“{word}”" for word in choices) + ".")
        return found
    return PlainValidator(read)


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _with(read: Callable[..., Kind], **limits: Any) -> PlainValidator:
    return PlainValidator(lambda value: read(value, **limits))


def _shown(value: object) -> str:
    return str(value)[:60]


Reference = Annotated[str, PlainValidator(_reference)]
Words = Annotated[str, PlainValidator(_words)]
EventKey = Annotated[str, PlainValidator(_event_key)]
Telephone = Annotated[str, PlainValidator(_telephone)]
Day = Annotated[date, PlainValidator(_day)]
Pounds = Annotated[Money, PlainValidator(_pounds)]
PoundsAboveNil = Annotated[Money, PlainValidator(_pounds_above_nil)]
PoundsMoved = Annotated[Money, PlainValidator(_pounds_moved)]
RatePounds = Annotated[Decimal, _with(_number, decimals=4)]
Percent = Annotated[Decimal, _with(_number, decimals=6, lowest=Decimal("0.000001"), largest=100)]
percent_or_nil = _with(_number, decimals=6, largest=100)
Times = Annotated[Decimal, _with(_number, decimals=4, lowest=Decimal("0.0001"), largest=10_000)]
Points = Annotated[Decimal, _with(_number, decimals=6)]
Count = Annotated[int, _with(_whole, lowest=0)]
CountAboveNil = Annotated[int, _with(_whole, lowest=1)]

FundKind = Literal["isf", "spot"]
How = Literal["schedule", "delivery"]
VoidPayer = Literal["provider", "reserve", "funder"]
AcrossMidnight = Literal["split", "start day"]
Nights = Literal["elapsed", "as planned"]
CancelledVisits = Literal["not charged", "as planned", "by notice"]
FunderShare = Literal["by line", "on the total"]
Line = Literal["visit", "rate"]
Carers = Literal["each has a row", "count multiplies"]
NoticeEdge = Literal["shorter", "longer"]
Absences = Literal["as cancelled", "not charged", "retainer"]
PublicHolidayDays = Literal["actual", "substitute", "both", "none"]
Nation = Literal["England", "Wales", "Scotland", "Northern Ireland"]
Vat = Literal["exempt", "outside the scope"]
Invoices = Literal["one a person", "together"]
InvoicedEvery = Literal["month", "4 weeks"]
Per = Literal["hour", "visit", "night", "day", "item"]
Account = Literal["people", "provider"]
PartAs = Literal["payment", "contribution", "paid over", "back to funder", "back to person", "bill", "put back"]

AFundKind = Annotated[FundKind, choice(FundKind)]
AHow = Annotated[How, choice(How)]
AVoidPayer = Annotated[VoidPayer, choice(VoidPayer)]
AnAcrossMidnight = Annotated[AcrossMidnight, choice(AcrossMidnight)]
ANights = Annotated[Nights, choice(Nights)]
ACancelledVisits = Annotated[CancelledVisits, choice(CancelledVisits)]
AFunderShare = Annotated[FunderShare, choice(FunderShare)]
ALine = Annotated[Line, choice(Line)]
ACarers = Annotated[Carers, choice(Carers)]
ANoticeEdge = Annotated[NoticeEdge, choice(NoticeEdge)]
AnAbsences = Annotated[Absences, choice(Absences)]
APublicHolidayDays = Annotated[PublicHolidayDays, choice(PublicHolidayDays)]
ANation = Annotated[Nation, choice(Nation)]
AVat = Annotated[Vat, choice(Vat)]
AnInvoices = Annotated[Invoices, choice(Invoices)]
AnInvoicedEvery = Annotated[InvoicedEvery, choice(InvoicedEvery)]
APer = Annotated[Per, choice(Per)]
AnAccount = Annotated[Account, choice(Account)]
APartAs = Annotated[PartAs, choice(PartAs)]
AFunderKind = Annotated[FunderKind, choice(FunderKind)]
ATimeRule = Annotated[TimeRule, choice(TimeRule)]
AWeeklyBasis = Annotated[WeeklyBasis, choice(WeeklyBasis)]
AWeeklyRounding = Annotated[PeriodRounding, choice(PeriodRounding)]
AnEvery = Annotated[Every, choice(Every)]
APaid = Annotated[Paid, choice(Paid)]
AnOddDays = Annotated[OddDays, choice(OddDays)]
AnInstalmentRule = Annotated[InstalmentRule, choice(InstalmentRule)]
AMethod = Annotated[Method, choice(Method)]

Item = TypeVar("Item")
Several = Annotated[tuple[Item, ...], BeforeValidator(_as_tuple)]

"""Electronic invoices of every kind that is sent: what docs/formats/einvoice.md lists, several of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from basics.periods import Period
from invoicing.einvoice import Before, Category, EInvoice, Endpoint, Kind, Line, Party, Scheme, priced_line

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
CHARITY = Party("Halden Support", ("3 Mill Lane", "Halden", "HN1 2AB"), Endpoint(Scheme.VAT, "GB123456782"), "GB123456782", "1234567")
UNREGISTERED = replace(CHARITY, endpoint=Endpoint(Scheme.DUNS, "123456789"), vat_number="")
COUNCIL = Party("Southgate Council", ("Adult Social Care", "Civic Centre", "Southgate", "SG1 1AA"), Endpoint(Scheme.GLN, "5060000000009"))
GROUP_7 = "VAT Act 1994, Schedule 9, Group 7"
NOT_A_BUSINESS = "Not a supply for VAT: a grant"
HARD_WORDS = ("Zoë’s café & <b>fun</b>", "=SUM(A1)", "قهوة مع الأصدقاء", "swimming 🏊 on Fridays", "]]>&amp;", "ŵ ŷ £ € “quoted”", "‮tfel‬")


def day(n: int) -> Period:
    return Period(date(2026, 10, n), date(2026, 10, n))


def hours(n: int, minutes: int = 90, pence: int = 3660) -> Line:
    """Support by the hour at £24.40, as a visit of the n-th of October."""
    return priced_line("Getting out and about", day(n), pence, minutes=minutes, price=Decimal("24.40"), per="hour")


def invoice(*lines: Line, **changed: object) -> EInvoice:
    """An exempt invoice of one visit, or of these lines."""
    lines = lines or (hours(5),)
    plain = EInvoice(kind=Kind.INVOICE, number="000501", issued_on=date(2026, 11, 2), due_on=date(2026, 11, 30), period=OCTOBER, seller=CHARITY,
                     buyer=COUNCIL, category=Category.EXEMPT, reason=GROUP_7, lines=lines, total_pence=sum(each.pence for each in lines),
                     note="Person P003", buyer_reference="ASC-COMMISSIONING", payment_words="Halden Support; sort code 00-00-00; account 00000000")
    return replace(plain, **changed)  # type: ignore[arg-type]


def credit(*lines: Line, **changed: object) -> EInvoice:
    return invoice(*lines, kind=Kind.CREDIT_NOTE, number="000502", before=Before("000501", date(2026, 11, 2)), **changed)


def outside(*lines: Line, **changed: object) -> EInvoice:
    return replace(invoice(*lines, seller=UNREGISTERED, category=Category.OUTSIDE, reason=NOT_A_BUSINESS), **changed)  # type: ignore[arg-type]


def counted(pence: int, per: str, words: str = "Support", times: int = 1, price: str = "61.00") -> Line:
    return priced_line(words, day(6), pence, times=times, price=Decimal(price), per=per)


def part(words: str, pence: int) -> Line:
    return priced_line(words, OCTOBER, pence)


KINDS: dict[str, Callable[[], Iterator[EInvoice]]] = {
    "exempt, by the hour": lambda: (invoice(hours(n, minutes, pence)) for n, minutes, pence in ((1, 60, 2440), (2, 15, 610), (31, 480, 19520))),
    "outside the scope": lambda: (outside(hours(n)) for n in (1, 15, 31)),
    "a credit note, exempt": lambda: (credit(hours(n)) for n in (1, 15, 31)),
    "a credit note, outside the scope": lambda: (replace(outside(hours(n)), kind=Kind.CREDIT_NOTE, before=Before("000400", date(2026, 9, 1)))
                                                 for n in (1, 15, 31)),
    "adjustments of earlier months": lambda: (
        invoice(part("Change of rate in September: £1,220.00 before, £1,244.40 now, new rate from 1 September", pence), hours(5))
        for pence in (2440, 1, 99_999_999)),
    "several people": lambda: (invoice(*(part(f"Support for person P{n:03}", 4_500 + n) for n in range(1, count + 1)), note="Contract SG-2026")
                               for count in (2, 7, 40)),
    "negative lines": lambda: (invoice(hours(5), hours(6, 30, -1220), part("Not given on 2 October", -pence)) for pence in (1, 999, 2440)),
    "nothing to pay": lambda: (invoice(hours(5), hours(5, 90, -3660), part("Put right", pence), part("Put right", -pence)) for pence in (1, 50, 99)),
    "odd characters": lambda: (invoice(part(words, 1000), note=words) for words in HARD_WORDS),
    "long words": lambda: (invoice(part("support " * count + "end", 1000), note="x" * count, reason="Because " * count) for count in (10, 60, 500)),
    "an order number": lambda: (invoice(order_number=number, buyer_reference=other) for number, other in (
        ("4500123", ""), ("PO/2026/0007-A", ""), ("4500123", "ASC"))),
    "a contract’s instalment": lambda: (invoice(part("Support for person P001", 100_000), part("Contract reserve", 20_000), contract=reference,
                                                note=f"Contract {reference}, instalment 2") for reference in ("SG-2026", "NV_2026.1", "1")),
    "endpoints by VAT number": lambda: (invoice(buyer=replace(COUNCIL, endpoint=Endpoint(Scheme.VAT, number)))
                                        for number in ("GB123456782", "GB980780684", "GB100190874")),
    "endpoints by GLN": lambda: (invoice(seller=replace(CHARITY, endpoint=Endpoint(Scheme.GLN, number)))
                                 for number in ("5060000000009", "5790000000005", "4000001000005")),
    "endpoints by DUNS": lambda: (invoice(buyer=replace(COUNCIL, endpoint=Endpoint(Scheme.DUNS, number)))
                                  for number in ("123456789", "012345678", "000000001")),
    "counted by visit, night, day, week, month, mile": lambda: (
        invoice(counted(6100 * times, per, times=times))
        for per, times in (("visit", 1), ("night", 7), ("day", 2), ("week", 1), ("month", 1), ("mile", 33))),
    "a payer’s share of a visit": lambda: (
        invoice(priced_line("Care (33.3% of the whole)", day(7), pence, minutes=60, price=Decimal("24.40"), per="hour"))
        for pence in (813, 1, 2439)),
    "a rate of parts of a penny": lambda: (invoice(priced_line("Care", day(7), pence, minutes=minutes, price=Decimal("25.0125"), per="hour"))
                                           for minutes, pence in ((60, 2501), (120, 5003), (240, 10005))),
    "an IBAN": lambda: (invoice(iban=number) for number in ("GB33BUKB20201555555555", "GB29NWBK60161331926819")),
    "no address, or a long one": lambda: (invoice(buyer=replace(COUNCIL, address=lines))
                                          for lines in ((), ("One",), tuple(f"Line {n}" for n in range(9)))),
}

"""Issued invoices on their way to another system: what was frozen, with the figures behind its words, and nobody named unless it is asked for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from basics.errors import InputError
from basics.people import FunderKind, Person
from basics.periods import Period
from invoicing.einvoice import Before, Category, Kind, Line, priced_line
from invoicing.invoice import Invoice
from ringfence.documents.records import invoice_from_json
from ringfence.store import outgoing

CATEGORIES = {"Exempt from VAT": Category.EXEMPT, "Outside the scope of VAT": Category.OUTSIDE}


@dataclass(frozen=True)
class Leaving:
    """One issued invoice or credit note: its row, its frozen record, its lines with figures, and the references of the people whom it is
    about. Amounts of a credit note are what is credited, above nil."""

    kind: Kind
    row: Row[Any]
    record: Invoice
    lines: tuple[Line, ...]
    people: tuple[str, ...]
    instalment: int | None

    @property
    def table(self) -> str:
        return outgoing.INVOICE if self.kind is Kind.INVOICE else outgoing.CREDIT_NOTE

    @property
    def number(self) -> str:
        return self.record.number_words

    @property
    def before(self) -> Before | None:
        """Of a credit note: the invoice that it puts right."""
        return None if self.kind is Kind.INVOICE else Before(f"{self.row.invoice:06d}", date.fromisoformat(self.row.invoiced_on))

    @property
    def is_to_a_person(self) -> bool:
        return FunderKind(self.row.kind).is_individual

    @property
    def about(self) -> str:
        """What it is about, without a name."""
        if self.row.contract:
            return f"{self.row.contract}, instalment {self.instalment}"
        if self.row.person:
            return str(self.row.person)
        return f"{len(self.people)} people" if self.people else "empty places"

    @property
    def category(self) -> Category | None:
        return CATEGORIES.get(re.split("[:.]", self.record.vat_words)[0])

    @property
    def vat_reason(self) -> str:
        """The words after how VAT stands; nothing where the terms gave none."""
        return self.record.vat_words.partition(": ")[2]

    @property
    def period(self) -> Period:
        return Period(date.fromisoformat(self.row.from_on), date.fromisoformat(self.row.to_on))


def leaving(connection: Connection, period: Period) -> list[Leaving]:
    """Every invoice, then every credit note, that was issued on these days, by number. Raises `InputError` where a frozen copy differs from
    the books."""
    found, days = [], (period.first, period.last)
    for kind, rows, figures in ((Kind.INVOICE, outgoing.invoices(connection, *days), outgoing.invoice_lines(connection, *days)),
                                (Kind.CREDIT_NOTE, outgoing.credit_notes(connection, *days), outgoing.credit_lines(connection, *days))):
        lines: defaultdict[int, list[Row[Any]]] = defaultdict(list)
        for line in figures:
            lines[line.of].append(line)
        found += [_leaving(kind, row, lines[row.id]) for row in rows]
    return found


def names_of(people: Mapping[str, Person], references: Iterable[str]) -> dict[str, str]:
    """What these people are called, longest first, with the reference of each."""
    names = {name: key for key in references for name in (people[key].name, people[key].known_as)}
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))


def unnamed(one: Leaving, people: Mapping[str, Person]) -> tuple[Line, ...]:
    """Its lines with the reference of a person wherever the words name one."""
    names = names_of(people, one.people)
    return tuple(replace(line, words=without_names(line.words, names)) for line in one.lines)


def without_names(words: str, names: Mapping[str, str]) -> str:
    for name, reference in names.items():
        words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", reference, words)
    return words


def _leaving(kind: Kind, row: Row[Any], lines: Collection[Row[Any]]) -> Leaving:
    record = invoice_from_json(row.record)
    if [line.pence for line in record.lines] != [line.pence for line in lines] or record.total_pence != row.pence:
        called = "Invoice" if kind is Kind.INVOICE else "Credit note"
        raise InputError(f"{called} {row.number} as it was frozen differs from the books.", "Send nothing out, and run: ringfence verify")
    return Leaving(kind, row, record, tuple(_line(printed.words, line) for printed, line in zip(record.lines, lines, strict=True)),
                   tuple(dict.fromkeys(line.person for line in lines if line.person)), next((line.instalment for line in lines), None))


def _line(words: str, line: Row[Any]) -> Line:
    if line.support_on is None:
        return priced_line(words, Period(date.fromisoformat(line.from_on), date.fromisoformat(line.to_on)), line.pence)
    day = date.fromisoformat(line.support_on)
    return priced_line(words, Period(day, day), line.pence, minutes=line.minutes, times=line.times or 1, price=Decimal(line.pounds), per=line.per)

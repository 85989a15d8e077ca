"""What a page says, as finished text in reading order. Paper and screen both print this, so they cannot differ.

Nothing is computed here: pence become text, and the words come from `words`. The one figure made is the length of a bar.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from basics.errors import InputError
from basics.money import Money
from basics.periods import Month
from basics.vocabulary import listed, say
from invoicing.invoice import Invoice
from isf.statement import BudgetLine, Correction, GivenLine, MoneyHeld, MoneyLine, Statement
from ringfence.documents import invoice_words, words
from ringfence.documents.chart import bar_svg

Page = dict[str, Any]

_JOINERS = "\u200c\u200d"
"""Invisible, but part of how some names are written (Persian, Malayalam), so they pass."""
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Control, format and half characters, line and paragraph separators: they show nothing, or turn the order of reading about."""


def statement_page(record: Statement) -> Page:
    """A statement as finished text. Raises `InputError` for a character that cannot be seen, a month or a status that is none."""
    shape, status_words = words.status(record.status)
    page = {
        "kind": "statement",
        "title": words.statement_title(record.known_as),
        "period": record.period_words,
        "for_whom": words.for_whom(record.name, record.provider),
        "provider": record.provider,
        "marks": marks(record, say("statement.draft"), say("statement.practice")),
        "headline": record.headline,
        "status": {"key": record.status.replace(" ", "-"), "shape": shape, "words": status_words},
        "parts": _numbered(record),
        "contacts": _contacts(record),
        "footer": words.statement_footer(record.provider, record.month, record.known_as, record.seal),
        "day": Month.parse(record.month).last.isoformat(),
    }
    refuse_unseen(page, f"statement {record.month} of {record.person_reference}")
    return page


def invoice_page(record: Invoice) -> Page:
    """An invoice as finished text. Raises `InputError` for a character that cannot be seen."""
    columns, (pay, pay_lines) = _invoice_columns(record), invoice_words.pay(record)
    page = {
        "title": invoice_words.title(record),
        "provider": record.provider,
        "marks": [*marks(record, say("invoice.draft"), invoice_words.of(record, "practice")),
                  *({"word": say("invoice.held"), "sentence": each} for each in record.held)],
        "from": {"label": say("invoice.from"), "lines": [record.provider, *record.provider_address, record.provider_contact]},
        "to": {"label": say("invoice.to"), "lines": [record.bill_to, *record.bill_to_address]},
        "facts": invoice_words.facts(record),
        "lines_heading": invoice_words.of(record, "for"),
        "columns": [name for name, _ in columns],
        "wide": listed("invoice.columns")[invoice_words.WIDE],
        "lines": [list(line) for line in zip(*(cells for _, cells in columns), strict=True)],
        "no_lines": say("invoice.nothing"),
        "total": [invoice_words.of(record, "total"), str(Money(record.total_pence))],
        "adjusted": {"heading": say("invoice.adjusted"), "columns": list(listed("invoice.adjusted-columns")),
                     "rows": [list(row) for row in invoice_words.adjusted(record)]},
        "vat": record.vat_words,
        "pay": {"heading": pay, "lines": pay_lines},
        "footer": invoice_words.footer(record),
    }
    refuse_unseen(page, f"invoice {record.number_words or record.key}")
    return page


def _invoice_columns(record: Invoice) -> list[tuple[str, list[str]]]:
    """Each column's name and cells. One in which no line says anything (the day and the rate of an instalment) is left out."""
    rows = [(words.day_for_tables(line.day), line.words, line.quantity_words, line.rate_words, str(Money(line.pence)))
            for line in record.lines]
    columns = [(n, name, [row[n] for row in rows]) for n, name in enumerate(listed("invoice.columns"))]
    return [(name, cells) for n, name, cells in columns if any(cells) or n in (invoice_words.WIDE, invoice_words.LAST)]


def marks(record: Statement | Invoice, draft: str, practice: str) -> list[Page]:
    """What must be seen before anything else: that this is a draft, that it is only practice."""
    return [mark for stands, mark in ((record.practice, {"word": practice, "sentence": ""}),
                                      (record.draft, {"word": say("draft"), "sentence": draft})) if stands]


def _numbered(record: Statement) -> list[Page]:
    parts = [_money(record), _given(record), *([_mistakes(record.corrections)] if record.corrections else []), _budget(record)]
    return [{**part, "heading": f"{n}. {part['heading']}"} for n, part in enumerate(parts, 1)]


def _money(record: Statement) -> Page:
    month = Month.parse(record.month)
    return {
        "kind": "money",
        "heading": words.money_heading(record.known_as),
        "columns": listed("money.columns"),
        "rows": list(money_rows(record.money, month)),
        "after": [*words.ahead_and_saved(record.money), *words.bills_to_pay(record.bills_pence)],
        "over": [words.all_over_cap([each], month.last) for each in record.over_cap],
    }


def money_rows(money: MoneyHeld, month: Month) -> Iterator[list[str]]:
    """The lines in order, so that the column adds to its last line: below nil is a line of its own, beside a printed £0.00."""
    who = money.who_owes_when_below_nil
    yield [words.we_held(month.first), nil_or_more(money.opening_pence)]
    if money.opening_pence < 0:
        yield [words.owed(who, money.opening_pence, now=False), str(Money(money.opening_pence))]
    yield from map(_money_row, (*money.paid_in, *money.paid_out, *money.put_right))
    if money.closing_pence < 0:
        yield [words.owed(who, money.closing_pence, now=True), str(-Money(money.closing_pence))]
    yield [words.we_held(month.last), nil_or_more(money.closing_pence)]


def _money_row(line: MoneyLine) -> list[str]:
    return [line.words, str(Money(line.pence))]


def nil_or_more(pence: int) -> str:
    return str(Money(max(pence, 0)))


def _given(record: Statement) -> Page:
    return {
        "kind": "given",
        "heading": words.given_heading(record.known_as),
        "columns": listed("given.columns"),
        "rows": [_given_row(line) for line in record.given],
        "total": [say("total"), str(Money(record.given_total_pence))],
        "nothing": say("given.nothing"),
        "after": [sentence for each in record.own_parts for sentence in words.own_part(each)],
        "shortfalls": [words.shortfall(short.day, short.words, short.minutes, short.reason) for short in record.shortfalls],
        "shortfalls_heading": say("given.shortfalls"),
    }


def _given_row(line: GivenLine) -> Page:
    return {
        "words": line.words,
        "below": line.price_words,
        "cells": [words.quantity(line.planned, line.measure), words.quantity(line.given, line.measure), str(Money(line.pence))],
    }


def _mistakes(corrections: tuple[Correction, ...]) -> Page:
    return {
        "kind": "mistakes",
        "heading": say("mistake.heading"),
        "sorry": say("mistake.sorry"),
        "columns": listed("mistake.columns"),
        "rows": [{
            "words": f"{line.month}: {line.words}",
            "below": line.why,
            "cells": [str(Money(line.before_pence)), str(Money(line.after_pence))],
        } for line in corrections],
    }


def _budget(record: Statement) -> Page:
    unknown = any(None in (line.budget_pence, line.used_pence, line.left_pence) for line in record.budgets)
    longest = record.budgets[-1] if record.budgets else None
    last_day = Month.parse(record.month).last
    return {
        "kind": "budget",
        "heading": words.budget_heading(record.known_as),
        "columns": listed("budget.columns"),
        "rows": [{"words": line.words, "below": "", "cells": [
            words.money_or_not_known(line.budget_pence), words.money_or_not_known(line.used_pence), words.left(line.left_pence)]}
            for line in record.budgets],
        "nothing": say("budget.none"),
        "not_known": say("budget.not-known") if unknown else "",
        "bar": bar_of(longest) if longest else None,
        "after": [*record.changes, *(words.expected(longest, last_day) if longest else []), *words.carried(record.carried_pence, record.provider),
                  *words.set_aside(record.set_aside), *words.may_use(record)],
        "forecast": words.forecast(record.forecast) if record.forecast else [],
    }


def bar_of(line: BudgetLine) -> Page | None:
    """A bar for the longest budget, which stands last; none where it is nil or not known."""
    budget, used, left, expected = line.budget_pence, line.used_pence, line.left_pence, line.expected_pence
    if budget is None or used is None or left is None or budget <= 0:
        return None
    return {
        "svg": bar_svg(_thousandths(used, budget), None if expected is None else _thousandths(expected, budget), over=left < 0),
        "used": words.used_label(used),
        "left": words.left_label(left),
        "over": left < 0,
        "caption": words.bar_caption(line.words, marked=expected is not None),
        "alt": words.bar_in_words(line.words, budget, used, left),
    }


def _thousandths(part: int, whole: int) -> int:
    return min(max(part * 1000 // whole, 0), 1000)


def _contacts(record: Statement) -> Page:
    return {
        "heading": say("contacts.heading"),
        "rows": [{"words": line.words, "name": line.name, "telephone": line.telephone} for line in record.contacts],
    }


def refuse_unseen(page: Page, place: str) -> None:
    """Raise `InputError` where any text of a page holds a character that cannot be seen; `place` is what messages call it."""
    for text in _texts(page):
        for character in text:
            if unicodedata.category(character) in _UNSEEN and character not in _JOINERS:
                name = unicodedata.name(character, "a control character")
                shown = text.encode("ascii", "backslashreplace").decode()
                raise InputError(f"“{shown[:80]}” holds a character that cannot be seen (U+{ord(character):04X}, {name.lower()}).",
                                 "Type those words again without it.", place)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)

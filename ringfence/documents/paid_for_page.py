"""“What you pay for” as finished text in reading order, for paper and screen. Nothing is computed here; the words come from `words`."""

from __future__ import annotations

from basics.money import Money
from basics.rounding import half_away_from_nil
from costing.paid_for import PaidFor, PaidPart
from ringfence.documents import words
from ringfence.documents.pages import Page, refuse_unseen


def paid_for_page(record: PaidFor, *, ask: str = "", provider: str = "") -> Page:
    """The page. `ask` says whom to ask, with a number to ring. Raises `InputError` for a character that cannot be seen."""
    minutes = half_away_from_nil(record.hours_per_week.exact * words.MINUTES_IN_AN_HOUR)
    page = {
        "title": words.PAID_TITLE,
        "about": record.name,
        "day_words": words.prices(record.days_in_words),
        "provider": provider,
        "marks": [],
        "headline": words.paid_headline(record.per_week, minutes, record.per_hour),
        "columns": words.PAID_COLUMNS,
        "rows": [*map(_row, record.parts), *_rounding(record)],
        "total": [words.PAID_TOTAL, str(record.per_week), words.WHOLE],
        "shares": words.SHARES_ROUNDED,
        "payers": {"heading": words.WHO_PAYS, "rows": _payers(record)},
        "not_in_it": {"heading": words.NOT_IN_IT_HEADING, "words": words.NOT_IN_IT},
        "contacts": {"heading": words.CONTACTS, "words": ask or words.ASK_WHOEVER},
        "footer": words.paid_footer(record.name, provider),
        "day": record.on.isoformat(),
    }
    refuse_unseen(page, record.name)
    return page


def _row(part: PaidPart) -> Page:
    what, sentence = words.PAID_FOR[part.purpose]
    return _line(what, sentence or words.paid_lines(part.lines), part.per_week, words.share_percent(part.percent))


def _rounding(record: PaidFor) -> list[Page]:
    if not record.rounding:
        return []
    return [_line(words.PAID_ROUNDING, words.paid_rounding(by_the_hour=record.per_hour is not None), record.rounding, words.NO_SHARE)]


def _line(what: str, below: str, amount: Money, share: str) -> Page:
    return {"words": what, "below": below, "cells": [str(amount), share]}


def _payers(record: PaidFor) -> list[list[str]]:
    nobody = [[words.NOBODY_PAYS, str(record.not_paid)]] if record.not_paid else []
    return [*([name, str(amount)] for name, amount in record.payers), *nobody]

"""“What you pay for” as finished text in reading order, for paper and screen. Nothing is computed here; the words come from `words`."""

from __future__ import annotations

from basics.money import Money
from basics.rounding import half_away_from_nil
from basics.vocabulary import listed, say
from costing.paid_for import PaidFor, PaidPart
from ringfence.documents import words
from ringfence.documents.pages import Page, refuse_unseen


def paid_for_page(record: PaidFor, *, ask: str = "", provider: str = "") -> Page:
    """The page. `ask` says whom to ask, with a number to ring. Raises `InputError` for a character that cannot be seen."""
    minutes = half_away_from_nil(record.hours_per_week.exact * words.MINUTES_IN_AN_HOUR)
    page = {
        "title": say("paid.title"),
        "about": record.name,
        "day_words": words.prices(record.days_in_words),
        "provider": provider,
        "marks": [],
        "headline": words.paid_headline(record.per_week, minutes, record.per_hour),
        "columns": listed("paid.columns"),
        "rows": [*map(_row, record.parts), *_rounding(record)],
        "total": [say("paid.total"), str(record.per_week), say("paid.share.all")],
        "shares": say("paid.shares"),
        "payers": {"heading": say("paid.who"), "rows": _payers(record)},
        "not_in_it": {"heading": say("paid.not-in-it.heading"), "words": say("paid.not-in-it")},
        "contacts": {"heading": say("contacts.heading"), "words": ask or say("paid.ask")},
        "footer": words.paid_footer(record.name, provider),
        "day": record.on.isoformat(),
    }
    refuse_unseen(page, record.name)
    return page


def _row(part: PaidPart) -> Page:
    what, sentence = listed(f"paid.{part.purpose}")
    return _line(what, sentence or words.paid_lines(part.lines), part.per_week, words.share_percent(part.percent))


def _rounding(record: PaidFor) -> list[Page]:
    if not record.rounding:
        return []
    return [_line(say("paid.rounding"), words.paid_rounding(by_the_hour=record.per_hour is not None), record.rounding, say("paid.share.none"))]


def _line(what: str, below: str, amount: Money, share: str) -> Page:
    return {"words": what, "below": below, "cells": [str(amount), share]}


def _payers(record: PaidFor) -> list[list[str]]:
    nobody = [[say("paid.nobody"), str(record.not_paid)]] if record.not_paid else []
    return [*([name, str(amount)] for name, amount in record.payers), *nobody]

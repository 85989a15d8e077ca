"""A board paper as finished text in reading order. Nothing is computed here."""

from __future__ import annotations

from basics.periods import day_in_words
from basics.vocabulary import say
from costing.board import Bar, BoardPaper, BoardTable, Chart
from ringfence.documents.pages import Page, refuse_unseen


def board_text(record: BoardPaper) -> Page:
    """The paper in words, its bars in thousandths of the width. Raises `InputError` for a character that cannot be seen."""
    page = {
        "title": record.name, "document_title": say("board.title", name=record.name), "provider": "", "marks": [],
        "day_words": say("board.day", day=day_in_words(record.on)), "finding": record.finding, "note": say("board.note"),
        "charts": list(map(_chart, record.charts)), "tables": list(map(_table, record.tables)),
        "changes": {"heading": say("board.changes"), "rows": [{"words": name, "told": list(told)} for name, told in record.changes]},
        "assumptions": {"heading": say("board.assumptions"), "rows": list(record.assumptions) or [say("board.assumptions.none")]},
        "footer": say("board.title", name=record.name), "day": record.on.isoformat(),
    }
    refuse_unseen(page, record.name)
    return page


def _chart(chart: Chart) -> Page:
    return {"title": chart.title, "about": chart.about, "nil_at": chart.nil_at,
            "bars": [{"label": bar.label, "words": _words(bar), "start": start, "length": length, "base": bar.is_base}
                     for bar, start, length in chart.placed()]}


def _words(bar: Bar) -> str:
    return say("board.bar", start=bar.start, end=bar.end) if bar.start else str(bar.end)


def _table(table: BoardTable) -> Page:
    return {"caption": table.caption, "columns": ["", *table.columns],
            "rows": [{"words": label, "below": "", "cells": [str(each) for each in amounts]} for label, amounts in table.rows]}

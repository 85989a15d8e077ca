"""A board paper as finished text in reading order. Nothing is computed here."""

from __future__ import annotations

from basics.periods import day_in_words
from costing.board import BoardPaper, BoardTable, Chart
from ringfence.documents.pages import Page, refuse_unseen

NOTE = "For planning only: no real price changes. * is made with figures that nobody has published yet; they are named under Assumptions."


def board_text(record: BoardPaper) -> Page:
    """The paper in words, its bars in thousandths of the width. Raises `InputError` for a character that cannot be seen."""
    page = {
        "title": record.name, "document_title": f"Board paper: {record.name}", "provider": "", "marks": [],
        "day_words": f"Board paper, {day_in_words(record.on)}", "finding": record.finding, "note": NOTE,
        "charts": list(map(_chart, record.charts)), "tables": list(map(_table, record.tables)),
        "changes": {"heading": "What changes", "rows": [{"words": name, "told": list(told)} for name, told in record.changes]},
        "assumptions": {"heading": "Assumptions", "rows": list(record.assumptions) or ["None: every figure is typed or published."]},
        "footer": f"Board paper: {record.name}", "day": record.on.isoformat(),
    }
    refuse_unseen(page, record.name)
    return page


def _chart(chart: Chart) -> Page:
    return {"title": chart.title, "about": chart.about, "nil_at": chart.nil_at,
            "bars": [{"label": bar.label, "words": bar.words, "start": start, "length": length, "base": bar.is_base}
                     for bar, start, length in chart.placed()]}


def _table(table: BoardTable) -> Page:
    return {"caption": table.caption, "columns": ["", *table.columns],
            "rows": [{"words": label, "below": "", "cells": [str(each) for each in amounts]} for label, amounts in table.rows]}

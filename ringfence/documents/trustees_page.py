"""The trustees' page as finished text in reading order, for paper and for a workbook. Nothing is computed here."""

from __future__ import annotations

from basics.periods import day_in_figures, day_in_words
from isf.trustees import Line, MeetingWords, Part, TrusteesPage, shown
from isf.trustees_tables import Table, tables_of
from ringfence.documents.pages import Page, refuse_unseen

TITLE = "For the trustees"
NOTE = "No names, no number under 5, and no pounds of so few. What is not known is not nil."
EXPLAINED_WHERE = "What each line means stands in the app and in the workbook."


def trustees_text(record: TrusteesPage) -> Page:
    """The page in words. Raises `InputError` for a character that cannot be seen."""
    page = {
        "title": TITLE, "about": f"{record.provider}, {record.month.in_words}", "provider": record.provider, "marks": [],
        "document_title": f"{TITLE}: {record.month.in_words}",
        "first_line": f"How we stood on {day_in_words(record.on)}, beside {day_in_words(record.before)}.",
        "columns": ["", day_in_figures(record.on), day_in_figures(record.before)],
        "parts": [{"heading": part.value, "rows": [_row(each) for each in lines],
                   "tables": [_table(each.on_paper) for each in tables_of(record)] if part is Part.PRICES else []}
                  for part, lines in record.parts],
        "words": [{"heading": heading, "said": said} for heading, said in record.words.told] if record.words else [],
        "said_by": said_by(record.words) if record.words else "", "note": NOTE, "explained_where": EXPLAINED_WHERE,
        "footer": f"{record.provider}. {TITLE}, {record.month.in_words}", "day": record.on.isoformat(),
    }
    refuse_unseen(page, TITLE)
    return page


def said_by(words: MeetingWords) -> str:
    return f"Written for the meeting by {words.by} on {day_in_words(words.on)}."


def _row(line: Line) -> Page:
    return {"words": line.what, "below": line.means, "cells": [shown(line.now), shown(line.before)]}


def _table(table: Table) -> Page:
    return {"heading": table.heading, "about": table.about, "columns": list(table.columns),
            "rows": [{"words": each.what, "below": each.below, "cells": list(map(shown, each.cells))} for each in table.rows]}

"""Our own table: a caption, headings with a scope, figures right aligned in one column, totals last, and a scroll bar on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup, escape

Cell = str | Markup
Row = Sequence[Cell]


@dataclass(frozen=True)
class Column:
    """A heading, and whether what stands under it is a figure, which is right aligned."""

    heading: str
    figure: bool = False


def words(heading: str) -> Column:
    return Column(heading)


def figures(heading: str) -> Column:
    return Column(heading, figure=True)


def table(caption: str, columns: Sequence[Column], rows: Iterable[Row], *, total: Row | None = None, note: str | Markup = "",
          empty: str = "", show_caption: bool = False) -> None:
    """Draw a table; `empty` is said in its place where it has no rows. The total says what it sums in its first cell."""
    st.html(table_html(caption, columns, rows, total=total, note=note, empty=empty, show_caption=show_caption))


def table_html(caption: str, columns: Sequence[Column], rows: Iterable[Row], *, total: Row | None = None, note: str | Markup = "",
               empty: str = "", show_caption: bool = False) -> Markup:
    """The same as HTML. The first cell of a row is its heading for whoever listens to the page."""
    body = Markup("").join(_row(columns, row) for row in rows)
    if not body and empty:
        return Markup('<p class="rf-empty">{}</p>').format(empty)
    head = Markup("").join(Markup(f'<th scope="col"{_class(column)}>{escape(column.heading)}</th>') for column in columns)
    foot = Markup("<tfoot>{}</tfoot>").format(_row(columns, total)) if total else Markup("")
    below = Markup('<p class="rf-quiet">{}</p>').format(note) if note else Markup("")
    return Markup(
        '<div class="rf-scroll" role="region" aria-label="{}" tabindex="0"><table class="rf-table"><caption{}>{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody>{}</table></div>{}"
    ).format(caption, "" if show_caption else Markup(' class="rf-unseen"'), caption, head, body, foot, below)


def _row(columns: Sequence[Column], cells: Row) -> Markup:
    """Each cell is escaped by name: `Markup.format` would take most of the time of a long list."""
    first, *others = cells
    beside = "".join([f"<td{_class(column)}>{escape(cell)}</td>" for column, cell in zip(columns[1:], others, strict=True)])
    return Markup(f'<tr><th scope="row"{_class(columns[0])}>{escape(first)}</th>{beside}</tr>')


def _class(column: Column) -> str:
    return ' class="rf-right"' if column.figure else ""

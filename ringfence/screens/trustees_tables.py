"""The tables of the trustees' page on the screen: surplus by service, and fees."""

from __future__ import annotations

from markupsafe import Markup

from basics.money import Money
from isf.trustees import Value, shown
from isf.trustees_tables import Row, Table
from ringfence.screens.components import table as tables
from ringfence.screens.components.frame import part, words
from ringfence.screens.components.markup import pounds, under


def trustees_table(told: Table, heading: str = "") -> None:
    """A table under its heading, or under another; one without rows says why."""
    part(heading or told.heading)
    if told.rows:
        columns = [tables.words(told.of), *map(tables.figures, told.columns)]
        tables.table(told.heading, columns, map(_row, told.rows), note=told.about)
    else:
        words(told.about, quiet=True)


def value(of: Value) -> Markup:
    """What a line or a cell says."""
    if of is None or isinstance(of, Money):
        return pounds(of)
    return Markup('<span class="rf-figure">{}</span>').format(shown(of))


def _row(row: Row) -> tables.Row:
    named = Markup('<span class="rf-wide">{}{}</span>').format(row.what, under(row.below) if row.below else "")
    return [named, *map(value, row.cells)]

"""What the old system shows of each person for a month, from CSV or Excel. The format is in docs/formats/old-figures.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from basics.errors import Problem, Refused
from basics.money import Money
from isf.parallel_month import Figures, Measured
from ringfence.importing.payroll import read_hours
from ringfence.importing.row_check import RowCheck
from ringfence.importing.table_headings import Column
from ringfence.importing.table_rows import place
from ringfence.importing.tables import Row, Table, read_table
from ringfence.importing.visit_cells import read_reference

COLUMNS = (Column("person", needed=True), Column("hours"), Column("charged"), Column("paid_in"), Column("balance"))


def read_old_figures(path: Path) -> Mapping[str, Figures]:
    """The figures of the old system by person; what a cell leaves blank is not known there.

    Raises `Refused` with every problem: a comparison of half a file would look better than it is.
    """
    return figures_in(read_table(path, known=COLUMNS))


def figures_in(table: Table) -> Mapping[str, Figures]:
    """The same for a table that is read already: one of `COLUMNS`."""
    found, problems = dict[str, Figures](), list(table.problems)
    for row in table.rows:
        check = RowCheck(place(table.name, row[0]))
        person, figures = _figures(check, row)
        problems += check.problems
        if person in found:
            problems.append(Problem(place(table.name, row[0], "person"), f"{person} has a row already.", "Join the rows of one person."))
        elif person:
            found[person] = figures
    if problems:
        raise Refused(f"{table.name} was not compared:", problems)
    return found


def _figures(check: RowCheck, row: Row) -> tuple[str, Figures]:
    _, (person, hours, charged, paid_in, balance) = row
    known_by = check.read("person", read_reference, person)
    figures = {Measured.DELIVERED: check.read("hours", read_hours, hours) if hours else None}
    for measured, cell in ((Measured.CHARGED, charged), (Measured.PAID_IN, paid_in), (Measured.BALANCE, balance)):
        amount = check.read(str(measured).replace(" ", "_"), Money.parse, cell) if cell else None
        figures[measured] = amount.pence if amount is not None else None
    return known_by or "", {measured: value for measured, value in figures.items() if value is not None}

"""Fill monitoring figures in to a council's own workbook, by a mapping that was written once and kept (docs/formats/monitoring.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from basics.errors import Problem
from basics.money import Money
from basics.rounding import nearest
from isf.monitoring import Figures, Of, group
from ringfence.actions.council_workbook import content_of, with_entries
from ringfence.actions.monitoring import Monitored
from ringfence.documents.council_workbook import Entry
from ringfence.importing.council_mapping import MonitoringCell, MonitoringMapping, PeopleRows, read_monitoring_mapping

MINUTES_IN_AN_HOUR = 60
NOT_KNOWN = "Not known"

Value = Decimal | date | str


@dataclass(frozen=True)
class FilledIn:
    """A council's workbook with the figures in it. `left_out` are the people in no row or cell of theirs."""

    content: bytes
    left_out: tuple[str, ...]


def fill_monitoring(found: Monitored, workbook: Path, mapping: Path) -> FilledIn:
    """The workbook with our figures in the cells that the mapping names, and nothing else of it touched.

    Raises `Refused` with everything that cannot be filled in: cells of theirs, somebody without a fund here, more people than rows; or
    `InputError` where a file cannot be read.
    """
    content = content_of(workbook)
    file, text = read_monitoring_mapping(mapping)
    problems, entries = list[Problem](), list[Entry]()
    for n, cell in enumerate(file.cells):
        place = text.where(("cells", n))
        value = _of_cell(found, cell)
        if value is None:
            problems.append(Problem(place, f"{cell.person} has no fund among these.", "Check the reference, or take the cell out."))
        else:
            entries.append(Entry(cell.sheet or file.sheet or "", cell.cell, value, place))
    if file.people is not None:
        entries += _rows(found, file.people, file.people.sheet or file.sheet or "", text.where(("people",)))
        rows = file.people.last_row - file.people.first_row + 1
        if len(found.funds) > rows:
            problems.append(Problem(text.where(("people",)), f"There are {len(found.funds):,} funds, and rows for {rows:,}.",
                                    "Ask the council for a workbook with more rows, or give the contract in parts."))
    return FilledIn(with_entries(content, workbook.name, entries, problems), _left_out(found, file))


def value_of(figure: str, figures: Figures) -> Decimal | str:
    """A figure as a cell holds it: hours with two decimals, pounds with two, times as they are; “Not known” where it is not."""
    match figure:
        case "hours_commissioned" | "hours_delivered":
            return Decimal(nearest(getattr(figures, f"{figure.removeprefix('hours_')}_minutes") * 100, MINUTES_IN_AN_HOUR)).scaleb(-2)
        case "times_commissioned" | "times_delivered":
            return Decimal(getattr(figures, f"{figure.removeprefix('times_')}_times"))
        case _:
            pence: int | None = getattr(figures, f"{figure.removeprefix('pounds_')}_pence")
            return NOT_KNOWN if pence is None else Money(pence).pounds


def _of_cell(found: Monitored, cell: MonitoringCell) -> Value | None:
    """What goes into a cell; None where it is of somebody who has no fund among these."""
    match cell.figure:
        case "of":
            return found.of
        case "from":
            return found.period.first
        case "to":
            return found.period.last
        case "people":
            return Decimal(found.all.people)
    ours = [each for each in found.funds if cell.person in (None, each.person)]
    return value_of(cell.figure, group("", ours).figures) if ours or cell.person is None else None


def _rows(found: Monitored, people: PeopleRows, sheet: str, place: str) -> Iterator[Entry]:
    for row, each in zip(range(people.first_row, people.last_row + 1), found.funds, strict=False):
        for column, figure in people.columns.items():
            yield Entry(sheet, f"{column}{row}", _of_fund(each, figure), place)


def _of_fund(each: Of, figure: str) -> Decimal | str:
    return {"person": each.person, "name": each.name, "fund": each.fund}.get(figure) or value_of(figure, each.figures)


def _left_out(found: Monitored, file: MonitoringMapping) -> tuple[str, ...]:
    if file.people is not None:
        return ()
    named = {cell.person for cell in file.cells if cell.person}
    return tuple(sorted({each.person for each in found.funds} - named)) if named else ()
